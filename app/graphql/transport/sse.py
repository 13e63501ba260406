"""GraphQL over Server-Sent Events, distinct-connections mode of the `graphql-sse` protocol."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Mapping
from contextlib import aclosing
from typing import Any, Final, TypeAlias

import orjson
from starlette.responses import StreamingResponse

from app.domain.errors import InvoicingError
from app.graphql.transport.engine import RequestError
from app.graphql.transport.errors import request_error, unexpected
from app.graphql.transport.frames import Frame
from app.graphql.transport.http import EVENTS
from app.graphql.transport.subscriber import Interrupted

KEEP_ALIVE_S: Final = 12.0
_COMMENT: Final = b":\n\n"

Frames: TypeAlias = AsyncGenerator[Frame | None, None]

_HEADERS: Final = {
    "cache-control": "no-cache, no-transform",
    # Proxies that collect a response before passing it on would hold the events back.
    "x-accel-buffering": "no",
    "x-content-type-options": "nosniff",
}


def stream(opening: Callable[[], Awaitable[Frames]], still_allowed: Callable[[], Awaitable[bool]]) -> StreamingResponse:
    """Frames as `next` events, then `complete`; None keeps the connection open with a comment."""
    return StreamingResponse(_events(opening, still_allowed), media_type=f"{EVENTS}; charset=utf-8", headers=_HEADERS)


async def executed(
    run: Callable[[], Coroutine[Any, Any, Mapping[str, Any]]], *, keep_alive_s: float = KEEP_ALIVE_S
) -> Frames:
    """The one frame of a query or mutation, after None for every while that it takes."""
    task = asyncio.create_task(run())
    try:
        while not (await asyncio.wait({task}, timeout=keep_alive_s))[0]:
            yield None
        yield Frame(orjson.dumps(task.result()))
    finally:
        if not task.done():
            task.cancel()
            await asyncio.wait({task})


async def _events(
    opening: Callable[[], Awaitable[Frames]], still_allowed: Callable[[], Awaitable[bool]]
) -> AsyncGenerator[bytes, None]:
    # Something at once, so that the client sees the stream open.
    yield _COMMENT
    cursor = None
    try:
        async with aclosing(await opening()) as frames:
            async for frame in frames:
                if frame is None:
                    yield _COMMENT
                    continue
                if not await still_allowed():
                    yield _failed([request_error("the API key no longer works", "UNAUTHENTICATED")])
                    break
                yield frame.event()
                cursor = frame.cursor
    except RequestError as error:
        yield _failed(error.errors)
    except InvoicingError as error:
        yield _failed(Interrupted.by(error, cursor).errors)
    except Exception as error:
        # The status is sent already, so a bug is told as the last event.
        yield _failed([unexpected(error)])
    yield b"event: complete\ndata:\n\n"


def _failed(errors: list[dict[str, Any]]) -> bytes:
    return Frame(orjson.dumps({"errors": errors})).event()
