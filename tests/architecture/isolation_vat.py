"""Probes of the fields that verify VAT numbers, for `test_isolation`."""

from __future__ import annotations

from typing import Final

from tests import factories, vat
from tests.factories import Client

_U: Final = "userErrors { code message field }"

PROBES: Final[dict[str, tuple[str, str]]] = {
    "CustomerVerifyTaxIdInput.id": (
        "business",
        "mutation($id: ID!) { customerVerifyTaxId(input: { id: $id })"
        f" {{ customer {{ id taxId {{ status }} }} check {{ id kind }} {_U} }} }}",
    ),
    "CustomersVerifyTaxIdsInput.entityId": (
        "entity",
        f"mutation($id: ID!) {{ customersVerifyTaxIds(input: {{ entityId: $id }}) {{ job {{ id }} {_U} }} }}",
    ),
}
NODES: Final = ("vat_check",)


async def belongings(client: Client, entity_id: str) -> dict[str, str]:
    """A business buyer of a seller, and a check of its number."""
    business_id = await factories.customer(client, entity_id, **vat.business("FR"))
    data = await client.ask(
        "mutation($id: ID!) { customerVerifyTaxId(input: { id: $id }) { check { id } userErrors { message } } }",
        id=business_id,
    )
    return {"business": business_id, "vat_check": str(data["customerVerifyTaxId"]["check"]["id"])}
