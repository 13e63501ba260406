"""The part of the story of all events that the threshold for cross-border sales tells."""

from __future__ import annotations

from typing import Any

from tests import eu_sales, factories


async def cross_border_sales(story: Any) -> None:
    """A seller's sales come to 80 % of it, pass it, and go on: each is told once, after the document that did it."""
    seller = await eu_sales.seller(story.client)
    buyer = await factories.customer(story.client, seller, address={"country": "FR"})
    heard = []
    for price in ("8000", "2000", "1", "1"):
        draft = await factories.draft(story.client, seller, buyer, lines=[factories.line(price)])
        await story.heard()
        heard.append([kind for kind, _ in (await story.do("invoiceFinalize", "invoice { id }", id=draft))[1]])
    assert heard == [
        ["invoice.finalized", "tax.threshold_approaching"],
        ["invoice.finalized"],
        ["invoice.finalized", "tax.threshold_exceeded"],
        ["invoice.finalized"],
    ]
    # one order passes both marks at once
    seller = await eu_sales.seller(story.client)
    await story.heard()
    order = factories.order_input(seller, customer=eu_sales.FRENCH, lines=[factories.line("10000.01")])
    _, caused = await story.do("orderCreate", "order { id }", **order)
    assert caused[-2:] == [("tax.threshold_approaching", seller), ("tax.threshold_exceeded", seller)]
