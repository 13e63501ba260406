"""A subscriber that loses its connection again and again, on two replicas, while four processes write."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from app.db.aggregates import EVENTS
from app.graphql.enums import EventType
from app.services import keys
from tests import factories
from tests.chaos.processes import Replica, free_port, wait_until_ready
from tests.factories import Client
from tests.graphql.test_subscriptions import connected, subscribe
from tests.log_checker import Faults, LogChecker
from tests.scenarios.test_log_order import Writer, buyers_of, committed

DISCONNECTIONS = 200
WRITERS = 4
EACH = 400
QUERY = "subscription($after: String) { events(after: $after) { id cursor type sequence entitySequence subjectId } }"


@dataclass(frozen=True, slots=True)
class Told:
    """An event as a subscriber is told of it."""

    id: str
    cursor: str
    seq: int | None
    entity_seq: int | None
    type: str
    subject_id: str

    @classmethod
    def of(cls, message: Any) -> Told:
        """Raises for anything but an event."""
        assert message["type"] == "next", message
        data = message["payload"]["data"]["events"]
        kind: str = EventType[data["type"]].value
        return cls(data["id"], data["cursor"], data["sequence"], data["entitySequence"], kind, data["subjectId"])


@pytest.fixture
async def replicas(postgres_url: str, tmp_path: Path) -> AsyncIterator[list[Replica]]:
    """Two processes of `invoicing serve`."""
    made = []
    for n in range(2):
        port = free_port()
        environment = {"INVOICING_DATABASE_URL": postgres_url, "INVOICING_PORT": str(port)}
        made.append(Replica(f"web-{n}", ("serve",), environment, tmp_path, port=port))
    with _running(made):
        yield made


class _running:
    """Processes that run while the block does. In a thread: to wait for them would hold up the loop."""

    def __init__(self, replicas: list[Replica]) -> None:
        self._replicas = replicas

    def __enter__(self) -> None:
        for replica in self._replicas:
            replica.start()
        with ThreadPoolExecutor(2) as threads:
            list(threads.map(wait_until_ready, self._replicas))

    def __exit__(self, *_: object) -> None:
        for replica in self._replicas:
            replica.kill()


class Subscriber:
    """Follows the log after its last cursor, on whichever replica it finds."""

    def __init__(self, http: aiohttp.ClientSession, replicas: list[Replica], secret: str, cursor: str) -> None:
        self.http = http
        self.replicas = replicas
        self.secret = secret
        self.cursor = cursor
        self.checker = LogChecker()
        self.dice = random.Random(5)

    async def read(self, count: int, patience_s: float) -> None:
        """Connects, is told of so many events, or fewer when there are no more, and is gone without a word."""
        replica = self.dice.choice(self.replicas)
        socket = await connected(self.http, f"{replica.url}/graphql", self.secret)
        await socket.send_json(subscribe("1", QUERY, after=self.cursor))
        try:
            for _ in range(count):
                told = Told.of(await socket.receive_json(timeout=patience_s))
                self.checker.see(told)
                self.cursor = told.cursor
        except TimeoutError:
            return
        finally:
            if self.dice.random() < 0.5:
                await socket.close()
            else:
                _cut(socket)


def _cut(socket: aiohttp.ClientWebSocketResponse) -> None:
    """As when a cable is pulled: no closing handshake."""
    connection = socket._response.connection
    assert connection is not None
    assert connection.transport is not None
    connection.transport.abort()


@pytest.mark.slow
async def test_a_subscriber_that_loses_its_connection_200_times_sees_every_event_once_in_order(
    postgres_client: Client, postgres_url: str, replicas: list[Replica]
) -> None:
    client, app = postgres_client, postgres_client.app
    scope = (await keys.authenticate(app.services, f"Bearer {client.secret}")).scope
    sellers = [await factories.entity(client) for _ in range(3)]
    buyers = await buyers_of(client, scope, sellers)
    await factories.settled(app)
    async with app.database.read(scope) as session:
        last = (await EVENTS.list(scope, session, order=(("position", True),), limit=1))[0]
    # At their pace they write for some ten seconds, about half of what the disconnections take.
    writers = [await Writer.start(postgres_url, scope, seed, buyers, EACH, pause_s=0.4) for seed in range(WRITERS)]
    async with aiohttp.ClientSession() as http:
        subscriber = Subscriber(http, replicas, client.secret, last.id)
        while not writers[0].acknowledged:  # noqa: ASYNC110  # another process decides
            await asyncio.sleep(0.02)
        meanwhile = 0
        for _ in range(DISCONNECTIONS):
            await subscriber.read(subscriber.dice.randint(0, 12), patience_s=2)
            meanwhile += any(writer.process.poll() is None for writer in writers)
        assert [await writer.ended() for writer in writers] == [0] * WRITERS
        await factories.settled(app)
        facts = await committed(app, scope, last.position)
        async with asyncio.timeout(30):
            await subscriber.read(len(facts) - len(subscriber.checker), patience_s=20)
    assert subscriber.checker.faults({(row.type, row.subject_id) for row in facts}) == Faults()
    # A tenth is rolled back, and a fifth of what finalizes pays as well.
    assert len(subscriber.checker) == len(facts) > EACH * WRITERS * 0.9
    assert meanwhile >= DISCONNECTIONS // 10, meanwhile
    acknowledged = set().union(*(writer.acknowledged for writer in writers))
    assert acknowledged <= {(row.type, row.subject_id) for row in facts}
