"""The memory of answered mutations, kept in the same transaction as what they did."""

from __future__ import annotations

from datetime import datetime

from app.db import query
from app.db.aggregates import IDEMPOTENCY
from app.db.rows import IdempotencyRow
from app.db.transaction import Session
from app.db.where import All, Compare, Eq
from app.domain.errors import IdempotencyMismatch, InFlight
from app.domain.identity import IdPrefix, new_id
from app.domain.scope import Scope

_CHUNK = 1_000


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


async def remember(
    scope: Scope,
    session: Session,
    *,
    key: str,
    operation: str,
    fingerprint: str,
    outcome: dict[str, object],
    now: datetime,
) -> None:
    """Stores what was done (ids, not answers: a repetition may select other fields)."""
    row = IdempotencyRow(
        platform_id=scope.platform_id,
        id=new_id(IdPrefix.IDEMPOTENCY),
        actor=scope.actor,
        key=key,
        operation=operation,
        fingerprint=fingerprint,
        outcome=outcome,
        created_at=now,
    )
    await IDEMPOTENCY.insert(scope, session, [row])


async def sweep(scope: Scope, session: Session, before: datetime) -> int:
    """Forgets keys older than that, at most a thousand at a time; how many."""
    old = await IDEMPOTENCY.list(
        scope, session, Compare("created_at", "<", before), order=(("created_at", False),), limit=_CHUNK
    )
    for row in old:
        await query.delete(scope, session, "idempotency_key", Eq("id", row.id))
    return len(old)
