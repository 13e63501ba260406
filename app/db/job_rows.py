"""Plain rows of background jobs and schedules, as they leave `db`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from app.db.rows import Json
from app.domain.jobs import JobStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRow:
    """A background job; `progress` from 0 to 1."""

    platform_id: str
    id: str
    entity_id: str | None
    kind: str
    input: Json
    status: JobStatus
    progress: Decimal
    message: str | None
    attempts: int
    max_attempts: int
    run_at: datetime
    unique_key: str | None
    error: str | None
    result: Json | None
    requested_by: str
    cancel_requested: bool
    lease_token: str | None
    lease_until: datetime | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRow:
    """When a schedule runs next, and who is at it."""

    name: str
    next_at: datetime
    lease_token: str | None
    lease_until: datetime | None
    last_started_at: datetime | None
    last_finished_at: datetime | None
    last_error: str | None
