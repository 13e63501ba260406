"""Tortoise as the plain way uses it: models, and a transaction that names the tenant for row-level security."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tortoise import Tortoise
from tortoise.transactions import in_transaction

from app import settings as app_settings

PLATFORM = os.environ.get("BENCH_PLATFORM", "")


async def start() -> None:
    """Opens the database of the bench's environment, as the product's role and with its pool."""
    chosen = app_settings.load({"INVOICING_DATABASE_URL": os.environ["BENCH_URL"]})
    await Tortoise.init(config=app_settings.tortoise_config(chosen), _enable_global_fallback=True)


async def stop() -> None:
    """Closes it."""
    await Tortoise.close_connections()


@asynccontextmanager
async def transaction() -> AsyncIterator[Any]:
    """A transaction of the tenant."""
    async with in_transaction("postgres") as connection:
        await connection.execute_query("select set_config('app.platform', $1, true)", [PLATFORM])
        yield connection


async def rows(query: Any) -> list[Any]:
    """All rows of a query, in a transaction of its own."""
    async with transaction() as connection:
        return list(await query.using_db(connection))
