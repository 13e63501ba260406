"""The part of the story of `test_events` that tells of documents' types and of their life."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests import factories

if TYPE_CHECKING:
    from tests.graphql.test_events import Story


async def documents(story: Story) -> None:
    """A proforma becomes an invoice, which is voided; a duplicate waits for a time at which it cannot be finalized."""
    order = await factories.order(story.client, await factories.entity(story.client))
    seller = await factories.entity(story.client)
    proforma = await factories.draft(story.client, seller, type="PROFORMA")
    await story.heard()
    made, caused = await story.do("proformaConvert", "invoice { id }", id=proforma)
    draft = made["invoice"]["id"]
    assert caused == [("invoice.created", draft)]

    invoice = order["invoices"][0]["id"]
    voided = await story.do("invoiceVoid", "invoice { id }", id=invoice, reason="entered twice")
    assert voided[1] == [("invoice.voided", invoice), ("order.updated", order["id"])]

    made, caused = await story.do("invoiceDuplicate", "invoice { id }", id=invoice)
    copy = made["invoice"]["id"]
    assert caused == [("invoice.created", copy)]
    at = (story.clock() + timedelta(minutes=5)).isoformat()
    assert (await story.do("invoiceUpdate", "invoice { id }", id=copy, autoFinalizeAt=at))[1] == [
        ("invoice.updated", copy)
    ]
    seller = (await story.client.ask("query($i: ID!) { invoice(id: $i) { entity { id } } }", i=copy))["invoice"]
    await story.do("entitySuspend", "entity { id }", id=seller["entity"]["id"])
    story.clock.advance(minutes=10)
    await story.client.app.scheduler.run_due()
    assert ("invoice.auto_finalize_failed", copy) in await story.heard()
