"""A subscriber that keeps losing its connection and resumes after the last cursor it has seen, on any replica."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from typing import Any, Final

from tests import factories
from tests.chaos.load import MUTATIONS, Client
from tests.chaos.market import Market

PROTOCOL: Final = "graphql-transport-ws"
SUBSCRIPTION: Final = "subscription($after: String) { events(after: $after) { cursor } }"
LOG: Final = (
    "query($after: String) { events(first: 100, after: $after) {"
    " nodes { cursor } pageInfo { hasNextPage endCursor } } }"
)
WRITERS: Final = 4
_QUIET_S: Final = 20.0


class Subscriber:
    """Follows the log by the cursors of `seen`, by WebSocket and by Server-Sent Events in turn."""

    def __init__(self, client: Client, *, after: str, seed: int) -> None:
        self._http = client.http
        self._urls = client.urls
        self._secret = client.secret
        self._random = random.Random(seed)
        self._cursor = after
        self.seen: list[str] = []

    async def lose(self, connection: int) -> None:
        """Connects, sees some events or none, and loses the connection at a random moment, in the middle of frames."""
        url = self._random.choice(self._urls)
        count, seconds = self._random.randint(0, 25), self._random.uniform(0.0, 0.3)
        try:
            async with asyncio.timeout(seconds), aclosing(self._events(connection, url)) as events:
                async for cursor in events:
                    self._see(cursor)
                    count -= 1
                    if count <= 0:
                        return
        except TimeoutError:
            return

    async def catch_up(self, last: str) -> None:
        """Follows until it has seen that event. Raises TimeoutError when it does not come."""
        for connection in itertools.count():
            if self._cursor == last:
                return
            async with asyncio.timeout(_QUIET_S), aclosing(self._events(connection, self._urls[0])) as events:
                async for cursor in events:
                    self._see(cursor)
                    if cursor == last:
                        return

    def _see(self, cursor: str) -> None:
        self.seen.append(cursor)
        self._cursor = cursor

    def _events(self, connection: int, url: str) -> AsyncGenerator[str, None]:
        return self._by_websocket(url) if connection % 2 else self._by_event_stream(url)

    async def _by_websocket(self, url: str) -> AsyncGenerator[str, None]:
        async with self._http.ws_connect(f"{url}/graphql", protocols=[PROTOCOL], autoping=True) as socket:
            await socket.send_json({"type": "connection_init", "payload": {"authorization": f"Bearer {self._secret}"}})
            assert (await socket.receive_json())["type"] == "connection_ack"
            payload = {"query": SUBSCRIPTION, "variables": {"after": self._cursor}}
            await socket.send_json({"type": "subscribe", "id": "1", "payload": payload})
            while True:
                message = await socket.receive_json()
                if message["type"] == "next":
                    yield message["payload"]["data"]["events"]["cursor"]
                else:
                    assert message["type"] == "ping", message

    async def _by_event_stream(self, url: str) -> AsyncGenerator[str, None]:
        headers = {"authorization": f"Bearer {self._secret}", "accept": "text/event-stream"}
        body = {"query": SUBSCRIPTION, "variables": {"after": self._cursor}}
        async with self._http.post(f"{url}/graphql", json=body, headers=headers) as response:
            assert response.status == 200, await response.text()
            try:
                async for line in response.content:
                    if line.startswith(b"data: {"):
                        yield json.loads(line.removeprefix(b"data: "))["data"]["events"]["cursor"]
            finally:
                # Not read to its end: the connection is dropped.
                response.close()


async def log_after(client: Client, cursor: str) -> list[str]:
    """The cursors of all events after one, as the query gives them."""
    found: list[str] = []
    after: str | None = cursor
    while True:
        page = (await client.ask(LOG, {"after": after}))["events"]
        found += [node["cursor"] for node in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


@asynccontextmanager
async def writing(client: Client, sellers: Sequence[str]) -> AsyncIterator[None]:
    """Four writers that report orders for as long as the block lasts, through the replicas in turn."""
    stopping = asyncio.Event()
    names = itertools.count(1)

    async def write(seller: str) -> None:
        while not stopping.is_set():
            name = f"stream-{next(names)}"
            given: dict[str, Any] = {
                "entityId": seller,
                "externalId": name,
                "placedAt": "2026-03-09T10:00:00Z",
                "customer": {"name": "Erika Mustermann", "externalId": "erika", "address": {"country": "DE"}},
                "lines": [factories.line()],
                "idempotencyKey": name,
            }
            payload = (await client.ask(MUTATIONS["orderCreate"], {"i": given}))["orderCreate"]
            assert payload["userErrors"] == []

    tasks = [asyncio.create_task(write(sellers[n % len(sellers)])) for n in range(WRITERS)]
    try:
        yield
    finally:
        stopping.set()
        await asyncio.gather(*tasks)


async def follow_with_interruptions(market: Market, *, after: str, disconnects: int, seed: int) -> tuple[int, int]:
    """A subscriber that loses its connection so often while four writers commit sees the log, each event once, in its
    order. How many events it saw, and on how many connections it saw some. Raises AssertionError.
    """
    client = market.client
    subscriber = Subscriber(client, after=after, seed=seed)
    fruitful = 0
    async with writing(client, market.sellers):
        for connection in range(disconnects):
            before = len(subscriber.seen)
            await subscriber.lose(connection)
            fruitful += len(subscriber.seen) > before
    # Once no event is without its place, what the query gives is the whole log.
    wanted = await log_after(client, after)
    while (more := await log_after(client, after)) != wanted or not wanted:
        wanted = more
        await asyncio.sleep(0.5)
    await subscriber.catch_up(wanted[-1])
    assert subscriber.seen == wanted
    return len(wanted), fruitful
