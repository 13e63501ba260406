"""A small schema behind the real transport and a real server, for what no database decides."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import strawberry
import uvicorn
from starlette.applications import Starlette
from strawberry.scalars import JSON

from app.domain.errors import Unauthenticated, Unavailable, UnknownCursor
from app.graphql.transport import GraphQLTransport, Limits
from app.graphql.transport.source import LogSource, SourceEvent, SourcePage

GOOD = "Bearer good"


class Log:
    """A log of numbers from 1, whose cursors are `c1`, `c2`, …; and which keys work."""

    def __init__(self) -> None:
        self.last = 0
        self.length = 0
        self.grown = asyncio.Event()
        self.ended: set[str] = set()
        self.away = False
        self.questions = 0
        self.transport: GraphQLTransport | None = None

    def streams(self, key: str = GOOD) -> int:
        """How many subscriptions a key has in the server."""
        assert self.transport is not None
        return self.transport._caps.streams.count(key)

    def grow(self, count: int = 1) -> None:
        self.last += count
        self.grown.set()
        self.grown = asyncio.Event()

    async def authenticate(self, authorization: str | None) -> str:
        if self.away:
            raise Unavailable("away")
        if authorization is None or not authorization.startswith(GOOD) or authorization in self.ended:
            raise Unauthenticated("no: " + "ü" * 100)
        return authorization

    async def still_valid(self, principals: Sequence[str]) -> list[bool]:
        self.questions += 1
        if self.away:
            raise Unavailable("away")
        return [principal not in self.ended for principal in principals]


class Numbers(LogSource):
    """The numbers after a place."""

    def __init__(self, log: Log, start: int, size: int = 0) -> None:
        super().__init__(topic=size, authority="everybody", start=start)
        self._log = log
        self._size = size

    async def resume(self, cursor: str) -> None:
        if not cursor.removeprefix("c").isdigit() or int(cursor[1:]) > self._log.last:
            raise UnknownCursor(field=())
        self.start = int(cursor[1:])

    async def read(self, position: int) -> SourcePage:
        ticket = self._log.grown
        filling = "x" * self._size
        events = [SourceEvent(n, f"c{n}", f"{n}{filling}") for n in range(position + 1, self._log.last + 1)]
        return SourcePage(events, self._log.last, False, ticket)

    async def wait(self, page: SourcePage) -> None:
        ticket: asyncio.Event = page.ticket
        await ticket.wait()

    def context(self) -> Log:
        return self._log


@strawberry.type
class Query:
    @strawberry.field
    def echo(self, value: JSON | None = None) -> JSON | None:
        return value

    @strawberry.field
    async def slow(self) -> int:
        await asyncio.sleep(0.3)
        return 1


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def numbers(self, info: strawberry.Info[Log, None], size: int = 0) -> AsyncIterable[str]:
        return Numbers(info.context, info.context.last, size)

    @strawberry.subscription
    async def two(self) -> AsyncGenerator[int, None]:
        yield 1
        yield 2


@asynccontextmanager
async def served(log: Log, limits: Limits | None = None, **config: Any) -> AsyncIterator[str]:
    """The address of a server of the toy, as `invoicing serve` runs one."""
    transport = GraphQLTransport(
        strawberry.Schema(query=Query, subscription=Subscription),
        authenticate=log.authenticate,
        make_context=lambda principal, connection, operation_id: log,
        still_valid=log.still_valid,
        identity=lambda principal: principal,
        limits=limits,
    )
    log.transport = transport
    app = Starlette(routes=transport.routes())
    given = {"host": "127.0.0.1", "port": 0, "log_config": None, "ws": "websockets-sansio", "lifespan": "off", **config}
    server = uvicorn.Server(uvicorn.Config(app, **given))
    task = asyncio.create_task(server.serve())
    async with asyncio.timeout(10):
        while not server.started:  # noqa: ASYNC110  # uvicorn has no event for it
            await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/graphql"
    server.should_exit = True
    await transport.drain(timeout_s=1)
    await task
