"""The memory of answered mutations, kept in the same transaction as what they did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.db import query
from app.db.aggregates import IDEMPOTENCY
from app.db.rows import IdempotencyRow
from app.db.tables import TABLES
from app.db.transaction import Session
from app.db.where import All, Eq, OneOf, Parameters
from app.db.writes import Insert
from app.domain.errors import IdempotencyMismatch, InFlight, InvoicingError
from app.domain.identity import IdPrefix, new_id
from app.domain.scope import Scope

# Keys that one call may claim, and that one transaction forgets.
_CHUNK: Final = 1_000
SWEPT_AT_ONCE: Final = 5_000
_FIELD: Final = ("idempotencyKey",)


async def claim(scope: Scope, session: Session, key: str, operation: str, fingerprint: str) -> IdempotencyRow | None:
    """What was done under this key before, or None: then it is the caller's to do, in this transaction.

    Raises IdempotencyMismatch when the key was used for another operation or input, InFlight while another transaction
    works on it. The advisory lock is the mark of being in flight: it dies with its transaction.
    """
    if session.dialect == "postgres":
        # On SQLite a writer is alone.
        name = f"{scope.platform_id}/{scope.actor}/{key}"
        rows = await session.fetch("SELECT pg_try_advisory_xact_lock(hashtextextended($1, 7)) AS ok", name)
        if not rows[0]["ok"]:
            raise InFlight("a request with this idempotency key is being worked on", field=("idempotencyKey",))
    where = All((Eq("actor", scope.actor), Eq("key", key)))
    found = await IDEMPOTENCY.list(scope, session, where, limit=1)
    if not found:
        return None
    if (found[0].operation, found[0].fingerprint) != (operation, fingerprint):
        raise IdempotencyMismatch("this idempotency key was used before with another input", field=("idempotencyKey",))
    return found[0]


async def is_known(scope: Scope, session: Session, key: str) -> bool:
    """Whether the caller has done something under this key; for what is spared then, `claim` decides."""
    where = All((Eq("actor", scope.actor), Eq("key", key)))
    return bool(await IDEMPOTENCY.list(scope, session, where, limit=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A mutation that is to be done once: whose, under which key, and what it is to do."""

    actor: str
    key: str
    operation: str
    fingerprint: str


async def claim_many(
    scope: Scope, session: Session, claims: Sequence[Claim]
) -> list[IdempotencyRow | InvoicingError | None]:
    """What `claim` would answer for each, in two statements; an error is that claim's alone.

    Of two claims of a new key in one call the second is in flight.
    """
    names = [f"{scope.platform_id}/{claim.actor}/{claim.key}" for claim in claims]
    locked = set(names)
    if names and session.dialect == "postgres":
        rows = await session.fetch(
            "SELECT name, pg_try_advisory_xact_lock(hashtextextended(name, 7)) AS ok FROM unnest($1::text[]) AS name",
            sorted(locked),
        )
        locked = {row["name"] for row in rows if row["ok"]}
    actors, keys = sorted({claim.actor for claim in claims}), sorted({claim.key for claim in claims})
    wanted = All((OneOf("actor", actors), OneOf("key", keys)))
    # In a later statement, so that it sees what whoever held the locks has committed.
    found = await IDEMPOTENCY.list(_everyones(scope), session, wanted, limit=_CHUNK) if claims else []
    stored = {(row.actor, row.key): row for row in found}
    answers: list[IdempotencyRow | InvoicingError | None] = []
    for name, claim in zip(names, claims, strict=True):
        row = stored.get((claim.actor, claim.key))
        if row is not None:
            same = (row.operation, row.fingerprint) == (claim.operation, claim.fingerprint)
            message = "this idempotency key was used before with another input"
            answers.append(row if same else IdempotencyMismatch(message, field=_FIELD))
        elif name not in locked:
            answers.append(InFlight("a request with this idempotency key is being worked on", field=_FIELD))
        else:
            answers.append(None)
            locked.discard(name)
    return answers


def _everyones(scope: Scope) -> Scope:
    return Scope(platform_id=scope.platform_id, mode=scope.mode, actor=scope.actor)


def remembering(scope: Scope, done: Sequence[tuple[Claim, dict[str, object]]], now: datetime) -> Insert:
    """The insertion of what was done under claims (ids, not answers: a repetition may select other fields)."""
    rows = [
        IdempotencyRow(
            platform_id=scope.platform_id,
            id=new_id(IdPrefix.IDEMPOTENCY),
            actor=claim.actor,
            key=claim.key,
            operation=claim.operation,
            fingerprint=claim.fingerprint,
            outcome=outcome,
            created_at=now,
        )
        for claim, outcome in done
    ]
    return IDEMPOTENCY.inserting(rows)


async def sweep(scope: Scope, session: Session, before: datetime) -> int:
    """Forgets keys older than that, the oldest ones first and at most SWEPT_AT_ONCE; how many."""
    table = TABLES["idempotency_key"]
    parameters = Parameters(session.dialect)
    tenant = query.tenant_sql(scope, table, parameters)
    old = f"created_at < {parameters.of(table.columns['created_at'], before)}"
    oldest = f"SELECT id FROM {table.name} WHERE {tenant} AND {old} ORDER BY created_at"
    sql = f"DELETE FROM {table.name} WHERE {tenant} AND id IN ({oldest} LIMIT {parameters.add(SWEPT_AT_ONCE)})"
    return await session.execute(sql, *parameters.values)
