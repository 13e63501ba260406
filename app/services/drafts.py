"""Drafts: made from lines or from an order, changed with optimistic versioning, deleted while they are drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from app.db import query
from app.db.aggregates import CUSTOMERS, INVOICE_LINES, INVOICES, ORDER_LINES, ORDERS
from app.db.history import lines_state
from app.db.rows import CustomerRow, EntityRow, InvoiceRow, OrderLineRow, OrderRow
from app.db.where import All, Eq
from app.domain import events, numbering
from app.domain.documents.model import InvoiceType
from app.domain.documents.registry import DOCUMENT_TYPES, document_type
from app.domain.errors import AlreadyExists, InvalidInput, NotFound
from app.domain.history import AuditSubject
from app.domain.lifecycle import InvoiceAction, require
from app.domain.scope import Permission, Scope
from app.services import checks, lines, loading, taxation
from app.services.context import ServiceContext
from app.services.customers import entity_for
from app.services.inputs import UNSET, InvoiceInput, UnsetType
from app.services.invoice_rows import (
    Draft,
    DraftContent,
    content_columns,
    content_of,
    invoice_event,
    line_input,
    line_rows,
    new_draft,
    price_content,
    ship_to_of,
)
from app.services.once import Work, once
from app.services.versions import check_version

T = TypeVar("T")


async def create(ctx: ServiceContext, scope: Scope, given: InvoiceInput, *, key: str | None) -> InvoiceRow:
    """Makes a draft from lines, or from an order that has no invoice yet. Raises InvalidInput, TaxUndetermined."""
    scope.require(Permission.INVOICES_WRITE)

    async def body(work: Work) -> str:
        if not document_type(given.type).draftable:
            draftable = " or ".join(kind.type for kind in DOCUMENT_TYPES if kind.draftable)
            raise InvalidInput(f"a draft can be {draftable}; the others come out of another document", field=("type",))
        draft = await (_from_order(work, given, given.order_id) if given.order_id else _from_lines(work, given))
        await store_new(work, draft)
        work.audit(AuditSubject.INVOICE, None, draft.invoice, further=({}, lines_state(draft.lines)))
        return draft.invoice.id

    return await _after(ctx, scope, await once(ctx, scope, "invoiceCreate", key, given, body))


async def update(
    ctx: ServiceContext,
    scope: Scope,
    invoice_id: str,
    given: InvoiceInput,
    *,
    expected_version: int | None,
    key: str | None,
) -> InvoiceRow:
    """Changes what is given of a draft and prices it anew. Raises InvalidState once it is no draft."""
    scope.require(Permission.INVOICES_WRITE)

    async def body(work: Work) -> str:
        row = (await loading.lock_invoices(work, [invoice_id])).get(invoice_id)
        if row is None:
            raise NotFound("no such invoice", field=("id",))
        require(InvoiceAction.UPDATE, row.status)
        await check_version(work, AuditSubject.INVOICE, row, expected_version)
        await _rewrite(work, row, given)
        return row.id

    done = await once(ctx, scope, "invoiceUpdate", key, (invoice_id, given, expected_version), body)
    return await _after(ctx, scope, done)


async def delete(ctx: ServiceContext, scope: Scope, invoice_id: str, *, key: str | None) -> str:
    """Deletes a draft; its id. Raises InvalidState for anything that was ever finalized."""
    scope.require(Permission.INVOICES_WRITE)

    async def body(work: Work) -> str:
        row = (await loading.lock_invoices(work, [invoice_id])).get(invoice_id)
        if row is None:
            raise NotFound("no such invoice", field=("id",))
        await delete_known(work, row)
        return row.id

    return (await once(ctx, scope, "invoiceDelete", key, invoice_id, body))[0]


async def delete_known(work: Work, row: InvoiceRow) -> None:
    """Deletes a draft that others may have seen inside the running transaction; what it said stays in its history."""
    of_invoice = All((Eq("entity_id", row.entity_id), Eq("invoice_id", row.id)))
    stored = await INVOICE_LINES.list(
        work.scope, work.session, of_invoice, order=(("position", False),), limit=work.ctx.max_lines
    )
    await delete_in(work, row)
    work.audit(AuditSubject.INVOICE, row, None, further=(lines_state(stored), {}))


async def delete_in(work: Work, row: InvoiceRow) -> None:
    """Deletes a draft inside the running transaction and says so: one that the same transaction has made."""
    require(InvoiceAction.DELETE, row.status)
    await query.delete(work.scope, work.session, "invoice_line", Eq("invoice_id", row.id))
    await query.delete(work.scope, work.session, "invoice", Eq("id", row.id))
    work.emit(invoice_event(events.InvoiceDeleted, row), row.entity_id)


async def store_new(work: Work, draft: Draft) -> None:
    """Stores a new draft with its lines and says so."""
    await INVOICES.insert(work.scope, work.session, [draft.invoice])
    await INVOICE_LINES.insert(work.scope, work.session, draft.lines)
    work.emit(invoice_event(events.InvoiceCreated, draft.invoice), draft.invoice.entity_id)


async def _after(ctx: ServiceContext, scope: Scope, done: tuple[str, bool]) -> InvoiceRow:
    async with ctx.database.read(scope) as session:
        row = await INVOICES.get(scope, session, done[0])
    if row is None:
        raise NotFound("no such invoice", field=("id",))
    return row


async def _from_lines(work: Work, given: InvoiceInput) -> Draft:
    if given.lines is UNSET:
        raise InvalidInput("give lines, or the orderId they come from", field=("lines",))
    if given.customer_id is UNSET:
        raise InvalidInput("is required", field=("customerId",))
    customer = await CUSTOMERS.get(work.scope, work.session, given.customer_id)
    if customer is None:
        raise NotFound("no such customer", field=("customerId",))
    if given.entity_id is not None and given.entity_id != customer.entity_id:
        raise NotFound("no such customer of this entity", field=("customerId",))
    entity = await entity_for(work, customer.entity_id)
    content = DraftContent(
        type=given.type,
        lines=lines.check_lines(given.lines, max_lines=work.ctx.max_lines),
        currency=checks.currency(_or(given.currency, entity.currency), ("currency",)),
        prices_include_tax=_or(given.prices_include_tax, entity.prices_include_tax),
        **_common(given, payment_term_days=entity.payment_term_days),
    )
    return _priced(work, entity, customer, content, order=None, line_ids=[None] * len(content.lines))


async def _from_order(work: Work, given: InvoiceInput, order_id: str) -> Draft:
    for name in ("lines", "allowances", "charges", "currency", "prices_include_tax", "customer_id"):
        if getattr(given, name) is not UNSET:
            raise InvalidInput("comes from the order; do not give both", field=(name,))
    order = await ORDERS.get(work.scope, work.session, order_id, lock=True)
    if order is None:
        raise NotFound("no such order", field=("orderId",))
    if await INVOICES.list(work.scope, work.session, Eq("order_id", order.id), limit=1):
        raise AlreadyExists("this order has an invoice", field=("orderId",))
    entity = await entity_for(work, order.entity_id)
    customers = await CUSTOMERS.by_ids(work.scope, work.session, [order.customer_id])
    stored = await ORDER_LINES.list(
        work.scope,
        work.session,
        All((Eq("entity_id", order.entity_id), Eq("order_id", order.id))),
        order=(("position", False),),
        limit=work.ctx.max_lines,
    )
    content = replace(content_of_order(order, stored, entity), type=given.type, **_overrides(given))
    line_ids = [line.id for line in stored]
    return _priced(work, entity, customers[order.customer_id], content, order=order, line_ids=line_ids)


def _priced(
    work: Work,
    entity: EntityRow,
    customer: CustomerRow,
    content: DraftContent,
    *,
    order: OrderRow | None,
    line_ids: Sequence[str | None],
) -> Draft:
    today = numbering.local_issue_date(work.now, entity.time_zone)
    return new_draft(
        entity=entity,
        customer=customer,
        content=content,
        priced=price_content(entity, customer, content, today),
        order_id=None if order is None else order.id,
        order_line_ids=line_ids,
        now=work.now,
        actor=work.scope.actor,
    )


def content_of_order(order: OrderRow, stored: Sequence[OrderLineRow], entity: EntityRow) -> DraftContent:
    """What an order says of its invoice. The supply date is when it was fulfilled, else when it was placed."""
    return DraftContent(
        type=InvoiceType.STANDARD,
        lines=tuple(line_input(line) for line in stored),
        currency=order.currency,
        prices_include_tax=order.prices_include_tax,
        payment_term_days=entity.payment_term_days,
        allowances=taxation.allowances_from_json(order.allowances),
        charges=taxation.allowances_from_json(order.charges),
        ship_to=ship_to_of(order),
        supply_date=numbering.local_issue_date(order.fulfilled_at or order.placed_at, entity.time_zone),
        order_reference=order.external_id,
    )


def _or(value: T | UnsetType, default: T) -> T:
    return default if value is UNSET else value


def _common(given: InvoiceInput, *, payment_term_days: int) -> dict[str, Any]:
    defaults: dict[str, Any] = {
        "payment_term_days": payment_term_days,
        "allowances": (),
        "charges": (),
        "ship_to": None,
        "supply_date": None,
        "order_reference": None,
        "note": None,
    }
    return defaults | _overrides(given)


def _overrides(given: InvoiceInput) -> dict[str, Any]:
    """The checked content that the input sets, besides lines and currency."""
    found: dict[str, Any] = {}
    if given.payment_term_days is not UNSET:
        found["payment_term_days"] = checks.between(given.payment_term_days, 0, 365, ("paymentTermDays",))
    if given.allowances is not UNSET:
        found["allowances"] = lines.check_allowances(given.allowances, ("allowances",))
    if given.charges is not UNSET:
        found["charges"] = lines.check_allowances(given.charges, ("charges",))
    if given.ship_to is not UNSET:
        found["ship_to"] = lines.check_ship_to(given.ship_to)
    if given.supply_date is not UNSET:
        found["supply_date"] = given.supply_date
    if given.order_reference is not UNSET:
        found["order_reference"] = checks.optional_text(given.order_reference, ("orderReference",), 200)
    if given.note is not UNSET:
        found["note"] = checks.optional_text(given.note, ("note",), 2000, multiline=True)
    return found


async def _rewrite(work: Work, row: InvoiceRow, given: InvoiceInput) -> None:
    if given.order_id is not None or given.type is not row.type:
        raise InvalidInput("a draft keeps its type and order", field=("type",))
    parts = (await loading.unpriced(work, [row]))[row.id]
    entity: EntityRow = parts["entity"]
    customer: CustomerRow = parts["customer"]
    if given.customer_id is not UNSET:
        found = await CUSTOMERS.get(work.scope, work.session, given.customer_id)
        if found is None or found.entity_id != row.entity_id:
            raise NotFound("no such customer of this entity", field=("customerId",))
        customer = found
    content = replace(content_of(row, parts["lines"]), **_overrides(given))
    line_ids = [line.order_line_id for line in parts["lines"]]
    if given.lines is not UNSET:
        content = replace(content, lines=lines.check_lines(given.lines, max_lines=work.ctx.max_lines))
        line_ids = [None] * len(content.lines)
    if given.currency is not UNSET:
        content = replace(content, currency=checks.currency(given.currency, ("currency",)))
    if given.prices_include_tax is not UNSET:
        content = replace(content, prices_include_tax=given.prices_include_tax)
    today = numbering.local_issue_date(work.now, entity.time_zone)
    priced = price_content(entity, customer, content, today)
    columns = content_columns(content, priced) | {
        "customer_id": customer.id,
        "version": row.version + 1,
        "updated_at": work.now,
    }
    changed = replace(row, **columns)
    await INVOICES.change(work.scope, work.session, row.id, columns, version=row.version)
    await query.delete(work.scope, work.session, "invoice_line", Eq("invoice_id", row.id))
    fresh = line_rows(changed, content, priced, line_ids)
    await INVOICE_LINES.insert(work.scope, work.session, fresh)
    work.emit(invoice_event(events.InvoiceUpdated, changed), row.entity_id)
    work.audit(AuditSubject.INVOICE, row, changed, further=(lines_state(parts["lines"]), lines_state(fresh)))
