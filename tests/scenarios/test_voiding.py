"""Voiding: only what nobody has paid or credited, and its number stays used."""

from __future__ import annotations

import asyncio
import io

import pytest
from pypdf import PdfReader

from tests import factories
from tests.document_life import do, done, finalized, read, refused, seller
from tests.factories import Client

PAY = "mutation($i: PaymentRecordInput!) { paymentRecord(input: $i) { userErrors { code message } } }"
BALANCE = "query($id: ID!) { node(id: $id) { ... on Customer { balance { amount } } } }"
REPORT = """{ platformReport(from: "2026-03-01", to: "2026-03-31") { invoiced { amount } outstanding { amount }
    byStatus { status count } } }"""


async def test_a_voided_invoice_owes_nothing_and_keeps_its_number(client: Client) -> None:
    # given an invoice that is rendered and unpaid
    buyer = await factories.customer(client, await seller(client))
    invoice = await finalized(client, buyer)
    await client.get(f"/invoices/{invoice['id']}.pdf")

    # when it is voided
    void = await done(
        client, "invoiceVoid", id=invoice["id"], reason="entered twice", expectedVersion=invoice["version"]
    )

    # then it says so, and is due no more
    assert (void["status"], void["number"], void["voidReason"]) == ("VOID", "INV-001", "entered twice")
    assert void["voidedAt"] == "2026-03-10T09:00:00Z"
    assert void["amountDue"]["amount"] == "0.00"
    assert (await client.ask(BALANCE, id=buyer))["node"]["balance"] == []
    report = (await client.ask(REPORT))["platformReport"]
    assert (report["invoiced"], report["outstanding"]) == ([], [])
    assert [one for one in report["byStatus"] if one["count"]] == [{"status": "VOID", "count": 1}]
    pdf = PdfReader(io.BytesIO((await client.get(f"/invoices/{invoice['id']}.pdf")).content))
    text = pdf.pages[0].extract_text()
    assert "VOID" in text
    assert "Please pay" not in text
    # and the next one has the next number
    assert (await finalized(client, buyer))["number"] == "INV-002"


async def test_the_order_of_a_voided_invoice_is_invoiced_anew(client: Client) -> None:
    order = await factories.order(client, await factories.entity(client))
    invoice = order["invoices"][0]
    void = await done(client, "invoiceVoid", id=invoice["id"], reason="wrong seller")
    assert void["order"] == {"id": order["id"], "status": "PROCESSING"}

    again = await done(client, "invoiceCreate", orderId=order["id"])
    again = await done(client, "invoiceFinalize", id=again["id"])

    assert (again["number"], again["order"]) == ("INV-002", {"id": order["id"], "status": "INVOICED"})
    assert (await refused(client, "invoiceCreate", orderId=order["id"]))["code"] == "ALREADY_EXISTS"


async def test_a_voided_order_is_invoiced_when_the_marketplace_tells_of_it(client: Client) -> None:
    order = await factories.order(client, await factories.entity(client))
    await done(client, "invoiceVoid", id=order["invoices"][0]["id"], reason="wrong date")
    update = f"mutation($i: OrderUpdateInput!) {{ orderUpdate(input: $i) {{ {factories.ORDER} {factories.ERRORS} }} }}"
    payload = (await client.ask(update, i={"id": order["id"], "paidAt": "2026-03-09T12:00:00Z"}))["orderUpdate"]
    assert payload["userErrors"] == []
    found = [(i["number"], i["status"], i["paymentStatus"]) for i in payload["order"]["invoices"]]
    assert found == [("INV-001", "VOID", "UNPAID"), ("INV-002", "FINALIZED", "PAID")]


@pytest.mark.parametrize("amount", ["1.00", None], ids=["in part", "in full"])
async def test_what_is_paid_is_not_voided(client: Client, amount: str | None) -> None:
    invoice = await finalized(client, await factories.customer(client, await seller(client)))
    assert (await client.ask(PAY, i={"invoiceId": invoice["id"], "amount": amount}))["paymentRecord"][
        "userErrors"
    ] == []
    before = await read(client, invoice["id"])
    error = await refused(client, "invoiceVoid", id=invoice["id"], reason="x")
    assert error["code"] == "INVALID_STATE"
    assert error["message"].startswith("cannot void this document: it is paid")
    assert await read(client, invoice["id"]) == before


async def test_a_proforma_that_became_an_invoice_is_not_voided(client: Client) -> None:
    proforma = await finalized(client, await factories.customer(client, await seller(client)), type="PROFORMA")
    invoice = await done(client, "proformaConvert", id=proforma["id"])
    invoice = await done(client, "invoiceFinalize", id=invoice["id"])
    error = await refused(client, "invoiceVoid", id=proforma["id"], reason="x")
    assert error["message"] == "cannot void this document: it is converted into INV-001"
    await done(client, "invoiceVoid", id=invoice["id"], reason="x")
    assert (await done(client, "invoiceVoid", id=proforma["id"], reason="x"))["status"] == "VOID"


async def test_voiding_needs_a_reason_the_version_and_the_right(client: Client) -> None:
    entity = await seller(client)
    invoice = await finalized(client, await factories.customer(client, entity))
    for reason, message in (("  ", "must not be empty"), ("x" * 501, "may have 500 characters at most; it has 501")):
        error = await refused(client, "invoiceVoid", id=invoice["id"], reason=reason)
        assert (error["message"], error["field"]) == (message, ["reason"])
    error = await refused(client, "invoiceVoid", id=invoice["id"], reason="x", expectedVersion=1)
    assert error["code"] == "VERSION_CONFLICT"
    narrow = client.with_key(await factories.key(client, entity, permissions=["INVOICES_READ", "INVOICES_WRITE"]))
    query = "mutation($i: InvoiceVoidInput!) { invoiceVoid(input: $i) { invoice { id } } }"
    error = await narrow.error(query, i={"id": invoice["id"], "reason": "x"})
    assert error["extensions"]["code"] == "PERMISSION_DENIED"
    assert (await read(client, invoice["id"]))["status"] == "FINALIZED"


async def test_either_the_payment_or_the_voiding_comes_first(client: Client) -> None:
    buyer = await factories.customer(client, await seller(client))
    for _ in range(6):
        invoice = await finalized(client, buyer)
        voided, paid = await asyncio.gather(
            do(client, "invoiceVoid", id=invoice["id"], reason="x"), client.ask(PAY, i={"invoiceId": invoice["id"]})
        )
        found = await read(client, invoice["id"])
        assert bool(voided["userErrors"]) != bool(paid["paymentRecord"]["userErrors"])
        assert (found["status"], found["paymentStatus"]) in {("VOID", "UNPAID"), ("FINALIZED", "PAID")}


async def test_a_duplicate_is_another_supply(client: Client) -> None:
    # given the invoice of an order that deducts an advance
    entity = await factories.entity(client)
    order = await factories.order(client, entity)
    buyer = await client.ask("query($i: ID!) { node(id: $i) { ... on Order { customer { id } } } }", i=order["id"])
    advance = await finalized(client, buyer["node"]["customer"]["id"], factories.line("1"), type="ADVANCE")
    await done(client, "invoiceVoid", id=order["invoices"][0]["id"], reason="to deduct")
    invoice = await done(client, "invoiceCreate", orderId=order["id"], advanceIds=[advance["id"]], note="Thank you")
    invoice = await done(client, "invoiceFinalize", id=invoice["id"])

    # when it is duplicated
    copy = await done(client, "invoiceDuplicate", id=invoice["id"])

    # then the draft has its content, and neither its order nor its deductions
    assert (copy["status"], copy["type"], copy["order"], copy["deductedAdvances"]) == ("DRAFT", "STANDARD", None, [])
    assert [line["description"] for line in copy["lines"]] == ["Tea"]
    assert copy["grossTotal"]["amount"] == "11.90"
    assert copy["sourceInvoice"] == {"id": invoice["id"]}
    query = "query($i: ID!) { invoice(id: $i) { supplyDate note } }"
    assert (await client.ask(query, i=copy["id"]))["invoice"] == {"supplyDate": None, "note": "Thank you"}


async def test_self_billing_names_its_agreement(client: Client) -> None:
    buyer = await factories.customer(client, await seller(client), locale="de-DE")
    lines = [factories.line("100")]
    draft = await done(client, "invoiceCreate", customerId=buyer, type="SELF_BILLED", lines=lines)
    assert draft["mentions"] == ["Gutschrift"]

    error = await refused(client, "invoiceFinalize", id=draft["id"])
    assert (error["code"], error["field"]) == ("INVALID_INPUT", ["agreementReference"])
    readiness = "query($i: ID!) { invoice(id: $i) { readiness { severity field } } }"
    found = (await client.ask(readiness, i=draft["id"]))["invoice"]["readiness"]
    assert {"severity": "ERROR", "field": ["agreementReference"]} in found

    draft = await done(client, "invoiceUpdate", id=draft["id"], agreementReference="Rahmenvertrag 2025/7")
    invoice = await done(client, "invoiceFinalize", id=draft["id"])
    assert (invoice["number"], invoice["agreementReference"]) == ("SB-001", "Rahmenvertrag 2025/7")
    pdf = PdfReader(io.BytesIO((await client.get(f"/invoices/{invoice['id']}.pdf")).content))
    text = pdf.pages[0].extract_text()
    assert "Gutschrift" in text
    assert "Rahmenvertrag 2025/7" in text

    error = await refused(client, "invoiceCreate", customerId=buyer, lines=lines, agreementReference="x")
    assert (error["message"], error["field"]) == ("is for self-billed invoices only", ["agreementReference"])


async def test_another_total_than_the_expected_is_named_with_it(client: Client) -> None:
    draft = await factories.draft(client, await seller(client))
    error = await refused(client, "invoiceFinalize", id=draft, expectedTotal="11.90")
    assert (error["code"], error["field"]) == ("INVALID_INPUT", ["expectedTotal"])
    assert error["message"] == "the total is 14.16, not 11.90"
    error = await refused(client, "invoiceFinalize", id=draft, expectedTotal="14.16", expectedVersion=2)
    assert (error["code"], error["field"]) == ("VERSION_CONFLICT", ["expectedVersion"])
    assert (await done(client, "invoiceFinalize", id=draft, expectedTotal="14.16", expectedVersion=1))["number"]
