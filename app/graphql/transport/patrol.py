"""Looks after the connections on which nothing happens: keys that ended, peers that take nothing any more."""

from __future__ import annotations

import asyncio
import contextvars
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeAlias

import structlog

from app.graphql.transport.recheck import KeyChecks

log = structlog.get_logger(__name__)

ROUND_S: Final = 0.5

# Told the time of `time.monotonic` after each round of questions about keys.
LookAfter: TypeAlias = Callable[[float], None]


class Patrol:
    """Goes its rounds as long as there is a long-lived connection in this process, and asks about all keys at once."""

    def __init__(self, checks: KeyChecks, *, round_s: float = ROUND_S) -> None:
        self._checks = checks
        self._round_s = round_s
        self._members: dict[object, LookAfter] = {}
        self._task: asyncio.Task[None] | None = None

    @contextmanager
    def watched(self, look_after: LookAfter) -> Iterator[None]:
        """A connection that is looked after until the block ends."""
        member = object()
        self._members[member] = look_after
        if self._task is None or self._task.done():
            # Not in the context of the request that happens to be the first: it outlives it.
            self._task = asyncio.create_task(self._run(), name="patrol", context=contextvars.Context())
        try:
            yield
        finally:
            del self._members[member]

    def stop(self) -> None:
        """Goes no further round; for shutting down."""
        if self._task is not None:
            self._task.cancel()

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(self._round_s)
            if not self._members:
                return
            try:
                await self._checks.look()
            except Exception:
                # Nothing is sent meanwhile: before an event goes out, its key is asked about again.
                log.warning("keys_unchecked", exc_info=True)
            now = time.monotonic()
            for look_after in list(self._members.values()):
                look_after(now)
