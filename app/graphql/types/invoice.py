"""Invoices and their lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import strawberry

from app.db.aggregates import INVOICE_LINES, INVOICES, LEDGER
from app.db.rows import InvoiceLineRow, InvoiceRow
from app.domain.documents.canonical import parties_of, registration_code_of
from app.domain.documents.model import InvoiceType
from app.domain.documents.registry import NEVER_OVERDUE
from app.domain.exchange import plain
from app.domain.identity import IdPrefix
from app.domain.lifecycle import InvoiceStatus, PaymentStatus
from app.domain.scope import Permission
from app.domain.tax.model import TaxClass
from app.graphql import lists
from app.graphql.connections import Connection
from app.graphql.context import GraphQLContext
from app.graphql.fields import amount, computed, through, to_many, to_one
from app.graphql.node import Node
from app.graphql.reading import row_of
from app.graphql.scalars import CurrencyCode
from app.graphql.sources import OfRow, stored
from app.graphql.types.compliance import finding
from app.graphql.types.credit import Creditable, creditable
from app.graphql.types.customer import Customer
from app.graphql.types.entity import Entity
from app.graphql.types.event import Event, numbered
from app.graphql.types.item import Item
from app.graphql.types.money import Money, money
from app.graphql.types.order import Order
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
    supply_of,
)
from app.services import readiness, taxation
from app.services.document_content import buyer_party, seller_party

if TYPE_CHECKING:
    from app.graphql.types.email import EmailMessage
    from app.graphql.types.history import AuditEntry
    from app.graphql.types.payment import Payment


@strawberry.type(description="Where the document's files can be read, with this API's key.")
class InvoiceFiles:
    pdf_url: str = strawberry.field(description="The PDF; of a draft, as it would look today.")


@strawberry.type(description="The VAT in the seller's national currency, at a rate frozen on the tax point (Art. 230).")
class TaxExchange:
    currency: CurrencyCode = strawberry.field(description="The seller's national currency.")
    rate: Decimal = strawberry.field(description="Units of it for one of the invoice's currency.")
    date: date = strawberry.field(description="The day for which the rate was published.")
    source: str = strawberry.field(description="Who published it, such as ECB.")
    tax_total: Money = strawberry.field(description="The VAT in it (EN 16931 BT-111).")


def _exchange(row: InvoiceRow) -> TaxExchange | None:
    if row.tax_currency is None or row.exchange_rate is None or row.exchange_date is None:
        return None
    return TaxExchange(
        currency=CurrencyCode(row.tax_currency),
        rate=plain(row.exchange_rate),
        date=row.exchange_date,
        source=row.exchange_source or "",
        tax_total=money(row.tax_currency_minor or 0, row.tax_currency),
    )


def _overdue(row: InvoiceRow, context: GraphQLContext) -> bool:
    if row.status is not InvoiceStatus.FINALIZED or row.type in NEVER_OVERDUE or row.due_date is None:
        return False
    return row.due_minor > 0 and row.due_date < context.services.clock().date()


def _files(row: InvoiceRow, context: GraphQLContext) -> InvoiceFiles:
    return InvoiceFiles(pdf_url=f"{context.base_url}/invoices/{row.id}.pdf")


def _allowances(row: InvoiceRow) -> list[Allowance]:
    return [allowance(item, row.currency) for item in row.allowances]


def _charges(row: InvoiceRow) -> list[Allowance]:
    return [allowance(item, row.currency) for item in row.charges]


def _taxes(row: InvoiceRow) -> list[TaxBreakdown]:
    return [breakdown(item, row.currency) for item in row.taxes]


async def _seller(row: InvoiceRow, context: GraphQLContext) -> Party:
    if row.snapshot is not None:
        return party(parties_of(row.snapshot)[0])
    return party(seller_party(await row_of(context, Entity, row.entity_id)))


async def _buyer(row: InvoiceRow, context: GraphQLContext) -> Party:
    if row.snapshot is not None:
        return party(parties_of(row.snapshot)[1])
    return party(buyer_party(await row_of(context, Customer, row.customer_id)))


async def _readiness(row: InvoiceRow, context: GraphQLContext) -> list[Finding]:
    async def load(ids: list[str]) -> Sequence[Sequence[readiness.Finding]]:
        found = await readiness.of_invoices(context.services, context.scope, ids)
        return [found[invoice_id] for invoice_id in ids]

    return [finding(item) for item in await context.loaders.named(("readiness",), load).load(row.id)]


def _registration_code(row: InvoiceRow) -> str | None:
    return None if row.snapshot is None else registration_code_of(row.snapshot)


def _decision(row: InvoiceLineRow) -> TaxDecision:
    return decision(taxation.decision_from_json(row.decision))


@stored(INVOICE_LINES, Permission.INVOICES_READ)
@strawberry.type(description="One line of an invoice.")
class InvoiceLine(OfRow):
    id: strawberry.ID = strawberry.field(description="The line's id.")
    position: int = strawberry.field(description="The line's place in the document, from 1.")
    sku: str | None = strawberry.field(description="The article number.")
    description: str = strawberry.field(description="What is billed.")
    quantity: Decimal = strawberry.field(description="How many.")
    unit: str | None = strawberry.field(description="Of what unit.")
    unit_price: Decimal = strawberry.field(description="The price of one, gross when the prices include tax.")
    supply: Supply = computed(supply_of, "supply", description="What is supplied, as far as the tax depends on it.")
    tax_class: TaxClass = strawberry.field(description="Which rate of a country the product falls under.")
    allowances: list[Allowance] = computed(
        _allowances, "allowances", "currency", description="What is taken off the line."
    )
    charges: list[Allowance] = computed(_charges, "charges", "currency", description="What is put on the line.")
    net: Money = amount("net_minor", description="The line without tax, after its allowances and charges.")
    tax: Money = amount("tax_minor", description="The line's share of the tax, which is computed per rate.")
    gross: Money = amount("gross_minor", description="The line with its share of the tax.")
    tax_decision: TaxDecision = computed(_decision, "decision", description="How its tax was decided, and why.")
    row: strawberry.Private[InvoiceLineRow]

    corrected_line: Annotated[InvoiceLine, strawberry.lazy(__name__)] | None = to_one(
        "corrected_line_id", description="The line it credits, of a credit note's line."
    )
    item: Item | None = to_one("item_id", description="The item it was copied from, as that is today.")


@stored(INVOICES, Permission.INVOICES_READ, prefix=IdPrefix.INVOICE)
@strawberry.type(description="A bill-like document of a seller: mutable as a draft, frozen for ever once finalized.")
class Invoice(OfRow, Node):
    type: InvoiceType = strawberry.field(description="The kind of document.")
    status: InvoiceStatus = strawberry.field(description="Where it stands in its life.")
    payment_status: PaymentStatus = strawberry.field(description="How far it is paid.")
    number: str | None = strawberry.field(description="Its number; null until it is finalized.")
    issue_date: date | None = strawberry.field(description="The date of issue; null until it is finalized.")
    supply_date: date | None = strawberry.field(description="The date of supply, which decides law and rates.")
    due_date: date | None = strawberry.field(description="The date by which it is to be paid.")
    currency: CurrencyCode = strawberry.field(description="The currency of all its amounts.")
    prices_include_tax: bool = strawberry.field(description="Whether its prices were entered gross.")
    allowances: list[Allowance] = computed(
        _allowances, "allowances", "currency", description="What is taken off the document."
    )
    charges: list[Allowance] = computed(_charges, "charges", "currency", description="What is put on the document.")
    net_total: Money = amount("net_minor", description="The total without tax (EN 16931 BT-109).")
    tax_total: Money = amount("tax_minor", description="The tax: the sum of the rounded taxes per rate (BT-110).")
    gross_total: Money = amount("gross_minor", description="The total with tax (BT-112).")
    paid_total: Money = amount("paid_minor", description="What was paid so far.")
    credited_total: Money = amount("credited_minor", description="What was credited so far.")
    amount_due: Money = amount("due_minor", description="What is still due.")
    taxes: list[TaxBreakdown] = computed(
        _taxes, "taxes", "currency", description="The tax by category, rate and country."
    )
    exchange: TaxExchange | None = computed(
        _exchange,
        "tax_currency",
        "exchange_rate",
        "exchange_date",
        "exchange_source",
        "tax_currency_minor",
        description="The VAT in the seller's national currency, where the invoice is in another; frozen.",
    )
    mentions: list[str] = strawberry.field(description="The texts that the law wants on the document.")
    order_reference: str | None = strawberry.field(description="The order number on the document.")
    note: str | None = strawberry.field(description="A text to the buyer.")
    reason: str | None = strawberry.field(description="Why it credits what it credits, of a credit note.")
    content_hash: str | None = strawberry.field(description="SHA-256 over its content and its predecessor's hash.")
    previous_hash: str | None = strawberry.field(description="The hash of its predecessor in the series.")
    created_at: datetime = strawberry.field(description="When the draft was made.")
    finalized_at: datetime | None = strawberry.field(description="When it was finalized.")
    version: int = strawberry.field(description="Grows with every change; give it as expectedVersion.")
    agreement_reference: str | None = strawberry.field(description="The agreement on self-billing that it names.")
    auto_finalize_at: datetime | None = strawberry.field(description="When the draft is to be finalized by itself.")
    void_reason: str | None = strawberry.field(description="Why it was voided.")
    voided_at: datetime | None = strawberry.field(description="When it was voided.")
    row: strawberry.Private[InvoiceRow]

    registration_code: str | None = computed(
        _registration_code,
        "snapshot",
        description="What the tax authority wants beside the number: the ATCUD in Portugal; null elsewhere.",
    )
    overdue: bool = computed(
        _overdue,
        "status",
        "type",
        "due_date",
        "due_minor",
        description="Whether it is past its due date (in UTC) and not paid.",
    )
    entity: Entity = to_one("entity_id", description="The seller.")
    customer: Customer = to_one(
        "customer_id", description="The buyer as it is today; `buyer` is the one on the document."
    )
    order: Order | None = to_one("order_id", description="The order it bills.")

    seller: Party = computed(
        _seller, "snapshot", "entity_id", description="The seller on the document; frozen when it is finalized."
    )
    buyer: Party = computed(
        _buyer, "snapshot", "customer_id", description="The buyer on the document; frozen when it is finalized."
    )
    lines: list[InvoiceLine] = to_many("invoice_id", order="position", description="Its lines.")
    corrected_invoice: Annotated[Invoice, strawberry.lazy(__name__)] | None = to_one(
        "corrected_invoice_id", description="The document it corrects, of a credit note."
    )
    credit_notes: list[Annotated[Invoice, strawberry.lazy(__name__)]] = to_many(
        "corrected_invoice_id", description="The credit notes that correct it."
    )
    creditable: Creditable | None = computed(
        creditable,
        "id",
        "type",
        "status",
        description="What can still be credited of it; null of a document that cannot be credited.",
    )
    source_invoice: Annotated[Invoice, strawberry.lazy(__name__)] | None = to_one(
        "source_invoice_id", description="What it was duplicated or converted from; null when that draft is gone."
    )
    converted_into: Annotated[Invoice, strawberry.lazy(__name__)] | None = to_one(
        "converted_into_id", description="The invoice that a proforma became, the latest one."
    )
    deducted_advances: list[Annotated[Invoice, strawberry.lazy(__name__)]] = to_many(
        "deducted_in_id", description="The advance invoices that it deducts."
    )
    deducted_in: Annotated[Invoice, strawberry.lazy(__name__)] | None = to_one(
        "deducted_in_id", description="The invoice that deducts this advance, the latest one."
    )
    payments: list[Annotated[Payment, strawberry.lazy("app.graphql.types.payment")]] = through(
        LEDGER,
        mine="invoice_id",
        theirs="payment_id",
        description="The payments that paid it, those that were taken back included; of a credit note, its refund.",
    )

    emails: Connection[Annotated[EmailMessage, strawberry.lazy("app.graphql.types.email")]] = lists.emails(
        "invoice_id", description="The messages with it, the newest first: those that were not sent included."
    )
    events: Connection[Event] = lists.events("subject_id", which=numbered, description="What happened to it, in order.")
    history: Connection[Annotated[AuditEntry, strawberry.lazy("app.graphql.types.history")]] = lists.history(
        "subject_id", description="What was changed of the draft, by whom, the newest first."
    )
    readiness: list[Finding] = computed(
        _readiness,
        "id",
        description="What keeps a draft from being finalized, and what is worth knowing before.",
    )
    files: InvoiceFiles = computed(_files, "id", description="Its files.")
