"""Credit notes through the API, on both databases: figures checked by hand, and what always holds."""

from __future__ import annotations

import asyncio
import io
from decimal import Decimal
from typing import Any

from pypdf import PdfReader

from tests import books, factories, ledger
from tests.factories import ERRORS, Client

Data = dict[str, Any]

_MONEY = "netTotal { amount } taxTotal { amount } grossTotal { amount }"
_STANDING = "status paymentStatus paidTotal { amount } creditedTotal { amount } amountDue { amount } version"
_LINE = (
    "id position quantity unitPrice net { amount } tax { amount } gross { amount }"
    " allowances { reason amount { amount } } correctedLine { id position } taxDecision { rule category percent }"
)
_NOTE = f"id number type reason issueDate supplyDate currency {_MONEY} {_STANDING} lines {{ {_LINE} }}"
_LEFT = (
    f"{_MONEY} taxes {{ percent base {{ amount }} tax {{ amount }} }}"
    " lines { lineId quantity net { amount } gross { amount } }"
)
CREDIT = (
    "mutation($i: InvoiceCreditInput!) { invoiceCredit(input: $i) {"
    f" creditNote {{ {_NOTE} correctedInvoice {{ id number }} taxes {{ percent base {{ amount }} tax {{ amount }} }} }}"
    f" invoice {{ id {_STANDING} creditable {{ {_LEFT} }} creditNotes {{ number }} }} {ERRORS} }} }}"
)


async def credit(client: Client, invoice_id: str, **given: Any) -> Data:
    """The payload of a credit that was done."""
    payload: Data = (await client.ask(CREDIT, i={"id": invoice_id, **given}))["invoiceCredit"]
    assert payload["userErrors"] == []
    return payload


async def refused(client: Client, invoice_id: str, **given: Any) -> Data:
    """The one error of a credit that was not done."""
    payload = (await client.ask(CREDIT, i={"id": invoice_id, **given}))["invoiceCredit"]
    assert (payload["creditNote"], payload["invoice"]) == (None, None)
    (error,) = payload["userErrors"]
    found: Data = error
    return found


async def finalized(client: Client, seller: str, *lines: Data, **given: Any) -> Data:
    """A finalized invoice with its lines."""
    draft = await factories.draft(client, seller, lines=list(lines), **given)
    assert (await factories.finalize(client, draft))["userErrors"] == []
    query = f"query($id: ID!) {{ invoice(id: $id) {{ id number {_MONEY} {_STANDING} lines {{ {_LINE} }} }} }}"
    found: Data = (await client.ask(query, id=draft))["invoice"]
    return found


def figures(of: Data) -> tuple[str, str, str]:
    """Net, tax and gross."""
    return of["netTotal"]["amount"], of["taxTotal"]["amount"], of["grossTotal"]["amount"]


def priced(line: Data) -> tuple[Any, Any]:
    """Quantity and unit price."""
    return Decimal(line["quantity"]), Decimal(line["unitPrice"])


def standing(of: Data) -> tuple[str, str, str, str]:
    """Paid, credited, due and payment status."""
    return of["paidTotal"]["amount"], of["creditedTotal"]["amount"], of["amountDue"]["amount"], of["paymentStatus"]


async def pay(client: Client, invoice_id: str, amount: str | None = None) -> None:
    """Pays an invoice."""
    mutation = f"mutation($i: PaymentRecordInput!) {{ paymentRecord(input: $i) {{ payment {{ id }} {ERRORS} }} }}"
    payload = (await client.ask(mutation, i={"invoiceId": invoice_id, "amount": amount}))["paymentRecord"]
    assert payload["userErrors"] == []


async def test_an_invoice_is_credited_by_line_by_amount_and_the_rest(client: Client) -> None:
    """Gross prices: 3 × 19.99 at 19 % and 2 × 5.35 at 7 %, together 70.67.

    19 %: 59.97 is 9.58 tax (9.575) and 50.39 net; 7 %: 10.70 is 0.70 tax and 10.00 net.
    """
    seller = await factories.entity(client)
    tea, book = factories.line("19.99", "3"), factories.line("5.35", "2", taxClass="REDUCED")
    invoice = await finalized(client, seller, tea, book)
    assert figures(invoice) == ("60.39", "10.28", "70.67")
    first, second = (line["id"] for line in invoice["lines"])

    # One of three: 19.99, tax 9.58 / 3 = 3.19.
    one = await credit(client, invoice["id"], lines=[{"lineId": first, "quantity": "1"}], reason="One was broken")
    note = one["creditNote"]
    assert (note["number"], note["type"], note["status"], note["reason"]) == (
        "CN-001",
        "CREDIT_NOTE",
        "FINALIZED",
        "One was broken",
    )
    assert figures(note) == ("16.80", "3.19", "19.99")
    assert standing(note) == ("19.99", "0.00", "0.00", "PAID")
    assert note["correctedInvoice"] == {"id": invoice["id"], "number": "INV-001"}
    (line,) = note["lines"]
    assert (*priced(line), line["allowances"]) == (1, Decimal("19.99"), [])
    pdf = PdfReader(io.BytesIO((await client.get(f"/invoices/{note['id']}.pdf")).content)).pages[0].extract_text()
    for text in ("Credit note", "INV-001, March 10, 2026", "One was broken", "19.99"):
        assert text in pdf.replace("\u00a0", " ")
    assert line["correctedLine"] == {"id": first, "position": 1}
    assert line["taxDecision"] == invoice["lines"][0]["taxDecision"]
    assert standing(one["invoice"]) == ("0.00", "19.99", "50.68", "UNPAID")

    # 10.00 of the 50.68 left, by what is left of each rate: 39.98 → 7.89, 10.70 → 2.11.
    # Tax: 6.39 · 7.89 / 39.98 = 1.26; 0.70 · 2.11 / 10.70 = 0.14.
    two = await credit(client, invoice["id"], amount="10.00")
    assert figures(two["creditNote"]) == ("8.60", "1.40", "10.00")
    assert [(tax["percent"], tax["base"]["amount"], tax["tax"]["amount"]) for tax in two["creditNote"]["taxes"]] == [
        ("19", "6.63", "1.26"),
        ("7", "1.97", "0.14"),
    ]
    assert [priced(line) for line in two["creditNote"]["lines"]] == [(1, Decimal("7.89")), (1, Decimal("2.11"))]
    left = two["invoice"]["creditable"]
    assert figures(left) == ("34.99", "5.69", "40.68")
    assert [(Decimal(line["quantity"]), str(line["gross"]["amount"])) for line in left["lines"]] == [
        (Decimal(2), "32.09"),
        (Decimal(2), "8.59"),
    ]

    # The rest, stated as two of each at their prices, less what was credited by the amount.
    three = await credit(client, invoice["id"])
    assert figures(three["creditNote"]) == ("34.99", "5.69", "40.68")
    assert [(*priced(line), line["allowances"][0]["amount"]["amount"]) for line in three["creditNote"]["lines"]] == [
        (2, Decimal("19.99"), "7.89"),
        (2, Decimal("5.35"), "2.11"),
    ]
    assert standing(three["invoice"]) == ("0.00", "70.67", "0.00", "PAID")
    assert three["invoice"]["creditNotes"] == [{"number": f"CN-00{n}"} for n in (1, 2, 3)]
    assert figures(three["invoice"]["creditable"]) == ("0.00", "0.00", "0.00")

    error = await refused(client, invoice["id"])
    assert (error["code"], error["message"]) == (
        "INVALID_STATE",
        "nothing is left to credit: the document is credited in full",
    )
    assert second == three["creditNote"]["lines"][1]["correctedLine"]["id"]
    await books.checked(client)


async def test_what_was_paid_and_is_credited_goes_to_the_balance_is_refunded_or_settled_elsewhere(
    client: Client,
) -> None:
    """100.00 of which 60.00 are paid: 30.00 and 10.00 come off what is due, then 20.00 off what is paid."""
    seller = await factories.entity(client)
    for settlement in ("BALANCE", "REFUND", "ELSEWHERE"):
        invoice = await finalized(client, seller, factories.line("100.00"))
        await pay(client, invoice["id"], "60.00")
        given = {"settlement": settlement, "reference": f"re_{settlement}"}
        first = await credit(client, invoice["id"], amount="30.00", **given)
        assert standing(first["invoice"]) == ("60.00", "30.00", "10.00", "PARTIALLY_PAID")
        second = await credit(client, invoice["id"], amount="30.00", **given)
        assert standing(second["invoice"]) == ("40.00", "60.00", "0.00", "PAID")
    assert await ledger.findings(client.app, await ledger.scope_of(client)) == []


async def test_only_what_is_finalized_and_can_be_credited_is(client: Client) -> None:
    seller = await factories.entity(client)
    draft = await factories.draft(client, seller)
    assert (await refused(client, draft))["message"] == (
        "cannot credit this document: change or delete the draft instead"
    )
    invoice = await finalized(client, seller, factories.line("10.00", "2"))
    line = invoice["lines"][0]["id"]
    for given, message, field in (
        ({"amount": "20.01"}, "20.00 EUR is left to credit; 20.01 is not within it", ["amount"]),
        ({"amount": "1.001"}, "EUR has 2 decimals; 1.001 has more", ["amount"]),
        ({"amount": "0"}, "must be more than zero", ["amount"]),
        ({"lines": []}, "name at least one line, or leave it out to credit all that is left", ["lines"]),
        ({"lines": [{"lineId": line}], "amount": "1"}, "give lines or amount, not both", ["amount"]),
        (
            {"lines": [{"lineId": line, "quantity": "3"}]},
            "2 is left to credit of this line; 3 is not within it",
            ["lines", "0", "quantity"],
        ),
        ({"lines": [{"lineId": "invl_x"}]}, "no such line of the document", ["lines", "0", "lineId"]),
        ({"expectedVersion": 1}, f"the invoice is at version {invoice['version']}; read it again", ["expectedVersion"]),
        ({"reason": "x" * 501}, "may have 500 characters at most; it has 501", ["reason"]),
    ):
        error = await refused(client, invoice["id"], **given)
        assert (error["message"], error["field"]) == (message, field)
    note = (await credit(client, invoice["id"]))["creditNote"]
    assert (await refused(client, note["id"]))["message"] == "a document of type CREDIT_NOTE is not credited"


async def test_a_credit_note_keeps_the_parties_and_rates_of_its_original(client: Client) -> None:
    seller = await factories.entity(client)
    buyer = await factories.customer(client, seller)
    invoice = await finalized(client, seller, factories.line("100.00"), customerId=buyer)
    moved = {"id": buyer, "name": "Erika Musterfrau", "address": {"country": "FR", "city": "Paris"}, "locale": "fr"}
    mutation = f"mutation($i: CustomerUpdateInput!) {{ customerUpdate(input: $i) {{ {ERRORS} }} }}"
    assert (await client.ask(mutation, i=moved))["customerUpdate"]["userErrors"] == []
    renamed = {"id": seller, "name": "Renamed", "settings": {"tax": {"smallBusiness": True}}}
    mutation = f"mutation($i: EntityUpdateInput!) {{ entityUpdate(input: $i) {{ {ERRORS} }} }}"
    assert (await client.ask(mutation, i=renamed))["entityUpdate"]["userErrors"] == []

    note = (await credit(client, invoice["id"]))["creditNote"]

    parties = "seller { name taxId address { line1 country } } buyer { name address { line1 city country } }"
    both = f"query($a: ID!, $b: ID!) {{ a: invoice(id: $a) {{ {parties} }} b: invoice(id: $b) {{ {parties} }} }}"
    found = await client.ask(both, a=invoice["id"], b=note["id"])
    assert found["b"] == found["a"]
    assert found["b"]["buyer"] == {
        "name": "Erika Mustermann",
        "address": {"line1": "Heidestraße 17", "city": "Köln", "country": "DE"},
    }
    assert figures(note) == ("84.03", "15.97", "100.00")


async def test_fifty_credits_at_once_never_exceed_the_invoice(client: Client) -> None:
    """Of 40 pieces at 2.50, fifty ask for one each, and ten of them besides for 30.00: the sum is 100.00 at most."""
    seller = await factories.entity(client)
    invoice = await finalized(client, seller, factories.line("2.50", "40"))
    line = invoice["lines"][0]["id"]
    asked = [{"lines": [{"lineId": line, "quantity": "1"}]} for _ in range(45)] + [{"amount": "30.00"}] * 5

    answers = await asyncio.gather(*(client.raw(CREDIT, i={"id": invoice["id"], **given}) for given in asked))

    assert all("errors" not in answer for answer in answers), [answer.get("errors") for answer in answers]
    payloads = [answer["data"]["invoiceCredit"] for answer in answers]
    notes = [payload["creditNote"] for payload in payloads if payload["creditNote"]]
    assert all(payload["creditNote"] or payload["userErrors"] for payload in payloads)
    query = f"query($id: ID!) {{ invoice(id: $id) {{ {_MONEY} {_STANDING} creditable {{ {_LEFT} }} }} }}"
    after = (await client.ask(query, id=invoice["id"]))["invoice"]
    credited = sum(Decimal(note["grossTotal"]["amount"]) for note in notes)
    assert credited == Decimal(after["creditedTotal"]["amount"])
    assert credited + Decimal(after["amountDue"]["amount"]) == Decimal("100.00")
    assert credited + Decimal(after["creditable"]["grossTotal"]["amount"]) == Decimal("100.00")
    # What was refused was more than what was left.
    assert Decimal(after["amountDue"]["amount"]) < Decimal("30.00")
    assert sorted(note["number"] for note in notes) == [f"CN-{n:03}" for n in range(1, len(notes) + 1)]
    assert await ledger.findings(client.app, await ledger.scope_of(client)) == []
    await books.checked(client)


async def test_reports_count_credit_notes_negative(client: Client) -> None:
    """Two invoices over 119.00 and 50.00, of which 19.00 and all are credited: 100.00 is invoiced and outstanding."""
    seller = await factories.entity(client)
    big = await finalized(client, seller, factories.line("119.00"))
    small = await finalized(client, seller, factories.line("50.00"))
    await credit(client, big["id"], amount="19.00")
    await credit(client, small["id"])
    report = await client.ask(
        '{ platformReport(from: "2026-03-01", to: "2026-03-31") { invoiced { amount } outstanding { amount }'
        " overdue { amount } } }"
    )
    assert report["platformReport"]["invoiced"] == [{"amount": "100.00"}]
    assert report["platformReport"]["outstanding"] == [{"amount": "100.00"}]
    balance = "query($id: ID!) { entity(id: $id) { invoices { nodes { customer { balance { amount } } } } } }"
    nodes = (await client.ask(balance, id=seller))["entity"]["invoices"]["nodes"]
    owed = {tuple(one["amount"] for one in node["customer"]["balance"]) for node in nodes}
    assert owed == {("100.00",), ()}


async def test_a_discount_of_the_document_is_credited_with_its_lines(client: Client) -> None:
    """Net prices: 80.00 and 20.00 at 19 %, 10 % off: 90.00 + 17.10. Half of the first line is 36.00 + 6.84."""
    seller = await factories.entity(client, settings={"autoInvoice": "NEVER", "tax": {"pricesIncludeTax": False}})
    lines = (factories.line("40.00", "2"), factories.line("20.00"))
    invoice = await finalized(client, seller, *lines, allowances=[{"percent": "10", "reason": "Loyalty"}])
    assert figures(invoice) == ("90.00", "17.10", "107.10")

    half = await credit(client, invoice["id"], lines=[{"lineId": invoice["lines"][0]["id"], "quantity": "1"}])

    assert figures(half["creditNote"]) == ("36.00", "6.84", "42.84")
    (line,) = half["creditNote"]["lines"]
    assert (*priced(line), line["allowances"]) == (1, 40, [{"reason": None, "amount": {"amount": "4.00"}}])
    rest = await credit(client, invoice["id"])
    assert figures(rest["creditNote"]) == ("54.00", "10.26", "64.26")
    assert standing(rest["invoice"]) == ("0.00", "107.10", "0.00", "PAID")
