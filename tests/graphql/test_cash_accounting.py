"""Cash accounting is said on what charges the seller's own VAT (Art. 226 (7a)), and on nothing else."""

from __future__ import annotations

import pytest

from tests import factories
from tests.factories import Client, Data

MENTIONS = "query($i: ID!) { invoice(id: $i) { mentions creditNotes { mentions } } }"
UPDATE = "mutation($i: EntityUpdateInput!) { entityUpdate(input: $i) { userErrors { message } } }"
ON: Data = {"tax": {"cashAccounting": True}}


async def mentions(client: Client, invoice_id: str) -> list[str]:
    found: list[str] = (await client.ask(MENTIONS, i=invoice_id))["invoice"]["mentions"]
    return found


async def test_what_is_issued_says_so_and_its_credit_note_too(client: Client) -> None:
    # given a draft of before the seller chose it
    entity = await factories.entity(client)
    buyer = await factories.customer(client, entity)
    draft = await factories.draft(client, entity, buyer)
    await client.ask(UPDATE, i={"id": entity, "settings": ON})
    assert await mentions(client, draft) == []

    # when it is issued, and credited
    assert (await factories.finalize(client, draft))["userErrors"] == []
    credit = "mutation($i: InvoiceCreditInput!) { invoiceCredit(input: $i) { userErrors { message } } }"
    await client.ask(credit, i={"id": draft})

    # then both say it
    found = (await client.ask(MENTIONS, i=draft))["invoice"]
    assert found == {"mentions": ["Cash accounting"], "creditNotes": [{"mentions": ["Cash accounting"]}]}
    # and no longer once the seller has given it up
    later = await factories.draft(client, entity, buyer)
    assert await mentions(client, later) == ["Cash accounting"]
    await client.ask(UPDATE, i={"id": entity, "settings": {"tax": {"cashAccounting": False}}})
    await factories.finalize(client, later)
    assert await mentions(client, later) == []


@pytest.mark.parametrize(
    ("country", "tax", "type_", "expected"),
    [
        ("FR", {}, "STANDARD", ["Cash accounting"]),  # below the threshold, the seller's own VAT
        ("FR", {"oss": True}, "STANDARD", []),
        ("CH", {}, "STANDARD", ["Export exempt: Art. 146 Directive 2006/112/EC"]),
        ("DE", {}, "ADVANCE", ["Cash accounting"]),
        ("DE", {}, "PROFORMA", []),
    ],
)
async def test_only_the_sellers_own_vat_is_meant(
    sqlite_client: Client, country: str, tax: Data, type_: str, expected: list[str]
) -> None:
    entity = await factories.entity(sqlite_client, settings={"tax": {**ON["tax"], **tax}})
    buyer = await factories.customer(sqlite_client, entity, address={"country": country})
    draft = await factories.draft(sqlite_client, entity, buyer, type=type_)
    assert await mentions(sqlite_client, draft) == expected


async def test_a_preview_says_it(sqlite_client: Client) -> None:
    entity = await factories.entity(sqlite_client, settings=ON)
    preview = "query($i: TaxPreviewInput!) { taxPreview(input: $i) { mentions } }"
    given = {"entityId": entity, "buyer": {"country": "DE"}, "date": "2026-03-10", "currency": "EUR"}
    found = await sqlite_client.ask(preview, i={**given, "lines": [factories.line()]})
    assert found["taxPreview"]["mentions"] == ["Cash accounting"]
