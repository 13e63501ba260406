"""What the rules make of a seller, and of all sellers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import strawberry

from app.db.rows import EntityRow
from app.domain.compliance.model import ComplianceStatus, status_of
from app.domain.compliance.model import Finding as DomainFinding
from app.domain.numbering_law import Severity
from app.domain.parties import TaxIdStatus
from app.domain.scope import Permission
from app.graphql.context import GraphQLContext
from app.graphql.fields import computed
from app.graphql.sources import OfRow
from app.graphql.types.tax import Finding
from app.services import compliance, readiness


def finding(value: DomainFinding) -> Finding:
    """A finding as the API shows it."""
    return Finding(
        rule=value.rule,
        severity=value.severity,
        field=list(value.field),
        message=value.message,
        fix=value.fix,
        source=value.source,
    )


def _now(row: EntityRow, context: GraphQLContext) -> datetime:
    return context.services.clock()


def _of_master_data(row: EntityRow, context: GraphQLContext) -> Sequence[DomainFinding]:
    return readiness.of_entity(row, context.services.clock().date())


def _status(row: EntityRow, context: GraphQLContext) -> ComplianceStatus:
    return status_of(_of_master_data(row, context))


async def _customers(entity_id: str, context: GraphQLContext) -> dict[TaxIdStatus, int]:
    async def load(ids: list[str]) -> list[dict[TaxIdStatus, int]]:
        found = await compliance.customers_of(context.services, context.scope, ids)
        return [found[one] for one in ids]

    counts: dict[TaxIdStatus, int] = await context.loaders.named(("numberedCustomers",), load).load(entity_id)
    return counts


async def _findings(row: Any, context: GraphQLContext) -> list[Finding]:
    found = list(_of_master_data(row, context))
    if Permission.CUSTOMERS_READ in context.scope.permissions:
        found += compliance.of_customers(await _customers(row.id, context), row.when_unverified)
    return [finding(one) for one in found]


async def _unverified(row: Any, context: GraphQLContext) -> int:
    return (await _customers(row.id, context)).get(TaxIdStatus.UNVERIFIED, 0)


async def _pending(row: Any, context: GraphQLContext) -> int:
    async def load(ids: list[str]) -> list[int]:
        found = await compliance.pending_of(context.services, context.scope, ids)
        return [found[one] for one in ids]

    count: int = await context.loaders.named(("pendingInvoices",), load).load(row.id)
    return count


@strawberry.type(description="Whether a seller's documents would be compliant.")
class Compliance(OfRow):
    status: ComplianceStatus = computed(
        _status, *readiness.ENTITY_COLUMNS, description="What is found in its master data in one word."
    )
    findings: list[Finding] = computed(
        _findings,
        "id",
        "when_unverified",
        *readiness.ENTITY_COLUMNS,
        description="What is wrong or missing in its master data, and in its buyers' VAT numbers if these may be read.",
    )
    checked_at: datetime = computed(_now, "id", description="The instant of this answer: rules are asked when read.")
    pending_invoices: int = computed(
        _pending, "id", description="How many documents wait for the answer on a buyer's VAT number."
    )
    unverified_customers: int = computed(
        _unverified, "id", description="How many buyers that are no consumers have a VAT number that is not verified."
    )
    row: strawberry.Private[EntityRow]


@strawberry.type(description="How many sellers a rule fires for.")
class RuleCount:
    rule: str = strawberry.field(description="The rule's number.")
    severity: Severity = strawberry.field(description="How grave it is.")
    entities: int = strawberry.field(description="How many sellers it fires for.")


@strawberry.type(description="What the rules make of all sellers; archived ones are not judged.")
class ComplianceSummary:
    ready: int = strawberry.field(description="Sellers of whom nothing is found that must be put right.")
    attention: int = strawberry.field(description="Sellers with warnings.")
    blocked: int = strawberry.field(description="Sellers some of whose documents cannot be finalized.")
    unchecked: int = strawberry.field(
        description="Sellers that no rules have seen yet; a schedule asks them within an hour."
    )
    by_rule: list[RuleCount] = strawberry.field(
        description="The rules that fire, the gravest first, then those that fire for most sellers."
    )


def summary_of(found: compliance.Summary) -> ComplianceSummary:
    """A summary as the API shows it."""
    return ComplianceSummary(
        ready=found.ready,
        attention=found.attention,
        blocked=found.blocked,
        unchecked=found.unchecked,
        by_rule=[RuleCount(rule=one.rule, severity=one.severity, entities=one.entities) for one in found.by_rule],
    )
