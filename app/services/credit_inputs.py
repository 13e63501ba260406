"""What crediting, refunding and cancelling take, checked for shape by the API and for sense by the services."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from app.domain.ledger import CreditSettlement


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditLineInput:
    """A line of an invoice: so many of it, or an amount with tax; all that is left of it without either."""

    line_id: str
    quantity: Decimal | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditInput:
    """What is credited of an invoice: lines, or an amount with tax; all that is left without either."""

    invoice_id: str
    lines: Sequence[CreditLineInput] | None = None
    amount: Decimal | None = None
    reason: str | None = None
    settlement: CreditSettlement = CreditSettlement.BALANCE
    reference: str | None = None
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundLineInput:
    """A line of an order by its id, or by the marketplace's id or article number of it."""

    line_id: str | None = None
    external_id: str | None = None
    quantity: Decimal | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundInput:
    """What was refunded of an order: lines, an amount with tax, or `full`: all that is left. Exactly one of them.

    An order that is not named by its id is named by `external_id` and its seller, as in OrderInput.
    """

    external_id: str | None = None
    entity_id: str | None = None
    entity_external_id: str | None = None
    lines: Sequence[RefundLineInput] | None = None
    amount: Decimal | None = None
    full: bool = False
    reason: str | None = None
    reference: str | None = None
    refunded_at: datetime | None = None
    settlement: CreditSettlement = CreditSettlement.BALANCE


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelInput:
    """A cancelled order, named as in RefundInput."""

    external_id: str | None = None
    entity_id: str | None = None
    entity_external_id: str | None = None
    cancelled_at: datetime | None = None
    reason: str | None = None
    settlement: CreditSettlement = CreditSettlement.BALANCE
