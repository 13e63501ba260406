"""The rates that the member states and three neighbours publish, on the first and the last day of each period.

`published_rates.json` was put together from the Commission's database TEDB (September 2026) and three public tables.
It has for each country: first day, last day (null while it lasts), standard, reduced ones, super-reduced and parking.
Malta's 12 % is a parking rate as TEDB files it (Directive 2006/112/EC, art. 118).
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.domain.errors import TaxUndetermined
from app.domain.tax.model import TaxClass
from app.domain.tax.rates import rate_of
from app.domain.tax.registry import REGIMES, regime_of

PUBLISHED: list[list[Any]] = json.loads((Path(__file__).parent / "published_rates.json").read_text(encoding="utf-8"))
TODAY = "2026-11-24"


def percent(country: str, tax_class: TaxClass, day: date) -> Decimal | None:
    regime = regime_of(country)
    try:
        return rate_of(regime.name, regime.periods, tax_class, day).percent
    except TaxUndetermined as error:
        if error.field != ("taxClass",):
            raise  # a day that is not covered; a class that a country does not have is no rate
        return None


@pytest.mark.parametrize("period", PUBLISHED, ids=lambda period: f"{period[0]} {period[1]}")
def test_the_rates_of_the_first_and_of_the_last_day(period: list[Any]) -> None:
    country, first, last, standard, reduced, super_reduced, parking = period
    for day in map(date.fromisoformat, (first, last or TODAY)):
        lower = (percent(country, TaxClass.REDUCED, day), percent(country, TaxClass.SECOND_REDUCED, day))
        assert percent(country, TaxClass.STANDARD, day) == Decimal(standard)
        assert sorted(rate for rate in lower if rate is not None) == [Decimal(rate) for rate in reduced]
        for tax_class, rate in ((TaxClass.SUPER_REDUCED, super_reduced), (TaxClass.PARKING, parking)):
            assert percent(country, tax_class, day) == (None if rate is None else Decimal(rate))


def test_every_country_is_among_them() -> None:
    assert {period[0] for period in PUBLISHED} == {regime.country for regime in REGIMES if not regime.given}
