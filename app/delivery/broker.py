"""Subscriptions: readers of the event log, each from its own place, woken when there is more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Final
from weakref import WeakValueDictionary

from app.db import event_log
from app.db.rows import EventRow
from app.db.transaction import Database
from app.delivery.tail import POLL_S, Tail
from app.delivery.wakeups import Wakeups
from app.domain.errors import UnknownCursor
from app.domain.scope import Scope

# Rows handed out at once; a reader that is far behind reads on as fast as it takes them.
BATCH: Final = 100


@dataclass(frozen=True, slots=True)
class Page:
    """Events in the log's order. Up to `seq` the reader has now seen all it wanted; `more` may follow at once.

    `ticket` is what to wait for before reading on, when no more follows.
    """

    rows: list[EventRow]
    seq: int
    more: bool
    ticket: asyncio.Event


class Reader:
    """One selection of a platform's log: what a scope may see, of some types, of one entity."""

    def __init__(
        self,
        database: Database,
        wakeups: Wakeups,
        tail: Tail,
        scope: Scope,
        types: Sequence[str],
        entity_id: str | None,
    ) -> None:
        self._database = database
        self._wakeups = wakeups
        self._tail = tail
        self._scope = scope
        self._types = tuple(types)
        self._entity_id = entity_id

    async def start(self, after: str | None) -> int:
        """The sequence of a cursor; without one the log's last, so that reading begins with what comes next.

        Raises UnknownCursor for a cursor that is not of this log.
        """
        async with self._database.read(self._scope) as session:
            if after is None:
                return await event_log.last_seq(self._scope, session)
            return await event_log.seq_of(self._scope, session, after)

    async def read(self, seq: int) -> Page:
        """What follows a sequence, without a gap: from memory, or from the database for a reader far behind.

        Raises UnknownCursor for a reader so far behind that the log no longer keeps what follows.
        """
        tail = self._tail
        await tail.refresh()
        ticket = tail.ticket(self._scope.entity_id or self._entity_id)
        if seq < tail.floor:
            return await self._read_far(seq, ticket)
        rows = tail.visible(self._scope, seq, self._types, self._entity_id)
        if len(rows) > BATCH:
            return Page(rows[:BATCH], rows[BATCH - 1].seq or seq, True, ticket)
        return Page(rows, max(seq, tail.last), False, ticket)

    async def wait(self, page: Page) -> None:
        """Waits until there may be more after the last page."""
        await self._wakeups.wait(page.ticket, POLL_S)

    async def _read_far(self, seq: int, ticket: asyncio.Event) -> Page:
        async with self._database.read(self._scope) as session:
            # Read before the rows: what is numbered in between is read now or next time, never skipped.
            swept, last = await event_log.bounds(self._scope, session)
            if seq < swept:
                raise UnknownCursor
            rows = await event_log.after(
                self._scope, session, seq, limit=BATCH, types=self._types, entity_id=self._entity_id
            )
        if len(rows) == BATCH:
            return Page(rows, rows[-1].seq or seq, True, ticket)
        # Move over what this reader does not want, so that it is not looked through again.
        newest = rows[-1].seq or seq if rows else seq
        return Page(rows, max(newest, last), True, ticket)


class Broker:
    """Hands out the events of a scope in the log's order, without a gap and without a repetition."""

    def __init__(self, database: Database, wakeups: Wakeups) -> None:
        self._database = database
        self._wakeups = wakeups
        # A tail lives as long as somebody reads through it.
        self._tails: WeakValueDictionary[str, Tail] = WeakValueDictionary()

    async def close(self) -> None:
        """Follows no log any longer; before the database is closed."""
        for tail in list(self._tails.values()):
            await tail.close()

    def reader(self, scope: Scope, *, types: Sequence[str], entity_id: str | None) -> Reader:
        """A reader of what the scope may see. A seller's key sees its own entity's events only, whatever it asks for.

        All readers of a platform share one reading of its log.
        """
        tail = self._tails.get(scope.platform_id)
        if tail is None:
            tail = self._tails[scope.platform_id] = Tail(self._database, self._wakeups, scope)
        return Reader(self._database, self._wakeups, tail, scope, types, entity_id)

    async def subscribe(
        self, scope: Scope, *, after: str | None, types: Sequence[str], entity_id: str | None
    ) -> AsyncIterator[EventRow]:
        """Events after the cursor (from now on without one), for as long as they are asked for."""
        reader = self.reader(scope, types=types, entity_id=entity_id)
        seq = await reader.start(after)
        while True:
            page = await reader.read(seq)
            for row in page.rows:
                yield row
            seq = page.seq
            if not page.more:
                await reader.wait(page)
