"""Proformas: an own series, never a tax document, and once an invoice."""

from __future__ import annotations

import asyncio
import io
from decimal import Decimal

import pytest
from pypdf import PdfReader

from tests import factories
from tests.document_life import do, done, finalized, read, refused, seller
from tests.factories import Client

BALANCE = "query($id: ID!) { node(id: $id) { ... on Customer { balance { amount } } } }"
REPORT = """{ platformReport(from: "2026-03-01", to: "2026-03-31") { invoiceCount invoiced { amount }
    outstanding { amount } } }"""


async def test_a_proforma_is_no_tax_document(client: Client) -> None:
    # given a finalized proforma and nothing else
    buyer = await factories.customer(client, await seller(client))
    proforma = await finalized(client, buyer, type="PROFORMA", note="An offer")

    # then it has a number of its own series, is not paid, and counts nowhere
    assert proforma["number"] == "PRO-001"
    pay = "mutation($i: PaymentRecordInput!) { paymentRecord(input: $i) { userErrors { code } } }"
    assert (await client.ask(pay, i={"invoiceId": proforma["id"]}))["paymentRecord"]["userErrors"] == [
        {"code": "INVALID_STATE"}
    ]
    assert (await client.ask(BALANCE, id=buyer))["node"]["balance"] == []
    assert (await client.ask(REPORT))["platformReport"] == {"invoiceCount": 0, "invoiced": [], "outstanding": []}
    pdf = PdfReader(io.BytesIO((await client.get(f"/invoices/{proforma['id']}.pdf")).content))
    text = pdf.pages[0].extract_text()
    assert "Not an invoice for tax purposes: no VAT is due by this document." in text
    assert "Please pay" not in text


@pytest.mark.parametrize("final", [True, False], ids=["finalized", "draft"])
async def test_a_proforma_becomes_one_invoice(client: Client, final: bool) -> None:
    buyer = await factories.customer(client, await seller(client))
    proforma = await done(
        client,
        "invoiceCreate",
        customerId=buyer,
        type="PROFORMA",
        lines=[factories.line("100", sku="TEA-1"), factories.line("7")],
        note="An offer",
        orderReference="PO-7",
        supplyDate="2026-03-05",
    )
    if final:
        proforma = await done(client, "invoiceFinalize", id=proforma["id"])

    # when it is converted
    invoice = await done(client, "proformaConvert", id=proforma["id"])

    # then there is a draft of the same content that knows where it comes from
    assert (invoice["type"], invoice["status"], invoice["number"]) == ("STANDARD", "DRAFT", None)
    assert [Decimal(line["unitPrice"]) for line in invoice["lines"]] == [100, 7]
    assert invoice["grossTotal"] == proforma["grossTotal"]
    assert invoice["sourceInvoice"] == {"id": proforma["id"]}
    assert (await read(client, proforma["id"]))["convertedInto"] == {"id": invoice["id"]}

    # and not a second one, until it is deleted
    error = await refused(client, "proformaConvert", id=proforma["id"])
    assert (error["code"], error["message"]) == ("ALREADY_EXISTS", f"this proforma became {invoice['id']} already")
    delete = "mutation($i: InvoiceDeleteInput!) { invoiceDelete(input: $i) { deletedId userErrors { code } } }"
    await client.ask(delete, i={"id": invoice["id"]})
    assert (await read(client, proforma["id"]))["convertedInto"] is None
    again = await done(client, "proformaConvert", id=proforma["id"])
    await done(client, "invoiceFinalize", id=again["id"])
    error = await refused(client, "proformaConvert", id=proforma["id"])
    assert error["message"] == "this proforma became INV-001 already"


async def test_however_many_convert_it_at_once_it_becomes_one_invoice(client: Client) -> None:
    proforma = await factories.draft(client, await seller(client), type="PROFORMA")

    payloads = await asyncio.gather(*(do(client, "proformaConvert", id=proforma) for _ in range(12)))

    made = [payload["invoice"] for payload in payloads if payload["invoice"]]
    errors = [error["code"] for payload in payloads for error in payload["userErrors"]]
    assert (len(made), errors) == (1, ["ALREADY_EXISTS"] * 11)
    assert (await client.ask("{ invoices { totalCount } }"))["invoices"]["totalCount"] == 2


async def test_a_proforma_does_not_invoice_its_order(client: Client) -> None:
    # given a paid order that waits to be invoiced
    order = await factories.order(client, await seller(client), paidAt="2026-03-09T12:00:00Z")
    assert order["status"] == "PROCESSING"

    # when its proforma is finalized
    draft = await done(client, "invoiceCreate", orderId=order["id"], type="PROFORMA")
    proforma = await done(client, "invoiceFinalize", id=draft["id"])

    # then nothing is paid by it, and the order can be invoiced: by its conversion, once
    assert proforma["order"] == {"id": order["id"], "status": "PROCESSING"}
    assert proforma["paidTotal"]["amount"] == "0.00"
    invoice = await done(client, "proformaConvert", id=proforma["id"])
    assert (await refused(client, "invoiceCreate", orderId=order["id"]))["code"] == "ALREADY_EXISTS"
    invoice = await done(client, "invoiceFinalize", id=invoice["id"])
    assert invoice["order"] == {"id": order["id"], "status": "INVOICED"}
    assert invoice["paymentStatus"] == "PAID"


async def test_what_is_no_proforma_is_not_converted(client: Client) -> None:
    draft = await factories.draft(client, await seller(client))
    error = await refused(client, "proformaConvert", id=draft)
    assert (error["code"], error["message"]) == (
        "INVALID_STATE",
        "cannot convert a document of type STANDARD; only of PROFORMA",
    )
    proforma = await factories.draft(client, await seller(client), type="PROFORMA")
    error = await refused(client, "proformaConvert", id=proforma, expectedVersion=7)
    assert (error["code"], error["field"]) == ("VERSION_CONFLICT", ["expectedVersion"])
