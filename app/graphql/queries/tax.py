"""Taxes and totals without a draft."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Annotated

import strawberry

from app.domain.parties import CustomerKind, TaxIdStatus
from app.graphql.context import Info
from app.graphql.inputs import AllowanceInput, LineInput, to_service
from app.graphql.scalars import CountryCode, CurrencyCode
from app.graphql.types.compliance import finding
from app.graphql.types.invoice import InvoiceLine
from app.graphql.types.money import Money, money
from app.graphql.types.tax import Finding, TaxBreakdown, breakdown
from app.services import inputs, preview


@strawberry.input(description="A seller as the tax rules see it.")
class SellerInput:
    country: CountryCode = strawberry.field(description="Where it is established.")
    region: str | None = strawberry.field(default=None, description="The subdivision by ISO 3166-2.")
    postcode: str | None = strawberry.field(default=None, description="The postal code.")
    vat_registered: bool = strawberry.field(default=True, description="Whether it charges VAT at all.")
    small_business: bool = strawberry.field(default=False, description="Whether it is exempt as a small business.")
    oss: bool = strawberry.field(default=False, description="Whether it uses the Union One-Stop-Shop.")
    ioss: bool = strawberry.field(default=False, description="Whether it uses the Import One-Stop-Shop.")
    other_registrations: list[CountryCode] | None = strawberry.field(
        default=None, description="Further countries it is registered in."
    )
    destination_taxation: bool = strawberry.field(
        default=False, description="Whether it charges the destination's VAT below EUR 10,000 too (Art. 59c (3))."
    )


@strawberry.input(description="A buyer as the tax rules see it.")
class BuyerInput:
    country: CountryCode = strawberry.field(description="Where it is, and where goods go unless a line says so.")
    region: str | None = strawberry.field(default=None, description="The subdivision by ISO 3166-2.")
    postcode: str | None = strawberry.field(default=None, description="The postal code.")
    kind: CustomerKind = strawberry.field(default=CustomerKind.CONSUMER, description="What it is to the VAT law.")
    tax_id_status: TaxIdStatus = strawberry.field(
        default=TaxIdStatus.NONE, description="What is known of its VAT number."
    )
    tax_id_country: CountryCode | None = strawberry.field(
        default=None, description="The country of its VAT number; the buyer's if none."
    )


@strawberry.input(description="A supply of lines, stored or given inline.")
class TaxPreviewInput:
    date: date = strawberry.field(description="The date of supply, whose law and rates apply.")
    currency: CurrencyCode = strawberry.field(description="The currency of the prices.")
    lines: list[LineInput] = strawberry.field(description="What is supplied.")
    entity_id: strawberry.ID | None = strawberry.field(default=None, description="The seller; or give it as seller.")
    seller: SellerInput | None = strawberry.field(default=None, description="The seller, given inline.")
    customer_id: strawberry.ID | None = strawberry.field(default=None, description="The buyer; or give it as buyer.")
    buyer: BuyerInput | None = strawberry.field(default=None, description="The buyer, given inline.")
    prices_include_tax: bool = strawberry.field(default=False, description="Whether the prices are gross.")
    threshold_exceeded: bool | None = strawberry.field(
        default=None, description="Whether the seller's cross-border sales passed EUR 10,000 (Art. 59c)."
    )
    allowances: list[AllowanceInput] | None = strawberry.field(default=None, description="What is taken off.")
    charges: list[AllowanceInput] | None = strawberry.field(default=None, description="What is put on.")


@strawberry.type(description="Taxes and totals as an invoice of these lines would have them.")
class TaxPreview:
    lines: list[InvoiceLine] = strawberry.field(description="The lines; their ids are not those of stored objects.")
    taxes: list[TaxBreakdown] = strawberry.field(description="The tax by category, rate and country.")
    net_total: Money = strawberry.field(description="The total without tax.")
    tax_total: Money = strawberry.field(description="The tax.")
    gross_total: Money = strawberry.field(description="The total with tax.")
    mentions: list[str] = strawberry.field(description="The texts that the law wants on the document.")
    findings: list[Finding] = strawberry.field(description="What would keep such an invoice from being issued.")


PreviewArgument = Annotated[TaxPreviewInput, strawberry.argument(description="Who supplies what to whom.")]


@strawberry.type
class TaxQueries:
    @strawberry.field(description="Decides taxes and computes totals without storing anything.")
    async def tax_preview(self, info: Info, input: PreviewArgument) -> TaxPreview:
        given = to_service(input, inputs.TaxPreviewInput)
        result = await preview.preview(info.context.services, info.context.scope, given)
        currency = given.currency
        # The lines of a preview have no invoice whose currency they could take.
        owner = SimpleNamespace(currency=currency)
        return TaxPreview(
            lines=[InvoiceLine.of(line, owner=owner) for line in result.lines],
            taxes=[breakdown(tax, currency) for tax in result.taxes],
            net_total=money(result.net_minor, currency),
            tax_total=money(result.tax_minor, currency),
            gross_total=money(result.gross_minor, currency),
            mentions=list(result.mentions),
            findings=[finding(item) for item in result.findings],
        )
