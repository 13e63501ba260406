"""Queries, and the loaders that gather what the rows of a list refer to."""

from __future__ import annotations

from typing import Any

import strawberry
from strawberry.dataloader import DataLoader

from app.db.models.customer import Customer
from app.db.models.invoice import Invoice as InvoiceModel
from app.db.models.invoice import InvoiceLine
from bench.plain.database import PLATFORM, rows
from bench.plain.types import Connection, Invoice, invoice


async def _customers(ids: list[str]) -> list[Any]:
    found = {row.id: row for row in await rows(Customer.filter(platform_id=PLATFORM, id__in=ids))}
    return [found.get(one) for one in ids]


async def _lines(keys: list[tuple[str, str]]) -> list[list[Any]]:
    found: dict[tuple[str, str], list[Any]] = {key: [] for key in keys}
    entities, invoices = {entity for entity, _ in keys}, [one for _, one in keys]
    query = InvoiceLine.filter(platform_id=PLATFORM, entity_id__in=list(entities), invoice_id__in=invoices)
    for row in await rows(query.order_by("position")):
        found[row.entity_id, row.invoice_id].append(row)
    return [found[key] for key in keys]


def loaders() -> dict[str, DataLoader[Any, Any]]:
    """The loaders of one request."""
    return {"customers": DataLoader(load_fn=_customers), "lines": DataLoader(load_fn=_lines)}


@strawberry.type
class Query:
    @strawberry.field
    async def invoices(self, first: int, seller: strawberry.ID) -> Connection:
        query = InvoiceModel.filter(platform_id=PLATFORM, entity_id=seller, status="FINALIZED")
        return Connection(nodes=[invoice(row) for row in await rows(query.order_by("-id").limit(first))])

    @strawberry.field
    async def invoice(self, id: strawberry.ID) -> Invoice | None:
        found = await rows(InvoiceModel.filter(platform_id=PLATFORM, id=id))
        return invoice(found[0]) if found else None
