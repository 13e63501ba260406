"""What an operator reports of its sellers (DAC7)."""

from __future__ import annotations

import strawberry

from app.db.paging import PageRequest
from app.domain.exchange import EURO
from app.domain.law_reports import RelevantActivity, SellerDetail
from app.graphql.connections import After, Before, Connection, First, Last, to_connection
from app.graphql.context import Info
from app.graphql.types.compliance import finding
from app.graphql.types.entity import Entity
from app.graphql.types.law_report import LeftOutAmount, left_out
from app.graphql.types.money import Money, money, of
from app.graphql.types.tax import Finding
from app.services.law_reports import dac7
from app.services.law_reports.dac7 import SellerReport


@strawberry.type(description="What a seller was owed for one activity in one quarter.")
class Dac7Quarter:
    activity: RelevantActivity = strawberry.field(description="What it did.")
    quarter: int = strawberry.field(description="From 1 to 4.")
    sale_count: int = strawberry.field(description="The sales: invoices, neither advances nor credit notes.")
    amounts: list[Money] = strawberry.field(
        description="What its buyers owed, VAT included, less what was credited; one amount per currency."
    )
    consideration: Money | None = strawberry.field(
        description="The same in euro at the rates of the quarter's last day; before the operator's fees and taxes,"
        " which are to be taken off. Null when an exchange rate is missing."
    )


@strawberry.type(description="One seller's year.")
class Dac7Seller:
    entity: Entity = strawberry.field(description="The seller: its names, address and tax numbers.")
    quarters: list[Dac7Quarter] = strawberry.field(description="By activity and quarter; none without any sale.")
    sale_count: int = strawberry.field(description="The sales of the year.")
    consideration: Money | None = strawberry.field(
        description="All of it in euro. Null when an exchange rate is missing."
    )
    resident_in_eu: bool = strawberry.field(description="Whether its address is in a member state.")
    excluded: bool | None = strawberry.field(
        description="Whether it sold goods alone, fewer than 30 times and for at most EUR 2,000: such are not reported."
        " Null when an exchange rate is missing."
    )
    missing: list[SellerDetail] = strawberry.field(
        description="What the report wants of it and is not known here. A company has a registration number, a person"
        " a date of birth: which of them it is, is not known either."
    )
    left_out: list[LeftOutAmount] = strawberry.field(description="What lacks an exchange rate; VAT is in the base.")
    findings: list[Finding] = strawberry.field(description="What is to be looked at.")


@strawberry.type(
    description="What an operator reports of its sellers (Directive (EU) 2021/514), as far as it is known."
)
class Dac7Report:
    year: int = strawberry.field(description="The calendar year.")

    @strawberry.field(description="The sellers by name, those without a sale too.")
    async def sellers(
        self, info: Info, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[Dac7Seller]:
        context = info.context
        request = PageRequest(first=first, after=after, last=last, before=before)
        page = await dac7.seller_reports(context.services, context.scope, self.year, request)
        return to_connection(page, _seller, lambda: dac7.seller_count(context.services, context.scope))


def _seller(row: SellerReport) -> Dac7Seller:
    return Dac7Seller(
        entity=Entity.of(row.entity),
        quarters=[
            Dac7Quarter(
                activity=one.activity,
                quarter=one.quarter,
                sale_count=one.sale_count,
                amounts=[of(amount) for amount in one.amounts],
                consideration=_euros(one.consideration_minor),
            )
            for one in row.quarters
        ],
        sale_count=row.sale_count,
        consideration=_euros(row.consideration_minor),
        resident_in_eu=row.resident_in_eu,
        excluded=row.excluded,
        missing=list(row.missing),
        left_out=left_out(row.left_out),
        findings=[finding(one) for one in row.findings],
    )


def _euros(minor: int | None) -> Money | None:
    return None if minor is None else money(minor, EURO)
