"""Two worker processes share jobs on PostgreSQL; one is killed, and then each job has been done once."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from app import bootstrap, settings
from app.domain.scope import Mode, Scope, system_scope
from app.services import jobs, keys
from app.services.context import ServiceContext
from app.services.jobs import NewJob
from app.services.once import Work, run
from tests import forking
from tests.forking import Forked
from tests.scenarios.counting_worker import KINDS

JOBS = 2_000
LEASE_S = 3
# Jobs that one worker has under way at once.
HANDS = 8


@pytest.fixture
async def database(postgres_url: str) -> AsyncIterator[Any]:
    """The owner's connection, past row-level security, with a table for what the jobs do."""
    connection = await asyncpg.connect(postgres_url)
    await connection.execute("CREATE TABLE counted (job_id text, worker int); GRANT INSERT ON counted TO invoicing_app")
    yield connection
    await connection.close()


def start(said: Path, url: str, **environment: str) -> Forked:
    environment = {
        **os.environ,
        **environment,
        "INVOICING_DATABASE_URL": url,
        "INVOICING_JOB_LEASE_S": str(LEASE_S),
        "INVOICING_JOB_CONCURRENCY": str(HANDS),
        "INVOICING_LOG_LEVEL": "WARNING",
    }
    return forking.start("tests.scenarios.counting_worker", environment=environment, said=said)


async def make(ctx: ServiceContext, scope: Scope, count: int) -> None:
    async def body(work: Work) -> None:
        wanted = NewJob(kind="test.count", entity_id=None, input={})
        await jobs.enqueue_many(work, [wanted] * 500)

    for _ in range(count // 500):
        await run(ctx, scope, body)


async def until(database: Any, sql: str, wanted: Sequence[Any], timeout_s: float) -> None:
    async with asyncio.timeout(timeout_s):
        while tuple(await database.fetchrow(sql)) < tuple(wanted):  # noqa: ASYNC110  # other processes' work
            await asyncio.sleep(0.05)


def kill(worker: Forked) -> None:
    with suppress(ProcessLookupError):
        os.kill(worker.pid, signal.SIGKILL)
    worker.wait(10)


async def test_two_workers_share_jobs_and_one_is_killed(postgres_url: str, database: Any, tmp_path: Path) -> None:
    # given many jobs of two platforms
    async with bootstrap.application(settings.load({"INVOICING_DATABASE_URL": postgres_url}), kinds=KINDS) as app:
        account = await keys.create_account(app.services, "Test marketplace")
        for platform, mode in ((account.live, Mode.LIVE), (account.sandbox, Mode.SANDBOX)):
            await make(app.services, system_scope(platform.id, mode, "test"), JOBS // 2)

    # when two workers share them, and one is killed with all its hands full
    said = tmp_path / "workers.log"
    workers = [start(said, postgres_url, STUCK_AFTER="100"), start(said, postgres_url)]
    try:
        await until(database, "SELECT count(*) FROM job WHERE message = 'stuck'", (HANDS,), 30)
        await until(database, "SELECT count(DISTINCT worker) FROM counted", (2,), 10)
        kill(workers[0])
        killed_at = time.monotonic()

        # then all are done within a bounded time, each once
        await until(database, "SELECT count(*) FROM job WHERE status = 'SUCCEEDED'", (JOBS,), 25)
        finished_s = time.monotonic() - killed_at
        os.kill(workers[1].pid, signal.SIGTERM)
        assert workers[1].wait(10) == 0
    finally:
        for worker in workers:
            kill(worker)
    done = await database.fetch("SELECT job_id, count(*) AS n FROM counted GROUP BY job_id")
    shares = dict(await database.fetch("SELECT worker, count(*) FROM counted GROUP BY worker"))
    attempts = dict(await database.fetch("SELECT attempts, count(*) FROM job GROUP BY attempts"))
    assert len(done) == JOBS
    assert {row["n"] for row in done} == {1}
    assert shares == {workers[0].pid: 100, workers[1].pid: JOBS - 100}
    # What the killed one held was begun anew by the other, and nothing else was.
    assert attempts == {1: JOBS - HANDS, 2: HANDS}
    assert await database.fetchval("SELECT count(*) FROM invoicing_queue.pgqueuer") == 0
    print(f"all done {finished_s:.1f} s after the kill")  # noqa: T201  # the figure is the point
