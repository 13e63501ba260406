"""Background jobs as use cases make them and handlers see them.

A job is made inside the transaction of the use case that needs it (`enqueue`), and run by a worker at least once: a
worker can die after a job's effect and before its end is noted. What must happen once is therefore either idempotent
by itself, or done in the transaction that `JobRun.complete` ends the job in.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final, Protocol

from app.db import jobs as stored
from app.db.aggregates import JOBS
from app.db.job_queue import Entry
from app.db.job_rows import JobRow
from app.db.tables import dump_json
from app.domain.errors import InvalidState, LimitExceeded, NotFound
from app.domain.events import JobFailed
from app.domain.history import AuditAction, AuditSubject
from app.domain.identity import IdPrefix, new_id
from app.domain.jobs import RETRIABLE, UNFINISHED, JobStatus
from app.domain.scope import Permission, Scope
from app.services.context import ServiceContext
from app.services.once import Work, once

# Bytes of JSON that a job's input may have: ids and choices, not data.
MAX_INPUT: Final = 65_536
MAX_ATTEMPTS: Final = 8
MAX_PAUSE: Final = timedelta(days=7)


class JobInterrupted(Exception):
    """A handler is to stop where it is; it lets this through."""


class JobCancelled(JobInterrupted):
    """Somebody asked for the job's cancellation: it ends as CANCELLED."""


class JobGivenBack(JobInterrupted):
    """The worker is stopping: another one will run the job from its beginning."""


class JobLost(JobInterrupted):
    """Another worker has the job, since this one was not heard of for too long."""


class Retryable(Exception):
    """What a handler raises to be run again; `after` that time, at most a week, else by its kind's schedule.

    The message is shown to whoever sees the job.
    """

    def __init__(self, message: str, *, after: timedelta | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.after = after


class JobRun(Protocol):
    """One attempt of a job, as its handler sees it.

    `scope` is the job's platform, and its seller when it has one, with every permission: what may be asked for was
    decided when the job was made.
    """

    @property
    def ctx(self) -> ServiceContext:
        """What every use case needs."""
        ...

    @property
    def scope(self) -> Scope:
        """In whose name the handler works."""
        ...

    @property
    def job(self) -> JobRow:
        """The job as it was when this attempt began."""
        ...

    async def progress(self, fraction: float | Decimal, message: str | None = None) -> None:
        """Tells how far it is, from 0 to 1; the end of a step, where a handler may be stopped.

        Raises JobCancelled when cancellation was asked for, JobGivenBack when the worker stops, JobLost when another
        worker has the job. Call it between transactions; what comes often is told twice a second.
        """
        ...

    async def complete(self, work: Work, result: Mapping[str, Any] | None = None) -> None:
        """Ends the job as SUCCEEDED in the transaction of `work`: its effect and its end are committed together.

        Raises JobLost when another worker has the job, so that the transaction leaves nothing.
        """
        ...


JobHandler = Callable[[JobRun], Awaitable[Mapping[str, Any] | None]]

# Pauses before the second, third, … attempt; the last one is kept. Each is varied by a fifth either way.
STANDARD_RETRY: Final = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobKind:
    """A kind of job: what runs it, after which pauses it is tried again, and how long one attempt may take.

    `concurrency` limits how many run at once on all workers together; 0 is no limit.
    """

    name: str
    handler: JobHandler
    retry: tuple[timedelta, ...] = field(default=STANDARD_RETRY)
    time_limit: timedelta = timedelta(minutes=10)
    concurrency: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NewJob:
    """A job to make: its kind, the seller it is for, its input, and when, how often and beside which it may run."""

    kind: str
    entity_id: str | None
    input: Mapping[str, Any]
    run_at: datetime | None = None
    unique: str | None = None
    max_attempts: int = MAX_ATTEMPTS


async def enqueue(
    work: Work,
    kind: str,
    *,
    entity_id: str | None,
    input: Mapping[str, Any],
    run_at: datetime | None = None,
    unique: str | None = None,
    max_attempts: int = MAX_ATTEMPTS,
) -> JobRow:
    """Makes a job in the transaction of a use case, to run after its commit and not before `run_at`.

    With `unique`, an unfinished job of the platform with that key is returned instead of a second one. Raises
    LimitExceeded for an input over 64 KiB of JSON, ValueError for a kind that does not exist.
    """
    wanted = NewJob(
        kind=kind, entity_id=entity_id, input=input, run_at=run_at, unique=unique, max_attempts=max_attempts
    )
    return (await enqueue_many(work, [wanted]))[0]


async def enqueue_many(work: Work, wanted: Sequence[NewJob]) -> list[JobRow]:
    """Makes jobs as `enqueue` does, in a few statements whatever their number; in the order given."""
    rows = [_new_row(work, job) for job in wanted]
    stored_rows = await stored.insert(work.scope, work.session, rows)
    made = [row for row, found in zip(rows, stored_rows, strict=True) if found.id == row.id]
    await work.ctx.jobs.put(work.session, [entry_of(row, work.now) for row in made])
    return stored_rows


def _new_row(work: Work, job: NewJob) -> JobRow:
    if job.kind not in work.ctx.jobs.kinds:
        raise ValueError(f"{job.kind!r} is no kind of job; add it to app/services/job_kinds.py")
    if len(dump_json(job.input)) > MAX_INPUT:
        raise LimitExceeded(f"a job's input may have {MAX_INPUT} bytes")
    return JobRow(
        platform_id=work.scope.platform_id,
        id=new_id(IdPrefix.JOB),
        entity_id=job.entity_id,
        kind=job.kind,
        input=dict(job.input),
        status=JobStatus.QUEUED,
        progress=Decimal(0),
        message=None,
        attempts=0,
        max_attempts=job.max_attempts,
        run_at=job.run_at or work.now,
        unique_key=job.unique,
        error=None,
        result=None,
        requested_by=work.actor,
        cancel_requested=False,
        lease_token=None,
        lease_until=None,
        created_at=work.now,
        started_at=None,
        finished_at=None,
    )


def entry_of(row: JobRow, now: datetime) -> Entry:
    """What the queue is told of a job."""
    delay = max(row.run_at - now, timedelta(0))
    return Entry(platform_id=row.platform_id, job_id=row.id, kind=row.kind, delay=delay)


async def cancel(ctx: ServiceContext, scope: Scope, job_id: str, *, key: str | None) -> JobRow:
    """Cancels a job: one that waits at once, one that runs at the end of its step.

    Raises NotFound, and InvalidState for one that has ended otherwise; a cancelled one stays as it is.
    """
    scope.require(Permission.JOBS_WRITE)

    async def body(work: Work) -> str:
        row = await JOBS.get(scope, work.session, job_id, lock=True)
        if row is None:
            raise NotFound("no such job", field=("id",))
        if row.status not in UNFINISHED | {JobStatus.CANCELLED}:
            raise InvalidState(f"the job has ended: {row.status}", field=("id",))
        if row.status is JobStatus.QUEUED:
            await _change(work, row, stored.finished(JobStatus.CANCELLED, work.now), AuditAction.CANCELLED)
        elif row.status is JobStatus.RUNNING:
            await _change(work, row, {"cancel_requested": True}, AuditAction.CANCELLED)
        return row.id

    return await _after(ctx, scope, (await once(ctx, scope, "jobCancel", key, job_id, body))[0])


async def retry(ctx: ServiceContext, scope: Scope, job_id: str, *, key: str | None) -> JobRow:
    """Runs a job again that failed or was cancelled, with all its attempts before it.

    Raises NotFound, InvalidState for one that has not ended so, and AlreadyExists when another unfinished job has its
    unique key.
    """
    scope.require(Permission.JOBS_WRITE)

    async def body(work: Work) -> str:
        row = await JOBS.get(scope, work.session, job_id, lock=True)
        if row is None:
            raise NotFound("no such job", field=("id",))
        if row.status not in RETRIABLE:
            raise InvalidState(f"only failed and cancelled jobs are run again, this one is {row.status}", field=("id",))
        changes = {
            "status": JobStatus.QUEUED,
            "attempts": 0,
            "run_at": work.now,
            "cancel_requested": False,
            "finished_at": None,
            "error": None,
            "message": None,
            "progress": Decimal(0),
        }
        await _change(work, row, changes, AuditAction.RETRIED)
        # The entry of the attempt that just ended may still be there for a moment.
        entry = Entry(platform_id=row.platform_id, job_id=row.id, kind=row.kind, again=True)
        await work.ctx.jobs.put(work.session, [entry])
        return row.id

    return await _after(ctx, scope, (await once(ctx, scope, "jobRetry", key, job_id, body))[0])


async def _change(work: Work, row: JobRow, changes: Mapping[str, Any], action: AuditAction) -> None:
    await JOBS.change(work.scope, work.session, row.id, changes)
    work.audit(AuditSubject.JOB, row, replace(row, **changes), action=action)


async def _after(ctx: ServiceContext, scope: Scope, job_id: str) -> JobRow:
    async with ctx.database.read(scope) as session:
        row = await JOBS.get(scope, session, job_id)
    if row is None:
        raise NotFound("no such job", field=("id",))
    return row


def failed_event(row: JobRow, error: str) -> JobFailed:
    """The event of a dead letter."""
    return JobFailed(id=row.id, entity_id=row.entity_id, kind=row.kind, attempts=row.attempts, error=error)
