"""Payments received for finalized invoices."""

from __future__ import annotations

from app.db.models.base import ENTITY_KEY, PlatformTable, code, id_column, instant, minor, text


class Payment(PlatformTable):
    """One payment of one invoice, in the invoice's currency."""

    id = id_column(pk=True)
    entity_id = id_column()
    invoice_id = id_column()
    amount_minor = minor()
    currency = code(3)
    method = text(40)
    reference = text(200, null=True)
    paid_at = instant()
    created_at = instant()
    created_by = text(80)

    class Meta:
        table = "payment"

    unique = (("platform_id", "entity_id", "id"), ("platform_id", "entity_id", "reference"))
    references = (
        ENTITY_KEY,
        (("platform_id", "entity_id", "invoice_id"), "invoice", ("platform_id", "entity_id", "id")),
    )
    indexes = (
        ("platform_id", "id"),
        ("platform_id", "paid_at"),
        ("platform_id", "entity_id", "invoice_id", "id"),
        ("platform_id", "entity_id", "paid_at"),
    )
    checks = ("amount_minor > 0",)
