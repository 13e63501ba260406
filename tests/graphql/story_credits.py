"""The part of the story of events that takes things back."""

from __future__ import annotations

from typing import Any

from tests import factories


async def credits_refunds_and_cancellations(story: Any) -> None:
    """A credit of an order's invoice, a refund of it, and the end of it."""
    seller = await factories.entity(story.client)
    order = await factories.order(story.client, seller, lines=[factories.line("10.00", "3")])
    invoice = order["invoices"][0]["id"]
    await story.heard()
    done, caused = await story.do("invoiceCredit", "creditNote { id }", id=invoice, amount="1.00")
    note = done["creditNote"]["id"]
    assert caused == [("invoice.finalized", note), ("invoice.credited", invoice), ("order.refunded", order["id"])]
    done, caused = await story.do("orderRefund", "refund { creditNote { id } }", id=order["id"], amount="2.00")
    note = done["refund"]["creditNote"]["id"]
    assert caused == [("invoice.finalized", note), ("invoice.credited", invoice), ("order.refunded", order["id"])]
    _, caused = await story.do("orderCancel", "order { id }", id=order["id"])
    assert caused[1:] == [
        ("invoice.credited", invoice),
        ("invoice.paid", invoice),
        ("order.refunded", order["id"]),
        ("order.cancelled", order["id"]),
    ]
