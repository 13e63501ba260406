"""Readers of the log: one reading for all of a platform, from memory or from far behind, woken or not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest

from app.bootstrap import Application
from app.db import event_log
from app.db.event_log import NewEvent
from app.db.transaction import Database, Session
from app.delivery.broker import Broker, Reader
from app.delivery.tail import KEPT
from app.delivery.wakeups import Wakeups
from app.domain.events import ApiKeyCreated
from app.domain.scope import Scope
from app.services import keys
from app.services.keys import NewAccount
from tests import factories
from tests.factories import Client


class Counted:
    """A database that counts what is read."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.readings = 0

    @asynccontextmanager
    async def read(self, scope: Scope) -> AsyncIterator[Session]:
        self.readings += 1
        async with self._database.read(scope) as session:
            yield session


@pytest.fixture
async def scope(app_on: Application, account: NewAccount) -> Scope:
    """What the operator's key sees."""
    return (await keys.authenticate(app_on.services, f"Bearer {account.sandbox_secret}")).scope


async def append(app: Application, scope: Scope, count: int, entity_id: str | None = None) -> None:
    """Appends events in one transaction, and waits until they are numbered."""
    data = [ApiKeyCreated(id="key_1", entity_id=entity_id, name=f"Key {n}", last_four="0000") for n in range(count)]
    async with app.database.transaction(scope) as session:
        await event_log.append(scope, session, [NewEvent(event, entity_id) for event in data], app.services.clock())
    app.relay.ask(scope.platform_id)
    await factories.settled(app)


async def read_on(reader: Reader, seq: int, count: int) -> list[int]:
    """The sequences of the next events."""
    found: list[int] = []
    async with asyncio.timeout(10):
        while len(found) < count:
            page = await reader.read(seq)
            found += [row.seq or 0 for row in page.rows]
            seq = page.seq
            if not page.rows and not page.more:
                await reader.wait(page)
    return found


async def test_a_platforms_readers_share_one_reading_and_wake_for_their_own(
    app_on: Application, client: Client, scope: Scope
) -> None:
    """Given readers of many sellers, when one has an event, then the log is read once, and the others sleep on."""
    sellers = [await factories.entity(client) for _ in range(20)]
    await factories.settled(app_on)
    counted = Counted(app_on.database)
    broker = Broker(cast(Any, counted), app_on.wakeups)
    readers = {seller: broker.reader(scope.narrowed(seller), types=(), entity_id=None) for seller in sellers}
    start = await broker.reader(scope, types=(), entity_id=None).start(None)
    pages = {seller: await reader.read(start) for seller, reader in readers.items()}
    assert [page.rows for page in pages.values()] == [[]] * 20
    before = counted.readings

    await append(app_on, scope, 1, sellers[3])
    async with asyncio.timeout(10):
        await pages[sellers[3]].ticket.wait()
    assert [seller for seller in sellers if pages[seller].ticket.is_set()] == [sellers[3]]
    rows = [(await reader.read(start)).rows for reader in readers.values()]
    assert [[row.entity_id for row in seen] for seen in rows] == [
        [seller] if seller == sellers[3] else [] for seller in sellers
    ]
    await broker.close()
    # On PostgreSQL the relay wakes this process itself and by NOTIFY.
    assert 1 <= counted.readings - before <= 2


async def test_events_come_without_any_wake_up(app_on: Application, scope: Scope) -> None:
    """Given a reader that nobody wakes, when events are numbered, then it finds them by itself."""
    broker = Broker(app_on.database, Wakeups())
    reader = broker.reader(scope, types=(), entity_id=None)
    start = await reader.start(None)
    reading = asyncio.create_task(read_on(reader, start, 2))
    await asyncio.sleep(0.05)
    await append(app_on, scope, 2)
    assert await reading == [start + 1, start + 2]
    await broker.close()


async def test_a_reader_far_behind_catches_up_without_a_gap(app_on: Application, scope: Scope) -> None:
    """Given more events than are kept in memory, then a reader gets all of them in order, and then what is new."""
    broker = app_on.broker
    newest = broker.reader(scope, types=(), entity_id=None)
    start = await newest.start(None)
    await newest.read(start)
    await append(app_on, scope, KEPT + 150)
    late = broker.reader(scope, types=("api_key.created",), entity_id=None)
    assert await read_on(late, start, KEPT + 150) == list(range(start + 1, start + KEPT + 151))
    reading = asyncio.create_task(read_on(late, start + KEPT + 150, 1))
    await append(app_on, scope, 1)
    assert await reading == [start + KEPT + 151]
