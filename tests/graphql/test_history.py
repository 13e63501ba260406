"""The history of objects: what was changed, by whom, from what to what."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import pytest
from aiohttp import web

from app.db.aggregates import HISTORY
from app.domain.history import MAX_CHANGES
from tests import books, channels, factories
from tests.conftest import Clock
from tests.factories import Client, Data
from tests.scenarios.receivers import receiver

ENTRY = (
    "action subjectType subjectId versionFrom versionTo requestId createdAt changesOmitted entity { id }"
    " actor { kind id name lastFour onBehalfOf } changes { field from to }"
)
ENTRIES = f"query($w: AuditWhere) {{ auditEntries(where: $w, first: 100) {{ totalCount nodes {{ id {ENTRY} }} }} }}"
ORDERS = "mutation($i: [OrderCreateInput!]!) { ordersCreate(input: $i) { results { order { customer { id } } } } }"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


async def history(client: Client, object_id: str) -> list[Data]:
    """The entries about an object, the newest first."""
    data = await client.ask(ENTRIES, w={"subjectId": {"eq": object_id}})
    found: list[Data] = data["auditEntries"]["nodes"]
    assert data["auditEntries"]["totalCount"] == len(found)
    return found


def changes(entry: Data) -> dict[str, tuple[Any, Any]]:
    return {change["field"]: (change["from"], change["to"]) for change in entry["changes"]}


async def change(client: Client, name: str, headers: dict[str, str] | None = None, /, **given: Any) -> Data:
    """The payload of a mutation that goes well, without its object."""
    kind = name[0].upper() + name[1:] + "Input"
    kind = "EntityIdInput" if name in ("entitySuspend", "entityActivate", "entityArchive") else kind
    response = await client.raw(
        f"mutation($i: {kind}!) {{ {name}(input: $i) {{ userErrors {{ code message field }} }} }}", headers, i=given
    )
    payload: Data = response["data"][name]
    assert payload["userErrors"] == []
    return payload


async def test_a_seller_is_told_by_the_names_of_the_api(client: Client, clock: Clock) -> None:
    seller = await factories.entity(client, name="Tea", legalName="Tea GmbH")
    clock.advance(hours=1)
    request = {"x-request-id": "req-1"}
    logo = {"logo": base64.b64encode(PNG).decode()}
    formats = [{"type": "STANDARD", "pattern": "R-{nnnn}"}, {"type": "CREDIT_NOTE", "pattern": "G-{nnnn}"}]
    settings = {"numberFormats": formats, "tax": {"oss": True}, "reminders": {"daysAfterDue": [3, 9]}}
    await change(
        client,
        "entityUpdate",
        request,
        id=seller,
        address={"country": "DE", "city": "Hamburg"},
        settings=settings,
        branding=logo,
        taxIds=[],
    )
    await change(client, "entitySuspend", id=seller)

    suspended, updated, created = await history(client, seller)

    assert (created["action"], created["versionFrom"], created["versionTo"]) == ("CREATED", None, 1)
    assert changes(created)["address.city"] == (None, "Berlin")
    assert changes(created)["settings.autoInvoice"] == (None, "ON_ORDER")
    assert "externalId" in changes(created)
    assert "email" not in changes(created)
    assert (updated["action"], updated["versionFrom"], updated["versionTo"]) == ("UPDATED", 1, 2)
    assert changes(updated) == {
        "address.line1": ("Hauptstraße 1", None),
        "address.postcode": ("10115", None),
        "address.city": ("Berlin", "Hamburg"),
        "taxIds.0.value": ("DE136695976", None),
        "taxIds.0.country": ("DE", None),
        "taxIds.0.status": ("UNVERIFIED", None),
        "settings.numberFormats.STANDARD": (None, "R-{nnnn}"),
        "settings.numberFormats.CREDIT_NOTE": (None, "G-{nnnn}"),
        "settings.tax.oss": (False, True),
        "settings.reminders.daysAfterDue": (None, [3, 9]),
        "branding.logo": (None, f"sha256:{hashlib.sha256(PNG).hexdigest()}"),
    }
    assert updated["requestId"] == "req-1"
    assert updated["createdAt"] == f"{clock():%Y-%m-%dT%H:%M:%SZ}"
    assert updated["subjectType"] == "ENTITY"
    assert updated["entity"] == {"id": seller}
    assert (suspended["action"], changes(suspended)) == ("SUSPENDED", {"status": ("ACTIVE", "SUSPENDED")})
    shown = await client.ask(
        "query($id: ID!) { entity(id: $id) { history(first: 1) { totalCount nodes { action } } } }", id=seller
    )
    assert shown["entity"]["history"] == {"totalCount": 3, "nodes": [{"action": "SUSPENDED"}]}


async def test_a_draft_is_told_with_its_lines_until_it_is_gone(client: Client) -> None:
    seller = await factories.entity(client)
    buyer, other = [await factories.customer(client, seller) for _ in range(2)]
    lines = [factories.line("10.00"), factories.line("5.00", "2", allowances=[{"percent": "10", "reason": "loyal"}])]
    draft = await factories.draft(client, seller, buyer, lines=lines, note="first")
    lines = [lines[0], {**lines[1], "unitPrice": "6.50"}, factories.line("1.00", sku="T-1")]
    await change(client, "invoiceUpdate", id=draft, lines=lines, customerId=other, note=None)
    # Saved again as it is.
    await change(client, "invoiceUpdate", id=draft, note=None)
    await change(client, "invoiceDelete", id=draft)

    deleted, updated, created = await history(client, draft)

    assert changes(created)["lines.1.unitPrice"] == (None, "5")
    assert changes(created)["lines.1.allowances.0.percent"] == (None, "10")
    assert changes(created)["grossTotal"] == (None, "19.00")
    told = changes(updated)
    assert {path: told[path] for path in ("customerId", "note", "lines.1.unitPrice", "grossTotal", "lines.2.sku")} == {
        "customerId": (buyer, other),
        "note": ("first", None),
        "lines.1.unitPrice": ("5", "6.5"),
        "grossTotal": ("19.00", "22.70"),
        "lines.2.sku": (None, "T-1"),
    }
    assert not [path for path in told if path.startswith("lines.0")]
    assert (updated["versionFrom"], updated["versionTo"]) == (1, 2)
    assert (deleted["action"], deleted["versionFrom"], deleted["versionTo"]) == ("DELETED", 3, None)
    assert changes(deleted)["lines.2.sku"] == ("T-1", None)
    assert changes(deleted)["grossTotal"] == ("22.70", None)


async def test_a_draft_that_goes_with_its_order_is_told(client: Client) -> None:
    seller = await factories.entity(client, settings={"autoInvoice": "NEVER"})
    order = await factories.order(client, seller)
    create = "mutation($i: InvoiceCreateInput!) { invoiceCreate(input: $i) { invoice { id } } }"
    draft = (await client.ask(create, i={"orderId": order["id"]}))["invoiceCreate"]["invoice"]["id"]

    await change(client, "orderUpdate", id=order["id"], cancelledAt="2026-03-10T09:00:00Z")

    deleted, created = await history(client, draft)
    assert changes(created)["orderId"] == (None, order["id"])
    assert (deleted["action"], changes(deleted)["lines.0.unitPrice"]) == ("DELETED", ("11.9", None))


async def test_a_long_draft_and_long_texts_are_bounded(client: Client) -> None:
    seller = await factories.entity(client)
    lines = [factories.line("1.00", sku=f"S{n}") for n in range(60)]
    draft = await factories.draft(client, seller, lines=lines, note="x" * 1_999 + "!")

    (created,) = await history(client, draft)

    assert len(created["changes"]) == MAX_CHANGES
    assert created["changesOmitted"] > 0
    note = changes(created)["note"][1]
    assert (len(note), note[-2:]) == (500, "x…")


async def test_orders_tell_of_the_buyers_they_make_and_change(client: Client) -> None:
    seller = await factories.entity(client)
    buyer = {"name": "Erika", "externalId": "e", "email": "e@example.com", "address": {"country": "DE"}}
    given = [
        factories.order_input(seller, customer=buyer),
        factories.order_input(seller, customer=buyer),
        factories.order_input(seller, customer={**buyer, "name": "Erika M."}),
        factories.order_input(seller, customer={"name": "Max", "address": {"country": "AT"}}),
    ]
    create = "mutation($i: OrderCreateInput!) { orderCreate(input: $i) { order { customer { id } } } }"
    answers = [await client.raw(create, {"x-request-id": f"req-{n}"}, i=order) for n, order in enumerate(given)]
    made = [answer["data"]["orderCreate"]["order"]["customer"]["id"] for answer in answers]
    assert len(set(made)) == 2

    renamed, created = await history(client, made[0])
    (other,) = await history(client, made[3])

    assert (created["action"], created["requestId"]) == ("CREATED", "req-0")
    assert changes(created)["email"] == (None, "e@example.com")
    assert (renamed["requestId"], renamed["versionFrom"], renamed["versionTo"]) == ("req-2", 1, 2)
    assert changes(renamed) == {"name": ("Erika", "Erika M.")}
    assert other["requestId"] == "req-3"
    assert renamed["actor"] == {
        "kind": "OPERATOR_AS_SELLER",
        "id": (await books.scope_of(client)).actor,
        "name": "First key",
        "lastFour": client.secret[-4:],
        "onBehalfOf": seller,
    }
    # Documents that come into being finalized were nobody's draft.
    assert not (await client.ask(ENTRIES, w={"subjectType": {"eq": "INVOICE"}}))["auditEntries"]["nodes"]


async def test_a_batch_that_makes_and_changes_a_buyer_tells_both(client: Client) -> None:
    seller = await factories.entity(client)
    buyer = {"name": "Erika", "externalId": "e", "address": {"country": "DE"}}
    given = [factories.order_input(seller, customer={**buyer, "name": name}) for name in ("A", "B", "B", "C")]
    answer = await client.ask(
        ORDERS,
        i=given,
    )
    buyer_id = answer["ordersCreate"]["results"][0]["order"]["customer"]["id"]

    told = [
        (entry["action"], changes(entry)["name"], entry["versionFrom"], entry["versionTo"])
        for entry in await history(client, buyer_id)
    ]

    assert told == [
        ("UPDATED", ("B", "C"), 2, 3),
        ("UPDATED", ("A", "B"), 1, 2),
        ("CREATED", (None, "A"), None, 1),
    ]
    shown = await client.ask(
        "query($id: ID!) { node(id: $id) { ... on Customer { version history { totalCount } } } }", id=buyer_id
    )
    assert shown["node"] == {"version": 3, "history": {"totalCount": 3}}


async def test_who_acted_is_told(client: Client, server: str, clock: Clock) -> None:
    seller = await factories.entity(client)
    asking = client.with_key(await factories.key(client, seller))
    own = await factories.customer(asking, seller)
    operators = await factories.customer(client, seller)
    kinds = {buyer: (await history(client, buyer))[0]["actor"] for buyer in (own, operators)}
    operator = (await books.scope_of(client)).actor
    assert (kinds[own]["kind"], kinds[own]["onBehalfOf"], kinds[own]["name"]) == ("KEY", None, "a key")
    assert (kinds[own]["lastFour"], kinds[own]["id"]) == (asking.secret[-4:], (await books.scope_of(asking)).actor)
    assert (kinds[operators]["kind"], kinds[operators]["onBehalfOf"]) == ("OPERATOR_AS_SELLER", seller)
    # What the operator does to a seller is its own right.
    assert (await history(client, seller))[-1]["actor"]["kind"] == "KEY"
    # The seller knows that it was the operator, and nothing of its key.
    seen = (await history(asking, operators))[0]["actor"]
    assert seen == {
        "kind": "OPERATOR_AS_SELLER",
        "id": operator,
        "name": None,
        "lastFour": None,
        "onBehalfOf": seller,
    }

    for channel_of, kind in ((seller, "CHANNEL"), (None, "OPERATOR_AS_SELLER")):
        sender = await channels.sender(client, server, clock, entityId=channel_of)
        buyer = {"name": "Jo", "externalId": f"jo-{kind}", "address": {"country": "DE"}}
        response = await sender.send(channels.order(seller, customer=buyer))
        assert response.status_code == 200, response.text
        await sender.http.aclose()
        data = await client.ask(ENTRIES, w={"actor": {"eq": sender.channel}})
        (entry,) = data["auditEntries"]["nodes"]
        assert (entry["actor"]["kind"], entry["actor"]["name"]) == (kind, "Shop system")
        assert entry["requestId"] == response.headers["x-request-id"]


async def test_an_endpoint_that_the_product_disables_is_told(client: Client) -> None:
    async def gone(_: web.Request) -> web.Response:
        return web.Response(status=410)

    create = "mutation($i: WebhookEndpointCreateInput!) { webhookEndpointCreate(input: $i) { webhookEndpoint { id } } }"
    worker = client.app.worker
    async with receiver(gone) as port:
        made = await client.ask(create, i={"url": f"http://127.0.0.1:{port}/"})
        endpoint = made["webhookEndpointCreate"]["webhookEndpoint"]["id"]
        await factories.entity(client)
        await factories.settled(client.app)
        while await worker.deliver_once():
            await worker.settle()

    disabled, created = await history(client, endpoint)

    assert created["action"] == "CREATED"
    assert disabled["action"] == "DISABLED"
    assert changes(disabled)["status"] == ("ENABLED", "DISABLED")
    assert (disabled["actor"]["kind"], disabled["actor"]["id"]) == ("SYSTEM", "system:worker")
    assert disabled["requestId"] is None


async def test_secrets_are_never_told(client: Client) -> None:
    endpoint = await client.ask(
        "mutation($i: WebhookEndpointCreateInput!) { webhookEndpointCreate(input: $i) { signingSecret"
        " webhookEndpoint { id } } }",
        i={"url": "https://example.com/x", "headers": {"x_api_key": "hush-1", "X-Old": "hush-2"}},
    )
    endpoint_id = endpoint["webhookEndpointCreate"]["webhookEndpoint"]["id"]
    await change(client, "webhookEndpointUpdate", id=endpoint_id, headers={"x_api_key": "hush-3"})
    rotated = await client.ask(
        "mutation($i: WebhookSecretRotateInput!) { webhookSecretRotate(input: $i) { signingSecret } }",
        i={"id": endpoint_id},
    )
    channel = await client.ask(channels.CREATE, i={"name": "c"})
    channel_id = channel["orderChannelCreate"]["orderChannel"]["id"]
    fresh = await client.ask(channels.ROTATE, i={"id": channel_id})
    key = await client.ask('mutation { apiKeyCreate(input: { name: "k" }) { secret apiKey { id } } }')
    key_id = key["apiKeyCreate"]["apiKey"]["id"]
    await change(client, "apiKeyRevoke", id=key_id)
    hidden = [
        *("hush-1", "hush-2", "hush-3", key["apiKeyCreate"]["secret"][8:-4]),
        *(endpoint["webhookEndpointCreate"]["signingSecret"], rotated["webhookSecretRotate"]["signingSecret"]),
        *(channel["orderChannelCreate"]["signingSecret"], fresh["orderChannelRotate"]["signingSecret"]),
    ]

    rotation, update, creation = await history(client, endpoint_id)
    assert changes(creation)["headers.x_api_key"] == (None, "(hidden)")
    assert changes(creation)["signingSecret"] == (None, "(hidden)")
    assert changes(update) == {"headers.x_api_key": ("(hidden)",) * 2, "headers.X-Old": ("(hidden)", None)}
    assert (rotation["action"], changes(rotation)) == ("SECRET_ROTATED", {"signingSecret": ("(hidden)",) * 2})
    of_channel = (await history(client, channel_id))[0]
    assert (of_channel["action"], of_channel["versionTo"]) == ("SECRET_ROTATED", 2)
    revoked, made = await history(client, key_id)
    assert (revoked["action"], changes(revoked)["revokedAt"][0]) == ("REVOKED", None)
    assert "AUDIT_READ" in changes(made)["permissions"][1]
    scope = await books.scope_of(client)
    async with client.app.database.read(scope) as session:
        rows = await HISTORY.list(scope, session, limit=1_000)
    text = json.dumps([list(row.changes) for row in rows])
    assert len(rows) >= 7
    assert not [secret for secret in hidden if secret in text]


async def test_entries_are_found_by_what_they_are_about(client: Client, clock: Clock) -> None:
    seller, other = await factories.entity(client), await factories.entity(client)
    buyer = await factories.customer(client, seller)
    clock.advance(days=1)
    await change(client, "customerUpdate", id=buyer, name="Other")

    async def found(**where: Any) -> list[tuple[str, str]]:
        nodes = (await client.ask(ENTRIES, w=where))["auditEntries"]["nodes"]
        return [(entry["action"], entry["subjectId"]) for entry in nodes]

    assert await found(entityId={"eq": seller}) == [("UPDATED", buyer), ("CREATED", buyer), ("CREATED", seller)]
    assert await found(subjectType={"eq": "ENTITY"}) == [("CREATED", other), ("CREATED", seller)]
    assert await found(action={"oneOf": ["UPDATED", "DELETED"]}) == [("UPDATED", buyer)]
    assert await found(createdAt={"range": {"gte": clock().isoformat()}}) == [("UPDATED", buyer)]
    assert await found(actor={"eq": "key_nobody"}) == []
    assert len(await found(actor={"eq": (await books.scope_of(client)).actor})) == 4
    page = "query($a: String) { auditEntries(first: 2, after: $a) { nodes { id } pageInfo { endCursor hasNextPage } } }"
    first = (await client.ask(page))["auditEntries"]
    rest = (await client.ask(page, a=first["pageInfo"]["endCursor"]))["auditEntries"]
    ids = [entry["id"] for entry in (*first["nodes"], *rest["nodes"])]
    assert ids == sorted(ids, reverse=True)
    assert (len(set(ids)), rest["pageInfo"]["hasNextPage"]) == (4, False)


async def test_a_seller_sees_its_own_history_and_a_key_needs_the_permission(client: Client) -> None:
    seller, other = await factories.entity(client), await factories.entity(client)
    await factories.customer(client, other)
    await factories.customer(client, seller)
    await client.ask('mutation { apiKeyCreate(input: { name: "operators" }) { apiKey { id } } }')
    asking = client.with_key(await factories.key(client, seller))

    nodes = (await asking.ask(ENTRIES))["auditEntries"]["nodes"]

    assert {entry["entity"]["id"] for entry in nodes} == {seller}
    assert sorted(entry["subjectType"] for entry in nodes) == ["API_KEY", "CUSTOMER", "ENTITY"]
    without = client.with_key(await factories.key(client, seller, ["ENTITIES_READ", "API_KEYS_READ"]))
    assert (await without.error(ENTRIES))["extensions"]["code"] == "PERMISSION_DENIED"
    nested = "{ entities { nodes { history { nodes { id } } } } }"
    assert (await without.error(nested))["extensions"]["code"] == "PERMISSION_DENIED"
    # The history alone does not open what else may be read of a key.
    narrow = client.with_key(await factories.key(client, seller, ["AUDIT_READ"]))
    kinds = "{ auditEntries { nodes { actor { kind name lastFour } } } }"
    actors = [entry["actor"] for entry in (await narrow.ask(kinds))["auditEntries"]["nodes"]]
    assert {actor["kind"] for actor in actors} == {"OPERATOR_AS_SELLER", "KEY"}
    assert (await narrow.error("{ apiKeys { nodes { id } } }"))["extensions"]["code"] == "PERMISSION_DENIED"


CONFLICT = "userErrors { code message field conflict { currentVersion changedFields changedBy changedAt } }"


async def conflict(client: Client, name: str, /, **given: Any) -> Data:
    kind = name[0].upper() + name[1:] + "Input"
    payload = (await client.ask(f"mutation($i: {kind}!) {{ {name}(input: $i) {{ {CONFLICT} }} }}", i=given))[name]
    (error,) = payload["userErrors"]
    assert (error["code"], error["field"]) == ("VERSION_CONFLICT", ["expectedVersion"])
    found: Data = error
    return found


async def _versioned(client: Client, name: str) -> tuple[str, Data, Data]:
    """An object at version 1, with two changes of it."""
    seller = await factories.entity(client)
    match name:
        case "entityUpdate":
            return seller, {"name": "A"}, {"address": {"country": "DE", "city": "Ulm"}, "name": "B"}
        case "customerUpdate":
            return await factories.customer(client, seller), {"email": "a@example.com"}, {"name": "B"}
        case "invoiceUpdate":
            return await factories.draft(client, seller), {"note": "A"}, {"orderReference": "4711"}
        case "webhookEndpointUpdate":
            made = await client.ask(
                "mutation($i: WebhookEndpointCreateInput!)"
                " { webhookEndpointCreate(input: $i) { webhookEndpoint { id } } }",
                i={"url": "https://example.com/x"},
            )
            endpoint: str = made["webhookEndpointCreate"]["webhookEndpoint"]["id"]
            return endpoint, {"description": "A"}, {"ordered": True}
    made = await client.ask(channels.CREATE, i={"name": "c"})
    return made["orderChannelCreate"]["orderChannel"]["id"], {"name": "A"}, {"enabled": False}


FIELDS = {
    "entityUpdate": ["name", "address.line1", "address.postcode", "address.city"],
    "customerUpdate": ["email", "name"],
    "invoiceUpdate": ["note", "orderReference"],
    "webhookEndpointUpdate": ["description", "ordered"],
    "orderChannelUpdate": ["name", "enabled"],
}


@pytest.mark.parametrize("name", sorted(FIELDS))
async def test_a_conflict_says_what_changed_since_by_whom_and_when(client: Client, clock: Clock, name: str) -> None:
    # given an object that two others changed since it was read
    object_id, first, second = await _versioned(client, name)
    await change(client, name, id=object_id, expectedVersion=1, **first)
    clock.advance(minutes=5)
    other = client.with_key(await factories.key(client))
    await change(other, name, id=object_id, **second)

    # when it is changed as it was read
    error = await conflict(client, name, id=object_id, expectedVersion=1, **first)

    # then
    told = error["conflict"]
    assert sorted(told["changedFields"]) == sorted(FIELDS[name])
    by = (await books.scope_of(other)).actor
    assert (told["currentVersion"], told["changedBy"], told["changedAt"]) == (3, by, f"{clock():%Y-%m-%dT%H:%M:%SZ}")
    assert f"at version 3, not 1: {', '.join(told['changedFields'][:5])}" in error["message"]
    assert f"last by {by} at {clock():%Y-%m-%d %H:%M:%S} UTC; read it again" in error["message"]
    # since the second version only the last change
    error = await conflict(client, name, id=object_id, expectedVersion=2, **first)
    assert set(FIELDS[name]) > set(error["conflict"]["changedFields"]) or name == "entityUpdate"
    # and a version that is yet to come is no version
    error = await conflict(client, name, id=object_id, expectedVersion=7, **first)
    assert "there is no version 7 yet" in error["message"]
    assert error["conflict"] == {"currentVersion": 3, "changedFields": [], "changedBy": None, "changedAt": None}


async def test_a_conflict_names_five_fields_and_counts_the_others(client: Client) -> None:
    seller = await factories.entity(client)
    given = {"name": "A", "legalName": "A GmbH", "phone": "1", "website": "https://a.example", "locale": "de"}
    await change(client, "entityUpdate", id=seller, registration="HRB 1", currency="USD", **given)

    error = await conflict(client, "entityUpdate", id=seller, expectedVersion=1, name="B")

    assert "name, legalName, currency, locale, phone and 2 more changed since" in error["message"]
    assert len(error["conflict"]["changedFields"]) == 7


async def test_what_was_saved_without_a_change_is_no_riddle(client: Client) -> None:
    seller = await factories.entity(client, name="A")
    await change(client, "entityUpdate", id=seller, name="A")

    error = await conflict(client, "entityUpdate", id=seller, expectedVersion=1, name="B")

    assert error["message"] == "the entity is at version 2, not 1: it was written since; read it again"
    assert len(await history(client, seller)) == 1
