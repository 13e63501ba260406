"""The operator's view across all sellers: counts, and sums per currency."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from app.db import reports
from app.db.aggregates import ENTITIES
from app.db.orders import ENTITY_ORDERS
from app.db.paging import Page, PageRequest, fetch_page
from app.db.reports import Period
from app.db.rows import EntityRow
from app.domain.errors import InvalidInput
from app.domain.lifecycle import InvoiceStatus
from app.domain.money import Money
from app.domain.scope import Permission, Scope
from app.services import checks
from app.services.context import ServiceContext

MAX_DAYS: Final = 3_700


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformFigures:
    """A platform's figures over whole days, both ends included. Money lists hold one amount per currency, by code."""

    period_start: date
    period_end: date
    entity_count: int
    active_entity_count: int
    order_count: int
    invoice_count: int
    invoiced: list[Money]
    paid: list[Money]
    outstanding: list[Money]
    overdue: list[Money]
    by_status: list[tuple[InvoiceStatus, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityFigures:
    """One seller's figures over the same days."""

    entity: EntityRow
    order_count: int
    invoice_count: int
    invoiced: list[Money]
    paid: list[Money]
    outstanding: list[Money]
    overdue: list[Money]


async def platform_report(
    ctx: ServiceContext, scope: Scope, start: date, end: date, *, currency: str | None, time_zone: str | None
) -> PlatformFigures:
    """The figures of a period: invoices by issue date, orders and payments by their instants in the time zone.

    Outstanding and overdue are what is due today of the invoices issued in the period.
    """
    scope.require(Permission.REPORTS_READ)
    scope.require_platform()
    period = _period(ctx, start, end, time_zone)
    if currency is not None:
        checks.currency(currency, ("currency",))
    async with ctx.database.read(scope) as session:
        issued = await reports.issued(scope, session, period, currency=currency)
        paid = await reports.paid_sums(scope, session, period, currency=currency)
        orders = await reports.order_counts(scope, session, period, currency=currency)
        statuses = await reports.unissued_counts(scope, session, period, currency=currency) | issued.statuses
        entity_count = await reports.entity_count(scope, session, period)
    sums = issued.sums
    return PlatformFigures(
        period_start=start,
        period_end=end,
        entity_count=entity_count,
        active_entity_count=issued.active_entities,
        order_count=sum(orders.values()),
        invoice_count=sum(row.invoice_count for row in sums),
        invoiced=_total((row.currency, row.invoiced_minor) for row in sums),
        paid=_total((of, minor) for (_, of), minor in paid.items()),
        outstanding=_total((row.currency, row.outstanding_minor) for row in sums),
        overdue=_total((row.currency, row.overdue_minor) for row in sums),
        by_status=[(status, statuses.get(status, 0)) for status in InvoiceStatus],
    )


async def entity_figures(
    ctx: ServiceContext,
    scope: Scope,
    start: date,
    end: date,
    *,
    currency: str | None,
    request: PageRequest,
    order: str,
    time_zone: str | None = None,
) -> Page[EntityFigures]:
    """The same figures for each seller, a page of sellers at a time; four statements a page."""
    scope.require(Permission.REPORTS_READ)
    scope.require_platform()
    period = _period(ctx, start, end, time_zone)
    async with ctx.database.read(scope) as session:
        page = await fetch_page(scope, session, ENTITIES, request, ENTITY_ORDERS[order])
        ids = [row.id for row in page.rows]
        sums = await reports.entity_sums(scope, session, period, ids, currency=currency)
        paid = await reports.paid_sums(scope, session, period, currency=currency, entity_ids=ids)
        orders = await reports.order_counts(scope, session, period, currency=currency, entity_ids=ids)
    rows = [_figures(row, sums, paid, orders.get(row.id, 0)) for row in page.rows]
    return Page(rows, page.cursors, page.has_next, page.has_previous)


async def entity_count(ctx: ServiceContext, scope: Scope) -> int:
    """How many sellers the report has rows for."""
    scope.require(Permission.REPORTS_READ)
    scope.require_platform()
    async with ctx.database.read(scope) as session:
        return await ENTITIES.count(scope, session)


def _figures(
    entity: EntityRow, sums: Sequence[reports.Sums], paid: Mapping[tuple[str | None, str], int], order_count: int
) -> EntityFigures:
    own = [row for row in sums if row.entity_id == entity.id]
    return EntityFigures(
        entity=entity,
        order_count=order_count,
        invoice_count=sum(row.invoice_count for row in own),
        invoiced=_total((row.currency, row.invoiced_minor) for row in own),
        paid=_total((currency, minor) for (entity_id, currency), minor in paid.items() if entity_id == entity.id),
        outstanding=_total((row.currency, row.outstanding_minor) for row in own),
        overdue=_total((row.currency, row.overdue_minor) for row in own),
    )


def _total(amounts: Iterable[tuple[str, int]]) -> list[Money]:
    totals: dict[str, int] = {}
    for currency, minor in amounts:
        totals[currency] = totals.get(currency, 0) + minor
    return [Money(minor, currency) for currency, minor in sorted(totals.items())]


def _period(ctx: ServiceContext, start: date, end: date, time_zone: str | None) -> Period:
    if end < start:
        raise InvalidInput("lies before from", field=("to",))
    if (end - start).days > MAX_DAYS:
        raise InvalidInput(f"a report covers {MAX_DAYS} days at most", field=("to",))
    zone = ZoneInfo(checks.time_zone(time_zone or "UTC", ("timeZone",)))
    return Period(
        start=start,
        end=end,
        since=datetime.combine(start, time.min, zone),
        until=datetime.combine(end + timedelta(days=1), time.min, zone),
        today=ctx.clock().astimezone(zone).date(),
    )
