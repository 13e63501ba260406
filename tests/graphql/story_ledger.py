"""What payments and balances announce: a part of the story of `test_events`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests import factories

if TYPE_CHECKING:
    from tests.graphql.test_events import Story


async def balances(story: Story) -> None:
    """Money that is kept for a buyer, put towards its invoices, paid back, and taken back."""
    seller = await factories.entity(story.client, settings={"autoInvoice": "NEVER", "tax": {"pricesIncludeTax": True}})
    buyer = await factories.customer(story.client, seller)
    line = [factories.line("100.00")]
    first, second = [await factories.draft(story.client, seller, buyer, lines=line) for _ in range(2)]
    for draft in (first, second):
        await factories.finalize(story.client, draft)
    await story.heard()
    kept, caused = await story.do(
        "paymentRecord",
        "payment { id }",
        customerId=buyer,
        currency="EUR",
        amount="150.00",
        paidAt="2026-03-10T08:00:00Z",
    )
    assert caused == [("payment.recorded", kept["payment"]["id"])]
    applied = await story.do("balanceApply", "invoice { id }", customerId=buyer, invoiceId=first)
    assert applied[1] == [("balance.applied", buyer), ("invoice.paid", first)]
    back, caused = await story.do("balanceRefund", "payment { id }", customerId=buyer, currency="EUR")
    assert caused == [("payment.refunded", back["payment"]["id"])]
    allocations = [{"invoiceId": second, "amount": "40.00"}]
    paid, caused = await story.do("paymentRecord", "payment { id }", allocations=allocations)
    assert caused == [("payment.recorded", paid["payment"]["id"]), ("invoice.partially_paid", second)]
    payment = paid["payment"]["id"]
    taken = await story.do("paymentReverse", "payment { id }", id=payment, reason="the debit was returned")
    assert taken[1] == [("invoice.payment_reversed", second), ("payment.reversed", payment)]
