"""GraphQL over Server-Sent Events, distinct-connections mode of the `graphql-sse` protocol."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from typing import Any, Final

import orjson
from starlette.responses import StreamingResponse

from app.graphql.transport.engine import RequestError
from app.graphql.transport.http import EVENTS

KEEP_ALIVE_S: Final = 12.0

_HEADERS: Final = {
    "cache-control": "no-cache, no-transform",
    # Proxies that collect a response before passing it on would hold the events back.
    "x-accel-buffering": "no",
    "x-content-type-options": "nosniff",
}


def stream(
    results: AsyncGenerator[dict[str, Any], None],
    still_allowed: Callable[[], Awaitable[bool]],
    *,
    keep_alive_s: float = KEEP_ALIVE_S,
) -> StreamingResponse:
    """Results as `next` events, then `complete`; a comment now and then keeps the connection open."""
    return StreamingResponse(
        _events(results, still_allowed, keep_alive_s), media_type=f"{EVENTS}; charset=utf-8", headers=_HEADERS
    )


async def _events(
    results: AsyncGenerator[dict[str, Any], None],
    still_allowed: Callable[[], Awaitable[bool]],
    keep_alive_s: float,
) -> AsyncGenerator[bytes, None]:
    upcoming: asyncio.Future[dict[str, Any]] | None = None
    # Something at once, so that the client sees the stream open.
    yield b":\n\n"
    try:
        while True:
            upcoming = upcoming or asyncio.ensure_future(anext(results))
            done, _ = await asyncio.wait({upcoming}, timeout=keep_alive_s)
            if not done:
                yield b":\n\n"
                continue
            try:
                result = upcoming.result()
            except StopAsyncIteration:
                break
            except RequestError as error:
                yield _event({"errors": error.errors})
                break
            finally:
                upcoming = None
            if not await still_allowed():
                yield _event(
                    {"errors": [{"message": "the API key no longer works", "extensions": {"code": "UNAUTHENTICATED"}}]}
                )
                break
            yield _event(result)
        yield b"event: complete\ndata:\n\n"
    finally:
        if upcoming is not None:
            upcoming.cancel()
            await asyncio.wait({upcoming})
        await results.aclose()


def _event(payload: Mapping[str, Any]) -> bytes:
    return b"event: next\ndata: " + orjson.dumps(payload) + b"\n\n"
