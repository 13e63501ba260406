"""An endpoint goes away and comes back: nothing that happened meanwhile is missed."""

from __future__ import annotations

from datetime import timedelta

from app.db.aggregates import ATTEMPTS, DELIVERIES
from app.db.fan_out import MAX_PENDING, MIN_EVENTS
from app.db.where import All, Eq
from app.services import housekeeping
from tests import books, endpoints, factories
from tests.conftest import Clock
from tests.endpoints import receiving
from tests.factories import Client

ENDPOINT = (
    "query($id: ID!) { node(id: $id) { ... on WebhookEndpoint { status disabledReason failingSince replaying } } }"
)


async def test_after_five_days_of_failure_it_is_disabled_and_enabled_it_goes_on_where_it_stopped(
    client: Client, clock: Clock
) -> None:
    """Given an endpoint that fails for five days, when it is enabled again, then all that it missed arrives."""
    async with receiving() as receiver:
        endpoint, _ = await endpoints.make(client, receiver.url, eventTypes=["API_KEY_CREATED"])
        receiver.status(500)
        ids = await endpoints.emit(client, 1)
        await endpoints.deliver(client.app)
        began = clock.now
        for _ in range(11):
            clock.advance(hours=11)
            await endpoints.deliver(client.app)
        found = (await client.ask(ENDPOINT, id=endpoint))["node"]
        assert (found["status"], found["failingSince"]) == ("ENABLED", "2026-03-10T09:00:00Z")
        (given_up,) = await endpoints.deliveries(client, endpoint)
        assert (given_up["status"], given_up["attemptCount"], len(receiver.received)) == ("FAILED", 8, 8)

        ids += await endpoints.emit(client, 1)
        await endpoints.deliver(client.app)
        found = (await client.ask(ENDPOINT, id=endpoint))["node"]
        assert (found["status"], found["disabledReason"]) == (
            "DISABLED",
            f"nothing was accepted since {began:%Y-%m-%d %H:%M} UTC",
        )
        await factories.settled(client.app)
        told = await client.ask("{ events(types: [WEBHOOK_ENDPOINT_DISABLED]) { nodes { subjectId data } } }")
        assert told["events"]["nodes"] == [
            {
                "subjectId": endpoint,
                "data": {"id": endpoint, "url": receiver.url, "reason": found["disabledReason"]},
            }
        ]
        sent = len(receiver.received)
        ids += await endpoints.emit(client, 2)
        await endpoints.deliver(client.app)
        assert len(receiver.received) == sent

        receiver.status(204)
        receiver.received.clear()
        again = await endpoints.change(client, endpoint, status="ENABLED")
        assert (again["status"], again["disabledReason"], again["failingSince"]) == ("ENABLED", None, None)
        clock.advance(minutes=1)
        await endpoints.deliver(client.app)
        assert sorted(receiver.ids) == sorted(ids[1:])
        assert await endpoints.replay(client, endpoint, allFailed=True) == {
            "webhookEndpoint": {"id": endpoint, "replaying": False},
            "replayed": 1,
            "userErrors": [],
        }
        await endpoints.deliver(client.app)
        assert sorted(receiver.ids) == sorted(ids)
        assert {one["status"] for one in await endpoints.deliveries(client, endpoint)} == {"SUCCEEDED"}


async def test_410_disables_at_once(client: Client) -> None:
    async with receiving() as receiver:
        endpoint, _ = await endpoints.make(client, receiver.url)
        receiver.status(410)
        await endpoints.emit(client, 1)
        await endpoints.deliver(client.app)

        found = (await client.ask(ENDPOINT, id=endpoint))["node"]
        assert (found["status"], found["disabledReason"]) == ("DISABLED", "the endpoint answered 410 Gone")
        (delivery,) = await endpoints.deliveries(client, endpoint)
        assert (delivery["status"], delivery["attemptCount"], delivery["nextAttemptAt"]) == ("FAILED", 1, None)


async def test_retry_after_holds_up_the_delivery_and_for_a_while_the_others(client: Client, clock: Clock) -> None:
    async with receiving() as receiver:
        endpoint, _ = await endpoints.make(client, receiver.url)
        receiver.status(503, **{"Retry-After": "240"})
        await endpoints.emit(client, 1)
        await endpoints.deliver(client.app)
        receiver.status(204)
        (second,) = await endpoints.emit(client, 1)
        clock.advance(seconds=239)
        await endpoints.deliver(client.app)
        assert len(receiver.received) == 1

        clock.advance(seconds=1)
        await endpoints.deliver(client.app)
        # Never sooner than it was asked, up to a fifth later.
        assert receiver.ids[1:] == [second]
        clock.advance(seconds=48)
        await endpoints.deliver(client.app)
        assert [one["status"] for one in await endpoints.deliveries(client, endpoint)] == ["SUCCEEDED"] * 2


async def test_one_delivery_is_sent_again_with_attempts_of_its_own(client: Client, clock: Clock) -> None:
    """Given a delivery that arrived, when it is replayed and fails, then it is retried from the schedule's start."""
    async with receiving() as receiver:
        endpoint, _ = await endpoints.make(client, receiver.url)
        await endpoints.emit(client, 1)
        await endpoints.deliver(client.app)
        (delivery,) = await endpoints.deliveries(client, endpoint)
        receiver.status(500)

        payload = await endpoints.replay(client, endpoint, delivery=delivery["id"])
        assert (payload["replayed"], payload["userErrors"]) == (1, [])
        await endpoints.deliver(client.app)
        (delivery,) = await endpoints.deliveries(client, endpoint)
        assert (delivery["status"], delivery["attemptCount"]) == ("PENDING", 2)
        receiver.status(204)
        clock.advance(seconds=6)
        await endpoints.deliver(client.app)

        (delivery,) = await endpoints.deliveries(client, endpoint)
        assert (delivery["status"], [one["number"] for one in delivery["attempts"]]) == ("SUCCEEDED", [1, 2, 3])
        assert [one["succeeded"] for one in delivery["attempts"]] == [True, False, True]
        assert len({received.body for received in receiver.received}) == 1
        assert receiver.ids == [delivery["event"]["id"]] * 3


async def test_all_since_a_time_is_sent_again_what_never_was_included(client: Client, clock: Clock) -> None:
    """Given events before and after a time, most from before the endpoint was made, then those since arrive once."""
    earlier = await endpoints.emit(client, 5)
    clock.advance(hours=1)
    since = clock.now
    count = 2 * MIN_EVENTS
    wanted = await endpoints.emit(client, count)
    clock.advance(hours=1)
    async with receiving() as receiver:
        endpoint, _ = await endpoints.make(client, receiver.url)
        wanted += await endpoints.emit(client, 3)
        await endpoints.deliver(client.app)
        assert sorted(receiver.ids) == sorted(wanted[count:])

        payload = await endpoints.replay(client, endpoint, since=since.isoformat())
        assert payload["webhookEndpoint"]["replaying"] is True
        assert (payload["replayed"], payload["userErrors"]) == (None, [])
        late = await endpoints.emit(client, 1)
        await endpoints.deliver(client.app)

        assert sorted(receiver.ids[3:]) == sorted([*wanted, *late])
        assert not set(earlier) & set(receiver.ids)
        assert (await client.ask(ENDPOINT, id=endpoint))["node"]["replaying"] is False


async def test_a_sellers_key_replays_its_own_events_only(client: Client, clock: Clock) -> None:
    mine, other = await factories.entity(client), await factories.entity(client)
    asking = client.with_key(await factories.key(client, mine))
    await factories.settled(client.app)
    clock.advance(minutes=5)
    since = clock.now
    async with receiving() as receiver:
        endpoint, _ = await endpoints.make(asking, receiver.url, eventTypes=["API_KEY_CREATED"])
        wanted = []
        for _ in range(3):
            await endpoints.emit(client, 4, other)
            wanted += await endpoints.emit(client, 2, mine)
        await endpoints.deliver(client.app)
        assert sorted(receiver.ids) == sorted(wanted)
        await endpoints.replay(asking, endpoint, since=since.isoformat())
        await endpoints.deliver(client.app)
        # Not the event of the key itself, which is from before.
        assert sorted(receiver.ids) == sorted([*wanted, *wanted])
        assert {received.json["entityId"] for received in receiver.received} == {mine}


async def test_a_wrong_replay_names_its_field(client: Client, clock: Clock) -> None:
    async with receiving() as receiver:
        endpoint, _ = await endpoints.make(client, receiver.url)
        ahead = (clock.now + timedelta(seconds=1)).isoformat()
        for what, code, field in (
            ({"since": ahead}, "INVALID_INPUT", ["what", "since"]),
            ({"allFailed": False}, "INVALID_INPUT", ["what", "allFailed"]),
            ({"delivery": "whd_00000000000000000000000000"}, "NOT_FOUND", ["what", "delivery"]),
        ):
            (error,) = (await endpoints.replay(client, endpoint, **what))["userErrors"]
            assert (error["code"], error["field"]) == (code, field)
        both = await client.error(
            endpoints.REPLAY, i={"endpointId": endpoint, "what": {"allFailed": True, "since": clock.now.isoformat()}}
        )
        assert "must specify exactly one key" in both["message"]


async def test_a_replay_with_a_key_is_done_once(client: Client) -> None:
    async with receiving() as receiver:
        endpoint, _ = await endpoints.make(client, receiver.url)
        await endpoints.emit(client, 2)
        receiver.status(410)
        await endpoints.deliver(client.app)
        given = {"endpointId": endpoint, "what": {"allFailed": True}, "idempotencyKey": "again"}
        first = (await client.ask(endpoints.REPLAY, i=given))["webhookReplay"]
        repeated = (await client.ask(endpoints.REPLAY, i=given))["webhookReplay"]
        assert (first["replayed"], first) == (2, repeated)
        assert [one["status"] for one in await endpoints.deliveries(client, endpoint)] == ["PENDING"] * 2


async def test_an_endpoint_that_is_far_behind_reads_on_when_there_is_room(client: Client) -> None:
    """Given more events than may be pending, then the rest waits in the log until some are done, and is not missed."""
    endpoint, _ = await endpoints.make(client, "http://127.0.0.1:9009/")
    await endpoints.emit(client, MAX_PENDING + 600)
    worker, scope = client.app.worker, await books.scope_of(client)
    while await worker.take_new():
        pass
    pending = All((Eq("endpoint_id", endpoint), Eq("status", "PENDING")))
    async with client.app.database.transaction(scope) as session:
        # The last stretch that is read may go beyond.
        assert MAX_PENDING <= await DELIVERIES.count(scope, session, pending) < MAX_PENDING + 500
        await session.execute("UPDATE webhook_delivery SET status = 'SUCCEEDED' WHERE endpoint_id = $1", endpoint)

    while await worker.take_new():
        pass
    async with client.app.database.read(scope) as session:
        rows = await DELIVERIES.list(scope, session, Eq("endpoint_id", endpoint), limit=10_000)
    assert len({row.event_id for row in rows}) == len(rows) == MAX_PENDING + 600
    assert sorted(row.seq for row in rows) == list(
        range(min(row.seq for row in rows), max(row.seq for row in rows) + 1)
    )


async def test_what_has_ended_is_forgotten_after_its_time_and_what_has_not_is_kept(
    client: Client, clock: Clock
) -> None:
    async with receiving() as receiver:
        endpoint, _ = await endpoints.make(client, receiver.url)
        await endpoints.emit(client, 3)
        await endpoints.deliver(client.app)
        scope = await books.scope_of(client)
        assert await housekeeping.sweep_deliveries(client.app.services, scope) == 0
        # Ids are of the machine's time, which the clock of the test does not move.
        clock.now = clock.now.replace(year=2199)
        receiver.status(500)
        (kept,) = await endpoints.emit(client, 1)
        await endpoints.deliver(client.app)

        assert await housekeeping.sweep_deliveries(client.app.services, scope) == 3
        assert [one["event"]["id"] for one in await endpoints.deliveries(client, endpoint)] == [kept]
        async with client.app.database.read(scope) as session:
            assert await ATTEMPTS.count(scope, session) == 1
            assert await DELIVERIES.count(scope, session) == 1
