"""The look-up of a channel before any tenant is known, and what is noted of its use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from app.db import query
from app.db.rows import OrderChannelRow
from app.db.tables import TABLES, decode
from app.db.transaction import Database, Registry, Session
from app.db.where import Any_, Compare, IsNull
from app.domain.scope import Mode, Scope

# Instants that `note` writes.
USED: Final = "last_used_at"
FAILED: Final = "last_failed_at"


async def find(database: Database, channel_id: str) -> tuple[OrderChannelRow, Mode] | None:
    """The channel with that id, which is well formed, and its platform's mode; or None."""
    table = TABLES["order_channel"]
    columns = ", ".join(f"c.{name}" for name in table.columns)
    async with database.read(Registry(channel_id=channel_id, worker=True)) as session:
        found = await session.fetch(
            f"SELECT {columns}, p.mode FROM order_channel c JOIN platform p ON p.id = c.platform_id WHERE c.id = $1",
            channel_id,
        )
        if not found:
            return None
        return OrderChannelRow(**decode(table, found[0], session.dialect)), Mode(found[0]["mode"])


async def note(
    scope: Scope, session: Session, channel_id: str, instant: str, values: Mapping[str, object], *, before: datetime
) -> None:
    """Writes what became of a message unless that was done after `before` already: `instant` is USED or FAILED.

    A channel is used far more often than that is worth a write. A channel that is gone is no error.
    """
    stale = Any_((IsNull(instant), Compare(instant, "<=", before)))
    await query.update(scope, session, "order_channel", channel_id, values, where=stale)
