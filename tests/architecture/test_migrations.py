"""The migrations, run one after the other, make the very schema that the models declare."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import asyncpg

from app.db.ddl import schema_sql
from app.db.job_queue import queue_settings
from app.db.tables import TABLES

# What the migrations make beside the models: aerich's own table.
NOT_OURS = {"aerich", "sqlite_sequence"}


def test_on_sqlite(sqlite_template: Path) -> None:
    # given the models' schema and the migrations'
    declared = sqlite3.connect(":memory:")
    declared.executescript(schema_sql("sqlite"))
    migrated = sqlite3.connect(sqlite_template)

    # then they have the same parts, whatever their order
    assert sqlite_parts(migrated) == sqlite_parts(declared)
    declared.close()
    migrated.close()


def sqlite_parts(database: sqlite3.Connection) -> set[tuple[str, str]]:
    rows = database.execute("SELECT tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    found = set()
    for table, sql in rows:
        if table in NOT_OURS:
            continue
        parts = split(sql) if sql.startswith("CREATE TABLE") else [sql]
        found |= {(table, re.sub(r"\s+", " ", part).strip()) for part in parts}
    return found


def split(sql: str) -> Iterator[str]:
    """The parts of a CREATE TABLE, which commas outside parentheses divide."""
    depth, part = 0, ""
    for letter in sql[sql.index("(") + 1 : sql.rindex(")")]:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            yield part
            part = ""
        else:
            part += letter
    yield part


async def test_on_postgres(postgres_url: str, new_postgres_database: Callable[..., str]) -> None:
    # given the models' schema and the migrations'
    empty = await asyncpg.connect(new_postgres_database())
    await empty.execute(schema_sql("postgres"))
    declared = await postgres_parts(empty)
    await empty.close()
    connection = await asyncpg.connect(postgres_url)
    migrated = await postgres_parts(connection)

    # then they have the same parts
    assert migrated == declared
    assert {part[1] for part in declared if part[0] == "column"} == set(TABLES)
    await connection.close()


PARTS = {
    "column": "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,"
    " (SELECT collname FROM pg_collation WHERE oid = a.attcollation), pg_get_expr(d.adbin, d.adrelid)"
    " FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
    " LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum"
    " WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace",
    "constraint": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace AND contype <> 'n'",
    "index": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "policy": "SELECT tablename, policyname, permissive, roles::text, cmd, qual, with_check FROM pg_policies"
    " WHERE schemaname = 'public'",
    "security": "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class"
    " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
    "function": "SELECT 'public', proname, pg_get_functiondef(oid) FROM pg_proc"
    " WHERE pronamespace = 'public'::regnamespace",
    "trigger": "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
}


async def postgres_parts(connection: Any) -> set[Sequence[Any]]:
    return {
        (kind, *row.values())
        for kind, sql in PARTS.items()
        for row in await connection.fetch(sql)
        if row[0] not in NOT_OURS
    }


async def test_the_queue_is_pgqueuers_without_its_trigger(postgres_url: str) -> None:
    # given the queue's tables as our migration made them
    from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
    from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment
    from pgqueuer.queries import Queries

    connection = await asyncpg.connect(postgres_url)
    queries = Queries(AsyncpgDriver(connection), qbe=QueryBuilderEnvironment(queue_settings()))

    # when the installed PgQueuer says what it would change
    plan = await queries.plan_upgrade()

    # then only what notifies on every change, which we do not want
    assert [statement.split("\n")[0].split("(")[0] for statement in plan.statements] == [
        "CREATE FUNCTION invoicing_queue.fn_pgqueuer_changed",
        "CREATE TRIGGER tg_pgqueuer_changed",
    ]
    await connection.close()
