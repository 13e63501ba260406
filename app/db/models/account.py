"""Marketplace operators, their two platforms, and the keys that open them."""

from __future__ import annotations

from tortoise import fields

from app.db.models.base import (
    ENTITY_KEY,
    PLATFORM_KEY,
    PlatformTable,
    Table,
    choice,
    document,
    id_column,
    instant,
    text,
)
from app.domain.scope import Mode


class Account(Table):
    """A marketplace operator."""

    id = id_column(pk=True)
    name = text(200)
    created_at = instant()
    # Where the product writes to the operator itself.
    contact_email = text(254, null=True)

    class Meta:
        table = "account"


class Platform(Table):
    """One account in one mode: the tenant. Its `id` is every other table's `platform_id`."""

    id = id_column(pk=True)
    account_id = id_column()
    mode = choice(Mode)
    last_event_seq = fields.BigIntField(default=0)
    # Up to here the log is no longer kept.
    swept_event_seq = fields.BigIntField(default=0)
    created_at = instant()

    class Meta:
        table = "platform"

    unique = (("account_id", "mode"),)
    references = ((("account_id",), "account", ("id",)),)


class ApiKey(PlatformTable):
    """A secret key, stored as its SHA-256; shown once when it is made."""

    id = id_column(pk=True)
    entity_id = id_column(null=True)
    name = text(200)
    prefix = text(16)
    last_four = text(4)
    key_hash = text(64)
    permissions = document()
    created_at = instant()
    created_by = text(80)
    expires_at = instant(null=True)
    revoked_at = instant(null=True)

    class Meta:
        table = "api_key"

    # Not tenant first: a key is looked up before its tenant is known. It is a random hash, so it tells nothing.
    unique = (("key_hash",),)
    references = (PLATFORM_KEY, ENTITY_KEY)
    indexes = (("platform_id", "id"), ("platform_id", "entity_id", "id"))
