"""The cases of the mutations of items and recurring invoices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from tests import catalogue, factories
from tests.factories import Client, Data


async def _new_item(client: Client) -> Data:
    return {"entityId": await factories.entity(client), "name": "Advice", "unitPrice": "100"}


async def _item(client: Client) -> Data:
    return {"id": await catalogue.item(client, await factories.entity(client))}


async def _item_to_rename(client: Client) -> Data:
    return {**await _item(client), "name": "Good advice"}


async def _archived(client: Client) -> Data:
    given = await _item(client)
    await client.ask("mutation($i: ItemIdInput!) { itemArchive(input: $i) { item { id } } }", i=given)
    return given


async def _new_recurring(client: Client) -> Data:
    buyer = await factories.customer(client, await factories.entity(client))
    return {
        "customerId": buyer,
        "schedule": catalogue.monthly(client.app.services.clock().date().isoformat()),
        "lines": [factories.line()],
    }


async def _recurring(client: Client) -> Data:
    schedule = catalogue.monthly(client.app.services.clock().date().isoformat())
    return {"id": (await catalogue.recurring(client, await factories.entity(client), schedule))["id"]}


async def _recurring_to_rename(client: Client) -> Data:
    return {**await _recurring(client), "name": "Care"}


async def _paused(client: Client) -> Data:
    given = await _recurring(client)
    await catalogue.act(client, "pause", given["id"])
    return given


def _with(**news: Any) -> Callable[[Any], Any]:
    return lambda given: {**given, **news}


def _other_id(prepared: Data) -> Data:
    return {**prepared, "id": prepared["id"][:-1] + ("0" if prepared["id"][-1] != "0" else "1")}


_SHOWN: Final = "recurringInvoice { id status }"
_AGAIN: Final = "recurringInvoice { id nextDates version }"

# By mutation: prepare, change, select, again.
ITEM_CASES: Final[dict[str, tuple[Any, Any, str, str]]] = {
    "itemCreate": (_new_item, _with(name="Other"), "item { id name }", "item { id version entity { id } }"),
    "itemUpdate": (_item_to_rename, _with(name="Other"), "item { id name version }", "item { id version }"),
    "itemArchive": (_item, _other_id, "item { id status }", "item { id status version }"),
    "itemUnarchive": (_archived, _other_id, "item { id status }", "item { id status version }"),
    "recurringInvoiceCreate": (_new_recurring, _with(note="other"), _SHOWN, _AGAIN),
    "recurringInvoiceUpdate": (_recurring_to_rename, _with(name="Other"), _SHOWN, _AGAIN),
    "recurringInvoicePause": (_recurring, _other_id, _SHOWN, _AGAIN),
    "recurringInvoiceResume": (_paused, _other_id, _SHOWN, _AGAIN),
    "recurringInvoiceEnd": (_recurring, _other_id, _SHOWN, _AGAIN),
}
