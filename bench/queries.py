"""What is asked: the texts of the operations, and bodies whose variables differ from request to request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import orjson

from bench.data import CUSTOMERS_PER_SELLER, LINES, Marketplace
from bench.load import MARK

PAGE = 50
FIELDS = (
    "id number status issueDate dueDate grossTotal { amount currency } customer { id name email }"
    " lines { id position description quantity unitPrice gross { amount currency } }"
)
DETAIL_FIELDS = (
    f"{FIELDS} netTotal {{ amount currency }} taxTotal {{ amount currency }} mentions supplyDate paymentStatus"
)
COMPUTED_FIELDS = f"{FIELDS} overdue files {{ pdfUrl }}"
SNAPSHOT_FIELDS = f"{FIELDS} seller {{ name }}"

DETAIL = f"query($id: ID!) {{ invoice(id: $id) {{ {DETAIL_FIELDS} }} }}"
SEARCH = "query($text: String!) { customers(first: 20, where: { search: $text }) { nodes { id name email } } }"
OVERVIEW = (
    "query($from: Date!, $to: Date!) { platformReport(from: $from, to: $to) { entityCount activeEntityCount orderCount"
    " invoiceCount invoiced { amount currency } paid { amount currency } outstanding { amount currency }"
    " overdue { amount currency } byStatus { status count } } }"
)
FINALIZE = "mutation($id: ID!) { invoiceFinalize(input: { id: $id }) { invoice { id number status } %s } }"
ORDER = (
    "mutation($input: OrderCreateInput!) { orderCreate(input: $input)"
    " { order { id status invoices { number } } userErrors { code message } } }"
)
EVENTS = "subscription { invoiceEvents { cursor type invoice { id number } } }"


def invoices(fields: str) -> str:
    """The list of a seller's finalized invoices, newest first, as the product asks for it."""
    where = "where: { entityId: { eq: $seller }, status: { eq: FINALIZED } }"
    return f"query($seller: ID!) {{ invoices(first: {PAGE}, {where}) {{ nodes {{ {fields} }} }} }}"


def plain_invoices(fields: str) -> str:
    """The same of the plain way, whose list knows one seller and finalized invoices only."""
    return f"query($seller: ID!) {{ invoices(first: {PAGE}, seller: $seller) {{ nodes {{ {fields} }} }} }}"


def body(query: str, variables: Mapping[str, object]) -> bytes:
    """A request's body."""
    return orjson.dumps({"query": query, "variables": variables})


def bodies(query: str, name: str, values: Sequence[object]) -> list[bytes]:
    """One body for each value of a variable."""
    return [body(query, {name: value}) for value in values]


def finalizes(ids: Sequence[str], *, errors: bool = True) -> list[bytes]:
    """One body for each draft; the plain way has no `userErrors`."""
    return bodies(FINALIZE % ("userErrors { code message }" if errors else ""), "id", ids)


def orders(place: Marketplace, sellers: int) -> list[bytes]:
    """An order of each seller by a buyer it knows; the load generator numbers their external ids."""
    found = []
    for seller in place.sellers(sellers):
        buyer = int(seller.removeprefix("ent_")) * CUSTOMERS_PER_SELLER - 1
        given = {
            "externalId": f"bench-{MARK.decode()}",
            "entityId": seller,
            "placedAt": "2026-01-01T00:00:00Z",
            "customer": {
                "externalId": f"c-{buyer}",
                "name": f"Customer {buyer}",
                "address": {"country": "DE", "city": "Köln"},
            },
            "lines": [
                {"description": "Assam tea, loose leaf, 250 g", "quantity": str(n + 1), "unitPrice": "9.99"}
                for n in range(LINES)
            ],
        }
        found.append(body(ORDER, {"input": given}))
    return found
