"""Finds recurring invoices that are due, and invoices of theirs that can be sent at last."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from app.db.query import row_names, rows_of
from app.db.recurring_rows import OccurrenceRow
from app.db.tables import TABLES, encode
from app.db.transaction import Session
from app.domain.scope import Scope

_RECURRING: Final = TABLES["recurring_invoice"]
_OCCURRENCE: Final = TABLES["recurring_occurrence"]


async def due(scope: Scope, session: Session, now: datetime, *, limit: int) -> list[str]:
    """The ids of at most `limit` recurring invoices that are to be looked at, the longest waiting first."""
    rows = await session.fetch(
        "SELECT id FROM recurring_invoice WHERE platform_id = $1 AND status = 'ACTIVE' AND next_run_at <= $2"
        " ORDER BY next_run_at, id LIMIT $3",
        scope.platform_id,
        encode(_RECURRING.columns["next_run_at"], now, session.dialect),
        limit,
    )
    return [str(row["id"]) for row in rows]


async def sendable(scope: Scope, session: Session, *, limit: int, lock: bool) -> list[OccurrenceRow]:
    """At most `limit` occurrences whose invoice waited for a tax answer and does no longer.

    Those that another transaction holds are left for the next time where they are to be locked.
    """
    names = row_names(OccurrenceRow)
    locking = " FOR NO KEY UPDATE OF o SKIP LOCKED" if lock and session.dialect == "postgres" else ""
    rows = await session.fetch(
        f"SELECT {', '.join(f'o.{name}' for name in names)} FROM recurring_occurrence o"
        " LEFT JOIN invoice i ON i.platform_id = o.platform_id AND i.id = o.invoice_id"
        " WHERE o.platform_id = $1 AND o.status = 'AWAITING' AND (i.id IS NULL OR i.status IN ('FINALIZED', 'VOID'))"
        f" ORDER BY o.id LIMIT $2{locking}",
        scope.platform_id,
        limit,
    )
    return rows_of(_OCCURRENCE, OccurrenceRow, rows, session.dialect)
