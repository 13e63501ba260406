"""What a customer's account refuses, and to whom it is shown."""

from __future__ import annotations

from typing import Any

import pytest

from tests import factories
from tests.factories import Client

STATEMENT = """query($c: ID!, $from: Date!, $to: Date!, $currency: CurrencyCode!, $first: Int! = 100, $after: String) {
  node(id: $c) { ... on Customer { statement(from: $from, to: $to, currency: $currency, first: $first, after: $after) {
    openingBalance { amount } closingBalance { amount } entries { balance { amount } } hasNextPage endCursor } } } }"""
YEAR: dict[str, Any] = {"from": "2026-01-01", "to": "2026-12-31", "currency": "EUR"}


async def buyer_of(client: Client, seller: str) -> str:
    billed = (await factories.order(client, seller))["invoices"][0]["id"]
    found = await client.ask("query($i: ID!) { invoice(id: $i) { customer { id } } }", i=billed)
    return str(found["invoice"]["customer"]["id"])


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"to": "2025-12-31"}, "lies before from"),
        ({"from": "1990-01-01"}, "a statement covers 3700 days at most"),
        ({"first": 0}, "must be from 1 to 100"),
        ({"first": 101}, "must be from 1 to 100"),
        ({"after": "nonsense"}, "is no cursor of a statement"),
        ({"after": "5b312c325d"}, "is no cursor of a statement"),
        ({"currency": "XYZ"}, "XYZ"),
    ],
)
async def test_a_statement_says_what_is_wrong_with_the_question(client: Client, given: Any, text: str) -> None:
    buyer = await buyer_of(client, await factories.entity(client))
    error = await client.error(STATEMENT, c=buyer, **{**YEAR, **given})
    assert text in error["message"]


async def test_a_statement_of_nothing_is_empty(client: Client) -> None:
    buyer = await factories.customer(client, await factories.entity(client))
    zero = {"amount": "0.00"}
    assert (await client.ask(STATEMENT, c=buyer, **YEAR))["node"]["statement"] == {
        "openingBalance": zero,
        "closingBalance": zero,
        "entries": [],
        "hasNextPage": False,
        "endCursor": None,
    }
    question = "query($c: ID!) { node(id: $c) { ... on Customer { ageing { currency } balance { amount } } } }"
    assert (await client.ask(question, c=buyer))["node"] == {"ageing": [], "balance": []}


async def test_each_seller_sees_its_own_accounts(client: Client) -> None:
    # given two sellers with a buyer each, and the first one's key
    first, second = await factories.entity(client), await factories.entity(client)
    mine, _ = await buyer_of(client, first), await buyer_of(client, second)
    seller = client.with_key(await factories.key(client, first))

    # then it is shown its own buyer's account, and its own ageing
    found = await seller.ask(
        "{ customers { nodes { id balance { amount } } } entities { nodes { ageing { total { amount } } } } }"
    )
    assert found["customers"]["nodes"] == [{"id": mine, "balance": [{"amount": "11.90"}]}]
    assert found["entities"]["nodes"] == [{"ageing": [{"total": {"amount": "11.90"}}]}]
    assert (await seller.ask(STATEMENT, c=mine, **YEAR))["node"]["statement"]["closingBalance"] == {"amount": "11.90"}


async def test_who_may_not_read_payments_is_shown_no_account(client: Client) -> None:
    buyer = await buyer_of(client, await factories.entity(client))
    limited = client.with_key(await factories.key(client, permissions=["CUSTOMERS_READ", "INVOICES_READ"]))
    assert (await limited.error(STATEMENT, c=buyer, **YEAR))["extensions"]["code"] == "PERMISSION_DENIED"
    question = "query($c: ID!) { node(id: $c) { ... on Customer { creditBalance { amount } } } }"
    assert (await limited.error(question, c=buyer))["extensions"]["code"] == "PERMISSION_DENIED"
    allowed = "query($c: ID!) { node(id: $c) { ... on Customer { balance { amount } } } }"
    assert (await limited.ask(allowed, c=buyer))["node"]["balance"] == [{"amount": "11.90"}]


async def test_a_key_that_only_reads_records_nothing(client: Client) -> None:
    buyer = await buyer_of(client, await factories.entity(client))
    reader = client.with_key(await factories.key(client, permissions=["PAYMENTS_READ", "CUSTOMERS_READ"]))
    for mutation in (
        'paymentRecord(input: { customerId: $c, currency: "EUR", amount: "5.00" })',
        'balanceRefund(input: { customerId: $c, currency: "EUR" })',
        "balanceApply(input: { customerId: $c, invoiceId: $c })",
        'paymentReverse(input: { id: $c, reason: "x" })',
    ):
        error = await reader.error(f"mutation($c: ID!) {{ {mutation} {{ userErrors {{ message }} }} }}", c=buyer)
        assert error["extensions"]["code"] == "PERMISSION_DENIED"
    question = (
        "query($c: ID!) { node(id: $c) { ... on Customer { creditBalance { amount } payments { totalCount } } } }"
    )
    assert (await client.ask(question, c=buyer))["node"] == {"creditBalance": [], "payments": {"totalCount": 0}}
