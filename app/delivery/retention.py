"""Forgets what the log need keep no longer, platform by platform."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from app.db import accounts, event_retention
from app.db.transaction import Database
from app.domain.scope import system_scope

# Chunks of one platform in one run, so that a large one does not keep the others waiting; the next run goes on.
MAX_CHUNKS: Final = 500


async def sweep_events(database: Database, before: datetime) -> int:
    """Forgets events that happened before an instant, a chunk a transaction; how many."""
    swept = 0
    for platform in await accounts.platforms(database):
        scope = system_scope(platform.id, platform.mode, "sweeper")
        for _ in range(MAX_CHUNKS):
            async with database.transaction(scope) as session:
                found = await event_retention.sweep(scope, session, before)
            swept += found
            if found < event_retention.CHUNK:
                break
    return swept
