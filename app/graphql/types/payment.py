"""Payments, refunds, and what they pay."""

from __future__ import annotations

from datetime import datetime

import strawberry

from app.db.aggregates import LEDGER, PAYMENTS
from app.db.ledger_rows import LedgerEntryRow
from app.db.rows import PaymentRow
from app.db.where import Eq
from app.domain.identity import IdPrefix
from app.domain.ledger import EntryKind, PaymentDirection
from app.domain.scope import Permission
from app.graphql.fields import amount, to_many, to_one
from app.graphql.node import Node
from app.graphql.sources import OfRow, stored
from app.graphql.types.customer import Customer
from app.graphql.types.invoice import Invoice
from app.graphql.types.money import Money


@stored(LEDGER, Permission.PAYMENTS_READ)
@strawberry.type(description="What a payment paid of one invoice.")
class PaymentAllocation(OfRow):
    id: strawberry.ID = strawberry.field(description="The id of the ledger's entry.")
    amount: Money = amount("amount_minor", description="How much of the invoice it paid.")
    row: strawberry.Private[LedgerEntryRow]

    invoice: Invoice | None = to_one("invoice_id", description="The invoice.")


@stored(PAYMENTS, Permission.PAYMENTS_READ, prefix=IdPrefix.PAYMENT)
@strawberry.type(description="Money that came from a buyer, or went back to it.")
class Payment(OfRow, Node):
    direction: PaymentDirection = strawberry.field(description="Whether it came from the buyer or went back.")
    unallocated: Money = amount(
        "unallocated_minor", description="What of it paid no invoice and went to the buyer's balance when it came."
    )
    amount: Money = amount("amount_minor", description="How much it was.")
    method: str = strawberry.field(description="How, such as bank_transfer or card.")
    paid_at: datetime = strawberry.field(description="When.")
    reference: str | None = strawberry.field(description="The payer's or the provider's reference, unique per seller.")
    created_at: datetime = strawberry.field(description="When it was recorded.")
    reversed_at: datetime | None = strawberry.field(description="When it was taken back, if it did not stand.")
    reversal_reason: str | None = strawberry.field(description="Why it was taken back.")
    row: strawberry.Private[PaymentRow]

    customer: Customer = to_one("customer_id", description="The buyer.")
    invoice: Invoice | None = to_one(
        "invoice_id", description="The first invoice it pays, or the credit note it refunds; null where there is none."
    )
    allocations: list[PaymentAllocation] = to_many(
        "payment_id",
        only=Eq("kind", EntryKind.PAYMENT),
        description="What it paid of which invoice, also after it was taken back.",
    )
