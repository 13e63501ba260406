"""Many finalize at once: no gap, no duplicate, no deadlock, whatever is cancelled on the way."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from typing import Any

import pytest

from app.services import finalize
from app.services import keys as api_keys
from tests import factories
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
async def test_a_storm_of_cancellations_leaves_no_gap_and_a_working_pool(client: Client) -> None:
    entities = [await factories.entity(client) for _ in range(3)]
    buyers = {entity: await factories.customer(client, entity) for entity in entities}
    drafts = [await factories.draft(client, entities[i % 3], buyers[entities[i % 3]]) for i in range(150)]
    services = client.app.services
    scope = (await api_keys.authenticate(services, f"Bearer {client.secret}")).scope
    dice = random.Random(7)

    async def finalize_and_be_cancelled(draft: str) -> None:
        task = asyncio.ensure_future(finalize.finalize(services, scope, draft, expected_total=None, key=None))
        await asyncio.sleep(dice.random() * 0.15)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    await asyncio.gather(*(finalize_and_be_cancelled(draft) for draft in drafts))

    used = await numbers(client)
    for counters in used.values():
        assert counters == list(range(1, len(counters) + 1))
    rest = await client.ask("{ invoices(where: { status: { eq: DRAFT } }) { totalCount } }")
    finalized = sum(map(len, used.values()))
    assert rest["invoices"]["totalCount"] + finalized == 150
    # The pool still works: everything that was cancelled can be finalized now, in one series without a gap.
    left: list[Any] = []
    while True:
        data = await client.ask("{ invoices(first: 100, where: { status: { eq: DRAFT } }) { nodes { id } } }")
        left = [node["id"] for node in data["invoices"]["nodes"]]
        if not left:
            break
        await asyncio.gather(*(factories.finalize(client, draft) for draft in left))
    assert await numbers(client) == {entity: list(range(1, 51)) for entity in entities}
