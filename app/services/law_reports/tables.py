"""Reports of law as tables, for files and terminals: the same figures as the API gives, a row each.

What a report lacks for want of an exchange rate stands in rows of its own, so that no file looks complete that is not.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from app.db.paging import MAX_SIZE, PageRequest
from app.domain.exchange import EURO
from app.domain.money import from_minor
from app.domain.scope import Scope
from app.services.context import ServiceContext
from app.services.law_reports.conversion import LeftOut
from app.services.law_reports.dac7 import SellerReport, seller_reports
from app.services.law_reports.ec_sales import EcSalesList
from app.services.law_reports.oss import OssReturn
from app.services.law_reports.vat_summary import VatSummary

Cell = str | int | Decimal | date | bool | None
Row = Sequence[Cell]
SUPPLY: Final = "SUPPLY"
CORRECTION: Final = "CORRECTION"
LEFT_OUT: Final = "LEFT_OUT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A report's rows under the names of their columns; `name` is a file's without its ending."""

    name: str
    columns: Sequence[str]
    rows: AsyncIterator[Row]


_OSS: Final = (
    "part",
    "member_state",
    "supply",
    "dispatched_from",
    "rate_type",
    "rate",
    "corrected_period",
    "currency",
    "base",
    "tax",
)


def oss_table(found: OssReturn) -> Table:
    """A One-Stop-Shop return: supplies, then corrections."""
    rows: list[Row] = [
        (
            SUPPLY,
            row.member_state,
            row.supply.value,
            row.dispatched_from,
            row.rate_type.value,
            row.percent,
            None,
            EURO,
            from_minor(row.base_minor, EURO),
            from_minor(row.tax_minor, EURO),
        )
        for row in found.rows
    ]
    rows += [
        (
            CORRECTION,
            one.member_state,
            None,
            None,
            None,
            None,
            one.period.name,
            EURO,
            None,
            from_minor(one.tax_minor, EURO),
        )
        for one in found.corrections
    ]
    rows += [
        (LEFT_OUT, None, None, None, None, None, None, one.currency, base, tax)
        for one, base, tax in _left_out(found.left_out)
    ]
    scheme = found.scheme.value.lower()
    return Table(name=f"oss-{scheme}-{found.period.name}", columns=_OSS, rows=_all(rows))


_EC: Final = ("part", "member_state", "vat_number", "sale", "currency", "value")


def ec_sales_table(found: EcSalesList) -> Table:
    """A recapitulative statement."""
    rows: list[Row] = [
        (
            SUPPLY,
            row.member_state,
            row.vat_number,
            row.sale.value,
            found.currency,
            from_minor(row.value_minor, found.currency),
        )
        for row in found.rows
    ]
    rows += [(LEFT_OUT, None, None, None, one.currency, base) for one, base, _ in _left_out(found.left_out)]
    return Table(name=f"ec-sales-{found.period.name}", columns=_EC, rows=_all(rows))


_VAT: Final = (
    "treatment",
    "category",
    "country",
    "rate",
    "documents",
    "currency",
    "base",
    "tax",
    "national_currency",
    "national_base",
    "national_tax",
)


def vat_table(found: VatSummary) -> Table:
    """A summary; the national amounts of a row that lacks a rate are empty."""
    own = found.national_currency
    rows: list[Row] = [
        (
            row.treatment.value,
            row.category,
            row.country,
            row.percent,
            row.document_count,
            row.currency,
            from_minor(row.base_minor, row.currency),
            from_minor(row.tax_minor, row.currency),
            own,
            None if row.national is None else from_minor(row.national.base_minor, own),
            None if row.national is None else from_minor(row.national.tax_minor, own),
        )
        for row in found.rows
    ]
    return Table(name=f"vat-summary-{found.start}-{found.end}", columns=_VAT, rows=_all(rows))


_DAC7: Final = (
    "entity_id",
    "external_id",
    "name",
    "legal_name",
    "line1",
    "line2",
    "postcode",
    "city",
    "region",
    "country",
    "tax_ids",
    "registration",
    "account_holder",
    "iban",
    "resident_in_eu",
    "excluded_goods_seller",
    "activity",
    "quarter",
    "sales",
    "consideration",
    "currency",
    "amounts",
    "missing",
)


async def dac7_table(ctx: ServiceContext, scope: Scope, year: int) -> Table:
    """The sellers with sales in a year, a row for each activity and quarter; read a page at a time as it is written.

    What is wrong with the request is raised here, before the first row.
    """
    first = await seller_reports(ctx, scope, year, PageRequest(first=MAX_SIZE))

    async def rows() -> AsyncIterator[Row]:
        page = first
        while True:
            for report in page.rows:
                for row in _seller_rows(report):
                    yield row
            if not page.has_next:
                return
            after = PageRequest(first=MAX_SIZE, after=page.cursors[-1])
            page = await seller_reports(ctx, scope, year, after)

    return Table(name=f"dac7-{year}", columns=_DAC7, rows=rows())


def _seller_rows(report: SellerReport) -> Iterator[Row]:
    entity = report.entity
    identity = (
        entity.id,
        entity.external_id,
        entity.name,
        entity.legal_name,
        entity.address_line1,
        entity.address_line2,
        entity.address_postcode,
        entity.address_city,
        entity.address_region,
        entity.country,
        " ".join(str(tax_id["value"]) for tax_id in entity.tax_ids),
        entity.registration,
        entity.payment_holder,
        entity.payment_iban,
        report.resident_in_eu,
        report.excluded,
    )
    for one in report.quarters:
        euros = None if one.consideration_minor is None else from_minor(one.consideration_minor, EURO)
        amounts = " ".join(f"{amount.amount} {amount.currency}" for amount in one.amounts)
        missing = " ".join(detail.value for detail in report.missing)
        yield (*identity, one.activity.value, one.quarter, one.sale_count, euros, EURO, amounts, missing)


def _left_out(left_out: Iterable[LeftOut]) -> Iterator[tuple[LeftOut, Decimal, Decimal]]:
    for one in left_out:
        yield one, from_minor(one.base_minor, one.currency), from_minor(one.tax_minor, one.currency)


async def _all(rows: Sequence[Row]) -> AsyncIterator[Row]:
    for row in rows:
        yield row
