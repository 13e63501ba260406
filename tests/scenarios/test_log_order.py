"""The log's order under several writing processes, killed ones too, and the proof that the checker would notice."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest

from app.bootstrap import Application
from app.db import event_log, event_numbers
from app.db.aggregates import CUSTOMERS, EVENTS
from app.db.event_log import NewEvent
from app.db.rows import EventRow
from app.db.where import Compare
from app.delivery.relay import Relay
from app.domain.errors import Unavailable
from app.domain.events import InvoiceFinalized, InvoicePaid
from app.domain.scope import Scope
from app.services import keys
from tests import factories, forking
from tests.factories import Client
from tests.forking import Forked
from tests.log_checker import Faults, LogChecker
from tests.scenarios.log_writer import invoice_event

T = TypeVar("T")
PROCESSES = 3
EACH = 120


@pytest.fixture
async def scope(client: Client) -> Scope:
    return (await keys.authenticate(client.app.services, f"Bearer {client.secret}")).scope


async def buyers_of(client: Client, scope: Scope, sellers: list[str]) -> list[str]:
    """Four buyers of each seller, with nothing bought yet."""
    found = [await factories.customer(client, seller) for seller in sellers for _ in range(4)]
    async with client.app.database.transaction(scope) as session:
        for buyer in found:
            await CUSTOMERS.change(scope, session, buyer, {"name": "1:"})
    return found


@dataclass(slots=True)
class Writer:
    """A writing process, and what it has been told is committed."""

    process: Forked
    acknowledged: set[tuple[str, str]]
    listening: asyncio.Task[None]

    @classmethod
    async def start(
        cls, url: str, scope: Scope, seed: int, buyers: list[str], count: int = EACH, *, pause_s: float = 0
    ) -> Writer:
        arguments = (url, scope.platform_id, str(seed), str(count), str(pause_s), *buyers)
        listened, said = forking.pipe()
        process = forking.start("tests.scenarios.log_writer", *arguments, environment=os.environ, said=said)
        said.close()
        lines = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), listened)
        acknowledged: set[tuple[str, str]] = set()

        async def listen() -> None:
            async for line in lines:
                if line.endswith(b"\n"):  # a killed process may leave half a line
                    kind, _, subject = line.decode().strip().partition(" ")
                    acknowledged.add((kind, subject))

        return cls(process, acknowledged, asyncio.create_task(listen()))

    async def kill_after(self, count: int) -> None:
        """Kills it when it has had so much acknowledged."""
        while len(self.acknowledged) < count:  # noqa: ASYNC110  # another process decides
            await asyncio.sleep(0.005)
        os.kill(self.process.pid, signal.SIGKILL)

    async def ended(self) -> int:
        await self.listening
        return await asyncio.to_thread(self.process.wait)


async def follow(app: Application, scope: Scope, checker: LogChecker) -> None:
    """Reads as a subscriber does."""
    stream = app.broker.subscribe(scope, after=None, types=(), entity_id=None)
    async with contextlib.aclosing(stream):  # type: ignore[type-var]  # it is a generator
        async for row in stream:
            checker.see(row)


async def poll(app: Application, scope: Scope, checker: LogChecker, start: int) -> None:
    """Reads as a webhook endpoint's cursor does."""
    while True:
        async with app.database.read(scope) as session:
            rows = await event_log.after(scope, session, start, limit=50)
        for row in rows:
            checker.see(row)
            start = row.seq or start
        await asyncio.sleep(0.003)


@contextlib.asynccontextmanager
async def readers(app: Application, scope: Scope, sellers: list[str]) -> AsyncIterator[dict[str | None, LogChecker]]:
    """Readers of the platform and of each seller, from now on."""
    checkers: dict[str | None, LogChecker] = {
        None: LogChecker(),
        **{seller: LogChecker(of_entity=True) for seller in sellers},
    }
    polled = checkers["polled"] = LogChecker()
    async with app.database.read(scope) as session:
        start = await event_log.last_seq(scope, session)
    tasks = [asyncio.create_task(poll(app, scope, polled, start))]
    for seller in [None, *sellers]:
        mine = scope if seller is None else scope.narrowed(seller)
        tasks.append(asyncio.create_task(follow(app, mine, checkers[seller])))
    await asyncio.sleep(0.3)
    yield checkers
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def committed(app: Application, scope: Scope, start: int) -> list[EventRow]:
    """What the database holds in the end, in the order of insertion."""
    async with app.database.read(scope) as session:
        where, order = Compare("position", ">", start), (("position", False),)
        return await EVENTS.list(scope, session, where, order=order, limit=100_000)


@pytest.mark.slow
async def test_readers_see_every_event_once_and_causes_first_while_processes_write_and_die(
    client: Client, database_url: str, scope: Scope
) -> None:
    """Given processes with a relay each, of which one is killed, then no reader sees a fault, and nothing acknowledged
    is missing.
    """
    app = client.app
    sellers = [await factories.entity(client) for _ in range(3)]
    buyers = await buyers_of(client, scope, sellers)
    await factories.settled(app)
    async with app.database.read(scope) as session:
        start = (await EVENTS.list(scope, session, order=(("position", True),), limit=1))[0].position
    async with readers(app, scope, sellers) as checkers:
        writers = [await Writer.start(database_url, scope, seed, buyers) for seed in range(PROCESSES)]
        await writers[0].kill_after(EACH // 3)
        assert [await writer.ended() for writer in writers] == [-signal.SIGKILL, 0, 0]
        await factories.settled(app)
        facts = await committed(app, scope, start)
        async with asyncio.timeout(10):
            # Three times: by the platform's two readers, and by the sellers' together.
            while sum(len(checker) for checker in checkers.values()) < len(facts) * 3:  # noqa: ASYNC110  # they only read
                await asyncio.sleep(0.02)
    everything = {(row.type, row.subject_id) for row in facts}
    for name in (None, "polled"):
        assert checkers[name].faults(everything) == Faults()
    for seller in sellers:
        mine = {(row.type, row.subject_id) for row in facts if row.entity_id == seller}
        assert checkers[seller].faults(mine) == Faults()
    acknowledged = set().union(*(writer.acknowledged for writer in writers))
    assert acknowledged <= everything
    if app.database.dialect == "postgres":
        # Commits did come out of order.
        assert [row.seq for row in facts] != sorted(row.seq or 0 for row in facts)
    # The other two wrote all of theirs but what was rolled back.
    assert len(everything) > EACH * 2


def facts_of(buyer: Any, invoice_id: str) -> tuple[NewEvent, NewEvent]:
    finalized = NewEvent(invoice_event(InvoiceFinalized, invoice_id, buyer), buyer.entity_id)
    return finalized, NewEvent(invoice_event(InvoicePaid, invoice_id, buyer), buyer.entity_id)


@pytest.fixture
async def buyer(postgres_client: Client) -> Any:
    seller = await factories.entity(postgres_client)
    row_id = await factories.customer(postgres_client, seller)
    await factories.settled(postgres_client.app)
    mine = (await keys.authenticate(postgres_client.app.services, f"Bearer {postgres_client.secret}")).scope
    async with postgres_client.app.database.read(mine) as session:
        return mine, await CUSTOMERS.get(mine, session, row_id)


async def test_the_checker_catches_a_reader_that_trusts_the_order_of_insertion(
    postgres_client: Client, buyer: Any
) -> None:
    """Given two transactions of which the first to insert is the last to commit, then `position > last` loses its
    event, and the log's own order does not.
    """
    app, (scope, row) = postgres_client.app, buyer
    naive, right = LogChecker(), LogChecker()
    early, _ = facts_of(row, "inv_early")
    late, _ = facts_of(row, "inv_late")
    async with app.database.read(scope) as session:
        start = await event_log.last_seq(scope, session)
        last = (await EVENTS.list(scope, session, order=(("position", True),), limit=1))[0].position
    inserted, go_on = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        async with app.database.transaction(scope) as session:
            await event_log.append(scope, session, [early], app.services.clock())
            inserted.set()
            await go_on.wait()

    async def read_naively() -> None:
        nonlocal last
        async with app.database.read(scope) as session:
            where = Compare("position", ">", last)
            for event in await EVENTS.list(scope, session, where, order=(("position", False),), limit=100):
                naive.see(event)
                last = event.position

    task = asyncio.create_task(slow())
    await inserted.wait()
    async with app.database.transaction(scope) as session:
        await event_log.append(scope, session, [late], app.services.clock())
    await read_naively()
    go_on.set()
    await task
    await read_naively()
    app.relay.ask(scope.platform_id)
    await factories.settled(app)
    async with app.database.read(scope) as session:
        for event in await event_log.after(scope, session, start, limit=100):
            right.see(event)
    both = {("invoice.finalized", "inv_early"), ("invoice.finalized", "inv_late")}
    assert naive.faults(both).losses == {("invoice.finalized", "inv_early")}
    assert right.faults(both) == Faults()


async def test_a_relay_that_dies_within_a_pass_leaves_it_to_the_next(
    postgres_client: Client, buyer: Any, postgres_server: Any
) -> None:
    """Given two relays, when one is killed before its pass commits, then the other numbers the same events, once."""
    app, (scope, row) = postgres_client.app, buyer
    async with app.database.read(scope) as session:
        start = await event_log.last_seq(scope, session)
    checker, other, expected = LogChecker(), Relay(app.database, app.wakeups), set()

    async def commit(events: Sequence[NewEvent]) -> None:
        async with app.database.transaction(scope) as session:
            await event_log.append(scope, session, events, app.services.clock())

    async def killed_pass(events: Sequence[NewEvent]) -> None:
        async with app.database.transaction(scope) as session:
            # The pass's lock is taken first, so that the relay that runs beside the test cannot be quicker.
            assert await event_numbers.number_pending(scope, session) == 0
            await in_task(commit(events))
            assert await event_numbers.number_pending(scope, session) == len(events)
            # No other pass comes between.
            assert await in_task(other.number(scope.platform_id)) == 0
            (found,) = await session.fetch("SELECT pg_backend_pid() AS pid")
            await asyncio.to_thread(postgres_server.psql, f"SELECT pg_terminate_backend({found['pid']});")

    for n in range(5):
        pair = facts_of(row, f"inv_{n}")
        expected |= {(event.data.type, event.data.id) for event in pair}
        with pytest.raises(Unavailable):
            await killed_pass(pair)
        await other.number(scope.platform_id)
        await factories.settled(app)
    async with app.database.read(scope) as session:
        rows = await event_log.after(scope, session, start, limit=100)
    for event in rows:
        checker.see(event)
    assert checker.faults(expected) == Faults()
    assert [event.seq for event in rows] == list(range(start + 1, start + 11))


async def test_a_pass_compares_no_event_with_every_other(postgres_client: Client, buyer: Any) -> None:
    """Given as many events as a pass numbers, then its plan has no loop within a loop."""
    app, (scope, row) = postgres_client.app, buyer
    async with app.database.transaction(scope) as session:
        assert await event_numbers.number_pending(scope, session) == 0
        events = [facts_of(row, f"inv_{n}")[0] for n in range(event_numbers.PASS_SIZE)]
        await event_log.append(scope, session, events, app.services.clock())
        values = (scope.platform_id, event_numbers.PASS_SIZE, event_numbers.CHANNEL)
        plan = await session.fetch(f"EXPLAIN {event_numbers.PASS}", *values)
        assert "Nested Loop" not in str(plan)
        assert await event_numbers.number_pending(scope, session) == event_numbers.PASS_SIZE


async def in_task(work: Coroutine[Any, Any, T]) -> T:
    """In a task of its own: a transaction belongs to the task that opened it."""
    return await asyncio.create_task(work)


def test_the_checker_names_each_fault() -> None:
    """Given what a reader must not see, then the checker tells gaps, doublings and effects before causes apart."""

    class Row:
        def __init__(self, seq: int, kind: str, subject: str) -> None:
            self.seq, self.entity_seq, self.type, self.subject_id = seq, seq, kind, subject
            self.id = f"evt_{seq}"

    checker = LogChecker()
    for seq, kind in ((1, "finalized"), (2, "paid"), (4, "finalized"), (4, "finalized")):
        checker.see(Row(seq, f"invoice.{kind}", "inv_1"))
    checker.see(Row(5, "invoice.paid", "inv_2"))
    assert checker.faults([("invoice.finalized", "inv_2"), ("invoice.paid", "inv_1")]) == Faults(
        gaps=((2, 4), (4, 4)),
        losses=frozenset({("invoice.finalized", "inv_2")}),
        doublings=("evt_4",),
        inversions=("inv_2",),
    )
