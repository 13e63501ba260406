"""Reports that the law wants of sellers and of the operator."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import strawberry

from app.domain import law_reports as periods
from app.domain.law_reports import OssScheme
from app.graphql.context import Info
from app.graphql.types import law_report
from app.graphql.types import vat_summary as summary
from app.graphql.types.dac7 import Dac7Report
from app.graphql.types.law_report import EcSalesList, OssReturn
from app.graphql.types.vat_summary import VatSummary
from app.services.law_reports import dac7
from app.services.law_reports.ec_sales import ec_sales_list
from app.services.law_reports.files import one_period
from app.services.law_reports.oss import oss_return
from app.services.law_reports.vat_summary import vat_summary

Seller = Annotated[strawberry.ID, strawberry.argument(description="The seller.")]
Year = Annotated[int, strawberry.argument(description="The calendar year.")]
Quarter = Annotated[int, strawberry.argument(description="From 1 to 4.")]
Month = Annotated[int, strawberry.argument(description="From 1 to 12.")]
OfQuarter = Annotated[int | None, strawberry.argument(description="From 1 to 4; or give the month.")]
OfMonth = Annotated[int | None, strawberry.argument(description="From 1 to 12; or give the quarter.")]
From = Annotated[date, strawberry.argument(name="from", description="The first day.")]
To = Annotated[date, strawberry.argument(name="to", description="The last day, at most 400 days on.")]


@strawberry.type
class LawReportQueries:
    @strawberry.field(
        description="A seller's return of the Union One-Stop-Shop for a quarter (Directive 2006/112/EC, art. 369g)."
    )
    async def oss_return(self, info: Info, entity_id: Seller, year: Year, quarter: Quarter) -> OssReturn:
        period = periods.quarter(year, quarter)
        context = info.context
        found = await oss_return(context.services, context.scope, entity_id, period, OssScheme.UNION)
        return law_report.oss_return(found)

    @strawberry.field(
        description="A seller's return of the Import One-Stop-Shop for a month (Directive 2006/112/EC, art. 369t)."
    )
    async def ioss_return(self, info: Info, entity_id: Seller, year: Year, month: Month) -> OssReturn:
        period = periods.month(year, month)
        context = info.context
        found = await oss_return(context.services, context.scope, entity_id, period, OssScheme.IMPORT)
        return law_report.oss_return(found)

    @strawberry.field(
        description="A seller's recapitulative statement of a quarter or month (Directive 2006/112/EC, art. 262-264)."
    )
    async def ec_sales_list(
        self, info: Info, entity_id: Seller, year: Year, quarter: OfQuarter = None, month: OfMonth = None
    ) -> EcSalesList:
        period = one_period(year, quarter, month)
        return law_report.ec_sales_list(
            await ec_sales_list(info.context.services, info.context.scope, entity_id, period)
        )

    @strawberry.field(description="What a seller supplied in some days, by treatment, category, country and rate.")
    async def vat_summary(self, info: Info, entity_id: Seller, start: From, end: To) -> VatSummary:
        return summary.vat_summary(await vat_summary(info.context.services, info.context.scope, entity_id, start, end))

    @strawberry.field(
        description="What the operator reports of its sellers for a year (Directive (EU) 2021/514); by a platform key."
    )
    def dac7_report(self, info: Info, year: Year) -> Dac7Report:
        dac7.check(info.context.scope, year)
        return Dac7Report(year=year)
