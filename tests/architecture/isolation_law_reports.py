"""Probes of the reports that take a seller's id, beside those of `test_isolation`."""

from __future__ import annotations

from typing import Final

PROBES: Final[dict[str, tuple[str, str]]] = {
    "Query.ossReturn(entityId)": (
        "entity",
        "query($id: ID!) { ossReturn(entityId: $id, year: 2026, quarter: 1) { vatNumber rows { tax { amount } } } }",
    ),
    "Query.iossReturn(entityId)": (
        "entity",
        "query($id: ID!) { iossReturn(entityId: $id, year: 2026, month: 3) { vatNumber rows { tax { amount } } } }",
    ),
    "Query.ecSalesList(entityId)": (
        "entity",
        "query($id: ID!) { ecSalesList(entityId: $id, year: 2026, month: 3) { vatNumber rows { value { amount } } } }",
    ),
    "Query.vatSummary(entityId)": (
        "entity",
        'query($id: ID!) { vatSummary(entityId: $id, from: "2026-01-01", to: "2026-12-31")'
        " { rows { base { amount } } } }",
    ),
}
