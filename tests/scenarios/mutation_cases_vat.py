"""The cases of the mutations that verify VAT numbers."""

from __future__ import annotations

from typing import Any, Final

from tests import factories, vat
from tests.factories import Client
from tests.scenarios.mutation_cases import Case


async def _buyer(client: Client) -> dict[str, Any]:
    seller = await factories.entity(client)
    return {"id": await factories.customer(client, seller, **vat.business("FR"))}


async def _seller(client: Client) -> dict[str, Any]:
    return {"entityId": await factories.entity(client)}


def _other_id(given: dict[str, Any]) -> dict[str, Any]:
    return {**given, "id": given["id"][:-1] + ("0" if given["id"][-1] != "0" else "1")}


CASES: Final[dict[str, Case]] = {
    "customerVerifyTaxId": Case(_buyer, _other_id, "customer { id }", "customer { id version taxId { status } }"),
    "customersVerifyTaxIds": Case(
        _seller, lambda given: {**given, "onlyOlderThanHours": 24}, "job { id status }", "job { id kind }"
    ),
}
