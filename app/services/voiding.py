"""Voiding: a finalized document that nobody has paid or credited is taken back; its number stays used.

It is for a document that never left the house. One that the buyer has received is corrected by a credit note: the VAT
that it states is owed until then (Directive 2006/112/EC, art. 203).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.db.aggregates import ENTITIES, INVOICES, LEDGER, ORDERS, TAX_ENTRIES
from app.db.rows import InvoiceRow, OrderRow
from app.domain import events
from app.domain.documents.registry import BILLING
from app.domain.errors import InvalidState, NotFound
from app.domain.history import AuditSubject
from app.domain.lifecycle import InvoiceAction, InvoiceStatus, OrderAction, OrderStatus, require, require_order
from app.domain.scope import Permission, Scope
from app.services import checks, copies, deductions, drafts, eu_sales, loading, tax_entries
from app.services.context import ServiceContext
from app.services.invoice_rows import invoice_event
from app.services.ledger import void_entries
from app.services.once import Work, once
from app.services.order_events import order_event
from app.services.versions import check_version

_CHANGED: Final = ("status", "due_minor", "void_reason", "voided_at", "voided_by", "version", "updated_at")


async def void(
    ctx: ServiceContext, scope: Scope, invoice_id: str, *, reason: str, expected_version: int | None, key: str | None
) -> InvoiceRow:
    """Voids a finalized document. Raises InvalidState when it is paid or credited in part, or another one rests on it.

    The order that it billed is open again, to be invoiced anew.
    """
    scope.require(Permission.INVOICES_FINALIZE)

    async def body(work: Work) -> str:
        why = checks.text(reason, ("reason",), 500)
        row = (await loading.lock_invoices(work, [invoice_id])).get(invoice_id)
        if row is None:
            raise NotFound("no such invoice", field=("id",))
        require(InvoiceAction.VOID, row.status, row.type)
        await check_version(work, AuditSubject.INVOICE, row, expected_version)
        await _check(work, row)
        order = await _order_of(work, row)
        voided = replace(
            row,
            status=InvoiceStatus.VOID,
            # Nothing is due by it any more.
            due_minor=0,
            void_reason=why,
            voided_at=work.now,
            voided_by=work.actor,
            version=row.version + 1,
            updated_at=work.now,
        )
        await eu_sales.take_back(work, row)
        await _store(work, row, voided)
        if order is not None:
            await _reopen(work, order)
        return row.id

    done = await once(ctx, scope, "invoiceVoid", key, (invoice_id, reason, expected_version), body)
    return await drafts.stored(ctx, scope, done)


async def _check(work: Work, row: InvoiceRow) -> None:
    if row.paid_minor or row.credited_minor:
        what = "paid" if row.paid_minor else "credited"
        raise InvalidState(f"cannot void this document: it is {what} in part or in full; correct it by a credit note")
    for other, what in (
        (await deductions.deducting_document(work, row), "deducted in"),
        (await copies.converted(work, row), "converted into"),
    ):
        if other is not None:
            raise InvalidState(f"cannot void this document: it is {what} {other.number or other.id}")


async def _store(work: Work, before: InvoiceRow, voided: InvoiceRow) -> None:
    """Stores a voided document and says so: the one place where voiding is booked."""
    columns = {name: getattr(voided, name) for name in _CHANGED}
    await INVOICES.change(work.scope, work.session, voided.id, columns, version=before.version)
    seller = (await ENTITIES.by_ids(work.scope, work.session, [before.entity_id]))[before.entity_id]
    undeclared = await tax_entries.of_voided(work, before, seller.time_zone)
    work.defer(LEDGER.inserting(void_entries(work, before)), TAX_ENTRIES.inserting(undeclared))
    work.emit(invoice_event(events.InvoiceVoided, voided, void_reason=voided.void_reason), voided.entity_id)


async def _order_of(work: Work, row: InvoiceRow) -> OrderRow | None:
    """The order that the document billed, locked after it."""
    if row.order_id is None or row.type not in BILLING:
        return None
    order = await ORDERS.get(work.scope, work.session, row.order_id, lock=True)
    return order if order is not None and order.status is OrderStatus.INVOICED else None


async def _reopen(work: Work, order: OrderRow) -> None:
    status = require_order(OrderAction.REOPEN, order.status)
    changed = replace(order, status=status, version=order.version + 1, updated_at=work.now)
    columns = {"status": changed.status, "version": changed.version, "updated_at": changed.updated_at}
    await ORDERS.change(work.scope, work.session, order.id, columns, version=order.version)
    work.emit(order_event(events.OrderUpdated, changed), order.entity_id)
