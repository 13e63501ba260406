"""Rows of refunds as plain frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRefundRow:
    """What was refunded of an order."""

    platform_id: str
    id: str
    entity_id: str
    order_id: str
    credit_note_id: str | None
    amount_minor: int
    currency: str
    reason: str | None
    reference: str | None
    fingerprint: str
    refunded_at: datetime
    created_at: datetime
    created_by: str
