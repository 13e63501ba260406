"""The catalogue of events: one dataclass each, whose fields are the payload that webhooks and subscribers receive.

The GraphQL enum, the documentation and the JSON Schemas derive from `CATALOGUE`. A payload is a snapshot taken in the
transaction that caused the event; `version` grows when its shape changes in a way that would break a reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.domain.event_base import EventData as EventData
from app.domain.event_base import MoneyPayload as MoneyPayload
from app.domain.operating_events import ApiKeyCreated as ApiKeyCreated
from app.domain.operating_events import ApiKeyRevoked as ApiKeyRevoked
from app.domain.operating_events import JobFailed as JobFailed
from app.domain.operating_events import WebhookEndpointCreated as WebhookEndpointCreated
from app.domain.operating_events import WebhookEndpointDeleted as WebhookEndpointDeleted
from app.domain.operating_events import WebhookEndpointDisabled as WebhookEndpointDisabled
from app.domain.operating_events import WebhookEndpointEvent as WebhookEndpointEvent
from app.domain.operating_events import WebhookEndpointUpdated as WebhookEndpointUpdated
from app.domain.operating_events import WebhookTest as WebhookTest
from app.domain.payment_events import BalanceApplied, PaymentRecorded, PaymentRefunded, PaymentReversed
from app.domain.recurring_events import (
    ItemArchived,
    ItemCreated,
    ItemUpdated,
    RecurringInvoiceCreated,
    RecurringInvoiceEnded,
    RecurringInvoiceFailed,
    RecurringInvoicePaused,
    RecurringInvoiceResumed,
    RecurringInvoiceUpdated,
)
from app.domain.tax_events import TaxThresholdApproaching, TaxThresholdExceeded
from app.domain.vat_events import CustomerTaxIdChecked


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityEvent(EventData):
    """What is told of a seller."""

    external_id: str | None
    name: str
    country: str
    currency: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityCreated(EntityEvent):
    """A seller was created."""

    type = "entity.created"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityUpdated(EntityEvent):
    """A seller's data or settings changed."""

    type = "entity.updated"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitySuspended(EntityEvent):
    """A seller may not issue documents for now."""

    type = "entity.suspended"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityArchived(EntityEvent):
    """A seller will issue no more documents."""

    type = "entity.archived"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityComplianceChanged(EntityEvent):
    """What the rules make of a seller changed: with its data, or with the rules; `rules` are those that fire now."""

    type = "entity.compliance_changed"

    compliance_status: str
    previous_compliance_status: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerEvent(EventData):
    """What is told of a buyer."""

    entity_id: str
    external_id: str | None
    name: str
    kind: str
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerCreated(CustomerEvent):
    """A buyer was created."""

    type = "customer.created"


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerUpdated(CustomerEvent):
    """A buyer's data changed."""

    type = "customer.updated"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEvent(EventData):
    """What is told of an order."""

    entity_id: str
    customer_id: str
    external_id: str
    cart_id: str | None
    status: str
    total: MoneyPayload
    failure: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCreated(OrderEvent):
    """The marketplace reported an order."""

    type = "order.created"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderUpdated(OrderEvent):
    """An order was paid, fulfilled or cancelled."""

    type = "order.updated"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderInvoiced(OrderEvent):
    """An order's invoice was finalized."""

    type = "order.invoiced"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFailed(OrderEvent):
    """An order could not be invoiced; `failure` says why."""

    type = "order.failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRefunded(OrderEvent):
    """Some or all of an order was refunded; `credit_note_id` is null when it was not invoiced yet."""

    type = "order.refunded"

    refund_id: str
    amount: MoneyPayload
    refunded_total: MoneyPayload
    credit_note_id: str | None
    reference: str | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCancelled(OrderEvent):
    """An order was cancelled; `credit_note_id` is the credit note of its invoice, if it had one."""

    type = "order.cancelled"

    credit_note_id: str | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceEvent(EventData):
    """What is told of an invoice."""

    entity_id: str
    customer_id: str
    order_id: str | None
    invoice_type: str
    status: str
    payment_status: str
    number: str | None
    issue_date: str | None
    due_date: str | None
    net_total: MoneyPayload
    tax_total: MoneyPayload
    gross_total: MoneyPayload
    paid_total: MoneyPayload
    amount_due: MoneyPayload


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceCreated(InvoiceEvent):
    """A draft was created."""

    type = "invoice.created"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceUpdated(InvoiceEvent):
    """A draft changed."""

    type = "invoice.updated"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceDeleted(InvoiceEvent):
    """A draft was deleted."""

    type = "invoice.deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceVoided(InvoiceEvent):
    """A finalized document was voided: its number stays used, nothing is due by it."""

    type = "invoice.voided"
    void_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceAutoFinalizeFailed(InvoiceEvent):
    """A draft could not be finalized at the time set for it: `reason` says why. It stays a draft, without a time."""

    type = "invoice.auto_finalize_failed"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePending(InvoiceEvent):
    """An invoice waits for the answer on the buyer's VAT number; it has no number yet."""

    type = "invoice.pending"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceFinalized(InvoiceEvent):
    """An invoice was numbered and frozen."""

    type = "invoice.finalized"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePartiallyPaid(InvoiceEvent):
    """A payment left something due."""

    type = "invoice.partially_paid"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePaid(InvoiceEvent):
    """Nothing is due any more."""

    type = "invoice.paid"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceCredited(InvoiceEvent):
    """A credit note reduced a document; `amount` is that of the credit note, with tax."""

    type = "invoice.credited"

    credit_note_id: str
    credit_note_number: str
    amount: MoneyPayload
    credited_total: MoneyPayload
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceSent(InvoiceEvent):
    """A mail server took the message with an invoice."""

    type = "invoice.sent"

    email_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceReminderSent(InvoiceEvent):
    """A mail server took a reminder of an overdue invoice; `days_after_due` says which step it was."""

    type = "invoice.reminder_sent"

    email_id: str
    days_after_due: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceEmailFailed(InvoiceEvent):
    """A message with an invoice, or a reminder of it, did not arrive and is not tried again; `reason` says why."""

    type = "invoice.email_failed"

    email_id: str
    email_kind: str
    email_status: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceOverdue(InvoiceEvent):
    """The due date has passed where the seller is, and something is still due."""

    type = "invoice.overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePaymentReversed(InvoiceEvent):
    """A payment of an invoice was taken back: what it paid is due again."""

    type = "invoice.payment_reversed"

    payment_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesEvent(EventData):
    """What is told of a numbering series; its period is empty when it never begins anew."""

    entity_id: str
    document_type: str
    pattern: str
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesStarted(SeriesEvent):
    """A series was told the number its first document will bear, since those before were used elsewhere."""

    type = "series.started"

    next_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRegistered(SeriesEvent):
    """The tax authority's code of a series was stated."""

    type = "series.registered"

    validation_code: str


CATALOGUE: Final[tuple[type[EventData], ...]] = (
    EntityCreated,
    EntityUpdated,
    EntitySuspended,
    EntityArchived,
    EntityComplianceChanged,
    CustomerCreated,
    CustomerUpdated,
    OrderCreated,
    OrderUpdated,
    OrderInvoiced,
    OrderFailed,
    OrderRefunded,
    OrderCancelled,
    InvoiceCreated,
    InvoiceUpdated,
    InvoiceDeleted,
    InvoicePending,
    InvoiceFinalized,
    InvoicePartiallyPaid,
    InvoicePaid,
    InvoiceCredited,
    InvoiceVoided,
    InvoiceAutoFinalizeFailed,
    InvoiceSent,
    InvoiceReminderSent,
    InvoiceEmailFailed,
    InvoiceOverdue,
    InvoicePaymentReversed,
    PaymentRecorded,
    PaymentReversed,
    PaymentRefunded,
    BalanceApplied,
    WebhookEndpointCreated,
    WebhookEndpointUpdated,
    WebhookEndpointDeleted,
    WebhookEndpointDisabled,
    WebhookTest,
    ApiKeyCreated,
    ApiKeyRevoked,
    SeriesStarted,
    SeriesRegistered,
    JobFailed,
    ItemCreated,
    ItemUpdated,
    ItemArchived,
    RecurringInvoiceCreated,
    RecurringInvoiceUpdated,
    RecurringInvoicePaused,
    RecurringInvoiceResumed,
    RecurringInvoiceEnded,
    RecurringInvoiceFailed,
    CustomerTaxIdChecked,
    TaxThresholdApproaching,
    TaxThresholdExceeded,
)
BY_TYPE: Final = {event.type: event for event in CATALOGUE}
EVENT_TYPES: Final = tuple(event.type for event in CATALOGUE)
