"""Probes of the fields of payments and balances that take an id, beside those of `test_isolation`."""

from __future__ import annotations

from typing import Final

_U: Final = "userErrors { code message field }"

PROBES: Final[dict[str, tuple[str, str]]] = {
    "AllocationInput.invoiceId": (
        "invoice",
        "mutation($id: ID!) { paymentRecord(input: { allocations: [{ invoiceId: $id }] })"
        f" {{ payment {{ id }} {_U} }} }}",
    ),
    "PaymentRecordInput.customerId": (
        "customer",
        'mutation($id: ID!) { paymentRecord(input: { customerId: $id, currency: "EUR", amount: 1 })'
        f" {{ payment {{ id }} {_U} }} }}",
    ),
    "PaymentReverseInput.id": (
        "payment",
        f'mutation($id: ID!) {{ paymentReverse(input: {{ id: $id, reason: "x" }}) {{ payment {{ id }} {_U} }} }}',
    ),
    "BalanceApplyInput.invoiceId": (
        "invoice",
        "mutation($id: ID!, $customer: ID!) { balanceApply(input: { customerId: $customer, invoiceId: $id })"
        f" {{ invoice {{ id }} {_U} }} }}",
    ),
    "BalanceApplyInput.customerId": (
        "customer",
        "mutation($id: ID!, $draft: ID!) {"
        f" balanceApply(input: {{ customerId: $id, invoiceId: $draft }}) {{ invoice {{ id }} {_U} }} }}",
    ),
    "BalanceRefundInput.customerId": (
        "customer",
        'mutation($id: ID!) { balanceRefund(input: { customerId: $id, currency: "EUR" })'
        f" {{ payment {{ id }} {_U} }} }}",
    ),
}
