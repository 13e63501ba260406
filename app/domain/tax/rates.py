"""VAT rates as dated facts with their sources, and the look-up of the one that applies on a day.

A day that no period covers, and a class that a country does not have, are errors: a rate is never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from app.domain.errors import TaxUndetermined
from app.domain.tax.model import TaxClass


@dataclass(frozen=True, slots=True, kw_only=True)
class RatePeriod:
    """A country's rates in percent from `start` to `end`, both included; `end` None is open.

    `reduced` is the higher of two reduced rates, `second_reduced` the lower. `zero` says that the law knows supplies at
    0 % with the right to deduct, which EN 16931 calls category Z.
    """

    start: date
    end: date | None = None
    standard: Decimal
    reduced: Decimal | None = None
    second_reduced: Decimal | None = None
    super_reduced: Decimal | None = None
    parking: Decimal | None = None
    zero: bool = False
    sources: tuple[str, ...]

    def percent(self, tax_class: TaxClass) -> Decimal | None:
        """The rate of a class; None where the country does not have it."""
        return {
            TaxClass.STANDARD: self.standard,
            TaxClass.REDUCED: self.reduced,
            TaxClass.SECOND_REDUCED: self.second_reduced,
            TaxClass.SUPER_REDUCED: self.super_reduced,
            TaxClass.PARKING: self.parking,
            TaxClass.ZERO: Decimal(0) if self.zero else None,
            TaxClass.EXEMPT: None,
        }[tax_class]


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A part of a country with rates of its own, inside the country's VAT: by ISO 3166-2 code and postcode pattern."""

    code: str
    name: str
    postcodes: str | None
    periods: tuple[RatePeriod, ...]
    legal_basis: str


class ConsumerAbroad(StrEnum):
    """Where a service to a consumer abroad is taxed by a country's own law, or that the law asks for more."""

    HOME = "HOME"
    OUTSIDE = "OUTSIDE"
    DEPENDS = "DEPENDS"


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalRules:
    """How a country outside the EU taxes what its sellers sell: the law for each kind of sale, by its provisions.

    `general` is for services to consumers abroad that fall under no other rule, `listed` for consultants, lawyers,
    licences and the like; what is electronically supplied is always taxed where its buyer is. `beyond` are parts of
    other states where the law applies too. `platform` is since when, and by which provision, the marketplace supplies
    the goods that are sold on it inside the country.
    """

    domestic: str
    exports: str
    services_to_businesses: str
    general: tuple[ConsumerAbroad, str]
    listed: tuple[ConsumerAbroad, str]
    digital: str
    beyond: tuple[str, ...] = ()
    platform: tuple[date, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """One country's VAT: its rates, its regions with other rates, and what its law calls things.

    `small_business_mention` is the text that a small business's invoice bears (Art. 226 (11), Art. 284 ff.);
    `small_business_vatex` its code where the CEF list has one. `national` are the rules of a country outside the EU;
    member states share the Directive's. Where tax is `given`, there are no rates: the marketplace states it.
    """

    country: str
    name: str
    periods: tuple[RatePeriod, ...]
    regions: tuple[Region, ...] = ()
    small_business_mention: str | None = None
    small_business_vatex: str | None = None
    national: NationalRules | None = None
    given: bool = False


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate in percent with the first day of its period and its sources."""

    percent: Decimal
    since: date
    sources: tuple[str, ...]


_NAMES: Final = {
    TaxClass.STANDARD: "standard",
    TaxClass.REDUCED: "reduced",
    TaxClass.SECOND_REDUCED: "second reduced",
    TaxClass.SUPER_REDUCED: "super-reduced",
    TaxClass.PARKING: "parking",
    TaxClass.ZERO: "zero",
    TaxClass.EXEMPT: "exempt",
}


def rate_of(place: str, periods: tuple[RatePeriod, ...], tax_class: TaxClass, day: date) -> Rate:
    """The rate of a class on a day. Raises TaxUndetermined, naming what is not known."""
    for period in periods:
        if period.start <= day and (period.end is None or day <= period.end):
            percent = period.percent(tax_class)
            if percent is None:
                raise TaxUndetermined(f"{place} has no {_NAMES[tax_class]} rate on {day}", field=("taxClass",))
            return Rate(percent, period.start, period.sources)
    raise TaxUndetermined(f"the VAT rates of {place} on {day} are not known", field=("date",))
