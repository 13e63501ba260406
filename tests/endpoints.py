"""Webhook endpoints of the product, receivers of theirs on loopback, and events for them."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
from aiohttp import ClientSession, web

from app.bootstrap import Application
from app.db import event_log
from app.db.event_log import NewEvent
from app.delivery.outgoing.client import make_session
from app.delivery.outgoing.webhook import WebhookSender
from app.delivery.wakeups import Wakeups
from app.delivery.worker import Worker
from app.domain.events import ApiKeyCreated
from tests import books, factories
from tests.factories import Client, Data

CREATE = """mutation($i: WebhookEndpointCreateInput!) { webhookEndpointCreate(input: $i) {
    webhookEndpoint { id apiVersion ordered selection } signingSecret userErrors { code message field } } }"""
UPDATE = """mutation($i: WebhookEndpointUpdateInput!) { webhookEndpointUpdate(input: $i) {
    webhookEndpoint { id status disabledReason failingSince apiVersion ordered selection }
    userErrors { code message field } } }"""
REPLAY = """mutation($i: WebhookReplayInput!) { webhookReplay(input: $i) {
    webhookEndpoint { id replaying } replayed userErrors { code message field } } }"""
DELIVERIES = """query($id: ID!, $where: WebhookDeliveryWhere) {
    webhookDeliveries(endpointId: $id, where: $where, first: 100) {
    totalCount nodes { id eventType status attemptCount nextAttemptAt error body apiVersion event { id }
    attempts { number succeeded responseStatus responseBody error requestHeaders responseHeaders } } } }"""


@dataclass
class Received:
    """One request, as it arrived."""

    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Data:
        """The body, decoded."""
        found: Data = orjson.loads(self.body)
        return found


@dataclass
class Receiver:
    """Answers by `answer`, with 204 unless told, and remembers what arrived."""

    url: str = ""
    received: list[Received] = field(default_factory=list)
    answer: Callable[[Received], Awaitable[web.StreamResponse]] | None = None

    def status(self, status: int, **headers: str) -> None:
        """From now on answers with that status."""

        async def answer(received: Received) -> web.Response:
            return web.Response(status=status, text="as told", headers=headers)

        self.answer = answer

    @property
    def ids(self) -> list[str]:
        """The ids of the events that arrived, in that order."""
        return [received.headers["webhook-id"] for received in self.received]

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        received = Received({name.lower(): value for name, value in request.headers.items()}, await request.read())
        self.received.append(received)
        return web.Response(status=204) if self.answer is None else await self.answer(received)


@contextlib.asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    """A receiver on a free port of 127.0.0.1."""
    found = Receiver()
    app = web.Application()
    app.router.add_post("/", found._handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        found.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
        yield found
    finally:
        await runner.cleanup()


async def make(client: Client, url: str, **given: Any) -> tuple[str, str]:
    """The id and secret of a new endpoint, to which nothing of what happened before is new."""
    await factories.settled(client.app)
    payload = (await client.ask(CREATE, i={"url": url, **given}))["webhookEndpointCreate"]
    assert payload["userErrors"] == []
    return str(payload["webhookEndpoint"]["id"]), str(payload["signingSecret"])


async def change(client: Client, endpoint_id: str, **given: Any) -> Data:
    """An endpoint after a change."""
    payload = (await client.ask(UPDATE, i={"id": endpoint_id, **given}))["webhookEndpointUpdate"]
    assert payload["userErrors"] == []
    found: Data = payload["webhookEndpoint"]
    return found


async def replay(client: Client, endpoint_id: str, **what: Any) -> Data:
    """The payload of a replay."""
    found: Data = (await client.ask(REPLAY, i={"endpointId": endpoint_id, "what": what}))["webhookReplay"]
    return found


async def deliveries(client: Client, endpoint_id: str, **where: Any) -> list[Data]:
    """An endpoint's deliveries, the oldest first."""
    page = (await client.ask(DELIVERIES, id=endpoint_id, where=where))["webhookDeliveries"]
    assert page["totalCount"] == len(page["nodes"])
    found: list[Data] = page["nodes"][::-1]
    return found


async def emit(client: Client, count: int, entity_id: str | None = None) -> list[str]:
    """Appends events, and gives their ids in the log's order."""
    app, scope = client.app, await books.scope_of(client)
    data = [ApiKeyCreated(id="key_1", entity_id=entity_id, name=f"Key {n}", last_four="0000") for n in range(count)]
    await factories.settled(app)
    async with app.database.transaction(scope) as session:
        before = await event_log.last_seq(scope, session)
        await event_log.append(scope, session, [NewEvent(event, entity_id) for event in data], app.services.clock())
    app.relay.ask(scope.platform_id)
    await factories.settled(app)
    async with app.database.read(scope) as session:
        return [row.id for row in await event_log.after(scope, session, before, limit=count)]


async def deliver(app: Application) -> None:
    """Works until nothing is to be done now."""
    async with asyncio.timeout(20):
        while await app.worker.deliver_once():
            await app.worker.settle()


@dataclass
class SecondWorker:
    """Another worker on the same database, with turns of its own."""

    worker: Worker
    session: ClientSession

    async def close(self) -> None:
        """Closes its connections."""
        await self.session.close()


def second_worker(app: Application) -> SecondWorker:
    """A worker as another process would run it."""
    session = make_session(allow_private=True)
    clock = app.services.clock

    async def render(*_: Any) -> str:
        raise AssertionError("no endpoint of this test has a selection")

    worker = Worker(
        app.database,
        WebhookSender(session, clock, allow_http=True),
        app.relay,
        Wakeups(),
        render=render,
        clock=clock,
        monotonic=time.monotonic,
        concurrency=64,
        per_host=8,
    )
    return SecondWorker(worker, session)


def megabytes() -> float:
    """What this process holds in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1_000_000
