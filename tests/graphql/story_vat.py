"""The part of the story of all events that VAT numbers tell."""

from __future__ import annotations

from typing import Any

from tests import factories, vat


async def verified_numbers(story: Any) -> None:
    """Asks about numbers that are valid, not valid, refused and not answered about."""
    seller = await factories.entity(story.client)
    for number, kind in (("FR100", "VALID"), ("FR200", "INVALID"), ("FR201", "REFUSED")):
        buyer = await factories.customer(story.client, seller, **vat.business("FR", number))
        await story.heard()
        payload, caused = await story.do("customerVerifyTaxId", "check { kind }", id=buyer)
        assert payload["check"]["kind"] == kind
        assert caused == [("customer.tax_id_checked", buyer)]
    # Of a question without an answer there is nothing to tell.
    buyer = await factories.customer(story.client, seller, **vat.business("FR", "FR300"))
    await story.heard()
    assert (await vat.verify(story.client, buyer))["check"]["kind"] == "UNAVAILABLE"
    assert await story.heard() == []
