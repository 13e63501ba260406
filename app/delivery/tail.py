"""The newest part of one platform's log in memory, read from the database once for all who follow it."""

from __future__ import annotations

import asyncio
import bisect
import contextvars
import time
import weakref
from collections.abc import Sequence
from operator import attrgetter
from typing import Final

import structlog

from app.db import event_log
from app.db.rows import EventRow
from app.db.transaction import Database
from app.delivery.wakeups import Wakeups
from app.domain.scope import Scope, system_scope

log = structlog.get_logger(__name__)

# Rows read at once, and rows kept for readers that are a little behind.
PAGE: Final = 500
KEPT: Final = 1_000
# Payloads kept, in characters, whatever the number of rows.
KEPT_LENGTH: Final = 2_000_000
# Wake-ups are only hints; the log is asked again this often without one.
POLL_S: Final = 1.0


class Tail:
    """What a platform's log gained since the tail was opened, as far as it is kept, in the log's order.

    It holds every seller's events, so rows leave it through `visible` only, which applies the reader's scope. While it
    lasts it follows the log by itself, and wakes those whom new rows concern: a platform's many sellers do not wake for
    one another.
    """

    def __init__(self, database: Database, wakeups: Wakeups, scope: Scope) -> None:
        self._database = database
        self._wakeups = wakeups
        self._scope = system_scope(scope.platform_id, scope.mode, "subscriptions")
        self._rows: list[EventRow] = []
        self._length = 0
        self._reading = asyncio.Lock()
        self._follower: asyncio.Task[None] | None = None
        self._closed = False
        self._more = False
        self._read_at = 0.0
        self._woken = asyncio.Event()
        # Kept by whoever waits.
        self._waiting: weakref.WeakValueDictionary[str | None, asyncio.Event] = weakref.WeakValueDictionary()
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

    async def close(self) -> None:
        """Follows the log no longer; before the database is closed. A reading under way comes to its end."""
        self._closed = True
        if self._follower is not None:
            self._wakeups.wake(self._scope.platform_id)
            await asyncio.wait({self._follower})

    def ticket(self, entity_id: str | None) -> asyncio.Event:
        """Set when there is more of an entity, or of any for None. Taken before the rows are looked at."""
        found = self._waiting.get(entity_id)
        if found is None:
            found = self._waiting[entity_id] = asyncio.Event()
        return found

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
        waiting = self._follower is not None and not self._more and not self._woken.is_set()
        return waiting and time.monotonic() - self._read_at < POLL_S

    async def _read(self) -> None:
        # Taken before the log is looked at: what is numbered from here on sets it.
        woken = self._wakeups.ticket(self._scope.platform_id)
        rows: list[EventRow] = []
        async with self._database.read(self._scope) as session:
            if self._follower is None:
                self.floor = self.last = await event_log.last_seq(self._scope, session)
            else:
                rows = await event_log.after(self._scope, session, self.last, limit=PAGE)
        self._read_at = time.monotonic()
        self._more, self._woken = len(rows) == PAGE, woken
        if rows:
            self._keep(rows)
        if self._follower is None:
            # Not in the context of the request that happens to be the first: it outlives it.
            following = _follow(weakref.ref(self), self._wakeups)
            self._follower = asyncio.create_task(following, name="tail", context=contextvars.Context())

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
        for entity_id in {None, *(row.entity_id for row in rows)}:
            waiting = self._waiting.pop(entity_id, None)
            if waiting is not None:
                waiting.set()

    async def follow(self) -> asyncio.Event | None:
        """Reads what is new; what to wait for then. None once the tail is closed."""
        while not self._closed:
            await self.refresh()
            if not self._more:
                return self._woken
        return None


async def _follow(reference: weakref.ref[Tail], wakeups: Wakeups) -> None:
    """Keeps a tail up to date until it is closed or nobody holds it."""
    while (tail := reference()) is not None:
        woken: asyncio.Event | None = asyncio.Event()
        try:
            woken = await tail.follow()
        except Exception:
            # Whoever reads is told by the reading of its own.
            log.warning("tail_interrupted", exc_info=True)
        if woken is None:
            return
        del tail
        await wakeups.wait(woken, POLL_S)
