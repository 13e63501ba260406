"""Money that came from buyers for what they were billed, or went back to them."""

from __future__ import annotations

from app.db.models.base import ENTITY_KEY, PlatformTable, choice, code, id_column, instant, minor, text
from app.db.models.order import CUSTOMER_KEY
from app.domain.ledger import PaymentDirection


class Payment(PlatformTable):
    """One payment of a buyer, or one refund to it. What it pays stands in the ledger.

    `invoice_id` is the first document it pays, or the credit note that it refunds; `unallocated_minor` is what went to
    the buyer's balance when it came.
    """

    id = id_column(pk=True)
    entity_id = id_column()
    customer_id = id_column()
    invoice_id = id_column(null=True)
    direction = choice(PaymentDirection)
    amount_minor = minor()
    unallocated_minor = minor()
    currency = code(3)
    method = text(40)
    reference = text(200, null=True)
    paid_at = instant()
    created_at = instant()
    created_by = text(80)
    reversed_at = instant(null=True)
    reversed_by = text(80, null=True)
    reversal_reason = text(500, null=True)

    class Meta:
        table = "payment"

    unique = (("platform_id", "entity_id", "id"), ("platform_id", "entity_id", "reference"))
    references = (
        ENTITY_KEY,
        CUSTOMER_KEY,
        (("platform_id", "entity_id", "invoice_id"), "invoice", ("platform_id", "entity_id", "id")),
    )
    indexes = (
        ("platform_id", "id"),
        ("platform_id", "paid_at"),
        ("platform_id", "entity_id", "invoice_id", "id"),
        ("platform_id", "entity_id", "customer_id", "id"),
        ("platform_id", "entity_id", "paid_at"),
    )
    checks = ("amount_minor > 0", "unallocated_minor BETWEEN 0 AND amount_minor")
