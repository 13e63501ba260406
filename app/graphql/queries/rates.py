"""The VAT rates of countries on a day, with their sources."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

import strawberry

from app.domain.countries import check_country
from app.domain.errors import NotFound
from app.domain.tax.model import TaxClass
from app.domain.tax.rates import RatePeriod
from app.domain.tax.registry import REGIMES, has_regime, regime_of
from app.graphql.context import Info
from app.graphql.scalars import CountryCode


@strawberry.type(description="The rate of one class of products.")
class TaxRate:
    tax_class: TaxClass = strawberry.field(description="The class, as lines name it.")
    percent: Decimal = strawberry.field(description="The rate in percent.")


@strawberry.type(description="The VAT rates of a country, or of a part of it with rates of its own, on a day.")
class TaxRates:
    country: CountryCode = strawberry.field(description="The country.")
    region: str | None = strawberry.field(description="The part of the country; null for the rest of it.")
    name: str = strawberry.field(description="Its name, in English.")
    since: date = strawberry.field(description="The first day on which all of these rates apply.")
    until: date | None = strawberry.field(description="The last such day that is known of; null while they last.")
    rates: list[TaxRate] = strawberry.field(description="The rates; a class that the country lacks is not among them.")
    sources: list[str] = strawberry.field(description="Where they come from.")


def _rates(country: str, region: str | None, name: str, periods: tuple[RatePeriod, ...], day: date) -> list[TaxRates]:
    return [
        TaxRates(
            country=CountryCode(country),
            region=region,
            name=name,
            since=period.start,
            until=period.end,
            rates=[
                TaxRate(tax_class=tax_class, percent=percent)
                for tax_class in TaxClass
                if (percent := period.percent(tax_class)) is not None
            ],
            sources=list(period.sources),
        )
        for period in periods
        if period.start <= day and (period.end is None or day <= period.end)
    ]


@strawberry.type
class RateQueries:
    @strawberry.field(
        description="The VAT rates on a day: of one country with its regions, or of all that are known. A day that no"
        " source covers has none."
    )
    def tax_rates(
        self,
        info: Info,
        date: Annotated[date, strawberry.argument(description="The day of supply.")],
        country: Annotated[CountryCode | None, strawberry.argument(description="The country; all if none.")] = None,
    ) -> list[TaxRates]:
        if country is not None:
            check_country(country, field=("country",))
            if not has_regime(country) or regime_of(country).given:
                raise NotFound(f"the tax rates of {country} are not known", field=("country",))
        regimes = REGIMES if country is None else (regime_of(country),)
        found = []
        for regime in regimes:
            found += _rates(regime.country, None, regime.name, regime.periods, date)
            for region in regime.regions:
                found += _rates(regime.country, region.code, region.name, region.periods, date)
        return found
