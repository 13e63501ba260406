"""The API's scalars: strict on the way in, canonical on the way out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final, NewType

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

CurrencyCode = NewType("CurrencyCode", str)
CountryCode = NewType("CountryCode", str)

_DECIMAL: Final = re.compile(r"-?\d{1,15}(\.\d{1,10})?")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT: Final = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?([Zz]|[+-]\d{2}:\d{2})")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_CURRENCY: Final = re.compile(r"[A-Z]{3}")


def _parse_decimal(value: Any) -> Decimal:
    # A JSON number has gone through binary floating point at many a client; only text and whole numbers are exact.
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise GraphQLError('a Decimal is text such as "12.50": up to 15 digits, and 10 after the point')
    return Decimal(value)


def _parse_date(value: Any) -> date:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise GraphQLError('a Date is text such as "2026-11-22"')
    try:
        found = date.fromisoformat(value)
    except ValueError:
        raise GraphQLError(f"{value} is no day of the calendar") from None
    # The first and the last day mean minus and plus infinity to PostgreSQL's driver.
    if not 1 < found.year < 9999:
        raise GraphQLError("a Date lies between 0002-01-01 and 9998-12-31")
    return found


def _parse_instant(value: Any) -> datetime:
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        raise GraphQLError('a DateTime is text with a time zone, such as "2026-11-22T10:15:00Z"')
    try:
        return datetime.fromisoformat(value.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise GraphQLError(f"{value} is no instant") from None


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _code(pattern: re.Pattern[str], what: str) -> Any:
    def parse(value: Any) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise GraphQLError(f"must be {what}")
        return value

    return parse


SCALARS: Final[Mapping[object, ScalarDefinition]] = {
    Decimal: strawberry.scalar(
        name="Decimal",
        description='An exact decimal number as text, such as "12.50". Whole numbers may be sent as JSON integers.',
        serialize=lambda value: format(value, "f"),
        parse_value=_parse_decimal,
    ),
    date: strawberry.scalar(
        name="Date",
        description="A calendar date (ISO 8601), such as 2026-11-22.",
        serialize=lambda value: value.isoformat(),
        parse_value=_parse_date,
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description="An instant (RFC 3339), answered in UTC, such as 2026-11-22T10:15:00Z. Sent with any UTC offset.",
        serialize=_instant,
        parse_value=_parse_instant,
    ),
    CurrencyCode: strawberry.scalar(
        name="CurrencyCode",
        description="A currency by its ISO 4217 code, such as EUR.",
        serialize=str,
        parse_value=_code(_CURRENCY, "three capital letters, such as EUR"),
    ),
    CountryCode: strawberry.scalar(
        name="CountryCode",
        description="A country by its ISO 3166-1 alpha-2 code, such as DE.",
        serialize=str,
        parse_value=_code(_COUNTRY, "two capital letters, such as DE"),
    ),
    strawberry.scalars.JSON: strawberry.scalar(
        name="JSON",
        description="Any JSON value.",
        serialize=lambda value: value,
        parse_value=lambda value: value,
    ),
}
