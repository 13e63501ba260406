"""What a seller sells, to be named by lines."""

from __future__ import annotations

from tortoise import fields

from app.db.models.base import ENTITY_KEY, PlatformTable, choice, code, decimal, document, id_column, instant, text
from app.domain.items import ItemStatus
from app.domain.tax.model import TaxClass


class Item(PlatformTable):
    """An item of a seller's catalogue with its price, gross or net, and what decides its tax."""

    id = id_column(pk=True)
    entity_id = id_column()
    external_id = text(200, null=True)
    sku = text(200, null=True)
    name = text(200)
    description = text(1000, null=True)
    unit = text(20, null=True)
    unit_price = decimal()
    currency = code(3)
    price_includes_tax = fields.BooleanField()
    supply = document()
    tax_class = choice(TaxClass)
    status = choice(ItemStatus)
    version = fields.IntField()
    created_at = instant()
    updated_at = instant()

    class Meta:
        table = "item"

    unique = (
        ("platform_id", "entity_id", "id"),
        ("platform_id", "entity_id", "external_id"),
        ("platform_id", "entity_id", "sku"),
    )
    references = (ENTITY_KEY,)
    indexes = (
        ("platform_id", "id"),
        ("platform_id", "name", "id"),
        ("platform_id", "entity_id", "name", "id"),
    )
