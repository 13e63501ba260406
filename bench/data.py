"""A marketplace of any size, cloned inside PostgreSQL out of one real seller, buyer, order, invoice and draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import Any

import asyncpg

from app.bootstrap import Application
from app.db.tables import TABLES
from app.domain.parties import AutoInvoice
from app.services import drafts, entities, keys, orders
from app.services.inputs import AddressInput, CustomerInput, EnteredLine, EntityInput, InvoiceInput, OrderInput
from bench import product
from bench.postgres import Database

LINES = 3
CUSTOMERS_PER_SELLER = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much is loaded. Each seller has as many invoices and drafts as the others."""

    sellers: int
    invoices: int
    drafts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Marketplace:
    """What was loaded, and the operator's secret."""

    database: Database
    platform_id: str
    secret: str
    size: Size

    @property
    def environment(self) -> dict[str, str]:
        """What the bench's own servers need to know."""
        return {
            "BENCH_URL": self.database.url,
            "BENCH_ROLE": self.database.role,
            "BENCH_PLATFORM": self.platform_id,
        }

    def sellers(self, count: int) -> list[str]:
        """The ids of that many sellers, spread over all."""
        step = max(1, self.size.sellers // count)
        return [identifier("ent", 1 + i * step) for i in range(min(count, self.size.sellers))]

    def invoices(self, count: int) -> list[str]:
        """The ids of that many finalized invoices, spread over all."""
        step = max(1, self.size.invoices // count)
        return [identifier("inv", 1 + i * step) for i in range(min(count, self.size.invoices))]

    def drafts(self, start: int, count: int) -> list[str]:
        """The ids of drafts from the one with this number (from 0) on; neighbours belong to different sellers."""
        return [identifier("inv", self.size.invoices + start + i + 1) for i in range(count)]


def identifier(prefix: str, number: int) -> str:
    """The id of the copy with this number, from 1."""
    return f"{prefix}_{number:026d}"


def identifier_sql(prefix: str, number: str) -> str:
    """The same in SQL."""
    return f"'{prefix}_' || lpad(({number})::text, 26, '0')"


def _lines() -> list[EnteredLine]:
    return [
        EnteredLine(description="Assam tea, loose leaf, 250 g", quantity=Decimal(n), unit_price=Decimal("9.99"))
        for n in range(1, LINES + 1)
    ]


def load(database: Database, size: Size) -> Marketplace:
    """Migrates and fills a database: what is real goes through the product, the rest are its copies."""
    return product.opened(database, partial(_load, database=database, size=size))


async def _load(app: Application, *, database: Database, size: Size) -> Marketplace:
    account = await keys.create_account(app.services, "Bench")
    scope = (await keys.authenticate(app.services, f"Bearer {account.sandbox_secret}")).scope
    seller = await entities.create(
        app.services,
        scope,
        EntityInput(
            external_id="template",
            name="Template",
            address=AddressInput(country="DE", line1="Hauptstraße 1", city="Berlin"),
            currency="EUR",
            auto_invoice=AutoInvoice.ON_ORDER,
            prices_include_tax=True,
        ),
        key=None,
    )
    order = OrderInput(
        external_id="template",
        entity_id=seller.id,
        placed_at=datetime(2026, 1, 1, tzinfo=UTC),
        customer=CustomerInput(
            external_id="c", name="Erika Mustermann", address=AddressInput(country="DE", city="Köln")
        ),
        lines=_lines(),
    )
    (made,) = await orders.create_many(app.services, scope, [order], keys=[None], key=None)
    if made.value is None:
        raise RuntimeError(f"the order was refused: {made.error}")
    draft = InvoiceInput(entity_id=seller.id, customer_id=made.value.customer_id, lines=_lines())
    await drafts.create(app.services, scope, draft, key=None)
    connection = await asyncpg.connect(database.url)
    try:
        await _clone(connection, size)
    finally:
        await connection.close()
    return Marketplace(database=database, platform_id=scope.platform_id, secret=account.sandbox_secret, size=size)


async def _clone(connection: Any, size: Size) -> None:
    # The copies are right by construction; checking three million foreign keys would measure nothing.
    await connection.execute("SET session_replication_role = replica; SET synchronous_commit = off")
    templates = {row["status"]: row["id"] for row in await connection.fetch("SELECT status, id FROM invoice")}
    indexes = await _drop_indexes(
        connection, ("customer", "sales_order", "invoice", "invoice_line", "ledger_entry", "tax_entry")
    )
    seller, place = f"(n % {size.sellers}) + 1", f"(n / {size.sellers}) + 1"
    entity = identifier_sql("ent", seller)
    customer = identifier_sql(
        "cus", f"({seller} - 1) * {CUSTOMERS_PER_SELLER} + n / {size.sellers} % {CUSTOMERS_PER_SELLER} + 1"
    )
    await _copies(
        connection,
        "entity",
        size.sellers,
        {
            "id": identifier_sql("ent", "n + 1"),
            "external_id": "'seller-' || n",
            "name": "'Seller ' || n",
            "created_at": "now() - interval '3 years'",
        },
    )
    await _copies(
        connection,
        "customer",
        size.sellers * CUSTOMERS_PER_SELLER,
        {
            "id": identifier_sql("cus", "n + 1"),
            "entity_id": identifier_sql("ent", f"n / {CUSTOMERS_PER_SELLER} + 1"),
            "external_id": "'c-' || n",
            "name": "'Customer ' || n",
            "email": "'customer-' || n || '@example.com'",
        },
    )
    per_seller = size.invoices // size.sellers
    await _copies(
        connection,
        "series",
        size.sellers,
        {
            "id": identifier_sql("ser", "n + 1"),
            "entity_id": identifier_sql("ent", "n + 1"),
            "last_number": str(per_seller),
        },
    )
    # A seller's invoices lie a week apart, the last one is of today.
    ago = f"({per_seller} - ({place})) * 7"
    await _copies(
        connection,
        "sales_order",
        size.invoices,
        {
            "id": identifier_sql("ord", "n + 1"),
            "entity_id": entity,
            "customer_id": customer,
            "external_id": "'order-' || n",
            "placed_at": f"now() - interval '1 day' * ({ago})",
        },
    )
    await _copies(
        connection,
        "invoice",
        size.invoices,
        {
            "id": identifier_sql("inv", "n + 1"),
            "entity_id": entity,
            "customer_id": customer,
            "order_id": identifier_sql("ord", "n + 1"),
            "series_id": identifier_sql("ser", seller),
            "sequence_number": place,
            "number": f"'INV-' || ({place})",
            "issue_date": f"t.issue_date - {ago}",
            "due_date": f"t.due_date - {ago}",
            "gross_minor": "1000 + n % 100000",
        },
        where="status = 'FINALIZED'",
    )
    await _copies(
        connection,
        "ledger_entry",
        size.invoices,
        {
            "id": identifier_sql("lent", "n + 1"),
            "entity_id": entity,
            "customer_id": customer,
            "invoice_id": identifier_sql("inv", "n + 1"),
            "amount_minor": "1000 + n % 100000",
            "occurred_at": f"t.occurred_at - interval '1 day' * ({ago})",
        },
    )
    await _copies(
        connection,
        "tax_entry",
        size.invoices,
        {
            "id": identifier_sql("txe", "n + 1"),
            "entity_id": entity,
            "invoice_id": identifier_sql("inv", "n + 1"),
            "date": f"t.date - {ago}",
            "of_date": f"t.of_date - {ago}",
        },
    )
    await _copies(
        connection,
        "invoice",
        size.drafts,
        {
            "id": identifier_sql("inv", f"{size.invoices} + n + 1"),
            "entity_id": entity,
            "customer_id": customer,
        },
        where="status = 'DRAFT'",
    )
    for status, first, count in (("FINALIZED", 0, size.invoices), ("DRAFT", size.invoices, size.drafts)):
        for position in range(1, LINES + 1):
            await _copies(
                connection,
                "invoice_line",
                count,
                {
                    "id": identifier_sql("invl", f"(n + {first}) * {LINES} + {position}"),
                    "entity_id": entity,
                    "invoice_id": identifier_sql("inv", f"{first} + n + 1"),
                    "order_line_id": "NULL",
                },
                where=f"position = {position} AND invoice_id = '{templates[status]}'",
            )
    for statement in indexes:
        await connection.execute(statement)
    # As a database is after a night: visibility known, statistics taken.
    await connection.execute("VACUUM ANALYZE")


async def _drop_indexes(connection: Any, tables: Sequence[str]) -> list[str]:
    """Drops what does not stand for a constraint; the statements that make it again, sorted input being cheaper."""
    rows = await connection.fetch(
        "SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index"
        " WHERE indrelid = ANY($1::text[]::regclass[]) AND NOT indisunique AND NOT indisprimary",
        list(tables),
    )
    await connection.execute("SET maintenance_work_mem = '512MB'")
    for row in rows:
        await connection.execute(f"DROP INDEX {row['name']}")
    return [row["definition"] for row in rows]


async def _copies(connection: Any, table: str, count: int, changes: Mapping[str, str], where: str = "true") -> None:
    if count == 0:
        return
    names = list(TABLES[table].columns)
    values = ", ".join(changes.get(name, f"t.{name}") for name in names)
    await connection.execute(
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM generate_series(0, {count - 1}) n,"
        f" (SELECT * FROM {table} WHERE {where} ORDER BY id DESC LIMIT 1) t"
    )
