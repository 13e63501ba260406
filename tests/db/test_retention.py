"""The log is forgotten from its beginning, never past a reader of the product's own, and never without saying so."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.bootstrap import Application
from app.db import event_log, event_retention
from app.db.aggregates import ATTEMPTS, DELIVERIES, ENDPOINTS, EVENTS
from app.db.event_log import NewEvent
from app.db.where import Eq
from app.delivery.broker import Broker
from app.delivery.wakeups import Wakeups
from app.domain.errors import UnknownCursor
from app.domain.events import ApiKeyCreated
from app.domain.scope import Scope
from app.services import housekeeping, keys
from tests import factories
from tests.conftest import Clock
from tests.factories import Client

ENABLE = (
    "mutation($id: ID!, $status: EndpointStatus!) {"
    " webhookEndpointUpdate(input: { id: $id, status: $status }) { userErrors { code message field } } }"
)


@pytest.fixture
async def scope(client: Client) -> Scope:
    return (await keys.authenticate(client.app.services, f"Bearer {client.secret}")).scope


async def append(app: Application, scope: Scope, count: int) -> None:
    """That many events in one transaction, numbered."""
    data = [ApiKeyCreated(id="key_1", entity_id=None, name=f"Key {n}", last_four="0000") for n in range(count)]
    async with app.database.transaction(scope) as session:
        await event_log.append(scope, session, [NewEvent(event, None) for event in data], app.services.clock())
    app.relay.ask(scope.platform_id)
    await factories.settled(app)


async def kept(app: Application, scope: Scope) -> list[int]:
    """The sequences that are in the log."""
    async with app.database.read(scope) as session:
        return [row.seq or 0 for row in await event_log.after(scope, session, 0, limit=10_000)]


async def endpoint(client: Client) -> str:
    """An enabled endpoint where nobody answers."""
    data = await client.ask(
        'mutation { webhookEndpointCreate(input: { url: "http://127.0.0.1:1025/" }) { webhookEndpoint { id } } }'
    )
    return str(data["webhookEndpointCreate"]["webhookEndpoint"]["id"])


async def swept(app: Application, scope: Scope, clock: Clock) -> int:
    """Forgets what is older than an hour, chunk by chunk; how many."""
    total = 0
    while True:
        async with app.database.transaction(scope) as session:
            found = await event_retention.sweep(scope, session, clock.now - timedelta(hours=1))
        assert found <= event_retention.CHUNK
        total += found
        if not found:
            return total


async def test_old_events_go_in_chunks_and_new_ones_and_the_last_one_stay(
    client: Client, scope: Scope, clock: Clock
) -> None:
    """Given more old events than a chunk, and new ones, then the sweep leaves the new ones, without a gap."""
    app = client.app
    await append(app, scope, event_retention.CHUNK * 2 + 10)
    clock.advance(hours=2)
    await append(app, scope, 3)
    old = event_retention.CHUNK * 2 + 10
    assert await swept(app, scope, clock) == old
    assert await kept(app, scope) == [old + 1, old + 2, old + 3]
    # When all are old, the newest stays: of a platform where nothing happens, cursors go on to work.
    clock.advance(days=400)
    assert await swept(app, scope, clock) == 2
    assert await kept(app, scope) == [old + 3]
    # The numbers go on.
    await append(app, scope, 1)
    assert await kept(app, scope) == [old + 3, old + 4]


async def test_an_enabled_endpoint_holds_what_it_has_still_to_take_and_to_deliver(
    client: Client, scope: Scope, clock: Clock
) -> None:
    """Given an endpoint that is behind, then what it has to take stays; then what it has to deliver; then nothing."""
    app = client.app
    await append(app, scope, 5)
    hook = await endpoint(client)
    await append(app, scope, 5)
    clock.advance(days=30)
    await append(app, scope, 1)
    assert await swept(app, scope, clock) == 5
    assert (await kept(app, scope))[0] == 6

    # When it has taken them, they are being delivered, and one attempt has failed.
    assert await app.worker.deliver_once() > 0
    await app.worker.settle()
    # Only what it is not told of has gone: that it was made.
    assert await swept(app, scope, clock) == 1
    assert await swept(app, scope, clock) == 0

    # When its owner gives it up, nothing holds them any more, and their record goes with them.
    await client.ask(ENABLE, id=hook, status="DISABLED")
    await factories.settled(app)
    assert await swept(app, scope, clock) == 5
    async with app.database.read(scope) as session:
        left = await DELIVERIES.list(scope, session, limit=100)
        assert {delivery.seq for delivery in left} <= {12}
        assert len(await ATTEMPTS.list(scope, session, limit=100)) == sum(delivery.attempt_count for delivery in left)


async def test_an_endpoint_that_missed_what_is_gone_is_not_enabled_in_silence(
    client: Client, scope: Scope, clock: Clock
) -> None:
    """Given a disabled endpoint behind what is kept, when it is enabled, then its owner is told to begin anew."""
    app = client.app
    hook = await endpoint(client)
    await client.ask(ENABLE, id=hook, status="DISABLED")
    await append(app, scope, 5)
    clock.advance(days=30)
    await append(app, scope, 1)
    assert await swept(app, scope, clock) > 0
    answer = await client.ask(ENABLE, id=hook, status="ENABLED")
    assert answer["webhookEndpointUpdate"]["userErrors"] == [
        {
            "code": "INVALID_STATE",
            "message": "events that it has missed are no longer kept; make a new endpoint, and read the objects anew",
            "field": ["status"],
        }
    ]
    async with app.database.read(scope) as session:
        row = await ENDPOINTS.get(scope, session, hook)
    assert row is not None
    assert row.status.value == "DISABLED"


async def test_a_cursor_older_than_the_log_is_told_to_read_anew(client: Client, scope: Scope, clock: Clock) -> None:
    """Given a cursor of before the place up to which the log was swept, then it is refused; the last one goes on."""
    app = client.app
    await append(app, scope, 5)
    async with app.database.read(scope) as session:
        first, last = [(await EVENTS.list(scope, session, Eq("seq", seq), limit=1))[0].id for seq in (1, 5)]
    clock.advance(days=30)
    await swept(app, scope, clock)
    query = "query($after: String) { events(after: $after) { nodes { sequence } } }"
    error = await client.error(query, after=first)
    assert error["extensions"]["code"] == "UNKNOWN_CURSOR"
    assert error["extensions"]["field"] == ["after"]
    assert error["message"] == (
        "this cursor is not of this log, or older than what it keeps; read the objects anew and go on from there"
    )
    assert await client.ask(query, after=last) == {"events": {"nodes": []}}
    reader = app.broker.reader(scope, types=(), entity_id=None)
    with pytest.raises(UnknownCursor):
        await reader.start(first)
    assert await reader.start(last) == 5


async def test_a_reader_that_the_sweep_overtakes_is_told(client: Client, scope: Scope, clock: Clock) -> None:
    """Given a reader that began before the sweep and is behind it, then it gets an error and no log with a hole."""
    app = client.app
    await append(app, scope, 10)
    clock.advance(days=30)
    # The tail begins at the log's end, so this reader is far behind.
    broker = Broker(app.database, Wakeups())
    reader = broker.reader(scope, types=(), entity_id=None)
    assert [row.seq for row in (await reader.read(2)).rows] == list(range(3, 11))
    await swept(app, scope, clock)
    with pytest.raises(UnknownCursor):
        await reader.read(2)
    await broker.close()


async def test_the_schedule_sweeps_by_the_setting(client: Client, scope: Scope, clock: Clock) -> None:
    """Given no time set, then all events are kept; with one, what is older goes."""
    app = client.app
    await append(app, scope, 3)
    clock.advance(days=30)
    await append(app, scope, 1)
    assert await housekeeping.sweep_events(app.services, scope) == 0
    assert await kept(app, scope) == [1, 2, 3, 4]
    thirty, week = [replace(app.services, event_days=days) for days in (30, 7)]
    assert await housekeeping.sweep_events(thirty, scope) == 0
    assert await housekeeping.sweep_events(week, scope) == 3
    assert await kept(app, scope) == [4]
