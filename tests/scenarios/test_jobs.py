"""Jobs run by a worker in this process, on each database: they end, are tried again, cancelled, given back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from app import bootstrap, settings
from app.bootstrap import Application
from app.db.aggregates import EVENTS, JOBS
from app.db.job_rows import JobRow
from app.db.where import Eq
from app.domain.errors import InvalidInput, InvalidState, NotFound, Unavailable
from app.domain.events import JobFailed
from app.domain.jobs import JobStatus
from app.domain.scope import ALL_PERMISSIONS, Mode, Scope, system_scope
from app.services import jobs, keys
from app.services.job_runner import JobRunner
from app.services.jobs import JobKind, JobLost, JobRun, NewJob, Retryable
from app.services.keys import NewAccount
from app.services.once import Work
from app.services.once import run as transact
from tests import factories
from tests.factories import Client

NOW = (timedelta(milliseconds=10),)


class Handlers:
    """What the jobs of a test do, and what is seen of them."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, int]] = []
        self.started = asyncio.Event()
        self.free = asyncio.Event()
        self.under_way = self.most = 0

    async def double(self, run: JobRun) -> Mapping[str, Any]:
        self.seen.append((run.job.id, run.job.attempts))
        await run.progress(0.5, "half")
        return {"double": run.job.input["n"] * 2}

    async def flaky(self, run: JobRun) -> None:
        """Fails in each way that is worth another attempt, then succeeds."""
        self.seen.append((run.job.id, run.job.attempts))
        match run.job.attempts:
            case 1:
                raise Retryable("the bank is closed", after=timedelta(milliseconds=20))
            case 2:
                raise Unavailable("the database is away")
            case 3:
                raise ZeroDivisionError("secret: hunter2")

    async def wrong(self, run: JobRun) -> None:
        raise InvalidInput("is no colour", field=("colour",))

    async def broken(self, run: JobRun) -> None:
        raise ZeroDivisionError("secret: hunter2")

    async def unspeakable(self, run: JobRun) -> Mapping[str, Any]:
        return {"handler": self}

    async def endless(self, run: JobRun) -> None:
        await asyncio.sleep(3600)

    async def patient(self, run: JobRun) -> None:
        self.seen.append((run.job.id, run.job.attempts))
        self.started.set()
        try:
            await asyncio.sleep(2.2)
        except asyncio.CancelledError:
            self.seen.append(("stopped", run.job.attempts))
            raise

    async def stepwise(self, run: JobRun) -> None:
        self.seen.append((run.job.id, run.job.attempts))
        self.started.set()
        while not self.free.is_set():
            await asyncio.sleep(0.01)
            await run.progress(1)

    async def late(self, run: JobRun) -> None:
        """Comes to its end when another worker has the job."""
        self.started.set()
        await self.free.wait()

        async def body(work: Work) -> None:
            work.emit(JobFailed(id="job_x", entity_id=None, kind="x", attempts=1, error="x"), None)
            await run.complete(work, {"late": True})

        try:
            await transact(run.ctx, run.scope, body)
        except JobLost:
            self.seen.append(("lost", run.job.attempts))
            raise

    async def looking(self, run: JobRun) -> Mapping[str, Any]:
        return {"platform": run.scope.platform_id, "entity": run.scope.entity_id, "actor": run.scope.actor}

    async def alone(self, run: JobRun) -> None:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await asyncio.sleep(0.02)
        self.under_way -= 1

    def kinds(self) -> list[JobKind]:
        return [
            JobKind(name="double", handler=self.double),
            JobKind(name="flaky", handler=self.flaky, retry=NOW),
            JobKind(name="wrong", handler=self.wrong),
            JobKind(name="broken", handler=self.broken, retry=NOW),
            JobKind(name="unspeakable", handler=self.unspeakable, retry=NOW),
            JobKind(name="endless", handler=self.endless, retry=NOW, time_limit=timedelta(milliseconds=100)),
            JobKind(name="stepwise", handler=self.stepwise),
            JobKind(name="stubborn", handler=self.endless),
            JobKind(name="patient", handler=self.patient),
            JobKind(name="late", handler=self.late),
            JobKind(name="looking", handler=self.looking),
            JobKind(name="alone", handler=self.alone, concurrency=1),
            JobKind(name="crowded", handler=self.alone),
        ]


@pytest.fixture
def handlers() -> Handlers:
    return Handlers()


@pytest.fixture
async def app(database_url: str, handlers: Handlers) -> AsyncIterator[Application]:
    chosen = settings.load({"INVOICING_DATABASE_URL": database_url, "INVOICING_JOB_GRACE_S": "1"})
    async with bootstrap.application(chosen, kinds=handlers.kinds(), schedules=()) as opened:
        yield opened


@pytest.fixture
async def account(app: Application) -> NewAccount:
    return await keys.create_account(app.services, "Test marketplace")


@pytest.fixture
async def scope(app: Application, account: NewAccount) -> Scope:
    return system_scope(account.sandbox.id, Mode.SANDBOX, "test", ALL_PERMISSIONS)


@asynccontextmanager
async def working(app: Application) -> AsyncIterator[None]:
    async with bootstrap.background(app, worker=True):
        yield


async def make(app: Application, scope: Scope, kind: str, **given: Any) -> JobRow:
    async def body(work: Work) -> JobRow:
        return await jobs.enqueue(work, kind, entity_id=None, **{"input": {}, **given})

    made: JobRow = await transact(app.services, scope, body)
    return made


async def read(app: Application, scope: Scope, job: JobRow) -> JobRow:
    async with app.database.read(scope) as session:
        row = await JOBS.get(scope, session, job.id)
    assert row is not None
    return row


async def until(check: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(10):
        while not await check():  # noqa: ASYNC110  # the database has no event for it
            await asyncio.sleep(0.01)


async def ended(app: Application, scope: Scope, job: JobRow) -> JobRow:
    async def is_over() -> bool:
        return (await read(app, scope, job)).finished_at is not None

    await until(is_over)
    return await read(app, scope, job)


async def events(app: Application, scope: Scope, kind: str) -> list[str]:
    async with app.database.read(scope) as session:
        return [row.payload for row in await EVENTS.list(scope, session, Eq("type", kind), limit=100)]


async def test_a_job_runs_and_leaves_its_result(app: Application, scope: Scope, handlers: Handlers) -> None:
    async with working(app):
        # when a job is made beside a running worker
        job = await make(app, scope, "double", input={"n": 21})
        row = await ended(app, scope, job)

    # then it ran once and tells what came of it
    assert handlers.seen == [(job.id, 1)]
    assert (row.status, row.result, row.message) == (JobStatus.SUCCEEDED, {"double": 42}, "half")
    assert row.progress == 1
    assert (row.attempts, row.error, row.lease_token) == (1, None, None)


async def test_a_job_made_while_no_worker_ran_is_found(app: Application, scope: Scope) -> None:
    # given a job whose process told nobody of it
    job = await make(app, scope, "double", input={"n": 1})
    app.services.jobs._committed.clear()

    # when a worker starts, then it runs
    async with working(app):
        assert (await ended(app, scope, job)).status is JobStatus.SUCCEEDED


async def test_what_may_succeed_later_is_tried_again(app: Application, scope: Scope, handlers: Handlers) -> None:
    async with working(app):
        job = await make(app, scope, "flaky")
        row = await ended(app, scope, job)
    assert handlers.seen == [(job.id, 1), (job.id, 2), (job.id, 3), (job.id, 4)]
    assert (row.status, row.attempts, row.error) == (JobStatus.SUCCEEDED, 4, None)
    assert await events(app, scope, "job.failed") == []


async def test_what_no_repetition_mends_fails_at_once(app: Application, scope: Scope) -> None:
    async with working(app):
        job = await make(app, scope, "wrong")
        row = await ended(app, scope, job)
    assert (row.status, row.attempts, row.error) == (JobStatus.FAILED, 1, "colour: is no colour")
    assert await events(app, scope, "job.failed") == [
        f'{{"attempts":1,"entityId":null,"error":"colour: is no colour","id":"{job.id}","kind":"wrong"}}'
    ]


@pytest.mark.parametrize("kind", ["broken", "unspeakable"])
async def test_a_bug_becomes_a_dead_letter_that_tells_nothing_of_it(app: Application, scope: Scope, kind: str) -> None:
    # given a handler with a bug
    async with working(app):
        job = await make(app, scope, kind, max_attempts=3)
        row = await ended(app, scope, job)

        # then it is given up after its attempts, without what the log alone should know
        assert (row.status, row.attempts) == (JobStatus.FAILED, 3)
        assert row.error is not None
        assert row.error.startswith("internal error, reference ")
        assert len(await events(app, scope, "job.failed")) == 1

        # when it is asked for again, then it has all its attempts before it
        assert (await jobs.retry(app.services, scope, job.id, key=None)).attempts == 0
        row = await ended(app, scope, job)
        assert (row.status, row.attempts) == (JobStatus.FAILED, 3)


@pytest.mark.parametrize(("kind", "most"), [("alone", 1), ("crowded", 16)])
async def test_a_kind_can_be_limited_to_some_at_once(
    app: Application, scope: Scope, handlers: Handlers, kind: str, most: int
) -> None:
    # given many jobs at once
    async def body(work: Work) -> list[JobRow]:
        return await jobs.enqueue_many(work, [NewJob(kind=kind, entity_id=None, input={})] * 16)

    made: list[JobRow] = await transact(app.services, scope, body)

    # then as many run beside one another as the kind and the worker allow
    async with working(app):
        for job in made:
            await ended(app, scope, job)
    assert handlers.most <= most
    assert (handlers.most == 1) == (kind == "alone")


async def test_an_attempt_has_a_time_limit(app: Application, scope: Scope) -> None:
    async with working(app):
        job = await make(app, scope, "endless", max_attempts=2)
        row = await ended(app, scope, job)
    assert (row.status, row.attempts, row.error) == (JobStatus.FAILED, 2, "took longer than 0:00:00.100000")


async def test_a_running_job_is_cancelled_at_the_end_of_its_step(
    app: Application, scope: Scope, handlers: Handlers
) -> None:
    async with working(app):
        job = await make(app, scope, "stepwise")
        await asyncio.wait_for(handlers.started.wait(), 5)
        asked = await jobs.cancel(app.services, scope, job.id, key=None)
        assert (asked.status, asked.cancel_requested) == (JobStatus.RUNNING, True)
        row = await ended(app, scope, job)
    assert (row.status, row.error) == (JobStatus.CANCELLED, None)


async def test_a_waiting_job_is_cancelled_at_once_and_can_be_run_again(
    app: Application, scope: Scope, handlers: Handlers
) -> None:
    # given a cancelled job
    job = await make(app, scope, "double", input={"n": 1})
    assert (await jobs.cancel(app.services, scope, job.id, key=None)).status is JobStatus.CANCELLED

    # when a worker comes, then it does not run
    async with working(app):
        other = await make(app, scope, "double", input={"n": 2})
        await ended(app, scope, other)
        assert handlers.seen == [(other.id, 1)]

        # when it is asked for again, then it does
        await jobs.retry(app.services, scope, job.id, key=None)
        assert (await ended(app, scope, job)).result == {"double": 2}
        with pytest.raises(InvalidState, match="SUCCEEDED"):
            await jobs.retry(app.services, scope, job.id, key=None)
        with pytest.raises(InvalidState, match="SUCCEEDED"):
            await jobs.cancel(app.services, scope, job.id, key=None)
    with pytest.raises(NotFound):
        await jobs.cancel(app.services, scope, "job_01h455vb4pex5vsknk084sn02q", key=None)


async def test_a_job_sees_its_seller_only(app: Application, scope: Scope, account: NewAccount) -> None:
    # given a job of the platform, and one of a seller
    client = Client(app, account.sandbox_secret)
    seller = await factories.entity(client)
    await client.http.aclose()
    whole = await make(app, scope, "looking")

    async def body(work: Work) -> JobRow:
        return await jobs.enqueue(work, "looking", entity_id=seller, input={})

    own: JobRow = await transact(app.services, scope, body)

    # when they run, then each is under the scope of whose it is
    async with working(app):
        for job, entity in ((whole, None), (own, seller)):
            assert (await ended(app, scope, job)).result == {
                "platform": scope.platform_id,
                "entity": entity,
                "actor": "system:job:looking",
            }


async def test_a_worker_that_lost_a_job_changes_nothing_more(
    app: Application, scope: Scope, handlers: Handlers
) -> None:
    # given a worker that was not heard of for so long that another has its job
    async with working(app):
        job = await make(app, scope, "late")
        await asyncio.wait_for(handlers.started.wait(), 5)
        async with app.database.transaction(scope) as session:
            await JOBS.change(scope, session, job.id, {"lease_token": "another"})

        # when it comes to its end
        handlers.free.set()

        async def is_told() -> bool:
            return handlers.seen == [("lost", 1)]

        await until(is_told)

    # then neither the job's end nor what was to be done with it is there
    row = await read(app, scope, job)
    assert (row.status, row.lease_token, row.result) == (JobStatus.RUNNING, "another", None)
    assert await events(app, scope, "job.failed") == []


@asynccontextmanager
async def quick_to_give_up(app: Application, handlers: Handlers) -> AsyncIterator[None]:
    """Two workers who believe each other dead after a second."""
    lease, grace = timedelta(seconds=1), timedelta(seconds=1)
    runners = [
        JobRunner(app.services, handlers.kinds(), concurrency=2, lease=lease, grace=grace).run() for _ in range(2)
    ]
    tasks = [asyncio.create_task(work) for work in (*runners, app.services.jobs.run(app.database))]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def test_a_worker_keeps_what_it_is_at(app: Application, scope: Scope, handlers: Handlers) -> None:
    # given a job that takes longer than two leases
    async with quick_to_give_up(app, handlers):
        job = await make(app, scope, "patient")
        row = await ended(app, scope, job)

    # then it was begun once
    assert (row.status, row.attempts) == (JobStatus.SUCCEEDED, 1)
    assert handlers.seen == [(job.id, 1)]


async def test_a_handler_whose_job_is_anothers_is_stopped(app: Application, scope: Scope, handlers: Handlers) -> None:
    # given a job that goes to another worker while its handler runs
    async with quick_to_give_up(app, handlers):
        job = await make(app, scope, "patient")
        await asyncio.wait_for(handlers.started.wait(), 5)
        async with app.database.transaction(scope) as session:
            later = job.created_at + timedelta(hours=1)
            await JOBS.change(scope, session, job.id, {"lease_token": "another", "lease_until": later})

        async def is_stopped() -> bool:
            return ("stopped", 1) in handlers.seen

        # then the handler is stopped, and the job is left to the other
        await until(is_stopped)
    row = await read(app, scope, job)
    assert (row.status, row.lease_token, row.attempts) == (JobStatus.RUNNING, "another", 1)


async def test_a_job_that_kills_its_workers_becomes_a_dead_letter(
    app: Application, scope: Scope, handlers: Handlers
) -> None:
    # given a job whose worker died in its last attempt
    job = await make(app, scope, "double", input={"n": 1}, max_attempts=3)
    async with app.database.transaction(scope) as session:
        died = {"status": JobStatus.RUNNING, "attempts": 3, "lease_token": "dead", "lease_until": job.created_at}
        await JOBS.change(scope, session, job.id, died)

    # when another worker finds it, then it is not begun again
    async with working(app):
        row = await ended(app, scope, job)
    assert (row.status, row.error) == (JobStatus.FAILED, "the workers that ran it died or were stopped")
    assert handlers.seen == []
    assert len(await events(app, scope, "job.failed")) == 1


async def test_a_worker_that_stops_gives_back_what_it_holds(app: Application, scope: Scope, handlers: Handlers) -> None:
    # given a job in the middle of its steps, and one that has none
    async with working(app):
        job = await make(app, scope, "stepwise")
        stubborn = await make(app, scope, "stubborn")
        await asyncio.wait_for(handlers.started.wait(), 5)

        async def both_run() -> bool:
            return (await read(app, scope, stubborn)).status is JobStatus.RUNNING

        await until(both_run)

    # when the worker has stopped, then both wait for another, as if this one had not had them
    for waiting in (await read(app, scope, job), await read(app, scope, stubborn)):
        assert (waiting.status, waiting.attempts, waiting.lease_token) == (JobStatus.QUEUED, 0, None)

    # when another one starts, then the job is run from its beginning
    handlers.free.set()
    async with working(app):
        assert (await ended(app, scope, job)).status is JobStatus.SUCCEEDED
        assert handlers.seen == [(job.id, 1), (job.id, 1)]
