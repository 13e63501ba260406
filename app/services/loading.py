"""Stored drafts with all that belongs to them, read in a bounded number of statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from app.db.aggregates import CUSTOMERS, ENTITIES, INVOICES, ORDERS
from app.db.invoice_lines import lines_of
from app.db.records import changed
from app.db.rows import InvoiceLineRow, InvoiceRow, OrderRow
from app.db.where import All, Eq, OneOf
from app.domain import numbering
from app.domain.documents.model import InvoiceType
from app.domain.documents.registry import BILLING, document_type
from app.domain.lifecycle import InvoiceStatus
from app.domain.registers.registers import Registers
from app.domain.tax import cash
from app.domain.tax.model import TaxDecision
from app.services import eu_sales, taxation
from app.services.eu_sales import Sales
from app.services.invoice_rows import (
    Draft,
    Preceding,
    content_columns,
    content_of,
    price_content,
    repriced_lines,
    says_cash_accounting,
    ship_to_of,
)
from app.services.once import Work
from app.services.taxation import Decided
from app.services.vat_standing import buyer_at

_LIVING: Final = tuple(status for status in InvoiceStatus if status is not InvoiceStatus.VOID)


async def lock_invoices(work: Work, ids: Sequence[str], *, wait: bool = True) -> dict[str, InvoiceRow]:
    """The invoices with these ids inside the scope, locked in id order until the transaction ends.

    Without `wait`, those that another transaction has locked are left out.
    """
    return await INVOICES.by_ids(work.scope, work.session, ids, lock=True, wait=wait)


async def invoice_of_order(work: Work, order_id: str, *, lock: bool = False) -> InvoiceRow | None:
    """The document that bills an order, be it a draft; voided ones, proformas and credit notes do not."""
    where = All((Eq("order_id", order_id), OneOf("type", BILLING), OneOf("status", _LIVING)))
    found = await INVOICES.list(work.scope, work.session, where, order=(("id", False),), limit=1, lock=lock)
    return found[0] if found else None


async def unpriced(
    work: Work, invoices: Sequence[InvoiceRow], *, lock_orders: bool = False
) -> dict[str, dict[str, Any]]:
    """Entity, customer, order, lines and preceding documents of each invoice, by invoice id.

    Four statements whatever their number, and two more where documents credit or deduct others.
    """
    entities = await ENTITIES.by_ids(work.scope, work.session, [row.entity_id for row in invoices])
    customers = await CUSTOMERS.by_ids(work.scope, work.session, [row.customer_id for row in invoices])
    order_ids = [row.order_id for row in invoices if row.order_id]
    orders = await ORDERS.by_ids(work.scope, work.session, order_ids, lock=lock_orders)
    lines = await lines_of(work.scope, work.session, [(row.entity_id, row.id) for row in invoices])
    preceding = await _preceding(work, invoices, lines)
    return {
        row.id: {
            "entity": entities[row.entity_id],
            "customer": customers[row.customer_id],
            "order": orders.get(row.order_id or ""),
            "lines": tuple(lines[row.id]),
            "preceding": tuple(preceding[id_] for id_ in _named(row, lines[row.id])),
        }
        for row in invoices
    }


def _named(row: InvoiceRow, lines: Sequence[InvoiceLineRow]) -> list[str]:
    """The ids of the documents that one credits or deducts, each once."""
    named = [row.corrected_invoice_id, *(line.advance_id for line in lines)]
    return list(dict.fromkeys(id_ for id_ in named if id_ is not None))


async def _preceding(
    work: Work, invoices: Sequence[InvoiceRow], lines: Mapping[str, Sequence[InvoiceLineRow]]
) -> dict[str, Preceding]:
    ids = {id_ for row in invoices for id_ in _named(row, lines[row.id])}
    if not ids:
        return {}
    found = await INVOICES.by_ids(work.scope, work.session, sorted(ids))
    theirs = await lines_of(work.scope, work.session, [(row.entity_id, row.id) for row in found.values()])
    return {
        id_: Preceding(invoice=row, positions={line.id: line.position for line in theirs[id_]})
        for id_, row in found.items()
    }


def reprice(
    work: Work, invoice: InvoiceRow, parts: Mapping[str, Any], issue_date: date | None = None, *, sales: Sales
) -> Draft:
    """The stored draft with its taxes and totals decided anew, by today's law, rates and knowledge of the buyer; or by
    the law and rates of the day on which it is to be issued.

    `sales` are the counts that it could be added to. Raises TaxUndetermined or InvalidInput as pricing does.
    """
    entity = parts["entity"]
    today = issue_date or numbering.local_issue_date(work.now, entity.time_zone)
    if invoice.type is InvoiceType.CREDIT_NOTE:
        # It keeps the rates, decisions and amounts of what it credits.
        return _draft(invoice, parts, tuple(taxation.decision_from_json(line.decision) for line in parts["lines"]))
    day = invoice.supply_date or today
    exceeded = sales.exceeded(entity, day, invoice.currency, min(day, today))
    registers = work.ctx.registers
    draft = _repriced(invoice, parts, today, exceeded, registers)
    if exceeded or not sales.covers(entity, day):
        return draft
    draft = replace(draft, above=lambda: _repriced(invoice, parts, today, True, registers))
    return sales.settled(draft, today)


async def counts_of(
    work: Work, invoices: Sequence[InvoiceRow], parts: Mapping[str, Mapping[str, Any]], dates: Mapping[str, date]
) -> Sales:
    """The counts that these drafts could be added to, as they are now; `dates` are those that they would bear."""
    candidates = [eu_sales.of_stored(row, parts[row.id], dates[row.id]) for row in invoices]
    return await eu_sales.known(work.scope, work.session, candidates)


def _repriced(
    invoice: InvoiceRow, parts: Mapping[str, Any], today: date, exceeded: bool | None, registers: Registers
) -> Draft:
    entity, customer, lines = parts["entity"], parts["customer"], parts["lines"]
    tax_point = invoice.supply_date or today
    decided = taxation.decide(
        seller=taxation.seller_of(entity),
        buyer=buyer_at(customer, entity.when_unverified, tax_point, registers),
        asked=[(taxation.supply_from_json(line.supply), line.tax_class) for line in lines],
        ship_to=ship_to_of(invoice),
        tax_point=tax_point,
        threshold_exceeded=exceeded,
        kept=_deductions(lines) if parts["preceding"] else _NONE,
    )
    # Totals follow from the content and the decisions. Both are mostly what they were when the draft was stored, as is
    # what the seller's way of accounting makes it say.
    says = says_cash_accounting(entity, invoice.type, [one.decision for one in decided])
    anew = says != (cash.MENTION in invoice.mentions)
    if anew or any(one.stored != line.decision for one, line in zip(decided, lines, strict=True)):
        content = content_of(invoice, lines)
        priced = price_content(entity, customer, content, today, exceeded, registers)
        invoice, lines = changed(invoice, **content_columns(content, priced)), repriced_lines(lines, priced)
    return _draft(invoice, {**parts, "lines": lines}, tuple(one.decision for one in decided))


_NONE: Final[Mapping[int, Decided]] = {}


def _deductions(lines: Sequence[InvoiceLineRow]) -> dict[int, Decided]:
    """What was decided of the lines that deduct an advance invoice: it stays."""
    return {
        i: Decided(taxation.decision_from_json(line.decision), line.decision)
        for i, line in enumerate(lines)
        if line.advance_id is not None
    }


def _draft(invoice: InvoiceRow, parts: Mapping[str, Any], decisions: tuple[TaxDecision, ...]) -> Draft:
    order: OrderRow | None = parts["order"]
    if order is not None and not document_type(invoice.type).payable:
        order = None
    return Draft(
        entity=parts["entity"],
        customer=parts["customer"],
        invoice=invoice,
        lines=parts["lines"],
        decisions=decisions,
        paid_order=None if order is None or order.paid_at is None else order,
        preceding=parts["preceding"],
    )
