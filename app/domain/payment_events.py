"""Events of payments and of what is held for buyers; `app.domain.events` has the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.event_base import EventData, MoneyPayload


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationPayload:
    """What a payment pays of one invoice."""

    invoice_id: str
    amount: MoneyPayload


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentEvent(EventData):
    """What is told of a payment. `invoice_id` is the first invoice it pays; `unallocated` went to the balance."""

    version = 2

    entity_id: str
    customer_id: str
    invoice_id: str | None
    allocations: tuple[AllocationPayload, ...]
    amount: MoneyPayload
    unallocated: MoneyPayload
    method: str
    reference: str | None
    paid_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRecorded(PaymentEvent):
    """A payment was recorded."""

    type = "payment.recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentReversed(EventData):
    """A payment or refund did not stand and was taken back; `reason` says why."""

    type = "payment.reversed"

    entity_id: str
    customer_id: str
    direction: str
    amount: MoneyPayload
    reference: str | None
    reason: str
    reversed_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRefunded(EventData):
    """Money went back to a buyer; `invoice_id` is the credit note that it refunds, if any."""

    type = "payment.refunded"

    entity_id: str
    customer_id: str
    invoice_id: str | None
    amount: MoneyPayload
    method: str
    reference: str | None
    paid_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceApplied(EventData):
    """An invoice was paid out of its buyer's balance; `id` is the buyer, `balance` what is left of it."""

    type = "balance.applied"

    entity_id: str
    invoice_id: str
    amount: MoneyPayload
    balance: MoneyPayload
