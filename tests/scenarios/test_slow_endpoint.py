"""One endpoint that hangs does not keep the others' webhooks waiting."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from app.delivery.lanes import START
from tests import factories
from tests.factories import Client

CREATE = "mutation($i: WebhookEndpointCreateInput!) { webhookEndpointCreate(input: $i) { userErrors { message } } }"


class Receiver:
    """Two servers: one answers at once, one only when it is let go."""

    def __init__(self) -> None:
        self.received: Counter[str] = Counter()
        self.let_go = asyncio.Event()
        self.urls: dict[str, str] = {}

    async def fast(self, request: web.Request) -> web.Response:
        self.received["fast"] += 1
        return web.Response(status=204)

    async def slow(self, request: web.Request) -> web.Response:
        self.received["slow"] += 1
        await self.let_go.wait()
        return web.Response(status=204)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    found = Receiver()
    runners = []
    for name, handler in (("slow", found.slow), ("fast", found.fast)):
        app = web.Application()
        app.router.add_post("/", handler)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        found.urls[name] = f"http://127.0.0.1:{runner.addresses[0][1]}/"
        runners.append(runner)
    yield found
    found.let_go.set()
    for runner in runners:
        await runner.cleanup()


async def test_a_hanging_endpoint_leaves_room_for_the_others(client: Client, receiver: Receiver) -> None:
    for url in receiver.urls.values():
        value = {"url": url, "eventTypes": ["INVOICE_FINALIZED"]}
        made = await client.ask(CREATE, i=value)
        assert made["webhookEndpointCreate"]["userErrors"] == []
    seller = await factories.entity(client)
    for _ in range(80):
        await factories.order(client, seller)
    await factories.settled(client.app)
    worker = client.app.worker

    async with asyncio.timeout(20):
        while receiver.received["fast"] < 80:
            if not await worker.deliver_once():
                await asyncio.sleep(0.01)

    assert receiver.received["slow"] == START
    receiver.let_go.set()
    async with asyncio.timeout(20):
        while receiver.received["slow"] < 80:
            if not await worker.deliver_once():
                await asyncio.sleep(0.01)
    await worker.settle()
