"""Periods of returns, and the names that returns give to what they list."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.domain.errors import InvalidInput

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100
# Directive 2006/112/EC, art. 369g (4): a return may be corrected within three years of the day it was due.
CORRECTION_YEARS: Final = 3


class OssScheme(StrEnum):
    """UNION is declared by quarter (Directive 2006/112/EC, art. 369a-369k), IMPORT by month (art. 369l-369x)."""

    UNION = "UNION"
    IMPORT = "IMPORT"


class OssSupply(StrEnum):
    """What a line of a One-Stop-Shop return is about."""

    GOODS = "GOODS"
    SERVICES = "SERVICES"


class OssRate(StrEnum):
    """Which of a member state's rates it is."""

    STANDARD = "STANDARD"
    REDUCED = "REDUCED"


class EcSale(StrEnum):
    """What a recapitulative statement lists apart (Directive 2006/112/EC, art. 262 (1) (a), (c) and art. 42)."""

    GOODS = "GOODS"
    SERVICES = "SERVICES"
    TRIANGULATION = "TRIANGULATION"


class RelevantActivity(StrEnum):
    """What a seller does by the lists of Directive (EU) 2021/514, annex V, section I (A) (8), as far as it is known.

    OTHER_SERVICES may be personal services or none of the list: whether a person does them by the hour is not told.
    """

    SALE_OF_GOODS = "SALE_OF_GOODS"
    RENTAL_OF_IMMOVABLE_PROPERTY = "RENTAL_OF_IMMOVABLE_PROPERTY"
    OTHER_SERVICES = "OTHER_SERVICES"


class SellerDetail(StrEnum):
    """What Directive (EU) 2021/514, annex V, section III wants to be reported of a seller and may be missing."""

    ADDRESS = "ADDRESS"
    TAX_ID = "TAX_ID"
    REGISTRATION_NUMBER = "REGISTRATION_NUMBER"
    FINANCIAL_ACCOUNT = "FINANCIAL_ACCOUNT"
    DATE_OF_BIRTH = "DATE_OF_BIRTH"
    PROPERTY_ADDRESS = "PROPERTY_ADDRESS"
    FEES = "FEES"
    TAXES_WITHHELD = "TAXES_WITHHELD"


@dataclass(frozen=True, slots=True, order=True)
class TaxPeriod:
    """A calendar month or quarter of a year: whole days, both ends included."""

    start: date
    end: date

    @property
    def name(self) -> str:
        """`2026-Q1` or `2026-03`."""
        if self.start.month == self.end.month:
            return f"{self.start:%Y-%m}"
        return f"{self.start.year}-Q{self.end.month // 3}"


def quarter(year: int, number: int) -> TaxPeriod:
    """The quarter with that number. Raises InvalidInput naming what is none."""
    check_year(year)
    if not 1 <= number <= 4:
        raise InvalidInput("must be from 1 to 4", field=("quarter",))
    return _months(year, 3 * number - 2, 3 * number)


def month(year: int, number: int) -> TaxPeriod:
    """The month with that number. Raises InvalidInput naming what is none."""
    check_year(year)
    if not 1 <= number <= 12:
        raise InvalidInput("must be from 1 to 12", field=("month",))
    return _months(year, number, number)


def period_with(day: date, like: TaxPeriod) -> TaxPeriod:
    """The period of the same length that a day lies in."""
    if like.start.month == like.end.month:
        return _months(day.year, day.month, day.month)
    return _months(day.year, 3 * ((day.month - 1) // 3) + 1, 3 * ((day.month - 1) // 3) + 3)


def quarter_of(month_number: int) -> int:
    """The quarter that a month lies in."""
    return (month_number + 2) // 3


def check_year(year: int) -> None:
    """Raises InvalidInput for a year that no report is of."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidInput(f"must be from {FIRST_YEAR} to {LAST_YEAR}", field=("year",))


def is_correctable(corrected: TaxPeriod, by: TaxPeriod) -> bool:
    """Whether a return may still correct another, both handed in on the last day of the month after their periods."""
    due, now = _due(corrected), _due(by)
    return (now.year, now.month) <= (due.year + CORRECTION_YEARS, due.month)


def _due(period: TaxPeriod) -> date:
    after = period.end.month % 12 + 1
    year = period.end.year + (after == 1)
    return date(year, after, calendar.monthrange(year, after)[1])


def _months(year: int, first: int, last: int) -> TaxPeriod:
    return TaxPeriod(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))
