"""Many events for many endpoints, some of them dead, some slow: the healthy ones have everything soon, and once."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from app import bootstrap, settings
from app.db import event_log
from app.db.aggregates import ATTEMPTS, DELIVERIES
from app.db.event_log import NewEvent
from app.domain.events import ApiKeyCreated
from app.domain.webhooks.status import DeliveryStatus
from app.services import keys, webhooks
from app.services.inputs import WebhookEndpointInput
from tests.endpoints import megabytes

EVENTS, HEALTHY, SLOW, HANGING, REFUSING = 100, 16, 2, 1, 1
SLOW_S, BOUND_S = 0.5, 30.0
CONCURRENCY, PER_HOST = 32, 4


class Receivers:
    """Receivers on loopback: who has received what, and how many requests were under way at once."""

    def __init__(self) -> None:
        self.received: dict[int, Counter[str]] = {}
        self.under_way: Counter[int] = Counter()
        self.highest: Counter[int] = Counter()
        self.highest_of_all = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, wait_s: float | None) -> None:
        """Answers one request after a while, or never."""
        port = int(writer.get_extra_info("sockname")[1])
        self.under_way[port] += 1
        self.highest[port] = max(self.highest[port], self.under_way[port])
        self.highest_of_all = max(self.highest_of_all, self.under_way.total())
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                await self._answer(reader, writer, port, wait_s)
        finally:
            self.under_way[port] -= 1
            writer.close()

    async def _answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int, wait_s: float | None
    ) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0])
        body = await reader.readexactly(length)
        if wait_s is None:
            await reader.read()
            return
        await asyncio.sleep(wait_s)
        self.received.setdefault(port, Counter())[orjson.loads(body)["id"]] += 1
        writer.write(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n")
        await writer.drain()


@contextlib.asynccontextmanager
async def listening(receivers: Receivers, wait_s: float | None) -> AsyncIterator[int]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await receivers.serve(reader, writer, wait_s)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


async def ready(app: bootstrap.Application, urls: list[str]) -> Any:
    """The scope of a platform with an endpoint for each URL."""
    account = await keys.create_account(app.services, "Test marketplace")
    scope = (await keys.authenticate(app.services, f"Bearer {account.sandbox_secret}")).scope
    for url in urls:
        await webhooks.create(
            app.services, scope, WebhookEndpointInput(url=url, event_types=("api_key.created",)), key=None
        )
    return scope


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
async def test_healthy_endpoints_have_everything_while_others_are_dead_or_slow(database_url: str) -> None:
    """Given 20 endpoints, 2 of them dead, 2 slow, when 100 events happen, then the 16 have each of them in time."""
    receivers = Receivers()
    chosen = settings.load(
        {
            "INVOICING_DATABASE_URL": database_url,
            "INVOICING_WEBHOOK_ALLOW_PRIVATE": "true",
            "INVOICING_WEBHOOK_TIMEOUT_S": "2",
            "INVOICING_WEBHOOK_CONCURRENCY": str(CONCURRENCY),
            "INVOICING_WEBHOOK_HOST_CONCURRENCY": str(PER_HOST),
        }
    )
    async with contextlib.AsyncExitStack() as stack:
        # Dead and slow ones first: nobody is behind them all the same.
        refusing = stack.enter_context(socket.socket())
        refusing.bind(("127.0.0.1", 0))
        hanging = [await stack.enter_async_context(listening(receivers, None)) for _ in range(HANGING)]
        slow = [await stack.enter_async_context(listening(receivers, SLOW_S)) for _ in range(SLOW)]
        healthy = [await stack.enter_async_context(listening(receivers, 0)) for _ in range(HEALTHY)]
        app = await stack.enter_async_context(bootstrap.application(chosen))
        ports = [refusing.getsockname()[1], *hanging, *slow, *healthy]
        scope = await ready(app, [f"http://127.0.0.1:{port}/" for port in ports])
        worker = asyncio.create_task(app.worker.run())
        await stack.enter_async_context(bootstrap.background(app, worker=False))
        before, began = megabytes(), time.monotonic()

        for n in range(EVENTS // 20):
            data = [ApiKeyCreated(id="key_1", entity_id=None, name=f"{n} {i}", last_four="0000") for i in range(20)]
            async with app.database.transaction(scope) as session:
                await event_log.append(scope, session, [NewEvent(one, None) for one in data], app.services.clock())
            app.relay.ask(scope.platform_id)
        highest = before
        while sum(receivers.received.get(port, Counter()).total() for port in healthy) < HEALTHY * EVENTS:
            assert time.monotonic() - began < BOUND_S
            highest = max(highest, megabytes())
            await asyncio.sleep(0.05)

        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)
        for port in healthy:
            assert len(receivers.received[port]) == receivers.received[port].total() == EVENTS
        assert highest - before < 60
        assert receivers.highest_of_all <= CONCURRENCY
        assert max(receivers.highest.values()) <= PER_HOST
        # Those that answer late have some, too; who never does was not asked again and again.
        assert all(receivers.received[port].total() > 0 for port in slow)
        async with app.database.read(scope) as session:
            failed = [row for row in await ATTEMPTS.list(scope, session, limit=10_000) if not row.ok]
        assert 0 < len(failed) < 30
        await asyncio.wait({worker}, timeout=20)


async def test_a_worker_that_is_stopped_sends_and_records_what_it_has_claimed(database_url: str) -> None:
    """Given requests under way, when the worker is stopped, then they end, and nothing stays claimed."""
    receivers = Receivers()
    chosen = settings.load({"INVOICING_DATABASE_URL": database_url, "INVOICING_WEBHOOK_ALLOW_PRIVATE": "true"})
    async with listening(receivers, 0.2) as port, bootstrap.application(chosen) as app:
        scope = await ready(app, [f"http://127.0.0.1:{port}/"])
        async with app.database.transaction(scope) as session:
            data = [ApiKeyCreated(id="key_1", entity_id=None, name=f"{n}", last_four="0000") for n in range(50)]
            await event_log.append(scope, session, [NewEvent(one, None) for one in data], app.services.clock())
        async with bootstrap.background(app, worker=True):
            while not receivers.received:  # noqa: ASYNC110  # it happens in the receiver
                await asyncio.sleep(0.01)

        async with app.database.read(scope) as session:
            rows = await DELIVERIES.list(scope, session, limit=100)
        done = [row for row in rows if row.status is DeliveryStatus.SUCCEEDED]
        assert len(rows) == 50
        assert len(done) == receivers.received[port].total() > 0
        assert [row.lease_until for row in rows] == [None] * 50
