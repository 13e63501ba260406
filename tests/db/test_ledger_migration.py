"""The migration that makes the ledger books what was finalized and paid before."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import asyncpg

from tests.db.test_event_migration import scripts, sql_of

NUMBER = 10
AT = "2026-01-01 00:00:00+00:00"
BOOKED = [
    ("lent_1", "ent_a", "cus_a", "inv_1", None, "INVOICE", "RECEIVABLE", "SALES", 100),
    ("lent_p", "ent_a", "cus_a", "inv_1", "pay_p", "PAYMENT", "CASH", "RECEIVABLE", 30),
]
READ = (
    "SELECT id, entity_id, customer_id, invoice_id, payment_id, kind, debit, credit, amount_minor"
    " FROM ledger_entry ORDER BY id"
)
PAID = [("pay_p", "cus_a", "RECEIVED", 0, None)]
PAYMENTS = "SELECT id, customer_id, direction, unallocated_minor, reversed_at FROM payment"
CHOICES = {
    "status": "ACTIVE",
    "auto_invoice": "NEVER",
    "when_unverified": "CHARGE",
    "kind": "CONSUMER",
    "tax_id_status": "NONE",
    "payment_status": "UNPAID",
    "type": "STANDARD",
}
Column = tuple[str, bool]


def row(table: str, columns: Sequence[Column], **given: Any) -> str:
    """A row of a table as it was, with something in every column that must not be empty."""
    wanted = dict(columns)
    values = {}
    for name, is_number in columns:
        default = "0" if is_number else AT if name.endswith("_at") else CHOICES.get(name, "")
        values[name] = default
    values |= {name: str(value) for name, value in given.items() if name in wanted or value is not None}
    names = ", ".join(values)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join(repr(value) for value in values.values())})"


def old_rows(columns: dict[str, list[Column]]) -> Iterator[str]:
    """A finalized invoice that is paid in part, a draft, and a finalized proforma."""
    yield f"INSERT INTO account (id, name, created_at) VALUES ('acc', 'x', '{AT}')"
    yield row("platform", columns["platform"], id="plat", account_id="acc", mode="LIVE")
    own = {"platform_id": "plat", "entity_id": "ent_a"}
    yield row("entity", columns["entity"], platform_id="plat", id="ent_a")
    yield row("customer", columns["customer"], id="cus_a", **own)
    billed = {"customer_id": "cus_a", "gross_minor": 100, "currency": "EUR", **own}
    numbered = {"status": "FINALIZED", "content_hash": "x", "finalized_at": AT, "finalized_by": "me"}
    yield row("invoice", columns["invoice"], id="inv_1", number="1", sequence_number=1, **billed, **numbered)
    yield row("invoice", columns["invoice"], id="inv_2", status="DRAFT", **billed)
    proforma = {"number": "P1", "sequence_number": 1, "type": "PROFORMA"}
    yield row("invoice", columns["invoice"], id="inv_3", **billed, **numbered, **proforma)
    yield row("payment", columns["payment"], id="pay_p", invoice_id="inv_1", amount_minor=30, currency="EUR", **own)


TABLES = ("platform", "entity", "customer", "invoice", "payment")


async def test_on_sqlite(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "old.sqlite3")
    for number, path in scripts("sqlite"):
        if number == NUMBER:
            columns = {}
            for table in TABLES:
                found = database.execute(f"SELECT name, type FROM pragma_table_info('{table}') WHERE \"notnull\"")
                columns[table] = [(name, kind in ("INT", "BIGINT")) for name, kind in found]
            for statement in old_rows(columns):
                database.execute(statement)
            database.commit()
        database.executescript(await sql_of(path))
    assert database.execute(READ).fetchall() == BOOKED
    assert database.execute(PAYMENTS).fetchall() == PAID
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
        if number == NUMBER:
            columns = {}
            for table in TABLES:
                found = await connection.fetch(
                    "SELECT column_name, data_type FROM information_schema.columns"
                    f" WHERE table_name = '{table}' AND is_nullable = 'NO'"
                )
                columns[table] = [(one[0], one[1] in ("integer", "bigint", "boolean")) for one in found]
            for statement in old_rows(columns):
                await connection.execute(statement)
        async with connection.transaction():
            await connection.execute(f"SET LOCAL ROLE {owner}")
            await connection.execute(await sql_of(path))
    assert [tuple(one) for one in await connection.fetch(READ)] == BOOKED
    assert [tuple(one) for one in await connection.fetch(PAYMENTS)] == PAID
    forced = await connection.fetch(
        "SELECT relname FROM pg_class WHERE relname = ANY($1::text[]) AND NOT relforcerowsecurity",
        ["customer", "invoice", "payment", "ledger_entry"],
    )
    assert forced == []
    await connection.close()
