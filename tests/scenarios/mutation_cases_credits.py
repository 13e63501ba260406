"""Cases of crediting, refunding and cancelling."""

from __future__ import annotations

from typing import Final

from tests import factories
from tests.factories import Client
from tests.scenarios.mutation_cases import Case, Data


async def _credited(client: Client) -> Data:
    order = await factories.order(client, await factories.entity(client))
    return {"id": order["invoices"][0]["id"], "amount": "1.00"}


async def _refunded(client: Client) -> Data:
    order = await factories.order(client, await factories.entity(client))
    return {"id": order["id"], "amount": "1.00"}


async def _cancelled(client: Client) -> Data:
    order = await factories.order(client, await factories.entity(client))
    return {"id": order["id"], "reason": "no longer wanted"}


CASES: Final[dict[str, Case]] = {
    "invoiceCredit": Case(
        _credited,
        lambda given: {**given, "amount": "2.00"},
        "creditNote { id number } invoice { id version }",
        "creditNote { id lines { id } } invoice { id }",
    ),
    "orderRefund": Case(
        _refunded,
        lambda given: {**given, "amount": "2.00"},
        "refund { id amount { amount } } order { id version }",
        "refund { id creditNote { number } } order { id }",
    ),
    "orderCancel": Case(
        _cancelled,
        lambda given: {**given, "reason": "other"},
        "order { id status }",
        "order { id invoices { number } }",
    ),
}
