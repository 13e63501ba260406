"""Subscriptions: readers of the event log, each from its own cursor, woken when there is more."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Final

from app.db import event_log
from app.db.rows import EventRow
from app.db.transaction import Database
from app.delivery.wakeups import Wakeups
from app.domain.scope import Scope

# Rows read at once; a subscriber that is far behind reads on as fast as it takes them.
BATCH: Final = 100
# Wake-ups are only hints; the log is asked again this often without one.
POLL_S: Final = 1.0


class Broker:
    """Hands out the events of a scope in the log's order, without a gap and without a repetition."""

    def __init__(self, database: Database, wakeups: Wakeups) -> None:
        self._database = database
        self._wakeups = wakeups

    async def subscribe(
        self, scope: Scope, *, after: str | None, types: Sequence[str], entity_id: str | None
    ) -> AsyncIterator[EventRow]:
        """Events after the cursor (from now on without one), for as long as they are asked for.

        A seller's key sees its own entity's events only, whatever it asks for.
        """
        seq = await self._start(scope, after)
        while True:
            ticket = self._wakeups.ticket(scope.platform_id)
            async with self._database.read(scope) as session:
                # Read before the rows: what is numbered in between is read now or next time, never skipped.
                last = await event_log.last_seq(scope, session)
                rows = await event_log.after(scope, session, seq, limit=BATCH, types=types, entity_id=entity_id)
            for row in rows:
                if row.seq is not None:
                    seq = row.seq
                yield row
            if not rows:
                # Move over what this subscriber does not want, so that it is not looked through again.
                seq = max(seq, last)
                await self._wakeups.wait(ticket, POLL_S)

    async def _start(self, scope: Scope, after: str | None) -> int:
        async with self._database.read(scope) as session:
            if after is None:
                return await event_log.last_seq(scope, session)
            return await event_log.seq_of(scope, session, after)
