"""Where ids go in items and recurring invoices, for the probes of `test_isolation`."""

from __future__ import annotations

from typing import Final

from tests import catalogue
from tests.factories import Client

_U: Final = "userErrors { code message field }"
_PAGE: Final = "nodes { id } totalCount edges { cursor }"
_LINES: Final = '[{ description: "x", quantity: 1, unitPrice: "1.00" }]'
_SCHEDULE: Final = 'schedule: { unit: MONTH, startsOn: "2026-04-01" }'
_RECURRING: Final = f"recurringInvoice {{ id }} {_U}"

ITEM_PROBES: Final[dict[str, tuple[str, str]]] = {
    "LineInput.itemId": (
        "item",
        "mutation($id: ID!, $customer: ID!) { invoiceCreate(input: { customerId: $customer,"
        f" lines: [{{ itemId: $id, quantity: 1 }}] }}) {{ invoice {{ id }} {_U} }} }}",
    ),
    "Query.item(id)": ("item", "query($id: ID!) { item(id: $id) { id name } }"),
    "Query.item(entityId)": ("entity", 'query($id: ID!) { item(entityId: $id, sku: "probe") { id name } }'),
    "Query.recurringInvoice(id)": ("recurring", "query($id: ID!) { recurringInvoice(id: $id) { id status } }"),
    "ItemCreateInput.entityId": (
        "entity",
        'mutation($id: ID!) { itemCreate(input: { entityId: $id, name: "x", unitPrice: 1, sku: "probe" })'
        f" {{ item {{ id }} {_U} }} }}",
    ),
    "ItemUpdateInput.id": (
        "item",
        f'mutation($id: ID!) {{ itemUpdate(input: {{ id: $id, name: "x" }}) {{ item {{ id }} {_U} }} }}',
    ),
    "ItemIdInput.id": (
        "item",
        f"mutation($id: ID!) {{ itemArchive(input: {{ id: $id }}) {{ item {{ id }} {_U} }}"
        f" itemUnarchive(input: {{ id: $id }}) {{ item {{ id }} {_U} }} }}",
    ),
    "RecurringInvoiceCreateInput.customerId": (
        "customer",
        f"mutation($id: ID!) {{ recurringInvoiceCreate(input: {{ customerId: $id, {_SCHEDULE}, lines: {_LINES} }})"
        f" {{ {_RECURRING} }} }}",
    ),
    "RecurringInvoiceCreateInput.entityId": (
        "entity",
        "mutation($id: ID!, $customer: ID!) { recurringInvoiceCreate(input: { entityId: $id, customerId: $customer,"
        f" {_SCHEDULE}, lines: {_LINES} }}) {{ {_RECURRING} }} }}",
    ),
    "RecurringInvoiceUpdateInput.id": (
        "recurring",
        f'mutation($id: ID!) {{ recurringInvoiceUpdate(input: {{ id: $id, name: "x" }}) {{ {_RECURRING} }} }}',
    ),
    "RecurringInvoiceUpdateInput.customerId": (
        "customer",
        "mutation($id: ID!, $recurring: ID!) { recurringInvoiceUpdate(input: { id: $recurring, customerId: $id })"
        f" {{ {_RECURRING} }} }}",
    ),
    "RecurringInvoiceIdInput.id": (
        "recurring",
        f"mutation($id: ID!) {{ recurringInvoicePause(input: {{ id: $id }}) {{ {_RECURRING} }}"
        f" recurringInvoiceResume(input: {{ id: $id }}) {{ {_RECURRING} }}"
        f" recurringInvoiceEnd(input: {{ id: $id }}) {{ {_RECURRING} }} }}",
    ),
    "ItemWhere.id": ("item", f"query($id: ID!) {{ items(where: {{ id: {{ eq: $id }} }}) {{ {_PAGE} }} }}"),
    "ItemWhere.entityId": (
        "entity",
        f"query($id: ID!) {{ items(where: {{ entityId: {{ eq: $id }} }}) {{ {_PAGE} }} }}",
    ),
    "RecurringInvoiceWhere.id": (
        "recurring",
        f"query($id: ID!) {{ recurringInvoices(where: {{ id: {{ eq: $id }} }}) {{ {_PAGE} }} }}",
    ),
    "RecurringInvoiceWhere.entityId": (
        "entity",
        f"query($id: ID!) {{ recurringInvoices(where: {{ entityId: {{ oneOf: [$id] }} }}) {{ {_PAGE} }} }}",
    ),
    "RecurringInvoiceWhere.customerId": (
        "customer",
        f"query($id: ID!) {{ recurringInvoices(where: {{ customerId: {{ eq: $id }} }}) {{ {_PAGE} }} }}",
    ),
}
ITEM_NODES: Final = ("item", "recurring")
# What a platform shows of these.
ITEM_LISTS: Final = (
    "items(first: 100) { nodes { id status version } } recurringInvoices(first: 100) { nodes { id status version } }"
)


async def item_belongings(client: Client, entity_id: str, customer_id: str) -> dict[str, str]:
    """One object of each kind, of a seller and a buyer."""
    schedule = catalogue.monthly("2026-04-01")
    return {
        "item": await catalogue.item(client, entity_id, sku="own"),
        "recurring": (await catalogue.recurring(client, entity_id, schedule, customerId=customer_id))["id"],
    }
