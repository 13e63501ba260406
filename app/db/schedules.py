"""When the product's periodic work is due, and who is at it: one row each for the whole installation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from app.db.job_rows import ScheduleRow
from app.db.tables import TABLES, Dialect, decode, encode
from app.db.transaction import Database, Registry

_TABLE: Final = TABLES["schedule"]
_REGISTRY: Final = Registry(worker=True)


async def add(database: Database, name: str, next_at: datetime) -> None:
    """Makes the row of a schedule that has none."""
    async with database.transaction(_REGISTRY) as session:
        await session.execute(
            "INSERT INTO schedule (name, next_at) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
            name,
            _instant(next_at, database.dialect),
        )


async def all_of(database: Database) -> list[ScheduleRow]:
    """All schedules that ever were, by name."""
    async with database.read(_REGISTRY) as session:
        rows = await session.fetch(f"SELECT {', '.join(_TABLE.columns)} FROM schedule ORDER BY name LIMIT 1000")
    return [ScheduleRow(**decode(_TABLE, row, database.dialect)) for row in rows]


async def due(database: Database, names: Sequence[str], now: datetime) -> list[str]:
    """Those of the schedules that are due and that nobody is at."""
    rows = await all_of(database)
    return [
        row.name
        for row in rows
        if row.name in names and row.next_at <= now and (row.lease_until is None or row.lease_until <= now)
    ]


async def claim(database: Database, name: str, *, token: str, now: datetime, lease_until: datetime) -> bool:
    """Takes a run that is due, or whose worker has not been heard of; whether it was free."""
    async with database.transaction(_REGISTRY) as session:
        changed = await session.execute(
            "UPDATE schedule SET lease_token = $2, lease_until = $3, last_started_at = $4"
            " WHERE name = $1 AND next_at <= $4 AND (lease_until IS NULL OR lease_until <= $4)",
            name,
            token,
            _instant(lease_until, database.dialect),
            _instant(now, database.dialect),
        )
    return changed > 0


async def change(database: Database, name: str, *, token: str, changes: Mapping[str, Any]) -> bool:
    """Changes a schedule that this worker holds; whether it still does."""
    assignments = ", ".join(f"{column} = ${n}" for n, column in enumerate(changes, 3))
    values = [encode(_TABLE.columns[column], value, database.dialect) for column, value in changes.items()]
    async with database.transaction(_REGISTRY) as session:
        changed = await session.execute(
            f"UPDATE schedule SET {assignments} WHERE name = $1 AND lease_token = $2", name, token, *values
        )
    return changed > 0


def _instant(value: datetime, dialect: Dialect) -> object:
    return encode(_TABLE.columns["next_at"], value, dialect)
