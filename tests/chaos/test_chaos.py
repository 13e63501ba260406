"""A little chaos with every run of the suite; `make chaos` makes more of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.chaos.market import market
from tests.chaos.processes import Cluster, cluster
from tests.chaos.receiver import NoReceiver, package_folder, receiving
from tests.chaos.rounds import Chaos
from tests.chaos.subscriber import follow_with_interruptions

pytestmark = pytest.mark.slow


@asynccontextmanager
async def running(*, workers: int) -> AsyncIterator[Cluster]:
    """A cluster, started in a thread, whose event loop is not the tests'."""
    made = cluster(replicas=2, workers=workers)
    entered = await asyncio.to_thread(made.__enter__)
    try:
        yield entered
    finally:
        await asyncio.to_thread(made.__exit__, None, None, None)


async def test_nothing_is_lost_when_processes_and_the_database_are_killed() -> None:
    try:
        await asyncio.to_thread(package_folder)
    except NoReceiver as reason:
        pytest.skip(str(reason))
    with receiving() as receiver:
        async with running(workers=1) as up, market(up, receiver) as made:
            under_load = Chaos(up, made, receiver, seed=1)
            for number, fault in enumerate(("crash postgres", "kill all"), start=1):
                found = await under_load.round(number, fault)
                assert found.acknowledged > 20
                assert found.events > 100


async def test_a_subscriber_that_keeps_losing_its_connection_sees_each_event_once_in_order() -> None:
    async with running(workers=0) as up, market(up) as made:
        events, fruitful = await follow_with_interruptions(made, after=made.before[-1], disconnects=40, seed=2)
    assert events > 200
    assert fruitful > 15
