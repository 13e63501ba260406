"""The operator's report across all sellers."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import strawberry

from app.db.paging import PageRequest
from app.domain.lifecycle import InvoiceStatus
from app.graphql.connections import After, Before, Connection, First, Last, to_connection
from app.graphql.context import Info
from app.graphql.filters import ReportOrder
from app.graphql.types.compliance import ComplianceSummary, summary_of
from app.graphql.types.entity import Entity
from app.graphql.types.money import Money, of
from app.services import compliance, reports
from app.services.reports import EntityFigures as Figures
from app.services.reports import PlatformFigures

_INVOICED = "The gross totals of what was issued in the period, credit notes subtracted, one amount per currency."
_PAID = "The payments received in the period and not reversed, one amount per currency."
_OUTSTANDING = "What is due today of what was issued in the period, one amount per currency."
_OVERDUE = "What of it is past its due date, one amount per currency."


@strawberry.type(description="Whole days, both ends included.")
class Period:
    start: date = strawberry.field(name="from", description="The first day.")
    end: date = strawberry.field(name="to", description="The last day.")


@strawberry.type(description="How many documents have a status.")
class StatusCount:
    status: InvoiceStatus = strawberry.field(description="The status.")
    count: int = strawberry.field(description="How many documents have it.")


@strawberry.type(description="One seller's figures.")
class EntityFigures:
    entity: Entity = strawberry.field(description="The seller.")
    order_count: int = strawberry.field(description="Orders placed in the period.")
    invoice_count: int = strawberry.field(description="Documents issued in the period.")
    invoiced: list[Money] = strawberry.field(description=_INVOICED)
    paid: list[Money] = strawberry.field(description=_PAID)
    outstanding: list[Money] = strawberry.field(description=_OUTSTANDING)
    overdue: list[Money] = strawberry.field(description=_OVERDUE)


Sorting = Annotated[ReportOrder, strawberry.argument(description="In which order.")]


@strawberry.type(description="A platform's figures over a period, across all sellers.")
class PlatformReport:
    period: Period = strawberry.field(description="The days it covers.")
    entity_count: int = strawberry.field(description="Sellers there were at the end of the period.")
    active_entity_count: int = strawberry.field(description="Sellers that issued a document in the period.")
    order_count: int = strawberry.field(description="Orders placed in the period.")
    invoice_count: int = strawberry.field(description="Documents issued in the period.")
    invoiced: list[Money] = strawberry.field(description=_INVOICED)
    paid: list[Money] = strawberry.field(description=_PAID)
    outstanding: list[Money] = strawberry.field(description=_OUTSTANDING)
    overdue: list[Money] = strawberry.field(description=_OVERDUE)
    by_status: list[StatusCount] = strawberry.field(
        description="Documents by status: issued ones by issue date, drafts by when they were made."
    )
    asked: strawberry.Private[tuple[date, date, str | None, str | None]]

    @strawberry.field(description="What the rules make of all sellers, as they are today.")
    async def compliance(self, info: Info) -> ComplianceSummary:
        return summary_of(await compliance.summary(info.context.services, info.context.scope))

    @strawberry.field(description="The same figures for each seller.")
    async def entities(
        self,
        info: Info,
        order_by: Sorting = ReportOrder.NAME_ASC,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[EntityFigures]:
        context = info.context
        start, end, currency, time_zone = self.asked
        page = await reports.entity_figures(
            context.services,
            context.scope,
            start,
            end,
            currency=currency,
            request=PageRequest(first=first, after=after, last=last, before=before),
            order=order_by.value,
            time_zone=time_zone,
        )
        return to_connection(
            page,
            _figures,
            lambda: reports.entity_count(context.services, context.scope),
        )


def _figures(row: Figures) -> EntityFigures:
    return EntityFigures(
        entity=Entity.of(row.entity),
        order_count=row.order_count,
        invoice_count=row.invoice_count,
        invoiced=[of(amount) for amount in row.invoiced],
        paid=[of(amount) for amount in row.paid],
        outstanding=[of(amount) for amount in row.outstanding],
        overdue=[of(amount) for amount in row.overdue],
    )


def report(figures: PlatformFigures, *, currency: str | None, time_zone: str | None) -> PlatformReport:
    """A platform's figures as the API shows them."""
    return PlatformReport(
        period=Period(start=figures.period_start, end=figures.period_end),
        entity_count=figures.entity_count,
        active_entity_count=figures.active_entity_count,
        order_count=figures.order_count,
        invoice_count=figures.invoice_count,
        invoiced=[of(amount) for amount in figures.invoiced],
        paid=[of(amount) for amount in figures.paid],
        outstanding=[of(amount) for amount in figures.outstanding],
        overdue=[of(amount) for amount in figures.overdue],
        by_status=[StatusCount(status=status, count=count) for status, count in figures.by_status],
        asked=(figures.period_start, figures.period_end, currency, time_zone),
    )
