"""Orders as the marketplace reports them: one order, one seller."""

from __future__ import annotations

from tortoise import fields

from app.db.models.base import (
    ENTITY_KEY,
    PlatformTable,
    choice,
    code,
    decimal,
    document,
    id_column,
    instant,
    minor,
    text,
)
from app.domain.lifecycle import OrderStatus
from app.domain.tax.model import TaxClass

CUSTOMER_KEY = (("platform_id", "entity_id", "customer_id"), "customer", ("platform_id", "entity_id", "id"))


class Order(PlatformTable):
    """What a buyer bought of one seller. `fingerprint` is the SHA-256 of the input that created it."""

    id = id_column(pk=True)
    entity_id = id_column()
    customer_id = id_column()
    external_id = text(200)
    cart_id = text(200, null=True)
    status = choice(OrderStatus)
    placed_at = instant()
    paid_at = instant(null=True)
    fulfilled_at = instant(null=True)
    cancelled_at = instant(null=True)
    payment_method = text(40, null=True)
    payment_reference = text(200, null=True)
    currency = code(3)
    prices_include_tax = fields.BooleanField()
    total_minor = minor()
    allowances = document()
    charges = document()
    ship_to_country = text(2, null=True)
    ship_to_region = text(10, null=True)
    ship_to_postcode = text(20, null=True)
    failure = text(1000, null=True)
    fingerprint = text(64)
    version = fields.IntField()
    created_at = instant()
    updated_at = instant()
    # With tax: credited of its invoice, or taken off before it was invoiced.
    refunded_minor = minor(default=0)

    class Meta:
        table = "sales_order"

    unique = (("platform_id", "entity_id", "id"), ("platform_id", "entity_id", "external_id"))
    references = (ENTITY_KEY, CUSTOMER_KEY)
    indexes = (
        ("platform_id", "id"),
        ("platform_id", "placed_at", "id"),
        ("platform_id", "status", "id"),
        ("platform_id", "cart_id"),
        ("platform_id", "entity_id", "placed_at", "id"),
        ("platform_id", "entity_id", "customer_id", "id"),
    )


class OrderLine(PlatformTable):
    """One line of an order, as entered: nothing is taxed or rounded here."""

    id = id_column(pk=True)
    entity_id = id_column()
    order_id = id_column()
    position = fields.IntField()
    external_id = text(200, null=True)
    sku = text(200, null=True)
    description = text(1000)
    quantity = decimal()
    unit = text(20, null=True)
    unit_price = decimal()
    supply = document()
    tax_class = choice(TaxClass)
    allowances = document()
    charges = document()
    item_id = id_column(null=True)

    class Meta:
        table = "order_line"

    unique = (("platform_id", "entity_id", "order_id", "position"),)
    references = ((("platform_id", "entity_id", "order_id"), "sales_order", ("platform_id", "entity_id", "id")),)


class OrderRefund(PlatformTable):
    """What the marketplace refunded of an order: the same `reference` twice is the same refund.

    `credit_note_id` is the credit note it became; without one it was taken off before anything was invoiced.
    `fingerprint` is the SHA-256 of what was told.
    """

    id = id_column(pk=True)
    entity_id = id_column()
    order_id = id_column()
    credit_note_id = id_column(null=True)
    amount_minor = minor()
    currency = code(3)
    reason = text(500, null=True)
    reference = text(200, null=True)
    fingerprint = text(64)
    refunded_at = instant()
    created_at = instant()
    created_by = text(80)

    class Meta:
        table = "order_refund"

    unique = (("platform_id", "entity_id", "order_id", "reference"),)
    references = (
        ENTITY_KEY,
        (("platform_id", "entity_id", "order_id"), "sales_order", ("platform_id", "entity_id", "id")),
        (("platform_id", "entity_id", "credit_note_id"), "invoice", ("platform_id", "entity_id", "id")),
    )
    indexes = (
        ("platform_id", "id"),
        ("platform_id", "entity_id", "order_id", "id"),
        (("platform_id", "entity_id", "credit_note_id"), "credit_note_id IS NOT NULL"),
    )
    checks = ("amount_minor >= 0",)
