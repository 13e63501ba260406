"""Sellers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Final

import strawberry

from app.db.aggregates import ENTITIES, SERIES, Aggregate
from app.db.page_batches import Parent
from app.db.rows import EntityRow
from app.domain import numbering
from app.domain.documents.model import InvoiceType
from app.domain.documents.registry import DOCUMENT_TYPES
from app.domain.identity import IdPrefix
from app.domain.mail.reminders import DEFAULT_DAYS
from app.domain.numbering_law import pattern_of, series_type
from app.domain.parties import AutoInvoice, EntityStatus, UnverifiedPolicy
from app.domain.scope import Permission
from app.graphql import lists
from app.graphql.connections import Connection
from app.graphql.context import GraphQLContext
from app.graphql.fields import column, computed, page, part
from app.graphql.node import Node
from app.graphql.scalars import CountryCode, CurrencyCode
from app.graphql.sources import OfRow, stored
from app.graphql.types.compliance import Compliance
from app.graphql.types.eu_sales import EuSales, entity_eu_sales
from app.graphql.types.party import ADDRESS, Address, TaxId, entity_tax_id
from app.graphql.types.statement import Ageing, entity_ageing

if TYPE_CHECKING:
    from app.graphql.types.customer import Customer
    from app.graphql.types.history import AuditEntry
    from app.graphql.types.invoice import Invoice
    from app.graphql.types.item import Item
    from app.graphql.types.order import Order
    from app.graphql.types.recurring import RecurringInvoice
    from app.graphql.types.series import Series


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What a loader brings that is no type of the API."""

    aggregate: Aggregate[Any]
    permission: Permission


_SERIES: Final = _Loaded(SERIES, Permission.ENTITIES_READ)


@strawberry.type(description="The numbering of one kind of document.")
class NumberFormat:
    type: InvoiceType = strawberry.field(description="The kind of document.")
    pattern: str = strawberry.field(description="The pattern, such as INV-{nnn} or {yyyy}/{nnn}.")
    next_numbers: list[str] = strawberry.field(description="The next three numbers, if documents were issued today.")


@strawberry.type(description="How a seller is taxed.")
class TaxSettings(OfRow):
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
    destination_taxation: bool = strawberry.field(
        description="Whether it charges the destination's VAT below that threshold too (Art. 59c (3))."
    )
    cash_accounting: bool = strawberry.field(
        description="Whether it owes VAT when it is paid, which its documents then say (Art. 226 (7a))."
    )
    row: strawberry.Private[EntityRow]


async def _number_formats(row: EntityRow, context: GraphQLContext) -> list[NumberFormat]:
    today = numbering.local_issue_date(context.services.clock(), row.time_zone)
    series = await context.loaders.many(_SERIES, "entity_id", "id", Parent(row.id, row.id))
    last = {(found.type, found.pattern, found.period): found.last_number for found in series}
    formats = []
    for kind in DOCUMENT_TYPES:
        text = pattern_of(row.number_formats, row.country, kind.type)
        pattern = numbering.parse(text)
        used = last.get((series_type(row.country, kind.type), text, pattern.period_key(today)), 0)
        formats.append(NumberFormat(type=kind.type, pattern=text, next_numbers=pattern.next_numbers(used, today)))
    return formats


def _reminder_days(row: EntityRow) -> list[int]:
    return list(row.reminder_days or DEFAULT_DAYS)


@strawberry.type(description="When buyers are reminded of what they have not paid.")
class ReminderSettings(OfRow):
    enabled: bool = column("reminders_enabled", description="Whether they are reminded at all.")
    days_after_due: list[int] = computed(
        _reminder_days, "reminder_days", description="On which days after the due date, each once, while it is unpaid."
    )
    row: strawberry.Private[EntityRow]


@strawberry.type(description="A seller's settings.")
class EntitySettings(OfRow):
    auto_invoice: AutoInvoice = strawberry.field(description="When an order becomes a finalized invoice by itself.")
    payment_term_days: int = strawberry.field(description="Days from the issue date to the due date.")
    tax: TaxSettings = part(description="How the seller is taxed.")
    reply_to: str | None = strawberry.field(
        description="Where answers to its messages go; null means its e-mail address."
    )
    reminders: ReminderSettings = part(description="When buyers are reminded of what they have not paid.")
    row: strawberry.Private[EntityRow]

    number_formats: list[NumberFormat] = computed(
        _number_formats,
        "id",
        "time_zone",
        "country",
        "number_formats",
        description="The numbering of each kind of document.",
    )


def _logo_url(row: EntityRow, context: GraphQLContext) -> str | None:
    return f"{context.base_url}/entities/{row.id}/logo" if row.logo_type else None


@strawberry.type(description="How a seller's documents look.")
class Branding(OfRow):
    logo_url: str | None = computed(
        _logo_url, "id", "logo_type", description="Where the logo can be read with this API's key."
    )
    primary_color: str | None = strawberry.field(description="The accent colour, #rrggbb.")
    template: str = strawberry.field(description="The layout's name.")
    footer: str | None = strawberry.field(description="The text at the foot of each page.")
    row: strawberry.Private[EntityRow]


@strawberry.type(description="Where the buyer pays.")
class PaymentDetails(OfRow):
    holder: str | None = strawberry.field(description="The account holder.")
    iban: str | None = strawberry.field(description="The IBAN.")
    bic: str | None = strawberry.field(description="The BIC.")
    row: strawberry.Private[EntityRow]


def _tax_ids(row: EntityRow) -> list[TaxId]:
    return [entity_tax_id(tax_id) for tax_id in row.tax_ids]


@stored(ENTITIES, Permission.ENTITIES_READ, prefix=IdPrefix.ENTITY)
@strawberry.type(description="A seller of the marketplace: the compliance unit, isolated from every other.")
class Entity(OfRow, Node):
    external_id: str | None = strawberry.field(description="The marketplace's own id of the seller.")
    name: str = strawberry.field(description="The trading name.")
    legal_name: str = strawberry.field(description="The registered name.")
    address: Address = part(**ADDRESS, description="Where it is established.")
    email: str | None = strawberry.field(description="The e-mail address on its documents.")
    phone: str | None = strawberry.field(description="The telephone number on its documents.")
    website: str | None = strawberry.field(description="The web address on its documents.")
    registration: str | None = strawberry.field(description="The entry in the company register.")
    tax_ids: list[TaxId] = computed(_tax_ids, "tax_ids", description="Its tax numbers.")
    currency: CurrencyCode = strawberry.field(description="The currency of its documents unless an order says so.")
    time_zone: str = strawberry.field(description="The time zone (IANA) in which its days begin.")
    locale: str = strawberry.field(description="The language and format of its documents.")
    status: EntityStatus = strawberry.field(description="Whether it issues documents.")
    settings: EntitySettings = part(description="Its settings.")
    branding: Branding = part(description="How its documents look.")
    payment_details: PaymentDetails | None = part(
        present=("payment_holder", "payment_iban", "payment_bic"),
        holder="payment_holder",
        iban="payment_iban",
        bic="payment_bic",
        description="Where its buyers pay.",
    )
    created_at: datetime = strawberry.field(description="When it was created.")
    updated_at: datetime = strawberry.field(description="When it last changed.")
    version: int = strawberry.field(description="Grows with every change; give it as expectedVersion.")
    row: strawberry.Private[EntityRow]

    compliance: Compliance = part(
        description="Whether its documents would be compliant, and what is missing, by today's rules."
    )

    ageing: list[Ageing] = computed(
        entity_ageing, "id", description="What its buyers owe by how late it is, one row per currency."
    )
    eu_sales: EuSales = computed(
        entity_eu_sales,
        "id",
        description="Its sales to consumers in other member states in a year, counted against EUR 10,000 (Art. 59c).",
    )
    invoices: Connection[Annotated[Invoice, strawberry.lazy("app.graphql.types.invoice")]] = lists.invoices(
        "entity_id", description="Its invoices."
    )
    customers: Connection[Annotated[Customer, strawberry.lazy("app.graphql.types.customer")]] = lists.customers(
        "entity_id", description="Its customers, the newest first."
    )
    orders: Connection[Annotated[Order, strawberry.lazy("app.graphql.types.order")]] = lists.orders(
        "entity_id", description="Its orders."
    )
    series: Connection[Annotated[Series, strawberry.lazy("app.graphql.types.series")]] = page(
        "entity_id", description="Its numbering series, the newest first."
    )
    items: Connection[Annotated[Item, strawberry.lazy("app.graphql.types.item")]] = lists.items(
        "entity_id", description="Its catalogue."
    )
    recurring_invoices: Connection[Annotated[RecurringInvoice, strawberry.lazy("app.graphql.types.recurring")]] = (
        lists.recurring_invoices("entity_id", description="Its invoices that recur, the newest first.")
    )
    history: Connection[Annotated[AuditEntry, strawberry.lazy("app.graphql.types.history")]] = lists.history(
        "subject_id"
    )
