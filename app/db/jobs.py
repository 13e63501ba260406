"""Background jobs: made, claimed with a lease, kept alive, finished or put off; every change is one statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from app.db import query
from app.db.aggregates import JOBS
from app.db.job_queue import MAX_IN_MEMORY, QUEUE_SCHEMA, Entry
from app.db.job_rows import JobRow
from app.db.records import values_of
from app.db.tables import TABLES, decode, encode
from app.db.transaction import Database, Registry, Session
from app.db.where import All, Compare, Condition, Eq, IsNull, OneOf, Parameters, to_sql
from app.domain.errors import AlreadyExists
from app.domain.jobs import UNFINISHED, JobStatus
from app.domain.scope import Scope

_TABLE: Final = TABLES["job"]
# Jobs that one sweep of a platform deletes.
SWEEP: Final = 1_000
# Jobs with a unique key that one statement stores: each has some twenty values, and a statement 32,766 at most.
_AT_ONCE: Final = 500


async def insert(scope: Scope, session: Session, rows: Sequence[JobRow]) -> list[JobRow]:
    """Stores jobs; in place of one whose unique key an unfinished job has, gives that one."""
    await JOBS.insert(scope, session, [row for row in rows if row.unique_key is None])
    # In one order, so that two transactions that make the same jobs wait for one another in one direction.
    keyed = sorted({row.unique_key: row for row in rows if row.unique_key is not None}.items())
    stored: dict[str, JobRow] = {}
    for start in range(0, len(keyed), _AT_ONCE):
        stored |= await _insert_unique(scope, session, dict(keyed[start : start + _AT_ONCE]))
    return [row if row.unique_key is None else stored[row.unique_key] for row in rows]


async def _insert_unique(scope: Scope, session: Session, wanted: Mapping[str, JobRow]) -> dict[str, JobRow]:
    """Stores jobs by their unique keys; by key, the job that has it now."""
    if any(row.platform_id != scope.platform_id or not scope.may_see(row.entity_id or "") for row in wanted.values()):
        raise PermissionError("a row outside the scope")
    stored: dict[str, JobRow] = {}
    for _ in range(3):
        # Another one may finish between the two statements; then its key is free.
        missing = {key: row for key, row in wanted.items() if key not in stored}
        made = await _insert_new(session, list(missing.values()))
        stored |= {key: row for key, row in missing.items() if row.id in made}
        taken = [key for key in missing if key not in stored]
        if not taken:
            return stored
        where = All((OneOf("unique_key", taken), OneOf("status", sorted(UNFINISHED))))
        for found in await JOBS.list(_everyones(scope), session, where, limit=len(taken)):
            if not scope.may_see(found.entity_id or ""):
                raise AlreadyExists("a value that must be unique is taken")
            stored[str(found.unique_key)] = found
        if len(stored) == len(wanted):
            return stored
    raise RuntimeError("the unfinished job with this key comes and goes")


async def _insert_new(session: Session, rows: Sequence[JobRow]) -> set[str]:
    """Stores the jobs whose unique keys no unfinished job has; their ids."""
    columns = [_TABLE.columns[name] for name in _names()]
    parameters = Parameters(session.dialect)
    values = [
        f"({', '.join([parameters.of(column, value) for column, value in zip(columns, values_of(row), strict=True)])})"
        for row in rows
    ]
    made = await session.fetch(
        f"INSERT INTO job ({', '.join(_names())}) VALUES {', '.join(values)}"
        " ON CONFLICT (platform_id, unique_key) WHERE status IN ('QUEUED', 'RUNNING') DO NOTHING RETURNING id",
        *parameters.values,
    )
    return {str(row["id"]) for row in made}


def _names() -> tuple[str, ...]:
    return query.row_names(JobRow)


def _everyones(scope: Scope) -> Scope:
    return Scope(platform_id=scope.platform_id, mode=scope.mode, actor=scope.actor)


async def claim(
    scope: Scope, session: Session, job_id: str, *, now: datetime, lease_until: datetime, token: str
) -> JobRow | None:
    """Takes a job that is due, or whose worker has not been heard of, until `lease_until`; None when it is not free."""
    instant = _TABLE.columns["run_at"]
    rows = await session.fetch(
        "UPDATE job SET status = 'RUNNING', attempts = attempts + 1, lease_token = $3, lease_until = $4,"
        " started_at = coalesce(started_at, $5)"
        " WHERE platform_id = $1 AND id = $2"
        " AND ((status = 'QUEUED' AND run_at <= $5) OR (status = 'RUNNING' AND lease_until <= $5))"
        f" RETURNING {', '.join(_TABLE.columns)}",
        scope.platform_id,
        job_id,
        token,
        encode(instant, lease_until, session.dialect),
        encode(instant, now, session.dialect),
    )
    return JobRow(**decode(_TABLE, rows[0], session.dialect)) if rows else None


async def renew(scope: Scope, session: Session, job_id: str, *, token: str, lease_until: datetime) -> bool | None:
    """Keeps a job for longer: whether its cancellation was asked for; None when another worker has it."""
    return await _held(scope, session, job_id, token, {"lease_until": lease_until})


async def note_progress(
    scope: Scope, session: Session, job_id: str, *, token: str, progress: Decimal, message: str | None
) -> bool | None:
    """Tells how far a job is: whether its cancellation was asked for; None when another worker has it."""
    return await _held(scope, session, job_id, token, {"progress": progress, "message": message})


async def _held(scope: Scope, session: Session, job_id: str, token: str, values: Mapping[str, Any]) -> bool | None:
    if not await query.update(scope, session, "job", job_id, values, where=Eq("lease_token", token)):
        return None
    row = await JOBS.get(scope, session, job_id)
    return row is not None and row.cancel_requested


async def settle(scope: Scope, session: Session, job_id: str, *, token: str, changes: Mapping[str, Any]) -> bool:
    """Ends this worker's hold on a job with these changes; whether it still held it (else nothing is changed)."""
    values = {"lease_token": None, "lease_until": None, **changes}
    return await query.update(scope, session, "job", job_id, values, where=Eq("lease_token", token))


async def sweep(scope: Scope, session: Session, before: datetime) -> int:
    """Deletes jobs finished before that, at most a chunk; how many. Dead letters are kept as long as the others."""
    old = await JOBS.list(
        scope,
        session,
        All((IsNull("finished_at", null=False), Compare("finished_at", "<", before))),
        order=(("finished_at", False),),
        limit=SWEEP,
    )
    if not old:
        return 0
    return await query.delete(scope, session, "job", OneOf("id", [row.id for row in old]))


async def unqueued(database: Database, now: datetime) -> Sequence[Entry]:
    """Jobs of all platforms that are due, or were left by their worker, and have no entry in the queue.

    On SQLite, whose queue knows itself what it holds, those with an entry too.
    """
    in_queue = (
        f" AND NOT EXISTS (SELECT 1 FROM {QUEUE_SCHEMA}.pgqueuer q"
        " WHERE q.dedupe_key = job.id AND q.status IN ('queued', 'picked'))"
        if database.dialect == "postgres"
        else ""
    )
    async with database.read(Registry(worker=True)) as session:
        rows = await session.fetch(
            f"SELECT platform_id, id, kind, run_at AS due FROM job WHERE status = 'QUEUED' AND run_at <= $1{in_queue}"
            " UNION ALL SELECT platform_id, id, kind, lease_until AS due FROM job"
            f" WHERE status = 'RUNNING' AND lease_until <= $1{in_queue} ORDER BY due, id LIMIT $2",
            encode(_TABLE.columns["run_at"], now, session.dialect),
            MAX_IN_MEMORY,
        )
    return [Entry(platform_id=row["platform_id"], job_id=row["id"], kind=row["kind"]) for row in rows]


async def of_all_platforms(
    database: Database, *, statuses: Sequence[JobStatus] = (), kind: str | None = None, limit: int
) -> list[JobRow]:
    """Jobs of the whole installation, the newest first; for whoever runs it, on the command line."""
    parts = [OneOf("status", sorted(statuses))] if statuses else []
    condition = All((*parts, *([] if kind is None else [Eq("kind", kind)])))
    return await _found(database, condition, limit)


async def find(database: Database, job_id: str) -> JobRow | None:
    """A job of whatever platform; for whoever runs the installation, on the command line."""
    found = await _found(database, Eq("id", job_id), 1)
    return found[0] if found else None


async def _found(database: Database, condition: Condition, limit: int) -> list[JobRow]:
    parameters = Parameters(database.dialect)
    sql = f"SELECT {', '.join(_TABLE.columns)} FROM job WHERE {to_sql(condition, _TABLE, parameters)}"
    sql += f" ORDER BY id DESC LIMIT {parameters.add(limit)}"
    async with database.read(Registry(worker=True)) as session:
        rows = await session.fetch(sql, *parameters.values)
    return [JobRow(**decode(_TABLE, row, database.dialect)) for row in rows]


def finished(status: JobStatus, now: datetime, **changes: Any) -> dict[str, Any]:
    """The changes that end a job with that status."""
    return {"status": status, "finished_at": now, **changes}
