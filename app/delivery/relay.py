"""The relay: on PostgreSQL it gives committed events their place in the log and wakes all processes.

The process that committed asks for a pass at once; a poll finds what a crash or a missed wake-up left behind.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Final

import structlog

from app.db import event_log, event_numbers
from app.db.accounts import platform_mode
from app.db.transaction import Database
from app.delivery.wakeups import Wakeups
from app.domain.errors import Unavailable
from app.domain.scope import Mode, Scope, system_scope
from app.running.measures import RelayMeasures

log = structlog.get_logger(__name__)

# One pass numbers what many transactions committed; a short pause lets them gather and spares NOTIFY's global lock.
PAUSE_S: Final = 0.008
POLL_S: Final = 0.2
_RETRY_S: Final = 1.0


class Relay:
    """Runs in every process that writes; passes exclude one another by an advisory lock per platform."""

    def __init__(self, database: Database, wakeups: Wakeups) -> None:
        self._database = database
        self._wakeups = wakeups
        self._asked: set[str] = set()
        self._work = asyncio.Event()
        self._modes: dict[str, Mode] = {}
        self.measures = RelayMeasures()

    def ask(self, platform_id: str) -> None:
        """Says that events of a platform were committed; never blocks."""
        if self._database.dialect == "sqlite":
            self._wakeups.wake(platform_id)
            return
        self._asked.add(platform_id)
        self._work.set()

    async def run(self) -> None:
        """Numbers events until cancelled."""
        if self._database.dialect == "sqlite":
            return
        async with asyncio.TaskGroup() as group:
            group.create_task(self._listen())
            group.create_task(self._pump())

    async def _pump(self) -> None:
        clock = asyncio.get_running_loop().time
        polled = clock()
        while True:
            with contextlib.suppress(TimeoutError):
                # Not wait_for, which on Python 3.11 swallows a cancellation that comes together with what it waits for.
                async with asyncio.timeout(POLL_S):
                    await self._work.wait()
                await asyncio.sleep(PAUSE_S)
            self._work.clear()
            asked, self._asked = self._asked, set()
            try:
                # To ask all platforms is for what no one told of; who is told often enough need not ask each time.
                if not asked or clock() >= polled + POLL_S:
                    asked |= set(await event_log.platforms_with_pending(self._database))
                    polled = clock()
                for platform_id in asked:
                    await self.number(platform_id)
                self.measures.looked_at = clock()
            except Unavailable:
                self.measures.failures += 1
                log.warning("relay_unavailable", exc_info=True)
                await asyncio.sleep(_RETRY_S)
            except Exception:
                # Without the relay nobody hears of anything: whatever this was, the next pass may do better.
                self.measures.failures += 1
                log.exception("relay_failed")
                await asyncio.sleep(_RETRY_S)

    async def number(self, platform_id: str) -> int:
        """Numbers all that is committed on one platform; how many events."""
        scope = await self._scope(platform_id)
        total = 0
        while scope is not None:
            async with self._database.transaction(scope, keeps_plans=True) as session:
                numbered = await event_numbers.number_pending(scope, session)
            total += numbered
            if numbered < event_numbers.PASS_SIZE:
                break
        self.measures.numbered += total
        if total:
            self._wakeups.wake(platform_id)
        return total

    async def _scope(self, platform_id: str) -> Scope | None:
        if platform_id not in self._modes:
            mode = await platform_mode(self._database, platform_id)
            if mode is None:
                return None
            self._modes[platform_id] = mode
        return system_scope(platform_id, self._modes[platform_id], "relay")

    async def _listen(self) -> None:
        wake: Callable[[str], None] = self._wakeups.wake
        while True:
            try:
                async with event_log.listening(self._database, wake):
                    # A lost connection makes no sound, so it is opened anew now and then; readers poll besides.
                    await asyncio.sleep(300)
            except Exception:
                log.warning("listen_failed", exc_info=True)
                await asyncio.sleep(_RETRY_S)
            self._wakeups.wake_all()
