"""The migration that gives entities their own sequence numbers what is in the log already."""

from __future__ import annotations

import importlib.util
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import asyncpg

from app.db.migrations import APP, MIGRATIONS
from app.db.tables import Dialect

LOGGED = [("ent_a", 1), ("ent_b", 2), (None, 3), ("ent_a", 4), ("ent_a", 5), ("ent_b", None)]
NUMBERED = [("ent_a", 1, 1), ("ent_b", 2, 1), (None, 3, None), ("ent_a", 4, 2), ("ent_a", 5, 3), ("ent_b", None, None)]
READ = "SELECT entity_id, seq, entity_seq FROM event ORDER BY position"
COUNTERS = "SELECT entity_id, last_seq FROM entity_log ORDER BY entity_id"


def scripts(dialect: Dialect) -> Iterator[tuple[int, Path]]:
    """The versions on disk in their order."""
    paths = (MIGRATIONS / dialect / APP).glob("[0-9]*_*.py")
    yield from sorted((int(path.name.partition("_")[0]), path) for path in paths)


async def sql_of(path: Path) -> str:
    """What a version runs."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sql: str = await module.upgrade(None)
    return sql


def old_rows(entity_columns: list[tuple[str, bool]]) -> Iterator[str]:
    """A platform with two sellers and their events, as they were stored before; of a column whether it is a number."""
    yield "INSERT INTO account (id, name, created_at) VALUES ('acc', 'x', '2026-01-01 00:00:00+00:00')"
    yield (
        "INSERT INTO platform (id, account_id, mode, last_event_seq, created_at)"
        " VALUES ('plat', 'acc', 'LIVE', 5, '2026-01-01 00:00:00+00:00')"
    )
    for entity_id in ("ent_a", "ent_b"):
        given = {"platform_id": "plat", "id": entity_id, "external_id": entity_id, "status": "ACTIVE"}
        given |= {"auto_invoice": "NEVER", "when_unverified": "CHARGE"}
        names, values = [], []
        for name, is_number in entity_columns:
            default = "'0'" if is_number else "'2026-01-01 00:00:00+00:00'" if name.endswith("_at") else "''"
            names.append(name)
            values.append(f"'{given[name]}'" if name in given else default)
        yield f"INSERT INTO entity ({', '.join(names)}) VALUES ({', '.join(values)})"
    for n, (seller, seq) in enumerate(LOGGED):
        about = "NULL" if seller is None else f"'{seller}'"
        yield (
            "INSERT INTO event (platform_id, id, entity_id, seq, type, schema_version, subject_id, payload, actor,"
            f" occurred_at) VALUES ('plat', 'evt_{n}', {about}, {'NULL' if seq is None else seq}, 'x', 1, 's', '{{}}',"
            " 'a', '2026-01-01 00:00:00+00:00')"
        )


async def test_on_sqlite(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "old.sqlite3")
    for number, path in scripts("sqlite"):
        if number == 4:
            rows = database.execute("SELECT name, type FROM pragma_table_info('entity') WHERE \"notnull\"").fetchall()
            for statement in old_rows([(name, kind == "INT") for name, kind in rows]):
                database.execute(statement)
            database.commit()
        database.executescript(await sql_of(path))
    assert database.execute(READ).fetchall() == NUMBERED
    assert database.execute(COUNTERS).fetchall() == [("ent_a", 3), ("ent_b", 1)]
    database.close()


async def test_on_postgres_by_an_owner_that_row_level_security_binds(new_postgres_database: Callable[..., str]) -> None:
    connection: Any = await asyncpg.connect(new_postgres_database())
    name = await connection.fetchval("SELECT current_database()")
    owner = f"owner_of_{name}"
    await connection.execute(
        f"CREATE ROLE {owner} NOSUPERUSER NOBYPASSRLS; GRANT CREATE ON DATABASE {name} TO {owner};"
        f" GRANT ALL ON SCHEMA public TO {owner}"
    )
    for number, path in scripts("postgres"):
        if number == 4:
            rows = await connection.fetch(
                "SELECT column_name, data_type FROM information_schema.columns"
                " WHERE table_name = 'entity' AND is_nullable = 'NO'"
            )
            for statement in old_rows([(row[0], row[1] in ("integer", "boolean")) for row in rows]):
                await connection.execute(statement)
        async with connection.transaction():
            await connection.execute(f"SET LOCAL ROLE {owner}")
            await connection.execute(await sql_of(path))
    assert [tuple(row) for row in await connection.fetch(READ)] == NUMBERED
    assert [tuple(row) for row in await connection.fetch(COUNTERS)] == [("ent_a", 3), ("ent_b", 1)]
    forced = await connection.fetchval("SELECT relforcerowsecurity FROM pg_class WHERE relname = 'event'")
    assert forced
    await connection.close()
