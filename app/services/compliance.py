"""What the rules make of sellers: kept with each change of a seller, and shown over all of them to the operator.

Only what master data decides is kept. What buyers, drafts and numbers of VAT registers change by the hour is counted
when it is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.db import compliance as stored
from app.db import query
from app.db.aggregates import COMPLIANCE, ENTITIES
from app.db.compliance_rows import ComplianceRow
from app.db.rows import EntityRow
from app.db.where import Eq
from app.domain import events
from app.domain.compliance import registry
from app.domain.compliance.model import ComplianceStatus, CustomersFacts, Finding, status_of
from app.domain.errors import NotFound
from app.domain.numbering_law import Severity
from app.domain.parties import EntityStatus, TaxIdStatus, UnverifiedPolicy
from app.domain.scope import Permission, Scope
from app.services import readiness
from app.services.context import ServiceContext
from app.services.once import Work, run

# Sellers judged anew in one transaction.
CHUNK: Final = 500
_COLUMNS: Final = ("status", "rules", "law", "checked_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCount:
    """How many sellers a rule fired for."""

    rule: str
    severity: Severity
    entities: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """All sellers by their status, archived ones left out; `unchecked` are those the rules have not seen yet.

    `by_rule` has the gravest rules first, then those that fired most.
    """

    ready: int
    attention: int
    blocked: int
    unchecked: int
    by_rule: Sequence[RuleCount]


def verdict(entity: EntityRow, work: Work) -> ComplianceRow:
    """What today's rules make of a seller, as it is kept; days begin in UTC here."""
    today = work.now.date()
    found = readiness.of_entity(entity, today)
    fired = sorted({f" {finding.rule}:{finding.severity}" for finding in found})
    return ComplianceRow(
        platform_id=entity.platform_id,
        id=entity.id,
        entity_id=entity.id,
        status=status_of(found),
        rules="".join(fired),
        law=registry.law_on(today),
        checked_at=work.now,
    )


async def judge(work: Work, entity: EntityRow, *, new: bool = False) -> None:
    """Keeps what the rules make of a seller that the running transaction writes, and tells when its status changed.

    An archived seller is not judged any more.
    """
    if entity.status is EntityStatus.ARCHIVED:
        await query.delete(work.scope, work.session, COMPLIANCE.table, Eq("entity_id", entity.id))
        return
    before = None if new else await COMPLIANCE.get(work.scope, work.session, entity.id)
    _keep(work, entity, before)


def _keep(work: Work, entity: EntityRow, before: ComplianceRow | None) -> None:
    now = verdict(entity, work)
    if before is None:
        work.defer(COMPLIANCE.inserting([now]))
        return
    if (now.status, now.rules, now.law) == (before.status, before.rules, before.law):
        return
    work.defer(COMPLIANCE.changing(_COLUMNS, [now]))
    if now.status is not before.status:
        work.emit(
            events.EntityComplianceChanged(
                id=entity.id,
                external_id=entity.external_id,
                name=entity.name,
                country=entity.country,
                currency=entity.currency,
                status=entity.status,
                compliance_status=now.status,
                previous_compliance_status=before.status,
                rules=tuple(rule for rule, _ in fired(now.rules)),
            ),
            entity.id,
        )


def fired(rules: str) -> list[tuple[str, Severity]]:
    """The rules that fired, with their severities, as `verdict` keeps them."""
    pairs = (one.rpartition(":") for one in rules.split())
    return [(rule, Severity(severity)) for rule, _, severity in pairs]


async def refresh(ctx: ServiceContext, scope: Scope) -> int:
    """Judges a chunk of a platform's sellers that were never judged, or by rules that have changed; how many.

    Sellers that another transaction is changing are left to it, or to the next run.
    """

    async def body(work: Work) -> int:
        ids = await stored.stale(work.scope, work.session, registry.law_on(work.now.date()), CHUNK)
        sellers = await ENTITIES.by_ids(work.scope, work.session, ids, lock=True, wait=False)
        known = await COMPLIANCE.by_ids(work.scope, work.session, list(sellers))
        for entity in sellers.values():
            if entity.status is not EntityStatus.ARCHIVED:
                _keep(work, entity, known.get(entity.id))
        return len(sellers)

    done: int = await run(ctx, scope, body)
    return done


async def summary(ctx: ServiceContext, scope: Scope) -> Summary:
    """What the rules make of all sellers of the platform."""
    scope.require(Permission.REPORTS_READ)
    scope.require_platform()
    async with ctx.database.read(scope) as session:
        groups = await stored.verdicts(scope, session)
        judged = await stored.judged_count(scope, session)
    by_status, by_rule = Counter[ComplianceStatus](), Counter[tuple[str, Severity]]()
    for status, rules, count in groups:
        by_status[status] += count
        for one in fired(rules):
            by_rule[one] += count
    order = [Severity.ERROR, Severity.WARNING, Severity.INFO]
    ranked = sorted(by_rule.items(), key=lambda item: (order.index(item[0][1]), -item[1], item[0][0]))
    return Summary(
        ready=by_status[ComplianceStatus.READY],
        attention=by_status[ComplianceStatus.ATTENTION],
        blocked=by_status[ComplianceStatus.BLOCKED],
        unchecked=max(judged - by_status.total(), 0),
        by_rule=[RuleCount(rule=rule, severity=severity, entities=n) for (rule, severity), n in ranked],
    )


async def customers_of(
    ctx: ServiceContext, scope: Scope, entity_ids: Sequence[str]
) -> dict[str, dict[TaxIdStatus, int]]:
    """How many buyers with a VAT number each of these sellers has, by what is known of it; one statement."""
    scope.require(Permission.CUSTOMERS_READ)
    async with ctx.database.read(scope) as session:
        return await stored.numbered_customers(scope, session, entity_ids)


async def pending_of(ctx: ServiceContext, scope: Scope, entity_ids: Sequence[str]) -> dict[str, int]:
    """How many documents of each of these sellers wait for an answer on a VAT number; one statement."""
    scope.require(Permission.INVOICES_READ)
    async with ctx.database.read(scope) as session:
        return await stored.pending_invoices(scope, session, entity_ids)


def of_customers(counts: dict[TaxIdStatus, int], policy: UnverifiedPolicy) -> list[Finding]:
    """What the rules find in the VAT numbers of a seller's buyers."""
    facts = CustomersFacts(
        numbered=sum(counts.values()),
        unverified=counts.get(TaxIdStatus.UNVERIFIED, 0),
        invalid=counts.get(TaxIdStatus.INVALID, 0),
        when_unverified=policy,
    )
    return registry.findings_of(registry.OF_CUSTOMERS, facts)


async def of_seller(ctx: ServiceContext, scope: Scope, entity_id: str) -> tuple[EntityRow, list[Finding]]:
    """A seller, and all that is found in its master data and its buyers' VAT numbers. Raises NotFound."""
    scope.require(Permission.ENTITIES_READ, Permission.CUSTOMERS_READ)
    async with ctx.database.read(scope) as session:
        entity = await ENTITIES.get(scope, session, entity_id)
        if entity is None:
            raise NotFound("no such entity", field=("id",))
        counts = await stored.numbered_customers(scope, session, [entity_id])
    found = readiness.of_entity(entity, ctx.clock().date())
    return entity, [*found, *of_customers(counts[entity_id], entity.when_unverified)]
