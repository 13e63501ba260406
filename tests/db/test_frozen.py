"""What the database itself refuses to do to finalized documents, whoever asks."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import asyncpg
import pytest

from app.db.frozen import FROZEN, MUTABLE, VOIDING
from app.db.tables import TABLES, Column, Kind
from tests import books, factories
from tests.document_life import done, finalized, seller
from tests.factories import Client

Execute = Callable[[str], Awaitable[int]]
REFUSED = (sqlite3.IntegrityError, asyncpg.PostgresError)
# Values that a column of that kind does not have in these tests.
OTHER = {
    Kind.TEXT: "'other'",
    Kind.INTEGER: "77",
    Kind.BIGINT: "77",
    Kind.DECIMAL: "'7.5'",
    Kind.DATE: "'2001-01-01'",
    Kind.INSTANT: "'2001-01-01 00:00:00.000000+00:00'",
    Kind.JSON: "'[7]'",
}


def other(column: Column, dialect: str) -> str:
    """Another value of a column, as SQL."""
    if column.enum is not None:
        return f"'{list(column.enum)[-1].value}'"
    if column.kind is Kind.BOOLEAN:
        return f"NOT {column.name}" if dialect == "postgres" else f"1 - {column.name}"
    if column.kind is Kind.TEXT:
        return f"'{'other'[: column.length]}'"
    return OTHER[column.kind]


@pytest.fixture
async def execute(client: Client) -> AsyncIterator[Execute]:
    """Runs a statement past the product, as the database's owner; the number of rows it changed."""
    url = client.app.settings.database_url
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite://"), isolation_level=None)

        async def on_sqlite(sql: str) -> int:
            return connection.execute(sql).rowcount

        yield on_sqlite
        connection.close()
        return
    server = await asyncpg.connect(url)

    async def on_postgres(sql: str) -> int:
        return int((await server.execute(sql)).rpartition(" ")[2])

    yield on_postgres
    await server.close()


@pytest.fixture
async def buyer(client: Client) -> str:
    return await factories.customer(client, await seller(client))


async def invoice_of(client: Client, buyer: str, status: str) -> str:
    invoice = await finalized(client, buyer)
    if status == "VOID":
        await done(client, "invoiceVoid", id=invoice["id"], reason="x")
    return str(invoice["id"])


@pytest.mark.parametrize("status", ["FINALIZED", "VOID"])
async def test_no_frozen_column_of_an_issued_document_changes(
    client: Client, execute: Execute, buyer: str, status: str
) -> None:
    invoice = await invoice_of(client, buyer, status)
    dialect = client.app.database.dialect
    for name in FROZEN["invoice"] + (VOIDING if status == "VOID" else ()):
        column = TABLES["invoice"].columns[name]
        values = [other(column, dialect)]
        if await execute(f"UPDATE invoice SET version = version WHERE id = '{invoice}' AND {name} IS NOT NULL"):
            values += ["NULL"] if column.nullable else []
        for value in values:
            with pytest.raises(REFUSED, match="a finalized document is frozen"):
                await execute(f"UPDATE invoice SET {name} = {value} WHERE id = '{invoice}'")
    # What is told by the ledger and the log may change.
    assert await execute(f"UPDATE invoice SET version = version + 1, overdue_at = NULL WHERE id = '{invoice}'") == 1


@pytest.mark.parametrize(
    ("status", "after"),
    [("FINALIZED", "DRAFT"), ("FINALIZED", "PENDING"), ("VOID", "FINALIZED"), ("VOID", "DRAFT"), ("VOID", "PENDING")],
)
async def test_no_status_goes_back(client: Client, execute: Execute, buyer: str, status: str, after: str) -> None:
    invoice = await invoice_of(client, buyer, status)
    with pytest.raises(REFUSED, match="a finalized document is frozen"):
        await execute(f"UPDATE invoice SET status = '{after}' WHERE id = '{invoice}'")


async def test_the_recorded_file_stays(client: Client, execute: Execute, buyer: str) -> None:
    invoice = await invoice_of(client, buyer, "FINALIZED")
    assert await execute(f"UPDATE invoice SET pdf_sha256 = 'a' WHERE id = '{invoice}'") == 1
    for value in ("'b'", "NULL"):
        with pytest.raises(REFUSED, match="a finalized document is frozen"):
            await execute(f"UPDATE invoice SET pdf_sha256 = {value} WHERE id = '{invoice}'")
    assert await execute(f"UPDATE invoice SET pdf_sha256 = 'a' WHERE id = '{invoice}'") == 1


@pytest.mark.parametrize("status", ["FINALIZED", "VOID"])
async def test_an_issued_document_and_its_lines_are_never_deleted(
    client: Client, execute: Execute, buyer: str, status: str
) -> None:
    invoice = await invoice_of(client, buyer, status)
    with pytest.raises(REFUSED, match="a finalized document is never deleted"):
        await execute(f"DELETE FROM invoice WHERE id = '{invoice}'")
    with pytest.raises(REFUSED, match="the lines of a finalized document are frozen"):
        await execute(f"DELETE FROM invoice_line WHERE invoice_id = '{invoice}'")


async def test_no_column_of_its_lines_changes(client: Client, execute: Execute, buyer: str) -> None:
    invoice = await invoice_of(client, buyer, "FINALIZED")
    draft = await factories.draft(client, "", buyer)
    dialect = client.app.database.dialect
    assert MUTABLE["invoice_line"] == frozenset()
    for name, column in TABLES["invoice_line"].columns.items():
        value = f"'{draft}'" if name == "invoice_id" else other(column, dialect)
        with pytest.raises(REFUSED, match="the lines of a finalized document are frozen"):
            await execute(f"UPDATE invoice_line SET {name} = {value} WHERE invoice_id = '{invoice}'")


async def test_it_takes_no_further_lines(client: Client, execute: Execute, buyer: str) -> None:
    invoice = await invoice_of(client, buyer, "FINALIZED")
    draft = await factories.draft(client, "", buyer)
    names = list(TABLES["invoice_line"].columns)
    changes = {"id": "'invl_new'", "position": "2"}

    def copy(source: str, target: str) -> str:
        values = ", ".join({**changes, "invoice_id": f"'{target}'"}.get(name, name) for name in names)
        columns = ", ".join(names)
        return f"INSERT INTO invoice_line ({columns}) SELECT {values} FROM invoice_line WHERE invoice_id = '{source}'"

    with pytest.raises(REFUSED, match="the lines of a finalized document are frozen"):
        await execute(copy(invoice, invoice))
    # Neither does a draft's line become one of it.
    with pytest.raises(REFUSED, match="the lines of a finalized document are frozen"):
        await execute(f"UPDATE invoice_line SET invoice_id = '{invoice}', position = 2 WHERE invoice_id = '{draft}'")
    assert await execute(copy(invoice, draft)) == 1


async def test_a_draft_changes_as_it_pleases(client: Client, execute: Execute, buyer: str) -> None:
    draft = await factories.draft(client, "", buyer)
    assert await execute(f"UPDATE invoice SET note = 'x', gross_minor = 7 WHERE id = '{draft}'") == 1
    assert await execute(f"UPDATE invoice_line SET description = 'x' WHERE invoice_id = '{draft}'") == 1
    assert await execute(f"DELETE FROM invoice_line WHERE invoice_id = '{draft}'") == 1
    assert await execute(f"DELETE FROM invoice WHERE id = '{draft}'") == 1


async def test_a_series_never_goes_back(client: Client, execute: Execute, buyer: str) -> None:
    for _ in range(2):
        await finalized(client, buyer)
    with pytest.raises(REFUSED, match="a series never goes back"):
        await execute("UPDATE series SET last_number = last_number - 1")
    assert await execute("UPDATE series SET last_number = last_number + 5") == 1


async def test_the_triggers_stand_after_all_migrations(client: Client, execute: Execute) -> None:
    # Rebuilding a table on SQLite drops its triggers without a word.
    wanted = {
        "sqlite": {"frozen", "kept", "grows", "insert", "update", "delete"},
        "postgres": {"frozen", "kept", "grows"},
    }[client.app.database.dialect]
    catalogue: dict[str, Any] = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgres": "SELECT tgname AS name FROM pg_trigger WHERE NOT tgisinternal",
    }
    async with client.app.database.read(await books.scope_of(client)) as session:
        rows = await session.fetch(catalogue[client.app.database.dialect])
    names = {str(row["name"]) for row in rows if str(row["name"]).startswith("tg_")}
    assert {name.rpartition("_")[2] for name in names} == wanted
    assert len(names) == (6 if client.app.database.dialect == "sqlite" else 4)
