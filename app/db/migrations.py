"""Brings a database to the newest schema with aerich, and on PostgreSQL makes the role that all work is done as.

The migrations are paired: `migrations/sqlite` and `migrations/postgres` hold the same versions under the same names.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import aerich
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.context import TortoiseContext
from tortoise.exceptions import OperationalError

from app.db.job_queue import QUEUE_SCHEMA
from app.db.tables import Dialect
from app.db.transaction import is_transient
from app.domain.errors import Unavailable

APP: Final = "invoicing"
MIGRATIONS: Final = Path(__file__).resolve().parent.parent.parent / "migrations"


async def migrate(config: dict[str, Any], dialect: Dialect, *, role: str) -> list[str]:
    """Applies what is missing; the names of the versions applied. `config` is the owner's Tortoise configuration."""
    async with _command(config, dialect) as (command, connection):
        if dialect == "postgres":
            await _make_role(connection, role)
        applied = await command.upgrade(run_in_transaction=True)
        if dialect == "postgres":
            await _grant(connection, role)
            await connection.execute_script("ANALYZE")
        return applied


async def pending(config: dict[str, Any], dialect: Dialect) -> list[str]:
    """The versions that are not applied yet; all of them on a database that was never migrated."""
    async with _command(config, dialect) as (command, _):
        try:
            return await command.heads()
        except OperationalError as error:
            # The table in which aerich remembers what was applied is made by the first migration.
            if "aerich" not in str(error):
                raise
            return versions(dialect)


def versions(dialect: Dialect) -> list[str]:
    """The names of all versions in order as they lie on disk."""
    found = (path.stem for path in (MIGRATIONS / dialect / APP).glob("[0-9]*_*.py"))
    return sorted(found, key=lambda name: int(name.partition("_")[0]))


async def write_migration(config: dict[str, Any], dialect: Dialect, name: str) -> str | None:
    """Writes the version that brings the last migration's state to the models' for review; its file name, if any."""
    async with _command(config, dialect) as (command, _):
        return await asyncio.wait_for(command.migrate(name, no_input=True), 60)


@asynccontextmanager
async def _command(config: dict[str, Any], dialect: Dialect) -> AsyncIterator[tuple[aerich.Command, BaseDBAsyncClient]]:
    """aerich at work. Raises Unavailable when the database is away."""
    # A context of its own: aerich would otherwise open Tortoise's global one and leave it behind.
    async with TortoiseContext() as context:
        await context.init(config=config)
        command = aerich.Command(config, app=APP, location=str(MIGRATIONS / dialect))
        try:
            await command.init()
            yield command, context.db(dialect)
        except Exception as error:
            if is_transient(error):
                raise Unavailable("the database cannot be reached, or it is busy") from error
            raise


async def _make_role(connection: BaseDBAsyncClient, role: str) -> None:
    _, rows = await connection.execute_query("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = $1", [role])
    if not rows:
        await connection.execute_script(f"CREATE ROLE {role} NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE")
    elif rows[0]["rolsuper"] or rows[0]["rolbypassrls"]:
        raise RuntimeError(f"the role {role} bypasses row-level security; name another in INVOICING_DATABASE_ROLE")
    await connection.execute_script(f"GRANT {role} TO CURRENT_USER")


async def _grant(connection: BaseDBAsyncClient, role: str) -> None:
    await connection.execute_script(
        f"GRANT USAGE ON SCHEMA public TO {role};"
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};"
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role};"
        # The job queue's own tables hold ids only, of all platforms: they are apart, and know no tenant.
        f"GRANT USAGE ON SCHEMA {QUEUE_SCHEMA} TO {role};"
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {QUEUE_SCHEMA} TO {role};"
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {QUEUE_SCHEMA} TO {role};"
        f"REVOKE ALL ON aerich FROM {role}; GRANT SELECT ON aerich TO {role};"
    )
