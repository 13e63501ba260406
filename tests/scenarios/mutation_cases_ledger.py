"""Cases of the mutations of payments and balances, beside those of `mutation_cases`."""

from __future__ import annotations

from typing import Final

from tests import factories
from tests.factories import Client
from tests.scenarios.mutation_cases import Case, Data

_REVERSED: Final = "payment { id reversedAt }"


async def _paid(client: Client) -> Data:
    order = await factories.order(client, await factories.entity(client))
    made = await client.ask(
        "mutation($i: PaymentRecordInput!) { paymentRecord(input: $i) { payment { id } } }",
        i={"invoiceId": order["invoices"][0]["id"]},
    )
    return {"id": made["paymentRecord"]["payment"]["id"], "reason": "returned"}


async def _held(client: Client) -> Data:
    """An invoice of 11.90, and 50.00 held for its buyer."""
    order = await factories.order(client, await factories.entity(client))
    invoice = order["invoices"][0]["id"]
    found = await client.ask("query($i: ID!) { invoice(id: $i) { customer { id } } }", i=invoice)
    buyer = found["invoice"]["customer"]["id"]
    await client.ask(
        "mutation($i: PaymentRecordInput!) { paymentRecord(input: $i) { payment { id } } }",
        i={"customerId": buyer, "currency": "EUR", "amount": "50.00"},
    )
    return {"customerId": buyer, "invoiceId": invoice, "amount": "1.00"}


async def _held_for(client: Client) -> Data:
    return {"customerId": (await _held(client))["customerId"], "currency": "EUR", "amount": "1.00"}


CASES: Final[dict[str, Case]] = {
    "paymentReverse": Case(
        _paid, lambda given: {**given, "reason": "other"}, _REVERSED, "payment { id reversalReason invoice { id } }"
    ),
    "balanceApply": Case(
        _held,
        lambda given: {**given, "amount": "2.00"},
        "invoice { id paidTotal { amount } } customer { id }",
        "invoice { id } customer { id creditBalance { amount } }",
    ),
    "balanceRefund": Case(
        _held_for, lambda given: {**given, "amount": "2.00"}, "payment { id direction }", "payment { id method }"
    ),
}
