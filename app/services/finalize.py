"""Finalizing stored drafts: alone, or many at once with an outcome each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from app.db.aggregates import INVOICE_LINES, INVOICES, ORDERS
from app.db.rows import InvoiceRow
from app.domain import events
from app.domain.errors import InvalidInput, InvoicingError, NotFound
from app.domain.lifecycle import InvoiceAction, InvoiceStatus, OrderStatus, require
from app.domain.scope import Permission, Scope
from app.services import loading, payments
from app.services.context import MAX_BATCH, ServiceContext
from app.services.invoice_rows import Draft, invoice_event
from app.services.issuing import Issued, check_issuable, issue
from app.services.once import Work, once
from app.services.order_events import order_event
from app.services.outcomes import ItemOutcome

# What finalizing changes of an invoice's row.
_FROZEN: Final = (
    "status",
    "payment_status",
    "series_id",
    "sequence_number",
    "number",
    "issue_date",
    "supply_date",
    "due_date",
    "allowances",
    "charges",
    "taxes",
    "mentions",
    "net_minor",
    "tax_minor",
    "gross_minor",
    "due_minor",
    "snapshot",
    "content_hash",
    "previous_hash",
    "finalized_at",
    "finalized_by",
    "updated_at",
)
_LINE_AMOUNTS: Final = ("net_minor", "tax_minor", "gross_minor", "allowances", "charges", "decision")


async def finalize(
    ctx: ServiceContext, scope: Scope, invoice_id: str, *, expected_total: Decimal | None, key: str | None
) -> InvoiceRow:
    """Numbers and freezes a draft, or marks it PENDING when it must wait for the answer on the buyer's VAT number.

    Raises NotFound, InvalidState when it is no draft, TaxUndetermined, InvalidInput when the total is not the expected.
    """
    scope.require(Permission.INVOICES_FINALIZE)

    async def body(work: Work) -> str:
        outcome = (await finalize_in(work, [invoice_id], {invoice_id: expected_total}))[0]
        if outcome.error is not None:
            raise outcome.error
        return invoice_id

    row_id, _ = await once(ctx, scope, "invoiceFinalize", key, (invoice_id, expected_total), body)
    async with ctx.database.read(scope) as session:
        row = await INVOICES.get(scope, session, row_id)
    if row is None:
        raise NotFound("no such invoice", field=("id",))
    return row


async def finalize_many(
    ctx: ServiceContext, scope: Scope, ids: Sequence[str], *, key: str | None
) -> list[ItemOutcome[InvoiceRow]]:
    """Finalizes drafts in one transaction, each with its own outcome; at most MAX_BATCH.

    Repeating it is harmless: what is finalized already answers with its number.
    """
    scope.require(Permission.INVOICES_FINALIZE)
    if not 1 <= len(ids) <= MAX_BATCH:
        raise InvalidInput(f"name 1 to {MAX_BATCH} invoices", field=("ids",))
    if len(set(ids)) != len(ids):
        raise InvalidInput("names an invoice twice", field=("ids",))
    outcomes: list[ItemOutcome[InvoiceRow]] = []

    async def body(work: Work) -> str:
        outcomes.extend(await finalize_in(work, ids, {}))
        return ids[0]

    _, repeated = await once(ctx, scope, "invoicesFinalize", key, list(ids), body)
    if not repeated:
        return outcomes
    async with ctx.database.read(scope) as session:
        rows = await INVOICES.by_ids(scope, session, ids)
    return [_repeated(index, rows.get(invoice_id)) for index, invoice_id in enumerate(ids)]


def _repeated(index: int, row: InvoiceRow | None) -> ItemOutcome[InvoiceRow]:
    if row is None:
        return ItemOutcome(index=index, error=NotFound("no such invoice", field=("ids", index)))
    return ItemOutcome(index=index, value=row, repeated=True)


async def finalize_in(
    work: Work, ids: Sequence[str], expected: Mapping[str, Decimal | None]
) -> list[ItemOutcome[InvoiceRow]]:
    """Finalizes drafts inside the running transaction, in the order given; a failing one is alone in its failure."""
    rows = await loading.lock_invoices(work, ids)
    parts = await loading.unpriced(work, list(rows.values()))
    outcomes: dict[int, ItemOutcome[InvoiceRow]] = {}
    drafts: list[tuple[int, Draft]] = []
    for index, invoice_id in enumerate(ids):
        try:
            drafts.append((index, _prepare(work, rows.get(invoice_id), parts, expected.get(invoice_id))))
        except InvoicingError as error:
            outcomes[index] = ItemOutcome(index=index, error=error)
    issued = await issue(work, [draft for _, draft in drafts])
    for (index, _), result in zip(drafts, issued, strict=True):
        if result.error is not None:
            outcomes[index] = ItemOutcome(index=index, error=result.error)
        else:
            outcomes[index] = ItemOutcome(index=index, value=await _store(work, result))
    return [outcomes[index] for index in range(len(ids))]


def _prepare(
    work: Work, row: InvoiceRow | None, parts: Mapping[str, Mapping[str, Any]], expected: Decimal | None
) -> Draft:
    if row is None:
        raise NotFound("no such invoice", field=("id",))
    require(InvoiceAction.FINALIZE, row.status)
    draft = loading.reprice(work, row, parts[row.id])
    check_issuable(draft, expected)
    return draft


async def _store(work: Work, issued: Issued) -> InvoiceRow:
    before = issued.draft.invoice
    if issued.invoice is None:
        return await _store_pending(work, before)
    row = replace(issued.invoice, version=before.version + 1)
    columns = {name: getattr(row, name) for name in _FROZEN} | {"version": row.version}
    await INVOICES.change(work.scope, work.session, row.id, columns, version=before.version)
    for line in issued.draft.lines:
        amounts = {name: getattr(line, name) for name in _LINE_AMOUNTS}
        await INVOICE_LINES.change(work.scope, work.session, line.id, amounts)
    work.emit(invoice_event(events.InvoiceFinalized, row), row.entity_id)
    if row.due_minor == 0:
        work.emit(invoice_event(events.InvoicePaid, row), row.entity_id)
    await _mark_order(work, row)
    paid_order = issued.draft.paid_order
    if paid_order is not None and row.due_minor > 0:
        row, _ = await payments.record_in(work, row, payments.of_order(paid_order, row.id))
    return row


async def _store_pending(work: Work, before: InvoiceRow) -> InvoiceRow:
    if before.status is InvoiceStatus.PENDING:
        return before
    row = replace(before, status=InvoiceStatus.PENDING, version=before.version + 1, updated_at=work.now)
    columns = {"status": row.status, "version": row.version, "updated_at": row.updated_at}
    await INVOICES.change(work.scope, work.session, row.id, columns, version=before.version)
    work.emit(invoice_event(events.InvoicePending, row), row.entity_id)
    return row


async def _mark_order(work: Work, invoice: InvoiceRow) -> None:
    if invoice.order_id is None:
        return
    order = await ORDERS.get(work.scope, work.session, invoice.order_id, lock=True)
    if order is None or order.status is OrderStatus.INVOICED:
        return
    columns = {
        "status": OrderStatus.INVOICED,
        "failure": None,
        "version": order.version + 1,
        "updated_at": work.now,
    }
    await ORDERS.change(work.scope, work.session, order.id, columns)
    work.emit(
        order_event(events.OrderInvoiced, replace(order, status=OrderStatus.INVOICED, failure=None)), order.entity_id
    )
