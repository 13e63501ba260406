"""Probes of the mutations of whole documents for `test_isolation`."""

from __future__ import annotations

from typing import Final

_U = "userErrors { code message field }"
_LINES = '[{ description: "x", quantity: 1, unitPrice: "1.00" }]'
PROBES: Final[dict[str, tuple[str, str]]] = {
    "InvoiceVoidInput.id": (
        "invoice",
        f'mutation($id: ID!) {{ invoiceVoid(input: {{ id: $id, reason: "x" }}) {{ invoice {{ id }} {_U} }} }}',
    ),
    "InvoiceDuplicateInput.id": (
        "invoice",
        f"mutation($id: ID!) {{ invoiceDuplicate(input: {{ id: $id }}) {{ invoice {{ id }} {_U} }} }}",
    ),
    "ProformaConvertInput.id": (
        "draft",
        f"mutation($id: ID!) {{ proformaConvert(input: {{ id: $id }}) {{ invoice {{ id }} {_U} }} }}",
    ),
    "InvoiceCreateInput.advanceIds": (
        "invoice",
        "mutation($id: ID!, $customer: ID!) { invoiceCreate(input: { customerId: $customer, advanceIds: [$id],"
        f" lines: {_LINES} }}) {{ invoice {{ id }} {_U} }} }}",
    ),
    "InvoiceUpdateInput.advanceIds": (
        "invoice",
        "mutation($id: ID!, $draft: ID!) { invoiceUpdate(input: { id: $draft, advanceIds: [$id] })"
        f" {{ invoice {{ id }} {_U} }} }}",
    ),
}
