"""Drafts made of other documents: duplicates of any, and invoices of proformas."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.db.aggregates import INVOICES, ORDERS
from app.db.history import lines_state
from app.db.rows import EntityRow, InvoiceRow
from app.domain import numbering
from app.domain.documents.model import InvoiceType
from app.domain.errors import AlreadyExists, InvalidState, NotFound
from app.domain.history import AuditSubject
from app.domain.lifecycle import InvoiceAction, InvoiceStatus, require
from app.domain.parties import EntityStatus
from app.domain.scope import Permission, Scope
from app.services import drafts, eu_sales, loading
from app.services.context import ServiceContext
from app.services.invoice_rows import Draft, content_of, new_draft
from app.services.once import Work, once
from app.services.versions import check_version


async def duplicate(
    ctx: ServiceContext, scope: Scope, invoice_id: str, *, expected_version: int | None, key: str | None
) -> InvoiceRow:
    """Makes a draft of the same type, buyer and content, taxed by today's rules. Raises InvalidState for a credit note.

    It is another supply: it belongs to no order, has no date of supply yet, and deducts no advances.
    """
    scope.require(Permission.INVOICES_WRITE)

    async def body(work: Work) -> str:
        row = await INVOICES.get(work.scope, work.session, invoice_id)
        if row is None:
            raise NotFound("no such invoice", field=("id",))
        require(InvoiceAction.DUPLICATE, row.status, row.type)
        await check_version(work, AuditSubject.INVOICE, row, expected_version)
        draft = await _copy(work, row, row.type, supply_date=None, of_order=False)
        await drafts.store_new(work, draft)
        work.audit(AuditSubject.INVOICE, None, draft.invoice, further=({}, lines_state(draft.lines)))
        return draft.invoice.id

    done = await once(ctx, scope, "invoiceDuplicate", key, (invoice_id, expected_version), body)
    return await drafts.stored(ctx, scope, done)


async def convert(
    ctx: ServiceContext, scope: Scope, invoice_id: str, *, expected_version: int | None, key: str | None
) -> InvoiceRow:
    """Makes the invoice of a proforma: a STANDARD draft of the same content, for the same order.

    Raises AlreadyExists, naming it, when there is one already; one that was deleted or voided does not count.
    """
    scope.require(Permission.INVOICES_WRITE)

    async def body(work: Work) -> str:
        row = (await loading.lock_invoices(work, [invoice_id])).get(invoice_id)
        if row is None:
            raise NotFound("no such invoice", field=("id",))
        require(InvoiceAction.CONVERT, row.status, row.type)
        await check_version(work, AuditSubject.INVOICE, row, expected_version)
        other = await converted(work, row)
        if other is not None:
            raise AlreadyExists(f"this proforma became {other.number or other.id} already", field=("id",))
        if row.order_id is not None:
            await ORDERS.get(work.scope, work.session, row.order_id, lock=True)
            if await loading.invoice_of_order(work, row.order_id) is not None:
                raise AlreadyExists("the order of this proforma has an invoice", field=("id",))
        draft = await _copy(work, row, InvoiceType.STANDARD, supply_date=row.supply_date, of_order=True)
        await drafts.store_new(work, draft)
        work.audit(AuditSubject.INVOICE, None, draft.invoice, further=({}, lines_state(draft.lines)))
        # No new version of the proforma: its content is what it was.
        await INVOICES.change(work.scope, work.session, row.id, {"converted_into_id": draft.invoice.id})
        return draft.invoice.id

    done = await once(ctx, scope, "proformaConvert", key, (invoice_id, expected_version), body)
    return await drafts.stored(ctx, scope, done)


async def converted(work: Work, proforma: InvoiceRow) -> InvoiceRow | None:
    """The invoice that a proforma became, unless it was deleted or voided: neither of which is undone."""
    if proforma.converted_into_id is None:
        return None
    row = await INVOICES.get(work.scope, work.session, proforma.converted_into_id)
    return None if row is None or row.status is InvoiceStatus.VOID else row


async def _copy(work: Work, row: InvoiceRow, type_: InvoiceType, *, supply_date: date | None, of_order: bool) -> Draft:
    parts = (await loading.unpriced(work, [row]))[row.id]
    entity: EntityRow = parts["entity"]
    if entity.status is EntityStatus.ARCHIVED:
        raise InvalidState("this entity is archived; nothing new can be made for it", field=("id",))
    lines = [line for line in parts["lines"] if line.advance_id is None]
    content = content_of(row, lines)
    content = replace(content, type=type_, supply_date=supply_date, auto_finalize_at=None)
    today = numbering.local_issue_date(work.now, entity.time_zone)
    return new_draft(
        entity=entity,
        customer=parts["customer"],
        content=content,
        priced=await eu_sales.price(work, entity, parts["customer"], content, today),
        order_id=row.order_id if of_order else None,
        order_line_ids=[line.order_line_id if of_order else None for line in lines],
        now=work.now,
        actor=work.scope.actor,
        source_invoice_id=row.id,
    )
