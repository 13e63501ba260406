"""Refunds of orders."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from app.db.aggregates import ORDER_REFUNDS
from app.db.refund_rows import OrderRefundRow
from app.domain.identity import IdPrefix
from app.domain.scope import Permission
from app.graphql.fields import amount, to_one
from app.graphql.node import Node
from app.graphql.sources import OfRow, stored
from app.graphql.types.money import Money
from app.graphql.types.order import Order

if TYPE_CHECKING:
    from app.graphql.types.invoice import Invoice


@stored(ORDER_REFUNDS, Permission.ORDERS_READ, prefix=IdPrefix.ORDER_REFUND)
@strawberry.type(description="What was refunded of an order: credited, or taken off before it was invoiced.")
class OrderRefund(OfRow, Node):
    amount: Money = amount("amount_minor", description="How much, with tax; as entered when it was not invoiced.")
    reason: str | None = strawberry.field(description="Why.")
    reference: str | None = strawberry.field(description="The marketplace's reference of it, unique per order.")
    refunded_at: datetime = strawberry.field(description="When.")
    created_at: datetime = strawberry.field(description="When it was told.")
    row: strawberry.Private[OrderRefundRow]

    order: Order = to_one("order_id", description="The order.")
    credit_note: Annotated[Invoice, strawberry.lazy("app.graphql.types.invoice")] | None = to_one(
        "credit_note_id", description="The credit note that it became; null when the order was not invoiced yet."
    )
