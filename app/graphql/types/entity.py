"""Sellers."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from app.db.aggregates import CUSTOMERS, INVOICES, ORDERS
from app.db.orders import INVOICE_ORDERS, ORDER_ORDERS
from app.db.paging import NEWEST, PageRequest
from app.db.rows import EntityRow
from app.db.where import All, Condition, Eq
from app.domain import numbering
from app.domain.documents.model import InvoiceType
from app.domain.documents.registry import DOCUMENT_TYPES
from app.domain.numbering_law import Severity
from app.domain.parties import AutoInvoice, EntityStatus, UnverifiedPolicy
from app.domain.scope import Permission
from app.graphql.connections import After, Before, Connection, First, Last, connect
from app.graphql.context import Info
from app.graphql.filters import (
    CustomerWhere,
    InvoiceOrder,
    InvoiceWhere,
    OrderOrder,
    OrderWhere,
    condition_of,
)
from app.graphql.node import Node
from app.graphql.scalars import CountryCode, CurrencyCode
from app.graphql.types.party import Address, TaxId, address_of, entity_tax_id
from app.graphql.types.tax import Finding
from app.services import readiness

if TYPE_CHECKING:
    from app.graphql.types.customer import Customer
    from app.graphql.types.invoice import Invoice
    from app.graphql.types.order import Order


@strawberry.type(description="The numbering of one kind of document.")
class NumberFormat:
    type: InvoiceType = strawberry.field(description="The kind of document.")
    pattern: str = strawberry.field(description="The pattern, such as INV-{nnn} or {yyyy}/{nnn}.")
    next_numbers: list[str] = strawberry.field(description="The next three numbers, if documents were issued today.")


@strawberry.type(description="How a seller is taxed.")
class TaxSettings:
    vat_registered: bool = strawberry.field(description="Whether it charges VAT at all.")
    small_business: bool = strawberry.field(description="Whether it is exempt as a small business (Art. 284).")
    oss: bool = strawberry.field(description="Whether it uses the Union One-Stop-Shop.")
    ioss: bool = strawberry.field(description="Whether it uses the Import One-Stop-Shop.")
    other_registrations: list[CountryCode] = strawberry.field(description="Further countries it is registered in.")
    when_unverified: UnverifiedPolicy = strawberry.field(description="What happens while a VAT number is unverified.")
    prices_include_tax: bool = strawberry.field(description="Whether its prices are gross unless an order says so.")
    eu_threshold_exceeded: bool = strawberry.field(
        description="Whether its cross-border sales passed EUR 10,000 elsewhere (Art. 59c)."
    )


@strawberry.type(description="A seller's settings.")
class EntitySettings:
    auto_invoice: AutoInvoice = strawberry.field(description="When an order becomes a finalized invoice by itself.")
    payment_term_days: int = strawberry.field(description="Days from the issue date to the due date.")
    tax: TaxSettings = strawberry.field(description="How the seller is taxed.")
    row: strawberry.Private[EntityRow]

    @strawberry.field(description="The numbering of each kind of document.")
    async def number_formats(self, info: Info) -> list[NumberFormat]:
        context = info.context
        today = numbering.local_issue_date(context.services.clock(), self.row.time_zone)
        series = await context.loaders.series.load(self.row.id)
        last = {(row.type, row.pattern, row.period): row.last_number for row in series}
        formats = []
        for kind in DOCUMENT_TYPES:
            text = self.row.number_formats.get(kind.type) or kind.default_pattern
            pattern = numbering.parse(text)
            used = last.get((kind.type, text, pattern.period_key(today)), 0)
            formats.append(NumberFormat(type=kind.type, pattern=text, next_numbers=pattern.next_numbers(used, today)))
        return formats


@strawberry.type(description="How a seller's documents look.")
class Branding:
    logo_url: str | None = strawberry.field(description="Where the logo can be read with this API's key.")
    primary_color: str | None = strawberry.field(description="The accent colour, #rrggbb.")
    template: str = strawberry.field(description="The layout's name.")
    footer: str | None = strawberry.field(description="The text at the foot of each page.")


@strawberry.enum(description="READY lacks nothing; ATTENTION has warnings; BLOCKED cannot issue.")
class ComplianceStatus(StrEnum):
    READY = "READY"
    ATTENTION = "ATTENTION"
    BLOCKED = "BLOCKED"


@strawberry.type(description="Whether a seller's documents would be compliant.")
class Compliance:
    status: ComplianceStatus = strawberry.field(description="The findings in one word.")
    findings: list[Finding] = strawberry.field(description="What is wrong or missing.")


@strawberry.type(description="Where the buyer pays.")
class PaymentDetails:
    holder: str | None = strawberry.field(description="The account holder.")
    iban: str | None = strawberry.field(description="The IBAN.")
    bic: str | None = strawberry.field(description="The BIC.")


InvoiceArgument = Annotated[InvoiceWhere | None, strawberry.argument(description="Which invoices.")]
InvoiceOrderArgument = Annotated[InvoiceOrder, strawberry.argument(description="In which order.")]
CustomerArgument = Annotated[CustomerWhere | None, strawberry.argument(description="Which customers.")]
OrderArgument = Annotated[OrderWhere | None, strawberry.argument(description="Which orders.")]
OrderOrderArgument = Annotated[OrderOrder, strawberry.argument(description="In which order.")]


@strawberry.type(description="A seller of the marketplace: the compliance unit, isolated from every other.")
class Entity(Node):
    external_id: str | None = strawberry.field(description="The marketplace's own id of the seller.")
    name: str = strawberry.field(description="The trading name.")
    legal_name: str = strawberry.field(description="The registered name.")
    address: Address = strawberry.field(description="Where it is established.")
    email: str | None = strawberry.field(description="The e-mail address on its documents.")
    phone: str | None = strawberry.field(description="The telephone number on its documents.")
    website: str | None = strawberry.field(description="The web address on its documents.")
    registration: str | None = strawberry.field(description="The entry in the company register.")
    tax_ids: list[TaxId] = strawberry.field(description="Its tax numbers.")
    currency: CurrencyCode = strawberry.field(description="The currency of its documents unless an order says so.")
    time_zone: str = strawberry.field(description="The time zone (IANA) in which its days begin.")
    locale: str = strawberry.field(description="The language and format of its documents.")
    status: EntityStatus = strawberry.field(description="Whether it issues documents.")
    settings: EntitySettings = strawberry.field(description="Its settings.")
    branding: Branding = strawberry.field(description="How its documents look.")
    payment_details: PaymentDetails | None = strawberry.field(description="Where its buyers pay.")
    created_at: datetime = strawberry.field(description="When it was created.")
    updated_at: datetime = strawberry.field(description="When it last changed.")
    version: int = strawberry.field(description="Grows with every change; give it as expectedVersion.")
    row: strawberry.Private[EntityRow]

    @classmethod
    def of(cls, row: EntityRow, base_url: str) -> Self:
        """A seller from its row."""
        logo = f"{base_url}/entities/{row.id}/logo" if row.logo_type else None
        bank = row.payment_iban or row.payment_holder or row.payment_bic
        return cls(
            id=strawberry.ID(row.id),
            external_id=row.external_id,
            name=row.name,
            legal_name=row.legal_name,
            address=address_of(row),
            email=row.email,
            phone=row.phone,
            website=row.website,
            registration=row.registration,
            tax_ids=[entity_tax_id(tax_id) for tax_id in row.tax_ids],
            currency=CurrencyCode(row.currency),
            time_zone=row.time_zone,
            locale=row.locale,
            status=row.status,
            settings=_settings(row),
            branding=Branding(logo_url=logo, primary_color=row.primary_color, template=row.template, footer=row.footer),
            payment_details=PaymentDetails(holder=row.payment_holder, iban=row.payment_iban, bic=row.payment_bic)
            if bank
            else None,
            created_at=row.created_at,
            updated_at=row.updated_at,
            version=row.version,
            row=row,
        )

    @strawberry.field(description="Whether its documents would be compliant, and what is missing.")
    def compliance(self) -> Compliance:
        found = [finding(item) for item in readiness.of_entity(self.row)]
        blocked = any(item.severity is Severity.ERROR for item in found)
        status = ComplianceStatus.BLOCKED if blocked else ComplianceStatus.ATTENTION
        return Compliance(status=status if found else ComplianceStatus.READY, findings=found)

    @strawberry.field(description="Its invoices.")
    async def invoices(
        self,
        info: Info,
        where: InvoiceArgument = None,
        order_by: InvoiceOrderArgument = InvoiceOrder.NEWEST,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Annotated[Invoice, strawberry.lazy("app.graphql.types.invoice")]]:
        from app.graphql.types.invoice import Invoice

        request = PageRequest(first=first, after=after, last=last, before=before)
        return await connect(
            info,
            INVOICES,
            Permission.INVOICES_READ,
            Invoice.of,
            request=request,
            order=INVOICE_ORDERS[order_by.value],
            where=self._own(condition_of(where, info.context.services.clock().date())),
        )

    @strawberry.field(description="Its customers, the newest first.")
    async def customers(
        self,
        info: Info,
        where: CustomerArgument = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Annotated[Customer, strawberry.lazy("app.graphql.types.customer")]]:
        from app.graphql.types.customer import Customer

        return await connect(
            info,
            CUSTOMERS,
            Permission.CUSTOMERS_READ,
            Customer.of,
            request=PageRequest(first=first, after=after, last=last, before=before),
            order=NEWEST,
            where=self._own(condition_of(where, info.context.services.clock().date())),
        )

    @strawberry.field(description="Its orders.")
    async def orders(
        self,
        info: Info,
        where: OrderArgument = None,
        order_by: OrderOrderArgument = OrderOrder.NEWEST,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Annotated[Order, strawberry.lazy("app.graphql.types.order")]]:
        from app.graphql.types.order import Order

        return await connect(
            info,
            ORDERS,
            Permission.ORDERS_READ,
            Order.of,
            request=PageRequest(first=first, after=after, last=last, before=before),
            order=ORDER_ORDERS[order_by.value],
            where=self._own(condition_of(where, info.context.services.clock().date())),
        )

    def _own(self, where: Condition | None) -> Condition:
        own = Eq("entity_id", str(self.id))
        return own if where is None else All((own, where))


def _settings(row: EntityRow) -> EntitySettings:
    return EntitySettings(
        auto_invoice=row.auto_invoice,
        payment_term_days=row.payment_term_days,
        tax=TaxSettings(
            vat_registered=row.vat_registered,
            small_business=row.small_business,
            oss=row.oss,
            ioss=row.ioss,
            other_registrations=[CountryCode(country) for country in row.other_registrations],
            when_unverified=row.when_unverified,
            prices_include_tax=row.prices_include_tax,
            eu_threshold_exceeded=row.eu_threshold_exceeded,
        ),
        row=row,
    )


def finding(value: readiness.Finding) -> Finding:
    """A finding as the API shows it."""
    return Finding(
        rule=value.rule,
        severity=value.severity,
        field=list(value.field),
        message=value.message,
        fix=value.fix,
    )
