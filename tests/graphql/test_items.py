"""A seller's catalogue, and lines that are filled in from it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.db.transaction import Session
from tests import catalogue, factories
from tests.factories import ERRORS, Client, Data

ITEM = (
    "item { id externalId sku name description unit unitPrice currency priceIncludesTax supply { kind } taxClass"
    " status version entity { id } }"
)
LINES = "lines { sku description quantity unit unitPrice supply { kind } taxClass item { id name } }"
DRAFT = f"mutation($i: InvoiceCreateInput!) {{ invoiceCreate(input: $i) {{ invoice {{ id {LINES} }} {ERRORS} }} }}"


async def change(client: Client, mutation: str, **given: object) -> Data:
    kind = {"itemUpdate": "ItemUpdateInput", "itemCreate": "ItemCreateInput"}.get(mutation, "ItemIdInput")
    query = f"mutation($i: {kind}!) {{ {mutation}(input: $i) {{ {ITEM} {ERRORS} }} }}"
    found: Data = (await client.ask(query, i=given))[mutation]
    return found


async def draft(client: Client, buyer: str, *lines: Data, **given: object) -> Data:
    found: Data = (await client.ask(DRAFT, i={"customerId": buyer, "lines": list(lines), **given}))["invoiceCreate"]
    return found


def plain(shown: Data) -> Data:
    """An item or a line without the zeros that PostgreSQL gives after the point."""
    names = [name for name in ("unitPrice", "quantity") if name in shown]
    numbers: Data = {name: format(Decimal(shown[name]).normalize(), "f") for name in names}
    return {**shown, **numbers}


async def test_an_item_takes_what_is_not_told_from_its_seller(client: Client) -> None:
    seller = await factories.entity(client, currency="SEK")
    made = await change(client, "itemCreate", entityId=seller, name=" Tea ", unitPrice="11.9", sku="T-1")
    assert made["userErrors"] == []
    item = plain(made["item"])
    assert item.pop("id").startswith("item_")
    assert item == {
        "externalId": None,
        "sku": "T-1",
        "name": "Tea",
        "description": None,
        "unit": None,
        "unitPrice": "11.9",
        "currency": "SEK",
        "priceIncludesTax": True,
        "supply": {"kind": "GOODS"},
        "taxClass": "STANDARD",
        "status": "ACTIVE",
        "version": 1,
        "entity": {"id": seller},
    }


async def test_what_an_item_may_not_be_names_its_field(client: Client) -> None:
    seller, other = await factories.entity(client), await factories.entity(client)
    await catalogue.item(client, seller, sku="A", externalId="x")
    second = await catalogue.item(client, seller, sku="B")
    # The same at another seller is another item.
    await catalogue.item(client, other, sku="A", externalId="x")
    for given, code, field in (
        ({"sku": "A"}, "ALREADY_EXISTS", ["sku"]),
        ({"externalId": "x"}, "ALREADY_EXISTS", ["externalId"]),
        ({"name": " "}, "INVALID_INPUT", ["name"]),
        ({"unitPrice": "0.0000001"}, "INVALID_INPUT", ["unitPrice"]),
        ({"currency": "XXZ"}, "INVALID_INPUT", ["currency"]),
        ({"supply": {"dispatchFrom": "XX"}}, "INVALID_INPUT", ["supply", "dispatchFrom"]),
        ({"expectedVersion": 2}, "VERSION_CONFLICT", ["expectedVersion"]),
        ({"taxClass": None}, "INVALID_INPUT", ["taxClass"]),
    ):
        refused = await change(client, "itemUpdate", id=second, **given)
        assert [(error["code"], error["field"]) for error in refused["userErrors"]] == [(code, field)], given
    assert (await change(client, "itemUpdate", id=second, name="New", expectedVersion=1))["item"]["version"] == 2
    # Nothing new is no change.
    assert (await change(client, "itemUpdate", id=second, name="New"))["item"]["version"] == 2


async def test_a_line_copies_what_it_does_not_say(client: Client) -> None:
    seller = await factories.entity(client)
    buyer = await factories.customer(client, seller)
    item = await catalogue.item(
        client, seller, sku="ADV", description="An hour of advice", supply={"kind": "SERVICES"}, taxClass="REDUCED"
    )

    made = await draft(
        client,
        buyer,
        {"itemId": item, "quantity": "2"},
        {"itemId": item, "quantity": "1", "description": "Half price", "unitPrice": "50", "unit": "day", "sku": "X"},
        {"itemId": item, "quantity": "1", "supply": {"kind": "GOODS"}, "taxClass": "STANDARD"},
    )

    assert made["userErrors"] == []
    copied = {
        "sku": "ADV",
        "description": "An hour of advice",
        "unit": "h",
        "unitPrice": "100",
        "supply": {"kind": "SERVICES"},
        "taxClass": "REDUCED",
        "item": {"id": item, "name": "Advice"},
    }
    assert [plain(line) for line in made["invoice"]["lines"]] == [
        {**copied, "quantity": "2"},
        {**copied, "quantity": "1", "description": "Half price", "unitPrice": "50", "unit": "day", "sku": "X"},
        {**copied, "quantity": "1", "supply": {"kind": "GOODS"}, "taxClass": "STANDARD"},
    ]
    # when the item changes, and is archived, then the draft stays as it was, and can be finalized
    await change(client, "itemUpdate", id=item, unitPrice="999", name="Dear advice", description=None)
    await change(client, "itemArchive", id=item)
    after = await client.ask(f"query($id: ID!) {{ invoice(id: $id) {{ {LINES} }} }}", id=made["invoice"]["id"])
    assert [plain(line)["unitPrice"] for line in after["invoice"]["lines"]] == ["100", "50", "100"]
    assert (await factories.finalize(client, made["invoice"]["id"]))["userErrors"] == []
    # and a draft that is changed otherwise keeps its lines
    assert {line["item"]["name"] for line in after["invoice"]["lines"]} == {"Dear advice"}


async def test_a_line_that_cannot_be_filled_names_its_field(client: Client) -> None:
    seller, other = await factories.entity(client), await factories.entity(client)
    buyer = await factories.customer(client, seller)
    item, foreign = await catalogue.item(client, seller), await catalogue.item(client, other)
    net = await catalogue.item(client, seller, priceIncludesTax=False)
    dollars = await catalogue.item(client, seller, currency="USD")
    gone = await catalogue.item(client, seller)
    await change(client, "itemArchive", id=gone)
    for line, code, field in (
        ({"itemId": foreign}, "NOT_FOUND", "itemId"),
        ({"itemId": "item_00000000000000000000000000"}, "NOT_FOUND", "itemId"),
        ({"itemId": gone}, "INVALID_STATE", "itemId"),
        ({"itemId": net}, "INVALID_INPUT", "unitPrice"),
        ({"itemId": dollars}, "INVALID_INPUT", "unitPrice"),
        ({"unitPrice": "1"}, "INVALID_INPUT", "description"),
        ({"description": "x"}, "INVALID_INPUT", "unitPrice"),
    ):
        refused = await draft(client, buyer, {"itemId": item, "quantity": "1"}, {"quantity": "1", **line})
        found = [(error["code"], error["field"]) for error in refused["userErrors"]]
        assert found == [(code, ["lines", "1", field])], line
    # A price of its own makes the item's unimportant.
    for odd in (net, dollars):
        assert (await draft(client, buyer, {"itemId": odd, "quantity": "1", "unitPrice": "3"}))["userErrors"] == []
    # So does a document of the item's kind.
    made = await draft(client, buyer, {"itemId": net, "quantity": "1"}, pricesIncludeTax=False)
    assert made["userErrors"] == []
    update = f"mutation($i: InvoiceUpdateInput!) {{ invoiceUpdate(input: $i) {{ invoice {{ id {LINES} }} {ERRORS} }} }}"
    changed = await client.ask(
        update,
        i={"id": made["invoice"]["id"], "pricesIncludeTax": True, "lines": [{"itemId": item, "quantity": "4"}]},
    )
    assert changed["invoiceUpdate"]["invoice"]["lines"][0]["item"]["id"] == item


async def test_an_order_and_a_preview_name_items_too(client: Client) -> None:
    seller = await factories.entity(client)
    item = await catalogue.item(client, seller, sku="ADV", unitPrice="119")
    order = await factories.order(client, seller, lines=[{"itemId": item, "quantity": "1"}])
    assert order["invoices"][0]["grossTotal"] == {"amount": "119.00"}
    query = "query($id: ID!) { node(id: $id) { ... on Order { lines { sku description item { id } } } } }"
    found = (await client.ask(query, id=order["id"]))["node"]["lines"]
    assert found == [{"sku": "ADV", "description": "Advice", "item": {"id": item}}]
    # The same order again is known, though the item has changed since.
    given = factories.order_input(seller, externalId="again", lines=[{"itemId": item, "quantity": "1"}])
    first = await factories.order(client, seller, **given)
    await change(client, "itemUpdate", id=item, unitPrice="1")
    assert (await factories.order(client, seller, **given))["id"] == first["id"]
    preview = "query($i: TaxPreviewInput!) { taxPreview(input: $i) { grossTotal { amount } lines { item { id } } } }"
    asked = {
        "date": "2026-03-10",
        "currency": "EUR",
        "pricesIncludeTax": True,
        "buyer": {"country": "DE"},
        "lines": [{"itemId": item, "quantity": "3"}],
    }
    assert (await client.ask(preview, i={**asked, "entityId": seller}))["taxPreview"] == {
        "grossTotal": {"amount": "3.00"},
        "lines": [{"item": {"id": item}}],
    }
    inline = await client.error(preview, i={**asked, "seller": {"country": "DE"}})
    assert inline["extensions"]["code"] == "NOT_FOUND"


async def test_lists_of_items(client: Client) -> None:
    seller, other = await factories.entity(client), await factories.entity(client)
    tea = await catalogue.item(client, seller, name="Green tea", sku="T-1")
    pot = await catalogue.item(client, seller, name="Pot", sku="P-1")
    await catalogue.item(client, other, name="Tea of another", sku="T-1")
    await change(client, "itemArchive", id=pot)
    query = (
        "query($e: ID!, $w: ItemWhere, $o: ItemOrder) { entity(id: $e) {"
        " items(where: $w, orderBy: $o) { nodes { name } totalCount } } }"
    )

    async def names(where: Data | None = None, order: str = "NEWEST") -> list[str]:
        found = (await client.ask(query, e=seller, w=where, o=order))["entity"]["items"]
        assert found["totalCount"] == len(found["nodes"])
        return [node["name"] for node in found["nodes"]]

    assert await names() == ["Pot", "Green tea"]
    assert await names(order="NAME_ASC") == ["Green tea", "Pot"]
    assert await names({"search": "TEA"}) == ["Green tea"]
    assert await names({"search": "p-"}) == ["Pot"]
    assert await names({"status": {"eq": "ACTIVE"}}) == ["Green tea"]
    assert await names({"sku": {"oneOf": ["T-1", "none"]}}) == ["Green tea"]
    everyone = '{ items(where: { sku: { eq: "T-1" } }) { nodes { name } } }'
    assert len((await client.ask(everyone))["items"]["nodes"]) == 2
    one = "query($s: String, $e: ID, $id: ID) { item(sku: $s, entityId: $e, id: $id) { id } }"
    assert (await client.ask(one, s="T-1", e=seller))["item"] == {"id": tea}
    assert (await client.ask(one, id=tea))["item"] == {"id": tea}
    assert (await client.ask(one, s="none", e=seller))["item"] is None
    assert (await client.error(one, s="T-1"))["extensions"]["code"] == "INVALID_INPUT"
    own = client.with_key(await factories.key(client, seller))
    assert (await own.ask(one, s="T-1"))["item"] == {"id": tea}


async def test_an_archived_item_can_be_offered_again(client: Client) -> None:
    seller = await factories.entity(client)
    item = await catalogue.item(client, seller)
    assert (await change(client, "itemArchive", id=item))["item"]["status"] == "ARCHIVED"
    again = await change(client, "itemArchive", id=item)
    assert (again["item"]["status"], again["item"]["version"]) == ("ARCHIVED", 2)
    assert (await change(client, "itemUnarchive", id=item))["item"]["status"] == "ACTIVE"
    # Whoever may read only may not write, and nothing happens.
    reader = client.with_key(await factories.key(client, permissions=["INVOICES_READ"]))
    query = "mutation($i: ItemIdInput!) { itemArchive(input: $i) { item { id } } }"
    assert (await reader.error(query, i={"id": item}))["extensions"]["code"] == "PERMISSION_DENIED"
    shown = await client.ask("query($id: ID!) { item(id: $id) { status version } }", id=item)
    assert shown["item"] == {"status": "ACTIVE", "version": 3}


async def test_items_are_read_in_one_statement_and_in_none_where_no_line_names_one(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    seller = await factories.entity(client)
    items = [await catalogue.item(client, seller, name=f"Item {n}") for n in range(5)]
    statements: list[str] = []
    fetch = Session.fetch

    async def counted(self: Session, sql: str, *values: object) -> object:
        statements.append(sql)
        return await fetch(self, sql, *values)

    monkeypatch.setattr(Session, "fetch", counted)
    await factories.order(client, seller)
    assert [sql for sql in statements if " FROM item " in sql] == []
    await factories.order(client, seller, lines=[{"itemId": item, "quantity": "1"} for item in items * 3])
    assert len([sql for sql in statements if " FROM item " in sql]) == 1
