"""Payments."""

from __future__ import annotations

from datetime import datetime
from typing import Self

import strawberry

from app.db.rows import PaymentRow
from app.graphql.context import Info
from app.graphql.node import Node
from app.graphql.types.invoice import Invoice
from app.graphql.types.money import Money, money


@strawberry.type(description="A payment of an invoice.")
class Payment(Node):
    amount: Money = strawberry.field(description="How much was paid.")
    method: str = strawberry.field(description="How, such as bank_transfer or card.")
    paid_at: datetime = strawberry.field(description="When.")
    reference: str | None = strawberry.field(description="The payer's or the provider's reference, unique per seller.")
    created_at: datetime = strawberry.field(description="When it was recorded.")
    row: strawberry.Private[PaymentRow]

    @classmethod
    def of(cls, row: PaymentRow) -> Self:
        """A payment from its row."""
        return cls(
            id=strawberry.ID(row.id),
            amount=money(row.amount_minor, row.currency),
            method=row.method,
            paid_at=row.paid_at,
            reference=row.reference,
            created_at=row.created_at,
            row=row,
        )

    @strawberry.field(description="The invoice it pays.")
    async def invoice(self, info: Info) -> Invoice:
        row = await info.context.loaders.invoice.load(self.row.invoice_id)
        if row is None:
            raise LookupError(f"no invoice {self.row.invoice_id} in the scope of its own payment")
        return Invoice.of(row)
