"""Invoices and their lines."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from app.db.rows import InvoiceLineRow, InvoiceRow
from app.db.where import All, Eq, IsNull
from app.domain.documents.canonical import from_canonical
from app.domain.documents.model import InvoiceType
from app.domain.lifecycle import InvoiceStatus, PaymentStatus
from app.domain.tax.model import TaxClass
from app.graphql.connections import After, Connection, First
from app.graphql.context import Info
from app.graphql.filters import NEVER_OVERDUE
from app.graphql.node import Node
from app.graphql.scalars import CurrencyCode
from app.graphql.types.customer import Customer, entity_of
from app.graphql.types.entity import Entity, finding
from app.graphql.types.event import Event, events_page
from app.graphql.types.money import Money, money
from app.graphql.types.order import Order, customer_of
from app.graphql.types.party import Party, party
from app.graphql.types.tax import (
    Allowance,
    Finding,
    Supply,
    TaxBreakdown,
    TaxDecision,
    allowance,
    breakdown,
    decision,
    supply,
)
from app.services import readiness, taxation
from app.services.invoice_rows import buyer_party, seller_party

if TYPE_CHECKING:
    from app.graphql.types.payment import Payment


@strawberry.type(description="One line of an invoice.")
class InvoiceLine:
    id: strawberry.ID = strawberry.field(description="The line's id.")
    position: int = strawberry.field(description="The line's place in the document, from 1.")
    sku: str | None = strawberry.field(description="The article number.")
    description: str = strawberry.field(description="What is billed.")
    quantity: Decimal = strawberry.field(description="How many.")
    unit: str | None = strawberry.field(description="Of what unit.")
    unit_price: Decimal = strawberry.field(description="The price of one, gross when the prices include tax.")
    supply: Supply = strawberry.field(description="What is supplied, as far as the tax depends on it.")
    tax_class: TaxClass = strawberry.field(description="Which rate of a country the product falls under.")
    allowances: list[Allowance] = strawberry.field(description="What is taken off the line.")
    charges: list[Allowance] = strawberry.field(description="What is put on the line.")
    net: Money = strawberry.field(description="The line without tax, after its allowances and charges.")
    tax: Money = strawberry.field(description="The line's share of the tax, which is computed per rate.")
    gross: Money = strawberry.field(description="The line with its share of the tax.")
    tax_decision: TaxDecision = strawberry.field(description="How its tax was decided, and why.")

    @classmethod
    def of(cls, row: InvoiceLineRow, currency: str) -> Self:
        """A line from its row."""
        return cls(
            id=strawberry.ID(row.id),
            position=row.position,
            sku=row.sku,
            description=row.description,
            quantity=row.quantity,
            unit=row.unit,
            unit_price=row.unit_price,
            supply=supply(row.supply),
            tax_class=row.tax_class,
            allowances=[allowance(item, currency) for item in row.allowances],
            charges=[allowance(item, currency) for item in row.charges],
            net=money(row.net_minor, currency),
            tax=money(row.tax_minor, currency),
            gross=money(row.gross_minor, currency),
            tax_decision=decision(taxation.decision_from_json(row.decision)),
        )


@strawberry.type(description="Where the document's files can be read, with this API's key.")
class InvoiceFiles:
    pdf_url: str = strawberry.field(description="The PDF; of a draft, as it would look today.")


@strawberry.type(description="A bill-like document of a seller: mutable as a draft, frozen for ever once finalized.")
class Invoice(Node):
    type: InvoiceType = strawberry.field(description="The kind of document.")
    status: InvoiceStatus = strawberry.field(description="Where it stands in its life.")
    payment_status: PaymentStatus = strawberry.field(description="How far it is paid.")
    number: str | None = strawberry.field(description="Its number; null until it is finalized.")
    issue_date: date | None = strawberry.field(description="The date of issue; null until it is finalized.")
    supply_date: date | None = strawberry.field(description="The date of supply, which decides law and rates.")
    due_date: date | None = strawberry.field(description="The date by which it is to be paid.")
    currency: CurrencyCode = strawberry.field(description="The currency of all its amounts.")
    prices_include_tax: bool = strawberry.field(description="Whether its prices were entered gross.")
    allowances: list[Allowance] = strawberry.field(description="What is taken off the document.")
    charges: list[Allowance] = strawberry.field(description="What is put on the document.")
    net_total: Money = strawberry.field(description="The total without tax (EN 16931 BT-109).")
    tax_total: Money = strawberry.field(description="The tax: the sum of the rounded taxes per rate (BT-110).")
    gross_total: Money = strawberry.field(description="The total with tax (BT-112).")
    paid_total: Money = strawberry.field(description="What was paid so far.")
    credited_total: Money = strawberry.field(description="What was credited so far.")
    amount_due: Money = strawberry.field(description="What is still due.")
    taxes: list[TaxBreakdown] = strawberry.field(description="The tax by category, rate and country.")
    mentions: list[str] = strawberry.field(description="The texts that the law wants on the document.")
    order_reference: str | None = strawberry.field(description="The order number on the document.")
    note: str | None = strawberry.field(description="A text to the buyer.")
    content_hash: str | None = strawberry.field(description="SHA-256 over its content and its predecessor's hash.")
    previous_hash: str | None = strawberry.field(description="The hash of its predecessor in the series.")
    created_at: datetime = strawberry.field(description="When the draft was made.")
    finalized_at: datetime | None = strawberry.field(description="When it was finalized.")
    version: int = strawberry.field(description="Grows with every change; give it as expectedVersion.")
    row: strawberry.Private[InvoiceRow]

    @classmethod
    def of(cls, row: InvoiceRow) -> Self:
        """An invoice from its row."""
        currency = row.currency
        return cls(
            id=strawberry.ID(row.id),
            type=row.type,
            status=row.status,
            payment_status=row.payment_status,
            number=row.number,
            issue_date=row.issue_date,
            supply_date=row.supply_date,
            due_date=row.due_date,
            currency=CurrencyCode(currency),
            prices_include_tax=row.prices_include_tax,
            allowances=[allowance(item, currency) for item in row.allowances],
            charges=[allowance(item, currency) for item in row.charges],
            net_total=money(row.net_minor, currency),
            tax_total=money(row.tax_minor, currency),
            gross_total=money(row.gross_minor, currency),
            paid_total=money(row.paid_minor, currency),
            credited_total=money(row.credited_minor, currency),
            amount_due=money(row.due_minor, currency),
            taxes=[breakdown(item, currency) for item in row.taxes],
            mentions=list(row.mentions),
            order_reference=row.order_reference,
            note=row.note,
            content_hash=row.content_hash,
            previous_hash=row.previous_hash,
            created_at=row.created_at,
            finalized_at=row.finalized_at,
            version=row.version,
            row=row,
        )

    @strawberry.field(description="Whether it is past its due date (in UTC) and not paid.")
    def overdue(self, info: Info) -> bool:
        row = self.row
        if row.status is not InvoiceStatus.FINALIZED or row.type in NEVER_OVERDUE or row.due_date is None:
            return False
        return row.due_minor > 0 and row.due_date < info.context.services.clock().date()

    @strawberry.field(description="The seller.")
    async def entity(self, info: Info) -> Entity:
        return await entity_of(info, self.row.entity_id)

    @strawberry.field(description="The buyer as it is today; `buyer` is the one on the document.")
    async def customer(self, info: Info) -> Customer:
        return await customer_of(info, self.row.customer_id)

    @strawberry.field(description="The order it bills.")
    async def order(self, info: Info) -> Order | None:
        if self.row.order_id is None:
            return None
        row = await info.context.loaders.order.load(self.row.order_id)
        return None if row is None else Order.of(row)

    @strawberry.field(description="The seller on the document; frozen when it is finalized.")
    async def seller(self, info: Info) -> Party:
        if self.row.snapshot is not None:
            return party(from_canonical(self.row.snapshot).seller)
        return party(seller_party((await entity_of(info, self.row.entity_id)).row))

    @strawberry.field(description="The buyer on the document; frozen when it is finalized.")
    async def buyer(self, info: Info) -> Party:
        if self.row.snapshot is not None:
            return party(from_canonical(self.row.snapshot).buyer)
        return party(buyer_party((await customer_of(info, self.row.customer_id)).row))

    @strawberry.field(description="Its lines.")
    async def lines(self, info: Info) -> list[InvoiceLine]:
        rows = await info.context.loaders.invoice_lines.load(str(self.id))
        return [InvoiceLine.of(row, self.row.currency) for row in rows]

    @strawberry.field(description="The document it corrects, of a credit note.")
    async def corrected_invoice(self, info: Info) -> Annotated[Invoice, strawberry.lazy(__name__)] | None:
        if self.row.corrected_invoice_id is None:
            return None
        row = await info.context.loaders.invoice.load(self.row.corrected_invoice_id)
        return None if row is None else Invoice.of(row)

    @strawberry.field(description="The credit notes that correct it.")
    async def credit_notes(self, info: Info) -> list[Annotated[Invoice, strawberry.lazy(__name__)]]:
        return [Invoice.of(row) for row in await info.context.loaders.credit_notes.load(str(self.id))]

    @strawberry.field(description="The payments recorded for it.")
    async def payments(self, info: Info) -> list[Annotated[Payment, strawberry.lazy("app.graphql.types.payment")]]:
        from app.graphql.types.payment import Payment

        return [Payment.of(row) for row in await info.context.loaders.payments.load(str(self.id))]

    @strawberry.field(description="What happened to it, in order.")
    async def events(self, info: Info, first: First = None, after: After = None) -> Connection[Event]:
        own = All((Eq("subject_id", str(self.id)), IsNull("seq", null=False)))
        return await events_page(info, own, first=first, after=after)

    @strawberry.field(description="What keeps a draft from being finalized, and what is worth knowing before.")
    async def readiness(self, info: Info) -> list[Finding]:
        context = info.context
        found = await readiness.of_invoice(context.services, context.scope, str(self.id))
        return [finding(item) for item in found]

    @strawberry.field(description="Its files.")
    def files(self, info: Info) -> InvoiceFiles:
        return InvoiceFiles(pdf_url=f"{info.context.base_url}/invoices/{self.id}.pdf")
