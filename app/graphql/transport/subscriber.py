"""One subscriber's place behind a feed: a bounded buffer that never holds up the others."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any, Final

from app.domain.errors import InvoicingError
from app.graphql.transport.engine import RequestError
from app.graphql.transport.errors import extensions_of
from app.graphql.transport.frames import Frame

# Frames, and bytes of them, that may wait for a client that reads slowly. The frames themselves are shared.
MAX_FRAMES: Final = 1_000
MAX_BYTES: Final = 4_194_304

_SLOW: Final[dict[str, Any]] = {
    "message": f"the client reads too slowly: more than {MAX_FRAMES} messages or {MAX_BYTES} bytes were waiting for it",
    "extensions": {"code": "LIMIT_EXCEEDED", "retryable": True},
}


class Interrupted(RequestError):
    """A subscription that had begun cannot go on. `extensions.resumeAfter` is the last cursor that was delivered."""

    def __init__(self, error: dict[str, Any], cursor: str | None = None) -> None:
        if cursor is not None:
            told = "; subscribe again after the cursor in resumeAfter to miss nothing"
            error = {
                **error,
                "message": error["message"] + told,
                "extensions": {**error["extensions"], "resumeAfter": cursor},
            }
        super().__init__([error])

    @classmethod
    def by(cls, error: InvoicingError, cursor: str | None = None) -> Interrupted:
        """By an error of the product's own tree, such as a database that is away; it says after what to resume only
        where that will help.
        """
        resumable = cursor if error.retryable else None
        return cls({"message": error.message, "extensions": extensions_of(error)}, resumable)


class Subscriber:
    """Frames that wait for one socket. `after` is the position up to which it has what it wants."""

    __slots__ = ("_after", "_error", "_frames", "_size", "_waiter")

    def __init__(self, *, after: int) -> None:
        self._after = after
        self._frames: deque[Frame] = deque()
        self._size = 0
        self._error: dict[str, Any] | None = None
        self._waiter: asyncio.Future[None] | None = None

    def push(self, frame: Frame) -> None:
        """Hands in the next frame; never waits. One too many, and all that wait are given up for an error."""
        if frame.position <= self._after or self._error is not None:
            return
        self._frames.append(frame)
        self._size += len(frame.payload)
        if len(self._frames) > MAX_FRAMES or (self._size > MAX_BYTES and len(self._frames) > 1):
            self._frames.clear()
            self._error = _SLOW
        self._wake()

    def interrupt(self, error: dict[str, Any]) -> None:
        """Nothing follows what waits already, but this error."""
        if self._error is None:
            self._error = error
        self._wake()

    async def next(self, idle_s: float | None) -> Frame | None:
        """The next frame; None when there was none for so long. Raises Interrupted when none will come."""
        if not self._frames and self._error is None:
            await self._wait(idle_s)
        if self._frames:
            frame = self._frames.popleft()
            self._size -= len(frame.payload)
            return frame
        if self._error is not None:
            raise Interrupted(self._error)
        return None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def _wait(self, idle_s: float | None) -> None:
        loop = asyncio.get_running_loop()
        self._waiter = loop.create_future()
        timer = None if idle_s is None else loop.call_later(idle_s, self._wake)
        try:
            await self._waiter
        finally:
            self._waiter = None
            if timer is not None:
                timer.cancel()
