"""GraphQL over Server-Sent Events, distinct-connections mode of the `graphql-sse` protocol.

What is wrong with an operation comes as a `next` event of an accepted stream, since a client of event streams sees
nothing of a refused one; only who may not ask at all, or asks in no readable way, is refused by a status.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Mapping
from contextlib import AbstractContextManager, ExitStack, aclosing
from typing import Any, Final, TypeAlias

import orjson
import structlog
from starlette.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from app.domain.errors import InvoicingError, LimitExceeded
from app.graphql.transport.engine import RequestError
from app.graphql.transport.errors import request_error, unexpected
from app.graphql.transport.frames import Frame
from app.graphql.transport.http import EVENTS, JSON, HttpError, refuse
from app.graphql.transport.limits import Limits
from app.graphql.transport.patrol import ROUND_S
from app.graphql.transport.recheck import KeyCheck
from app.graphql.transport.subscriber import Interrupted

log = structlog.get_logger(__name__)

# How often a stream on which nothing happens asks whether its key has ended.
IDLE_S: Final = ROUND_S
_COMMENT: Final = b":\n\n"
_COMPLETE: Final = b"event: complete\ndata:\n\n"

Frames: TypeAlias = AsyncGenerator[Frame | None, None]
Opening: TypeAlias = Callable[[], Awaitable[Frames]]

_HEADERS: Final = {
    "cache-control": "no-cache, no-transform",
    # Proxies that collect a response before passing it on would hold the events back.
    "x-accel-buffering": "no",
    "x-content-type-options": "nosniff",
}


class _Stalled(Exception):
    """The client takes nothing any more."""


class EventStream(StreamingResponse):
    """Frames as `next` events, then `complete`; None keeps the connection open with a comment now and then.

    While it lasts it holds what `holding` gives: with a LimitExceeded of that it answers 429. A client that takes
    nothing for as long as the limits say is given up.
    """

    def __init__(
        self, opening: Opening, check: KeyCheck, *holding: AbstractContextManager[None], limits: Limits
    ) -> None:
        super().__init__(
            _events(opening, check, limits.keep_alive_s), media_type=f"{EVENTS}; charset=utf-8", headers=_HEADERS
        )
        self._holding = holding
        self._stalled_s = limits.stalled_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers the request."""
        with ExitStack() as held:
            try:
                for holding in self._holding:
                    held.enter_context(holding)
            except LimitExceeded as error:
                await refuse(HttpError(429, error.message, error.code.value), JSON)(scope, receive, send)
                return
            await super().__call__(scope, receive, send)

    async def stream_response(self, send: Send) -> None:
        """Sends the stream."""

        async def bounded(message: Message) -> None:
            try:
                async with asyncio.timeout(self._stalled_s):
                    await send(message)
            except TimeoutError:
                raise _Stalled from None

        try:
            await super().stream_response(bounded)
        except _Stalled:
            # The server closes the connection of a response that is not complete.
            log.info("event_stream_stalled", seconds=self._stalled_s)


def refused(error: RequestError, check: KeyCheck, *, limits: Limits) -> EventStream:
    """The stream of an operation that cannot be executed."""

    async def opening() -> Frames:
        raise error

    return EventStream(opening, check, limits=limits)


async def executed(run: Callable[[], Coroutine[Any, Any, Mapping[str, Any]]], *, idle_s: float = IDLE_S) -> Frames:
    """The one frame of a query or mutation, after None for every while that it takes."""
    task = asyncio.create_task(run())
    try:
        while not (await asyncio.wait({task}, timeout=idle_s))[0]:
            yield None
        yield Frame(orjson.dumps(task.result()))
    finally:
        if not task.done():
            task.cancel()
            await asyncio.wait({task})


async def _events(opening: Opening, check: KeyCheck, keep_alive_s: float) -> AsyncGenerator[bytes, None]:
    # Something at once, so that the client sees the stream open.
    yield _COMMENT
    sent_at = time.monotonic()
    cursor = None
    try:
        async with aclosing(await opening()) as frames:
            async for frame in frames:
                if check.ended or (frame is not None and not await check.works()):
                    yield _failed([request_error("the API key no longer works", "UNAUTHENTICATED")])
                    break
                now = time.monotonic()
                if frame is not None:
                    yield frame.event()
                    cursor, sent_at = frame.cursor, now
                elif now - sent_at >= keep_alive_s:
                    yield _COMMENT
                    sent_at = now
    except RequestError as error:
        yield _failed(error.errors)
    except InvoicingError as error:
        yield _failed(Interrupted.by(error, cursor).errors)
    except Exception as error:
        # The status is sent already, so a bug is told as the last event.
        yield _failed([unexpected(error)])
    yield _COMPLETE


def _failed(errors: list[dict[str, Any]]) -> bytes:
    return Frame(orjson.dumps({"errors": errors})).event()
