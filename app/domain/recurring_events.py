"""The events of items and of recurring invoices."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.event_base import EventData


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemEvent(EventData):
    """What is told of an item of a seller's catalogue; its price is a decimal, gross when it includes tax."""

    entity_id: str
    external_id: str | None
    sku: str | None
    name: str
    unit_price: str
    currency: str
    price_includes_tax: bool
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCreated(ItemEvent):
    """An item was made."""

    type = "item.created"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemUpdated(ItemEvent):
    """An item changed, or is offered again; what was drafted with it stays as it was."""

    type = "item.updated"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemArchived(ItemEvent):
    """An item stands on no new line."""

    type = "item.archived"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurringInvoiceEvent(EventData):
    """What is told of an invoice that recurs; `next_on` is the date of its next occurrence, if it has one."""

    entity_id: str
    customer_id: str
    name: str | None
    action: str
    status: str
    occurrences: int
    next_on: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurringInvoiceCreated(RecurringInvoiceEvent):
    """An invoice is to recur."""

    type = "recurring_invoice.created"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurringInvoiceUpdated(RecurringInvoiceEvent):
    """What recurs, or when, changed; it counts from the next occurrence."""

    type = "recurring_invoice.updated"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurringInvoicePaused(RecurringInvoiceEvent):
    """It makes no invoices for now."""

    type = "recurring_invoice.paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurringInvoiceResumed(RecurringInvoiceEvent):
    """It makes invoices again, from `next_on` on; what was due in between is not made up for."""

    type = "recurring_invoice.resumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurringInvoiceEnded(RecurringInvoiceEvent):
    """It is over: it was ended, or its last occurrence has been."""

    type = "recurring_invoice.ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurringInvoiceFailed(RecurringInvoiceEvent):
    """The occurrence of a date could not be invoiced; `retry_at` is when it is tried again, null if it is given up."""

    type = "recurring_invoice.failed"

    occurs_on: str
    attempts: int
    reason: str
    retry_at: str | None
