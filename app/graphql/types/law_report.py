"""Returns and statements of one seller: One-Stop-Shop and recapitulative statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import strawberry

from app.domain.exchange import EURO
from app.domain.law_reports import EcSale, OssRate, OssScheme, OssSupply, TaxPeriod
from app.graphql.scalars import CountryCode, CurrencyCode
from app.graphql.types.compliance import finding
from app.graphql.types.entity import Entity
from app.graphql.types.money import Money, money
from app.graphql.types.report import Period
from app.graphql.types.tax import Finding
from app.services.law_reports import ec_sales, oss
from app.services.law_reports.conversion import LeftOut, UsedRate


@strawberry.type(description="A calendar month or quarter.")
class ReturnPeriod:
    name: str = strawberry.field(description="Such as 2026-Q1 or 2026-03.")
    start: date = strawberry.field(name="from", description="The first day.")
    end: date = strawberry.field(name="to", description="The last day.")


@strawberry.type(description="An exchange rate that a report was made with.")
class ReportRate:
    currency: CurrencyCode = strawberry.field(description="The currency of which it is one unit.")
    into: CurrencyCode = strawberry.field(description="The report's currency.")
    of_date: date = strawberry.field(description="The day whose rate the law wants.")
    rate: Decimal = strawberry.field(description="Units of `into` for one of `currency`.")
    date: date = strawberry.field(description="The day for which it was published.")
    source: str = strawberry.field(description="Who published it.")


@strawberry.type(description="What a report lacks, since no exchange rate is known.")
class LeftOutAmount:
    date: date = strawberry.field(description="The day whose rate is missing.")
    base: Money = strawberry.field(description="The amount without VAT; with it in the report of sellers.")
    tax: Money = strawberry.field(description="The VAT.")


@strawberry.type(description="What was supplied to consumers of one member state at one rate.")
class OssReturnRow:
    member_state: CountryCode = strawberry.field(description="The member state of consumption.")
    supply: OssSupply = strawberry.field(description="What it is.")
    dispatched_from: CountryCode | None = strawberry.field(
        description="Where goods left from; null for services and imports."
    )
    rate_type: OssRate = strawberry.field(description="Which rate it is.")
    percent: Decimal = strawberry.field(description="The rate.")
    base: Money = strawberry.field(description="The amount without VAT, less what was credited in the period.")
    tax: Money = strawberry.field(description="The VAT.")


@strawberry.type(description="By how much an earlier return changes.")
class OssReturnCorrection:
    member_state: CountryCode = strawberry.field(description="The member state of consumption.")
    period: ReturnPeriod = strawberry.field(description="The period of the return that it corrects.")
    tax: Money = strawberry.field(description="The change of the VAT, at the rates of that period.")


@strawberry.type(description="A return of the One-Stop-Shop.")
class OssReturn:
    entity: Entity = strawberry.field(description="The seller.")
    scheme: OssScheme = strawberry.field(description="Which One-Stop-Shop.")
    period: ReturnPeriod = strawberry.field(description="The quarter, or of imports the month.")
    vat_number: str | None = strawberry.field(description="The seller's number in the scheme; null when it has none.")
    member_state_of_identification: CountryCode | None = strawberry.field(
        description="Where it hands in the return; null for a seller outside the EU, who does so through somebody."
    )
    rows: list[OssReturnRow] = strawberry.field(description="What was supplied, by member state.")
    corrections: list[OssReturnCorrection] = strawberry.field(
        description="What was credited or voided after the period of its supply, by that period."
    )
    tax_total: Money = strawberry.field(description="The VAT due by it, corrections included; less what is left out.")
    rates: list[ReportRate] = strawberry.field(description="The exchange rates used: those of the period's last day.")
    left_out: list[LeftOutAmount] = strawberry.field(description="What it lacks. Load the rates and ask again.")
    findings: list[Finding] = strawberry.field(description="What keeps it from being handed in, or is to be looked at.")


@strawberry.type(description="What was supplied to one VAT number.")
class EcSalesRow:
    member_state: CountryCode = strawberry.field(
        description="Where the statement is handed in: where goods left from, or the seller's own state."
    )
    vat_number: str | None = strawberry.field(
        description="The buyer's, as it stands on the documents; null when they have none."
    )
    sale: EcSale = strawberry.field(description="What it is.")
    value: Money = strawberry.field(description="The amount, less what was credited.")


@strawberry.type(description="A recapitulative statement (EC sales list).")
class EcSalesList:
    entity: Entity = strawberry.field(description="The seller.")
    period: ReturnPeriod = strawberry.field(description="The month or quarter.")
    vat_number: str | None = strawberry.field(description="The seller's VAT number; null when it has none.")
    rows: list[EcSalesRow] = strawberry.field(description="What was supplied, by the buyers' VAT numbers.")
    total: Money = strawberry.field(description="All of it in the seller's national currency; less what is left out.")
    rates: list[ReportRate] = strawberry.field(description="The exchange rates used: those of the days of supply.")
    left_out: list[LeftOutAmount] = strawberry.field(description="What it lacks. Load the rates and ask again.")
    findings: list[Finding] = strawberry.field(description="What keeps it from being handed in, or is to be looked at.")


def oss_return(found: oss.OssReturn) -> OssReturn:
    """A return as the API shows it."""
    return OssReturn(
        entity=Entity.of(found.entity),
        scheme=found.scheme,
        period=period(found.period),
        vat_number=found.vat_number,
        member_state_of_identification=country(found.member_state),
        rows=[
            OssReturnRow(
                member_state=CountryCode(row.member_state),
                supply=row.supply,
                dispatched_from=country(row.dispatched_from),
                rate_type=row.rate_type,
                percent=row.percent,
                base=money(row.base_minor, EURO),
                tax=money(row.tax_minor, EURO),
            )
            for row in found.rows
        ],
        corrections=[
            OssReturnCorrection(
                member_state=CountryCode(one.member_state),
                period=period(one.period),
                tax=money(one.tax_minor, EURO),
            )
            for one in found.corrections
        ],
        tax_total=money(found.tax_minor, EURO),
        rates=rates(found.rates, EURO),
        left_out=left_out(found.left_out),
        findings=[finding(one) for one in found.findings],
    )


def ec_sales_list(found: ec_sales.EcSalesList) -> EcSalesList:
    """A statement as the API shows it."""
    return EcSalesList(
        entity=Entity.of(found.entity),
        period=period(found.period),
        vat_number=found.vat_number,
        rows=[
            EcSalesRow(
                member_state=CountryCode(row.member_state),
                vat_number=row.vat_number,
                sale=row.sale,
                value=money(row.value_minor, found.currency),
            )
            for row in found.rows
        ],
        total=money(found.value_minor, found.currency),
        rates=rates(found.rates, found.currency),
        left_out=left_out(found.left_out),
        findings=[finding(one) for one in found.findings],
    )


def period(value: TaxPeriod) -> ReturnPeriod:
    """A period as the API shows it."""
    return ReturnPeriod(name=value.name, start=value.start, end=value.end)


def days(start: date, end: date) -> Period:
    """Days as the API shows them."""
    return Period(start=start, end=end)


def country(code: str | None) -> CountryCode | None:
    """A country's code, if there is one."""
    return None if code is None else CountryCode(code)


def rates(used: Sequence[UsedRate], into: str) -> list[ReportRate]:
    """Exchange rates as the API shows them."""
    return [
        ReportRate(
            currency=CurrencyCode(one.currency),
            into=CurrencyCode(into),
            of_date=one.of_date,
            rate=one.conversion.rate,
            date=one.conversion.date,
            source=one.conversion.source,
        )
        for one in used
    ]


def left_out(found: Sequence[LeftOut]) -> list[LeftOutAmount]:
    """What a report lacks, as the API shows it."""
    return [
        LeftOutAmount(date=one.date, base=money(one.base_minor, one.currency), tax=money(one.tax_minor, one.currency))
        for one in found
    ]
