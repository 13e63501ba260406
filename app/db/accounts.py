"""Accounts, their platforms, and the look-up of a key before any tenant is known."""

from __future__ import annotations

from collections.abc import Sequence

from app.db.rows import AccountRow, ApiKeyRow, PlatformRow
from app.db.tables import TABLES, decode, encode
from app.db.transaction import Database, Registry, Session
from app.db.where import OneOf, Parameters, to_sql
from app.domain.scope import Mode


async def create_account(session: Session, account: AccountRow, platforms: Sequence[PlatformRow]) -> None:
    """Inserts an account with its platforms, in a session of `Registry(worker=True)`."""
    for table, rows in (("account", [account]), ("platform", platforms)):
        columns = TABLES[table].columns
        marks = ", ".join(f"${n}" for n in range(1, len(columns) + 1))
        sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
        for row in rows:
            values = [encode(column, getattr(row, name), session.dialect) for name, column in columns.items()]
            await session.execute(sql, *values)


async def find_key(database: Database, key_hash: str) -> tuple[ApiKeyRow, Mode] | None:
    """The key with that SHA-256 and its platform's mode, or None."""
    async with database.read(Registry(key_hash=key_hash)) as session:
        table = TABLES["api_key"]
        found = await session.fetch(
            f"SELECT {', '.join(table.columns)} FROM api_key WHERE key_hash = $1 LIMIT 1", key_hash
        )
        if not found:
            return None
        key = ApiKeyRow(**decode(table, found[0], session.dialect))
    mode = await platform_mode(database, key.platform_id)
    return None if mode is None else (key, mode)


async def find_keys(database: Database, key_hashes: Sequence[str]) -> dict[str, ApiKeyRow]:
    """The keys with these SHA-256, at most a few thousand, of whatever platforms; for the keys already let in."""
    table = TABLES["api_key"]
    parameters = Parameters(database.dialect)
    where = to_sql(OneOf("key_hash", sorted(set(key_hashes))), table, parameters)
    async with database.read(Registry(worker=True)) as session:
        found = await session.fetch(f"SELECT {', '.join(table.columns)} FROM api_key WHERE {where}", *parameters.values)
        rows = [ApiKeyRow(**decode(table, row, session.dialect)) for row in found]
    return {row.key_hash: row for row in rows}


async def platform_mode(database: Database, platform_id: str) -> Mode | None:
    """The mode of a platform, or None when there is none with that id."""
    async with database.read(Registry(worker=True)) as session:
        found = await session.fetch("SELECT mode FROM platform WHERE id = $1", platform_id)
    return Mode(found[0]["mode"]) if found else None


async def platforms(database: Database) -> list[PlatformRow]:
    """All platforms of the installation, by id; for the product's own loops and the command line."""
    async with database.read(Registry(worker=True)) as session:
        table = TABLES["platform"]
        found = await session.fetch(f"SELECT {', '.join(table.columns)} FROM platform ORDER BY id LIMIT 100000")
        return [PlatformRow(**decode(table, row, session.dialect)) for row in found]


async def accounts(database: Database) -> list[AccountRow]:
    """All accounts of the installation, by id."""
    async with database.read(Registry(worker=True)) as session:
        table = TABLES["account"]
        found = await session.fetch(f"SELECT {', '.join(table.columns)} FROM account ORDER BY id LIMIT 100000")
        return [AccountRow(**decode(table, row, session.dialect)) for row in found]


async def contact_email(database: Database, platform_id: str) -> str | None:
    """Where the operator of a platform is written to, or None."""
    async with database.read(Registry(worker=True)) as session:
        found = await session.fetch(
            "SELECT a.contact_email FROM platform p JOIN account a ON a.id = p.account_id WHERE p.id = $1", platform_id
        )
    return found[0]["contact_email"] if found else None


async def change_contact(database: Database, account_id: str, email: str | None) -> bool:
    """Sets where an operator is written to; whether there is such an account."""
    async with database.transaction(Registry(worker=True)) as session:
        return await session.execute("UPDATE account SET contact_email = $1 WHERE id = $2", email, account_id) > 0
