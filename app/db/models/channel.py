"""Channels: where a marketplace's own system reports its orders."""

from __future__ import annotations

from tortoise import fields

from app.db.models.base import ENTITY_KEY, PLATFORM_KEY, PlatformTable, document, id_column, instant, text


class OrderChannel(PlatformTable):
    """An address that takes signed orders for the platform, or for one entity.

    `secrets` holds the newest one first, each with the instant at which it ends; the newest has none.
    """

    id = id_column(pk=True)
    entity_id = id_column(null=True)
    name = text(200)
    secrets = document()
    enabled = fields.BooleanField()
    last_used_at = instant(null=True)
    last_failed_at = instant(null=True)
    last_failure = text(500, null=True)
    version = fields.IntField()
    created_at = instant()
    updated_at = instant()

    class Meta:
        table = "order_channel"

    unique = (("platform_id", "id"),)
    references = (PLATFORM_KEY, ENTITY_KEY)
    indexes = (("platform_id", "entity_id", "id"),)
