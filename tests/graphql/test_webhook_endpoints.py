"""What can be done with an endpoint, and what it shows of what was sent."""

from __future__ import annotations

import asyncio
import socket
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from standardwebhooks.webhooks import Webhook

from app.db.aggregates import ATTEMPTS, DELIVERIES, ENDPOINTS
from app.domain.webhooks.revisions import API_VERSIONS
from app.domain.webhooks.signature import verify
from app.services import housekeeping
from tests import books, endpoints, factories
from tests.conftest import Clock
from tests.endpoints import Received, receiving
from tests.factories import Client, Data

ROTATE = """mutation($i: WebhookSecretRotateInput!) { webhookSecretRotate(input: $i) {
    webhookEndpoint { id version previousSecretsSignUntil } signingSecret userErrors { code message field } } }"""
TEST = """mutation($i: WebhookTestInput!) { webhookTest(input: $i) {
    delivery { id eventType status attemptCount body } userErrors { code message field }
    attempt { number succeeded responseStatus responseBody error requestHeaders responseHeaders } } }"""


async def rotate(client: Client, endpoint_id: str, **given: Any) -> Data:
    payload: Data = (await client.ask(ROTATE, i={"id": endpoint_id, **given}))["webhookSecretRotate"]
    return payload


def signed_by(received: Received, *secrets: str) -> bool:
    """Whether the signatures are those of exactly these secrets, in this order."""
    at = datetime.fromtimestamp(int(received.headers["webhook-timestamp"]), UTC)
    name, body = received.headers["webhook-id"], received.body.decode()
    return received.headers["webhook-signature"] == " ".join(Webhook(one).sign(name, at, body) for one in secrets)


async def test_a_rotated_secret_signs_beside_the_new_one_until_its_time_is_up(client: Client, clock: Clock) -> None:
    """Given a rotation with an overlap of two hours, then both sign until then, and only the new one from then on."""
    async with receiving() as receiver:
        endpoint, old = await endpoints.make(client, receiver.url, headers={"Authorization": "Bearer x"})
        payload = await rotate(client, endpoint, overlapHours=2)
        new = payload["signingSecret"]
        assert payload["webhookEndpoint"] == {
            "id": endpoint,
            "version": 2,
            "previousSecretsSignUntil": "2026-03-10T11:00:00Z",
        }
        await endpoints.emit(client, 1)
        await endpoints.deliver(client.app)
        clock.advance(hours=2)
        await endpoints.emit(client, 1)
        await endpoints.deliver(client.app)

        first, second = receiver.received
        assert signed_by(first, new, old)
        assert signed_by(second, new)
        verify(first.headers, first.body, old, now=clock.now.replace(hour=9))
        found = await client.ask(
            "query($id: ID!) { node(id: $id) { ... on WebhookEndpoint { previousSecretsSignUntil } } }", id=endpoint
        )
        assert found["node"]["previousSecretsSignUntil"] is None
        # What signs nothing any more is not kept either.
        assert await housekeeping.erase_secrets(client.app.services, await books.scope_of(client)) == 1
        async with client.app.database.read(await books.scope_of(client)) as session:
            rows = await session.fetch("SELECT secrets, retired_secrets FROM webhook_endpoint")
        assert [(row["secrets"], row["retired_secrets"]) for row in rows] == [(f'["{new}"]', "[]")]


async def test_without_an_overlap_every_former_secret_is_gone_at_once(client: Client) -> None:
    async with receiving() as receiver:
        endpoint, _ = await endpoints.make(client, receiver.url)
        await rotate(client, endpoint)
        await rotate(client, endpoint)
        payload = await rotate(client, endpoint, overlapHours=0)
        assert payload["webhookEndpoint"]["previousSecretsSignUntil"] is None
        await endpoints.emit(client, 1)
        await endpoints.deliver(client.app)
        assert signed_by(receiver.received[0], payload["signingSecret"])


async def test_a_rotation_is_bounded_and_repeated_by_its_key_does_nothing(client: Client) -> None:
    endpoint, _ = await endpoints.make(client, "http://127.0.0.1:9009/")
    for hours in (-1, 169):
        (error,) = (await rotate(client, endpoint, overlapHours=hours))["userErrors"]
        assert (error["code"], error["field"]) == ("INVALID_INPUT", ["overlapHours"])
    first = await rotate(client, endpoint, idempotencyKey="k")
    repeated = await rotate(client, endpoint, idempotencyKey="k")
    assert first["signingSecret"].startswith("whsec_")
    assert (repeated["signingSecret"], repeated["webhookEndpoint"]["version"]) == (None, 2)
    await rotate(client, endpoint)
    await rotate(client, endpoint)
    (error,) = (await rotate(client, endpoint))["userErrors"]
    assert (error["code"], error["field"]) == ("LIMIT_EXCEEDED", ["overlapHours"])


async def test_a_test_is_sent_at_once_to_that_endpoint_alone(client: Client) -> None:
    """Given two endpoints, when one is tried out, then it gets the test, and the other nothing."""
    async with receiving() as receiver, receiving() as other:
        receiver.status(202, **{"X-Seen": "yes"})
        await endpoints.make(client, other.url, eventTypes=["API_KEY_CREATED"])
        endpoint, secret = await endpoints.make(
            client, receiver.url, headers={"Authorization": "Bearer t"}, selection="{ type subjectId }"
        )
        payload = (await client.ask(TEST, i={"endpointId": endpoint, "idempotencyKey": "t"}))["webhookTest"]

        (received,) = receiver.received
        assert payload["userErrors"] == []
        assert payload["delivery"].items() >= {"eventType": "WEBHOOK_TEST", "status": "SUCCEEDED"}.items()
        assert payload["delivery"]["body"].encode() == received.body
        assert received.json["data"] == {"type": "WEBHOOK_TEST", "subjectId": endpoint}
        assert signed_by(received, secret)
        attempt = payload["attempt"]
        assert attempt["requestHeaders"] == {
            "authorization": "hidden",
            "content-type": "application/json",
            "user-agent": "MarketplaceInvoicing-Webhooks/0.1.0",
            **{name: received.headers[name] for name in ("webhook-id", "webhook-timestamp", "webhook-signature")},
        }
        assert (attempt["succeeded"], attempt["responseStatus"], attempt["responseBody"]) == (True, 202, "as told")
        assert attempt["responseHeaders"]["x-seen"] == "yes"
        again = (await client.ask(TEST, i={"endpointId": endpoint, "idempotencyKey": "t"}))["webhookTest"]
        assert again == payload
        await factories.settled(client.app)
        await endpoints.deliver(client.app)
        assert (len(receiver.received), other.received) == (1, [])


async def test_a_seller_tries_its_own_endpoint_out(client: Client) -> None:
    seller = await factories.entity(client)
    asking = client.with_key(await factories.key(client, seller))
    async with receiving() as receiver:
        endpoint, _ = await endpoints.make(asking, receiver.url)
        payload = (await asking.ask(TEST, i={"endpointId": endpoint}))["webhookTest"]
        assert (payload["userErrors"], payload["delivery"]["status"]) == ([], "SUCCEEDED")
        (received,) = receiver.received
        assert (received.json["entityId"], received.json["sequence"]) == (seller, None)
        assert received.json["data"] == {"id": endpoint, "url": receiver.url}


async def test_a_test_that_fails_is_not_repeated_and_disables_nothing(client: Client, clock: Clock) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        endpoint, _ = await endpoints.make(client, f"http://127.0.0.1:{free.getsockname()[1]}/")
        await endpoints.change(client, endpoint, status="DISABLED")
        payload = (await client.ask(TEST, i={"endpointId": endpoint}))["webhookTest"]
        assert payload["delivery"].items() >= {"status": "FAILED", "attemptCount": 1}.items()
        assert payload["attempt"]["error"] == "the connection was refused"
        found = await endpoints.change(client, endpoint, status="ENABLED")
        assert found["failingSince"] is None
        clock.advance(hours=30)
        await endpoints.deliver(client.app)
        assert [one["attemptCount"] for one in await endpoints.deliveries(client, endpoint)] == [1]


async def test_deliveries_are_found_by_status_type_and_time_with_request_and_response(
    client: Client, clock: Clock
) -> None:
    async with receiving() as receiver:
        endpoint, _ = await endpoints.make(client, receiver.url)
        await endpoints.emit(client, 1)
        await endpoints.deliver(client.app)
        clock.advance(hours=1)

        async def long(received: Received) -> web.Response:
            return web.Response(status=500, body=b"x" * 30_000, headers={"X-Long": "y" * 7_000, "Z": "z" * 3_000})

        receiver.answer = long
        seller = await factories.entity(client)
        await factories.settled(client.app)
        await endpoints.deliver(client.app)

        (arrived,) = await endpoints.deliveries(client, endpoint, status={"eq": "SUCCEEDED"})
        (failed,) = await endpoints.deliveries(client, endpoint, status={"oneOf": ["PENDING", "FAILED"]})
        assert arrived["body"].encode() == receiver.received[0].body
        assert (failed["eventType"], failed["error"]) == ("ENTITY_CREATED", "HTTP 500")
        (attempt,) = failed["attempts"]
        assert attempt["responseBody"] == "x" * 20_000
        assert attempt["responseHeaders"]["x-long"] == "y" * 7_000
        assert "z" not in attempt["responseHeaders"]
        assert [one["eventType"] for one in await endpoints.deliveries(client, endpoint)] == [
            "API_KEY_CREATED",
            "ENTITY_CREATED",
        ]
        since = {"range": {"gte": clock.now.isoformat()}}
        assert [one["id"] for one in await endpoints.deliveries(client, endpoint, createdAt=since)] == [failed["id"]]
        by_type = await endpoints.deliveries(client, endpoint, eventType={"eq": "ENTITY_CREATED"})
        assert [one["id"] for one in by_type] == [failed["id"]]
        page = await client.ask(
            """query($id: ID!) { webhookDeliveries(endpointId: $id, first: 1) {
                 nodes { id } pageInfo { hasNextPage } } }""",
            id=endpoint,
        )
        assert page["webhookDeliveries"] == {"nodes": [{"id": failed["id"]}], "pageInfo": {"hasNextPage": True}}
        assert receiver.received[1].json["entityId"] == seller


async def test_an_endpoint_keeps_the_api_version_it_was_made_with(client: Client) -> None:
    async with receiving() as receiver:
        payload = (await client.ask(endpoints.CREATE, i={"url": receiver.url}))["webhookEndpointCreate"]
        assert payload["webhookEndpoint"]["apiVersion"] == API_VERSIONS[-1]
        wrong = {"url": receiver.url, "apiVersion": "2020-01-01"}
        (error,) = (await client.ask(endpoints.CREATE, i=wrong))["webhookEndpointCreate"]["userErrors"]
        assert (error["code"], error["field"]) == ("INVALID_INPUT", ["apiVersion"])
        await endpoints.emit(client, 1)
        await endpoints.deliver(client.app)
        (delivery,) = await endpoints.deliveries(client, payload["webhookEndpoint"]["id"])
        assert (delivery["apiVersion"], receiver.received[0].json["version"]) == (API_VERSIONS[-1], 1)


@pytest.mark.parametrize("arrives_first", [True, False])
async def test_ordered_one_at_a_time_and_the_next_only_when_the_one_before_is_done(
    client: Client, clock: Clock, arrives_first: bool
) -> None:
    """Given an ordered endpoint that fails once in the middle, then everything arrives in order, never two at once."""
    under_way, highest = 0, 0
    async with receiving() as receiver:

        async def answer(received: Received) -> web.Response:
            nonlocal under_way, highest
            under_way += 1
            highest = max(highest, under_way)
            await asyncio.sleep(0.005)
            under_way -= 1
            # The third is refused at its first attempt, or at all of them.
            third = received.headers["webhook-id"] == ids[2]
            return web.Response(status=500 if third and (not arrives_first or receiver.ids.count(ids[2]) == 1) else 204)

        receiver.answer = answer
        endpoint, _ = await endpoints.make(client, receiver.url, ordered=True)
        ids = await endpoints.emit(client, 6)
        await endpoints.deliver(client.app)
        assert receiver.ids == ids[:3]
        if arrives_first:
            clock.advance(seconds=6)
            await endpoints.deliver(client.app)
            assert receiver.ids == [*ids[:3], *ids[2:]]
        else:
            for _ in range(8):
                clock.advance(hours=12)
                await endpoints.deliver(client.app)
            assert receiver.ids == [*ids[:2], *[ids[2]] * 8, *ids[3:]]
        assert highest == 1
        statuses = [one["status"] for one in await endpoints.deliveries(client, endpoint)]
        assert statuses == ["SUCCEEDED"] * 2 + ["SUCCEEDED" if arrives_first else "FAILED"] + ["SUCCEEDED"] * 3


@pytest.mark.parametrize("ordered", [True, False])
async def test_two_workers_share_an_endpoint_without_a_delivery_twice(client: Client, ordered: bool) -> None:
    """Given two workers that claim at the same time, then each event arrives once, and in order where that is asked."""
    other = endpoints.second_worker(client.app)
    async with receiving() as receiver:
        await endpoints.make(client, receiver.url, ordered=ordered)
        ids = await endpoints.emit(client, 20)
        async with asyncio.timeout(20):
            while len(receiver.received) < 20:
                await asyncio.gather(client.app.worker.deliver_once(), other.worker.deliver_once())
                await asyncio.gather(client.app.worker.settle(), other.worker.settle())
        assert (receiver.ids if ordered else sorted(receiver.ids)) == (ids if ordered else sorted(ids))
    await other.close()


async def test_an_endpoint_is_deleted_while_something_is_being_sent_to_it(client: Client) -> None:
    """Given a request under way, when its endpoint is deleted, then all of it is gone, the late answer too."""
    let_go = asyncio.Event()
    async with receiving() as receiver:

        async def answer(received: Received) -> web.Response:
            await let_go.wait()
            return web.Response(status=204)

        receiver.answer = answer
        endpoint, _ = await endpoints.make(client, receiver.url)
        await endpoints.emit(client, 3)
        assert await client.app.worker.deliver_once() > 0
        delete = "mutation($i: WebhookEndpointDeleteInput!) { webhookEndpointDelete(input: $i) { deletedId } }"
        assert (await client.ask(delete, i={"id": endpoint}))["webhookEndpointDelete"] == {"deletedId": endpoint}
        let_go.set()
        await client.app.worker.settle()
        await endpoints.deliver(client.app)

        scope = await books.scope_of(client)
        async with client.app.database.read(scope) as session:
            assert [await one.count(scope, session) for one in (ENDPOINTS, DELIVERIES, ATTEMPTS)] == [0, 0, 0]
