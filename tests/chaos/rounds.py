"""Rounds of faults under load: each kills a process or the database, and then everything must still be right."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

import orjson

from app import bootstrap, settings
from app.bootstrap import Application
from app.db.aggregates import DELIVERIES
from app.db.where import OneOf
from app.domain.scope import Scope
from tests import books, factories
from tests.chaos import checks
from tests.chaos.load import Load, Write
from tests.chaos.market import Market, in_order, until
from tests.chaos.processes import Cluster
from tests.chaos.receiver import Receiver

WRITERS: Final = 8
FAULTS: Final = ("kill web", "kill worker", "crash postgres", "kill web and worker", "kill all")
# How long the log may need to be in order again, and the webhooks that no dead worker has claimed to be delivered.
SETTLE_S: Final = 15.0
# A worker that is killed leaves what it had claimed under a lease, after which another one sends it.
LEASE_S: Final = 135.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What happened in a round."""

    number: int
    fault: str
    acknowledged: int
    repeated: int
    orders: int
    invoices: int
    payments: int
    events: int
    delivered: int
    # Events that wait for the lease of a worker that was killed.
    late: int
    back_s: float
    seconds: float


@dataclass
class Chaos:
    """A cluster under load, with its books."""

    cluster: Cluster
    market: Market
    receiver: Receiver
    seed: int
    writes: list[Write] = field(default_factory=list)
    killed_workers: int = 0

    async def round(self, number: int, fault: str) -> Round:
        """Load, a fault in the middle, everything started again, and then all checks. Raises AssertionError."""
        began = time.monotonic()
        chance = random.Random(f"{self.seed}/{number}")
        load = Load(self.market.client, self.market.sellers, self.market.customers, seed=self.seed + number)
        load.start(WRITERS)
        await asyncio.sleep(chance.uniform(0.8, 2.0))
        self.killed_workers += await asyncio.to_thread(strike, self.cluster, fault, chance)
        await asyncio.sleep(chance.uniform(0.1, 0.6))
        broken = time.monotonic()
        await asyncio.to_thread(self.cluster.start)
        back_s = time.monotonic() - broken
        await asyncio.sleep(chance.uniform(0.4, 1.0))
        await load.stop()
        self.writes += load.writes
        acknowledged = sum(write.acknowledged for write in load.writes)
        repeated = await checks.unanswered_are_done_once(self.market.client, load.writes)
        async with self.application() as app:
            await until(lambda: in_order(app), SETTLE_S, "the log is in order")
            asked = factories.Client(app, self.market.client.secret)
            scope = await books.scope_of(asked)
            found = await checks.of_books(app, scope, asked, self.writes)
            await asked.http.aclose()
            ids = [row.id for row in found.events if row.id not in self.market.before]
            await until(lambda: self._delivered(app, scope, ids), SETTLE_S, "events are delivered or leased")
            late = len(self.undelivered(ids))
        assert not self.receiver.refused, self.receiver.refused[:3]
        assert not self.faults_of_ours(), "\n".join(self.faults_of_ours()[:3])
        return Round(
            number=number,
            fault=fault,
            acknowledged=acknowledged,
            repeated=repeated,
            orders=found.orders,
            invoices=found.invoices,
            payments=found.payments,
            events=len(found.events),
            delivered=sum(self.receiver.received.values()),
            late=late,
            back_s=back_s,
            seconds=time.monotonic() - began,
        )

    async def everything_is_delivered(self) -> int:
        """Waits for what is under the lease of a killed worker; how many deliveries there were in all."""
        async with self.application() as app:
            asked = factories.Client(app, self.market.client.secret)
            found = await checks.of_books(app, await books.scope_of(asked), asked, self.writes)
            await asked.http.aclose()
        ids = [row.id for row in found.events if row.id not in self.market.before]
        await until(lambda: self._all_delivered(ids), LEASE_S, "every event is delivered")
        assert not self.receiver.refused, self.receiver.refused[:3]
        return sum(self.receiver.received.values())

    def faults_of_ours(self) -> list[str]:
        """What the processes logged that no fault from outside explains: errors, and what was never caught."""
        return [fault for child in self.cluster.children for fault in _faults(child.log.read_text(encoding="utf-8"))]

    def undelivered(self, ids: Sequence[str]) -> list[str]:
        """Which events have not come."""
        received = self.receiver.received
        return [event_id for event_id in ids if event_id not in received]

    async def _all_delivered(self, ids: Sequence[str]) -> bool:
        return not self.undelivered(ids)

    async def _delivered(self, app: Application, scope: Scope, ids: Sequence[str]) -> bool:
        """Whether every event has come, but for those that a worker had claimed which was killed."""
        missing = self.undelivered(ids)
        if not missing or len(missing) > WRITERS * len(self.cluster.workers) * len(self.market.sellers):
            return not missing
        async with app.database.read(scope) as session:
            found = await DELIVERIES.list(scope, session, OneOf("event_id", missing), limit=checks.ALL)
        leased = {
            row.event_id for row in found if row.lease_until is not None and row.lease_until > app.services.clock()
        }
        return bool(self.killed_workers) and leased >= set(missing)

    @asynccontextmanager
    async def application(self) -> AsyncIterator[Application]:
        """The product opened here, to look into its database."""
        async with bootstrap.application(settings.load(self.cluster.environment)) as app:
            yield app


def strike(cluster: Cluster, fault: str, chance: random.Random) -> int:
    """One fault; how many workers it killed."""
    match fault:
        case "kill web":
            chance.choice(cluster.replicas).kill()
        case "kill worker":
            chance.choice(cluster.workers).kill()
        case "crash postgres":
            cluster.postgres.crash()
            time.sleep(chance.uniform(0, 0.5))
            cluster.postgres.start()
        case "kill web and worker":
            chance.choice(cluster.replicas).kill()
            chance.choice(cluster.workers).kill()
        case "kill all":
            for child in cluster.children:
                child.kill()
        case _:
            raise ValueError(fault)
    return sum(not worker.running for worker in cluster.workers)


def _faults(said: str) -> Iterator[str]:
    for line in said.splitlines():
        if line.startswith("{"):
            if orjson.loads(line)["level"] in ("error", "critical"):
                yield line[:3000]
        elif line.startswith("Traceback"):
            yield said[-3000:]
