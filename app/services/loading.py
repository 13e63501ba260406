"""Stored drafts with all that belongs to them, read in a bounded number of statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.db.aggregates import CUSTOMERS, ENTITIES, INVOICES, ORDERS
from app.db.invoice_lines import lines_of
from app.db.records import changed
from app.db.rows import InvoiceRow
from app.domain import numbering
from app.services import taxation
from app.services.invoice_rows import (
    Draft,
    content_columns,
    content_of,
    price_content,
    repriced_lines,
    ship_to_of,
)
from app.services.once import Work


async def lock_invoices(work: Work, ids: Sequence[str], *, wait: bool = True) -> dict[str, InvoiceRow]:
    """The invoices with these ids inside the scope, locked in id order until the transaction ends.

    Without `wait`, those that another transaction has locked are left out.
    """
    return await INVOICES.by_ids(work.scope, work.session, ids, lock=True, wait=wait)


async def unpriced(
    work: Work, invoices: Sequence[InvoiceRow], *, lock_orders: bool = False
) -> dict[str, dict[str, Any]]:
    """Entity, customer, order and lines of each invoice, by invoice id; four statements whatever their number."""
    entities = await ENTITIES.by_ids(work.scope, work.session, [row.entity_id for row in invoices])
    customers = await CUSTOMERS.by_ids(work.scope, work.session, [row.customer_id for row in invoices])
    order_ids = [row.order_id for row in invoices if row.order_id]
    orders = await ORDERS.by_ids(work.scope, work.session, order_ids, lock=lock_orders)
    lines = await lines_of(work.scope, work.session, [(row.entity_id, row.id) for row in invoices])
    return {
        row.id: {
            "entity": entities[row.entity_id],
            "customer": customers[row.customer_id],
            "order": orders.get(row.order_id or ""),
            "lines": tuple(lines[row.id]),
        }
        for row in invoices
    }


def reprice(work: Work, invoice: InvoiceRow, parts: Mapping[str, Any]) -> Draft:
    """The stored draft with its taxes and totals decided anew, by today's law, rates and knowledge of the buyer.

    Raises TaxUndetermined or InvalidInput as pricing does.
    """
    entity, customer, lines, order = parts["entity"], parts["customer"], parts["lines"], parts["order"]
    today = numbering.local_issue_date(work.now, entity.time_zone)
    decided = taxation.decide(
        seller=taxation.seller_of(entity),
        buyer=taxation.buyer_of(customer),
        asked=[(taxation.supply_from_json(line.supply), line.tax_class) for line in lines],
        ship_to=ship_to_of(invoice),
        tax_point=invoice.supply_date or today,
        threshold_exceeded=taxation.threshold_of(entity),
    )
    # Totals follow from the content and the decisions. Both are mostly what they were when the draft was stored.
    if any(one.stored != line.decision for one, line in zip(decided, lines, strict=True)):
        content = content_of(invoice, lines)
        priced = price_content(entity, customer, content, today)
        invoice, lines = changed(invoice, **content_columns(content, priced)), repriced_lines(lines, priced)
    return Draft(
        entity=entity,
        customer=customer,
        invoice=invoice,
        lines=lines,
        decisions=tuple(one.decision for one in decided),
        paid_order=None if order is None or order.paid_at is None else order,
    )
