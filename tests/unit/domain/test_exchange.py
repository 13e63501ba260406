"""Exchange rates: whose currency, what one is in another, and the ECB's files read strictly."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.domain import ecb
from app.domain.errors import InvalidInput
from app.domain.exchange import Conversion, Rates, ReferenceRate, cross_rate, national_currency
from app.domain.money import currency_digits
from app.domain.tax.registry import REGIMES
from tests.ecb_files import FRIDAY, MONDAY, ecb_file

DAYS = {date(2026, 3, 9): MONDAY, date(2026, 3, 6): FRIDAY}


@pytest.mark.parametrize(
    ("country", "on", "currency"),
    [
        ("DE", "2026-03-10", "EUR"),
        ("PL", "2026-03-10", "PLN"),
        ("BG", "2025-12-31", "BGN"),
        ("BG", "2026-01-01", "EUR"),
        ("HR", "2022-12-31", "HRK"),
        ("HR", "2023-01-01", "EUR"),
        ("LT", "2014-12-31", "LTL"),
        ("LV", "2014-01-01", "EUR"),
        ("EE", "2010-12-31", "EEK"),
        ("EE", "2011-01-01", "EUR"),
        ("GB", "2026-03-10", "GBP"),
        ("US", "2026-03-10", None),
    ],
)
def test_the_national_currency_is_that_of_the_day(country: str, on: str, currency: str | None) -> None:
    assert national_currency(country, date.fromisoformat(on)) == currency


def test_every_country_with_a_regime_has_a_currency_that_can_be_rounded() -> None:
    for regime in REGIMES:
        if regime.given:
            continue  # its tax is stated, in whatever currency
        currency = national_currency(regime.country, date(2026, 3, 10))
        assert currency is not None, regime.country
        assert currency_digits(currency) in (0, 2)


@pytest.mark.parametrize(
    ("of", "into", "rate"),
    [
        ("1", "4.2685", "4.2685"),
        ("1", "399.050000000000", "399.05"),
        # 1 / 1.0821 = 0.924129008410…, to 8 significant digits
        ("1.0821", "1", "0.92412901"),
        # 4.2685 / 1.0821 = 3.944644672396…
        ("1.0821", "4.2685", "3.9446447"),
        # 1 / 159.94 = 0.00625234462923…
        ("159.94", "1", "0.0062523446"),
        # 399.05 / 0.83883 = 475.72213678576…
        ("0.83883", "399.05", "475.72214"),
        # 1 / 17000 = 0.0000588235294117…: no more than 12 places
        ("17000", "1", "0.000058823529"),
    ],
)
def test_a_cross_rate_goes_through_the_euro(of: str, into: str, rate: str) -> None:
    assert str(cross_rate(Decimal(of), Decimal(into))) == rate


def test_the_rate_of_a_day_is_the_last_one_published() -> None:
    rates = Rates(ecb.parse_rates(ecb_file(DAYS)))
    saturday, sunday, monday = date(2026, 3, 7), date(2026, 3, 8), date(2026, 3, 9)
    for day in (date(2026, 3, 6), saturday, sunday):
        assert rates.find("EUR", "PLN", day) == Conversion(rate=Decimal("4.2685"), date=date(2026, 3, 6), source="ECB")
    assert rates.find("EUR", "PLN", monday) == Conversion(rate=Decimal("4.1905"), date=monday, source="ECB")
    # nothing is published before, for unknown currencies, or when the last one is too old
    assert rates.find("EUR", "PLN", date(2026, 3, 5)) is None
    assert rates.find("KWD", "PLN", monday) is None
    assert rates.find("EUR", "PLN", date(2026, 3, 19)) is not None
    assert rates.find("EUR", "PLN", date(2026, 3, 20)) is None


def test_both_legs_are_of_one_day_and_the_ecb_comes_first() -> None:
    day, before = date(2026, 3, 9), date(2026, 3, 6)
    given = [
        ReferenceRate(date=day, currency="PLN", rate=Decimal("4.1905")),
        ReferenceRate(date=before, currency="PLN", rate=Decimal("4.2685")),
        ReferenceRate(date=before, currency="KWD", rate=Decimal("0.3334"), source="CBK"),
        ReferenceRate(date=before, currency="PLN", rate=Decimal("9"), source="NBP"),
    ]
    expected = Conversion(rate=Decimal("12.802939"), date=before, source="CBK, ECB")
    for order in (given, given[::-1]):
        assert Rates(order).find("KWD", "PLN", day) == expected


@pytest.mark.parametrize(
    ("minor", "of", "into", "rate", "expected"),
    [
        (2300, "EUR", "PLN", "4.2685", 9818),  # 23.00 × 4.2685 = 98.1755
        (1900, "EUR", "HUF", "399.05", 758195),  # 19.00 × 399.05 = 7581.95
        (1000, "JPY", "EUR", "0.0062523446", 625),  # 1000 × 0.0062523446 = 6.2523446
        (1005, "KWD", "EUR", "2.9994001", 301),  # 1.005 × 2.9994001 = 3.0143971
        (-50, "EUR", "PLN", "4.25", -213),  # −0.50 × 4.25 = −2.125, half away from zero
    ],
)
def test_an_amount_is_rounded_once_with_the_digits_of_its_currency(
    minor: int, of: str, into: str, rate: str, expected: int
) -> None:
    conversion = Conversion(rate=Decimal(rate), date=date(2026, 3, 9), source="ECB")
    assert conversion.convert(minor, of, into) == expected


def test_a_file_is_read_whole() -> None:
    rates = ecb.parse_rates(ecb_file(DAYS))
    assert len(rates) == 12
    assert rates[0] == ReferenceRate(date=date(2026, 3, 9), currency="USD", rate=Decimal("1.0912"))
    assert rates[-1] == ReferenceRate(date=date(2026, 3, 6), currency="CZK", rate=Decimal("25.031"))


GOOD = ecb_file({date(2026, 3, 6): FRIDAY})
BOMB = GOOD.replace(
    b"<gesmes:Envelope", b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<gesmes:Envelope', 1
).replace(b"4.2685", b"&b;")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not well-formed"),
        (b"<html><body>Service unavailable</body></html>", "no exchange rates"),
        (GOOD[:-30], "not well-formed"),
        (BOMB, "a document type declaration is not allowed"),
        (GOOD.replace(b"4.2685", b"N/A"), "'N/A' is not a rate of PLN"),
        (GOOD.replace(b"4.2685", b"-4.2685"), "'-4.2685' is not a rate of PLN"),
        (GOOD.replace(b"4.2685", b"0"), "'0' is not a rate of PLN"),
        (GOOD.replace(b"4.2685", b"1e9"), "'1e9' is not a rate of PLN"),
        (GOOD.replace(b"'PLN'", b"'USD'"), "USD has two rates for 2026-03-06"),
        (GOOD.replace(b"'PLN'", b"'zloty'"), "'zloty' is not a currency"),
        (GOOD.replace(b"2026-03-06", b"6.3.2026"), "'6.3.2026' is not a date"),
        (GOOD.replace(b"time='2026-03-06'", b""), "a rate stands outside a day"),
    ],
)
def test_what_is_no_such_file_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(InvalidInput, match=words) as caught:
        ecb.parse_rates(content)
    assert tuple(caught.value.field) == ("file",)
