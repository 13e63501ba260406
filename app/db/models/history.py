"""The history of what can be changed: entries that are only ever added."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields

from app.db.models.base import PlatformTable, document, id_column, instant, text


class AuditEntry(PlatformTable):
    """One change of one object, as `app.domain.history` tells it."""

    id = id_column(pk=True)
    entity_id = id_column(null=True)
    # Text without a CHECK: another kind of object, or of doing, needs no migration.
    subject_type = text(32)
    subject_id = id_column()
    action = text(32)
    changes = document()
    omitted = fields.IntField()
    actor = text(80)
    actor_kind = text(32)
    on_behalf_of = id_column(null=True)
    version_from = fields.IntField(null=True)
    version_to = fields.IntField(null=True)
    request_id = text(128, null=True)
    created_at = instant()

    class Meta:
        table = "audit_entry"

    # No references, as of the event log: an object may be deleted, its history stays.
    unique = (("platform_id", "id"),)
    indexes = (
        ("platform_id", "subject_id", "id"),
        ("platform_id", "entity_id", "id"),
        ("platform_id", "actor", "id"),
    )
    append_only: ClassVar[bool] = True
