"""Where crediting, refunding and cancelling take ids: `test_isolation` puts those of others there."""

from __future__ import annotations

from typing import Final

from tests import factories
from tests.factories import Client

_U: Final = "userErrors { code message field }"

PROBES: Final[dict[str, tuple[str, str]]] = {
    "InvoiceCreditInput.id": (
        "invoice",
        f"mutation($id: ID!) {{ invoiceCredit(input: {{ id: $id }}) {{ creditNote {{ id }} invoice {{ id }} {_U} }} }}",
    ),
    "OrderRefundInput.id": (
        "order",
        f"mutation($id: ID!) {{ orderRefund(input: {{ id: $id, full: true }}) {{ order {{ id }} {_U} }} }}",
    ),
    "OrderRefundInput.entityId": (
        "entity",
        'mutation($id: ID!) { orderRefund(input: { entityId: $id, externalId: "open", full: true })'
        f" {{ order {{ id }} {_U} }} }}",
    ),
    "OrderCancelInput.id": (
        "order",
        f"mutation($id: ID!) {{ orderCancel(input: {{ id: $id }}) {{ order {{ id }} {_U} }} }}",
    ),
    "OrderCancelInput.entityId": (
        "entity",
        'mutation($id: ID!) { orderCancel(input: { entityId: $id, externalId: "open" })'
        f" {{ order {{ id }} {_U} }} }}",
    ),
    "InvoiceWhere.correctedInvoiceId": (
        "invoice",
        "query($id: ID!) { invoices(where: { correctedInvoiceId: { eq: $id } })"
        " { nodes { id } totalCount edges { cursor } } }",
    ),
}
# A line is looked up among those of the caller's own document: tests/scenarios/test_refunds.py gives foreign ones.
ELSEWHERE: Final = frozenset({"CreditLineInput.lineId", "OrderRefundLineInput.lineId"})


async def refunded(client: Client, entity_id: str) -> str:
    """The id of a refund of an order of that seller."""
    order = await factories.order(client, entity_id)
    done = await client.ask(
        'mutation($id: ID!) { orderRefund(input: { id: $id, amount: "1.00" }) { refund { id } } }', id=order["id"]
    )
    return str(done["orderRefund"]["refund"]["id"])
