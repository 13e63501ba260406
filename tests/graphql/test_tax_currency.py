"""The VAT in the seller's national currency (Art. 230): frozen at the rate of the tax point, asked for, printed."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from pypdf import PdfReader

from app.db.aggregates import INVOICES
from app.services import exchange_rates, keys, tax_currency
from tests import factories
from tests.conftest import Clock
from tests.ecb_files import FRIDAY, MONDAY, ecb_file
from tests.factories import Client, Data

EXCHANGE = "exchange { currency rate date source taxTotal { amount currency } }"
READ = f"query($id: ID!) {{ invoice(id: $id) {{ status {EXCHANGE} readiness {{ rule severity field }} }} }}"
POLISH: Data = {
    "address": {"country": "PL", "line1": "Nowy Świat 1", "postcode": "00-001", "city": "Warszawa"},
    "currency": "PLN",
    "timeZone": "Europe/Warsaw",
    "taxIds": [{"value": "PL5260250274", "country": "PL"}],
    "settings": {"autoInvoice": "ON_ORDER", "tax": {"pricesIncludeTax": False}},
}
BUYER: Data = {"address": {"country": "PL"}}
SATURDAY = "2026-03-07"


@pytest.fixture
async def polish(client: Client) -> str:
    """A seller whose VAT is due in złoty."""
    return await factories.entity(client, **POLISH)


async def load_rates(client: Client) -> None:
    file = ecb_file({date(2026, 3, 9): MONDAY, date(2026, 3, 6): FRIDAY})
    await exchange_rates.take_file(client.app.services, file)


async def drafted(client: Client, seller: str, price: str = "100.00", **given: Any) -> str:
    buyer = await factories.customer(client, seller, **BUYER)
    return await factories.draft(
        client, seller, buyer, lines=[factories.line(price)], **({"supplyDate": SATURDAY} | given)
    )


async def read(client: Client, invoice_id: str) -> Data:
    found: Data = (await client.ask(READ, id=invoice_id))["invoice"]
    return found


@pytest.mark.parametrize(
    ("currency", "price", "supplied", "expected"),
    [
        # 23 % of 100.00 is 23.00 EUR; × 4.2685 = 98.1755, by Friday's rate, since Saturday has none
        ("EUR", "100.00", SATURDAY, ("4.2685", "2026-03-06", "98.18")),
        # by Monday's: 23.00 × 4.1905 = 96.3815
        ("EUR", "100.00", "2026-03-09", ("4.1905", "2026-03-09", "96.38")),
        # 23.00 USD × 4.1905 / 1.0912 (3.8402676) = 88.3261548
        ("USD", "100.00", "2026-03-10", ("3.8402676", "2026-03-09", "88.33")),
        # 23 % of 1000 is 230 JPY; × 4.2685 / 159.94 (0.026688133) = 6.13827
        ("JPY", "1000", SATURDAY, ("0.026688133", "2026-03-06", "6.14")),
        # a supply to come has the rate of the invoice: 10 March
        ("EUR", "100.00", "2026-04-01", ("4.1905", "2026-03-09", "96.38")),
    ],
)
async def test_the_vat_is_stated_at_the_rate_of_the_tax_point(
    client: Client, polish: str, currency: str, price: str, supplied: str, expected: tuple[str, str, str]
) -> None:
    await load_rates(client)
    draft = await drafted(client, polish, price, currency=currency, supplyDate=supplied)
    assert (await read(client, draft))["exchange"] is None

    assert (await factories.finalize(client, draft))["userErrors"] == []

    rate, on, tax = expected
    assert (await read(client, draft))["exchange"] == {
        "currency": "PLN",
        "rate": rate,
        "date": on,
        "source": "ECB",
        "taxTotal": {"amount": tax, "currency": "PLN"},
    }


async def test_a_credit_of_it_has_its_rate_and_not_that_of_the_day(client: Client, polish: str) -> None:
    await load_rates(client)
    draft = await drafted(client, polish, currency="EUR", supplyDate=SATURDAY)
    own = await drafted(client, polish)
    for each in (draft, own):
        await factories.finalize(client, each)
    scope = (await keys.authenticate(client.app.services, f"Bearer {client.secret}")).scope
    async with client.app.database.read(scope) as session:
        rows = await INVOICES.by_ids(scope, session, [draft, own])

    # 5.00 EUR of VAT × 4.2685 = 21.3425
    assert tax_currency.at_rate_of(rows[draft], 500) == {
        "tax_currency": "PLN",
        "exchange_rate": Decimal("4.2685"),
        "exchange_date": date(2026, 3, 6),
        "exchange_source": "ECB",
        "tax_currency_minor": 2134,
    }
    # all of it is what the original states
    assert tax_currency.at_rate_of(rows[draft], 2300)["tax_currency_minor"] == rows[draft].tax_currency_minor == 9818
    assert tax_currency.at_rate_of(rows[own], 500) == {}


async def test_it_is_printed(client: Client, polish: str) -> None:
    await load_rates(client)
    draft = await drafted(client, polish, currency="EUR", supplyDate=SATURDAY)
    await factories.finalize(client, draft)

    pdf = (await client.get(f"/invoices/{draft}.pdf")).content

    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "VAT in PLN 98.18 PLN 1 EUR = 4.2685 PLN (ECB, Mar 6, 2026)" in " ".join(text.split())


async def test_it_is_not_stated_where_it_need_not_be(client: Client, polish: str) -> None:
    await load_rates(client)
    german = await factories.entity(client)
    abroad = await factories.customer(client, polish, address={"country": "US"})
    untaxed = await factories.draft(client, polish, abroad, lines=[factories.line("9.00")], currency="EUR")
    proforma = await drafted(client, polish, currency="EUR", type="PROFORMA")
    for draft in (await drafted(client, polish), await factories.draft(client, german), untaxed, proforma):
        assert (await factories.finalize(client, draft))["userErrors"] == []
        assert (await read(client, draft))["exchange"] is None


async def test_a_rate_that_is_not_known_keeps_the_document_a_draft(client: Client, polish: str) -> None:
    await load_rates(client)
    early = await drafted(client, polish, currency="EUR", supplyDate="2026-03-05")
    dinar = await drafted(client, polish, "10.000", currency="KWD")

    payload = await factories.finalize(client, early)

    assert payload["userErrors"] == [
        {
            "code": "INVALID_INPUT",
            "message": "the VAT must be stated in PLN too (Art. 230), and no exchange rate from EUR to PLN is known of"
            " 2026-03-05 or the 10 days before; add it with `invoicing rates import`",
            "field": ["currency"],
        }
    ]
    assert (await factories.finalize(client, dinar))["userErrors"][0]["field"] == ["currency"]
    for draft in (early, dinar):
        found = await read(client, draft)
        assert found["status"] == "DRAFT"
        assert {"rule": "INVALID_INPUT", "severity": "ERROR", "field": ["currency"]} in found["readiness"]
    # it took no number
    good = await drafted(client, polish, currency="EUR")
    assert (await factories.finalize(client, good))["invoice"]["number"].endswith("1")


async def test_without_any_rates_a_warning_says_so_and_the_document_goes_out(client: Client, polish: str) -> None:
    draft = await drafted(client, polish, currency="EUR")
    warning = {"rule": "TAX-CURRENCY-01", "severity": "WARNING", "field": ["currency"]}
    assert warning in (await read(client, draft))["readiness"]
    assert (await factories.finalize(client, draft))["userErrors"] == []
    assert (await read(client, draft))["exchange"] is None
    own = await drafted(client, polish)
    assert warning not in (await read(client, own))["readiness"]


async def test_orders_state_it_or_fail_with_the_reason(client: Client, polish: str) -> None:
    await load_rates(client)
    customer = {"name": "Jan", "externalId": "jan", "address": {"country": "PL"}}
    given: Data = {"customer": customer, "lines": [factories.line("100.00")], "placedAt": "2026-03-09T10:00:00Z"}
    order = await factories.order(client, polish, currency="EUR", **given)
    failed = await factories.order(client, polish, currency="KWD", **given)

    found = await read(client, order["invoices"][0]["id"])
    assert found["exchange"]["rate"] == "4.1905"
    assert failed["status"] == "FAILED"
    assert "no exchange rate from KWD to PLN" in failed["failure"]


async def test_a_seller_that_has_the_euro_only_since_this_year_states_the_lev_before(client: Client) -> None:
    seller = await factories.entity(client, address={"country": "BG"}, taxIds=[], currency="EUR")
    await exchange_rates.take_file(client.app.services, ecb_file({date(2025, 12, 30): {"BGN": "1.9558"}}))
    buyer = await factories.customer(client, seller, address={"country": "BG"})
    lines = [factories.line("120.00")]
    old = await factories.draft(client, seller, buyer, lines=lines, supplyDate="2025-12-31")
    new = await factories.draft(client, seller, buyer, lines=lines, supplyDate="2026-01-02")
    for draft in (old, new):
        assert (await factories.finalize(client, draft))["userErrors"] == []
    # 20.00 EUR × 1.9558
    assert (await read(client, old))["exchange"]["taxTotal"] == {"amount": "39.12", "currency": "BGN"}
    assert (await read(client, new))["exchange"] is None


async def test_one_statement_reads_the_rates_of_a_batch_and_none_where_none_are_needed(
    client: Client, polish: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await load_rates(client)
    asked: list[str] = []
    from app.db.transaction import Session

    fetch = Session.fetch

    async def counted(self: Session, sql: str, *values: object) -> Any:
        if "exchange_rate" in sql:
            asked.append(sql)
        return await fetch(self, sql, *values)

    monkeypatch.setattr(Session, "fetch", counted)
    mutation = (
        "mutation($i: InvoicesFinalizeInput!) { invoicesFinalize(input: $i) { results { userErrors { code } } } }"
    )
    for currency, statements in (("PLN", 0), ("EUR", 1)):
        ids = [await drafted(client, polish, currency=currency) for _ in range(20)]
        asked.clear()
        payload = (await client.ask(mutation, i={"ids": ids}))["invoicesFinalize"]
        assert [result["userErrors"] for result in payload["results"]] == [[]] * 20
        # answered a second time, what was asked for at first is what counts
        assert (
            len([sql for sql in asked if sql.startswith("SELECT") and "FROM exchange_rate WHERE" in sql]) == statements
        )


RATES = (
    "query($d: Date!, $c: [CurrencyCode!])"
    " { exchangeRates(date: $d, currencies: $c) { base currency rate date source } }"
)
RATE = (
    "query($f: CurrencyCode!, $t: CurrencyCode!, $d: Date!)"
    " { exchangeRate(from: $f, to: $t, date: $d) { base currency rate date source } }"
)


async def test_rates_can_be_asked_for(client: Client, clock: Clock) -> None:
    await load_rates(client)
    clock.now = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
    all_of_them = (await client.ask(RATES, d="2026-03-10"))["exchangeRates"]
    assert [one["currency"] for one in all_of_them] == ["CZK", "GBP", "HUF", "JPY", "PLN", "USD"]
    assert (await client.ask(RATES, d=SATURDAY, c=["PLN", "KWD"]))["exchangeRates"] == [
        {"base": "EUR", "currency": "PLN", "rate": "4.2685", "date": "2026-03-06", "source": "ECB"}
    ]
    assert (await client.ask(RATES, d="2026-01-01"))["exchangeRates"] == []
    assert (await client.ask(RATE, f="USD", t="JPY", d=SATURDAY))["exchangeRate"] == {
        "base": "USD",
        "currency": "JPY",
        "rate": "147.80519",  # 159.94 / 1.0821
        "date": "2026-03-06",
        "source": "ECB",
    }
    assert (await client.ask(RATE, f="EUR", t="EUR", d=SATURDAY))["exchangeRate"]["rate"] == "1"
    missing = await client.error(RATE, f="USD", t="KWD", d=SATURDAY)
    assert missing["extensions"]["code"] == "NOT_FOUND"
    assert "no exchange rate from USD to KWD is known of 2026-03-07" in missing["message"]


@pytest.mark.parametrize(
    ("currency", "price", "net", "tax", "gross", "printed"),
    [
        ("JPY", "1999", "1999", "380", "2379", "2.379\u00a0JPY"),
        ("KWD", "10.005", "10.005", "1.901", "11.906", "11,906\u00a0KWD"),
        ("HUF", "1999.99", "1999.99", "380.00", "2379.99", "2.379,99\u00a0HUF"),
    ],
)
async def test_amounts_have_the_digits_of_their_currency(
    client: Client, currency: str, price: str, net: str, tax: str, gross: str, printed: str
) -> None:
    seller = await factories.entity(client, locale="de", settings={"tax": {"pricesIncludeTax": False}})
    lines = [factories.line(price)]
    draft = await factories.draft(client, seller, lines=lines, currency=currency)
    assert (await factories.finalize(client, draft))["userErrors"] == []
    query = (
        "query($id: ID!) { invoice(id: $id) { lines { unitPrice } netTotal { amount } taxTotal { amount }"
        ' grossTotal { amount formatted(locale: "en") } amountDue { amount currency } } }'
    )
    found = (await client.ask(query, id=draft))["invoice"]
    assert (found["netTotal"]["amount"], found["taxTotal"]["amount"]) == (net, tax)
    assert found["grossTotal"]["amount"] == gross
    assert found["amountDue"] == {"amount": gross, "currency": currency}
    pdf = (await client.get(f"/invoices/{draft}.pdf")).content
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert printed.replace("\u00a0", " ") in text.replace("\u00a0", " ")
