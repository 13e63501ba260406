"""The event log, how far it is numbered for each entity, and the memory of answered mutations."""

from __future__ import annotations

from tortoise import fields

from app.db.models.base import ENTITY_KEY, PLATFORM_KEY, PlatformTable, document, id_column, instant, text


class Event(PlatformTable):
    """A fact, appended in the transaction that caused it.

    `position` is the database's own order of insertion; `seq` is the platform's gap-free order for readers, given in
    the transaction on SQLite and by the relay after commit on PostgreSQL, where it is null until then. `entity_seq`
    is given with it: the same order among the events of one entity, without a gap of its own.
    """

    position = fields.BigIntField(primary_key=True, generated=True)
    id = id_column()
    entity_id = id_column(null=True)
    seq = fields.BigIntField(null=True)
    entity_seq = fields.BigIntField(null=True)
    type = text(60)
    schema_version = fields.IntField()
    subject_id = id_column()
    payload = fields.TextField()
    actor = text(80)
    occurred_at = instant()

    class Meta:
        table = "event"

    # No references: every event would lock its platform's and its seller's row for their sake, on PostgreSQL two thirds
    # of what an insertion takes. Row-level security holds the platform; platforms and entities are never deleted.
    unique = (("platform_id", "id"), ("platform_id", "seq"))
    indexes = (
        ("platform_id", "entity_id", "seq"),
        ("platform_id", "subject_id", "seq"),
        (("platform_id", "position"), "seq IS NULL"),
    )


class EntityLog(PlatformTable):
    """How far the events of one entity are numbered. Written by whoever numbers, and by nobody else."""

    entity_id = id_column(pk=True)
    last_seq = fields.BigIntField()

    class Meta:
        table = "entity_log"

    unique = (("platform_id", "entity_id"),)
    references = (PLATFORM_KEY, ENTITY_KEY)


class IdempotencyKey(PlatformTable):
    """What a mutation with a key has done, so that a repetition is answered and not done again."""

    id = id_column(pk=True)
    actor = text(80)
    key = text(255)
    operation = text(60)
    fingerprint = text(64)
    outcome = document()
    created_at = instant()

    class Meta:
        table = "idempotency_key"

    unique = (("platform_id", "actor", "key"),)
    references = (PLATFORM_KEY,)
    indexes = (("platform_id", "created_at"),)
