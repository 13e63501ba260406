"""What must hold after each round of faults, read from the database and from the receiver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.bootstrap import Application
from app.db.aggregates import EVENTS, INVOICES, ORDERS, PAYMENTS
from app.db.rows import EventRow
from app.domain.scope import Scope
from tests import books, factories
from tests.chaos.load import Client, Write

ALL = 500_000


@dataclass(frozen=True, slots=True)
class Found:
    """What is in the books after a round."""

    orders: int
    invoices: int
    payments: int
    events: list[EventRow]


async def unanswered_are_done_once(client: Client, writes: Iterable[Write]) -> int:
    """Repeats, twice, whatever went unanswered at least once: both times the one result; how many there were."""
    doubtful = [write for write in writes if write.unanswered]
    for write in doubtful:
        first, again = await client.once(write), await client.once(write)
        assert first is not None, write
        assert first == again, (write, first, again)
        if write.acknowledged:
            assert first["id"] == write.answer["id"], (write, first)
        write.answer = first
    return len(doubtful)


async def of_books(app: Application, scope: Scope, client: factories.Client, writes: Sequence[Write]) -> Found:
    """Nothing acknowledged is lost or doubled, numbers and hashes are unbroken, the log has no gap."""
    await books.checked(client)
    async with app.database.read(scope) as session:
        orders = await ORDERS.list(scope, session, limit=ALL)
        invoices = {row.id: row for row in await INVOICES.list(scope, session, limit=ALL)}
        payments = {row.id: row for row in await PAYMENTS.list(scope, session, limit=ALL)}
        events = await EVENTS.list(scope, session, order=(("position", False),), limit=ALL)
    # As many objects as there were mutations, all of which are acknowledged by now: none is lost, none is doubled.
    made = Counter(write.name for write in writes)
    assert all(write.acknowledged for write in writes)
    assert len(orders) == made["orderCreate"]
    assert len(invoices) == made["orderCreate"] + made["invoiceCreate"]
    assert len(payments) == made["paymentRecord"]
    by_id = {row.id for row in orders} | invoices.keys() | payments.keys()
    for write in writes:
        assert write.answer["id"] in by_id, ("acknowledged and lost", write)
        if write.name == "invoiceFinalize":
            row = invoices[write.answer["id"]]
            assert (row.number, row.content_hash) == (write.answer["number"], write.answer["contentHash"])
    # The log: gap-free from 1, and each payment is announced once.
    assert sorted(row.seq or 0 for row in events) == list(range(1, len(events) + 1))
    recorded = Counter(row.subject_id for row in events if row.type == "payment.recorded")
    assert recorded == Counter(payments.keys())
    return Found(len(orders), len(invoices), len(payments), sorted(events, key=lambda row: row.seq or 0))
