"""Events about orders."""

from __future__ import annotations

from typing import Any

from app.db.rows import OrderRow
from app.domain import events
from app.services.invoice_rows import money_payload


def order_event(kind: type[events.OrderEvent], row: OrderRow, **further: Any) -> events.OrderEvent:
    """An event about an order as it stands, with what that kind tells besides."""
    return kind(
        id=row.id,
        entity_id=row.entity_id,
        customer_id=row.customer_id,
        external_id=row.external_id,
        cart_id=row.cart_id,
        status=row.status,
        total=money_payload(row.total_minor, row.currency),
        failure=row.failure,
        **further,
    )
