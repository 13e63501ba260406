"""Changes to the database behind the product's back: raw SQL with triggers and foreign keys off."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Protocol

import asyncpg

from app.db.tables import TABLES, Kind
from tests.factories import Client


class Intruder(Protocol):
    """Somebody with the database's password."""

    async def value(self, table: str, row_id: str, column: str) -> Any:
        """What stands there."""
        ...

    async def put(self, table: str, row_id: str, column: str, value: Any) -> None:
        """Writes it."""
        ...

    async def run(self, sql: str) -> None:
        """Any statement."""
        ...


class _Sqlite:
    def __init__(self, path: str) -> None:
        self._raw = sqlite3.connect(path, isolation_level=None, timeout=10)
        self._raw.execute("PRAGMA foreign_keys = OFF")
        self._raw.execute("PRAGMA ignore_check_constraints = ON")
        for (name,) in self._raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            self._raw.execute(f"DROP TRIGGER {name}")

    async def value(self, table: str, row_id: str, column: str) -> Any:
        return self._raw.execute(f"SELECT {column} FROM {table} WHERE id = ?", (row_id,)).fetchone()[0]

    async def put(self, table: str, row_id: str, column: str, value: Any) -> None:
        assert self._raw.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (value, row_id)).rowcount == 1

    async def run(self, sql: str) -> None:
        self._raw.execute(sql)

    async def close(self) -> None:
        self._raw.close()


class _Postgres:
    def __init__(self, raw: Any) -> None:
        self._raw = raw

    async def value(self, table: str, row_id: str, column: str) -> Any:
        return await self._raw.fetchval(f"SELECT {column} FROM {table} WHERE id = $1", row_id)

    async def put(self, table: str, row_id: str, column: str, value: Any) -> None:
        assert await self._raw.execute(f"UPDATE {table} SET {column} = $1 WHERE id = $2", value, row_id) == "UPDATE 1"

    async def run(self, sql: str) -> None:
        await self._raw.execute(sql)

    async def close(self) -> None:
        await self._raw.close()


@asynccontextmanager
async def intruder(client: Client) -> AsyncIterator[Intruder]:
    """Somebody who writes past the product into the client's database."""
    url = client.app.settings.database_url
    opened: _Sqlite | _Postgres
    if url.startswith("sqlite"):
        opened = _Sqlite(url.removeprefix("sqlite://"))
    else:
        raw = await asyncpg.connect(url)
        # No triggers and no foreign keys; checks and unique keys cannot be switched off.
        await raw.execute("SET session_replication_role = replica")
        opened = _Postgres(raw)
    try:
        yield opened
    finally:
        await opened.close()


def altered(table: str, column: str, value: Any) -> Any:
    """Another value of that column, as close to this one as can be; a value where there is none."""
    kind = TABLES[table].columns[column]
    match kind.kind:
        case Kind.ENUM:
            return next(member.value for member in kind.enum or () if member.value != value)
        case Kind.BOOLEAN:
            return not value if isinstance(value, bool) else 1 - value
        case Kind.INTEGER | Kind.BIGINT:
            # Far off, so that no unique key forbids it.
            return (value or 0) + 1_000
        case Kind.DECIMAL if value is None or isinstance(value, Decimal):
            return (value or Decimal(0)) + Decimal("0.000001")
        case Kind.DATE if not isinstance(value, str):
            return date(2026, 1, 1) if value is None else value + timedelta(days=1)
        case Kind.INSTANT if not isinstance(value, str):
            return datetime.fromisoformat("2026-01-01T00:00:00+00:00") if value is None else value + _MICROSECOND
    if value is None:
        return {Kind.DATE: "2026-01-01", Kind.INSTANT: "2026-01-01 00:00:00.000000+00:00"}.get(kind.kind, "X")
    if value == "[]":
        return "[0]"
    # One byte of its text: a digit or a letter, so that what it says is another thing and still well formed.
    places = [place for place in range(len(value)) if value[place].isascii() and value[place].isalnum()]
    # A number's last digit would make it another document's, which a unique key forbids.
    place = places[0] if column == "number" else places[-1]
    other = {"9": "8"}.get(value[place], chr(ord(value[place]) + 1))
    return value[:place] + (other if other.isalnum() else "a") + value[place + 1 :]


_MICROSECOND = timedelta(microseconds=1)
