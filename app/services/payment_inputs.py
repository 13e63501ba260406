"""What use cases of payments and balances take, still unchecked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from app.domain.ledger import Overpayment


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationInput:
    """What a payment pays of one document; all that is due of it without an amount."""

    invoice_id: str
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentInput:
    """A payment received: for one document, for several of one buyer, or on a buyer's balance.

    `amount` None means what its documents take; `reference` is unique per seller.
    """

    invoice_id: str | None = None
    allocations: Sequence[AllocationInput] = ()
    customer_id: str | None = None
    amount: Decimal | None = None
    overpayment: Overpayment = Overpayment.REFUSE
    currency: str | None = None
    method: str = "bank_transfer"
    paid_at: datetime | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentReverseInput:
    """Which payment or refund did not stand, and why."""

    payment_id: str
    reason: str
    reversed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceApplyInput:
    """Which document is paid out of its buyer's balance; as much as both allow without an amount."""

    customer_id: str
    invoice_id: str
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceRefundInput:
    """What goes back to a buyer out of its balance; all of it without an amount."""

    customer_id: str
    currency: str
    amount: Decimal | None = None
    method: str = "bank_transfer"
    reference: str | None = None
