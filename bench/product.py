"""The product: its parts opened in this process, and the environment in which its server is run."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import TypeVar

import uvloop

from app import bootstrap, settings
from app.bootstrap import Application
from bench.postgres import Database

T = TypeVar("T")
ROLE = settings.Settings().database_role
POOL_SIZE = settings.Settings().database_pool_size


def environment(database: Database) -> dict[str, str]:
    """The settings of a server on this database: the defaults, and logs that only tell of trouble."""
    return {"INVOICING_DATABASE_URL": database.url, "INVOICING_LOG_LEVEL": "WARNING"}


def opened(
    database: Database, work: Callable[[Application], Awaitable[T]], further: Mapping[str, str] = MappingProxyType({})
) -> T:
    """Migrates the database and runs `work` on the open product, its relay beside it, on the loop that serving has.

    `further` are settings beside those of `environment`.
    """

    async def run() -> T:
        chosen = settings.load({**environment(database), **further})
        await bootstrap.migrate(chosen)
        async with bootstrap.application(chosen) as app, bootstrap.background(app, worker=False):
            bootstrap.spare_what_lasts()
            return await work(app)

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(run())
