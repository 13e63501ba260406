"""What must hold of a platform's books whatever happened while they were written."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict

from app.db import ledger
from app.db.aggregates import ENTITIES, EVENTS, INVOICES, ORDERS, SERIES
from app.db.rows import InvoiceRow
from app.db.where import Eq, IsNull
from app.domain.documents.canonical import content_hash
from app.domain.scope import Scope
from app.services import keys as api_keys
from tests.factories import Client

_ALL = 100_000


async def scope_of(client: Client) -> Scope:
    """The scope that the client's key opens."""
    return (await api_keys.authenticate(client.app.services, f"Bearer {client.secret}")).scope


async def checked(client: Client) -> dict[str, list[str]]:
    """The numbers given, by seller, in their order, after checking that nothing is missing, doubled or broken."""
    scope = await scope_of(client)
    async with client.app.database.read(scope) as session:
        invoices = await INVOICES.list(scope, session, IsNull("number", null=False), limit=_ALL)
        series = await SERIES.list(scope, session, limit=_ALL)
        finalized = await EVENTS.list(scope, session, Eq("type", "invoice.finalized"), limit=_ALL)
        created = await EVENTS.list(scope, session, Eq("type", "order.created"), limit=_ALL)
        orders = await ORDERS.list(scope, session, limit=_ALL)
        sellers = await ENTITIES.list(scope, session, limit=_ALL)
        for seller in sellers:
            assert await ledger.check(scope, session, seller.id) == []
    by_series: dict[str, list[InvoiceRow]] = defaultdict(list)
    for invoice in sorted(invoices, key=lambda row: row.sequence_number or 0):
        by_series[str(invoice.series_id)].append(invoice)
    for head in series:
        rows, previous = by_series[head.id], None
        assert [row.sequence_number for row in rows] == list(range(head.start_number + 1, head.last_number + 1))
        for row in rows:
            assert row.previous_hash == previous
            assert row.content_hash == content_hash(str(row.snapshot), previous)
            previous = row.content_hash
        assert head.last_hash == previous
    # Each fact once: as many events as invoices and orders.
    assert Counter(event.subject_id for event in finalized) == Counter(invoice.id for invoice in invoices)
    assert Counter(event.subject_id for event in created) == Counter(order.id for order in orders)
    numbers: dict[str, list[str]] = defaultdict(list)
    for rows in by_series.values():
        for row in rows:
            numbers[row.entity_id].append(str(row.number))
    return dict(numbers)


async def all_connections_work(client: Client) -> None:
    """Opens as many transactions at once as there are connections, but for the one that listens for events."""
    database, scope = client.app.database, await scope_of(client)
    count = client.app.settings.database_pool_size - 1 if database.dialect == "postgres" else 1
    together = asyncio.Barrier(count)

    async def work() -> None:
        async with database.transaction(scope) as session:
            await session.fetch("SELECT 1 AS one")
            await together.wait()

    async with asyncio.timeout(20):
        await asyncio.gather(*(work() for _ in range(count)))
