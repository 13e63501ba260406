"""The log can be divided into parts by the guide's recipe, and nobody notices."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from app import bootstrap, settings
from app.bootstrap import Application
from app.db import event_retention
from app.db.aggregates import EVENTS
from app.db.where import Eq
from app.services import keys
from tests import event_payloads, factories
from tests.conftest import Clock
from tests.factories import Client

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guides" / "events.md"
READ = "query($after: String) { events(first: 100, after: $after) { nodes { cursor type sequence entitySequence } } }"


@pytest.fixture
async def owner(postgres_url: str) -> AsyncIterator[Any]:
    """A connection as the database's owner."""
    connection: Any = await asyncpg.connect(postgres_url)
    yield connection
    await connection.close()


@pytest.fixture
async def app(postgres_url: str, clock: Clock) -> AsyncIterator[Application]:
    """The product without a statement cache that would outlive the table's change."""
    chosen = settings.load({"INVOICING_DATABASE_URL": postgres_url, "INVOICING_WEBHOOK_ALLOW_PRIVATE": "true"})
    async with bootstrap.application(chosen, clock=clock) as app, bootstrap.background(app, worker=False):
        yield app
        await event_payloads.check_all(app)


async def test_a_log_in_parts_is_the_same_log(app: Application, clock: Clock, owner: Any) -> None:
    """Given a log with events, when it is divided, then what was there and what follows is one log, numbered on, under
    row-level security, and swept.
    """
    account = await keys.create_account(app.services, "Test marketplace")
    client = Client(app, account.sandbox_secret)
    seller = await factories.entity(client)
    await factories.order(client, seller)
    await factories.settled(app)
    before = (await client.ask(READ))["events"]["nodes"]
    recipe = re.search(r"<!-- partitions.*?```sql\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert recipe is not None
    async with owner.transaction():
        await owner.execute(recipe.group(1))

    clock.advance(days=30)
    await client.ask(
        'mutation { webhookEndpointCreate(input: { url: "http://127.0.0.1:1025/" }) { webhookEndpoint { id } } }'
    )
    await factories.order(client, seller)
    await factories.settled(app)

    after = (await client.ask(READ))["events"]["nodes"]
    assert after[: len(before)] == before
    assert [node["sequence"] for node in after] == list(range(1, len(after) + 1))
    assert (await client.ask(READ, after=before[-1]["cursor"]))["events"]["nodes"] == after[len(before) :]
    parts = await owner.fetch("SELECT tableoid::regclass::text AS part, count(*) AS n FROM event GROUP BY 1 ORDER BY 1")
    assert [tuple(row) for row in parts] == [("event_first", len(before)), ("event_next", len(after) - len(before))]

    # A cursor is looked for in its part alone.
    plan = await owner.fetch(f"EXPLAIN SELECT * FROM event WHERE platform_id = 'p' AND id = '{after[-1]['cursor']}'")
    assert "event_first" not in str(plan)

    # Deliveries refer to events of the new part; another platform sees none of either.
    assert await app.worker.deliver_once() > 0
    await app.worker.settle()
    other = client.with_key(account.live_secret)
    assert (await other.ask(READ))["events"]["nodes"] == []

    scope = (await keys.authenticate(app.services, f"Bearer {account.sandbox_secret}")).scope
    async with app.database.transaction(scope) as session:
        assert await event_retention.sweep(scope, session, clock.now - timedelta(days=1)) == len(before)
    async with app.database.read(scope) as session:
        assert await EVENTS.list(scope, session, Eq("id", before[0]["cursor"]), limit=1) == []
    await owner.execute("ALTER TABLE event DETACH PARTITION event_first; DROP TABLE event_first")
    assert (await client.ask(READ))["events"]["nodes"] == after[len(before) :]
    await client.http.aclose()
