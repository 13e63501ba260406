"""The newest part of one platform's log in memory, read from the database once for all who follow it."""

from __future__ import annotations

import asyncio
import bisect
import time
from collections.abc import Sequence
from operator import attrgetter
from typing import Final

from app.db import event_log
from app.db.rows import EventRow
from app.db.transaction import Database
from app.delivery.wakeups import Wakeups
from app.domain.scope import Scope, system_scope

# Rows read at once, and rows kept for readers that are a little behind.
PAGE: Final = 500
KEPT: Final = 500
# Payloads kept, in characters, whatever the number of rows.
KEPT_LENGTH: Final = 2_000_000
# Wake-ups are only hints; the log is asked again this often without one.
POLL_S: Final = 1.0


class Tail:
    """What a platform's log gained since the tail was opened, as far as it is kept, in the log's order.

    It holds every seller's events, so rows leave it through `visible` only, which applies the reader's scope.
    """

    def __init__(self, database: Database, wakeups: Wakeups, scope: Scope) -> None:
        self._database = database
        self._wakeups = wakeups
        self._scope = system_scope(scope.platform_id, scope.mode, "subscriptions")
        self._rows: list[EventRow] = []
        self._length = 0
        self._reading = asyncio.Lock()
        self._opened = False
        self._more = False
        self._read_at = 0.0
        # Set when there may be more than what was read last.
        self.ticket = asyncio.Event()
        # Everything in (floor, last] is in memory.
        self.floor = 0
        self.last = 0

    async def refresh(self) -> None:
        """Reads what is new, unless nothing woke the platform since the last time; one reading for all who ask."""
        if self._fresh():
            return
        async with self._reading:
            if not self._fresh():
                await self._read()

    def visible(self, scope: Scope, seq: int, types: Sequence[str], entity_id: str | None) -> list[EventRow]:
        """The rows after a sequence (not below `floor`) that the scope may see and the reader wants."""
        if scope.platform_id != self._scope.platform_id:
            raise PermissionError("a log of another platform")
        first = bisect.bisect_right(self._rows, seq, key=attrgetter("seq"))
        return [
            row
            for row in self._rows[first:]
            if (scope.entity_id is None or row.entity_id == scope.entity_id)
            and (entity_id is None or row.entity_id == entity_id)
            and (not types or row.type in types)
        ]

    def _fresh(self) -> bool:
        waiting = self._opened and not self._more and not self.ticket.is_set()
        return waiting and time.monotonic() - self._read_at < POLL_S

    async def _read(self) -> None:
        hinted = self.ticket.is_set() or self._more
        # Taken before the log is looked at: what is numbered from here on sets it.
        ticket = self._wakeups.ticket(self._scope.platform_id)
        async with self._database.read(self._scope) as session:
            if not self._opened:
                self.floor = self.last = await event_log.last_seq(self._scope, session)
                rows = []
            else:
                rows = await event_log.after(self._scope, session, self.last, limit=PAGE)
        self._read_at = time.monotonic()
        self._opened, self._more, self.ticket = True, len(rows) == PAGE, ticket
        if rows:
            self._keep(rows)
            if not hinted:
                # The poll found what no wake-up told of; the others need not poll for it too.
                self._wakeups.wake(self._scope.platform_id)

    def _keep(self, rows: list[EventRow]) -> None:
        self.last = rows[-1].seq or self.last
        self._rows += rows
        self._length += sum(len(row.payload) for row in rows)
        dropped = 0
        while len(self._rows) - dropped > KEPT or (self._length > KEPT_LENGTH and dropped < len(self._rows)):
            self._length -= len(self._rows[dropped].payload)
            self.floor = self._rows[dropped].seq or self.floor
            dropped += 1
        del self._rows[:dropped]
