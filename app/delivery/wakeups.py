"""Wakes whoever waits for events of a platform, within one process."""

from __future__ import annotations

import asyncio
import contextlib


class Wakeups:
    """Per platform, something to wait for. Waking is cheap and may be spurious: whoever is woken looks again."""

    def __init__(self) -> None:
        self._waiting: dict[str, asyncio.Event] = {}
        # For the one who looks after all platforms: set until it looks again.
        self.any = asyncio.Event()

    def wake(self, platform_id: str) -> None:
        """Wakes everybody who waits for that platform now."""
        event = self._waiting.pop(platform_id, None)
        if event is not None:
            event.set()
        self.any.set()

    def wake_all(self) -> None:
        """Wakes everybody; for shutting down and for a notification that may have been missed."""
        for platform_id in list(self._waiting):
            self.wake(platform_id)

    def ticket(self, platform_id: str) -> asyncio.Event:
        """Taken *before* looking at the log, so that nothing written between looking and waiting is missed."""
        found = self._waiting.get(platform_id)
        if found is None:
            found = self._waiting[platform_id] = asyncio.Event()
        return found

    async def wait(self, ticket: asyncio.Event, timeout_s: float) -> None:
        """Waits until the ticket's platform is woken, at most that long."""
        # Not wait_for, which would start a task for each of many who wait.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await ticket.wait()
