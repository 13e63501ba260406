"""Advance invoices: VAT is due on their receipt, and the final invoice deducts them so that it is declared once."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import Any

import pytest

from tests import factories
from tests.document_life import amounts, do, done, finalized, read, refused, seller
from tests.factories import Client, Data

DELETE = "mutation($i: InvoiceDeleteInput!) { invoiceDelete(input: $i) { deletedId userErrors { code } } }"
UPDATE = "mutation($i: InvoiceUpdateInput!) { invoiceUpdate(input: $i) { userErrors { code } } }"
CREDIT = "mutation($i: InvoiceCreditInput!) { invoiceCredit(input: $i) { userErrors { code message } } }"
REDUCED: Data = {"taxClass": "REDUCED"}


async def buyer_of(client: Client, **given: Any) -> str:
    return await factories.customer(client, await seller(client), **given)


async def test_an_advance_is_deducted_group_by_group(client: Client) -> None:
    # given an advance of 100.00 at 19 % and 50.00 at 7 %
    buyer = await buyer_of(client, locale="en-GB")
    lines = [factories.line("60"), factories.line("40"), factories.line("50", **REDUCED)]
    advance = await finalized(client, buyer, *lines, type="ADVANCE")
    assert (advance["number"], amounts(advance)) == ("ADV-001", ("150.00", "22.50", "172.50"))

    # when the final invoice over 1,000.00 and 200.00 deducts it
    final = await finalized(
        client, buyer, factories.line("1000"), factories.line("200", **REDUCED), advanceIds=[advance["id"]]
    )

    # then each group is a negative line with the advance's decision, and the VAT is that of the rest
    assert [(line["description"], Decimal(line["quantity"]), line["net"]["amount"]) for line in final["lines"]] == [
        ("Tea", Decimal(1), "1000.00"),
        ("Tea", Decimal(1), "200.00"),
        ("Less advance invoice ADV-001 of 10 March 2026", Decimal(-1), "-100.00"),
        ("Less advance invoice ADV-001 of 10 March 2026", Decimal(-1), "-50.00"),
    ]
    assert amounts(final) == ("1050.00", "181.50", "1231.50")
    assert [(tax["percent"], tax["base"]["amount"], tax["tax"]["amount"]) for tax in final["taxes"]] == [
        ("19", "900.00", "171.00"),
        ("7", "150.00", "10.50"),
    ]
    assert final["deductedAdvances"] == [{"id": advance["id"]}]
    assert (await read(client, advance["id"]))["deductedIn"] == {"id": final["id"]}


async def test_an_invoice_with_gross_prices_deducts_the_gross_amount(client: Client) -> None:
    buyer = await buyer_of(client)
    advance = await finalized(client, buyer, factories.line("119"), type="ADVANCE", pricesIncludeTax=True)
    final = await finalized(client, buyer, factories.line("1190"), pricesIncludeTax=True, advanceIds=[advance["id"]])
    assert amounts(final) == ("900.00", "171.00", "1071.00")


async def test_discounts_are_on_what_is_supplied_and_not_on_what_is_deducted(client: Client) -> None:
    buyer = await buyer_of(client)
    advance = await finalized(client, buyer, factories.line("100"), type="ADVANCE")
    final = await finalized(
        client, buyer, factories.line("1000"), advanceIds=[advance["id"]], allowances=[{"percent": "10"}]
    )
    # 1000 - 10 % of 1000 - 100
    assert amounts(final) == ("800.00", "152.00", "952.00")


async def test_a_deduction_keeps_its_decision_when_the_rest_is_decided_anew(client: Client) -> None:
    # given a draft of a German consumer that deducts an advance
    buyer = await buyer_of(client)
    advance = await finalized(client, buyer, factories.line("100"), type="ADVANCE")
    draft = await done(
        client, "invoiceCreate", customerId=buyer, lines=[factories.line("1000")], advanceIds=[advance["id"]]
    )
    # when the buyer has moved to Austria, beyond the threshold
    change = "mutation($i: CustomerUpdateInput!) { customerUpdate(input: $i) { userErrors { message } } }"
    await client.ask(change, i={"id": buyer, "address": {"country": "AT", "postcode": "1010"}})
    given = {"id": (await client.ask("query($i: ID!) { invoice(id: $i) { entity { id } } }", i=draft["id"]))["invoice"]}
    settings = {"tax": {"oss": True, "euThresholdExceeded": True}}
    update = "mutation($i: EntityUpdateInput!) { entityUpdate(input: $i) { userErrors { message } } }"
    await client.ask(update, i={"id": given["id"]["entity"]["id"], "settings": settings})
    final = await done(client, "invoiceFinalize", id=draft["id"])

    # then the supply is taxed there, and the deduction as it was
    assert [(line["net"]["amount"], line["taxDecision"]["percent"]) for line in final["lines"]] == [
        ("1000.00", "20"),
        ("-100.00", "19"),
    ]
    assert amounts(final) == ("900.00", "181.00", "1081.00")


async def test_a_draft_takes_advances_up_and_lets_go_of_them(client: Client) -> None:
    buyer = await buyer_of(client)
    one, two = [await finalized(client, buyer, factories.line("100"), type="ADVANCE") for _ in range(2)]
    draft = await done(
        client, "invoiceCreate", customerId=buyer, lines=[factories.line("1000")], advanceIds=[one["id"]]
    )

    # what is not told of stays as it is
    draft = await done(client, "invoiceUpdate", id=draft["id"], lines=[factories.line("500")])
    assert amounts(draft) == ("400.00", "76.00", "476.00")
    draft = await done(client, "invoiceUpdate", id=draft["id"], note="changed")
    assert amounts(draft) == ("400.00", "76.00", "476.00")

    # all of them are given anew
    draft = await done(client, "invoiceUpdate", id=draft["id"], advanceIds=[two["id"]])
    assert amounts(draft) == ("400.00", "76.00", "476.00")
    assert draft["deductedAdvances"] == [{"id": two["id"]}]
    assert (await read(client, one["id"]))["deductedIn"] is None
    draft = await done(client, "invoiceUpdate", id=draft["id"], advanceIds=[one["id"], two["id"]])
    assert amounts(draft) == ("300.00", "57.00", "357.00")
    draft = await done(client, "invoiceUpdate", id=draft["id"], advanceIds=[])
    assert amounts(draft) == ("500.00", "95.00", "595.00")
    assert draft["deductedAdvances"] == []


async def test_an_advance_is_deducted_by_one_living_document(client: Client) -> None:
    buyer = await buyer_of(client)
    advance = await finalized(client, buyer, factories.line("100"), type="ADVANCE")
    given = {"customerId": buyer, "lines": [factories.line("1000")], "advanceIds": [advance["id"]]}

    # however many want it at once
    payloads = await asyncio.gather(*(do(client, "invoiceCreate", **given) for _ in range(8)))
    (draft,) = [payload["invoice"] for payload in payloads if payload["invoice"]]
    errors = [error for payload in payloads for error in payload["userErrors"]]
    assert [(error["code"], error["field"]) for error in errors] == [("ALREADY_EXISTS", ["advanceIds", "0"])] * 7
    assert errors[0]["message"] == f"ADV-001 is deducted in the draft {draft['id']} already"

    # and it is free again when the draft is deleted, or the invoice void
    await client.ask(DELETE, i={"id": draft["id"]})
    final = await finalized(client, buyer, factories.line("1000"), advanceIds=[advance["id"]])
    assert (await refused(client, "invoiceCreate", **given))[
        "message"
    ] == "ADV-001 is deducted in invoice INV-001 already"
    error = await refused(client, "invoiceVoid", id=advance["id"], reason="x")
    assert error["message"] == "cannot void this document: it is deducted in INV-001"
    await done(client, "invoiceVoid", id=final["id"], reason="entered twice")
    assert (await done(client, "invoiceCreate", **given))["deductedAdvances"] == [{"id": advance["id"]}]


async def test_drafts_that_swap_their_advances_do_not_wait_for_each_other_in_a_circle(client: Client) -> None:
    buyer = await buyer_of(client)
    one, two = [(await finalized(client, buyer, factories.line("10"), type="ADVANCE"))["id"] for _ in range(2)]
    drafts = [
        (await done(client, "invoiceCreate", customerId=buyer, lines=[factories.line("1000")], advanceIds=[advance]))[
            "id"
        ]
        for advance in (one, two)
    ]
    for _ in range(5):
        changes = [
            client.raw(UPDATE, i={"id": draft, "advanceIds": advances})
            for draft in drafts
            for advances in ([one], [two], [])
        ]
        for answer in await asyncio.gather(*changes):
            # Taken by the other draft, or changed by another of these at that moment: nothing else.
            errors = answer["data"]["invoiceUpdate"]["userErrors"] if answer["data"] else []
            codes = {error["extensions"]["code"] for error in answer.get("errors", ())}
            assert codes | {error["code"] for error in errors} <= {"ALREADY_EXISTS", "UNAVAILABLE"}
        found = [await read(client, draft) for draft in drafts]
        held = [advance["id"] for draft in found for advance in draft["deductedAdvances"]]
        assert len(held) == len(set(held))
        for draft in found:
            assert len(draft["lines"]) == 1 + len(draft["deductedAdvances"])


@pytest.mark.parametrize(
    ("change", "code", "message"),
    [
        ({"type": "PROFORMA"}, "INVALID_INPUT", "only a document of type STANDARD deducts advances"),
        ({"currency": "USD"}, "INVALID_INPUT", "ADV-001 is in EUR, not USD"),
        (
            {"lines": [factories.line("99.99")]},
            "INVALID_INPUT",
            "the advances come to more than the invoice: -0.01 EUR",
        ),
    ],
    ids=["type", "currency", "too much"],
)
async def test_what_cannot_deduct_an_advance(client: Client, change: Data, code: str, message: str) -> None:
    buyer = await buyer_of(client)
    advance = await finalized(client, buyer, factories.line("100"), type="ADVANCE")
    given = {"customerId": buyer, "lines": [factories.line("1000")], "advanceIds": [advance["id"]], **change}
    error = await refused(client, "invoiceCreate", **given)
    assert error["code"] == code
    assert error["message"].startswith(message)
    assert error["field"][0] == "advanceIds"
    assert (await read(client, advance["id"]))["deductedIn"] is None


async def test_which_advances_cannot_be_deducted(client: Client) -> None:
    entity = await seller(client)
    buyer, other = [await factories.customer(client, entity) for _ in range(2)]
    draft = await done(client, "invoiceCreate", customerId=buyer, type="ADVANCE", lines=[factories.line("1")])
    invoice = await finalized(client, buyer)
    theirs = await finalized(client, other, type="ADVANCE")
    void = await finalized(client, buyer, type="ADVANCE")
    await done(client, "invoiceVoid", id=void["id"], reason="x")
    for ids, code, message in (
        ([draft["id"]], "INVALID_STATE", "cannot deduct this document: finalize it first"),
        ([invoice["id"]], "INVALID_STATE", "cannot deduct a document of type STANDARD; only of ADVANCE"),
        ([void["id"]], "INVALID_STATE", "cannot deduct this document: it is void"),
        ([theirs["id"]], "INVALID_INPUT", "ADV-001 is of another buyer"),
        ([theirs["id"], theirs["id"]], "INVALID_INPUT", "names an advance twice"),
        ([theirs["id"]] * 51, "LIMIT_EXCEEDED", "at most 50 advances"),
        (["inv_00000000000000000000000000"], "NOT_FOUND", "no such invoice"),
    ):
        error = await refused(client, "invoiceCreate", customerId=buyer, lines=[factories.line("9")], advanceIds=ids)
        assert (error["code"], error["message"]) == (code, message)


async def test_an_advance_is_not_made_from_an_order(client: Client) -> None:
    order = await factories.order(client, await seller(client))
    error = await refused(client, "invoiceCreate", orderId=order["id"], type="ADVANCE")
    assert (error["code"], error["field"]) == ("INVALID_INPUT", ["orderId"])


async def test_what_was_credited_of_an_advance_is_not_deducted(client: Client) -> None:
    # given an advance of 100.00 at 19 % and 50.00 at 7 %, of which 40.00 of the former are credited
    buyer = await buyer_of(client)
    lines = [factories.line("100"), factories.line("50", **REDUCED)]
    advance = await finalized(client, buyer, *lines, type="ADVANCE")
    note = await client.ask(CREDIT, i={"id": advance["id"], "lines": [await part_of(client, advance["id"], "0.4")]})
    assert note["invoiceCredit"]["userErrors"] == []

    final = await finalized(client, buyer, factories.line("1000"), advanceIds=[advance["id"]])

    assert [line["net"]["amount"] for line in final["lines"]] == ["1000.00", "-60.00", "-50.00"]

    # when all of it is credited, nothing is left to deduct
    other = await finalized(client, buyer, factories.line("100"), type="ADVANCE")
    assert (await client.ask(CREDIT, i={"id": other["id"]}))["invoiceCredit"]["userErrors"] == []
    error = await refused(
        client, "invoiceCreate", customerId=buyer, lines=[factories.line("1000")], advanceIds=[other["id"]]
    )
    assert (error["code"], error["message"]) == (
        "INVALID_STATE",
        "nothing is left of ADV-002 to deduct: it is credited",
    )


async def part_of(client: Client, invoice_id: str, quantity: str) -> Data:
    query = "query($i: ID!) { invoice(id: $i) { lines { id } } }"
    line = (await client.ask(query, i=invoice_id))["invoice"]["lines"][0]["id"]
    return {"lineId": line, "quantity": quantity}


async def test_an_advance_is_not_credited_while_it_is_deducted(client: Client) -> None:
    # given an advance that a draft deducts, and then an invoice
    buyer = await buyer_of(client)
    advance = await finalized(client, buyer, factories.line("100"), type="ADVANCE")
    given = {"customerId": buyer, "lines": [factories.line("1000")], "advanceIds": [advance["id"]]}
    draft = await done(client, "invoiceCreate", **given)
    before = await read(client, advance["id"])
    for name, instead in (
        (draft["id"], "delete that draft, or take the advance off it"),
        ("INV-001", "credit INV-001 instead"),
    ):
        # Its VAT is taken off there already.
        (error,) = (await client.ask(CREDIT, i={"id": advance["id"]}))["invoiceCredit"]["userErrors"]
        assert error == {"code": "INVALID_STATE", "message": f"this advance is deducted in {name}; {instead}"}
        assert await read(client, advance["id"]) == before
        if name == draft["id"]:
            await done(client, "invoiceFinalize", id=draft["id"])

    # when that invoice is credited in full, the advance is free: to be deducted again, or credited
    assert (await client.ask(CREDIT, i={"id": draft["id"]}))["invoiceCredit"]["userErrors"] == []
    assert (await done(client, "invoiceCreate", **given))["deductedAdvances"] == [{"id": advance["id"]}]


async def test_either_the_credit_or_the_deduction_comes_first(client: Client) -> None:
    buyer = await buyer_of(client)
    for _ in range(5):
        advance = await finalized(client, buyer, factories.line("100"), type="ADVANCE")
        given = {"customerId": buyer, "lines": [factories.line("1000")], "advanceIds": [advance["id"]]}
        credited, deducted = await asyncio.gather(
            client.ask(CREDIT, i={"id": advance["id"]}), do(client, "invoiceCreate", **given)
        )
        assert bool(credited["invoiceCredit"]["userErrors"]) != bool(deducted["userErrors"])
