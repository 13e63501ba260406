"""Drafts whose time to be finalized has come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.db.tables import TABLES, encode
from app.db.transaction import Session
from app.domain.scope import Scope


async def due(scope: Scope, session: Session, *, now: datetime, limit: int) -> Sequence[tuple[str, int]]:
    """(id, version) of at most `limit` drafts of the platform that are due, those due longest chosen, in id order."""
    rows = await session.fetch(
        "SELECT id, version FROM invoice WHERE platform_id = $1 AND status = 'DRAFT' AND auto_finalize_at IS NOT NULL"
        " AND auto_finalize_at <= $2 ORDER BY auto_finalize_at, id LIMIT $3",
        scope.platform_id,
        encode(TABLES["invoice"].columns["auto_finalize_at"], now, session.dialect),
        limit,
    )
    return sorted((str(row["id"]), int(row["version"])) for row in rows)
