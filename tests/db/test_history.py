"""The database keeps the history as it was written, and who could read the event log may read it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from app.db.aggregates import HISTORY
from app.db.tables import Dialect
from tests import books, factories
from tests.db.test_event_migration import scripts, sql_of
from tests.factories import Client

NUMBER = 15


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET actor = 'nobody'", "DELETE FROM audit_entry"])
async def test_entries_are_neither_changed_nor_deleted(client: Client, statement: str) -> None:
    await factories.entity(client)
    scope = await books.scope_of(client)

    with pytest.raises(Exception, match="audit_entry is append-only"):
        async with client.app.database.transaction(scope) as session:
            await session.execute(f"{statement} WHERE platform_id = $1", scope.platform_id)

    async with client.app.database.read(scope) as session:
        rows = await HISTORY.list(scope, session, limit=10)
    assert [(row.action, row.actor) for row in rows] == [("CREATED", scope.actor)]


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET actor = 'nobody'", "DELETE FROM audit_entry"])
async def test_not_even_by_the_owner(postgres_client: Client, postgres_url: str, statement: str) -> None:
    await factories.entity(postgres_client)
    owner = await asyncpg.connect(postgres_url)
    with pytest.raises(asyncpg.RestrictViolationError, match="append-only"):
        await owner.execute(statement)
    await owner.close()


HELD = {
    "admin": '["api_keys:read","api_keys:write","entities:read","events:read"]',
    "keys only": '["api_keys:read","api_keys:write","entities:read"]',
    "reader": '["api_keys:read","events:read"]',
    "has it": '["api_keys:write","audit:read","events:read"]',
}
AFTER = HELD | {"admin": '["api_keys:read","api_keys:write","audit:read","entities:read","events:read"]'}
OLD = (
    "INSERT INTO account (id, name, created_at) VALUES ('acc', 'x', '2026-01-01 00:00:00+00:00');"
    "INSERT INTO platform (id, account_id, mode, last_event_seq, created_at)"
    " VALUES ('plat', 'acc', 'LIVE', 5, '2026-01-01 00:00:00+00:00');"
    + "".join(
        "INSERT INTO api_key (platform_id, id, name, prefix, last_four, key_hash, permissions, created_at, created_by)"
        f" VALUES ('plat', 'key_{n}', '{name}', 'sk_live_', 'abcd', 'hash{n}', '{held}',"
        " '2026-01-01 00:00:00+00:00', 'x');"
        for n, (name, held) in enumerate(HELD.items())
    )
)
READ = "SELECT name, permissions FROM api_key"


async def until(dialect: Dialect) -> tuple[list[str], str]:
    """The scripts of the versions before, and that of this one."""
    found = [(number, await sql_of(path)) for number, path in scripts(dialect)]
    return [sql for number, sql in found if number < NUMBER], dict(found)[NUMBER]


async def test_keys_made_before_are_given_the_permission_on_sqlite(tmp_path: Path) -> None:
    before, this = await until("sqlite")
    database = sqlite3.connect(tmp_path / "old.sqlite3")
    for sql in before:
        database.executescript(sql)
    database.executescript(OLD)

    database.executescript(this)

    assert dict(database.execute(READ).fetchall()) == AFTER
    database.close()


async def test_keys_made_before_are_given_the_permission_on_postgres(
    new_postgres_database: Callable[..., str],
) -> None:
    before, this = await until("postgres")
    connection: Any = await asyncpg.connect(new_postgres_database())
    for sql in before:
        await connection.execute(sql)
    await connection.execute(OLD)
    # An owner that is no superuser is bound by row-level security like everybody.
    await connection.execute(
        "DO $$BEGIN CREATE ROLE plain_owner NOLOGIN NOBYPASSRLS; EXCEPTION WHEN duplicate_object THEN NULL; END$$;"
        "GRANT ALL ON SCHEMA public TO plain_owner; ALTER TABLE api_key OWNER TO plain_owner; SET ROLE plain_owner"
    )

    async with connection.transaction():
        await connection.execute(this)

    await connection.execute("RESET ROLE")
    assert {row["name"]: row["permissions"] for row in await connection.fetch(READ)} == AFTER
    await connection.close()
