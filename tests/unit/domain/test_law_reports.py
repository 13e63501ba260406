"""Periods of returns, and which rates they are made with."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.domain.errors import InvalidInput
from app.domain.exchange import Rates, ReferenceRate
from app.domain.law_reports import TaxPeriod, is_correctable, month, period_with, quarter, quarter_of
from app.services.law_reports.conversion import Converter


def test_periods_have_names_and_days() -> None:
    assert quarter(2024, 1) == TaxPeriod(date(2024, 1, 1), date(2024, 3, 31))
    assert month(2024, 2) == TaxPeriod(date(2024, 2, 1), date(2024, 2, 29))
    assert [quarter(2026, number).name for number in range(1, 5)] == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    assert month(2026, 3).name == "2026-03"
    assert [quarter_of(number) for number in (1, 3, 4, 12)] == [1, 1, 2, 4]


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2025, 10, 1)])
def test_the_period_of_a_day_is_as_long_as_the_one_asked_for(day: date) -> None:
    assert period_with(day, quarter(2026, 1)) == quarter(2025, 4)
    assert period_with(day, month(2026, 1)) == month(2025, day.month)


def test_periods_stand_in_order() -> None:
    assert quarter(2025, 4) < quarter(2026, 1) < quarter(2026, 2)


@pytest.mark.parametrize(("year", "number"), [(1999, 1), (2101, 1), (2026, 0), (2026, 5)])
def test_what_is_no_quarter_is_refused(year: int, number: int) -> None:
    with pytest.raises(InvalidInput):
        quarter(year, number)


def test_a_return_is_corrected_for_three_years() -> None:
    # due on 30 April 2023: corrected by what is handed in until April 2026
    first = quarter(2023, 1)
    assert is_correctable(first, quarter(2026, 1))
    assert not is_correctable(first, quarter(2026, 2))
    assert is_correctable(month(2023, 12), month(2026, 12))
    assert not is_correctable(month(2023, 12), month(2027, 1))


def rates(*days: str, currency: str = "USD") -> list[ReferenceRate]:
    return [
        ReferenceRate(date=date.fromisoformat(day), currency=currency, rate=Decimal(number))
        for number, day in enumerate(days, 2)
    ]


def test_without_a_rate_of_the_day_the_next_one_counts() -> None:
    # 30 June 2029 is a Saturday
    known = Rates(rates("2029-06-29", "2029-07-02", "2029-07-03"))
    found = known.find_following("USD", "EUR", date(2029, 6, 30))
    assert found is not None
    assert (found.date, found.rate) == (date(2029, 7, 2), Decimal("0.33333333"))
    exact = known.find_following("USD", "EUR", date(2029, 6, 29))
    assert exact is not None
    assert exact.date == date(2029, 6, 29)


def test_both_currencies_need_a_rate_of_one_day_within_ten() -> None:
    known = Rates([*rates("2029-07-02", "2029-07-03"), *rates("2029-07-03", currency="PLN")])
    found = known.find_following("USD", "PLN", date(2029, 6, 30))
    assert found is not None
    assert found.date == date(2029, 7, 3)
    assert known.find_following("USD", "EUR", date(2029, 6, 20)) is None
    assert known.find_following("USD", "EUR", date(2029, 7, 4)) is None
    own = known.find_following("EUR", "EUR", date(2029, 7, 4))
    assert own is not None
    assert own.rate == 1


def test_what_has_no_rate_is_left_out_and_told() -> None:
    converter = Converter("EUR", Rates(rates("2026-03-31")), following=True)
    day, other = date(2026, 3, 31), date(2026, 6, 30)
    assert converter.convert([100, 19], "EUR", None) == [100, 19]
    assert converter.convert([200, 40], "USD", day) == [100, 20]
    assert converter.convert([200, 40], "USD", other) is None
    assert converter.convert([50, 10], "USD", other) is None
    assert converter.convert([1], "PLN", other) is None

    assert [(one.currency, one.of_date) for one in converter.used] == [("USD", day)]
    assert [(one.currency, one.date, one.base_minor, one.tax_minor) for one in converter.left_out] == [
        ("PLN", other, 1, 0),
        ("USD", other, 250, 50),
    ]
    assert [one.message for one in converter.findings("x")] == [
        "amounts in PLN are left out: no exchange rate to EUR of 2026-06-30 is known",
        "amounts in USD are left out: no exchange rate to EUR of 2026-06-30 is known",
    ]
    assert converter.again().left_out == []
