"""The threshold of EUR 10,000 for cross-border sales (Art. 59c): what counts, what passes it, and what follows."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest

from app.bootstrap import Application
from app.services import exchange_rates, keys
from tests import factories
from tests.command_line import invoicing
from tests.conftest import Clock
from tests.ecb_files import FRIDAY, ecb_file
from tests.eu_sales import FRENCH, by_hand, counted, decided, finalized, forget, recounted, sell, seller, status
from tests.factories import Client, Data
from tests.scenarios.test_group_commit import Statements

FR: Data = {"customer": FRENCH}
AT: Data = {"customer": {"name": "Resi", "externalId": "resi", "address": {"country": "AT"}}}
FRENCH_BUSINESS: Data = {
    "name": "Atelier SARL",
    "externalId": "atelier",
    "kind": "BUSINESS",
    "address": {"country": "FR"},
    "taxId": {"value": "FR40303265045", "status": "VALID", "checkedAt": "2026-03-01T00:00:00Z"},
}


def line(price: str, **supply: Any) -> Data:
    given: Data = {"supply": supply} if supply else {}
    return factories.line(price, externalId="1", **given)


async def told(client: Client) -> list[tuple[str, Data]]:
    """The events of taxes, in order."""
    await factories.settled(client.app)
    types = "[TAX_THRESHOLD_APPROACHING, TAX_THRESHOLD_EXCEEDED]"
    found = await client.ask(f"{{ events(first: 50, types: {types}) {{ nodes {{ type data }} }} }}")
    return [(node["type"], node["data"]) for node in found["events"]["nodes"]]


async def test_what_counts(client: Client) -> None:
    # given a German seller with stock in Poland
    entity = await seller(client, tax={"otherRegistrations": ["FR", "PL"]})
    goods, digital = {"kind": "GOODS"}, {"kind": "DIGITAL"}
    sales: list[tuple[str, Data, Data, str]] = [
        # goods to consumers in other member states, and digital services to them
        ("goods to France", FR, goods, "100.00"),
        ("a digital service to Austria", AT, digital, "200.00"),
        # and nothing else
        ("at home", {"customer": {"name": "Eva", "address": {"country": "DE"}}}, goods, "200.00"),
        ("to a business", {"customer": FRENCH_BUSINESS}, goods, "200.00"),
        ("out of the EU", {"customer": {"name": "Urs", "address": {"country": "CH"}}}, goods, "200.00"),
        ("from the stock in Poland", FR, {"kind": "GOODS", "dispatchFrom": "PL"}, "200.00"),
        ("a service in general", FR, {"kind": "SERVICES"}, "200.00"),
        ("a hotel in France", FR, {"kind": "SERVICES", "nature": "ACCOMMODATION", "placeOfSupply": "FR"}, "200.00"),
        ("second-hand goods", FR, {"kind": "GOODS", "nature": "MARGIN_SECOND_HAND"}, "200.00"),
        # shipped to another state than the buyer's
        ("a present", {"customer": {"name": "Eva", "address": {"country": "DE"}}, "shipTo": {"country": "AT"}}, goods,
         "300.00"),
    ]  # fmt: skip
    for what, buyer, supply, expected in sales:
        sold = await sell(client, entity, "100", lines=[line("100", **supply)], **buyer)
        assert sold["failure"] is None, what
        assert await counted(client, entity) == expected, what
    assert (await status(client, entity))["documents"] == 3
    assert await by_hand(client, entity) == 300
    assert (await recounted(client)).differences == []


async def test_credits_voids_and_advances(client: Client, clock: Clock) -> None:
    entity = await seller(client)
    buyer = await factories.customer(client, entity, address={"country": "FR"})
    # given a mixed document with a discount of 10 % on the whole: 90.00 of the goods to France count
    mixed = [line("100"), line("50", kind="GOODS", shipTo="DE")]
    document = await finalized(client, buyer, *mixed, allowances=[{"percent": "10"}])
    assert await counted(client, entity) == "90.00"
    # an advance, and the final invoice that deducts it
    advance = await finalized(client, buyer, line("300"), type="ADVANCE")
    assert await counted(client, entity) == "390.00"
    final = await finalized(client, buyer, line("1000"), advanceIds=[advance["id"]])
    assert await counted(client, entity) == "1090.00"
    await finalized(client, buyer, line("5000"), type="PROFORMA")
    assert await counted(client, entity) == "1090.00"

    # when the last is credited in part, in the next year, and the first whole
    clock.now = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
    credit = "mutation($i: InvoiceCreditInput!) { invoiceCredit(input: $i) { userErrors { message } } }"
    done = await client.ask(credit, i={"id": final["id"], "amount": "238.00"})
    assert done["invoiceCredit"]["userErrors"] == []
    await client.ask(credit, i={"id": document["id"]})

    # then the year of the supply is reduced, whose taxable amount it was
    assert await counted(client, entity, 2026) == "800.00"
    assert await counted(client, entity) == "0.00"
    assert (await status(client, entity, 2026))["documents"] == 5

    # and what is void counts no more
    void = "mutation($i: InvoiceVoidInput!) { invoiceVoid(input: $i) { userErrors { message } } }"
    mistaken = await finalized(client, buyer, line("700"))
    assert await counted(client, entity) == "700.00"
    assert (await client.ask(void, i={"id": mistaken["id"], "reason": "typo"}))["invoiceVoid"]["userErrors"] == []
    assert ((await status(client, entity))["documents"], await counted(client, entity)) == (0, "0.00")
    assert (await recounted(client)).differences == []


async def test_the_sale_that_passes_the_threshold_is_taxed_at_the_destination(client: Client, clock: Clock) -> None:
    entity = await seller(client)
    # given 7,999.99, below 80 %
    first = await sell(client, entity, "7999.99")
    assert (first["treatment"], first["taxTotal"]["amount"]) == ("ORIGIN", "1520.00")
    assert ((await status(client, entity))["state"], await told(client)) == ("BELOW", [])

    # when a sale comes to 80 %, and one to the very limit
    await sell(client, entity, "0.01")
    assert (await status(client, entity))["state"] == "APPROACHING"
    assert (await sell(client, entity, "2000"))["treatment"] == "ORIGIN"
    reached = await status(client, entity)
    assert (reached["net"], reached["share"]) == ({"amount": "10000.00", "currency": "EUR"}, "1.0000")
    assert (reached["state"], reached["exceededSince"]) == ("APPROACHING", None)

    # then the cent that passes it is taxed in France, and so is what follows
    draft = await factories.draft(client, entity, await factories.customer(client, entity, address={"country": "FR"}))
    assert (await decided(client, draft))["treatment"] == "DESTINATION_REGISTRATION"
    clock.advance(days=1)
    passing = await sell(client, entity, "0.01")
    assert passing["treatment"] == "DESTINATION_REGISTRATION"
    assert passing["lines"][0]["taxDecision"]["inputs"]["threshold_exceeded"] is True
    assert (await sell(client, entity, "10"))["taxTotal"]["amount"] == "2.00"
    after = await status(client, entity)
    assert (after["state"], after["net"]["amount"], after["exceededSince"]) == (
        "EXCEEDED",
        "10010.01",
        "2026-03-11T09:00:00Z",
    )
    events = await told(client)
    assert [(kind, payload["netTotal"]["amount"]) for kind, payload in events] == [
        ("TAX_THRESHOLD_APPROACHING", "8000.00"),
        ("TAX_THRESHOLD_EXCEEDED", "10000.01"),
    ]
    assert events[1][1] == {
        "id": entity,
        "year": 2026,
        "netTotal": {"amount": "10000.01", "currency": "EUR"},
        "limit": {"amount": "10000.00", "currency": "EUR"},
        "uncountedDocuments": 0,
        "invoiceId": passing["id"],
    }

    # and in the next year too, from its first sale on; in the one after that it is below again
    clock.now = datetime(2027, 6, 1, 9, 0, tzinfo=UTC)
    placed = {"placedAt": "2027-05-31T10:00:00Z"}
    assert (await sell(client, entity, "10", **placed))["treatment"] == "DESTINATION_REGISTRATION"
    clock.now = datetime(2028, 6, 1, 9, 0, tzinfo=UTC)
    assert (await sell(client, entity, "10", placedAt="2028-05-31T10:00:00Z"))["treatment"] == "ORIGIN"
    assert [await counted(client, entity, year) for year in (2026, 2027, 2028)] == ["10010.01", "10.00", "10.00"]
    assert len(await told(client)) == 2
    assert (await recounted(client)).differences == []


async def test_a_gross_price_stays_what_it_is(client: Client) -> None:
    entity = await seller(client, tax={"pricesIncludeTax": True})
    await sell(client, entity, "11900")
    passing = await sell(client, entity, "120.00")
    assert passing["treatment"] == "DESTINATION_REGISTRATION"
    assert [passing[name]["amount"] for name in ("netTotal", "taxTotal", "grossTotal")] == ["100.00", "20.00", "120.00"]
    assert await counted(client, entity) == "10100.00"


async def test_without_a_registration_the_passing_sale_is_refused_and_smaller_ones_go_on(client: Client) -> None:
    entity = await seller(client, tax={"otherRegistrations": []})
    await sell(client, entity, "9000")
    refused = await sell(client, entity, "1000.01")
    assert "neither the One-Stop-Shop nor is it registered there" in refused["failure"]
    assert await counted(client, entity) == "9000.00"
    assert (await sell(client, entity, "1000.00"))["treatment"] == "ORIGIN"
    # a draft says so as well, and tax previews
    preview = "query($i: TaxPreviewInput!) { taxPreview(input: $i) { lines { taxDecision { treatment } } } }"
    asked = {"entityId": entity, "buyer": {"country": "FR"}, "date": "2026-03-10", "currency": "EUR"}
    error = await client.error(preview, i={**asked, "lines": [factories.line("0.01")]})
    assert error["extensions"]["code"] == "TAX_UNDETERMINED"
    below = await client.ask(preview, i={**asked, "lines": [factories.line("0.01")], "thresholdExceeded": False})
    assert below["taxPreview"]["lines"][0]["taxDecision"]["treatment"] == "ORIGIN"
    # with the One-Stop-Shop it goes through
    change = "mutation($i: EntityUpdateInput!) { entityUpdate(input: $i) { userErrors { message } } }"
    await client.ask(change, i={"id": entity, "settings": {"tax": {"oss": True}}})
    assert (await sell(client, entity, "0.01"))["treatment"] == "OSS"
    assert [kind for kind, _ in await told(client)] == ["TAX_THRESHOLD_APPROACHING", "TAX_THRESHOLD_EXCEEDED"]


async def test_a_seller_may_choose_the_destination(client: Client) -> None:
    entity = await seller(client, tax={"destinationTaxation": True})
    read = "query($i: ID!) { entity(id: $i) { settings { tax { destinationTaxation } } } }"
    assert (await client.ask(read, i=entity))["entity"]["settings"]["tax"] == {"destinationTaxation": True}
    chosen = await sell(client, entity, "10")
    assert chosen["treatment"] == "DESTINATION_REGISTRATION"
    assert chosen["lines"][0]["taxDecision"]["inputs"]["destination_taxation"] is True
    refused = await sell(client, entity, "10", **AT)
    assert "has chosen the destination's VAT (Art. 59c (3))" in refused["failure"]
    assert await counted(client, entity) == "10.00"


async def test_the_sellers_own_statement_overrides_the_count(client: Client) -> None:
    entity = await seller(client, tax={"euThresholdExceeded": True})
    assert (await sell(client, entity, "10"))["treatment"] == "DESTINATION_REGISTRATION"
    assert (await status(client, entity))["state"] == "BELOW"


async def test_fifty_at_once_pass_it_once(client: Client) -> None:
    # given 49 sales of 210.00, of which 47 fit, and one of 130.00 that fits where they leave room: half of them are
    # drafts that are finalized, half orders that are invoiced, in transactions of their own
    entity = await seller(client)
    buyer = await factories.customer(client, entity, address={"country": "FR"})
    drafts = [await factories.draft(client, entity, buyer, lines=[line("210.00")]) for _ in range(25)]
    prices = ["210.00"] * 24 + ["130.00"]

    async def finalize(draft: str) -> str:
        assert (await factories.finalize(client, draft))["userErrors"] == []
        return draft

    async def invoice(price: str) -> str:
        order = await factories.order(client, entity, customer=FRENCH, lines=[line(price)])
        return str(order["invoices"][0]["id"])

    both = zip(map(finalize, drafts), map(invoice, prices), strict=True)
    done = await asyncio.gather(*(job for pair in both for job in pair))

    # then their sum is exact, and in the order of their numbers one passes the threshold: from it on, France taxes
    assert await counted(client, entity) == "10420.00"
    documents = [await decided(client, one) for one in done]
    before = Decimal(0)
    crossings = 0
    for document in sorted(documents, key=lambda one: int(one["number"].removeprefix("INV-"))):
        after = before + Decimal(document["netTotal"]["amount"])
        assert (document["treatment"] == "ORIGIN") == (after <= 10_000), (before, document)
        crossings += before <= 10_000 < after
        before = after
    assert crossings == 1
    assert [kind for kind, _ in await told(client)] == ["TAX_THRESHOLD_APPROACHING", "TAX_THRESHOLD_EXCEEDED"]
    assert (await recounted(client)).differences == []


async def test_counting_costs_a_batch_one_statement_and_nothing_where_nothing_could_count(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    entity = await seller(client)
    await sell(client, entity, "1")
    mutation = "mutation($i: InvoicesFinalizeInput!) { invoicesFinalize(input: $i) { results { invoice { id } } } }"
    costs = []
    for country in ("DE", "CH", "FR"):
        buyer = await factories.customer(client, entity, address={"country": country})
        drafts = [await factories.draft(client, entity, buyer, lines=[line("1")]) for _ in range(5)]
        with monkeypatch.context() as patched:
            statements = Statements(client.app.database, patched)
            await client.ask(mutation, i={"ids": drafts})
        costs.append(max(statements.writes))
    assert await counted(client, entity) == "6.00"
    assert costs[0] == costs[1]
    # What is stored goes along with the rest on PostgreSQL; SQLite takes a statement for each table.
    assert costs[2] - costs[0] == (1 if client.app.database.dialect == "postgres" else 3)


async def test_a_batch_passes_it_in_its_own_order(client: Client) -> None:
    # given drafts that were priced below it, of which the third passes
    entity = await seller(client)
    buyer = await factories.customer(client, entity, address={"country": "FR"})
    drafts = [await factories.draft(client, entity, buyer, lines=[line("4000")]) for _ in range(4)]
    assert {(await decided(client, draft))["treatment"] for draft in drafts} == {"ORIGIN"}
    mutation = (
        "mutation($i: InvoicesFinalizeInput!) { invoicesFinalize(input: $i) { results { invoice { id }"
        " userErrors { code field } } } }"
    )
    await client.ask(mutation, i={"ids": drafts})
    treatments = [(await decided(client, draft))["treatment"] for draft in drafts]
    assert treatments == ["ORIGIN", "ORIGIN", "DESTINATION_REGISTRATION", "DESTINATION_REGISTRATION"]


async def test_what_passes_it_must_still_come_to_the_expected_total(client: Client) -> None:
    entity = await seller(client)
    buyer = await factories.customer(client, entity, address={"country": "FR"})
    draft = await factories.draft(client, entity, buyer, lines=[line("100")])
    await sell(client, entity, "9950")
    payload = await factories.finalize(client, draft, expectedTotal="119.00")
    assert payload["userErrors"] == [
        {"code": "INVALID_INPUT", "message": "the total is 120.00, not 119.00", "field": ["expectedTotal"]}
    ]
    assert await counted(client, entity) == "9950.00"
    assert (await factories.finalize(client, draft, expectedTotal="120.00"))["userErrors"] == []


async def test_voiding_what_passed_it_takes_that_back(client: Client) -> None:
    entity = await seller(client)
    await sell(client, entity, "100")
    mistaken = await sell(client, entity, "99999")
    assert (await status(client, entity))["state"] == "EXCEEDED"
    void = "mutation($i: InvoiceVoidInput!) { invoiceVoid(input: $i) { userErrors { message } } }"
    await client.ask(void, i={"id": mistaken["id"], "reason": "a price of another currency"})
    left = await status(client, entity)
    assert (left["state"], left["approachingSince"], left["exceededSince"]) == ("BELOW", None, None)
    assert (await sell(client, entity, "100"))["treatment"] == "ORIGIN"
    # a credit note does not: the threshold was passed in the course of the year
    passed = await sell(client, entity, "99999")
    credit = "mutation($i: InvoiceCreditInput!) { invoiceCredit(input: $i) { userErrors { message } } }"
    await client.ask(credit, i={"id": passed["id"]})
    assert (await status(client, entity))["state"] == "EXCEEDED"
    assert await counted(client, entity) == "200.00"
    assert (await sell(client, entity, "1"))["treatment"] == "DESTINATION_REGISTRATION"


async def findings_of_sales(client: Client, entity: str) -> list[dict[str, Any]]:
    """What the seller's compliance tells of its cross-border sales."""
    read = "query($i: ID!) { entity(id: $i) { compliance { findings { rule severity field message } } } }"
    findings = (await client.ask(read, i=entity))["entity"]["compliance"]["findings"]
    return [one for one in findings if one["rule"].startswith("EU-SALES")]


async def test_other_currencies_are_counted_in_euros_and_what_has_no_rate_is_told(client: Client) -> None:
    # given a seller that sells in złoty, and no rates
    entity = await seller(client)
    złoty = {"currency": "PLN", "placedAt": "2026-03-07T10:00:00Z"}
    first = await sell(client, entity, "1000", **złoty)
    assert first["treatment"] == "DESTINATION_REGISTRATION"
    second = await sell(client, entity, "2000", **złoty)

    # then they are not in the sum, and that is told
    found = await status(client, entity)
    assert (found["net"]["amount"], found["documents"], found["uncountedDocuments"]) == ("0.00", 2, 2)
    findings = await findings_of_sales(client, entity)
    assert [(one["rule"], one["severity"]) for one in findings] == [("EU-SALES-01", "WARNING")]
    assert findings[0]["message"].startswith("2 documents are missing in the count of cross-border sales of 2026")

    # when the rates of the day before that Saturday are loaded, what follows is counted
    await exchange_rates.take_file(client.app.services, ecb_file({date(2026, 3, 6): FRIDAY}))
    await sell(client, entity, "100", **złoty)
    assert await counted(client, entity) == "23.43"  # 100 / 4.2685
    # a credit note of what is not counted takes nothing off
    credit = "mutation($i: InvoiceCreditInput!) { invoiceCredit(input: $i) { userErrors { message } } }"
    await client.ask(credit, i={"id": second["id"], "amount": "1200.00"})
    assert ((await status(client, entity))["uncountedDocuments"], await counted(client, entity)) == (3, "23.43")

    # and counting anew finds them: 1000 + 2000 - 1000 + 100 złoty, each document rounded once
    assert (await recounted(client)).found == 3
    assert await counted(client, entity) == "23.43"
    assert (await recounted(client, repair=True)).found == 4
    found = await status(client, entity)
    assert (found["net"]["amount"], found["documents"], found["uncountedDocuments"]) == ("491.98", 4, 0)
    assert (await recounted(client)).differences == []
    assert await findings_of_sales(client, entity) == []


async def test_the_count_is_the_sum_of_its_documents_whatever_happens(client: Client, clock: Clock) -> None:
    """Random sales, credits and voids, against a plain sum over the documents."""
    dice = Random(59)
    entity = await seller(client, settings={"autoInvoice": "ON_ORDER", "tax": {"otherRegistrations": ["FR", "AT"]}})
    made: list[str] = []
    void = "mutation($i: InvoiceVoidInput!) { invoiceVoid(input: $i) { userErrors { message } } }"
    credit = "mutation($i: InvoiceCreditInput!) { invoiceCredit(input: $i) { userErrors { message } } }"
    for _ in range(40):
        clock.advance(minutes=1)
        what = dice.random()
        if what < 0.7 or not made:
            buyer = dice.choice((FR, AT, {"customer": {"name": "Eva", "address": {"country": "DE"}}}))
            lines = [
                line(f"{dice.randint(1, 100_000) / 100:.2f}", kind=dice.choice(("GOODS", "DIGITAL", "SERVICES")))
                for _ in range(dice.randint(1, 3))
            ]
            sold = await sell(client, entity, "0", **buyer, lines=lines, pricesIncludeTax=dice.random() < 0.5)
            assert sold["failure"] is None
            made.append(sold["id"])
        elif what < 0.85:
            await client.ask(credit, i={"id": dice.choice(made), "amount": f"{dice.randint(1, 5_000) / 100:.2f}"})
        else:
            await client.ask(void, i={"id": dice.choice(made), "reason": "dice"})
    assert Decimal(await counted(client, entity)) == await by_hand(client, entity) > 6_000
    before = await status(client, entity)
    assert (await recounted(client)).differences == []

    # and where there were no counts, counting anew makes the same
    await forget(client, entity)
    assert await counted(client, entity) == "0.00"
    assert (await recounted(client, repair=True)).found == before["documents"] + 1
    assert await status(client, entity) == before


async def test_an_advance_is_taken_off_wherever_the_buyer_is_now(client: Client) -> None:
    # given an advance to a buyer in France, who has moved to Germany since
    entity = await seller(client)
    buyer = await factories.customer(client, entity, address={"country": "FR"})
    advance = await finalized(client, buyer, line("300"), type="ADVANCE")
    change = "mutation($i: CustomerUpdateInput!) { customerUpdate(input: $i) { userErrors { message } } }"
    await client.ask(change, i={"id": buyer, "address": {"country": "DE"}})

    # then the sale is one at home, and the advance was none across the border after all
    final = await finalized(client, buyer, line("1000"), advanceIds=[advance["id"]])
    assert final["treatment"] == "DOMESTIC"
    assert await counted(client, entity) == "0.00"
    assert (await recounted(client)).differences == []


async def test_a_year_must_be_one(client: Client) -> None:
    entity = await seller(client)
    query = "query($i: ID!, $y: Int) { entity(id: $i) { euSales(year: $y) { year } } }"
    for year in (2014, 10_000):
        assert "2015" in (await client.error(query, i=entity, y=year))["message"]


async def test_the_command_compares_and_repairs(sqlite_app: Application, sqlite_url: str, tmp_path: Path) -> None:
    # given a count that was lost
    client = Client(sqlite_app, (await keys.create_account(sqlite_app.services, "Acme")).sandbox_secret)
    entity = await seller(client)
    sold = await sell(client, entity, "100")
    await forget(client, entity)
    command = partial(invoicing, tmp_path, "tax", "recount", INVOICING_DATABASE_URL=sqlite_url)

    # then it is told, and put right on request
    compared = await asyncio.to_thread(command, "--mode", "SANDBOX", "--json")
    assert compared.returncode == 1, compared.stderr
    (report,) = json.loads(compared.stdout).values()
    assert (report["entities"], report["documents"], report["found"]) == (1, 1, 1)
    assert report["differences"][0]["what"] == f"document {sold['id']}"
    repaired = await asyncio.to_thread(command, "--entity", entity, "--repair")
    assert (repaired.returncode, "2 differences, repaired" in repaired.stdout) == (0, True)
    assert await counted(client, entity) == "100.00"
    await client.http.aclose()
