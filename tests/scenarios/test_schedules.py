"""What is done by the clock: once whatever the number of workers, caught up with once, taken over from the dead."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from app import bootstrap, settings
from app.bootstrap import Application
from app.db import schedules
from app.domain.jobs import JobStatus
from app.domain.scope import Scope
from app.services import keys
from app.services.context import ServiceContext
from app.services.scheduler import LEASE, Cron, Every, Schedule, Scheduler
from app.services.schedules import SCHEDULES
from tests import factories
from tests.conftest import Clock
from tests.factories import Client


class Counted:
    """Scheduled work that has two chunks on every platform each time."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, int]] = []
        self.failing: set[str] = set()

    async def work(self, ctx: ServiceContext, scope: Scope) -> int:
        if scope.platform_id in self.failing:
            raise ZeroDivisionError
        chunk = 2 - len([call for call in self.calls if call[0] == scope.platform_id]) % 3
        self.calls.append((scope.platform_id, chunk))
        await asyncio.sleep(0.01)
        return chunk


@pytest.fixture
def counted() -> Counted:
    return Counted()


@pytest.fixture
def every_hour(counted: Counted) -> Schedule:
    return Schedule(name="test.count", when=Every(timedelta(hours=1)), work=counted.work)


@pytest.fixture
async def platforms(app_on: Application) -> list[str]:
    account = await keys.create_account(app_on.services, "Test marketplace")
    return sorted([account.live.id, account.sandbox.id])


async def test_a_run_is_done_once_by_many_workers(
    app_on: Application, platforms: list[str], counted: Counted, every_hour: Schedule
) -> None:
    # given many workers, on connections of their own
    workers = [Scheduler(app_on.services, [every_hour]) for _ in range(8)]

    # when all look at the same time, twice
    for _ in range(2):
        ran = await asyncio.gather(*[worker.run_due() for worker in workers])

    # then one of them ran it, on every platform, until nothing was left there
    assert counted.calls == [(platform, chunk) for platform in platforms for chunk in (2, 1, 0)]
    assert ran == [[]] * 8


async def test_workers_of_two_processes_share_the_runs(
    app_on: Application, platforms: list[str], counted: Counted, every_hour: Schedule, clock: Clock
) -> None:
    # given another process on the same database
    async with bootstrap.application(app_on.settings, clock=clock) as other:
        workers = [Scheduler(app.services, [every_hour]) for app in (app_on, other, app_on, other)]

        # when a day goes by in hours
        runs = 0
        for _ in range(24):
            ran = await asyncio.gather(*[worker.run_due() for worker in workers])
            runs += sum(len(names) for names in ran)
            clock.advance(hours=1)

    # then there were as many runs, however many looked
    assert runs == 24
    assert len(counted.calls) == 24 * len(platforms) * 3


async def test_missed_runs_are_caught_up_with_once(
    app_on: Application, platforms: list[str], counted: Counted, every_hour: Schedule, clock: Clock
) -> None:
    # given a schedule that was run
    worker = Scheduler(app_on.services, [every_hour])
    assert await worker.run_due() == ["test.count"]

    # when no worker was there for ten days
    clock.advance(days=10)

    # then one run makes up for it, and the next is an hour later
    assert await worker.run_due() == ["test.count"]
    assert await worker.run_due() == []
    clock.advance(minutes=59)
    assert await worker.run_due() == []
    clock.advance(minutes=1)
    assert await worker.run_due() == ["test.count"]


async def test_a_dead_workers_run_is_taken_over(
    app_on: Application, platforms: list[str], counted: Counted, every_hour: Schedule, clock: Clock
) -> None:
    # given a run whose worker died in it
    worker = Scheduler(app_on.services, [every_hour])
    await schedules.add(app_on.database, "test.count", clock.now)
    until = clock.now + LEASE
    assert await schedules.claim(app_on.database, "test.count", token="dead", now=clock.now, lease_until=until)

    # then it is left alone as long as its worker may live, and then begun anew
    assert await worker.run_due() == []
    clock.advance(seconds=LEASE.total_seconds())
    assert await worker.run_due() == ["test.count"]
    assert len(counted.calls) == len(platforms) * 3

    # and the dead one, were it to come back, could change nothing
    changes = {"last_error": "from the grave"}
    assert await schedules.change(app_on.database, "test.count", token="dead", changes=changes) is False


async def test_a_worker_that_is_stopped_gives_its_run_back(
    app_on: Application, platforms: list[str], counted: Counted, every_hour: Schedule
) -> None:
    # given a worker in the middle of a run
    task = asyncio.create_task(Scheduler(app_on.services, [every_hour]).run())
    async with asyncio.timeout(5):
        while not counted.calls:  # noqa: ASYNC110  # the work itself is what is waited for
            await asyncio.sleep(0.001)

    # when it is stopped
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    # then the next one need not wait
    assert await Scheduler(app_on.services, [every_hour]).run_due() == ["test.count"]


async def test_one_platforms_trouble_is_not_the_others(
    app_on: Application, platforms: list[str], counted: Counted, every_hour: Schedule, clock: Clock
) -> None:
    # given a platform where the work fails
    counted.failing = {platforms[0]}

    # when it is run, then the other one had its turn, and it is told that something failed
    assert await Scheduler(app_on.services, [every_hour]).run_due() == ["test.count"]
    assert counted.calls == [(platforms[1], chunk) for chunk in (2, 1, 0)]
    (row,) = [row for row in await schedules.all_of(app_on.database) if row.name == "test.count"]
    assert (row.last_error, row.next_at) == (f"{platforms[0]}: ZeroDivisionError", clock.now + timedelta(hours=1))


def test_cron_expressions_are_read_in_utc() -> None:
    nightly = Cron("30 3 * * *")
    assert nightly.first(datetime(2026, 3, 28, 3, 30, tzinfo=UTC)) == datetime(2026, 3, 29, 3, 30, tzinfo=UTC)
    assert nightly.after(datetime(2026, 3, 29, 3, 29, tzinfo=UTC)) == datetime(2026, 3, 29, 3, 30, tzinfo=UTC)


async def test_the_products_schedules_run_on_an_empty_installation(app_on: Application) -> None:
    assert len({schedule.name for schedule in SCHEDULES}) == len(SCHEDULES)
    assert await app_on.scheduler.run_due() == sorted(schedule.name for schedule in SCHEDULES)


async def test_old_keys_and_jobs_are_forgotten(database_url: str, clock: Clock) -> None:
    # given jobs that ended long ago, lately, or not at all
    chosen = settings.load({"INVOICING_DATABASE_URL": database_url, "INVOICING_JOB_DAYS": "10"})
    async with bootstrap.application(chosen, clock=clock) as app:
        client = Client(app, (await keys.create_account(app.services, "Test marketplace")).sandbox_secret)
        await factories.entity(client, idempotencyKey="old")
        old = await factories.job(client, status=JobStatus.FAILED, finished_at=clock.now)
        waiting = await factories.job(client)
        clock.advance(days=10)
        young = await factories.job(client, status=JobStatus.SUCCEEDED, finished_at=clock.now)

        # when the time of the first is over
        clock.advance(seconds=1)
        await app.scheduler.run_due()

        # then it is gone, and so is the key, under which another seller can be made
        data = await client.ask("{ jobs { nodes { id } } }")
        assert old.id not in [node["id"] for node in data["jobs"]["nodes"]]
        assert [node["id"] for node in data["jobs"]["nodes"]] == [young.id, waiting.id]
        await factories.entity(client, idempotencyKey="old")
        assert (await client.ask("{ entities { totalCount } }"))["entities"]["totalCount"] == 2
        await client.http.aclose()
