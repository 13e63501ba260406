"""Cross-border sales as tests make them, and their count told without the product's own functions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from app.db.aggregates import EU_SALES, EU_SALES_DOCUMENTS
from app.db.where import Eq
from app.services.eu_sales_recount import Recount, recount
from tests import books, factories
from tests.factories import Client, Data

FRENCH: Data = {"name": "Amélie", "externalId": "amelie", "address": {"country": "FR"}}
STATUS = (
    "euSales(year: $year) { year net { amount currency } limit { amount } share state documents uncountedDocuments"
    " approachingSince exceededSince }"
)
CROSS_BORDER = ("ORIGIN", "OSS", "DESTINATION_REGISTRATION")
DOCUMENTS = """query($after: String, $entity: ID!) {
  invoices(first: 100, after: $after, where: { entityId: { eq: $entity }, status: { eq: FINALIZED } }) {
    pageInfo { hasNextPage endCursor } nodes { type currency lines { net { amount } taxDecision { treatment inputs } } }
  } }"""


async def seller(client: Client, *, tax: Data | None = None, **given: Any) -> str:
    """A German seller that is registered in France too, with net prices, invoicing on order."""
    settings = {
        "autoInvoice": "ON_ORDER",
        "tax": {"pricesIncludeTax": False, "otherRegistrations": ["FR"], **(tax or {})},
    }
    return await factories.entity(client, **{"settings": settings, **given})


async def sell(client: Client, entity: str, price: str, **given: Any) -> Data:
    """An order of one line by a French consumer, invoiced; what became of it, its decision with it."""
    order = await factories.order(
        client, entity, **{"customer": FRENCH, "lines": [factories.line(price, externalId="1")], **given}
    )
    if not order["invoices"]:
        return {"failure": order["failure"]}
    return {"failure": None, **await decided(client, order["invoices"][0]["id"])}


async def decided(client: Client, invoice_id: str) -> Data:
    """A document with the treatment of its first line."""
    found: Data = (
        await client.ask(
            "query($i: ID!) { invoice(id: $i) { id status number netTotal { amount } taxTotal { amount }"
            " grossTotal { amount } lines { taxDecision { treatment percent inputs } } } }",
            i=invoice_id,
        )
    )["invoice"]
    return {**found, "treatment": found["lines"][0]["taxDecision"]["treatment"]}


async def status(client: Client, entity: str, year: int | None = None) -> Data:
    """How a seller stands to the threshold."""
    query = f"query($id: ID!, $year: Int) {{ entity(id: $id) {{ {STATUS} }} }}"
    found: Data = (await client.ask(query, id=entity, year=year))["entity"]["euSales"]
    return found


async def counted(client: Client, entity: str, year: int | None = None) -> str:
    """The net amount of the count."""
    return str((await status(client, entity, year))["net"]["amount"])


async def finalized(client: Client, customer: str, *lines: Data, **given: Any) -> Data:
    """A finalized document of that buyer."""
    draft = await factories.draft(client, "", customer, lines=list(lines), **given)
    payload = await factories.finalize(client, draft)
    assert payload["userErrors"] == []
    return await decided(client, draft)


async def by_hand(client: Client, entity: str) -> Decimal:
    """What a seller's documents in euros come to by their lines' treatments, whatever the year: a plain sum.

    It knows no allowances of whole documents.
    """
    total, after = Decimal(0), None
    while True:
        page = (await client.ask(DOCUMENTS, after=after, entity=entity))["invoices"]
        for node in page["nodes"]:
            assert node["currency"] == "EUR"
            sign = -1 if node["type"] == "CREDIT_NOTE" else 1
            for line in node["lines"] if node["type"] != "PROFORMA" else []:
                decision = line["taxDecision"]
                asked = decision["inputs"]
                own_stock = asked["kind"] != "GOODS" or asked["origin"] == "DE"
                if decision["treatment"] in CROSS_BORDER and own_stock and asked["nature"] == "GENERAL":
                    total += sign * Decimal(line["net"]["amount"])
        if not page["pageInfo"]["hasNextPage"]:
            return total
        after = page["pageInfo"]["endCursor"]


async def recounted(client: Client, *, repair: bool = False) -> Recount:
    """The platform's counts compared with its documents."""
    return await recount(client.app.services, await books.scope_of(client), repair=repair)


async def forget(client: Client, entity: str) -> None:
    """Takes a seller's counts away, as on an installation that had none."""
    from app.db import query

    scope = await books.scope_of(client)
    async with client.app.database.transaction(scope) as session:
        for table in (EU_SALES_DOCUMENTS, EU_SALES):
            await query.delete(scope, session, table.table, Eq("entity_id", entity))
