"""Finds invoices that have become overdue, each once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from app.db.rows import InvoiceRow
from app.db.tables import TABLES, decode, encode
from app.db.transaction import Session
from app.domain.documents.model import InvoiceType
from app.domain.scope import Scope

_TABLE: Final = TABLES["invoice"]


async def time_zones(scope: Scope, session: Session) -> list[str]:
    """The time zones of the platform's sellers."""
    rows = await session.fetch(
        "SELECT DISTINCT time_zone FROM entity WHERE platform_id = $1 ORDER BY time_zone LIMIT 1000",
        scope.platform_id,
    )
    return [str(row["time_zone"]) for row in rows]


async def mark(
    scope: Scope,
    session: Session,
    *,
    time_zone: str,
    before: date,
    types: Sequence[InvoiceType],
    now: datetime,
    limit: int,
) -> list[InvoiceRow]:
    """Marks at most `limit` unpaid invoices of sellers in that zone that were due before that day, none twice.

    Those that another transaction holds are left for the next time.
    """
    skip_locked = " FOR NO KEY UPDATE OF i SKIP LOCKED" if session.dialect == "postgres" else ""
    marks = ", ".join(f"${n}" for n in range(6, 6 + len(types)))
    columns = ", ".join(f"invoice.{name}" for name in _TABLE.columns)
    rows = await session.fetch(
        # Materialized: as a plain subquery it may run once per row, and the limit would hold for none of them.
        "WITH late AS MATERIALIZED ("
        "SELECT i.id FROM invoice i JOIN entity e ON e.platform_id = i.platform_id AND e.id = i.entity_id"
        " WHERE i.platform_id = $1 AND i.status = 'FINALIZED' AND i.due_minor > 0 AND i.overdue_at IS NULL"
        f" AND i.due_date < $2 AND e.time_zone = $3 AND i.type IN ({marks})"
        f" ORDER BY i.due_date, i.id LIMIT $4{skip_locked})"
        " UPDATE invoice SET overdue_at = $5 WHERE platform_id = $1 AND overdue_at IS NULL"
        f" AND id IN (SELECT id FROM late) RETURNING {columns}",
        scope.platform_id,
        encode(_TABLE.columns["due_date"], before, session.dialect),
        time_zone,
        limit,
        encode(_TABLE.columns["overdue_at"], now, session.dialect),
        *[kind.value for kind in types],
    )
    found = [InvoiceRow(**decode(_TABLE, row, session.dialect)) for row in rows]
    return sorted(found, key=lambda row: (row.due_date or before, row.id))
