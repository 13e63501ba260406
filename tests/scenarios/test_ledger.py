"""Money over a customer's quarter, to the cent; and many hands on one balance."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from app.domain.ledger import CreditSettlement
from tests import factories, ledger
from tests.conftest import Clock
from tests.factories import Client, Data

ERRORS = "userErrors { code message field }"
PAYMENT = (
    "payment { id direction amount { amount } unallocated { amount } reference reversedAt reversalReason"
    " invoice { id } allocations { amount { amount } invoice { number } } }"
)
INVOICE = "status paymentStatus paidTotal { amount } creditedTotal { amount } amountDue { amount } overdue"


async def pay(client: Client, **given: Any) -> Data:
    mutation = f"mutation($i: PaymentRecordInput!) {{ paymentRecord(input: $i) {{ {PAYMENT} {ERRORS} }} }}"
    found: Data = (await client.ask(mutation, i=given))["paymentRecord"]
    return found


async def reverse(client: Client, payment_id: str, **given: Any) -> Data:
    mutation = f"mutation($i: PaymentReverseInput!) {{ paymentReverse(input: $i) {{ {PAYMENT} {ERRORS} }} }}"
    given = {"id": payment_id, "reason": "the debit was returned", **given}
    found: Data = (await client.ask(mutation, i=given))["paymentReverse"]
    return found


async def apply(client: Client, customer_id: str, invoice_id: str, amount: str | None = None) -> Data:
    mutation = (
        "mutation($i: BalanceApplyInput!) { balanceApply(input: $i) {"
        f" invoice {{ {INVOICE} }} customer {{ creditBalance {{ amount }} }} {ERRORS} }} }}"
    )
    given = {"customerId": customer_id, "invoiceId": invoice_id, "amount": amount}
    found: Data = (await client.ask(mutation, i=given))["balanceApply"]
    return found


async def refund(client: Client, customer_id: str, **given: Any) -> Data:
    mutation = f"mutation($i: BalanceRefundInput!) {{ balanceRefund(input: $i) {{ {PAYMENT} {ERRORS} }} }}"
    found: Data = (await client.ask(mutation, i={"customerId": customer_id, "currency": "EUR", **given}))[
        "balanceRefund"
    ]
    return found


async def bill(client: Client, seller: str, buyer: str, price: str, **given: Any) -> str:
    draft = await factories.draft(client, seller, buyer, lines=[factories.line(price)], **given)
    assert (await factories.finalize(client, draft))["userErrors"] == []
    return draft


async def invoice_of(client: Client, invoice_id: str) -> tuple[str, ...]:
    """Paid, credited, due, and its payment status."""
    found = (await client.ask(f"query($i: ID!) {{ invoice(id: $i) {{ {INVOICE} }} }}", i=invoice_id))["invoice"]
    amounts = [found[name]["amount"] for name in ("paidTotal", "creditedTotal", "amountDue")]
    return (*amounts, found["paymentStatus"])


def message(payload: Data) -> tuple[list[str], str]:
    (error,) = payload["userErrors"]
    return error["field"], error["message"]


@pytest.fixture
async def parties(client: Client) -> tuple[str, str]:
    seller = await factories.entity(
        client, settings={"autoInvoice": "NEVER", "paymentTermDays": 14, "tax": {"pricesIncludeTax": True}}
    )
    return seller, await factories.customer(client, seller)


STATEMENT = """query($c: ID!, $from: Date!, $to: Date!, $first: Int! = 100, $after: String) {
  node(id: $c) { ... on Customer {
  balance { amount currency } creditBalance { amount currency }
  statement(from: $from, to: $to, currency: "EUR", first: $first, after: $after) {
    openingBalance { amount } closingBalance { amount } hasNextPage endCursor
    entries { date kind documentNumber reference debit { amount } credit { amount } balance { amount } } } } } }"""


async def statement(client: Client, buyer: str, since: str, until: str, **given: Any) -> Data:
    found: Data = (await client.ask(STATEMENT, c=buyer, **{"from": since, "to": until}, **given))["node"]
    return found


def lines(found: Data) -> list[tuple[Any, ...]]:
    return [
        (
            entry["date"],
            entry["kind"],
            entry["documentNumber"],
            None if entry["debit"] is None else entry["debit"]["amount"],
            None if entry["credit"] is None else entry["credit"]["amount"],
            entry["balance"]["amount"],
        )
        for entry in found["statement"]["entries"]
    ]


async def test_a_customers_quarter(client: Client, clock: Clock, parties: tuple[str, str]) -> None:
    seller, buyer = parties
    # given an invoice of December, and two of January, the second late in the evening of the 31st where the seller is
    clock.now = datetime(2025, 12, 15, 9, tzinfo=UTC)
    december = await bill(client, seller, buyer, "80.00")
    clock.now = datetime(2026, 1, 10, 9, tzinfo=UTC)
    first = await bill(client, seller, buyer, "119.00")
    clock.now = datetime(2026, 1, 31, 22, 59, tzinfo=UTC)
    second = await bill(client, seller, buyer, "60.00")

    # when one transfer pays December whole and January in part, with something over
    clock.now = datetime(2026, 2, 3, 9, tzinfo=UTC)
    allocations = [{"invoiceId": december}, {"invoiceId": first, "amount": "100.00"}]
    paid = await pay(client, allocations=allocations, amount="200.00", overpayment="TO_BALANCE", reference="transfer-1")
    assert paid["userErrors"] == []
    assert [(one["amount"]["amount"], one["invoice"]["number"]) for one in paid["payment"]["allocations"]] == [
        ("80.00", "INV-001"),
        ("100.00", "INV-002"),
    ]
    assert paid["payment"]["unallocated"]["amount"] == "20.00"
    assert await invoice_of(client, december) == ("80.00", "0.00", "0.00", "PAID")
    assert await invoice_of(client, first) == ("100.00", "0.00", "19.00", "PARTIALLY_PAID")

    # and the rest of January is taken out of the balance
    applied = await apply(client, buyer, first)
    assert applied["userErrors"] == []
    assert applied["customer"]["creditBalance"] == [{"amount": "1.00"}]
    assert await invoice_of(client, first) == ("119.00", "0.00", "0.00", "PAID")

    # and half of December is credited in March and kept, then paid out
    clock.now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    scope = await ledger.scope_of(client)
    await ledger.credit(client.app, scope, december, 4_000, CreditSettlement.BALANCE)
    assert await invoice_of(client, december) == ("40.00", "40.00", "0.00", "PAID")
    clock.now = datetime(2026, 3, 3, 9, tzinfo=UTC)
    back = await refund(client, buyer, amount="41.00", reference="back-1")
    assert (back["payment"]["direction"], back["payment"]["amount"]["amount"]) == ("REFUNDED", "41.00")

    # then the statement of the quarter tells it, in the seller's days
    found = await statement(client, buyer, "2026-01-01", "2026-03-31")
    assert lines(found) == [
        ("2026-01-10", "INVOICE", "INV-002", "119.00", None, "199.00"),
        ("2026-01-31", "INVOICE", "INV-003", "60.00", None, "259.00"),
        *sorted_payment(found),
        ("2026-03-02", "CREDIT", "INV-001", None, "40.00", "19.00"),
        ("2026-03-03", "REFUND", None, "41.00", None, "60.00"),
    ]
    assert found["statement"]["openingBalance"]["amount"] == "80.00"
    assert found["statement"]["closingBalance"]["amount"] == "60.00"
    assert found["balance"] == [{"amount": "60.00", "currency": "EUR"}]
    assert found["creditBalance"] == []
    january = await statement(client, buyer, "2026-01-01", "2026-01-31")
    assert [line[1] for line in lines(january)] == ["INVOICE", "INVOICE"]
    assert (await statement(client, buyer, "2026-02-01", "2026-02-28"))["statement"]["openingBalance"] == {
        "amount": "259.00"
    }

    # and page by page it is the same
    pages: list[tuple[Any, ...]] = []
    after: str | None = None
    while True:
        page = await statement(client, buyer, "2026-01-01", "2026-03-31", first=2, after=after)
        pages += lines(page)
        after = page["statement"]["endCursor"]
        if not page["statement"]["hasNextPage"]:
            break
    assert pages == lines(found)

    # and what is due is late by days: as it stood on the last of January, and as it is
    assert await ages(client, seller, buyer, "2026-01-31") == ["60.00", "119.00", "80.00", "0.00", "0.00"]
    assert await ages(client, seller, buyer, None) == ["0.00", "60.00", "0.00", "0.00", "0.00"]
    clock.now = datetime(2026, 5, 16, 9, tzinfo=UTC)
    # its due date is 14 February: 91 days
    assert await ages(client, seller, buyer, None) == ["0.00", "0.00", "0.00", "0.00", "60.00"]
    assert await ages(client, seller, buyer, "2026-05-15") == ["0.00", "0.00", "0.00", "60.00", "0.00"]
    assert await invoice_of(client, second) == ("0.00", "0.00", "60.00", "UNPAID")
    assert await ledger.findings(client.app, scope) == []


def sorted_payment(found: Data) -> list[tuple[Any, ...]]:
    """The three parts of one payment, which count in the same instant, checked in whatever order they come."""
    part = [line for line in lines(found) if line[0] == "2026-02-03"]
    assert sorted((kind, number or "", credit) for _, kind, number, _, credit, _ in part) == [
        ("ON_ACCOUNT", "", "20.00"),
        ("PAYMENT", "INV-001", "80.00"),
        ("PAYMENT", "INV-002", "100.00"),
    ]
    assert part[-1][-1] == "59.00"
    return part


AGEING = """query($e: ID!, $c: ID!, $d: Date) { entity(id: $e) { ageing(asOf: $d) { ...A } }
  node(id: $c) { ... on Customer { ageing(asOf: $d) { ...A } } } }
  fragment A on Ageing { currency current { amount } days1To30 { amount } days31To60 { amount } days61To90 { amount }
  over90 { amount } total { amount } }"""


async def ages(client: Client, seller: str, buyer: str, day: str | None) -> list[str]:
    """The five amounts of the only currency, which are the same of the seller and of its only buyer."""
    found = await client.ask(AGEING, e=seller, c=buyer, d=day)
    assert found["entity"]["ageing"] == found["node"]["ageing"]
    (row,) = found["node"]["ageing"]
    names = ("current", "days1To30", "days31To60", "days61To90", "over90")
    return [row[name]["amount"] for name in names]


async def test_money_beyond_what_is_due_is_refused_unless_it_is_to_be_kept(
    client: Client, parties: tuple[str, str]
) -> None:
    seller, buyer = parties
    invoice = await bill(client, seller, buyer, "10.00")
    field, text = message(await pay(client, invoiceId=invoice, amount="12.00"))
    assert field == ["amount"]
    assert text == (
        "10.00 EUR is due; 12.00 is more; to keep the rest on the buyer's balance, say overpayment: TO_BALANCE"
    )
    kept = await pay(client, invoiceId=invoice, amount="12.00", overpayment="TO_BALANCE")
    assert kept["payment"]["unallocated"]["amount"] == "2.00"
    # what comes when nothing is due any more is kept whole, and names no invoice
    late = await pay(client, invoiceId=invoice, amount="3.00", overpayment="TO_BALANCE")
    assert (late["payment"]["unallocated"]["amount"], late["payment"]["invoice"]) == ("3.00", None)
    assert (
        message(await pay(client, invoiceId=invoice, overpayment="TO_BALANCE"))[1] == "nothing is due on this invoice"
    )
    found = await client.ask(
        "query($i: ID!) { invoice(id: $i) { payments { id } customer { creditBalance { amount } } } }", i=invoice
    )
    assert found["invoice"]["payments"] == [{"id": kept["payment"]["id"]}]
    assert found["invoice"]["customer"]["creditBalance"] == [{"amount": "5.00"}]
    assert await ledger.findings(client.app, await ledger.scope_of(client)) == []


async def test_what_a_payment_may_not_say(client: Client, parties: tuple[str, str]) -> None:
    seller, buyer = parties
    one, other = await bill(client, seller, buyer, "10.00"), await bill(client, seller, buyer, "20.00", currency="USD")
    stranger = await factories.customer(client, seller)
    third = await bill(client, seller, stranger, "10.00")
    draft = await factories.draft(client, seller, buyer)
    for given, field, text in (
        ({}, ["invoiceId"], "name what is paid: an invoiceId, allocations, or a customerId"),
        ({"customerId": buyer, "amount": "1.00"}, ["currency"], "is required for a payment on a buyer's balance"),
        ({"customerId": buyer, "currency": "EUR"}, ["amount"], "is required for a payment on a buyer's balance"),
        ({"customerId": buyer, "currency": "EUR", "amount": "0"}, ["amount"], "must be more than zero"),
        ({"customerId": buyer, "currency": "JPY", "amount": "0.5"}, ["amount"], "JPY has 0 decimals; 0.5 has more"),
        ({"invoiceId": one, "customerId": stranger}, ["customerId"], "is not the buyer of the invoice"),
        ({"invoiceId": other, "currency": "EUR"}, ["currency"], "the invoice is in USD"),
        (
            {"invoiceId": one, "allocations": [{"invoiceId": one}]},
            ["allocations"],
            "give invoiceId or allocations, not both",
        ),
        ({"allocations": [{"invoiceId": one}] * 2}, ["allocations"], "names an invoice twice"),
        (
            {"allocations": [{"invoiceId": one}, {"invoiceId": other}]},
            ["allocations", "1", "invoiceId"],
            "is in USD, the first in EUR",
        ),
        (
            {"allocations": [{"invoiceId": one}, {"invoiceId": third}]},
            ["allocations", "1", "invoiceId"],
            "is another buyer's than the first",
        ),
        (
            {"allocations": [{"invoiceId": one, "amount": "10.01"}]},
            ["allocations", "0", "amount"],
            "10.00 EUR is due; 10.01 is more",
        ),
        ({"allocations": [{"invoiceId": one}], "amount": "9"}, ["amount"], "the allocations add up to 10.00 EUR"),
        ({"allocations": [{"invoiceId": one}] * 101}, ["allocations"], "a payment pays 100 documents at most"),
        ({"allocations": [{"invoiceId": draft}]}, ["allocations", "0"], "cannot pay this document: finalize it first"),
    ):
        assert message(await pay(client, **given)) == (field, text)
    scope = await ledger.scope_of(client)
    assert {entry.kind for entry in await ledger.entries(client.app, scope)} == {"INVOICE"}


async def test_a_payment_that_did_not_stand_is_taken_back_once(
    client: Client, clock: Clock, parties: tuple[str, str]
) -> None:
    # given two invoices that one payment has settled, and the first's day is long gone
    seller, buyer = parties
    one, other = await bill(client, seller, buyer, "10.00"), await bill(client, seller, buyer, "20.00")
    clock.advance(days=20)
    await client.app.scheduler.run_due()
    allocations = [{"invoiceId": one}, {"invoiceId": other}]
    paid = await pay(client, allocations=allocations, amount="35.00", overpayment="TO_BALANCE", reference="debit")
    payment = paid["payment"]["id"]

    # when it is taken back
    clock.advance(days=3)
    assert message(await reverse(client, payment, reversedAt="2026-03-01T00:00:00Z"))[0] == ["reversedAt"]
    taken = await reverse(client, payment)

    # then what it paid is due again, it stays visible, and being late is news again
    assert taken["userErrors"] == []
    assert taken["payment"]["reversedAt"] == "2026-04-02T09:00:00Z"
    assert taken["payment"]["reversalReason"] == "the debit was returned"
    assert [item["amount"]["amount"] for item in taken["payment"]["allocations"]] == ["10.00", "20.00"]
    for invoice, due in ((one, "10.00"), (other, "20.00")):
        assert await invoice_of(client, invoice) == ("0.00", "0.00", due, "UNPAID")
    found = await client.ask("query($i: ID!) { invoice(id: $i) { payments { id reversedAt } } }", i=other)
    assert found["invoice"]["payments"] == [{"id": payment, "reversedAt": "2026-04-02T09:00:00Z"}]
    scope = await ledger.scope_of(client)
    assert await ledger.findings(client.app, scope) == []
    await factories.settled(client.app)
    await client.app.scheduler.run_due()
    await factories.settled(client.app)
    overdue = await client.ask("{ events(types: [INVOICE_OVERDUE], first: 10) { nodes { data } } }")
    late = Counter(event["data"]["id"] for event in overdue["events"]["nodes"])
    assert late == {one: 2, other: 2}
    # and once only; its reference stays taken
    assert message(await reverse(client, payment)) == (["id"], "this payment was reversed before")
    assert message(await pay(client, invoiceId=one, reference="debit"))[0] == ["reference"]


async def test_what_a_credit_moved_to_the_balance_comes_back_from_there(
    client: Client, parties: tuple[str, str]
) -> None:
    # given 100.00 paid, 40.00 of them credited and kept
    seller, buyer = parties
    invoice = await bill(client, seller, buyer, "100.00")
    payment = (await pay(client, invoiceId=invoice))["payment"]["id"]
    scope = await ledger.scope_of(client)
    await ledger.credit(client.app, scope, invoice, 4_000)

    # when they were paid out, the payment cannot be taken back
    back = (await refund(client, buyer, amount="15.00"))["payment"]["id"]
    field, text = message(await reverse(client, payment))
    assert field == ["id"]
    assert text.startswith("40.00 EUR of this payment went to the buyer's balance, which holds 25.00 EUR")

    # when that refund did not stand, it can: 60.00 are due again
    assert (await reverse(client, back))["userErrors"] == []
    assert (await reverse(client, payment))["userErrors"] == []
    assert await invoice_of(client, invoice) == ("0.00", "40.00", "60.00", "UNPAID")
    assert (await statement(client, buyer, "2026-03-01", "2026-03-31"))["creditBalance"] == []
    assert await ledger.findings(client.app, scope) == []


async def test_a_credit_notes_refund_is_among_its_payments(client: Client, parties: tuple[str, str]) -> None:
    seller, buyer = parties
    invoice = await bill(client, seller, buyer, "100.00")
    await pay(client, invoiceId=invoice)
    scope = await ledger.scope_of(client)
    await ledger.credit(client.app, scope, invoice, 4_000, CreditSettlement.REFUND, "back-2")
    found = await client.ask(
        "query($i: ID!) { invoice(id: $i) { payments { direction }"
        " creditNotes { payments { direction reference amount { amount } } } } }",
        i=invoice,
    )
    assert found["invoice"]["payments"] == [{"direction": "RECEIVED"}]
    assert found["invoice"]["creditNotes"] == [
        {"payments": [{"direction": "REFUNDED", "reference": "back-2", "amount": {"amount": "40.00"}}]}
    ]


async def test_fifty_hands_on_one_balance_never_take_more_than_there_is(
    client: Client, parties: tuple[str, str]
) -> None:
    # given 50.00 held, and ten invoices of 10.00
    seller, buyer = parties
    invoices = [await bill(client, seller, buyer, "10.00") for _ in range(10)]
    assert (await pay(client, customerId=buyer, currency="EUR", amount="50.00"))["userErrors"] == []

    # when fifty put 2.00 each towards one of them, and five ask for 10.00 back, all at once
    asked = [apply(client, buyer, invoices[n % 10], "2.00") for n in range(50)]
    results = await asyncio.gather(*asked, *[refund(client, buyer, amount="10.00") for _ in range(5)])

    # then what succeeded is 50.00 altogether, and the rest was told how much is left
    done = [result for result in results if not result["userErrors"]]
    taken = sum(2 if "invoice" in result else 10 for result in done)
    assert taken == 50
    for result in results:
        for error in result["userErrors"]:
            assert error["code"] == "INVALID_INPUT"
            assert "is held for this buyer" in error["message"]
    assert (await statement(client, buyer, "2026-03-01", "2026-03-31"))["creditBalance"] == []
    assert await ledger.findings(client.app, await ledger.scope_of(client)) == []


async def test_paying_applying_crediting_and_reversing_at_once_end_without_a_deadlock(
    client: Client, parties: tuple[str, str]
) -> None:
    seller, buyer = parties
    invoices = [await bill(client, seller, buyer, "20.00") for _ in range(4)]
    await pay(client, customerId=buyer, currency="EUR", amount="15.00")
    everything = [{"invoiceId": invoice, "amount": "1.00"} for invoice in invoices]
    paid = [(await pay(client, allocations=everything))["payment"]["id"] for _ in range(4)]
    scope = await ledger.scope_of(client)
    backwards = list(reversed(everything))
    work: list[Any] = []
    for n in range(4):
        work += [pay(client, allocations=backwards), pay(client, allocations=everything)]
        work += [reverse(client, paid[n]), reverse(client, paid[n])]
        work += [apply(client, buyer, invoices[n], "1.00"), ledger.credit(client.app, scope, invoices[-1 - n], 100)]
    async with asyncio.timeout(60):
        results = await asyncio.gather(*work)
    refused = [error["message"] for result in results if isinstance(result, dict) for error in result["userErrors"]]
    assert refused == ["this payment was reversed before"] * 4
    assert await ledger.findings(client.app, scope) == []
