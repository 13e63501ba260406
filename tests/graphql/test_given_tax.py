"""Tax that the marketplace states: stored and shown as given, and refused where the law decides."""

from __future__ import annotations

from typing import Any

from tests import factories
from tests.factories import Client

AMERICAN = {
    "address": {"country": "US", "line1": "1 Main St", "city": "New York", "postcode": "10001", "region": "US-NY"},
    "currency": "USD",
    "taxIds": [],
    "settings": {"autoInvoice": "NEVER", "tax": {"pricesIncludeTax": False}},
}
INVOICE = """query($id: ID!) { invoice(id: $id) { number netTotal { amount } taxTotal { amount } grossTotal { amount }
  mentions taxes { category percent base { amount } tax { amount } } lines { net { amount } tax { amount }
  supply { givenTax { name amount percent jurisdiction } } taxDecision { treatment category rule evidence } } } }"""


def line(price: str, **given: Any) -> dict[str, Any]:
    return factories.line(price, supply={"givenTax": {"name": "Sales tax", "jurisdiction": "US-NY", **given}})


async def test_amounts_are_stored_and_shown_exactly_as_given(client: Client) -> None:
    seller = await factories.entity(client, **AMERICAN)
    buyer = await factories.customer(client, seller, address={"country": "US"})
    # By the rate it would be 8.88 and 0.89: what the marketplace collected is what counts.
    lines = [line("100.00", amount="8.87", percent="8.875"), line("10.00", amount="0.90", percent="8.875")]
    draft = await factories.draft(client, seller, buyer, lines=lines)
    done = await factories.finalize(client, draft, expectedTotal="119.77")

    assert done["userErrors"] == []
    found = (await client.ask(INVOICE, id=draft))["invoice"]
    assert (found["netTotal"], found["taxTotal"], found["grossTotal"]) == (
        {"amount": "110.00"},
        {"amount": "9.77"},
        {"amount": "119.77"},
    )
    assert found["taxes"] == [
        {"category": "S", "percent": "8.875", "base": {"amount": "110.00"}, "tax": {"amount": "9.77"}}
    ]
    assert found["mentions"] == ["Tax as stated by the marketplace"]
    assert [one["tax"]["amount"] for one in found["lines"]] == ["8.87", "0.90"]
    first = found["lines"][0]
    assert first["supply"]["givenTax"] == {
        "name": "Sales tax",
        "amount": "8.87",
        "percent": "8.875",
        "jurisdiction": "US-NY",
    }
    assert (first["taxDecision"]["treatment"], first["taxDecision"]["rule"]) == ("GIVEN", "us.given")
    assert first["taxDecision"]["evidence"]["stated_by"] == "marketplace"


async def test_a_rate_alone_is_computed_and_nothing_due_is_said(client: Client) -> None:
    seller = await factories.entity(client, **AMERICAN)
    buyer = await factories.customer(client, seller, address={"country": "US"})
    draft = await factories.draft(client, seller, buyer, lines=[line("100", percent="7.25"), line("50", percent="0")])
    found = (await client.ask(INVOICE, id=draft))["invoice"]
    assert [(tax["category"], tax["percent"], tax["tax"]["amount"]) for tax in found["taxes"]] == [
        ("S", "7.25", "7.25"),
        ("Z", "0", "0.00"),
    ]


CREATE = "mutation($i: InvoiceCreateInput!) { invoiceCreate(input: $i) { userErrors { code message field } } }"


async def refused(client: Client, seller: str, buyer: str, **given: Any) -> dict[str, Any]:
    payload = (await client.ask(CREATE, i={"customerId": buyer, **given}))["invoiceCreate"]
    (error,) = payload["userErrors"]
    found: dict[str, Any] = error
    return found


async def test_what_is_wrong_with_a_stated_tax_is_said(client: Client) -> None:
    seller = await factories.entity(client, **AMERICAN)
    buyer = await factories.customer(client, seller, address={"country": "US"})
    german = await factories.entity(client)
    german_buyer = await factories.customer(client, german)

    missing = await refused(client, seller, buyer, lines=[factories.line()])
    empty = await refused(client, seller, buyer, lines=[line("1")])
    negative = await refused(client, seller, buyer, lines=[line("1", amount="-1")])
    tiny = await refused(client, seller, buyer, lines=[line("1", amount="0.001")])
    gross = await refused(client, seller, buyer, pricesIncludeTax=True, lines=[line("1", amount="0.10")])
    decided = await refused(client, german, german_buyer, lines=[line("1", percent="5")])

    assert (missing["code"], missing["field"]) == ("TAX_UNDETERMINED", ["lines", "0", "supply", "givenTax"])
    assert empty["field"] == ["lines", "0", "supply", "givenTax"]
    assert negative["field"] == tiny["field"] == gross["field"] == ["lines", "0", "supply", "givenTax", "amount"]
    assert "decided by its law" in decided["message"]
