"""Rates are dated, sourced and contiguous; the last day of an old rate and the first of a new one are exact."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from app.domain.errors import TaxUndetermined
from app.domain.tax.model import TaxClass
from app.domain.tax.rates import Regime, rate_of
from app.domain.tax.registry import REGIMES, regime_of

MEMBERS = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()
TODAY = date(2026, 11, 24)
# Standard, then reduced, second reduced, super-reduced and parking as of 2026-11-24.
NOW = {
    "AT": ("20", "13", "10", "4.9", "13"),
    "BE": ("21", "12", "6", None, "12"),
    "BG": ("20", "9", None, None, None),
    "CY": ("19", "9", "5", "3", None),
    "CZ": ("21", "12", None, None, None),
    "DE": ("19", "7", None, None, None),
    "DK": ("25", None, None, None, None),
    "EE": ("24", "13", "9", None, None),
    "ES": ("21", "10", None, "4", None),
    "FI": ("25.5", "13.5", "10", None, None),
    "FR": ("20", "10", "5.5", "2.1", None),
    "GR": ("24", "13", "6", None, None),
    "HR": ("25", "13", "5", None, None),
    "HU": ("27", "18", "5", None, None),
    "IE": ("23", "13.5", "9", "4.8", "13.5"),
    "IT": ("22", "10", "5", "4", None),
    "LT": ("21", "12", "5", None, None),
    "LU": ("17", "8", None, "3", "14"),
    "LV": ("21", "12", "5", None, None),
    "MT": ("18", "7", "5", None, "12"),
    "NL": ("21", "9", None, None, None),
    "PL": ("23", "8", "5", None, None),
    "PT": ("23", "13", "6", None, "13"),
    "RO": ("21", "11", None, None, None),
    "SE": ("25", "12", "6", None, None),
    "SI": ("22", "9.5", "5", None, None),
    "SK": ("23", "19", "5", None, None),
}
CLASSES = (
    TaxClass.STANDARD,
    TaxClass.REDUCED,
    TaxClass.SECOND_REDUCED,
    TaxClass.SUPER_REDUCED,
    TaxClass.PARKING,
)
# Country, class, last day of the old rate, old rate, new rate.
CHANGES = [
    ("AT", TaxClass.SUPER_REDUCED, date(2026, 6, 30), None, "4.9"),
    ("DE", TaxClass.STANDARD, date(2020, 6, 30), "19", "16"),
    ("DE", TaxClass.STANDARD, date(2020, 12, 31), "16", "19"),
    ("DE", TaxClass.REDUCED, date(2020, 12, 31), "5", "7"),
    ("EE", TaxClass.STANDARD, date(2023, 12, 31), "20", "22"),
    ("EE", TaxClass.STANDARD, date(2025, 6, 30), "22", "24"),
    ("ES", TaxClass.STANDARD, date(2012, 8, 31), "18", "21"),
    ("FI", TaxClass.STANDARD, date(2024, 8, 31), "24", "25.5"),
    ("FI", TaxClass.REDUCED, date(2025, 12, 31), "14", "13.5"),
    ("FR", TaxClass.STANDARD, date(2013, 12, 31), "19.6", "20"),
    ("IE", TaxClass.STANDARD, date(2020, 8, 31), "23", "21"),
    ("IE", TaxClass.STANDARD, date(2021, 2, 28), "21", "23"),
    ("IT", TaxClass.STANDARD, date(2011, 9, 16), "20", "21"),
    ("LT", TaxClass.REDUCED, date(2025, 12, 31), "9", "12"),
    ("LU", TaxClass.STANDARD, date(2022, 12, 31), "17", "16"),
    ("LU", TaxClass.STANDARD, date(2023, 12, 31), "16", "17"),
    ("NL", TaxClass.STANDARD, date(2012, 9, 30), "19", "21"),
    ("NL", TaxClass.REDUCED, date(2018, 12, 31), "6", "9"),
    ("RO", TaxClass.STANDARD, date(2016, 12, 31), "20", "19"),
    ("RO", TaxClass.STANDARD, date(2025, 7, 31), "19", "21"),
    ("SK", TaxClass.STANDARD, date(2024, 12, 31), "20", "23"),
    ("CH", TaxClass.STANDARD, date(2023, 12, 31), "7.7", "8.1"),
]


def percent(country: str, tax_class: TaxClass, day: date) -> Decimal | None:
    regime = regime_of(country)
    try:
        return rate_of(regime.name, regime.periods, tax_class, day).percent
    except TaxUndetermined:
        return None


def decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize("country", MEMBERS)
def test_rates_of_today(country: str) -> None:
    assert tuple(percent(country, tax_class, TODAY) for tax_class in CLASSES) == tuple(map(decimal, NOW[country]))


@pytest.mark.parametrize(("country", "tax_class", "last", "old", "new"), CHANGES)
def test_a_change_takes_effect_on_its_day(
    country: str, tax_class: TaxClass, last: date, old: str | None, new: str
) -> None:
    assert percent(country, tax_class, last) == decimal(old)
    assert percent(country, tax_class, last + timedelta(days=1)) == decimal(new)


@pytest.mark.parametrize("regime", [one for one in REGIMES if not one.given], ids=lambda regime: regime.country)
def test_periods_follow_one_another_and_name_their_sources(regime: Regime) -> None:
    for periods in (regime.periods, *(region.periods for region in regime.regions)):
        for before, after in pairwise(periods):
            assert before.end is not None
            assert before.end + timedelta(days=1) == after.start
        assert periods[-1].end is None
        for period in periods:
            assert period.sources
            assert all(source.strip() for source in period.sources)


@pytest.mark.parametrize("country", [country for country in MEMBERS if country != "HR"])
def test_every_member_state_of_2011_has_its_rates_of_june_2011(country: str) -> None:
    assert percent(country, TaxClass.STANDARD, date(2011, 6, 15)) is not None


def test_regimes_are_the_member_states_three_neighbours_and_one_whose_tax_is_stated() -> None:
    assert [regime.country for regime in REGIMES] == sorted([*MEMBERS, "CH", "GB", "NO", "US"])
    assert [regime.country for regime in REGIMES if regime.given] == ["US"]


def test_an_uncovered_day_is_an_error_and_no_guess() -> None:
    regime = regime_of("GB")
    with pytest.raises(TaxUndetermined, match="the VAT rates of United Kingdom on 2010-12-31 are not known"):
        rate_of(regime.name, regime.periods, TaxClass.STANDARD, date(2010, 12, 31))


def test_a_class_that_a_country_lacks_is_an_error() -> None:
    regime = regime_of("DK")
    with pytest.raises(TaxUndetermined, match="Denmark has no reduced rate on 2026-11-24") as raised:
        rate_of(regime.name, regime.periods, TaxClass.REDUCED, TODAY)
    assert raised.value.field == ("taxClass",)
