"""Subscriptions on a real server: over graphql-transport-ws and over Server-Sent Events."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from app.services import keys as api_keys
from tests import factories
from tests.factories import Client

PROTOCOL = "graphql-transport-ws"
SUBSCRIPTION = (
    "subscription($after: String, $types: [EventType!], $entity: ID) {"
    " invoiceEvents(after: $after, types: $types, entityId: $entity) { cursor type invoice { number } } }"
)


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def connected(http: aiohttp.ClientSession, server: str, secret: str) -> aiohttp.ClientWebSocketResponse:
    """A socket that has been let in."""
    socket = await http.ws_connect(server, protocols=[PROTOCOL])
    await socket.send_json({"type": "connection_init", "payload": {"authorization": f"Bearer {secret}"}})
    assert await socket.receive_json(timeout=5) == {"type": "connection_ack"}
    return socket


def subscribe(operation_id: str = "1", query: str = SUBSCRIPTION, **variables: Any) -> dict[str, Any]:
    return {"type": "subscribe", "id": operation_id, "payload": {"query": query, "variables": variables}}


async def test_events_arrive_over_the_websocket_and_can_be_resumed(
    client: Client, server: str, http: aiohttp.ClientSession
) -> None:
    seller = await factories.entity(client)
    await factories.settled(client.app)
    socket = await connected(http, server, client.secret)
    await socket.send_json(subscribe(types=["INVOICE_FINALIZED"]))
    await asyncio.sleep(0.3)
    for _ in range(3):
        await factories.order(client, seller)

    messages = [await socket.receive_json(timeout=10) for _ in range(3)]
    await socket.close()
    events = [message["payload"]["data"]["invoiceEvents"] for message in messages]
    assert [event["invoice"]["number"] for event in events] == ["INV-001", "INV-002", "INV-003"]
    assert {event["type"] for event in events} == {"INVOICE_FINALIZED"}

    again = await connected(http, server, client.secret)
    await again.send_json(subscribe(after=events[0]["cursor"], types=["INVOICE_FINALIZED"]))
    resumed = [await again.receive_json(timeout=10) for _ in range(2)]
    await again.close()
    assert [item["payload"]["data"]["invoiceEvents"]["cursor"] for item in resumed] == [
        events[1]["cursor"],
        events[2]["cursor"],
    ]


async def test_events_arrive_over_server_sent_events(client: Client, server: str, http: aiohttp.ClientSession) -> None:
    seller = await factories.entity(client)
    await factories.settled(client.app)
    headers = {"authorization": f"Bearer {client.secret}", "accept": "text/event-stream"}
    body = {"query": SUBSCRIPTION, "variables": {"types": ["INVOICE_FINALIZED"]}}
    async with http.post(server, json=body, headers=headers) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        await asyncio.sleep(0.3)
        await factories.order(client, seller)
        found = None
        async with asyncio.timeout(10):
            async for raw in response.content:
                if raw.startswith(b"data: {"):
                    found = json.loads(raw.removeprefix(b"data: "))
                    break
    assert found is not None
    assert found["data"]["invoiceEvents"]["invoice"] == {"number": "INV-001"}


async def test_a_query_over_server_sent_events_completes(
    client: Client, server: str, http: aiohttp.ClientSession
) -> None:
    headers = {"authorization": f"Bearer {client.secret}", "accept": "text/event-stream"}
    async with http.post(server, json={"query": "{ viewer { mode } }"}, headers=headers) as response:
        text = await response.text()
    assert "event: next\ndata: " in text
    assert '"mode":"SANDBOX"' in text
    assert text.endswith("event: complete\ndata:\n\n")


async def test_a_seller_hears_nothing_of_another(client: Client, server: str, http: aiohttp.ClientSession) -> None:
    mine, other = await factories.entity(client), await factories.entity(client)
    secret = await factories.key(client, mine)
    await factories.settled(client.app)
    socket = await connected(http, server, secret)
    await socket.send_json(subscribe("all", "subscription { events { type entity { id } } }"))
    # Asking for the other seller's events by its id brings nothing either.
    await socket.send_json(subscribe("other", SUBSCRIPTION, entity=other))
    await asyncio.sleep(0.3)
    await factories.order(client, other)
    await factories.order(client, mine)
    seen = []
    with contextlib.suppress(TimeoutError):
        while True:
            seen.append(await socket.receive_json(timeout=1.5))
    await socket.close()
    assert {message["id"] for message in seen} == {"all"}
    assert {message["payload"]["data"]["events"]["entity"]["id"] for message in seen} == {mine}


async def test_a_revoked_key_hears_no_more(client: Client, server: str, http: aiohttp.ClientSession) -> None:
    seller = await factories.entity(client)
    secret = await factories.key(client)
    services = client.app.services
    principal = await api_keys.authenticate(services, f"Bearer {secret}")
    await factories.settled(client.app)
    socket = await connected(http, server, secret)
    await socket.send_json(subscribe())
    await asyncio.sleep(1.1)
    await api_keys.revoke(services, principal.scope, principal.key.id, key=None)
    await factories.order(client, seller)
    message = await socket.receive(timeout=10)
    assert (message.type, socket.close_code) == (aiohttp.WSMsgType.CLOSE, 4403)


async def test_queries_and_mutations_work_over_the_socket_and_errors_are_told(
    client: Client, server: str, http: aiohttp.ClientSession
) -> None:
    socket = await connected(http, server, client.secret)
    await socket.send_json(subscribe("q", "{ viewer { mode } }"))
    answer = await socket.receive_json(timeout=5)
    assert (answer["type"], answer["payload"]["data"]) == ("next", {"viewer": {"mode": "SANDBOX"}})
    assert await socket.receive_json(timeout=5) == {"type": "complete", "id": "q"}
    await socket.send_json(subscribe("bad", "{ nonsense }"))
    error = await socket.receive_json(timeout=5)
    assert (error["type"], error["id"]) == ("error", "bad")
    await socket.send_json({"type": "ping"})
    assert await socket.receive_json(timeout=5) == {"type": "pong"}
    await socket.close()


MALFORMED: list[Any] = [
    "not json",
    "[]",
    "null",
    "1",
    "{}",
    '{"type": 1}',
    '{"type": "unknown"}',
    '{"type": "connection_init", "payload": []}',
    '{"type": "subscribe"}',
    '{"type": "subscribe", "id": 1, "payload": {"query": "{ viewer { mode } }"}}',
    '{"type": "subscribe", "id": "", "payload": {"query": "{ viewer { mode } }"}}',
    '{"type": "subscribe", "id": "1"}',
    '{"type": "subscribe", "id": "1", "payload": []}',
    '{"type": "subscribe", "id": "1", "payload": {}}',
    '{"type": "subscribe", "id": "1", "payload": {"query": 1}}',
    '{"type": "subscribe", "id": "1", "payload": {"query": "{x}", "variables": []}}',
    '{"type": "subscribe", "id": "1", "payload": {"query": "{x}", "operationName": 1}}',
    '{"type": "subscribe", "id": "1", "payload": {"query": "{x}", "extensions": 1}}',
    '{"type": "complete"}',
    '{"type": "complete", "id": null}',
    '{"type": "ping", "payload": 1}',
    '{"type": "pong", "payload": "x"}',
    b"\x00\x01",
]


async def test_every_malformed_message_closes_with_4400(
    sqlite_client: Client, sqlite_server: str, http: aiohttp.ClientSession
) -> None:
    for message in MALFORMED:
        socket = await connected(http, sqlite_server, sqlite_client.secret)
        await (socket.send_bytes(message) if isinstance(message, bytes) else socket.send_str(message))
        await socket.receive(timeout=5)
        assert socket.close_code == 4400, message


async def test_the_other_close_codes(sqlite_client: Client, sqlite_server: str, http: aiohttp.ClientSession) -> None:
    old = await http.ws_connect(sqlite_server, protocols=["graphql-ws"])
    await old.receive(timeout=5)
    assert old.close_code == 4406
    early = await http.ws_connect(sqlite_server, protocols=[PROTOCOL])
    await early.send_json(subscribe())
    await early.receive(timeout=5)
    assert early.close_code == 4401
    stranger = await http.ws_connect(sqlite_server, protocols=[PROTOCOL])
    await stranger.send_json({"type": "connection_init", "payload": {"authorization": "Bearer sk_test_wrong"}})
    await stranger.receive(timeout=5)
    assert stranger.close_code == 4403
    twice = await connected(http, sqlite_server, sqlite_client.secret)
    await twice.send_json({"type": "connection_init"})
    await twice.receive(timeout=5)
    assert twice.close_code == 4429
    same = await connected(http, sqlite_server, sqlite_client.secret)
    await same.send_json(subscribe("1"))
    await same.send_json(subscribe("1"))
    await same.receive(timeout=5)
    assert same.close_code == 4409


async def test_a_mutation_runs_whole_or_not_at_all_when_its_socket_drops(
    client: Client, server: str, http: aiohttp.ClientSession
) -> None:
    seller = await factories.entity(client)
    buyer = await factories.customer(client, seller)
    drafts = [await factories.draft(client, seller, buyer) for _ in range(20)]
    for n, draft in enumerate(drafts):
        socket = await connected(http, server, client.secret)
        await socket.send_json(subscribe("m", factories.FINALIZE, i={"id": draft}))
        await asyncio.sleep(n * 0.001)
        with contextlib.suppress(ConnectionError):
            await socket.close()
    # What was under way ends by itself; nothing is locked behind it.
    last = await factories.finalize(client, await factories.draft(client, seller, buyer))
    data = await client.ask(
        "{ invoices(first: 100, orderBy: OLDEST, where: { status: { eq: FINALIZED } }) { nodes { number } } }"
    )
    numbers = sorted(node["number"] for node in data["invoices"]["nodes"])
    assert numbers == [f"INV-{n:03d}" for n in range(1, len(numbers) + 1)]
    assert len(numbers) > 5
    assert last["invoice"]["number"] == numbers[-1]
