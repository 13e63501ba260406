"""A marketplace on a cluster: its sellers with a customer each, the key to ask with, and their webhooks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

import aiohttp

from app import bootstrap, settings
from app.bootstrap import Application
from app.db import event_log
from app.db.aggregates import EVENTS
from app.services import keys
from tests import factories
from tests.chaos.load import Client
from tests.chaos.processes import Cluster
from tests.chaos.receiver import Receiver

SELLERS: Final = 4
_SETTLE_S: Final = 45.0

ENDPOINT: Final = (
    "mutation($i: WebhookEndpointCreateInput!) { webhookEndpointCreate(input: $i) {"
    " signingSecret userErrors { message } } }"
)


@dataclass(frozen=True, slots=True)
class Market:
    """Who is there before any load; `before` are the events of its making, in their order."""

    client: Client
    sellers: Sequence[str]
    customers: Sequence[str]
    before: Sequence[str]


async def in_order(app: Application) -> bool:
    """Whether every committed event has its place in the log."""
    return not await event_log.platforms_with_pending(app.database)


async def until(holds: Callable[[], Awaitable[bool]], seconds: float, what: str) -> None:
    """Waits until something holds. Raises AssertionError with its name when it does not in so many seconds."""
    latest = time.monotonic() + seconds
    while not await holds():
        assert time.monotonic() < latest, f"not within {seconds:g} s: {what}"
        await asyncio.sleep(0.1)


@asynccontextmanager
async def market(cluster: Cluster, receiver: Receiver | None = None) -> AsyncIterator[Market]:
    """Sellers with a customer each, and, where there is a receiver, a webhook for everything that happens to each."""
    async with bootstrap.application(settings.load(cluster.environment)) as app:
        account = await keys.create_account(app.services, "Test marketplace")
        maker = factories.Client(app, account.sandbox_secret)
        sellers = [await factories.entity(maker) for _ in range(SELLERS)]
        customers = [await factories.customer(maker, seller) for seller in sellers]
        if receiver is not None:
            await _listen(maker, receiver, sellers)
        await maker.http.aclose()
        await until(lambda: in_order(app), _SETTLE_S, "the log is in order")
        scope = (await keys.authenticate(app.services, f"Bearer {account.sandbox_secret}")).scope
        async with app.database.read(scope) as session:
            before = await EVENTS.list(scope, session, order=(("seq", False),), limit=1_000)
    async with aiohttp.ClientSession() as http:
        client = Client(http, [replica.url for replica in cluster.replicas], account.sandbox_secret)
        yield Market(client, sellers, customers, [row.id for row in before])


async def _listen(maker: factories.Client, receiver: Receiver, sellers: Sequence[str]) -> None:
    for seller in sellers:
        given = {"url": f"http://127.0.0.1:{receiver.port}/{seller}", "entityId": seller}
        payload = (await maker.ask(ENDPOINT, i=given))["webhookEndpointCreate"]
        receiver.knows(f"/{seller}", payload["signingSecret"])
