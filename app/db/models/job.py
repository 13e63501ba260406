"""Background jobs, and when each schedule runs next."""

from __future__ import annotations

from tortoise import fields

from app.db.models.base import (
    ENTITY_KEY,
    PLATFORM_KEY,
    PlatformTable,
    Table,
    choice,
    decimal,
    document,
    id_column,
    instant,
    text,
)
from app.domain.jobs import JobStatus


class Job(PlatformTable):
    """Work that is done outside the request that asked for it; this row is the truth, a queue only wakes the workers.

    `lease_token` names the worker that holds it, until `lease_until`. `progress` goes from 0 to 1.
    """

    id = id_column(pk=True)
    entity_id = id_column(null=True)
    kind = text(60)
    input = document()
    status = choice(JobStatus)
    progress = decimal()
    message = text(200, null=True)
    attempts = fields.IntField()
    max_attempts = fields.IntField()
    run_at = instant()
    unique_key = text(200, null=True)
    error = text(500, null=True)
    result = document(null=True)
    requested_by = text(80)
    cancel_requested = fields.BooleanField()
    lease_token = text(40, null=True)
    lease_until = instant(null=True)
    created_at = instant()
    started_at = instant(null=True)
    finished_at = instant(null=True)

    class Meta:
        table = "job"

    unique = (
        ("platform_id", "id"),
        (("platform_id", "unique_key"), "status IN ('QUEUED', 'RUNNING')"),
    )
    references = (PLATFORM_KEY, ENTITY_KEY)
    indexes = (
        ("platform_id", "status", "id"),
        ("platform_id", "kind", "id"),
        ("platform_id", "entity_id", "id"),
        ("platform_id", "finished_at"),
        (("run_at",), "status = 'QUEUED'"),
        (("lease_until",), "status = 'RUNNING'"),
    )
    checks = (
        "(status = 'RUNNING') = (lease_token IS NOT NULL)",
        "(status IN ('QUEUED', 'RUNNING')) = (finished_at IS NULL)",
    )


class Schedule(Table):
    """When the product's own periodic work is due next, and who is at it; of no tenant."""

    name = fields.CharField(60, primary_key=True)
    next_at = instant()
    lease_token = text(40, null=True)
    lease_until = instant(null=True)
    last_started_at = instant(null=True)
    last_finished_at = instant(null=True)
    last_error = text(500, null=True)

    class Meta:
        table = "schedule"
