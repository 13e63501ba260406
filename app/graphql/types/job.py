"""Background jobs."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry
from strawberry.scalars import JSON

from app.db.aggregates import JOBS
from app.db.job_rows import JobRow
from app.domain.identity import IdPrefix
from app.domain.jobs import JobStatus
from app.domain.scope import Permission
from app.graphql import lists
from app.graphql.connections import Connection
from app.graphql.fields import computed, to_one
from app.graphql.node import Node
from app.graphql.sources import OfRow, stored
from app.graphql.types.entity import Entity

if TYPE_CHECKING:
    from app.graphql.types.history import AuditEntry


def _progress(row: JobRow) -> float:
    return float(row.progress)


def _result(row: JobRow) -> Any:
    return row.result


@strawberry.interface(description="Work that goes on after the request that asked for it.")
class Job(Node):
    status: JobStatus = strawberry.field(description="How far it is.")
    progress: float = computed(_progress, "progress", description="How much of it is done, from 0 to 1.")
    message: str | None = strawberry.field(description="What it is at, in a few words.")
    created_at: datetime = strawberry.field(description="When it was asked for.")
    finished_at: datetime | None = strawberry.field(description="When it ended, in whatever way.")


@stored(JOBS, Permission.JOBS_READ, prefix=IdPrefix.JOB)
@strawberry.type(description="A job as the workers run it, of whatever kind.")
class BackgroundJob(OfRow, Job):
    kind: str = strawberry.field(description="What is done: the name of the kind of job.")
    attempts: int = strawberry.field(description="How often it was begun.")
    max_attempts: int = strawberry.field(description="How often it is begun at most before it is given up.")
    run_at: datetime = strawberry.field(description="Not before when it is begun, or begun again.")
    started_at: datetime | None = strawberry.field(description="When it was first begun.")
    error: str | None = strawberry.field(description="Why the last attempt failed.")
    result: JSON | None = computed(_result, "result", description="What came of it, as its kind tells it.")
    cancel_requested: bool = strawberry.field(description="Whether it is to stop at the end of its step.")
    requested_by: str = strawberry.field(description="Who asked for it: an API key's id, or system:….")
    row: strawberry.Private[JobRow]

    entity: Entity | None = to_one("entity_id", description="The seller it is for; null for the whole platform.")
    history: Connection[Annotated[AuditEntry, strawberry.lazy("app.graphql.types.history")]] = lists.history(
        "subject_id"
    )
