"""Returns by hand: a quarter of a German seller in the One-Stop-Shop, document by document, and what is reported of it.

Net prices. FR 20 %, AT 20 % and 10 %, IT 22 %, DE 19 %; one US dollar is 1 / 1.0912 EUR on 10 March (the rate of the
9th) and 1 / 1.0800 EUR on 31 March, of which 8 digits count: 0.91642229 and 0.92592593.
"""

from __future__ import annotations

import csv
import io
import sqlite3
from datetime import UTC, date, datetime
from typing import Any

import asyncpg

from app.services import exchange_rates
from tests import factories
from tests.conftest import Clock
from tests.db.test_event_migration import scripts, sql_of
from tests.document_life import done, finalized
from tests.ecb_files import MONDAY, ecb_file
from tests.factories import Client, Data

OSS_SELLER: Data = {"settings": {"autoInvoice": "NEVER", "tax": {"pricesIncludeTax": False, "oss": True}}}
APRIL = datetime(2026, 4, 2, 9, tzinfo=UTC)
OSS = """query($e: ID!, $y: Int!, $q: Int!) { ossReturn(entityId: $e, year: $y, quarter: $q) {
    vatNumber memberStateOfIdentification period { name from to } taxTotal { amount currency }
    rows { memberState supply dispatchedFrom rateType percent base { amount } tax { amount } }
    corrections { memberState period { name } tax { amount } }
    rates { currency ofDate date rate } leftOut { date base { amount currency } tax { amount } }
    findings { rule severity } } }"""
VAT = """query($e: ID!, $from: Date!, $to: Date!) { vatSummary(entityId: $e, from: $from, to: $to) {
    rows { treatment category country percent documentCount base { amount currency } tax { amount }
           nationalBase { amount } nationalTax { amount currency } }
    totals { base { amount currency } tax { amount } } nationalTotal { base { amount } tax { amount currency } }
    leftOut { date base { amount currency } tax { amount } } findings { rule } } }"""


async def consumer(client: Client, seller: str, country: str) -> str:
    return await factories.customer(client, seller, address={"country": country})


async def rates(client: Client, day: date, usd: str) -> None:
    await exchange_rates.take_file(client.app.services, ecb_file({day: {**MONDAY, "USD": usd}}))


def sale(price: str, tax_class: str = "STANDARD", **supply: Any) -> Data:
    given: Data = {"supply": supply} if supply else {}
    return factories.line(price, taxClass=tax_class, **given)


async def oss_return(client: Client, seller: str, quarter: int, year: int = 2026) -> Data:
    found: Data = (await client.ask(OSS, e=seller, y=year, q=quarter))["ossReturn"]
    return found


async def summary(client: Client, seller: str, start: str = "2026-01-01", end: str = "2026-03-31") -> Data:
    found: Data = (await client.ask(VAT, e=seller, **{"from": start, "to": end}))["vatSummary"]
    return found


def listed(found: Data) -> list[tuple[str | None, ...]]:
    return [
        (
            row["memberState"],
            row["supply"],
            row["dispatchedFrom"],
            row["rateType"],
            row["percent"],
            row["base"]["amount"],
            row["tax"]["amount"],
        )
        for row in found["rows"]
    ]


async def quarter_of_a_seller(client: Client, clock: Clock) -> str:
    """The documents of the module's example; it is 2 April afterwards."""
    await rates(client, date(2026, 3, 9), "1.0912")
    seller = await factories.entity(client, **OSS_SELLER)
    fr, at, it, de = [await consumer(client, seller, country) for country in ("FR", "AT", "IT", "DE")]
    tea = await finalized(client, fr, sale("100"), sale("50"))
    books = await finalized(client, at, sale("80", "SECOND_REDUCED"))
    await finalized(client, at, sale("40", kind="DIGITAL"))
    dollars = await finalized(client, fr, sale("200"), currency="USD")
    await finalized(client, de, sale("100"))
    advance = await finalized(client, fr, sale("60"), type="ADVANCE", supplyDate="2026-05-01")
    await finalized(client, fr, sale("100"), advanceIds=[advance["id"]])
    await finalized(client, fr, sale("10", dispatchFrom="CZ"))
    mistake = await finalized(client, fr, sale("999"))
    await done(client, "invoiceVoid", id=mistake["id"], reason="never sent")
    late_mistake = await finalized(client, it, sale("30"))
    await finalized(client, fr, sale("7"), supplyDate="2026-04-03")
    await credit(client, tea["id"], 2, "1")
    clock.now = APRIL
    await finalized(client, fr, sale("5"), supplyDate="2026-03-31")
    await done(client, "invoiceVoid", id=late_mistake["id"], reason="never sent")
    await credit(client, books["id"], 1, "0.5")
    await credit(client, dollars["id"], 1, "0.5")
    return seller


async def credit(client: Client, invoice_id: str, position: int, quantity: str) -> None:
    query = "query($id: ID!) { invoice(id: $id) { lines { id position } } }"
    lines = (await client.ask(query, id=invoice_id))["invoice"]["lines"]
    (line_id,) = [line["id"] for line in lines if line["position"] == position]
    mutation = (
        "mutation($i: InvoiceCreditInput!) { invoiceCredit(input: $i) { creditNote { id } userErrors { message } } }"
    )
    given = {"id": invoice_id, "reason": "taken back", "lines": [{"lineId": line_id, "quantity": quantity}]}
    assert (await client.ask(mutation, i=given))["invoiceCredit"]["userErrors"] == []


async def test_a_quarter_by_hand(client: Client, clock: Clock, database_url: str) -> None:
    # given the documents, and no exchange rate of the quarter's last day yet
    seller = await quarter_of_a_seller(client, clock)

    # then the dollars are left out, and said to be
    early = await oss_return(client, seller, 1)
    assert early["leftOut"] == [
        {"date": "2026-03-31", "base": {"amount": "200.00", "currency": "USD"}, "tax": {"amount": "40.00"}}
    ]
    assert early["findings"] == [{"rule": "LAW-RATE", "severity": "ERROR"}]
    assert (early["rates"], early["taxTotal"]["amount"]) == ([], "65.60")

    # when it is there
    await rates(client, date(2026, 3, 31), "1.0800")
    first = await oss_return(client, seller, 1)

    # then, in FR from DE: 100 + 50 - 50 credited in March + advance 60 + 100 - 60 + 5 supplied on 31 March = 205.00,
    # VAT 20 + 10 - 10 + 12 + 8 + 1 = 41.00; and 200 USD × 0.92592593 = 185.19, VAT 40 USD = 37.04
    assert listed(first) == [
        ("AT", "GOODS", "DE", "REDUCED", "10", "80.00", "8.00"),
        ("AT", "SERVICES", None, "STANDARD", "20", "40.00", "8.00"),
        ("FR", "GOODS", "CZ", "STANDARD", "20", "10.00", "2.00"),
        ("FR", "GOODS", "DE", "STANDARD", "20", "390.19", "78.04"),
        ("IT", "GOODS", "DE", "STANDARD", "22", "30.00", "6.60"),
    ]
    assert (first["corrections"], first["leftOut"], first["findings"]) == ([], [], [])
    # 8.00 + 8.00 + 2.00 + 78.04 + 6.60
    assert first["taxTotal"] == {"amount": "102.64", "currency": "EUR"}
    assert first["rates"] == [{"currency": "USD", "ofDate": "2026-03-31", "date": "2026-03-31", "rate": "0.92592593"}]
    assert (first["vatNumber"], first["memberStateOfIdentification"]) == ("DE136695976", "DE")
    assert first["period"] == {"name": "2026-Q1", "from": "2026-01-01", "to": "2026-03-31"}

    # and what was credited and voided in April corrects the first quarter: 20 USD × 0.92592593 = 18.52
    second = await oss_return(client, seller, 2)
    assert listed(second) == [("FR", "GOODS", "DE", "STANDARD", "20", "7.00", "1.40")]
    assert [(one["memberState"], one["period"]["name"], one["tax"]["amount"]) for one in second["corrections"]] == [
        ("AT", "2026-Q1", "-4.00"),
        ("FR", "2026-Q1", "-18.52"),
        ("IT", "2026-Q1", "-6.60"),
    ]
    # 1.40 - 4.00 - 18.52 - 6.60
    assert (second["taxTotal"]["amount"], second["findings"]) == (
        "-27.72",
        [{"rule": "LAW-OPEN", "severity": "WARNING"}],
    )
    assert listed(await oss_return(client, seller, 4, 2025)) == []

    await summed_up(client, seller)
    await written(client, seller, first, second)
    await entered_again(client, database_url)


async def summed_up(client: Client, seller: str) -> None:
    """The same quarter by treatment: the dollars' VAT as frozen, 40 × 0.91642229 = 36.66, base 183.28."""
    found = await summary(client, seller)
    rows = [
        (
            row["treatment"],
            row["country"],
            row["percent"],
            row["documentCount"],
            row["base"]["amount"],
            row["tax"]["amount"],
            row["nationalBase"]["amount"],
            row["nationalTax"]["amount"],
        )
        for row in found["rows"]
    ]
    assert rows == [
        ("DOMESTIC", "DE", "19", 1, "100.00", "19.00", "100.00", "19.00"),
        ("OSS", "AT", "10", 1, "80.00", "8.00", "80.00", "8.00"),
        ("OSS", "AT", "20", 1, "40.00", "8.00", "40.00", "8.00"),
        # two invoices of tea, its credit note, the advance, its final invoice, the one from Prague
        ("OSS", "FR", "20", 6, "215.00", "43.00", "215.00", "43.00"),
        ("OSS", "FR", "20", 1, "200.00", "40.00", "183.28", "36.66"),
        ("OSS", "IT", "22", 1, "30.00", "6.60", "30.00", "6.60"),
    ]
    assert [(one["base"]["amount"], one["tax"]["amount"]) for one in found["totals"]] == [
        ("465.00", "84.60"),
        ("200.00", "40.00"),
    ]
    assert found["nationalTotal"] == {"base": {"amount": "648.28"}, "tax": {"amount": "121.26", "currency": "EUR"}}
    later = await summary(client, seller, "2026-04-01", "2026-04-30")
    assert [(row["country"], row["documentCount"], row["base"]["amount"]) for row in later["rows"]] == [
        ("AT", 1, "-40.00"),
        ("FR", 1, "7.00"),
        ("FR", 1, "-100.00"),
        ("IT", -1, "-30.00"),
    ]


async def written(client: Client, seller: str, first: Data, second: Data) -> None:
    """The file of the return has the same figures."""
    for number, found in ((1, first), (2, second)):
        response = await client.get(f"/reports/oss-return.csv?entityId={seller}&year=2026&quarter={number}")
        assert (response.status_code, response.headers["content-type"]) == (
            200,
            "text/csv; charset=utf-8; header=present",
        )
        assert response.headers["content-disposition"] == f'attachment; filename="oss-union-2026-Q{number}.csv"'
        rows = list(csv.DictReader(io.StringIO(response.text, newline="")))
        supplies = [row for row in rows if row["part"] == "SUPPLY"]
        names = ("member_state", "supply", "dispatched_from", "rate_type", "rate", "base", "tax")
        assert [tuple(row[name] or None for name in names) for row in supplies] == listed(found)
        corrections = [
            (row["member_state"], row["corrected_period"], row["tax"]) for row in rows if row not in supplies
        ]
        assert corrections == [
            (one["memberState"], one["period"]["name"], one["tax"]["amount"]) for one in found["corrections"]
        ]


ENTRIES = (
    "SELECT invoice_id, type, date, of_date, treatment, category, percent, country, rule, supply_kind, nature,"
    " tax_class, origin, buyer_tax_id, currency, document_count, base_minor, tax_minor, tax_currency, exchange_rate,"
    " tax_currency_minor, reverses_id FROM tax_entry ORDER BY invoice_id, base_minor, tax_minor, rule"
)


async def entered_again(client: Client, database_url: str, read: str = ENTRIES) -> None:
    """The migration enters what was issued before just as finalizing and voiding do."""
    dialect = client.app.database.dialect
    (script,) = [path for number, path in scripts(dialect) if number == 18]
    sql = await sql_of(script)
    if dialect == "sqlite":
        database = sqlite3.connect(database_url.removeprefix("sqlite://"))
        before = database.execute(read).fetchall()
        database.executescript(f"DROP TABLE tax_entry; {sql}")
        after = database.execute(read).fetchall()
        database.close()
    else:
        connection: Any = await asyncpg.connect(database_url)
        before = [tuple(row) for row in await connection.fetch(read)]
        await connection.execute(f"DROP TABLE tax_entry; DROP FUNCTION tax_entry_append_only(); {sql}")
        after = [tuple(row) for row in await connection.fetch(read)]
        await connection.close()
    assert len(before) > 10
    assert after == before
