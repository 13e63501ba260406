"""What an operator reports of its sellers by Directive (EU) 2021/514 (DAC7), as far as documents tell it.

Its annex V wants what was paid or credited to a seller by quarter, net of the operator's fees and taxes. The product
knows the sales, not the fees, nor when money was passed on: what it lacks it says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.db import law_reports as stored
from app.db.aggregates import ENTITIES
from app.db.orders import ENTITY_ORDERS
from app.db.paging import Page, PageRequest, fetch_page
from app.db.rows import EntityRow
from app.domain.exchange import EURO
from app.domain.law_reports import RelevantActivity, SellerDetail, check_year, quarter, quarter_of
from app.domain.money import Money
from app.domain.numbering_law import Severity
from app.domain.scope import Permission, Scope
from app.domain.tax.territories import is_member
from app.services.context import ServiceContext
from app.services.law_reports.conversion import Converter, LeftOut
from app.services.readiness import Finding

SOURCE: Final = "Directive (EU) 2021/514, annex V"
# Annex V, section I (B) (4) (d): fewer than 30 sales of goods, for EUR 2,000 at most in the year.
_FEWER_THAN: Final = 30
_AT_MOST_MINOR: Final = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SellerQuarter:
    """What a seller was owed for one activity in a quarter, VAT included, before fees.

    `amounts` per currency; `consideration_minor` in euro cents, None where an exchange rate is missing.
    """

    activity: RelevantActivity
    quarter: int
    sale_count: int
    amounts: Sequence[Money]
    consideration_minor: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SellerReport:
    """One seller's year. `excluded` says whether it is too small a seller of goods; None where that is not known."""

    entity: EntityRow
    quarters: Sequence[SellerQuarter]
    sale_count: int
    consideration_minor: int | None
    resident_in_eu: bool
    excluded: bool | None
    missing: Sequence[SellerDetail]
    left_out: Sequence[LeftOut]
    findings: Sequence[Finding]


async def seller_reports(ctx: ServiceContext, scope: Scope, year: int, request: PageRequest) -> Page[SellerReport]:
    """The sellers of a platform by name, a page at a time. Needs a platform key. Three statements a page."""
    check(scope, year)
    async with ctx.database.read(scope) as session:
        page = await fetch_page(scope, session, ENTITIES, request, ENTITY_ORDERS["NAME_ASC"])
        ids = [row.id for row in page.rows]
        sums = await stored.seller_sums(scope, session, ids, date(year, 1, 1), date(year, 12, 31))
        ends = {number: quarter(year, number).end for number in range(1, 5)}
        wanted = {(one.currency, ends[quarter_of(one.month)]) for one in sums}
        of_page = await Converter.load(scope, session, EURO, wanted, following=True)
    by_seller: dict[str, list[stored.SellerSum]] = {}
    for one in sums:
        by_seller.setdefault(one.entity_id, []).append(one)
    rows = [_report(row, by_seller.get(row.id, []), ends, of_page.again()) for row in page.rows]
    return Page(rows, page.cursors, page.has_next, page.has_previous)


async def seller_count(ctx: ServiceContext, scope: Scope) -> int:
    """How many sellers the report has."""
    scope.require(Permission.REPORTS_READ)
    scope.require_platform()
    async with ctx.database.read(scope) as session:
        return await ENTITIES.count(scope, session)


def check(scope: Scope, year: int) -> None:
    """Raises PermissionDenied for a key that may not ask, InvalidInput for a year that no report is of."""
    scope.require(Permission.REPORTS_READ)
    scope.require_platform()
    check_year(year)


def _report(
    entity: EntityRow, sums: Sequence[stored.SellerSum], ends: dict[int, date], converter: Converter
) -> SellerReport:
    amounts: dict[tuple[RelevantActivity, int], dict[str, int]] = {}
    counts: dict[tuple[RelevantActivity, int], int] = {}
    for one in sums:
        key = one.activity, quarter_of(one.month)
        counts[key] = counts.get(key, 0) + one.sale_count
        of_key = amounts.setdefault(key, {})
        of_key[one.currency] = of_key.get(one.currency, 0) + one.gross_minor
    quarters = [
        _quarter(*key, counts[key], of_key, ends, converter)
        for key, of_key in sorted(amounts.items())
        if counts[key] or any(of_key.values())
    ]
    known = [one.consideration_minor for one in quarters if one.consideration_minor is not None]
    consideration = sum(known) if len(known) == len(quarters) else None
    sales = sum(one.sale_count for one in quarters)
    activities = {one.activity for one in quarters}
    return SellerReport(
        entity=entity,
        quarters=quarters,
        sale_count=sales,
        consideration_minor=consideration,
        resident_in_eu=is_member(entity.country, ends[4]),
        excluded=_excluded(activities, sales, consideration),
        missing=_missing(entity, activities),
        left_out=converter.left_out,
        findings=[*converter.findings(SOURCE), *_unclear(activities)],
    )


def _quarter(
    activity: RelevantActivity,
    number: int,
    sales: int,
    amounts: dict[str, int],
    ends: dict[int, date],
    converter: Converter,
) -> SellerQuarter:
    converted = [converter.convert([minor], currency, ends[number]) for currency, minor in sorted(amounts.items())]
    known = [found[0] for found in converted if found is not None]
    return SellerQuarter(
        activity=activity,
        quarter=number,
        sale_count=sales,
        amounts=[Money(minor, currency) for currency, minor in sorted(amounts.items())],
        consideration_minor=sum(known) if len(known) == len(converted) else None,
    )


def _excluded(activities: set[RelevantActivity], sales: int, consideration_minor: int | None) -> bool | None:
    if activities - {RelevantActivity.SALE_OF_GOODS} or sales >= _FEWER_THAN:
        return False
    return None if consideration_minor is None else consideration_minor <= _AT_MOST_MINOR


def _missing(entity: EntityRow, activities: set[RelevantActivity]) -> list[SellerDetail]:
    """What the report wants and the product does not have of this seller; of fees and the like it knows nothing."""
    missing = {
        SellerDetail.ADDRESS: not (entity.address_line1 and entity.address_city),
        SellerDetail.TAX_ID: not entity.tax_ids,
        # Of companies; whether the seller is one is not told, and a person has a date of birth instead.
        SellerDetail.REGISTRATION_NUMBER: entity.registration is None,
        SellerDetail.DATE_OF_BIRTH: entity.registration is None,
        SellerDetail.FINANCIAL_ACCOUNT: entity.payment_iban is None,
        SellerDetail.PROPERTY_ADDRESS: RelevantActivity.RENTAL_OF_IMMOVABLE_PROPERTY in activities,
        SellerDetail.FEES: True,
        SellerDetail.TAXES_WITHHELD: True,
    }
    return [detail for detail, lacking in missing.items() if lacking]


def _unclear(activities: set[RelevantActivity]) -> list[Finding]:
    if RelevantActivity.OTHER_SERVICES not in activities:
        return []
    return [
        Finding(
            rule="DAC7-SERVICES",
            severity=Severity.INFO,
            message="only personal services are reported: what a person does by the hour or the task for a user",
            fix="Leave out what is none, such as downloads.",
            source=SOURCE,
        )
    ]
