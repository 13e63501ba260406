"""How much waits: events without a place in the log, deliveries and jobs that are due. For those who watch over it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.db.tables import TABLES, decode_value, encode
from app.db.transaction import Database, Registry, Session

# Counted no further than this: more is as alarming, and the question must stay cheap.
COUNTED: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """Figures over all platforms; an instant is that of the oldest one waiting, None when none waits."""

    log_position: int
    events_waiting: int
    oldest_event_at: datetime | None
    deliveries_due: int
    oldest_delivery_at: datetime | None
    jobs_due: int
    oldest_job_at: datetime | None


async def backlog(database: Database, now: datetime) -> Backlog:
    """What waits at this moment; in one read transaction. Raises Unavailable when the database is away."""
    async with database.read(Registry(worker=True)) as session:
        position = await session.fetch("SELECT coalesce(sum(last_event_seq), 0) AS n FROM platform")
        events = await session.fetch(
            "SELECT count(*) AS n, min(occurred_at) AS oldest FROM"
            f" (SELECT occurred_at FROM event WHERE seq IS NULL LIMIT {COUNTED}) waiting"
        )
        due = await session.fetch(
            "SELECT count(*) AS n, min(next_attempt_at) AS oldest FROM (SELECT next_attempt_at FROM webhook_delivery"
            f" WHERE status = 'PENDING' AND next_attempt_at <= $1 LIMIT {COUNTED}) waiting",
            encode(TABLES["webhook_delivery"].columns["next_attempt_at"], now, session.dialect),
        )
        jobs = await session.fetch(
            "SELECT count(*) AS n, min(run_at) AS oldest FROM (SELECT run_at FROM job"
            f" WHERE status = 'QUEUED' AND run_at <= $1 LIMIT {COUNTED}) waiting",
            encode(TABLES["job"].columns["run_at"], now, session.dialect),
        )
    return Backlog(
        log_position=int(position[0]["n"]),
        events_waiting=int(events[0]["n"]),
        oldest_event_at=_instant("event", "occurred_at", events[0]["oldest"], session),
        deliveries_due=int(due[0]["n"]),
        oldest_delivery_at=_instant("webhook_delivery", "next_attempt_at", due[0]["oldest"], session),
        jobs_due=int(jobs[0]["n"]),
        oldest_job_at=_instant("job", "run_at", jobs[0]["oldest"], session),
    )


async def applied_migrations(database: Database) -> list[str]:
    """The versions that are applied, as the application's own role sees them."""
    async with database.read(Registry()) as session:
        rows = await session.fetch("SELECT version FROM aerich ORDER BY id")
    return [str(row["version"]) for row in rows]


def _instant(table: str, column: str, value: object, session: Session) -> datetime | None:
    found: datetime | None = decode_value(TABLES[table].columns[column], value, session.dialect)
    return found
