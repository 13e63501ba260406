"""A process that writes to the log as the product does, with its own relay: `python -m tests.scenarios.log_writer`.

Each transaction locks a buyer's row, in whose name stands how far its invoice is, and appends what comes next:
finalized, then paid, as often as not by another process. It commits after a random while, so that transactions which
appended early commit late. What is acknowledged is a line on standard output: the event's type and its object.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import sys
from dataclasses import fields
from typing import Any

from app import bootstrap, settings
from app.bootstrap import Application
from app.db import event_log
from app.db.aggregates import CUSTOMERS
from app.db.event_log import NewEvent
from app.db.rows import CustomerRow
from app.domain.errors import Unavailable
from app.domain.events import InvoiceEvent, InvoiceFinalized, InvoicePaid, MoneyPayload
from app.domain.scope import Mode, Scope, system_scope

TASKS = 8


def invoice_event(kind: type[InvoiceEvent], invoice_id: str, buyer: CustomerRow) -> InvoiceEvent:
    """An event of an invoice of which nothing matters but its id."""
    given: dict[str, Any] = {"id": invoice_id, "entity_id": buyer.entity_id, "customer_id": buyer.id}
    money = MoneyPayload(amount="1.00", currency="EUR")
    rest = {field.name: money if field.name.endswith(("_total", "_due")) else "x" for field in fields(kind)}
    return kind(**{**rest, **given})


def next_events(buyer: CustomerRow, *, at_once: bool) -> tuple[str, list[NewEvent]]:
    """The buyer's next name, and what has happened then."""
    number, _, state = buyer.name.partition(":")
    invoice_id = f"{buyer.id}.{number}"
    finalized = NewEvent(invoice_event(InvoiceFinalized, invoice_id, buyer), buyer.entity_id)
    paid = NewEvent(invoice_event(InvoicePaid, invoice_id, buyer), buyer.entity_id)
    if state == "finalized":
        return f"{int(number) + 1}:", [paid]
    return (f"{int(number) + 1}:", [finalized, paid]) if at_once else (f"{number}:finalized", [finalized])


async def write(app: Application, scope: Scope, buyers: list[str], dice: random.Random) -> None:
    """One transaction, which may fail."""
    async with app.database.transaction(scope) as session:
        buyer = await CUSTOMERS.get(scope, session, dice.choice(buyers), lock=True)
        assert buyer is not None
        name, events = next_events(buyer, at_once=dice.random() < 0.2)
        await CUSTOMERS.change(scope, session, buyer.id, {"name": name})
        await event_log.append(scope, session, events, app.services.clock())
        if app.database.dialect == "postgres":
            await asyncio.sleep(dice.random() * 0.03)
        if dice.random() < 0.1:
            raise ZeroDivisionError
    app.relay.ask(scope.platform_id)
    for event in events:
        # One write: a process that is killed between two would leave half an acknowledgement.
        print(f"{event.data.type} {event.data.id}\n", end="", flush=True)  # noqa: T201  # it is what the process is for


async def main(url: str, platform_id: str, seed: int, count: int, pause_s: float, buyers: list[str]) -> None:
    """That many transactions by several tasks, which pause before each for up to so long."""
    scope = system_scope(platform_id, Mode.SANDBOX, "writer")
    chosen = settings.load({"INVOICING_DATABASE_URL": url})
    left = itertools.count()

    async def work(dice: random.Random) -> None:
        while next(left) < count:
            await asyncio.sleep(dice.random() * pause_s)
            try:
                await write(app, scope, buyers, dice)
            except (ZeroDivisionError, Unavailable):
                continue

    async with bootstrap.application(chosen) as app, bootstrap.background(app, worker=False):
        await asyncio.gather(*(work(random.Random(seed * 100 + n)) for n in range(TASKS)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]), sys.argv[6:]))
