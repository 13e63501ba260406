"""Calls of the mutations of whole documents."""

from __future__ import annotations

from typing import Any, Final

from tests import factories
from tests.factories import Client


async def finalized(client: Client) -> dict[str, Any]:
    """The finalized invoice of an order, which voiding opens again."""
    order = await factories.order(client, await factories.entity(client))
    return {"id": order["invoices"][0]["id"]}


async def to_void(client: Client) -> dict[str, Any]:
    return {**await finalized(client), "reason": "entered twice"}


async def proforma(client: Client) -> dict[str, Any]:
    return {"id": await factories.draft(client, await factories.entity(client), type="PROFORMA")}


# By mutation: what makes its input, what another input has besides, and what is asked for at first and again.
CASES: Final[dict[str, tuple[Any, dict[str, Any], str, str]]] = {
    "invoiceVoid": (to_void, {"reason": "never sold"}, "invoice { id status }", "invoice { id voidReason version }"),
    "invoiceDuplicate": (
        finalized,
        {"expectedVersion": 1},
        "invoice { id status }",
        "invoice { id sourceInvoice { number } lines { id } }",
    ),
    "proformaConvert": (
        proforma,
        {"expectedVersion": 1},
        "invoice { id type }",
        "invoice { id sourceInvoice { type convertedInto { id } } }",
    ),
}
