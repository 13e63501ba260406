"""Every mutation, on both databases: whatever happens to a request, repeating it under its key has one effect."""

from __future__ import annotations

import asyncio
import json
import random
from datetime import timedelta
from typing import Any

import pytest
from graphql import GraphQLInputObjectType, get_named_type

from app.db import idempotency
from app.db.idempotency import SWEPT_AT_ONCE, Claim
from app.db.tables import TABLES
from app.db.transaction import Database
from app.db.writes import write
from app.domain.scope import Scope
from app.graphql.schema import make_schema
from app.services import housekeeping
from tests import books
from tests.conftest import Clock
from tests.factories import Client
from tests.scenarios.mutation_cases import CASES

SCHEMA = make_schema()._schema
ERRORS = "userErrors { code field retryable }"
State = dict[str, tuple[int, int]]
# How much was done to the rows of a table, where they have no versions.
CHANGES = {
    "job": "coalesce(sum(CASE status WHEN 'QUEUED' THEN 1 WHEN 'CANCELLED' THEN 100 ELSE 0 END), 0)",
    "webhook_delivery": "coalesce(sum(retry_base), 0)",
}
# Made after the mutation's transaction: by the worker if the request is gone, by the relay.
LATER = {"webhook_attempt", "entity_log"}


def mutations() -> dict[str, Any]:
    root = SCHEMA.mutation_type
    assert root is not None
    return dict(root.fields)


def test_every_mutation_has_its_case() -> None:
    assert set(CASES) == set(mutations())


def test_every_mutations_input_takes_a_key() -> None:
    for name, field in mutations().items():
        assert list(field.args) == ["input"], name
        kind = get_named_type(field.args["input"].type)
        assert isinstance(kind, GraphQLInputObjectType), name
        assert str(kind.fields["idempotencyKey"].type) == "String", name


def operation(name: str, select: str) -> str:
    kind = mutations()[name].args["input"].type
    return f"mutation($i: {kind}, $key: String!) {{ {name}(input: $i) @idempotent(key: $key) {{ {select} {ERRORS} }} }}"


def ids_in(payload: Any) -> list[str]:
    """The ids of what was made, changed or deleted, of a batch one by one."""
    found = [payload["deletedId"]] if "deletedId" in payload else []
    for part in payload.get("results", [payload]):
        found += [value["id"] for value in part.values() if isinstance(value, dict)]
    return found


async def state(client: Client) -> State:
    """How many rows each table of the platform has, and how often they were changed."""
    scope = await books.scope_of(client)
    found: State = {}
    async with client.app.database.read(scope) as session:
        for table in TABLES.values():
            if not table.has_platform or table.name in LATER:
                continue
            versions = "coalesce(sum(version), 0)" if "version" in table.columns else CHANGES.get(table.name, "0")
            (row,) = await session.fetch(
                f"SELECT count(*) AS n, {versions} AS v FROM {table.name} WHERE platform_id = $1", scope.platform_id
            )
            found[table.name] = (row["n"], row["v"])
    return found


def effect(before: State, after: State) -> State:
    """What changed between the two, by table."""
    return {
        name: (after[name][0] - n, after[name][1] - version)
        for name, (n, version) in before.items()
        if after[name] != (n, version)
    }


class Calls:
    """Calls of one mutation under keys."""

    def __init__(self, client: Client, name: str) -> None:
        self.client, self.name, self.case = client, name, CASES[name]

    async def __call__(self, given: Any, key: str, *, again: bool = False) -> Any:
        query = operation(self.name, self.case.again if again else self.case.select)
        response = await self.client.raw(query, i=given, key=key)
        if "errors" in response:
            return response
        return response["data"][self.name]

    async def until_told(self, given: Any, key: str) -> Any:
        """What a client does: it asks again for as long as it is told to come again."""
        async with asyncio.timeout(30):
            while True:
                answer = await self(given, key, again=True)
                if not told_to_come_again(answer):
                    return answer
                await asyncio.sleep(0.01)


def told_to_come_again(answer: Any) -> bool:
    if "errors" in answer:
        return all(error["extensions"].get("retryable") is True for error in answer["errors"])
    return any(error["retryable"] for error in answer["userErrors"])


@pytest.fixture(params=sorted(CASES))
def calls(request: pytest.FixtureRequest, client: Client) -> Calls:
    return Calls(client, request.param)


async def done_once(calls: Calls, key: str) -> tuple[Any, Any, State]:
    """An input, the first answer to it, and what it did."""
    given = await calls.case.prepare(calls.client)
    before = await state(calls.client)
    first = await calls(given, key)
    return given, first, effect(before, await state(calls.client))


async def test_one_effect_whatever_happens_to_the_request(calls: Calls) -> None:
    client, case = calls.client, calls.case
    # Given what one call does.
    given, first, one = await done_once(calls, "first")
    assert first["userErrors"] == []
    assert one["idempotency_key"] == (1, 0)
    assert len(one) > 1, "the case does nothing"
    assert all(first[name] for name in case.once)

    # Repeated, with other fields selected: the same objects, and nothing is done. A secret is not shown again.
    before = await state(client)
    repeated = await calls(given, "first", again=True)
    assert ids_in(repeated) == ids_in(first)
    assert all(repeated[name] is None for name in case.once)

    # Another input under the same key is refused, by name.
    refused = await calls(case.change(given), "first")
    assert refused["userErrors"] == [{"code": "IDEMPOTENCY_MISMATCH", "field": ["idempotencyKey"], "retryable": False}]
    assert effect(before, await state(client)) == {}

    # 50 at once: one effect; whoever asked meanwhile and is told to come again, does.
    given = await case.prepare(client)
    before = await state(client)
    answers = await asyncio.gather(*(calls(given, "crowd") for _ in range(50)))
    finally_ = await calls.until_told(given, "crowd")
    assert effect(before, await state(client)) == one
    told = [answer for answer in answers if not told_to_come_again(answer)]
    assert told
    assert {json.dumps(ids_in(answer)) for answer in told} == {json.dumps(ids_in(finally_))}
    for name in case.once:
        assert sum(answer[name] is not None for answer in told) == 1

    # The first request is cancelled somewhere on its way.
    dice = random.Random(calls.name)
    for n in range(3):
        given = await case.prepare(client)
        before = await state(client)
        task = asyncio.create_task(calls(given, f"cancelled-{n}"))
        await asyncio.sleep(dice.random() * 0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert (await calls.until_told(given, f"cancelled-{n}"))["userErrors"] == []
        assert effect(before, await state(client)) == one


async def test_an_answer_lost_with_its_connection_is_had_again(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, one = await done_once(calls, "first")
    given = await calls.case.prepare(calls.client)
    before = await state(calls.client)
    end, lost = Database._end, False
    actor = (await books.scope_of(calls.client)).actor

    async def lose_the_answer(database: Database, raw: Any, holder: Any, how: str) -> None:
        nonlocal lost
        await end(database, raw, holder, how)
        session = database._current.get()
        # The mutation's own transaction, not one of the tasks beside it.
        scope = session.scope if session is not None and session.writable else None
        if how == "COMMIT" and isinstance(scope, Scope) and scope.actor == actor and not lost:
            lost = True
            raise ConnectionResetError("the server went away after it had committed")

    with monkeypatch.context() as patched:
        patched.setattr(Database, "_end", lose_the_answer)
        await calls(given, "lost")
    assert lost
    again = await calls.until_told(given, "lost")

    assert effect(before, await state(calls.client)) == one
    assert "errors" not in again


async def test_keys_are_forgotten_when_their_time_is_up(client: Client, clock: Clock) -> None:
    calls, scope = Calls(client, "entityCreate"), await books.scope_of(client)

    async def sweep() -> int:
        async with client.app.database.transaction(scope) as session:
            kept = timedelta(days=client.app.settings.idempotency_days)
            return await idempotency.sweep(scope, session, clock() - kept)

    given = await calls.case.prepare(client)
    first = await calls(given, "old")
    clock.advance(days=client.app.settings.idempotency_days, seconds=-1)
    await calls(await calls.case.prepare(client), "young")

    assert await sweep() == 0
    assert ids_in(await calls(given, "old")) == ids_in(first)
    clock.advance(seconds=2)
    assert await sweep() == 1
    assert (await calls({**given, "externalId": "another"}, "old"))["userErrors"] == []
    assert (await calls(given, "young"))["userErrors"][0]["code"] == "IDEMPOTENCY_MISMATCH"


async def test_a_sweep_takes_what_is_old_in_chunks(client: Client, clock: Clock) -> None:
    scope = await books.scope_of(client)
    claims = [Claim(actor="a", key=f"k{n}", operation="o", fingerprint="f") for n in range(SWEPT_AT_ONCE + 10)]
    done: list[tuple[Claim, dict[str, object]]] = [(claim, {"id": "x"}) for claim in claims]
    async with client.app.database.transaction(scope) as session:
        await write(scope, session, [idempotency.remembering(scope, done, clock())])
    clock.advance(days=8)

    async with client.app.database.transaction(scope) as session:
        assert await idempotency.sweep(scope, session, clock()) == SWEPT_AT_ONCE
    assert await housekeeping.sweep_idempotency_keys(client.app.services, scope) == 10
