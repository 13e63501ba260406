"""The other reports of law: sales to numbers of other member states, imports, sellers' totals, and sums that hold."""

from __future__ import annotations

import csv
import io
import logging
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import structlog
from typer.testing import CliRunner

from app import cli
from app.db.aggregates import CUSTOMERS
from app.domain.parties import TaxIdStatus
from app.services import keys
from tests import factories
from tests.conftest import Clock
from tests.document_life import done, finalized
from tests.factories import Client, Data
from tests.scenarios.test_law_reports import (
    OSS_SELLER,
    consumer,
    credit,
    entered_again,
    listed,
    oss_return,
    rates,
    sale,
    summary,
)

EC = """query($e: ID!, $y: Int!, $q: Int, $m: Int) { ecSalesList(entityId: $e, year: $y, quarter: $q, month: $m) {
    vatNumber period { name } total { amount currency } rows { memberState vatNumber sale value { amount } }
    rates { currency ofDate date } leftOut { date base { amount currency } } findings { rule } } }"""
DAC7 = """query($y: Int!, $first: Int, $after: String) { dac7Report(year: $y) { year
    sellers(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes {
    entity { id } saleCount consideration { amount currency } residentInEu excluded missing
    quarters { activity quarter saleCount amounts { amount currency } consideration { amount } }
    leftOut { date base { amount currency } } findings { rule } } } } }"""


async def business(client: Client, seller: str, country: str, number: str) -> str:
    """A buyer whose VAT number VIES has just called valid."""
    buyer = await factories.customer(
        client, seller, kind="BUSINESS", address={"country": country}, taxId={"value": number}
    )
    scope = (await keys.authenticate(client.app.services, f"Bearer {client.secret}")).scope
    known = {"tax_id_status": TaxIdStatus.VALID, "tax_id_checked_at": client.app.services.clock()}
    async with client.app.database.transaction(scope) as session:
        await CUSTOMERS.change(scope, session, buyer, known)
    return buyer


async def test_sales_to_numbers_of_other_member_states(client: Client, clock: Clock) -> None:
    # given sales of goods (138), services (196), of a middleman (141) and at home (199), in euro and dollars
    settings = {"autoInvoice": "NEVER", "tax": {"pricesIncludeTax": False, "otherRegistrations": ["CZ"]}}
    seller = await factories.entity(client, settings=settings)
    french = await business(client, seller, "FR", "FR40303265045")
    spanish = await business(client, seller, "ES", "ESB58378431")
    german = await business(client, seller, "DE", "DE129274202")
    first = await finalized(client, french, sale("100"), sale("50", kind="SERVICES"), allowances=[{"percent": "10"}])
    await finalized(client, french, sale("109.12"), currency="USD")
    await finalized(client, french, sale("30", dispatchFrom="CZ"))
    await finalized(client, spanish, sale("70", nature="TRIANGULATION", dispatchFrom="FR", shipTo="ES"))
    await finalized(client, german, sale("500", nature="DOMESTIC_REVERSE_CHARGE"))
    # and part of the first taken back, and another number of the buyer since
    await credit(client, first["id"], 1, "0.5")
    change = "mutation($i: CustomerUpdateInput!) { customerUpdate(input: $i) { userErrors { message } } }"
    await client.ask(change, i={"id": french, "taxId": {"value": "FR83404833048"}})
    clock.now = datetime(2026, 4, 1, 9, tzinfo=UTC)

    # when no rate is known, the dollars are left out
    early = (await client.ask(EC, e=seller, y=2026, q=1))["ecSalesList"]
    assert early["leftOut"] == [{"date": "2026-03-10", "base": {"amount": "109.12", "currency": "USD"}}]
    assert early["findings"] == [{"rule": "LAW-RATE"}]

    # then 90.00 less 45.00 taken back, and 109.12 USD × 0.91642229 = 100.00 by the rate of the 9th
    await rates(client, date(2026, 3, 9), "1.0912")
    for arguments in ({"q": 1}, {"m": 3}):
        found = (await client.ask(EC, e=seller, y=2026, **arguments))["ecSalesList"]
        assert [
            (row["memberState"], row["vatNumber"], row["sale"], row["value"]["amount"]) for row in found["rows"]
        ] == [
            ("CZ", "FR40303265045", "GOODS", "30.00"),
            ("DE", "ESB58378431", "TRIANGULATION", "70.00"),
            ("DE", "FR40303265045", "GOODS", "145.00"),
            ("DE", "FR40303265045", "SERVICES", "45.00"),
        ]
        assert found["total"] == {"amount": "290.00", "currency": "EUR"}
        assert (found["rates"], found["leftOut"], found["findings"]) == (
            [{"currency": "USD", "ofDate": "2026-03-10", "date": "2026-03-09"}],
            [],
            [],
        )
    assert (await client.ask(EC, e=seller, y=2026, m=2))["ecSalesList"]["rows"] == []

    # and the file says the same
    text = (await client.get(f"/reports/ec-sales.csv-bom?entityId={seller}&year=2026&quarter=1")).text
    assert text.startswith("\ufeffpart,member_state,vat_number,sale,currency,value\r\n")
    assert "SUPPLY,DE,FR40303265045,GOODS,EUR,145.00\r\n" in text


async def test_what_is_imported_has_a_return_of_its_own(client: Client) -> None:
    # given a parcel of a British seller in the Import One-Stop-Shop
    seller = await factories.entity(
        client,
        address={"country": "GB", "line1": "1 High Street", "city": "Leeds"},
        currency="EUR",
        taxIds=[{"value": "IM2760000742", "country": "GB"}],
        settings={"autoInvoice": "NEVER", "tax": {"pricesIncludeTax": False, "ioss": True}},
    )
    french = await consumer(client, seller, "FR")
    await finalized(client, french, sale("100", consignmentValue="100"))

    query = """query($e: ID!) {
        month: iossReturn(entityId: $e, year: 2026, month: 3) { scheme vatNumber memberStateOfIdentification
            period { name } rows { memberState supply dispatchedFrom rateType percent base { amount } tax { amount } }
            findings { rule } }
        quarter: ossReturn(entityId: $e, year: 2026, quarter: 1) { rows { memberState } findings { rule } } }"""
    found = await client.ask(query, e=seller)

    assert listed(found["month"]) == [("FR", "GOODS", None, "STANDARD", "20", "100.00", "20.00")]
    assert (found["month"]["scheme"], found["month"]["vatNumber"]) == ("IMPORT", "IM2760000742")
    assert (found["month"]["memberStateOfIdentification"], found["month"]["period"]) == (None, {"name": "2026-03"})
    assert found["month"]["findings"] == [{"rule": "LAW-OPEN"}]
    assert found["quarter"] == {"rows": [], "findings": [{"rule": "LAW-OPEN"}, {"rule": "OSS-NUMBER"}]}


async def test_what_the_operator_reports_of_its_sellers(client: Client, clock: Clock) -> None:
    # given a small seller of goods, one of a holiday flat, and one that sold nothing
    net = {"autoInvoice": "NEVER", "tax": {"pricesIncludeTax": False}}
    shop = await factories.entity(client, name="A shop", registration="HRB 1", settings=net)
    flat = await factories.entity(client, name="=B flat", settings=net)
    idle = await factories.entity(client, name="C idle", settings=net, taxIds=[])
    buyer, guest = await consumer(client, shop, "DE"), await consumer(client, flat, "DE")
    sold = await finalized(client, buyer, sale("100"))
    advance = await finalized(client, buyer, sale("50"), type="ADVANCE")
    await finalized(client, buyer, sale("200"), advanceIds=[advance["id"]])
    await finalized(client, guest, sale("1000", kind="SERVICES", nature="ACCOMMODATION", placeOfSupply="DE"))
    clock.now = datetime(2026, 4, 2, 9, tzinfo=UTC)
    await credit(client, sold["id"], 1, "0.5")
    await finalized(client, buyer, sale("20"), currency="USD")

    # then: first quarter 119.00 + 59.50 + (238.00 - 59.50); second -59.50, and 23.80 USD without a rate yet
    pages, after = [], None
    while True:
        page = (await client.ask(DAC7, y=2026, first=2, after=after))["dac7Report"]["sellers"]
        pages += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    of = {node["entity"]["id"]: node for node in pages}
    assert list(of) == [flat, shop, idle]
    assert page["totalCount"] == 3
    assert of[shop]["quarters"] == [
        {
            "activity": "SALE_OF_GOODS",
            "quarter": 1,
            "saleCount": 2,
            "amounts": [{"amount": "357.00", "currency": "EUR"}],
            "consideration": {"amount": "357.00"},
        },
        {
            "activity": "SALE_OF_GOODS",
            "quarter": 2,
            "saleCount": 1,
            "amounts": [{"amount": "-59.50", "currency": "EUR"}, {"amount": "23.80", "currency": "USD"}],
            "consideration": None,
        },
    ]
    assert (of[shop]["saleCount"], of[shop]["consideration"], of[shop]["excluded"]) == (3, None, None)
    assert of[shop]["leftOut"] == [{"date": "2026-06-30", "base": {"amount": "23.80", "currency": "USD"}}]
    assert of[shop]["missing"] == ["FINANCIAL_ACCOUNT", "FEES", "TAXES_WITHHELD"]
    assert (of[idle]["excluded"], of[idle]["quarters"]) == (True, [])
    assert "TAX_ID" in of[idle]["missing"]
    assert (of[flat]["quarters"][0]["activity"], of[flat]["excluded"]) == ("RENTAL_OF_IMMOVABLE_PROPERTY", False)
    assert "PROPERTY_ADDRESS" in of[flat]["missing"]

    # when the rate is there: 23.80 × 0.92592593 = 22.04
    clock.now = datetime(2026, 7, 2, 9, tzinfo=UTC)
    await rates(client, date(2026, 6, 30), "1.0800")
    (node,) = [
        one
        for one in (await client.ask(DAC7, y=2026, first=100))["dac7Report"]["sellers"]["nodes"]
        if one["entity"]["id"] == shop
    ]
    assert node["consideration"] == {"amount": "319.54", "currency": "EUR"}
    assert (node["excluded"], node["residentInEu"]) == (True, True)
    # and the file says the same, and no spreadsheet runs a seller's name
    rows = list(csv.DictReader(io.StringIO((await client.get("/reports/dac7.csv?year=2026")).text, newline="")))
    assert [(row["entity_id"], row["quarter"], row["consideration"]) for row in rows] == [
        (flat, "1", "1190.00"),
        (shop, "1", "357.00"),
        (shop, "2", "-37.46"),
    ]
    assert rows[0]["name"] == "'=B flat"
    # a seller's key is not the operator's
    asking = client.with_key(await factories.key(client, shop))
    assert (await asking.error(DAC7, y=2026))["extensions"]["code"] == "PERMISSION_DENIED"
    assert (await asking.get("/reports/dac7.csv?year=2026")).status_code == 403
    days = "from=2026-01-01&to=2026-03-31"
    assert (await asking.get(f"/reports/vat-summary.csv?entityId={shop}&{days}")).status_code == 200
    assert (await asking.get(f"/reports/vat-summary.csv?entityId={flat}&{days}")).status_code == 404


async def test_on_which_day_corrections_count(sqlite_client: Client, clock: Clock) -> None:
    # given on 10 March an advance and an invoice, both for a supply in May, and a mistake
    client = sqlite_client
    seller = await factories.entity(client, **OSS_SELLER)
    buyer = await consumer(client, seller, "DE")
    advance = await finalized(client, buyer, sale("60"), type="ADVANCE", supplyDate="2026-05-01")
    to_come = await finalized(client, buyer, sale("100"), supplyDate="2026-05-01")
    mistake = await finalized(client, buyer, sale("7"))
    # when the first two are credited, and the third is voided on 1 April in Berlin, which is 31 March in UTC
    clock.now = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)
    await credit(client, advance["id"], 1, "1")
    await credit(client, to_come["id"], 1, "1")
    await done(client, "invoiceVoid", id=mistake["id"], reason="never sent")

    # then the advance is taken back in April, the supply that never came in May, and March keeps the mistake
    found = {}
    for month, last in ((3, 31), (4, 30), (5, 31)):
        report = await summary(client, seller, f"2026-{month:02d}-01", f"2026-{month:02d}-{last}")
        found[month] = [(row["documentCount"], row["base"]["amount"], row["tax"]["amount"]) for row in report["rows"]]
    assert found == {3: [(2, "67.00", "12.73")], 4: [(0, "-67.00", "-12.73")], 5: [(2, "0.00", "0.00")]}


async def test_what_a_return_has_no_place_for_is_told(sqlite_client: Client, clock: Clock) -> None:
    # given a sale to France in March 2026, and an advance whose buyer has since moved from France to Austria
    client = sqlite_client
    seller = await factories.entity(client, **{**OSS_SELLER, "taxIds": []})
    buyer = await consumer(client, seller, "FR")
    sold = await finalized(client, buyer, sale("100"))
    advance = await finalized(client, buyer, sale("60"), type="ADVANCE")
    clock.now = datetime(2029, 5, 2, 9, tzinfo=UTC)
    change = "mutation($i: CustomerUpdateInput!) { customerUpdate(input: $i) { userErrors { message } } }"
    await client.ask(change, i={"id": buyer, "address": {"country": "AT", "postcode": "1010"}})
    await finalized(client, buyer, sale("100"), advanceIds=[advance["id"]])
    # when the first is taken back more than three years after its return was due
    await credit(client, sold["id"], 1, "1")
    clock.now = datetime(2029, 7, 1, 9, tzinfo=UTC)

    found = await oss_return(client, seller, 2, 2029)

    assert [(row[0], *row[-2:]) for row in listed(found)] == [("AT", "100.00", "20.00"), ("FR", "-60.00", "-12.00")]
    assert [(one["period"]["name"], one["tax"]["amount"]) for one in found["corrections"]] == [("2026-Q1", "-20.00")]
    assert [(one["rule"], one["severity"]) for one in found["findings"]] == [
        ("OSS-NUMBER", "ERROR"),
        ("OSS-NEGATIVE", "WARNING"),
        ("OSS-TOO-OLD", "WARNING"),
    ]


def any_document(chance: random.Random) -> Data:
    """What a draft may have: several rates and treatments, gross or net prices, allowances and charges."""
    lines = [
        sale(
            f"{chance.uniform(1, 200):.2f}",
            chance.choice(["STANDARD", "REDUCED"]),
            kind=chance.choice(["GOODS", "GOODS", "DIGITAL", "SERVICES"]),
        )
        for _ in range(chance.randint(1, 5))
    ]
    given: Data = {
        "lines": lines,
        "pricesIncludeTax": chance.random() < 0.5,
        "currency": chance.choice(["EUR", "EUR", "USD", "JPY"]),
    }
    if given["currency"] == "JPY":
        given["lines"] = [{**line, "unitPrice": line["unitPrice"].partition(".")[0]} for line in lines]
    elif chance.random() < 0.6:
        given["allowances"] = [{"percent": f"{chance.uniform(1, 30):.1f}"}]
    if chance.random() < 0.3:
        given["charges"] = [{"amount": str(chance.randint(1, 5))}]
    return given


# Where a part of a group has another cent than finalizing gives it, the group has not.
GROUPS = (
    "SELECT invoice_id, category, country, percent, date, of_date, currency, tax_currency, sum(base_minor),"
    " sum(tax_minor), (SELECT sum(tax_currency_minor) FROM tax_entry one WHERE one.invoice_id = entry.invoice_id)"
    " FROM tax_entry entry GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 9"
)


async def test_the_summary_is_the_sum_of_the_documents_vat_groups(client: Client, database_url: str) -> None:
    # given documents of all kinds, some of them voided, some credited
    chance = random.Random(230)  # the same documents each time
    await rates(client, date(2026, 3, 9), "1.0912")
    seller = await factories.entity(client, **OSS_SELLER)
    buyers = [await consumer(client, seller, country) for country in ("DE", "FR", "AT")]
    for number in range(14):
        document = await finalized(
            client, chance.choice(buyers), *(given := any_document(chance)).pop("lines"), **given
        )
        if number % 5 == 1:
            await done(client, "invoiceVoid", id=document["id"], reason="never sent")
        elif number % 5 == 3:
            await credit(client, document["id"], 1, "0.3")

    # when their VAT groups are summed up one by one
    amounts = "category country percent base { amount } tax { amount }"
    query = (
        "{ invoices(first: 100) { nodes { type status currency exchange { taxTotal { amount } } taxTotal { amount }"
        f" taxes {{ {amounts} }} }} }} }}"
    )
    documents = (await client.ask(query))["invoices"]["nodes"]
    expected: dict[Any, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    national = Decimal(0)
    for document in documents:
        if document["status"] != "FINALIZED":
            continue
        sign = -1 if document["type"] == "CREDIT_NOTE" else 1
        stated = document["exchange"] or document
        national += sign * Decimal(stated["taxTotal"]["amount"])
        for tax in document["taxes"]:
            total = expected[tax["category"], tax["country"], Decimal(tax["percent"]), document["currency"]]
            total[0] += sign * Decimal(tax["base"]["amount"])
            total[1] += sign * Decimal(tax["tax"]["amount"])

    # then the report says the same, treatment by treatment
    found: dict[Any, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    report = await summary(client, seller)
    for row in report["rows"]:
        total = found[row["category"], row["country"], Decimal(row["percent"]), row["base"]["currency"]]
        total[0] += Decimal(row["base"]["amount"])
        total[1] += Decimal(row["tax"]["amount"])
    assert found == expected
    assert Decimal(report["nationalTotal"]["tax"]["amount"]) == national
    assert len({row["treatment"] for row in report["rows"]}) > 1

    # and so it does of what the migration has entered
    await entered_again(client, database_url, GROUPS)


@pytest.mark.parametrize(
    ("path", "status", "field"),
    [
        ("oss-return.csv?entityId={e}&year=2026&quarter=5", 422, ["quarter"]),
        ("oss-return.csv?entityId={e}&year=26&quarter=1", 422, ["year"]),
        ("oss-return.csv?entityId={e}&year=2026", 422, ["quarter"]),
        ("ioss-return.csv?entityId={e}&year=2026&month=13", 422, ["month"]),
        ("ec-sales.csv?entityId={e}&year=2026&month=1&quarter=1", 422, ["quarter"]),
        ("vat-summary.csv?entityId={e}&from=2026-01-01&to=2027-06-01", 422, ["to"]),
        ("vat-summary.csv?entityId={e}&from=tomorrow&to=2026-06-01", 422, ["from"]),
        ("vat-summary.csv?entityId={e}&from=2026-02-01&to=2026-01-01", 422, ["to"]),
        ("vat-summary.csv?entityId={e}&from=2026-01-01&to=2026-01-31&more=1", 422, ["more"]),
        ("vat-summary.csv?entityId=ent_x&from=2026-01-01&to=2026-01-31", 404, ["entityId"]),
        ("nothing.csv?year=2026", 404, None),
        ("dac7.xml?year=2026", 404, None),
    ],
)
async def test_what_is_asked_wrongly_is_told(sqlite_client: Client, path: str, status: int, field: Any) -> None:
    seller = await factories.entity(sqlite_client)
    response = await sqlite_client.get("/reports/" + path.format(e=seller))
    assert (response.status_code, response.json()["error"].get("field")) == (status, field)


async def test_a_file_needs_a_key(sqlite_client: Client) -> None:
    response = await sqlite_client.http.get("/reports/dac7.csv?year=2026")
    assert (response.status_code, response.headers["www-authenticate"]) == (401, "Bearer")


@pytest.fixture
def logging_as_it_was() -> Iterator[None]:
    """A command sets up logging for a process of its own."""
    configured, handlers, level = structlog.get_config(), logging.root.handlers[:], logging.root.level
    yield
    structlog.configure(**configured)
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


@pytest.mark.usefixtures("logging_as_it_was")
def test_the_command_prints_and_writes_them(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INVOICING_DATABASE_URL", sqlite_url)

    def invoicing(*arguments: str) -> Any:
        return CliRunner().invoke(cli.app, arguments)

    assert invoicing("account", "create", "Acme", "--json").exit_code == 0
    printed = invoicing("reports", "dac7", "--year", "2026", "--mode", "live")
    assert (printed.exit_code, printed.stdout.strip()) == (0, "nothing to report")
    written = invoicing("reports", "dac7", "--year", "2026", "--mode", "live", "--csv")
    assert written.stdout.startswith("entity_id,external_id,")
    both = invoicing("reports", "dac7", "--year", "2026")
    assert (both.exit_code, "name it by --platform or --mode" in both.stderr) == (64, True)
    missing = invoicing("reports", "oss-return", "--entity", "ent_x", "--year", "2026", "--quarter", "1")
    assert (missing.exit_code, "no such entity" in missing.stderr) == (66, True)
