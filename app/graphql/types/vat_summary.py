"""All that a seller supplied, by treatment and rate."""

from __future__ import annotations

from decimal import Decimal

import strawberry

from app.domain.tax.model import TaxTreatment
from app.graphql.scalars import CountryCode
from app.graphql.types.compliance import finding
from app.graphql.types.entity import Entity
from app.graphql.types.law_report import LeftOutAmount, ReportRate, country, days, left_out, rates
from app.graphql.types.money import Money, money
from app.graphql.types.report import Period
from app.graphql.types.tax import Finding
from app.services.law_reports import vat_summary as service


@strawberry.type(description="What was supplied under one treatment at one rate in one currency.")
class VatSummaryRow:
    treatment: TaxTreatment = strawberry.field(description="How it is taxed.")
    category: str = strawberry.field(description="The category (UNCL5305).")
    country: CountryCode | None = strawberry.field(description="Where it is taxed; null outside the scope of VAT.")
    percent: Decimal | None = strawberry.field(description="The rate; null where none applies.")
    document_count: int = strawberry.field(
        description="The documents, less those voided in these days that earlier days had."
    )
    base: Money = strawberry.field(description="The amount without VAT, credit notes subtracted.")
    tax: Money = strawberry.field(description="The VAT: the sum of the documents' VAT groups.")
    national_base: Money | None = strawberry.field(
        description="The same amount in the seller's national currency; null when an exchange rate is missing."
    )
    national_tax: Money | None = strawberry.field(
        description="The VAT in it, as the documents state it where they do (Directive 2006/112/EC, art. 230)."
    )


@strawberry.type(description="All supplies in one currency.")
class VatSummaryTotal:
    base: Money = strawberry.field(description="The amount without VAT.")
    tax: Money = strawberry.field(description="The VAT.")


@strawberry.type(description="What a seller supplied in some days: what a VAT return is filled in from.")
class VatSummary:
    entity: Entity = strawberry.field(description="The seller.")
    period: Period = strawberry.field(description="The days it covers.")
    rows: list[VatSummaryRow] = strawberry.field(description="By treatment, category, country, rate and currency.")
    totals: list[VatSummaryTotal] = strawberry.field(description="The sums, one per currency.")
    national_total: VatSummaryTotal = strawberry.field(
        description="All of it in the seller's national currency; less what is left out."
    )
    rates: list[ReportRate] = strawberry.field(
        description="The exchange rates used beside those that stand on the documents."
    )
    left_out: list[LeftOutAmount] = strawberry.field(description="What the national amounts lack.")
    findings: list[Finding] = strawberry.field(description="What is to be looked at.")


def vat_summary(found: service.VatSummary) -> VatSummary:
    """A summary as the API shows it."""
    own = found.national_currency
    return VatSummary(
        entity=Entity.of(found.entity),
        period=days(found.start, found.end),
        rows=[
            VatSummaryRow(
                treatment=row.treatment,
                category=row.category,
                country=country(row.country),
                percent=row.percent,
                document_count=row.document_count,
                base=money(row.base_minor, row.currency),
                tax=money(row.tax_minor, row.currency),
                national_base=None if row.national is None else money(row.national.base_minor, own),
                national_tax=None if row.national is None else money(row.national.tax_minor, own),
            )
            for row in found.rows
        ],
        totals=[
            VatSummaryTotal(base=money(one.base_minor, one.currency), tax=money(one.tax_minor, one.currency))
            for one in found.totals
        ],
        national_total=VatSummaryTotal(
            base=money(found.national.base_minor, own), tax=money(found.national.tax_minor, own)
        ),
        rates=rates(found.rates, own),
        left_out=left_out(found.left_out),
        findings=[finding(one) for one in found.findings],
    )
