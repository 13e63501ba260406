"""What the address of a channel takes and what it refuses, before and in a message, over real HTTP."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from app.asgi import create_app
from app.domain.webhooks.signature import MAX_SIGNATURES
from app.graphql.inbound import InboundOrders
from app.graphql.inbound.rate import Rate
from app.graphql.schema import make_schema
from tests import books, channels, factories
from tests.channels import Sender, message, order, signed
from tests.conftest import Clock
from tests.factories import Client, Data

UNKNOWN = "chn_01h455vb4pex5vsknk084sn02q"


@pytest.fixture
async def shop(sqlite_client: Client, sqlite_server: str, clock: Clock) -> AsyncIterator[Sender]:
    found = await channels.sender(sqlite_client, sqlite_server, clock)
    yield found
    await found.http.aclose()


@pytest.fixture
async def seller(sqlite_client: Client) -> str:
    return await factories.entity(sqlite_client)


async def count(client: Client) -> int:
    return int((await client.ask("{ orders { totalCount } }"))["orders"]["totalCount"])


def told(answer: httpx.Response) -> tuple[int, bytes, dict[str, str]]:
    """All that an answer tells, besides when it was given and to which request."""
    own = ("date", "x-request-id")
    return (
        answer.status_code,
        answer.content,
        {name: value for name, value in answer.headers.items() if name not in own},
    )


def unsigned(headers: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in headers.items() if key != name}


@pytest.mark.parametrize("late", [-301, 301, 10**9])
async def test_a_message_out_of_its_time_is_refused(
    sqlite_client: Client, shop: Sender, seller: str, clock: Clock, late: int
) -> None:
    body = message(order(seller))
    answer = await shop.post(body, signed(shop.secret, "m", clock() - timedelta(seconds=late), body))

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Standard-Webhooks"
    assert answer.json()["errors"] == [
        {
            "code": "UNAUTHENTICATED",
            "message": "webhook-timestamp is too far from the present",
            "field": [],
            "retryable": False,
        }
    ]
    assert await count(sqlite_client) == 0


async def test_an_unknown_channel_answers_as_a_bad_signature_does(
    sqlite_client: Client, shop: Sender, seller: str, clock: Clock
) -> None:
    body = message(order(seller))
    good = signed(shop.secret, "m", clock(), body)
    other = signed("whsec_" + "A" * 32, "m", clock(), body)
    unlike = {**good, "webhook-signature": good["webhook-signature"][:-4] + "AAA="}
    attempts: list[tuple[bytes, dict[str, Any]]] = [
        (body, other),
        (body, unlike),
        (body + b" ", good),
        (b"{}", good),
        (body, {**good, "webhook-id": "m2"}),
        (body, {**good, "webhook-timestamp": str(int(good["webhook-timestamp"]) + 1)}),
        (body, {**good, "webhook-timestamp": "soon"}),
        (body, {**good, "webhook-timestamp": "1"}),
        (body, {**good, "webhook-signature": "v1,é".encode()}),
        (body, {**good, "webhook-signature": " ".join(["v1"] * 50)}),
        *((body, unsigned(good, name)) for name in ("webhook-id", "webhook-timestamp", "webhook-signature")),
        (body, unsigned(good, "content-type")),
        (body, {**good, "content-encoding": "gzip"}),
    ]
    for content, headers in attempts:
        known = await shop.post(content, headers)
        strangers = [
            told(await shop.http.post(f"/orders/{channel}", content=content, headers=headers))
            for channel in (UNKNOWN, "x", "ent_" + UNKNOWN[4:], "%00", UNKNOWN.upper())
        ]
        assert strangers == [told(known)] * 5
        assert known.status_code in (401, 415)
    # The right signature is of no use elsewhere either.
    assert (await shop.http.post(f"/orders/{UNKNOWN}", content=body, headers=good)).status_code == 401
    assert await count(sqlite_client) == 0
    assert (await shop.post(body, good)).status_code == 200


async def test_signatures_are_looked_at_up_to_a_limit(shop: Sender, seller: str, clock: Clock) -> None:
    body = message(order(seller))
    headers = signed(shop.secret, "m", clock(), body)
    statuses = [
        (
            await shop.post(body, headers | {"webhook-signature": "v1,AAAA " * further + headers["webhook-signature"]})
        ).status_code
        for further in (MAX_SIGNATURES, MAX_SIGNATURES - 1)
    ]
    assert statuses == [401, 200]


async def test_only_post_json_that_is_not_compressed(
    sqlite_client: Client, shop: Sender, seller: str, clock: Clock
) -> None:
    body = message(order(seller))
    good = signed(shop.secret, "m", clock(), body)
    packed = gzip.compress(body)

    async def status(headers: dict[str, str], content: bytes = body) -> int:
        return (await shop.post(content, {**good, **headers})).status_code

    assert (await shop.http.get(f"/orders/{shop.channel}")).status_code == 405
    assert await status({"content-type": "text/plain"}) == 415
    assert await status({"content-type": "application/x-www-form-urlencoded"}) == 415
    assert await status({"content-type": "application/json; charset=latin-1"}) == 415
    refused = await shop.post(packed, {**good, "content-encoding": "gzip"})
    assert (refused.status_code, refused.headers["accept-encoding"]) == (415, "identity")
    assert await status({"content-encoding": "br"}, packed) == 415
    assert await count(sqlite_client) == 0
    assert await status({"content-encoding": "identity"}) == 200


async def test_a_body_in_chunks_counts_up_to_the_limit(
    sqlite_client: Client, shop: Sender, seller: str, clock: Clock
) -> None:
    limit = sqlite_client.app.settings.max_body_bytes
    body = message(order(seller))
    sent = 0

    async def chunks(content: bytes, size: int) -> AsyncIterator[bytes]:
        nonlocal sent
        for start in range(0, len(content), size):
            sent += size
            yield content[start : start + size]

    async def post(content: bytes, size: int) -> httpx.Response:
        headers = signed(shop.secret, "m", clock(), content)
        return await shop.http.post(f"/orders/{shop.channel}", content=chunks(content, size), headers=headers)

    assert (await post(body, 7)).status_code == 200
    large = body[:-1] + b" " * limit + b"}"
    declared = await shop.post(large, signed(shop.secret, "m2", clock(), large))
    streamed = await post(large, 65_536)
    assert [answer.status_code for answer in (declared, streamed)] == [413, 413]
    assert streamed.json()["errors"][0]["code"] == "LIMIT_EXCEEDED"
    exact = body[:-1] + b" " * (limit - len(body)) + b"}"
    assert len(exact) == limit
    assert (await post(exact, 65_536)).status_code == 200


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        (b"", 400, []),
        (b"{", 400, []),
        (b'{"type": "\xff"}', 400, []),
        (b"[]", 400, []),
        (b"null", 400, []),
        (b"[" * 2_000, 400, []),
        (b"{}", 422, ["type"]),
        (b'{"type": "order.created", "data": {}}', 422, ["timestamp"]),
        (b'{"type": "order.created", "timestamp": "2026-03-10T09:00:00Z"}', 422, ["data"]),
        (message([]), 422, ["data"]),
        (message(order(), kind="order.vanished"), 422, ["type"]),
    ],
)
async def test_what_is_no_message_is_refused(
    shop: Sender, clock: Clock, body: bytes, status: int, field: list[str]
) -> None:
    answer = await shop.post(body, signed_bytes(shop.secret, body, clock))
    assert answer.status_code == status
    (error,) = answer.json()["errors"]
    assert (error["code"], error["field"], error["retryable"]) == ("INVALID_INPUT", field, False)


def signed_bytes(secret: str, body: bytes, clock: Clock) -> dict[str, str]:
    """A signature of bytes that are no text, which the library does not take."""
    from app.domain.webhooks.signature import sign

    return {"content-type": "application/json", **sign("m", clock(), body, [secret])}


CREATE = "mutation($i: OrderCreateInput!) { orderCreate(input: $i) { order { id } userErrors { code message field } } }"


@pytest.mark.parametrize(
    "given",
    [
        {"lines": []},
        {"lines": [factories.line(), factories.line(quantity="0")]},
        {"lines": [factories.line(allowances=[{"amount": "1.00", "percent": "1"}])]},
        {"customer": {"name": "", "address": {"country": "DE"}}},
        {"customer": {"name": "x", "address": {"country": "ZZ"}}},
        {"customer": None},
        {"currency": "XXX"},
        {"externalId": " "},
        {"entityId": "ent_0"},
        {"entityId": None},
        {"shipTo": {"country": "ZZ"}},
    ],
)
async def test_errors_name_the_fields_that_the_mutation_names(
    sqlite_client: Client, shop: Sender, seller: str, given: Data
) -> None:
    value = order(seller, **given)
    answer = await shop.send(value)

    payload = (await sqlite_client.ask(CREATE, i=value))["orderCreate"]
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert [{name: error[name] or None for name in ("code", "message", "field")}] == payload["userErrors"]
    assert await count(sqlite_client) == 0


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"placedAt": "yesterday"}, ["placedAt"]),
        ({"externalId": None}, ["externalId"]),
        ({"externalId": 7}, ["externalId"]),
        ({"colour": "red"}, []),
        ({"lines": [factories.line(), factories.line(unitPrice=1.5)]}, ["lines", "1", "unitPrice"]),
        ({"lines": [factories.line(taxClass="FREE")]}, ["lines", "0", "taxClass"]),
        ({"lines": [factories.line(taxClass="standard")]}, ["lines", "0", "taxClass"]),
        ({"customer": {"name": "x", "address": {"country": "Germany"}}}, ["customer", "address", "country"]),
        ({"idempotencyKey": "other"}, ["idempotencyKey"]),
    ],
)
async def test_values_of_a_wrong_kind_are_refused_by_their_path(
    sqlite_client: Client, shop: Sender, seller: str, given: Data, field: list[str]
) -> None:
    answer = await shop.send(order(seller, **given))
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert await count(sqlite_client) == 0


async def test_an_answer_names_fifty_errors_at_most(shop: Sender, seller: str) -> None:
    answer = await shop.send(order(seller, lines=[factories.line(quantity="x")] * 1_000))
    assert len(answer.json()["errors"]) == 50


async def test_missing_fields_are_all_named(shop: Sender) -> None:
    answer = await shop.send({})
    assert answer.status_code == 422
    text = json.dumps(answer.json())
    assert [name in text for name in ("externalId", "placedAt", "lines")] == [True] * 3


@pytest.mark.parametrize("message_id", ["a b", "x" * 256, "ü"])
async def test_an_id_that_is_no_key_is_refused_by_name(
    shop: Sender, seller: str, clock: Clock, message_id: str
) -> None:
    body = message(order(seller))
    headers: Any = signed(shop.secret, message_id, clock(), body)
    headers["webhook-id"] = message_id.encode()
    answer = await shop.post(body, headers)
    if message_id.isascii():
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == ["webhook-id"]
    else:
        # Headers are latin-1: what is signed in UTF-8 is another id.
        assert answer.status_code == 401


async def test_who_sends_too_fast_is_told_when_to_send_again(sqlite_client: Client, shop: Sender, seller: str) -> None:
    slow = replace(sqlite_client.app.settings, channel_rate=1)
    transport = httpx.ASGITransport(app=create_app(slow, running=sqlite_client.app))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
        limited = Sender(http, shop.clock, shop.channel, shop.secret)
        answers = [await limited.send(order(seller), f"m{n}") for n in range(3)]
        # A stranger's attempts use nothing up.
        strangers = [await limited.send(order(seller), **{"webhook-signature": "v1,AAAA"}) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["retry-after"] == "1"
    assert answers[2].json()["errors"][0] == {
        "code": "LIMIT_EXCEEDED",
        "message": "the channel sends too fast; send it again later",
        "field": [],
        "retryable": True,
    }
    assert {answer.status_code for answer in strangers} == {401}


def test_a_bucket_fills_at_its_rate() -> None:
    now = [100.0]
    rate = Rate(2, clock=lambda: now[0])

    assert [rate.wait_s("a") for _ in range(5)] == [0.0, 0.0, 0.0, 0.0, 0.5]
    assert rate.wait_s("b") == 0.0
    now[0] += 0.25
    assert rate.wait_s("a") == 0.25
    now[0] += 0.25
    assert rate.wait_s("a") == 0.0
    now[0] += 3600
    assert [rate.wait_s("a") for _ in range(5)] == [0.0, 0.0, 0.0, 0.0, 0.5]


def test_senders_that_were_long_quiet_are_forgotten() -> None:
    rate = Rate(1, clock=lambda: 0.0)
    for n in range(10_002):
        rate.wait_s(str(n))
    assert len(rate._left) == 10_000


async def test_a_sender_that_goes_away_leaves_its_order(sqlite_client: Client, shop: Sender, seller: str) -> None:
    tasks = [asyncio.create_task(shop.send(order(seller), f"m{n}")) for n in range(20)]
    await asyncio.sleep(0.02)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

    answers = await asyncio.gather(*(shop.send(order(seller), f"n{n}") for n in range(20)))

    assert {answer.status_code for answer in answers} == {200}
    assert 20 <= await count(sqlite_client) <= 40


@asynccontextmanager
async def limited(client: Client, shop: Sender, **limits: Any) -> AsyncIterator[Sender]:
    """The same channel, behind a server with other limits."""
    inbound = InboundOrders(
        make_schema(), lambda: client.app.services, max_body_bytes=100_000, per_second=1_000, **limits
    )
    transport = httpx.ASGITransport(app=Starlette(routes=inbound.routes()))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
        yield Sender(http, shop.clock, shop.channel, shop.secret)
        await inbound.drain(timeout_s=10)


async def never() -> AsyncIterator[bytes]:
    yield b"{"
    await asyncio.sleep(60)


async def test_a_body_that_does_not_come_is_given_up(sqlite_client: Client, shop: Sender) -> None:
    async with limited(sqlite_client, shop, body_s=0.05) as slow:
        answer = await slow.http.post(
            f"/orders/{slow.channel}", content=never(), headers={"content-type": "application/json"}
        )
    assert answer.status_code == 408
    assert answer.json()["errors"][0]["retryable"] is True


async def test_slow_bodies_are_limited_apart_from_what_is_signed(
    sqlite_client: Client, shop: Sender, seller: str
) -> None:
    headers = {"content-type": "application/json"}
    async with limited(sqlite_client, shop, reading=3, at_once=1, body_s=10) as full:
        slow = [
            asyncio.create_task(full.http.post(f"/orders/{full.channel}", content=never(), headers=headers))
            for _ in range(2)
        ]
        await asyncio.sleep(0.05)
        taken = await full.send(order(seller))
        slow.append(asyncio.create_task(full.http.post("/orders/x", content=never(), headers=headers)))
        await asyncio.sleep(0.05)
        refused = await full.send(order(seller))
        for task in slow:
            task.cancel()
        await asyncio.gather(*slow, return_exceptions=True)
        again = await full.send(order(seller), "msg_2")

    assert [answer.status_code for answer in (taken, refused, again)] == [200, 503, 200]
    assert refused.headers["retry-after"] == "1"
    assert refused.json()["errors"][0]["retryable"] is True


async def test_more_than_can_be_under_way_is_told_to_come_again(
    sqlite_client: Client, shop: Sender, seller: str
) -> None:
    scope = await books.scope_of(sqlite_client)
    given = order(seller)
    async with limited(sqlite_client, shop, at_once=1) as full:
        # The first one waits for the database, whose writer is taken.
        async with sqlite_client.app.database.transaction(scope):
            first = asyncio.create_task(full.send(given))
            await asyncio.sleep(0.1)
            refused = await asyncio.create_task(full.send(order(seller), "msg_2"))
        taken = await first
        again = await full.send(order(seller), "msg_2")

    assert [answer.status_code for answer in (refused, taken, again)] == [503, 200, 200]
    assert refused.headers["retry-after"] == "1"
    assert refused.json()["errors"][0]["code"] == "UNAVAILABLE"


async def test_a_message_that_takes_too_long_goes_on(sqlite_client: Client, shop: Sender, seller: str) -> None:
    given = order(seller)
    async with limited(sqlite_client, shop, message_s=0.0) as slow:
        answer = await slow.send(given)
    again = await shop.send(given)

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert again.status_code == 200
    assert await count(sqlite_client) == 1
