"""Buyers, each belonging to one entity."""

from __future__ import annotations

from tortoise import fields

from app.db.models.base import ENTITY_KEY, PlatformTable, choice, id_column, instant, text
from app.domain.parties import CustomerKind, TaxIdStatus


class Customer(PlatformTable):
    """A buyer of one seller, with the address and VAT number that decide the tax."""

    id = id_column(pk=True)
    entity_id = id_column()
    external_id = text(200, null=True)
    name = text(200)
    kind = choice(CustomerKind)
    email = text(254, null=True)
    address_name = text(200, null=True)
    address_line1 = text(200, null=True)
    address_line2 = text(200, null=True)
    address_postcode = text(20, null=True)
    address_city = text(120, null=True)
    address_region = text(10, null=True)
    country = text(2)
    locale = text(20, null=True)
    tax_id = text(40, null=True)
    tax_id_country = text(2, null=True)
    tax_id_status = choice(TaxIdStatus)
    tax_id_checked_at = instant(null=True)
    tax_id_consultation = text(80, null=True)
    tax_id_name = text(200, null=True)
    version = fields.IntField()
    created_at = instant()
    updated_at = instant()

    class Meta:
        table = "customer"

    unique = (("platform_id", "entity_id", "id"), ("platform_id", "entity_id", "external_id"))
    references = (ENTITY_KEY,)
    indexes = (
        ("platform_id", "id"),
        ("platform_id", "entity_id", "name", "id"),
        (("platform_id", "entity_id", "tax_id_status"), "tax_id IS NOT NULL AND kind <> 'CONSUMER'"),
    )
