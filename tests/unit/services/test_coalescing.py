"""Requests collected into batches: turns, limits, cancelled callers, failures. No database is needed."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from app.domain.errors import Contention, InvalidInput, NotFound, Unavailable
from app.services import coalescing
from app.services.coalescing import BATCH, ENOUGH, WAITING, WAITING_PER_PARTY, Coalescer


class Runs:
    """Batches as they come; the first waits until it is let go, so that the others collect behind it."""

    def __init__(self, answer: Callable[[Any], Any] | None = None) -> None:
        self.batches: list[list[Any]] = []
        self.gate = asyncio.Event()
        self._answer = answer or (lambda item: f"did {item}")

    async def __call__(self, batch: Sequence[Any]) -> list[Any]:
        self.batches.append(list(batch))
        await self.gate.wait()
        return [self._answer(item) for item in batch]


async def started(coalescer: Coalescer, runs: Runs, *items: tuple[str, Any]) -> list[asyncio.Task[Any]]:
    """The first item on its way, the others, of the parties named, behind it."""
    tasks = []
    for party, item in [("first", "first"), *items]:
        tasks.append(asyncio.ensure_future(coalescer.submit("platform", party, item, runs)))
        await asyncio.sleep(0)
    return tasks


async def test_an_idle_item_goes_at_once_and_those_that_come_meanwhile_go_together() -> None:
    coalescer, runs = Coalescer(), Runs()
    tasks = await started(coalescer, runs, ("a", 1), ("a", 2), ("b", 3))
    assert runs.batches == [["first"]]

    runs.gate.set()

    assert await asyncio.gather(*tasks) == ["did first", "did 1", "did 2", "did 3"]
    # One of each party in turn, and round again.
    assert runs.batches == [["first"], [1, 3, 2]]


async def test_a_busy_party_does_not_keep_the_others_waiting() -> None:
    coalescer, runs = Coalescer(), Runs()
    busy = [("busy", n) for n in range(3 * BATCH)]
    tasks = await started(coalescer, runs, *busy, ("late", "late"))

    runs.gate.set()
    await asyncio.gather(*tasks)

    assert runs.batches[1][:2] == [0, "late"]
    assert [len(batch) for batch in runs.batches] == [1, BATCH, BATCH, BATCH, 1]


async def test_too_much_waiting_is_refused_and_may_be_repeated() -> None:
    coalescer, runs = Coalescer(), Runs()
    tasks = await started(coalescer, runs, *[("busy", n) for n in range(WAITING_PER_PARTY)])
    with pytest.raises(Unavailable, match="too many"):
        await coalescer.submit("platform", "busy", "one more", runs)
    # The others of its platform still may.
    rest = WAITING - WAITING_PER_PARTY
    tasks += [asyncio.ensure_future(coalescer.submit("platform", f"p{n}", n, runs)) for n in range(rest)]
    await asyncio.sleep(0)
    with pytest.raises(Unavailable, match="too many"):
        await coalescer.submit("another platform", "x", "x", runs)

    runs.gate.set()
    await asyncio.gather(*tasks)
    assert await coalescer.submit("platform", "busy", "again", runs) == "did again"


async def test_who_is_cancelled_while_waiting_takes_the_item_back_and_harms_no_other() -> None:
    coalescer, runs = Coalescer(), Runs()
    tasks = await started(coalescer, runs, ("a", 1), ("a", 2), ("b", 3))
    tasks[0].cancel()
    tasks[2].cancel()
    await asyncio.sleep(0)

    runs.gate.set()

    assert await asyncio.gather(*[tasks[1], tasks[3]]) == ["did 1", "did 3"]
    # The first was under way: its work stands. The other was taken back.
    assert runs.batches == [["first"], [1, 3]]


async def test_an_item_with_an_error_is_alone_in_it() -> None:
    coalescer = Coalescer()
    runs = Runs(lambda item: NotFound("no such thing") if item == 2 else item)
    tasks = await started(coalescer, runs, ("a", 1), ("a", 2), ("a", 3))
    runs.gate.set()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(result).__name__ for result in results] == ["str", "int", "NotFound", "int"]


async def test_a_batch_that_fails_is_halved_until_the_item_to_blame_is_alone() -> None:
    coalescer, runs = Coalescer(), Runs()
    sizes: list[int] = []

    async def poisoned(batch: Sequence[Any]) -> list[Any]:
        sizes.append(len(batch))
        if 5 in batch:
            raise InvalidInput("a trigger refused a row")
        return list(batch)

    first = asyncio.ensure_future(coalescer.submit("platform", "first", "first", runs))
    await asyncio.sleep(0)
    tasks = [asyncio.ensure_future(coalescer.submit("platform", "a", n, poisoned)) for n in range(8)]
    await asyncio.sleep(0)
    runs.gate.set()
    results = await asyncio.gather(*tasks, return_exceptions=True)

    assert await first == "did first"
    assert [n for n in range(8) if isinstance(results[n], InvalidInput)] == [5]
    assert [result for result in results if not isinstance(result, Exception)] == [0, 1, 2, 3, 4, 6, 7]
    assert sizes == [8, 4, 4, 2, 1, 1, 2]


@pytest.mark.parametrize("error", [Contention("a deadlock"), Unavailable("the connection was lost")])
async def test_a_lost_transaction_is_run_again_whole(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    monkeypatch.setattr(coalescing, "_PAUSE_S", 0.001)
    outcomes: list[Exception | None] = [error, error, None]

    async def unlucky(batch: Sequence[Any]) -> list[Any]:
        outcome = outcomes.pop(0)
        if outcome is not None:
            raise outcome
        return list(batch)

    assert await Coalescer().submit("platform", "a", 1, unlucky) == 1
    assert outcomes == []


async def test_a_database_that_stays_away_is_told_to_all_and_not_asked_for_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(coalescing, "_PAUSE_S", 0.001)
    coalescer, runs, asked = Coalescer(), Runs(), 0

    async def away(batch: Sequence[Any]) -> list[Any]:
        nonlocal asked
        asked += 1
        raise Unavailable("the database is away")

    first = asyncio.ensure_future(coalescer.submit("platform", "first", "first", runs))
    await asyncio.sleep(0)
    tasks = [asyncio.ensure_future(coalescer.submit("platform", "a", n, away)) for n in range(10)]
    await asyncio.sleep(0)
    runs.gate.set()
    results = await asyncio.gather(*tasks, return_exceptions=True)

    await first
    assert all(isinstance(result, Unavailable) for result in results)
    assert asked == 4


async def test_an_item_that_another_transaction_holds_waits_alone() -> None:
    coalescer, runs = Coalescer(), Runs()
    freed = asyncio.Event()

    async def run(batch: Sequence[Any]) -> list[Any]:
        if batch == ["held"]:
            await freed.wait()
            return ["had"]
        return [Contention("held") if item == "held" else item for item in batch]

    first = asyncio.ensure_future(coalescer.submit("platform", "first", "first", runs))
    await asyncio.sleep(0)
    held = asyncio.ensure_future(coalescer.submit("platform", "a", "held", run))
    other = asyncio.ensure_future(coalescer.submit("platform", "a", "other", run))
    await asyncio.sleep(0)
    runs.gate.set()

    await first
    assert await other == "other"
    assert await coalescer.submit("platform", "a", "later", run) == "later"
    assert not held.done()
    freed.set()
    assert await held == "had"


async def test_a_batch_does_not_run_in_the_context_of_a_request() -> None:
    transaction = contextvars.ContextVar[str]("transaction", default="none")
    transaction.set("the request's")

    async def run(batch: Sequence[Any]) -> list[Any]:
        return [transaction.get() for _ in batch]

    assert await Coalescer().submit("platform", "a", 1, run) == "none"


async def test_platforms_do_not_wait_for_one_another_up_to_a_limit() -> None:
    coalescer, runs = Coalescer(), Runs()
    tasks = [asyncio.ensure_future(coalescer.submit(f"platform {n}", "a", n, runs)) for n in range(6)]
    await asyncio.sleep(0.01)
    assert runs.batches == [[0], [1], [2], [3]]
    runs.gate.set()
    assert len(await asyncio.gather(*tasks)) == 6


async def test_a_queue_with_two_lanes_shares_what_waits_among_them_once_it_is_enough() -> None:
    coalescer, runs = Coalescer(), Runs()
    tasks = []
    for n in range(ENOUGH):
        tasks.append(asyncio.ensure_future(coalescer.submit("platform", "a", n, runs, lanes=2)))
        await asyncio.sleep(0.001)
    # All but the first wait, and are one too few for a lane of their own.
    assert [len(batch) for batch in runs.batches] == [1]
    for n in range(ENOUGH, 40):
        tasks.append(asyncio.ensure_future(coalescer.submit("platform", "a", n, runs, lanes=2)))
        await asyncio.sleep(0)
    assert [len(batch) for batch in runs.batches] == [1, ENOUGH]

    runs.gate.set()
    await asyncio.gather(*tasks)

    # All that came meanwhile goes with whoever is ready first.
    assert [len(batch) for batch in runs.batches] == [1, ENOUGH, 31]
    assert sorted(item for batch in runs.batches for item in batch) == list(range(40))


async def test_what_waits_for_an_idle_queue_is_halved_among_its_lanes() -> None:
    coalescer, runs = Coalescer(), Runs()
    tasks = [asyncio.ensure_future(coalescer.submit("platform", "a", n, runs, lanes=2)) for n in range(30)]
    await asyncio.sleep(0.01)
    runs.gate.set()
    await asyncio.gather(*tasks)
    assert [len(batch) for batch in runs.batches] == [15, 15]


async def test_the_last_item_of_a_queue_with_two_lanes_is_not_left_behind() -> None:
    coalescer, gates = Coalescer(), [asyncio.Event(), asyncio.Event()]
    batches: list[list[Any]] = []

    async def run(batch: Sequence[Any]) -> list[Any]:
        batches.append(list(batch))
        if len(batches) <= len(gates):
            await gates[len(batches) - 1].wait()
        return list(batch)

    tasks = []
    for n in range(1 + ENOUGH):
        tasks.append(asyncio.ensure_future(coalescer.submit("platform", "a", n, run, lanes=2)))
        await asyncio.sleep(0.001)
    late = asyncio.ensure_future(coalescer.submit("platform", "a", "late", run, lanes=2))
    await asyncio.sleep(0.01)
    gates[0].set()
    await asyncio.sleep(0.01)
    # One lane is done, but too little waits for two.
    assert not late.done()
    gates[1].set()
    assert await late == "late"
    await asyncio.gather(*tasks)
    assert [len(batch) for batch in batches] == [1, ENOUGH, 1]


async def test_draining_waits_for_what_is_under_way_and_for_what_waits() -> None:
    coalescer, runs = Coalescer(), Runs()
    tasks = await started(coalescer, runs, ("a", 1))
    draining = asyncio.ensure_future(coalescer.drain())
    await asyncio.sleep(0.01)
    assert not draining.done()
    runs.gate.set()
    await draining
    assert await asyncio.gather(*tasks) == ["did first", "did 1"]
    assert runs.batches == [["first"], [1]]


async def test_a_run_that_answers_for_too_few_is_an_error_of_each_and_hangs_none() -> None:
    async def forgetful(batch: Sequence[Any]) -> list[Any]:
        return []

    with pytest.raises(RuntimeError, match="1 items have 0 results"):
        await Coalescer().submit("platform", "a", 1, forgetful)
