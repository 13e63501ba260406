"""Where the numbering takes ids, for the probes of `test_isolation`."""

from __future__ import annotations

from typing import Final

PROBES: Final[dict[str, tuple[str, str]]] = {
    "Query.numberingPreview(entityId)": (
        "entity",
        "query($id: ID!) { numberingPreview(entityId: $id) { nextNumbers lastNumber series { id } } }",
    ),
    "SeriesStartInput.entityId": (
        "entity",
        'mutation($id: ID!) { seriesStart(input: { entityId: $id, nextNumber: "CN-100", type: CREDIT_NOTE })'
        " { series { id } userErrors { code message field } } }",
    ),
    "SeriesRegisterInput.entityId": (
        "entity",
        'mutation($id: ID!) { seriesRegister(input: { entityId: $id, validationCode: "AAAAAAAA" })'
        " { series { id } userErrors { code message field } } }",
    ),
}
