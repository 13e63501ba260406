"""Many finalize at once: no gap, no duplicate, no deadlock, whatever is cancelled on the way."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict

import aiohttp
import pytest

from app.db.aggregates import EVENTS, INVOICES
from app.db.where import Eq
from app.domain.lifecycle import InvoiceStatus
from app.services import finalize
from tests import books, factories
from tests.factories import Client


async def numbers(client: Client) -> dict[str, list[int]]:
    """The counters used, by seller, as the invoices say; each number equals its counter."""
    found: dict[str, list[int]] = defaultdict(list)
    after = None
    while True:
        data = await client.ask(
            """query($after: String) { invoices(first: 100, after: $after, orderBy: OLDEST,
                 where: { status: { eq: FINALIZED } }) { pageInfo { hasNextPage endCursor }
                 nodes { number entity { id } contentHash previousHash } } }""",
            after=after,
        )
        for node in data["invoices"]["nodes"]:
            found[node["entity"]["id"]].append(int(node["number"].removeprefix("INV-")))
        if not data["invoices"]["pageInfo"]["hasNextPage"]:
            return {entity: sorted(used) for entity, used in found.items()}
        after = data["invoices"]["pageInfo"]["endCursor"]


@pytest.mark.parametrize("sellers", [1, 10])
async def test_fifty_at_once_are_numbered_without_a_gap(client: Client, sellers: int) -> None:
    entities = [await factories.entity(client) for _ in range(sellers)]
    buyers = {entity: await factories.customer(client, entity) for entity in entities}
    drafts = [await factories.draft(client, entities[i % sellers], buyers[entities[i % sellers]]) for i in range(50)]

    payloads = await asyncio.gather(*(factories.finalize(client, draft) for draft in drafts))

    assert all(payload["userErrors"] == [] for payload in payloads)
    each = 50 // sellers
    assert await numbers(client) == {entity: list(range(1, each + 1)) for entity in entities}


async def test_batches_over_shared_sellers_in_opposite_orders_do_not_deadlock(client: Client) -> None:
    entities = [await factories.entity(client) for _ in range(4)]
    buyers = {entity: await factories.customer(client, entity) for entity in entities}
    mutation = (
        "mutation($i: InvoicesFinalizeInput!) { invoicesFinalize(input: $i) { results { invoice { number }"
        " userErrors { message } } } }"
    )
    batches = []
    for n in range(8):
        order = entities if n % 2 else entities[::-1]
        batches.append([await factories.draft(client, entity, buyers[entity]) for entity in order])

    done = await asyncio.gather(*(client.ask(mutation, i={"ids": batch}) for batch in batches))

    assert all(not result["userErrors"] for data in done for result in data["invoicesFinalize"]["results"])
    assert await numbers(client) == {entity: list(range(1, 9)) for entity in entities}


@pytest.mark.slow
async def test_a_storm_of_cancels_and_dropped_sockets_loses_and_doubles_nothing(client: Client, server: str) -> None:
    """500 in all: calls that are cancelled, operations that are stopped, and sockets that are cut, at any moment."""
    sellers = [await factories.entity(client) for _ in range(3)]
    buyers = {seller: await factories.customer(client, seller) for seller in sellers}
    chosen = [sellers[n % 3] for n in range(300)]
    waiting = list(await asyncio.gather(*(factories.draft(client, seller, buyers[seller]) for seller in chosen)))
    scope, services, dice = await books.scope_of(client), client.app.services, random.Random(7)

    async def cancelled(draft: str) -> None:
        task = asyncio.ensure_future(finalize.finalize(services, scope, draft, expected_total=None, key=None))
        await asyncio.sleep(dice.random() * 0.1)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async def dropped(http: aiohttp.ClientSession, draft: str) -> None:
        socket = await http.ws_connect(server, protocols=["graphql-transport-ws"])
        await socket.send_json({"type": "connection_init", "payload": {"authorization": f"Bearer {client.secret}"}})
        await socket.receive(timeout=20)
        order = factories.order_input(dice.choice(sellers))
        asked = [(factories.FINALIZE, {"i": {"id": draft}}), (ORDER_CREATE, {"i": order})]
        for n, (query, variables) in enumerate(dice.sample(asked, k=2)):
            payload = {"query": query, "variables": variables}
            await socket.send_json({"type": "subscribe", "id": str(n), "payload": payload})
        await asyncio.sleep(dice.random() * 0.1)
        if dice.random() < 0.3:
            await socket.send_json({"type": "complete", "id": "0"})
        connection = socket._writer.transport
        connection.abort()

    async def in_turn(some: list[str], http: aiohttp.ClientSession) -> None:
        for n, draft in enumerate(some):
            await (dropped(http, draft) if n % 5 < 2 else cancelled(draft))

    twice = dice.sample(waiting + dice.sample(waiting, k=200), k=500)
    async with aiohttp.ClientSession() as http:
        await asyncio.gather(*(in_turn(twice[n::25], http) for n in range(25)))
    await settled(client)

    numbers = await books.checked(client)
    assert sum(map(len, numbers.values())) > 100
    assert (await client.ask("{ orders { totalCount } }"))["orders"]["totalCount"] > 10
    await books.all_connections_work(client)
    # What was cancelled in time is still a draft, and can be finalized now.
    left = await drafts_of(client)
    payloads = await asyncio.gather(*(factories.finalize(client, draft) for draft in left))
    assert all(payload["userErrors"] == [] for payload in payloads)
    assert await drafts_of(client) == []
    await books.checked(client)


ORDER_CREATE = "mutation($i: OrderCreateInput!) { orderCreate(input: $i) { order { id } userErrors { message } } }"


async def settled(client: Client) -> None:
    """Waits until no mutation is under way any more: nothing comes to the books for a while.

    The books are not checked meanwhile: they are read in several statements, and one might see more than another.
    """
    before, now = None, await _entries(client)
    while before != now:
        await asyncio.sleep(0.3)
        await client.app.services.coalescer.drain()
        before, now = now, await _entries(client)


async def _entries(client: Client) -> int:
    scope = await books.scope_of(client)
    async with client.app.database.read(scope) as session:
        return await EVENTS.count(scope, session)


async def drafts_of(client: Client) -> list[str]:
    """The drafts that are left."""
    scope = await books.scope_of(client)
    async with client.app.database.read(scope) as session:
        found = await INVOICES.list(scope, session, Eq("status", InvoiceStatus.DRAFT), limit=1_000)
    return [row.id for row in found]
