"""Identical subscriptions share one reading, execution and encoding; each still gets every event once, in order."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any, TypeAlias

import aiohttp
import orjson
import pytest

from app.db import event_log
from app.db.event_log import NewEvent
from app.domain.events import ApiKeyCreated
from app.domain.scope import Scope
from app.graphql.context import GraphQLContext
from app.graphql.loaders import Loaders
from app.graphql.schema import make_schema
from app.graphql.transport import Limits
from app.graphql.transport.engine import Engine, OperationRequest
from app.graphql.transport.feeds import Feeds
from app.graphql.transport.frames import Frame
from app.graphql.transport.subscriber import MAX_FRAMES, Interrupted
from app.services import keys
from tests import factories
from tests.factories import Client
from tests.graphql.test_subscriptions import connected, subscribe

Frames: TypeAlias = AsyncGenerator[Frame | None, None]

FINALIZED = (
    "subscription($after: String) { invoiceEvents(after: $after, types: [INVOICE_FINALIZED]) {"
    " cursor type event { id data sequence entity { name } }"
    " invoice { id number grossTotal { amount currency } customer { name } lines { description } } } }"
)
ALL = "subscription($after: String) { events(after: $after) { cursor } }"


class Audience:
    """Subscribers of one process, below the sockets."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.engine = Engine(make_schema(), Limits())
        self.feeds = Feeds(self.engine)

    async def context(self, secret: str) -> GraphQLContext:
        """The context of an operation that is asked with a key."""
        app = self.client.app
        principal = await keys.authenticate(app.services, f"Bearer {secret}")
        return GraphQLContext(
            services=app.services,
            scope=principal.scope,
            key=principal.key,
            loaders=Loaders(app.database, principal.scope),
            broker=app.broker,
            base_url="http://test",
            idempotency_header=None,
            operation_id="test",
        )

    async def shared(self, query: str, secret: str | None = None, **variables: Any) -> Frames:
        """The frames of a subscriber."""
        prepared = self.engine.prepare(OperationRequest(query=query, variables=variables))
        return await self.feeds.open(prepared, await self.context(secret or self.client.secret))

    async def unshared(self, query: str, **variables: Any) -> AsyncGenerator[dict[str, Any], None]:
        """The responses as graphql-core makes them for one subscriber alone."""
        prepared = self.engine.prepare(OperationRequest(query=query, variables=variables))
        stream = await self.engine.open(prepared, await self.context(self.client.secret))
        return self.engine.responses(stream)


@pytest.fixture
def audience(client: Client) -> Audience:
    """Subscribers on each database in turn."""
    return Audience(client)


async def take(frames: Frames, count: int) -> list[Frame]:
    """The next frames."""
    found: list[Frame] = []
    async with asyncio.timeout(20):
        while len(found) < count:
            frame = await anext(frames)
            assert frame is not None
            found.append(frame)
    return found


def started(frames: Frames, count: int) -> asyncio.Task[list[Frame]]:
    """The same, already waiting for them."""
    return asyncio.create_task(take(frames, count))


def cursors(frames: list[Frame]) -> list[str | None]:
    return [frame.cursor for frame in frames]


async def log_of(client: Client, scope: Scope) -> list[str]:
    """The ids of all events that a scope may see, in the log's order."""
    async with client.app.database.read(scope) as session:
        return [row.id for row in await event_log.after(scope, session, 0, limit=100_000)]


async def append(client: Client, scope: Scope, count: int) -> None:
    """Appends events to the log in one transaction."""
    app = client.app
    events = [
        NewEvent(ApiKeyCreated(id="key_1", entity_id=None, name=f"Key {n}", last_four="0000"), None)
        for n in range(count)
    ]
    async with app.database.transaction(scope) as session:
        await event_log.append(scope, session, events, app.services.clock())
    app.relay.ask(scope.platform_id)


async def test_shared_frames_equal_what_graphql_core_makes_for_one_alone(client: Client, audience: Audience) -> None:
    """Given two subscribers and the reference, when invoices are finalized, then all see equal payloads, made once."""
    seller = await factories.entity(client)
    await factories.settled(client.app)
    one, two = await audience.shared(FINALIZED), await audience.shared(FINALIZED, after=None)
    reference = await audience.unshared(FINALIZED)
    tasks = [started(one, 3), started(two, 3)]
    expected = asyncio.create_task(_responses(reference, 3))
    await asyncio.sleep(0.1)
    for _ in range(3):
        await factories.order(client, seller)
    first, second = [await task for task in tasks]

    assert [orjson.loads(frame.payload) for frame in first] == await expected
    assert [orjson.loads(frame.payload)["data"]["invoiceEvents"]["invoice"]["number"] for frame in first] == [
        "INV-001",
        "INV-002",
        "INV-003",
    ]
    assert all(mine is others for mine, others in zip(first, second, strict=True))
    assert len(audience.feeds) == 1
    for frames in (one, two):
        await frames.aclose()
    await reference.aclose()
    assert len(audience.feeds) == 0


async def _responses(responses: AsyncGenerator[dict[str, Any], None], count: int) -> list[dict[str, Any]]:
    async with asyncio.timeout(20):
        return [orjson.loads(orjson.dumps(await anext(responses))) for _ in range(count)]


async def test_who_shares_with_whom(client: Client, audience: Audience) -> None:
    """Given keys of several authorities, then the same authority shares, whichever key, and no other."""
    mine, other = await factories.entity(client), await factories.entity(client)
    secrets = {
        "operator": client.secret,
        "operator again": await factories.key(client),
        "mine": await factories.key(client, mine),
        "mine again": await factories.key(client, mine),
        "other": await factories.key(client, other),
        "fewer permissions": await factories.key(client, mine, ["EVENTS_READ"]),
    }
    await factories.settled(client.app)
    query = "subscription { events(types: [ORDER_CREATED]) { entity { id } sequence } }"
    open_ = {who: await audience.shared(query, secret) for who, secret in secrets.items()}
    tasks = {
        who: started(frames, 1 if who != "operator" and "operator" not in who else 2) for who, frames in open_.items()
    }
    await asyncio.sleep(0.1)
    await factories.order(client, other)
    await factories.order(client, mine)
    seen = {who: await task for who, task in tasks.items()}

    def entities(who: str) -> list[Any]:
        return [orjson.loads(frame.payload)["data"]["events"]["entity"] for frame in seen[who]]

    assert entities("operator") == [{"id": other}, {"id": mine}]
    assert entities("mine") == [{"id": mine}]
    assert entities("other") == [{"id": other}]
    assert seen["operator"][0] is seen["operator again"][0]
    assert seen["mine"][0] is seen["mine again"][0]
    assert b"PERMISSION_DENIED" in seen["fewer permissions"][0].payload
    assert len(audience.feeds) == 4
    for frames in open_.values():
        await frames.aclose()


async def test_what_is_selected_by_variables_is_not_shared_with_other_values(
    sqlite_client: Client,
) -> None:
    """Given the same text with other values beneath the root field, then each has its own, wherever it began."""
    audience = Audience(sqlite_client)
    await factories.entity(sqlite_client)
    await factories.settled(sqlite_client.app)
    scope = (await audience.context(sqlite_client.secret)).scope
    (cursor, *_) = await log_of(sqlite_client, scope)
    query = (
        "subscription($after: String, $full: Boolean = true) {"
        " events(after: $after) { cursor data @include(if: $full) } }"
    )
    full = await audience.shared(query, full=True)
    resumed = await audience.shared(query, full=True, after=cursor)
    bare = await audience.shared(query, full=False)
    behind = len(await log_of(sqlite_client, scope)) - 1
    tasks = [started(full, 1), started(resumed, behind + 1), started(bare, 1)]
    await asyncio.sleep(0.1)
    await append(sqlite_client, scope, 1)
    whole, later, without = [await task for task in tasks]
    assert later[-1] is whole[0]
    assert "data" in orjson.loads(whole[0].payload)["data"]["events"]
    assert "data" not in orjson.loads(without[0].payload)["data"]["events"]
    assert len(audience.feeds) == 2
    for frames in (full, resumed, bare):
        await frames.aclose()


async def test_the_seam_between_replay_and_live_has_no_gap_and_no_repetition(
    client: Client, audience: Audience
) -> None:
    """Given writers at work, when subscribers come at random, resume and go, then each sees the log."""
    sellers = [await factories.entity(client) for _ in range(3)]
    await factories.settled(client.app)
    scope = (await audience.context(client.secret)).scope
    chance = random.Random(7)
    writing = True

    async def write(seller: str) -> None:
        for _ in range(12):
            await factories.order(client, seller)
            await asyncio.sleep(chance.random() * 0.02)

    async def listen() -> list[str | None]:
        seen: list[str | None] = []
        after = (await log_of(client, scope))[chance.randrange(3)]
        begun = after
        while writing:
            async with aclosing(await audience.shared(ALL, after=after)) as frames:
                for frame in await take_for(frames, chance.random() * 0.2):
                    seen.append(frame.cursor)
            after = str(seen[-1]) if seen else after
            await asyncio.sleep(chance.random() * 0.05)
        # The rest, up to the end of the log.
        log = await log_of(client, scope)
        rest = len(log) - 1 - log.index(after)
        async with aclosing(await audience.shared(ALL, after=after)) as frames:
            seen += cursors(await take(frames, rest))
        assert seen == log[log.index(begun) + 1 :]
        return seen

    listeners = [asyncio.create_task(listen()) for _ in range(8)]
    await asyncio.gather(*(write(seller) for seller in sellers))
    await factories.settled(client.app)
    writing = False
    seen = await asyncio.gather(*listeners)
    assert min(len(one) for one in seen) > 100
    assert len(audience.feeds) == 0


async def take_for(frames: Frames, seconds: float) -> list[Frame]:
    """What comes in that time."""
    found: list[Frame] = []
    try:
        async with asyncio.timeout(seconds):
            async for frame in frames:
                assert frame is not None
                found.append(frame)
    except TimeoutError:
        pass
    return found


async def test_a_subscriber_that_does_not_read_is_given_up_and_can_resume(client: Client, audience: Audience) -> None:
    """Given one that reads and one that does not, when too much waits, then one gets all, the other a cursor."""
    scope = (await audience.context(client.secret)).scope
    await factories.settled(client.app)
    fast, slow = await audience.shared(ALL), await audience.shared(ALL)
    count = MAX_FRAMES + 200
    everything, first = started(fast, count), started(slow, 1)
    await asyncio.sleep(0.1)
    await append(client, scope, count)
    (delivered,) = await first
    whole = await everything
    assert cursors(whole) == (await log_of(client, scope))[-count:]

    with pytest.raises(Interrupted) as raised:
        await take(slow, 1)
    (error,) = raised.value.errors
    assert error["extensions"] == {"code": "LIMIT_EXCEEDED", "retryable": True, "resumeAfter": delivered.cursor}
    again = await audience.shared(ALL, after=delivered.cursor)
    assert cursors(await take(again, count - 1)) == cursors(whole)[1:]
    for frames in (fast, slow, again):
        await frames.aclose()


async def test_a_slow_socket_is_told_where_to_resume_while_a_fast_one_gets_everything(
    sqlite_client: Client, sqlite_server: str
) -> None:
    """Given a socket whose client stops reading, when its buffers are full, then its operation ends with a cursor."""
    scope = (await Audience(sqlite_client).context(sqlite_client.secret)).scope
    # Large frames, so that the buffers of the operating system are full soon.
    large = "subscription { events { cursor " + " ".join(f"d{n}: data" for n in range(90)) + " } }"
    async with aiohttp.ClientSession() as http:
        slow, fast = [await connected(http, sqlite_server, sqlite_client.secret) for _ in range(2)]
        for socket in (slow, fast):
            await socket.send_json(subscribe("1", large))
        await asyncio.sleep(0.2)
        _transport(slow).pause_reading()
        for _ in range(8):
            await append(sqlite_client, scope, 200)
            for _ in range(200):
                await fast.receive(timeout=10)
        _transport(slow).resume_reading()
        seen, error = [], None
        while error is None:
            message = await slow.receive_json(timeout=10)
            if message["type"] == "error":
                error = message["payload"][0]
            else:
                seen.append(message["payload"]["data"]["events"]["cursor"])
        assert 0 < len(seen) < 1_600
        assert error["extensions"] == {"code": "LIMIT_EXCEEDED", "retryable": True, "resumeAfter": seen[-1]}
        await slow.close()
        await fast.close()


def _transport(socket: aiohttp.ClientWebSocketResponse) -> asyncio.Transport:
    connection: Any = socket._response.connection
    transport: asyncio.Transport = connection.transport
    return transport


async def test_a_revoked_key_ends_its_stream_while_another_key_s_identical_one_goes_on(
    client: Client, server: str
) -> None:
    """Given two keys of the same authority on one feed, when one is revoked, then only its socket is closed."""
    services = client.app.services
    seller = await factories.entity(client)
    revoked, other = await factories.key(client), await factories.key(client)
    await factories.settled(client.app)
    async with aiohttp.ClientSession() as http:
        sockets = [await connected(http, server, secret) for secret in (revoked, other)]
        for socket in sockets:
            await socket.send_json(subscribe(types=["INVOICE_FINALIZED"]))
        await asyncio.sleep(0.2)
        await factories.order(client, seller)
        shared = [await socket.receive_json(timeout=10) for socket in sockets]
        assert shared[0] == shared[1]

        principal = await keys.authenticate(services, f"Bearer {revoked}")
        await keys.revoke(services, principal.scope, principal.key.id, key=None)
        await asyncio.sleep(2.1)
        await factories.order(client, seller)
        message = await sockets[0].receive(timeout=10)
        assert (message.type, sockets[0].close_code) == (aiohttp.WSMsgType.CLOSE, 4403)
        going_on = await sockets[1].receive_json(timeout=10)
        assert going_on["payload"]["data"]["invoiceEvents"]["invoice"] == {"number": "INV-002"}
        await sockets[1].close()


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("subscription { invoiceEvents(types: [ORDER_CREATED]) { cursor } }", "INVALID_INPUT"),
        ('subscription { events(after: "evt_00000000000000000000000000") { cursor } }', "UNKNOWN_CURSOR"),
        ("subscription { events(types: [NONSENSE]) { cursor } }", "GRAPHQL_VALIDATION_FAILED"),
    ],
)
async def test_what_cannot_begin_says_why(sqlite_client: Client, sqlite_server: str, query: str, code: str) -> None:
    """Given a subscription that cannot begin, then the socket goes on and the error says what is wrong."""
    headers = {"authorization": f"Bearer {sqlite_client.secret}", "accept": "text/event-stream"}
    async with aiohttp.ClientSession() as http:
        socket = await connected(http, sqlite_server, sqlite_client.secret)
        await socket.send_json(subscribe("1", query))
        message = await socket.receive_json(timeout=10)
        assert (message["type"], message["payload"][0]["extensions"]["code"]) == ("error", code)
        await socket.close()
        async with http.post(sqlite_server, json={"query": query}, headers=headers) as response:
            assert f'"code":"{code}"' in await response.text()
