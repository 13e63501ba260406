"""Jobs as rows: made with the use case, at most one unfinished per key, claimed by one worker."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from typing import Any

import pytest

from app import bootstrap, settings
from app.bootstrap import Application
from app.db import jobs as stored
from app.db.aggregates import JOBS
from app.db.job_rows import JobRow
from app.domain.errors import LimitExceeded
from app.domain.jobs import JobStatus
from app.domain.scope import Mode, Scope, system_scope
from app.services import jobs, keys
from app.services.jobs import JobKind, JobRun
from app.services.once import Work, run
from tests.conftest import Clock


async def nothing(job: JobRun) -> Mapping[str, Any] | None:
    return None


@pytest.fixture
async def app(database_url: str, clock: Clock) -> AsyncIterator[Application]:
    chosen = settings.load({"INVOICING_DATABASE_URL": database_url})
    kinds = [JobKind(name="test.count", handler=nothing)]
    async with bootstrap.application(chosen, clock=clock, kinds=kinds) as opened:
        yield opened


@pytest.fixture
async def scope(app: Application) -> Scope:
    account = await keys.create_account(app.services, "Test marketplace")
    return system_scope(account.sandbox.id, Mode.SANDBOX, "test")


async def make(app: Application, scope: Scope, **given: Any) -> JobRow:
    async def body(work: Work) -> JobRow:
        return await jobs.enqueue(work, "test.count", entity_id=None, input={"n": 1}, **given)

    made: JobRow = await run(app.services, scope, body)
    return made


async def test_a_job_is_made_with_its_transaction(app: Application, scope: Scope, clock: Clock) -> None:
    # given a use case that fails after it made a job
    async def failing(work: Work) -> None:
        await jobs.enqueue(work, "test.count", entity_id=None, input={"n": 1})
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await run(app.services, scope, failing)

    # when another one succeeds
    row = await make(app, scope, max_attempts=3)

    # then there is its job only, in the table and for the workers
    async with app.database.read(scope) as session:
        assert await JOBS.list(scope, session, limit=10) == [row]
    assert (row.status, row.attempts, row.max_attempts, row.run_at) == (JobStatus.QUEUED, 0, 3, clock.now)
    entries = [("test.count", row.id)]
    if app.database.dialect == "postgres":
        async with app.database.read(scope) as session:
            found = await session.fetch("SELECT entrypoint, dedupe_key FROM invoicing_queue.pgqueuer")
        assert [tuple(entry.values()) for entry in found] == entries
    else:
        await app.services.jobs.ring(app.database)
        queued = app.services.jobs.memory._jobs.values()
        assert [(entry["entrypoint"], (entry["payload"] or b"").decode().split()[1]) for entry in queued] == entries


async def test_an_unfinished_job_with_a_key_is_the_only_one(app: Application, scope: Scope, clock: Clock) -> None:
    # given a job with a key
    first = await make(app, scope, unique="finalize:inv_1:1")

    # when the same is asked for again, then it is that job
    assert await make(app, scope, unique="finalize:inv_1:1") == first

    # when it has ended, then there can be another
    async with app.database.transaction(scope) as session:
        await JOBS.change(scope, session, first.id, stored.finished(JobStatus.SUCCEEDED, clock.now))
    second = await make(app, scope, unique="finalize:inv_1:1")
    assert second.id != first.id


async def test_an_unknown_kind_or_a_large_input_is_refused(app: Application, scope: Scope) -> None:
    async def unknown(work: Work) -> None:
        await jobs.enqueue(work, "test.absent", entity_id=None, input={})

    async def large(work: Work) -> None:
        await jobs.enqueue(work, "test.count", entity_id=None, input={"text": "x" * 65_536})

    with pytest.raises(ValueError, match=r"'test\.absent' is no kind of job"):
        await run(app.services, scope, unknown)
    with pytest.raises(LimitExceeded, match="65536 bytes"):
        await run(app.services, scope, large)


async def test_one_worker_has_a_job_until_its_lease_ends(app: Application, scope: Scope, clock: Clock) -> None:
    # given a job due in a minute
    row = await make(app, scope, run_at=clock.now + timedelta(minutes=1))

    async def claim(token: str) -> JobRow | None:
        async with app.database.transaction(scope) as session:
            until = clock.now + timedelta(seconds=30)
            return await stored.claim(scope, session, row.id, now=clock.now, lease_until=until, token=token)

    # then nobody gets it before
    assert await claim("one") is None

    # when it is due, one gets it and no other
    clock.advance(minutes=1)
    claimed = await claim("one")
    assert claimed is not None
    assert (claimed.status, claimed.attempts, claimed.lease_token) == (JobStatus.RUNNING, 1, "one")
    assert await claim("two") is None

    # when the first is not heard of, the second gets it, and what the first says no longer counts
    clock.advance(seconds=30)
    taken = await claim("two")
    assert taken is not None
    assert (taken.attempts, taken.lease_token) == (2, "two")
    async with app.database.transaction(scope) as session:
        changes = stored.finished(JobStatus.SUCCEEDED, clock.now)
        assert await stored.settle(scope, session, row.id, token="one", changes=changes) is False
        assert await stored.renew(scope, session, row.id, token="one", lease_until=clock.now) is None
        assert await stored.settle(scope, session, row.id, token="two", changes=changes) is True


async def test_the_sweep_finds_what_the_queue_lacks(app: Application, scope: Scope, clock: Clock) -> None:
    # given a job, and one whose entry is gone
    row, lost = await make(app, scope), await make(app, scope)
    later = await make(app, scope, run_at=clock.now + timedelta(hours=1))
    if app.database.dialect == "postgres":
        async with app.database.transaction(scope) as session:
            await session.execute("DELETE FROM invoicing_queue.pgqueuer WHERE dedupe_key = $1", lost.id)

    # when it is looked for
    found = [entry.job_id for entry in await stored.unqueued(app.database, clock.now)]

    # then the lost one is found; the embedded queue, which is gone with its process, gets all that is due
    assert found == ([lost.id] if app.database.dialect == "postgres" else [row.id, lost.id])
    assert later.id not in found


async def test_whoever_runs_the_installation_sees_the_jobs_of_all_platforms(app: Application, scope: Scope) -> None:
    # given a job of each of two accounts
    other = await keys.create_account(app.services, "Another marketplace")
    there = system_scope(other.live.id, Mode.LIVE, "test")
    first, second = await make(app, scope), await make(app, there)

    # then both are found, the newest first, and neither platform finds the other's
    assert await stored.of_all_platforms(app.database, limit=10) == [second, first]
    assert await stored.of_all_platforms(app.database, statuses=[JobStatus.FAILED], limit=10) == []
    assert await stored.of_all_platforms(app.database, kind="test.other", limit=10) == []
    assert await stored.find(app.database, first.id) == first
    async with app.database.read(there) as session:
        assert await JOBS.list(there, session, limit=10) == [second]
