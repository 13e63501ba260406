"""Statements that are begun ahead: their caller computes meanwhile, and nobody overtakes them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from app.db.transaction import Session
from tests import books, factories
from tests.factories import Client


async def _rename(session: Session, entity_id: str, name: str) -> str:
    await session.execute("UPDATE entity SET name = $2 WHERE id = $1", entity_id, name)
    return name


async def _name(session: Session, entity_id: str) -> Any:
    return (await session.fetch("SELECT name FROM entity WHERE id = $1", entity_id))[0]["name"]


async def _stored(client: Client, entity_id: str) -> Any:
    return (await client.ask("query($id: ID!) { entity(id: $id) { name } }", id=entity_id))["entity"]["name"]


async def test_what_is_begun_ahead_comes_before_the_next_statement_and_before_the_end(client: Client) -> None:
    entity, scope = await factories.entity(client), await books.scope_of(client)

    async with client.app.database.transaction(scope) as session:
        first = await session.ahead(_rename(session, entity, "one"))
        assert await _name(session, entity) == "one"
        assert await first == "one"
        await session.ahead(_rename(session, entity, "two"))
        await session.ahead(_rename(session, entity, "three"))

    assert await _stored(client, entity) == "three"


async def test_its_error_is_raised_by_whoever_comes_next_and_nothing_is_kept(client: Client) -> None:
    entity, scope = await factories.entity(client), await books.scope_of(client)
    before = await _stored(client, entity)

    async def fail(*, at_the_end: bool) -> None:
        async with client.app.database.transaction(scope) as session:
            await _rename(session, entity, "lost")
            await session.ahead(session.execute("UPDATE nowhere SET name = $1", "lost"))
            if not at_the_end:
                await _name(session, entity)

    for at_the_end in (False, True):
        with pytest.raises(Exception, match="nowhere"):
            await fail(at_the_end=at_the_end)
        assert await _stored(client, entity) == before


async def test_a_caller_that_fails_or_is_cancelled_meanwhile_leaves_a_working_connection(client: Client) -> None:
    entity, scope = await factories.entity(client), await books.scope_of(client)
    before = await _stored(client, entity)

    async def rename_and(fail: bool) -> None:
        async with client.app.database.transaction(scope) as session:
            await session.ahead(_rename(session, entity, "lost"))
            if fail:
                raise LookupError
            await asyncio.sleep(10)

    with pytest.raises(LookupError):
        await rename_and(fail=True)
    for _ in range(20):
        task = asyncio.create_task(rename_and(fail=False))
        await asyncio.sleep(0.005)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    assert await _stored(client, entity) == before
    await books.all_connections_work(client)


async def test_a_caller_that_is_cancelled_as_it_waits_for_it_gives_the_connection_back(client: Client) -> None:
    # given two who rename the same row ahead and wait for that: one of them waits for the other
    entity, scope = await factories.entity(client), await books.scope_of(client)
    before = await _stored(client, entity)

    async def rename() -> None:
        async with client.app.database.transaction(scope) as session:
            await (await session.ahead(_rename(session, entity, "lost")))
            await asyncio.sleep(10)

    # when whoever waits is cancelled, and with it what it waits for
    for _ in range(40):
        tasks = [asyncio.create_task(rename()) for _ in range(2)]
        await asyncio.sleep(0.005)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # then nothing is held any more
    assert await _stored(client, entity) == before
    async with asyncio.timeout(5), client.app.database.transaction(scope) as session:
        await _rename(session, entity, "free")
    await books.all_connections_work(client)
