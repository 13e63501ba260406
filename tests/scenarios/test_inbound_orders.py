"""Orders as signed webhooks over real HTTP, on both databases: what they do, once, and for whom."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.db.transaction import Database
from app.domain.errors import Unavailable
from app.domain.scope import Scope
from app.services.keys import NewAccount
from tests import channels, factories
from tests.channels import Sender, message, order, signed
from tests.conftest import Clock
from tests.factories import Client

ORDERS = "{ orders { totalCount nodes { id externalId status entity { id } invoices { number paymentStatus } } } }"
JAVASCRIPT = Path(__file__).resolve().parents[1] / "javascript"


@pytest.fixture
async def shop(client: Client, server: str, clock: Clock) -> AsyncIterator[Sender]:
    """A system that reports the orders of all sellers."""
    found = await channels.sender(client, server, clock)
    yield found
    await found.http.aclose()


async def orders(client: Client) -> list[Any]:
    return list((await client.ask(ORDERS))["orders"]["nodes"])


async def noted(client: Client, **wanted: str) -> Any:
    """What the only channel shows of its use, once it shows what is wanted."""
    query = "{ orderChannels { nodes { lastUsedAt lastFailedAt lastFailure entity { id } } } }"
    async with asyncio.timeout(10):
        while True:
            (node,) = (await client.ask(query))["orderChannels"]["nodes"]
            if all(node[name] == value for name, value in wanted.items()):
                return node
            await asyncio.sleep(0.01)


async def test_a_signed_order_is_taken_invoiced_and_told(client: Client, shop: Sender) -> None:
    seller = await factories.entity(client)
    given = order(seller, paidAt="2026-03-09T11:00:00Z")

    answer = await shop.send(given)

    (stored,) = await orders(client)
    assert answer.status_code == 200
    assert answer.json() == {
        "order": {
            "id": stored["id"],
            "externalId": given["externalId"],
            "entityId": seller,
            "status": "INVOICED",
            "failure": None,
        }
    }
    assert stored["invoices"] == [{"number": "INV-001", "paymentStatus": "PAID"}]
    await factories.settled(client.app)
    actors = (await client.ask("{ events(types: [ORDER_CREATED]) { nodes { actor } } }"))["events"]["nodes"]
    assert actors == [{"actor": shop.channel}]


async def test_a_message_sent_again_is_answered_and_not_done(client: Client, shop: Sender, clock: Clock) -> None:
    seller = await factories.entity(client)
    given = order(seller)
    first = await shop.send(given)
    clock.advance(hours=5)
    again = await shop.send(given)

    assert again.json() == first.json()
    assert len(await orders(client)) == 1

    other = await shop.send({**given, "cartId": "other"})
    assert other.status_code == 409
    assert other.json()["errors"] == [
        {
            "code": "IDEMPOTENCY_MISMATCH",
            "message": "this idempotency key was used before with another input",
            "field": ["webhook-id"],
            "retryable": False,
        }
    ]


async def test_fifty_copies_at_once_make_one_order(client: Client, shop: Sender) -> None:
    seller = await factories.entity(client)
    given = order(seller)

    answers = await asyncio.gather(*(shop.send(given) for _ in range(50)))

    later = [answer for answer in answers if answer.status_code != 200]
    assert {answer.status_code for answer in later} <= {409}
    assert {answer.json()["errors"][0]["code"] for answer in later} <= {"IN_FLIGHT"}
    assert {answer.headers["retry-after"] for answer in later} <= {"1"}
    last = await shop.send(given)
    assert {answer.text for answer in answers if answer.status_code == 200} == {last.text}
    assert len(await orders(client)) == 1


async def test_a_basket_with_a_failing_share_is_finished_when_sent_again(client: Client, shop: Sender) -> None:
    first = await factories.entity(client)
    order_ = order(first)
    cart = {name: order_[name] for name in ("externalId", "placedAt", "customer")} | {
        "lines": [
            {"entityId": first, "line": factories.line()},
            {"entityExternalId": "late", "line": factories.line()},
        ]
    }

    refused = await shop.send(cart, kind="cart.created")
    await factories.entity(client, externalId="late")
    done = await shop.send(cart, kind="cart.created")

    assert refused.status_code == 422
    assert refused.json()["errors"] == [
        {"code": "NOT_FOUND", "message": "no such entity", "field": ["entityExternalId"], "retryable": False}
    ]
    told = [result["order"] for result in refused.json()["results"]]
    assert told[0]["status"] == "INVOICED"
    assert told[1] is None
    assert done.status_code == 200
    finished = [result["order"] for result in done.json()["results"]]
    assert finished[0] == told[0]
    assert {entry["id"] for entry in finished} == {entry["id"] for entry in await orders(client)}
    assert [result["errors"] for result in done.json()["results"]] == [[], []]


async def test_what_happens_to_an_order_is_told_by_its_id_or_the_shops_own(client: Client, shop: Sender) -> None:
    seller = await factories.entity(client, externalId="morgenrot", settings={"autoInvoice": "ON_PAYMENT"})
    made = [(await shop.send(order(seller), f"msg_{n}")).json()["order"] for n in range(3)]
    named = {"externalId": made[1]["externalId"], "entityExternalId": "morgenrot"}

    paid = await shop.send({"id": made[0]["id"], "paidAt": "2026-03-10T08:00:00Z"}, "a", kind="order.updated")
    cancelled = await shop.send({**named, "cancelledAt": "2026-03-10T08:00:00Z"}, "b", kind="order.updated")
    late = await shop.send({**named, "paidAt": "2026-03-10T08:00:00Z"}, "c", kind="order.updated")
    unnamed = await shop.send({"externalId": "x", "paidAt": "2026-03-10T08:00:00Z"}, "d", kind="order.updated")
    twice = await shop.send({"id": made[2]["id"], "externalId": "x"}, "e", kind="order.updated")
    unknown = await shop.send({"externalId": "x", "entityId": seller}, "f", kind="order.updated")

    assert [answer.status_code for answer in (paid, cancelled, late)] == [200, 200, 409]
    assert [answer.json()["order"]["status"] for answer in (paid, cancelled)] == ["INVOICED", "CANCELLED"]
    assert late.json()["errors"][0]["code"] == "INVALID_STATE"
    wrong = [answer.json()["errors"][0] for answer in (unnamed, twice, unknown)]
    assert [(error["code"], error["field"]) for error in wrong] == [
        ("INVALID_INPUT", ["entityId"]),
        ("INVALID_INPUT", ["id"]),
        ("NOT_FOUND", ["externalId"]),
    ]
    assert {entry["status"] for entry in await orders(client)} == {"INVOICED", "CANCELLED", "PROCESSING"}


async def test_a_sellers_channel_takes_its_orders_alone(client: Client, server: str, clock: Clock) -> None:
    mine, other = await factories.entity(client), await factories.entity(client, externalId="other")
    found = await channels.sender(client, server, clock, entityId=mine)

    unnamed = await found.send(order(), "a")
    foreign = [
        await found.send(order(**seller), message_id)
        for message_id, seller in [
            ("b", {"entityId": other}),
            ("c", {"entityId": other[:-1] + "0"}),
            ("d", {"entityExternalId": "other"}),
            ("e", {"entityExternalId": "nobody"}),
        ]
    ]
    await found.http.aclose()

    assert unnamed.json()["order"]["entityId"] == mine
    assert [answer.status_code for answer in foreign] == [422] * 4
    assert foreign[0].json() == foreign[1].json()
    assert foreign[2].json() == foreign[3].json()
    assert [entry["entity"]["id"] for entry in await orders(client)] == [mine]


async def test_a_channel_belongs_to_its_platform(
    client: Client, account: NewAccount, shop: Sender, server: str, clock: Clock
) -> None:
    live = client.with_key(account.live_secret)
    seller = await factories.entity(live, externalId="shop")
    sandboxed = await factories.entity(client, externalId="shop")
    found = await channels.sender(live, server, clock)

    answers = [
        await found.send(order(entityExternalId="shop")),
        await shop.send(order(entityExternalId="shop")),
        await shop.send(order(seller), "msg_2"),
    ]
    await found.http.aclose()

    assert [answer.status_code for answer in answers] == [200, 200, 422]
    assert [entry["entity"]["id"] for entry in await orders(live)] == [seller]
    assert [entry["entity"]["id"] for entry in await orders(client)] == [sandboxed]


async def test_an_old_secret_counts_until_its_time_is_up(client: Client, shop: Sender, clock: Clock) -> None:
    seller = await factories.entity(client)

    async def rotate(**given: Any) -> Any:
        return (await client.ask(channels.ROTATE, i={"id": shop.channel, **given}))["orderChannelRotate"]

    async def status(secret: str, message_id: str) -> int:
        body = message(order(seller))
        return (await shop.post(body, signed(secret, message_id, clock(), body))).status_code

    second = await rotate(overlapHours=2)
    third = await rotate()
    full = await rotate()
    secrets = [shop.secret, second["signingSecret"], third["signingSecret"]]
    assert second["orderChannel"]["previousSecretsUntil"] == "2026-03-10T11:00:00Z"
    assert third["orderChannel"]["previousSecretsUntil"] == "2026-03-11T09:00:00Z"
    assert full["userErrors"] == [{"code": "LIMIT_EXCEEDED", "field": ["overlapHours"]}]
    assert [await status(secret, f"a{n}") for n, secret in enumerate(secrets)] == [200, 200, 200]

    # A sender that signs with both, as during a rotation.
    body = message(order(seller))
    both = signed(secrets[1], "both", clock(), body)
    strange = signed("whsec_" + "A" * 32, "both", clock(), body)
    both["webhook-signature"] = f"{strange['webhook-signature']} v1a,AAAA {both['webhook-signature']}"
    assert (await shop.post(body, both)).status_code == 200

    clock.advance(hours=2)
    assert [await status(secret, f"b{n}") for n, secret in enumerate(secrets)] == [401, 200, 200]
    fourth = await rotate(overlapHours=0)
    assert fourth["orderChannel"]["previousSecretsUntil"] is None
    secrets.append(fourth["signingSecret"])
    assert [await status(secret, f"c{n}") for n, secret in enumerate(secrets)] == [401, 401, 401, 200]


async def test_a_closed_channel_says_so_to_its_owner_alone(client: Client, shop: Sender, clock: Clock) -> None:
    seller = await factories.entity(client)
    given = {"id": shop.channel, "enabled": False, "expectedVersion": 1}
    closed = (await client.ask(channels.UPDATE, i=given))["orderChannelUpdate"]
    answer = await shop.send(order(seller))
    stranger = await shop.send(order(seller), **{"webhook-signature": "v1,AAAA"})
    stale = (await client.ask(channels.UPDATE, i=given))["orderChannelUpdate"]
    await client.ask(channels.UPDATE, i={"id": shop.channel, "enabled": True})
    opened = await shop.send(order(seller))
    delete = "mutation($i: OrderChannelDeleteInput!) { orderChannelDelete(input: $i) { deletedId } }"
    await client.ask(delete, i={"id": shop.channel})
    gone = await shop.send(order(seller), "msg_2")

    assert closed["orderChannel"] == {"name": "Shop system", "enabled": False, "version": 2}
    assert stale["userErrors"] == [{"code": "VERSION_CONFLICT", "field": ["expectedVersion"]}]
    statuses = [one.status_code for one in (answer, stranger, opened, gone)]
    assert statuses == [403, 401, 200, 401]
    assert answer.json()["errors"][0]["code"] == "PERMISSION_DENIED"
    assert len(await orders(client)) == 1


async def test_the_owner_sees_when_it_was_used_and_why_it_failed(client: Client, shop: Sender, clock: Clock) -> None:
    seller = await factories.entity(client)
    await shop.send(order(seller), "a")
    assert await noted(client, lastUsedAt="2026-03-10T09:00:00Z") == {
        "lastUsedAt": "2026-03-10T09:00:00Z",
        "lastFailedAt": None,
        "lastFailure": None,
        "entity": None,
    }
    clock.advance(seconds=59)
    await shop.send(order(seller, lines=[]), "b")
    await noted(client, lastFailedAt="2026-03-10T09:00:59Z", lastFailure="lines: needs at least one line")
    clock.advance(seconds=60)
    await shop.send(order(seller), "c", **{"webhook-signature": "v1,AAAA"})
    await noted(client, lastFailedAt="2026-03-10T09:01:59Z", lastFailure="no signature matches")
    await shop.send(order(seller), "c")
    await noted(client, lastUsedAt="2026-03-10T09:01:59Z")


async def test_only_who_may_report_orders_makes_a_channel(client: Client, shop: Sender) -> None:
    for permissions in (["WEBHOOKS_WRITE"], ["ORDERS_WRITE"]):
        poor = client.with_key(await factories.key(client, permissions=permissions))
        for operation in (
            'mutation { orderChannelCreate(input: { name: "x" }) { signingSecret } }',
            f'mutation {{ orderChannelRotate(input: {{ id: "{shop.channel}" }}) {{ signingSecret }} }}',
            f'mutation {{ orderChannelUpdate(input: {{ id: "{shop.channel}" }}) {{ orderChannel {{ id }} }} }}',
            f'mutation {{ orderChannelDelete(input: {{ id: "{shop.channel}" }}) {{ deletedId }} }}',
        ):
            assert (await poor.error(operation))["extensions"]["code"] == "PERMISSION_DENIED"


@pytest.fixture(scope="session")
def javascript(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the JavaScript library of Standard Webhooks, as its lock file says."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("needs node and npm")
    folder = tmp_path_factory.mktemp("javascript") / "tests"
    shutil.copytree(JAVASCRIPT, folder)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=0"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    if done.returncode != 0:
        pytest.skip(f"npm cannot fetch standardwebhooks: {done.stderr[-200:]}")
    return folder


async def test_a_system_in_javascript_signs_orders(
    client: Client, shop: Sender, clock: Clock, javascript: Path
) -> None:
    seller = await factories.entity(client)
    body = message(order(seller, customer={"name": "Žofie Ünal", "address": {"country": "CZ"}}))
    seconds = int((clock() - timedelta(seconds=290)).timestamp())
    node = await asyncio.create_subprocess_exec(
        "node", "sign.cjs", shop.secret, "msg_js", str(seconds), cwd=javascript, stdin=-1, stdout=-1
    )
    signature, _ = await asyncio.wait_for(node.communicate(body), 20)
    headers = {
        "content-type": "application/json; charset=utf-8",
        "webhook-id": "msg_js",
        "webhook-timestamp": str(seconds),
        "webhook-signature": signature.decode(),
    }

    answer = await shop.post(body, headers)
    tampered = await shop.post(body.replace(b"Tea", b"Ten"), headers)

    assert (answer.status_code, tampered.status_code) == (200, 401)
    assert len(await orders(client)) == 1


async def test_a_database_that_is_away_or_loses_its_answer_does_no_harm(
    client: Client, shop: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    seller = await factories.entity(client, settings={"autoInvoice": "ON_PAYMENT"})
    made = (await shop.send(order(seller), "made")).json()["order"]
    given = {"id": made["id"], "paidAt": "2026-03-10T08:00:00Z"}
    # What is noted beside it is of no matter here: it is not noted again for a minute.
    await noted(client, lastUsedAt="2026-03-10T09:00:00Z")
    end, lost = Database._end, False

    async def away(*_: Any, **__: Any) -> Any:
        raise Unavailable("the database is away")

    async def lose_the_answer(database: Database, raw: Any, holder: Any, how: str) -> None:
        nonlocal lost
        await end(database, raw, holder, how)
        session = database._current.get()
        scope = session.scope if session is not None and session.writable else None
        if how == "COMMIT" and isinstance(scope, Scope) and scope.actor == shop.channel and not lost:
            lost = True
            raise ConnectionResetError("the server went away after it had committed")

    with monkeypatch.context() as patched:
        patched.setattr(Database, "_begin", away)
        first = await shop.send(given, "paid", kind="order.updated")
    with monkeypatch.context() as patched:
        patched.setattr(Database, "_end", lose_the_answer)
        second = await shop.send(given, "paid", kind="order.updated")
    third = await shop.send(given, "paid", kind="order.updated")

    for answer in (first, second):
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
        assert (answer.json()["errors"][0]["code"], answer.json()["errors"][0]["retryable"]) == ("UNAVAILABLE", True)
    assert third.status_code == 200
    (stored,) = await orders(client)
    assert stored["invoices"] == [{"number": "INV-001", "paymentStatus": "PAID"}]
