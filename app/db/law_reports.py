"""Sums over tax entries for the returns that the law wants, grouped in the database.

All amounts are signed minor units of one currency each; credit notes and what was voided are in them already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from app.db.query import tenant_sql
from app.db.tables import TABLES, Dialect, decode_value
from app.db.transaction import Session
from app.db.where import OneOf, Parameters, to_sql
from app.domain.errors import InvalidInput
from app.domain.exchange import plain
from app.domain.law_reports import EcSale, OssScheme, RelevantActivity
from app.domain.scope import Scope

_TABLE: Final = TABLES["tax_entry"]
# Rows that one report may be made of. Amounts in foreign currencies have a row for each day.
MAX_ROWS: Final = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class OssSum:
    """What one kind of supply to one member state amounts to; `month` is that of the supply, as `2026-03`."""

    month: str
    country: str | None
    is_goods: bool
    origin: str | None
    is_standard_rate: bool
    percent: Decimal | None
    currency: str
    base_minor: int
    tax_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EcSum:
    """What was supplied to one VAT number; `of_date` is the day whose exchange rate counts, None in `own` currency."""

    buyer_tax_id: str | None
    sale: EcSale
    origin: str | None
    currency: str
    of_date: date | None
    base_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VatSum:
    """What was supplied under one treatment at one rate.

    `tax_currency_minor` is frozen with the documents at `exchange_rate`; both are None where documents state none, and
    then `of_date` is the day whose rate counts, unless the currency is the seller's `own`.
    """

    treatment: str
    category: str
    country: str | None
    percent: Decimal | None
    currency: str
    tax_currency: str | None
    exchange_rate: Decimal | None
    of_date: date | None
    document_count: int
    base_minor: int
    tax_minor: int
    tax_currency_minor: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SellerSum:
    """What a seller was owed for one activity by the sales of one month of the year, VAT included."""

    entity_id: str
    month: int
    activity: RelevantActivity
    currency: str
    sale_count: int
    gross_minor: int


_OSS: Final = {
    "month": "substr(CAST(of_date AS text), 1, 7)",
    "country": "country",
    "is_goods": "CASE WHEN supply_kind = 'GOODS' THEN 1 ELSE 0 END",
    "origin": "origin",
    "is_standard_rate": "CASE WHEN tax_class = 'STANDARD' THEN 1 ELSE 0 END",
    "percent": "percent",
    "currency": "currency",
}
# The Import One-Stop-Shop has a number and a return of its own.
_IMPORT: Final = "rule LIKE '%.ioss'"


async def oss_sums(
    scope: Scope, session: Session, entity_id: str, start: date, end: date, scheme: OssScheme
) -> list[OssSum]:
    """What was declared in a One-Stop-Shop on these days. Raises InvalidInput where it is too much."""
    parameters = Parameters(session.dialect)
    where = _of_days(scope, parameters, [entity_id], start, end) + " AND treatment = 'OSS'"
    where += f" AND {_IMPORT}" if scheme is OssScheme.IMPORT else f" AND NOT ({_IMPORT})"
    rows = await _grouped(session, parameters, _OSS, _AMOUNTS, where)
    return [
        OssSum(
            month=row["month"],
            country=row["country"],
            is_goods=bool(row["is_goods"]),
            origin=row["origin"],
            is_standard_rate=bool(row["is_standard_rate"]),
            percent=_percent(row["percent"], session.dialect),
            currency=row["currency"],
            base_minor=int(row["base_minor"]),
            tax_minor=int(row["tax_minor"]),
        )
        for row in rows
    ]


_SALE: Final = (
    "CASE WHEN category = 'K' THEN 'GOODS' WHEN rule LIKE 'eu.triangulation%' THEN 'TRIANGULATION'"
    " WHEN rule LIKE 'eu.services.reverse_charge%' THEN 'SERVICES' END"
)


async def ec_sums(
    scope: Scope, session: Session, entity_id: str, start: date, end: date, *, own: str | None
) -> list[EcSum]:
    """What was supplied to buyers identified in other member states. Raises InvalidInput where it is too much.

    The domestic reverse charge and reverse charges of other articles are in no recapitulative statement.
    """
    parameters = Parameters(session.dialect)
    where = (
        _of_days(scope, parameters, [entity_id], start, end) + f" AND category IN ('AE', 'K') AND {_SALE} IS NOT NULL"
    )
    names = {
        "buyer_tax_id": "buyer_tax_id",
        "sale": _SALE,
        "origin": "CASE WHEN category = 'K' THEN origin END",
        "currency": "currency",
        "of_date": _foreign_day(parameters, own),
    }
    rows = await _grouped(session, parameters, names, "sum(base_minor) AS base_minor", where)
    return [
        EcSum(
            buyer_tax_id=row["buyer_tax_id"],
            sale=EcSale(row["sale"]),
            origin=row["origin"],
            currency=row["currency"],
            of_date=decode_value(_TABLE.columns["of_date"], row["of_date"], session.dialect),
            base_minor=int(row["base_minor"]),
        )
        for row in rows
    ]


_DOCUMENTS: Final = "sum(document_count) AS document_count"
_AMOUNTS: Final = "sum(base_minor) AS base_minor, sum(tax_minor) AS tax_minor"


async def vat_sums(
    scope: Scope, session: Session, entity_id: str, start: date, end: date, *, own: str | None
) -> list[VatSum]:
    """All that was supplied, by treatment and rate. Raises InvalidInput where it is too much."""
    parameters = Parameters(session.dialect)
    where = _of_days(scope, parameters, [entity_id], start, end)
    columns = ("treatment", "category", "country", "percent", "currency", "tax_currency", "exchange_rate")
    names = {name: name for name in columns}
    names["of_date"] = f"CASE WHEN exchange_rate IS NULL THEN {_foreign_day(parameters, own)} END"
    national = "sum(tax_currency_minor) AS tax_currency_minor"
    rows = await _grouped(session, parameters, names, f"{_DOCUMENTS}, {_AMOUNTS}, {national}", where)
    return [
        VatSum(
            **{name: row[name] for name in ("treatment", "category", "country", "currency", "tax_currency")},
            percent=_percent(row["percent"], session.dialect),
            exchange_rate=_rate(row["exchange_rate"], session.dialect),
            of_date=decode_value(_TABLE.columns["of_date"], row["of_date"], session.dialect),
            document_count=int(row["document_count"]),
            base_minor=int(row["base_minor"]),
            tax_minor=int(row["tax_minor"]),
            tax_currency_minor=None if row["tax_currency_minor"] is None else int(row["tax_currency_minor"]),
        )
        for row in rows
    ]


_SELLERS: Final = {
    "entity_id": "entity_id",
    "month": "substr(CAST(date AS text), 6, 2)",
    "activity": (
        "CASE WHEN supply_kind = 'GOODS' THEN 'SALE_OF_GOODS' WHEN nature IN ('ACCOMMODATION', 'IMMOVABLE_PROPERTY')"
        " THEN 'RENTAL_OF_IMMOVABLE_PROPERTY' ELSE 'OTHER_SERVICES' END"
    ),
    "currency": "currency",
}
# An advance is a payment for a sale that its final invoice counts; a credit note is no sale.
_IS_SALE: Final = "type NOT IN ('ADVANCE', 'CREDIT_NOTE')"
_SALES: Final = (
    f"count(DISTINCT CASE WHEN reverses_id IS NULL AND {_IS_SALE} THEN invoice_id END)"
    f" - count(DISTINCT CASE WHEN reverses_id IS NOT NULL AND {_IS_SALE} THEN invoice_id END) AS sale_count"
)


async def seller_sums(
    scope: Scope, session: Session, entity_ids: Sequence[str], start: date, end: date
) -> list[SellerSum]:
    """What these sellers were owed by month. Raises InvalidInput where it is too much."""
    parameters = Parameters(session.dialect)
    where = _of_days(scope, parameters, entity_ids, start, end)
    amounts = f"{_SALES}, sum(base_minor + tax_minor) AS gross_minor"
    rows = await _grouped(session, parameters, _SELLERS, amounts, where)
    return [
        SellerSum(
            entity_id=row["entity_id"],
            month=int(row["month"]),
            activity=RelevantActivity(row["activity"]),
            currency=row["currency"],
            sale_count=int(row["sale_count"]),
            gross_minor=int(row["gross_minor"]),
        )
        for row in rows
    ]


def _of_days(scope: Scope, parameters: Parameters, entity_ids: Sequence[str], start: date, end: date) -> str:
    day = _TABLE.columns["date"]
    return (
        f"{tenant_sql(scope, _TABLE, parameters)} AND {to_sql(OneOf('entity_id', entity_ids), _TABLE, parameters)}"
        f" AND date BETWEEN {parameters.of(day, start)} AND {parameters.of(day, end)}"
    )


def _foreign_day(parameters: Parameters, own: str | None) -> str:
    """The day of what is in a foreign currency: nothing else is told apart by days."""
    return "of_date" if own is None else f"CASE WHEN currency <> {parameters.add(own)} THEN of_date END"


async def _grouped(
    session: Session, parameters: Parameters, names: dict[str, str], amounts: str, where: str
) -> Sequence[Any]:
    """Sums by those expressions, in their order."""
    columns = ", ".join(f"{expression} AS {name}" for name, expression in names.items())
    places = ", ".join(str(place) for place in range(1, len(names) + 1))
    rows = await session.fetch(
        f"SELECT {columns}, {amounts} FROM tax_entry WHERE {where} GROUP BY {places} ORDER BY {places}"
        f" LIMIT {MAX_ROWS + 1}",
        *parameters.values,
    )
    if len(rows) > MAX_ROWS:
        raise InvalidInput(f"the report has more than {MAX_ROWS} rows; ask for a shorter period", field=("to",))
    return rows


def _percent(value: Any, dialect: Dialect) -> Decimal | None:
    found = decode_value(_TABLE.columns["percent"], value, dialect)
    return None if found is None else plain(found)


def _rate(value: Any, dialect: Dialect) -> Decimal | None:
    found = decode_value(_TABLE.columns["exchange_rate"], value, dialect)
    return None if found is None else plain(found)
