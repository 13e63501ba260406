"""Who sees what of the log, over queries and subscriptions, and for how long."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from decimal import Decimal

import aiohttp
import pytest
from aiohttp import web

from app import bootstrap, settings
from app.db.aggregates import JOBS
from app.domain.jobs import JobStatus
from app.graphql.subscriptions import JOB_POLL_S
from app.services import keys
from tests import factories
from tests.conftest import Clock, serve
from tests.factories import Client, Data
from tests.graphql.test_subscriptions import connected, subscribe
from tests.scenarios.receivers import receiver

ORDERS = (
    "subscription($after: String, $types: [EventType!], $entity: ID) {"
    " orderEvents(after: $after, types: $types, entityId: $entity) {"
    " cursor type event { subjectId sequence entitySequence } order { id status externalId entity { id } } } }"
)
LOG = (
    "query($after: String, $types: [EventType!], $entity: ID, $first: Int) {"
    " events(after: $after, types: $types, entityId: $entity, first: $first) {"
    " nodes { id cursor type sequence entitySequence entity { id } } pageInfo { hasNextPage endCursor } totalCount } }"
)


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def elsewhere(client: Client, database_url: str, clock: Clock) -> AsyncIterator[str]:
    """The address of another replica on the same database, with a memory of its own."""
    chosen = settings.load({"INVOICING_DATABASE_URL": database_url})
    async with bootstrap.application(chosen, clock=clock) as app, bootstrap.background(app, worker=False):
        other = Client(app, client.secret)
        async for address in serve(other):
            yield address
        await other.http.aclose()


async def found(socket: aiohttp.ClientWebSocketResponse, count: int, field: str) -> list[Data]:
    """The next answers to a subscription."""
    return [(await socket.receive_json(timeout=10))["payload"]["data"][field] for _ in range(count)]


async def test_orders_can_be_watched_and_resumed(client: Client, server: str, http: aiohttp.ClientSession) -> None:
    """Given an order that is taken and cancelled, then each event comes with the order as it is now, and resumes."""
    seller = await factories.entity(client, settings={"autoInvoice": "NEVER"})
    await factories.settled(client.app)
    socket = await connected(http, server, client.secret)
    await socket.send_json(subscribe("1", ORDERS))
    await asyncio.sleep(0.3)
    order = await factories.order(client, seller)
    await client.ask(
        "mutation($i: OrderUpdateInput!) { orderUpdate(input: $i) { order { id } } }",
        i={"id": order["id"], "cancelledAt": "2026-03-09T11:00:00Z"},
    )
    created, updated = await found(socket, 2, "orderEvents")
    await socket.close()
    assert [created["type"], updated["type"]] == ["ORDER_CREATED", "ORDER_UPDATED"]
    assert updated["order"] == {
        "id": order["id"],
        "status": "CANCELLED",
        "externalId": order["externalId"],
        "entity": {"id": seller},
    }
    assert updated["event"]["subjectId"] == order["id"]
    again = await connected(http, server, client.secret)
    await again.send_json(subscribe("1", ORDERS, after=created["cursor"], types=["ORDER_UPDATED"]))
    assert await found(again, 1, "orderEvents") == [updated]
    await again.send_json(subscribe("2", ORDERS, types=["INVOICE_PAID"]))
    refused = await again.receive_json(timeout=5)
    assert (refused["type"], refused["payload"][0]["message"]) == ("error", "invoice.paid does not happen to orders")
    await again.close()


async def test_a_seller_sees_its_own_orders_with_numbers_of_its_own(
    client: Client, server: str, http: aiohttp.ClientSession
) -> None:
    """Given two sellers' orders, then a seller's key sees its own only, whatever it asks for, numbered without gaps."""
    mine, other = [await factories.entity(client, settings={"autoInvoice": "NEVER"}) for _ in range(2)]
    secret = await factories.key(client, mine)
    await factories.settled(client.app)
    socket = await connected(http, server, secret)
    await socket.send_json(subscribe("all", ORDERS))
    await socket.send_json(subscribe("other", ORDERS, entity=other))
    await asyncio.sleep(0.3)
    for seller in (other, mine, other, mine):
        await factories.order(client, seller)
    messages = [await socket.receive_json(timeout=10) for _ in range(2)]
    with pytest.raises(TimeoutError):
        await socket.receive(timeout=0.5)
    await socket.close()
    seen = [message["payload"]["data"]["orderEvents"] for message in messages]
    assert {message["id"] for message in messages} == {"all"}
    assert [event["order"]["entity"]["id"] for event in seen] == [mine, mine]
    assert [event["event"]["sequence"] for event in seen] == [None, None]
    # entity.created, api_key.created, then customer.created with the first order, and both orders.
    assert [event["event"]["entitySequence"] for event in seen] == [4, 5]


async def test_the_log_is_read_page_by_page_by_type_and_by_seller(client: Client) -> None:
    """Given events of two sellers and of none, then pages, types and sellers narrow the one order they are in."""
    one, two = [await factories.entity(client, settings={"autoInvoice": "NEVER"}) for _ in range(2)]
    await factories.key(client)
    for seller in (one, two, one):
        await factories.customer(client, seller)
    await factories.settled(client.app)
    whole = (await client.ask(LOG))["events"]
    assert [node["sequence"] for node in whole["nodes"]] == [1, 2, 3, 4, 5, 6]
    assert [node["entitySequence"] for node in whole["nodes"]] == [1, 1, None, 2, 2, 3]
    assert whole["totalCount"] == 6
    pages, after = [], None
    while True:
        page = (await client.ask(LOG, after=after, first=4))["events"]
        pages += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
        assert after == page["nodes"][-1]["cursor"]
    assert pages == whole["nodes"]
    narrow = (await client.ask(LOG, types=["CUSTOMER_CREATED"], entity=one))["events"]["nodes"]
    assert [node["sequence"] for node in narrow] == [4, 6]
    # A cursor is a place in the log, whatever was asked for where it was found.
    rest = (await client.ask(LOG, types=["CUSTOMER_CREATED"], after=whole["nodes"][3]["cursor"]))["events"]["nodes"]
    assert [node["sequence"] for node in rest] == [5, 6]


async def test_a_seller_reads_its_own_part_of_the_log(client: Client) -> None:
    """Given another seller's events, then a seller's key finds none of them, nor can it begin at one."""
    mine, other = [await factories.entity(client, settings={"autoInvoice": "NEVER"}) for _ in range(2)]
    seller = client.with_key(await factories.key(client, mine))
    await factories.settled(client.app)
    foreign = (await client.ask(LOG, entity=other))["events"]["nodes"][0]
    page = (await seller.ask(LOG))["events"]
    assert [(node["type"], node["sequence"], node["entitySequence"]) for node in page["nodes"]] == [
        ("ENTITY_CREATED", None, 1),
        ("API_KEY_CREATED", None, 2),
    ]
    assert page["totalCount"] == 2
    assert (await seller.ask(LOG, entity=other))["events"]["nodes"] == []
    assert (await seller.error(LOG, after=foreign["cursor"]))["extensions"]["code"] == "UNKNOWN_CURSOR"


async def ended_within(socket: aiohttp.ClientWebSocketResponse, seconds: float, began: float) -> None:
    """The socket is closed for its key, in that time since a moment."""
    message = await socket.receive(timeout=seconds + 1)
    assert (message.type, socket.close_code) == (aiohttp.WSMsgType.CLOSE, 4403)
    assert time.monotonic() - began < seconds


async def test_a_revoked_key_ends_its_idle_streams_in_this_process_and_in_another(
    client: Client, server: str, elsewhere: str, http: aiohttp.ClientSession
) -> None:
    """Given streams of a key in two replicas, on which nothing happens, when it is revoked, then all end within 2 s."""
    secret = await factories.key(client)
    key_id = (await keys.authenticate(client.app.services, f"Bearer {secret}")).key.id
    open_sockets = [await connected(http, address, secret) for address in (server, elsewhere)]
    staying = await connected(http, elsewhere, client.secret)
    for socket in (*open_sockets, staying):
        await socket.send_json(subscribe())
    headers = {"authorization": f"Bearer {secret}", "accept": "text/event-stream"}
    async with http.post(elsewhere, json={"query": "subscription { events { id } }"}, headers=headers) as stream:
        await asyncio.sleep(0.3)
        mutation = "mutation($i: ApiKeyRevokeInput!) { apiKeyRevoke(input: $i) { userErrors { code } } }"
        await client.ask(mutation, i={"id": key_id})
        began = time.monotonic()
        for socket in open_sockets:
            await ended_within(socket, 2.0, began)
        text = await asyncio.wait_for(stream.text(), 2)
    assert time.monotonic() - began < 2.2
    assert text.endswith("event: complete\ndata:\n\n")
    assert '"code":"UNAUTHENTICATED"' in text
    # The other key's stream goes on.
    seller = await factories.entity(client)
    await factories.order(client, seller)
    assert (await found(staying, 1, "invoiceEvents"))[0]["type"] == "INVOICE_CREATED"
    await staying.close()


STATUS = "mutation($i: EntityIdInput!) {{ {name}(input: $i) {{ entity {{ status }} userErrors {{ code }} }} }}"


async def test_an_archived_sellers_streams_end_and_a_suspended_ones_go_on(
    client: Client, server: str, elsewhere: str, http: aiohttp.ClientSession
) -> None:
    """Given a seller's streams in two replicas, then suspending leaves them, for it still reads; archiving ends all."""
    seller = await factories.entity(client)
    secret = await factories.key(client, seller)
    await factories.settled(client.app)
    sockets = [await connected(http, address, secret) for address in (server, elsewhere)]
    for socket in sockets:
        await socket.send_json(subscribe("1", "subscription { events { type } }"))
    await asyncio.sleep(0.3)
    await client.ask(STATUS.format(name="entitySuspend"), i={"id": seller})
    for socket in sockets:
        assert await found(socket, 1, "events") == [{"type": "ENTITY_SUSPENDED"}]
    await client.ask(STATUS.format(name="entityArchive"), i={"id": seller})
    began = time.monotonic()
    for socket in sockets:
        # The last events may still come, within the second that a key counts.
        while (message := await socket.receive(timeout=3)).type is aiohttp.WSMsgType.TEXT:
            pass
        assert (message.type, socket.close_code) == (aiohttp.WSMsgType.CLOSE, 4403)
    assert time.monotonic() - began < 2.0


PROGRESS = "subscription($id: ID!) { jobProgress(id: $id) { id status progress message } }"


async def test_a_job_is_watched_until_it_ends(client: Client, server: str, http: aiohttp.ClientSession) -> None:
    """Given a job that comes further and ends, then each change is told once, over both, and it completes."""
    job = await factories.job(client, message="waiting")
    scope = (await keys.authenticate(client.app.services, f"Bearer {client.secret}")).scope

    async def change(**changes: object) -> None:
        async with client.app.database.transaction(scope) as session:
            await JOBS.change(scope, session, job.id, changes)

    socket = await connected(http, server, client.secret)
    await socket.send_json(subscribe("1", PROGRESS, id=job.id))
    assert await found(socket, 1, "jobProgress") == [
        {"id": job.id, "status": "QUEUED", "progress": 0.0, "message": "waiting"}
    ]
    headers = {"authorization": f"Bearer {client.secret}", "accept": "text/event-stream"}
    body = {"query": PROGRESS, "variables": {"id": job.id}}
    async with http.post(server, json=body, headers=headers) as stream:
        await asyncio.sleep(0.1)
        await change(progress=Decimal("0.5"), message="half")
        assert await found(socket, 1, "jobProgress") == [
            {"id": job.id, "status": "QUEUED", "progress": 0.5, "message": "half"}
        ]
        await asyncio.sleep(JOB_POLL_S)
        await change(status=JobStatus.SUCCEEDED, progress=Decimal(1), finished_at=client.app.services.clock())
        text = await asyncio.wait_for(stream.text(), 5)
    assert (await found(socket, 1, "jobProgress"))[0]["status"] == "SUCCEEDED"
    assert await socket.receive_json(timeout=5) == {"type": "complete", "id": "1"}
    assert [text.count(f'"status":"{status}"') for status in ("QUEUED", "SUCCEEDED")] == [2, 1]
    assert text.endswith("event: complete\ndata:\n\n")
    await socket.close()


async def test_a_job_out_of_sight_is_not_found(client: Client, server: str, http: aiohttp.ClientSession) -> None:
    """Given a job of another seller, of the whole platform, and none, then watching each is answered alike."""
    one, two = await factories.entity(client), await factories.entity(client)
    foreign = [(await factories.job(client, two)).id, (await factories.job(client)).id, "job_nonsense"]
    socket = await connected(http, server, await factories.key(client, one))
    for n, job_id in enumerate(foreign):
        await socket.send_json(subscribe(str(n), PROGRESS, id=job_id))
        message = await socket.receive_json(timeout=5)
        assert (message["type"], message["id"]) == ("error", str(n))
        assert message["payload"][0]["message"] == "no such job"
        assert message["payload"][0]["extensions"]["code"] == "NOT_FOUND"
    await socket.close()


async def test_a_sellers_endpoint_is_told_the_sellers_own_sequence(client: Client) -> None:
    """Given endpoints of a platform and of a seller, then the first sees both sequences, the second its own only."""
    heard: dict[str, list[tuple[int | None, int | None]]] = {"/platform": [], "/seller": []}

    async def hear(request: web.Request) -> web.Response:
        body = await request.json()
        heard[request.path].append((body["sequence"], body["entitySequence"]))
        return web.Response()

    mine, other = [await factories.entity(client, settings={"autoInvoice": "NEVER"}) for _ in range(2)]
    made = "mutation($i: WebhookEndpointCreateInput!) { webhookEndpointCreate(input: $i) { userErrors { message } } }"
    async with receiver(hear) as port:
        types = ["CUSTOMER_CREATED"]
        for path, entity_id in (("platform", None), ("seller", mine)):
            url = f"http://127.0.0.1:{port}/{path}"
            await client.ask(made, i={"url": url, "entityId": entity_id, "eventTypes": types})
        for seller in (other, mine, other, mine):
            await factories.customer(client, seller)
        await factories.settled(client.app)
        while await client.app.worker.deliver_once():
            await client.app.worker.settle()
    # Two sellers, two endpoints, of which one is the seller's, then four customers.
    assert sorted(heard["/platform"], key=str) == [(5, 2), (6, 3), (7, 3), (8, 4)]
    assert sorted(heard["/seller"], key=str) == [(None, 3), (None, 4)]
