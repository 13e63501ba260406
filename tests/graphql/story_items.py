"""The part of the story of all events that items and recurring invoices tell."""

from __future__ import annotations

from typing import Any

from tests import catalogue, factories


async def items_and_recurring_invoices(story: Any) -> None:
    """Asks their mutations and runs the schedule: each tells what it changed."""
    seller = await factories.entity(story.client)
    buyer = await factories.customer(story.client, seller)
    await story.heard()
    made, caused = await story.do("itemCreate", "item { id }", entityId=seller, name="Tea", unitPrice="11.90")
    item = made["item"]["id"]
    assert caused == [("item.created", item)]
    assert (await story.do("itemUpdate", "item { id }", id=item, sku="T"))[1] == [("item.updated", item)]
    assert (await story.do("itemUpdate", "item { id }", id=item, sku="T"))[1] == []
    assert (await story.do("itemArchive", "item { id }", id=item))[1] == [("item.archived", item)]
    assert (await story.do("itemUnarchive", "item { id }", id=item))[1] == [("item.updated", item)]

    today = story.clock().date().isoformat()
    selected = "recurringInvoice { id }"
    made, caused = await story.do(
        "recurringInvoiceCreate",
        selected,
        customerId=buyer,
        action="FINALIZE",
        schedule=catalogue.monthly(today, timeOfDay="00:00"),
        lines=[{"itemId": item, "quantity": "1"}],
    )
    recurring = made["recurringInvoice"]["id"]
    assert caused == [("recurring_invoice.created", recurring)]
    changed = await story.do("recurringInvoiceUpdate", selected, id=recurring, note="x")
    assert changed[1] == [("recurring_invoice.updated", recurring)]
    assert await catalogue.run_due(story.client) == 1
    assert [kind for kind, _ in await story.heard()] == ["invoice.created", "invoice.finalized"]
    await story.do("entitySuspend", "entity { id }", id=seller)
    story.clock.advance(days=35)
    assert await catalogue.run_due(story.client) == 1
    assert await story.heard() == [("recurring_invoice.failed", recurring)]
    for name, told in (("Pause", "paused"), ("Resume", "resumed"), ("End", "ended")):
        caused = (await story.do(f"recurringInvoice{name}", selected, id=recurring))[1]
        assert caused == [(f"recurring_invoice.{told}", recurring)]
