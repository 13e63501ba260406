"""Payments."""

from __future__ import annotations

from datetime import datetime

import strawberry

from app.db.aggregates import PAYMENTS
from app.db.rows import PaymentRow
from app.domain.identity import IdPrefix
from app.domain.scope import Permission
from app.graphql.fields import amount, to_one
from app.graphql.node import Node
from app.graphql.sources import OfRow, stored
from app.graphql.types.invoice import Invoice
from app.graphql.types.money import Money


@stored(PAYMENTS, Permission.PAYMENTS_READ, prefix=IdPrefix.PAYMENT)
@strawberry.type(description="A payment of an invoice.")
class Payment(OfRow, Node):
    amount: Money = amount("amount_minor", description="How much was paid.")
    method: str = strawberry.field(description="How, such as bank_transfer or card.")
    paid_at: datetime = strawberry.field(description="When.")
    reference: str | None = strawberry.field(description="The payer's or the provider's reference, unique per seller.")
    created_at: datetime = strawberry.field(description="When it was recorded.")
    row: strawberry.Private[PaymentRow]

    invoice: Invoice = to_one("invoice_id", description="The invoice it pays.")
