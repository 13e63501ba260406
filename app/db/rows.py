"""Rows as plain frozen data: what `db` hands out. The fields are the columns; a test holds them equal to the models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.domain.documents.model import InvoiceType
from app.domain.ledger import PaymentDirection
from app.domain.lifecycle import InvoiceStatus, OrderStatus, PaymentStatus
from app.domain.parties import AutoInvoice, CustomerKind, EntityStatus, TaxIdStatus, UnverifiedPolicy
from app.domain.scope import Mode
from app.domain.tax.model import TaxClass

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    """A marketplace operator."""

    id: str
    name: str
    created_at: datetime
    contact_email: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformRow:
    """One account in one mode."""

    id: str
    account_id: str
    mode: Mode
    last_event_seq: int
    swept_event_seq: int
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeyRow:
    """A key without its secret."""

    platform_id: str
    id: str
    entity_id: str | None
    name: str
    prefix: str
    last_four: str
    key_hash: str
    permissions: Sequence[str]
    created_at: datetime
    created_by: str
    expires_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityRow:
    """A seller."""

    platform_id: str
    id: str
    external_id: str | None
    name: str
    legal_name: str
    status: EntityStatus
    address_name: str | None
    address_line1: str | None
    address_line2: str | None
    address_postcode: str | None
    address_city: str | None
    address_region: str | None
    country: str
    email: str | None
    phone: str | None
    website: str | None
    registration: str | None
    tax_ids: Sequence[Json]
    currency: str
    time_zone: str
    locale: str
    auto_invoice: AutoInvoice
    number_formats: Mapping[str, str]
    payment_term_days: int
    vat_registered: bool
    small_business: bool
    oss: bool
    ioss: bool
    other_registrations: Sequence[str]
    when_unverified: UnverifiedPolicy
    prices_include_tax: bool
    eu_threshold_exceeded: bool
    primary_color: str | None
    template: str
    footer: str | None
    logo_type: str | None
    payment_holder: str | None
    payment_iban: str | None
    payment_bic: str | None
    version: int
    created_at: datetime
    updated_at: datetime
    reply_to: str | None
    reminders_enabled: bool
    reminder_days: Sequence[int] | None
    destination_taxation: bool
    cash_accounting: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityLogoRow:
    """The bytes of a seller's logo."""

    platform_id: str
    id: str
    entity_id: str
    content_type: str
    content: bytes
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerRow:
    """A buyer of one seller."""

    platform_id: str
    id: str
    entity_id: str
    external_id: str | None
    name: str
    kind: CustomerKind
    email: str | None
    address_name: str | None
    address_line1: str | None
    address_line2: str | None
    address_postcode: str | None
    address_city: str | None
    address_region: str | None
    country: str
    locale: str | None
    tax_id: str | None
    tax_id_country: str | None
    tax_id_status: TaxIdStatus
    tax_id_checked_at: datetime | None
    tax_id_consultation: str | None
    tax_id_name: str | None
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRow:
    """An order of one seller."""

    platform_id: str
    id: str
    entity_id: str
    customer_id: str
    external_id: str
    cart_id: str | None
    status: OrderStatus
    placed_at: datetime
    paid_at: datetime | None
    fulfilled_at: datetime | None
    cancelled_at: datetime | None
    payment_method: str | None
    payment_reference: str | None
    currency: str
    prices_include_tax: bool
    total_minor: int
    allowances: Sequence[Json]
    charges: Sequence[Json]
    ship_to_country: str | None
    ship_to_region: str | None
    ship_to_postcode: str | None
    failure: str | None
    fingerprint: str
    version: int
    created_at: datetime
    updated_at: datetime
    refunded_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLineRow:
    """One line of an order."""

    platform_id: str
    id: str
    entity_id: str
    order_id: str
    position: int
    external_id: str | None
    sku: str | None
    description: str
    quantity: Decimal
    unit: str | None
    unit_price: Decimal
    supply: Json
    tax_class: TaxClass
    allowances: Sequence[Json]
    charges: Sequence[Json]
    item_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRow:
    """One numbering sequence."""

    platform_id: str
    id: str
    entity_id: str
    type: InvoiceType
    pattern: str
    period: str
    last_number: int
    last_issue_date: date | None
    last_hash: str | None
    created_at: datetime
    start_number: int
    validation_code: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceRow:
    """A bill-like document."""

    platform_id: str
    id: str
    entity_id: str
    customer_id: str
    order_id: str | None
    type: InvoiceType
    status: InvoiceStatus
    payment_status: PaymentStatus
    series_id: str | None
    sequence_number: int | None
    number: str | None
    issue_date: date | None
    supply_date: date | None
    due_date: date | None
    payment_term_days: int
    currency: str
    prices_include_tax: bool
    allowances: Sequence[Json]
    charges: Sequence[Json]
    taxes: Sequence[Json]
    mentions: Sequence[str]
    net_minor: int
    tax_minor: int
    gross_minor: int
    paid_minor: int
    credited_minor: int
    due_minor: int
    ship_to_country: str | None
    ship_to_region: str | None
    ship_to_postcode: str | None
    order_reference: str | None
    note: str | None
    corrected_invoice_id: str | None
    snapshot: str | None
    content_hash: str | None
    previous_hash: str | None
    pdf_sha256: str | None
    version: int
    created_at: datetime
    created_by: str
    updated_at: datetime
    finalized_at: datetime | None
    finalized_by: str | None
    overdue_at: datetime | None
    source_invoice_id: str | None
    reason: str | None
    agreement_reference: str | None
    auto_finalize_at: datetime | None
    tax_currency: str | None
    exchange_rate: Decimal | None
    exchange_date: date | None
    exchange_source: str | None
    tax_currency_minor: int | None
    void_reason: str | None
    voided_at: datetime | None
    voided_by: str | None
    converted_into_id: str | None
    deducted_in_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceLineRow:
    """One line of an invoice with its tax decision."""

    platform_id: str
    id: str
    entity_id: str
    invoice_id: str
    position: int
    order_line_id: str | None
    sku: str | None
    description: str
    quantity: Decimal
    unit: str | None
    unit_price: Decimal
    supply: Json
    tax_class: TaxClass
    allowances: Sequence[Json]
    charges: Sequence[Json]
    net_minor: int
    tax_minor: int
    gross_minor: int
    decision: Json
    corrected_line_id: str | None
    advance_id: str | None
    item_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRow:
    """One payment of a buyer, or one refund to it."""

    platform_id: str
    id: str
    entity_id: str
    customer_id: str
    invoice_id: str | None
    direction: PaymentDirection
    amount_minor: int
    unallocated_minor: int
    currency: str
    method: str
    reference: str | None
    paid_at: datetime
    created_at: datetime
    created_by: str
    reversed_at: datetime | None
    reversed_by: str | None
    reversal_reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """A fact of the log. `payload` is JSON text, exactly as it was written and as webhooks carry it."""

    platform_id: str
    position: int
    id: str
    entity_id: str | None
    seq: int | None
    entity_seq: int | None
    type: str
    schema_version: int
    subject_id: str
    payload: str
    actor: str
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IdempotencyRow:
    """What a mutation with a key has done."""

    platform_id: str
    id: str
    actor: str
    key: str
    operation: str
    fingerprint: str
    outcome: Json
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderChannelRow:
    """A channel for signed orders with its secrets, newest first: `{"secret": …, "until": instant or None}` each."""

    platform_id: str
    id: str
    entity_id: str | None
    name: str
    secrets: Sequence[Mapping[str, str | None]]
    enabled: bool
    last_used_at: datetime | None
    last_failed_at: datetime | None
    last_failure: str | None
    version: int
    created_at: datetime
    updated_at: datetime
