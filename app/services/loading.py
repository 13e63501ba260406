"""Stored drafts with all that belongs to them, read in a bounded number of statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.db.aggregates import CUSTOMERS, ENTITIES, INVOICE_LINES, INVOICES, ORDERS
from app.db.rows import InvoiceLineRow, InvoiceRow
from app.db.transaction import Session
from app.db.where import OneOf
from app.domain import numbering
from app.domain.scope import Scope
from app.services.invoice_rows import Draft, content_columns, content_of, line_rows, price_content
from app.services.once import Work

# More lines than this in one batch are refused before anything is read.
_MAX_LINES = 500_000


async def lock_invoices(work: Work, ids: Sequence[str]) -> dict[str, InvoiceRow]:
    """The invoices with these ids inside the scope, locked in id order until the transaction ends."""
    return await INVOICES.by_ids(work.scope, work.session, ids, lock=True)


async def lines_of(scope: Scope, session: Session, invoice_ids: Sequence[str]) -> dict[str, list[InvoiceLineRow]]:
    """The lines of these invoices in order, by invoice."""
    found = await INVOICE_LINES.list(
        scope,
        session,
        OneOf("invoice_id", list(invoice_ids)),
        order=(("invoice_id", False), ("position", False)),
        limit=_MAX_LINES,
    )
    lines: dict[str, list[InvoiceLineRow]] = {invoice_id: [] for invoice_id in invoice_ids}
    for line in found:
        lines[line.invoice_id].append(line)
    return lines


async def unpriced(work: Work, invoices: Sequence[InvoiceRow]) -> dict[str, dict[str, Any]]:
    """Entity, customer, order and lines of each invoice, by invoice id; four statements whatever their number."""
    entities = await ENTITIES.by_ids(work.scope, work.session, [row.entity_id for row in invoices])
    customers = await CUSTOMERS.by_ids(work.scope, work.session, [row.customer_id for row in invoices])
    orders = await ORDERS.by_ids(work.scope, work.session, [row.order_id for row in invoices if row.order_id])
    lines = await lines_of(work.scope, work.session, [row.id for row in invoices])
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
    entity, customer, old_lines = parts["entity"], parts["customer"], parts["lines"]
    content = content_of(invoice, old_lines)
    today = numbering.local_issue_date(work.now, entity.time_zone)
    priced = price_content(entity, customer, content, today)
    changed = replace(invoice, **content_columns(content, priced))
    fresh = line_rows(changed, content, priced, [line.order_line_id for line in old_lines])
    lines = tuple(replace(new, id=old.id) for new, old in zip(fresh, old_lines, strict=True))
    order = parts["order"]
    paid_order = None if order is None or order.paid_at is None else order
    return Draft(entity=entity, customer=customer, invoice=changed, lines=lines, priced=priced, paid_order=paid_order)
