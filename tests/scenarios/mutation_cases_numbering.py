"""Calls of the mutations of numbering series."""

from __future__ import annotations

from typing import Any, Final

from tests import factories
from tests.factories import Client

PORTUGUESE: Final = {"country": "PT", "line1": "Rua Augusta 1", "postcode": "1100-048", "city": "Lisboa"}


async def start(client: Client) -> dict[str, Any]:
    return {"entityId": await factories.entity(client), "nextNumber": "INV-413", "lastIssueDate": "2026-03-01"}


async def register(client: Client) -> dict[str, Any]:
    seller = await factories.entity(client, address=PORTUGUESE, timeZone="Europe/Lisbon", taxIds=[])
    return {"entityId": seller, "validationCode": "CSDF7T5H"}


# By mutation: what makes its input, another input, and what is asked for at first and again.
CASES: Final = {
    "seriesStart": (start, {"nextNumber": "INV-500"}, ("series { id nextNumber }", "series { id firstNumber }")),
    "seriesRegister": (register, {"validationCode": "CSDF7T5J"}, ("series { id }", "series { id validationCode }")),
}
