"""Drafts: made from lines or from an order, changed with optimistic versioning, deleted while they are drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

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
from app.domain.lifecycle import InvoiceAction, OrderAction, OrderStatus, require, require_order
from app.domain.scope import Permission, Scope
from app.services import checks, deductions, eu_sales, item_lines, lines, loading, taxation
from app.services.context import ServiceContext
from app.services.customers import entity_for
from app.services.inputs import UNSET, EnteredLine, InvoiceInput, LineInput, UnsetType
from app.services.invoice_rows import (
    Draft,
    DraftContent,
    content_columns,
    content_of,
    invoice_event,
    line_input,
    line_rows,
    new_draft,
    ship_to_of,
)
from app.services.item_lines import Catalogue
from app.services.once import Work, once
from app.services.versions import check_version

T = TypeVar("T")
_LATEST: Final = timedelta(days=731)


async def create(ctx: ServiceContext, scope: Scope, given: InvoiceInput, *, key: str | None) -> InvoiceRow:
    """Makes a draft from lines, or from an order that has no invoice yet. Raises InvalidInput, TaxUndetermined."""
    scope.require(Permission.INVOICES_WRITE)

    async def body(work: Work) -> str:
        kind = document_type(given.type)
        if not kind.draftable:
            draftable = " or ".join(kind.type for kind in DOCUMENT_TYPES if kind.draftable)
            raise InvalidInput(f"a draft can be {draftable}; the others come out of another document", field=("type",))
        if given.order_id and not kind.billable:
            raise InvalidInput(f"a document of type {kind.type} is not made from an order", field=("orderId",))
        advances = await deductions.lock(work, () if given.advance_ids is UNSET else given.advance_ids or ())
        draft = await (_from_order if given.order_id else _from_lines)(work, given, advances)
        await store_new(work, draft)
        await deductions.mark(work, advances, draft.invoice.id)
        work.audit(AuditSubject.INVOICE, None, draft.invoice, further=({}, lines_state(draft.lines)))
        return draft.invoice.id

    return await stored(ctx, scope, await once(ctx, scope, "invoiceCreate", key, given, body))


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
        row, advances = await deductions.lock_with(work, invoice_id, given.advance_ids)
        require(InvoiceAction.UPDATE, row.status)
        await check_version(work, AuditSubject.INVOICE, row, expected_version)
        await _rewrite(work, row, given, advances)
        return row.id

    done = await once(ctx, scope, "invoiceUpdate", key, (invoice_id, given, expected_version), body)
    return await stored(ctx, scope, done)


async def delete(
    ctx: ServiceContext, scope: Scope, invoice_id: str, *, key: str | None, expected_version: int | None = None
) -> str:
    """Deletes a draft; its id. Raises InvalidState for anything that was ever finalized.

    What the draft deducted can be deducted again, and the proforma it came from converted again.
    """
    scope.require(Permission.INVOICES_WRITE)

    async def body(work: Work) -> str:
        row = (await loading.lock_invoices(work, [invoice_id])).get(invoice_id)
        if row is None:
            raise NotFound("no such invoice", field=("id",))
        await check_version(work, AuditSubject.INVOICE, row, expected_version)
        await delete_known(work, row)
        return row.id

    named = invoice_id if expected_version is None else (invoice_id, expected_version)
    return (await once(ctx, scope, "invoiceDelete", key, named, body))[0]


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


async def stored(ctx: ServiceContext, scope: Scope, done: tuple[str, bool]) -> InvoiceRow:
    """The invoice that a use case made or changed, as it is now. Raises NotFound when it is gone since."""
    async with ctx.database.read(scope) as session:
        row = await INVOICES.get(scope, session, done[0])
    if row is None:
        raise NotFound("no such invoice", field=("id",))
    return row


async def _from_lines(work: Work, given: InvoiceInput, advances: Sequence[InvoiceRow]) -> Draft:
    entity, customer, content = await content_from_lines(work, given)
    content = await deductions.deducting(work, entity, customer, content, advances, draft_id=None)
    return await _priced(work, entity, customer, content, order=None, line_ids=[])


async def content_from_lines(work: Work, given: InvoiceInput) -> tuple[EntityRow, CustomerRow, DraftContent]:
    """The seller, the buyer and the checked content of a document that is given by its lines."""
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
    currency = checks.currency(_or(given.currency, entity.currency), ("currency",))
    gross = _or(given.prices_include_tax, entity.prices_include_tax)
    content = DraftContent(
        type=given.type,
        lines=await _lines(work, entity.id, given.lines, currency=currency, gross=gross),
        currency=currency,
        prices_include_tax=gross,
        **_common(work, given, payment_term_days=entity.payment_term_days),
    )
    return entity, customer, content


async def _lines(
    work: Work, entity_id: str, given: Sequence[EnteredLine], *, currency: str, gross: bool
) -> tuple[LineInput, ...]:
    items = await item_lines.named(work.scope, work.session, given)
    catalogue = Catalogue(items=items, entity_id=entity_id, currency=currency, prices_include_tax=gross)
    return lines.check_lines(given, max_lines=work.ctx.max_lines, catalogue=catalogue)


async def changed_content(work: Work, entity_id: str, content: DraftContent, given: InvoiceInput) -> DraftContent:
    """The content with what the input changes of it, checked."""
    content = replace(content, **_overrides(work, given, content.type))
    if given.currency is not UNSET:
        content = replace(content, currency=checks.currency(given.currency, ("currency",)))
    if given.prices_include_tax is not UNSET:
        content = replace(content, prices_include_tax=given.prices_include_tax)
    if given.lines is not UNSET:
        gross = content.prices_include_tax
        found = await _lines(work, entity_id, given.lines, currency=content.currency, gross=gross)
        content = replace(content, lines=found)
    return content


async def _from_order(work: Work, given: InvoiceInput, advances: Sequence[InvoiceRow]) -> Draft:
    for name in ("lines", "allowances", "charges", "currency", "prices_include_tax", "customer_id"):
        if getattr(given, name) is not UNSET:
            raise InvalidInput("comes from the order; do not give both", field=(name,))
    order = await ORDERS.get(work.scope, work.session, str(given.order_id), lock=True)
    if order is None:
        raise NotFound("no such order", field=("orderId",))
    if await loading.invoice_of_order(work, order.id) is not None:
        raise AlreadyExists("this order has an invoice", field=("orderId",))
    if order.status in (OrderStatus.CANCELLED, OrderStatus.REFUNDED):
        require_order(OrderAction.INVOICE, order.status)
    entity = await entity_for(work, order.entity_id)
    customers = await CUSTOMERS.by_ids(work.scope, work.session, [order.customer_id])
    stored = await ORDER_LINES.list(
        work.scope,
        work.session,
        All((Eq("entity_id", order.entity_id), Eq("order_id", order.id))),
        order=(("position", False),),
        limit=work.ctx.max_lines,
    )
    # What was refunded whole before it was invoiced has no quantity left.
    stored = [line for line in stored if line.quantity]
    customer = customers[order.customer_id]
    content = replace(content_of_order(order, stored, entity), type=given.type, **_overrides(work, given, given.type))
    content = await deductions.deducting(work, entity, customer, content, advances, draft_id=None)
    return await _priced(work, entity, customer, content, order=order, line_ids=[line.id for line in stored])


async def _priced(
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
        priced=deductions.checked(content, await eu_sales.price(work, entity, customer, content, today)),
        order_id=None if order is None else order.id,
        order_line_ids=order_line_ids(content, line_ids),
        now=work.now,
        actor=work.scope.actor,
    )


def order_line_ids(content: DraftContent, known: Sequence[str | None]) -> list[str | None]:
    """The lines' order lines: those known of the first lines, none of the others."""
    return [*known, *[None] * (len(content.lines) - len(known))]


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


def _common(work: Work, given: InvoiceInput, *, payment_term_days: int) -> dict[str, Any]:
    defaults: dict[str, Any] = {
        "payment_term_days": payment_term_days,
        "allowances": (),
        "charges": (),
        "ship_to": None,
        "supply_date": None,
        "order_reference": None,
        "note": None,
    }
    return defaults | _overrides(work, given, given.type)


def _overrides(work: Work, given: InvoiceInput, type_: InvoiceType) -> dict[str, Any]:
    """The checked content that the input sets of a document of that type, besides lines and currency."""
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
    if given.agreement_reference is not UNSET:
        agreement = checks.optional_text(given.agreement_reference, ("agreementReference",), 200)
        if agreement is not None and not document_type(type_).needs_agreement:
            raise InvalidInput("is for self-billed invoices only", field=("agreementReference",))
        found["agreement_reference"] = agreement
    if given.auto_finalize_at is not UNSET:
        found["auto_finalize_at"] = _due(work, given.auto_finalize_at)
    return found


def _due(work: Work, at: datetime | None) -> datetime | None:
    """The instant at which a draft is to be finalized: in the future, and not in another age."""
    if at is None:
        return None
    if not work.now < at <= work.now + _LATEST:
        raise InvalidInput(f"must lie in the future, at most {_LATEST.days} days ahead", field=("autoFinalizeAt",))
    return at


async def _rewrite(work: Work, row: InvoiceRow, given: InvoiceInput, advances: Sequence[InvoiceRow] | None) -> None:
    """`advances` are those to deduct from now on; None leaves them."""
    if given.order_id is not None:
        raise InvalidInput("a draft keeps its order", field=("orderId",))
    parts = (await loading.unpriced(work, [row]))[row.id]
    entity: EntityRow = parts["entity"]
    customer: CustomerRow = parts["customer"]
    if given.customer_id is not UNSET:
        found = await CUSTOMERS.get(work.scope, work.session, given.customer_id)
        if found is None or found.entity_id != row.entity_id:
            raise NotFound("no such customer of this entity", field=("customerId",))
        customer = found
    own = [line for line in parts["lines"] if line.advance_id is None]
    content = await changed_content(work, row.entity_id, content_of(row, own), given)
    line_ids = [] if given.lines is not UNSET else [line.order_line_id for line in own]
    deducted = [one.invoice for one in parts["preceding"]] if advances is None else advances
    content = await deductions.deducting(work, entity, customer, content, deducted, draft_id=row.id)
    today = numbering.local_issue_date(work.now, entity.time_zone)
    priced = deductions.checked(content, await eu_sales.price(work, entity, customer, content, today))
    columns = content_columns(content, priced) | {
        "customer_id": customer.id,
        "version": row.version + 1,
        "updated_at": work.now,
    }
    changed = replace(row, **columns)
    await INVOICES.change(work.scope, work.session, row.id, columns, version=row.version)
    await query.delete(work.scope, work.session, "invoice_line", Eq("invoice_id", row.id))
    fresh = line_rows(changed, content, priced, order_line_ids(content, line_ids))
    await INVOICE_LINES.insert(work.scope, work.session, fresh)
    if advances is not None:
        await deductions.mark(work, advances, row.id, anew=True)
    work.emit(invoice_event(events.InvoiceUpdated, changed), row.entity_id)
    work.audit(AuditSubject.INVOICE, row, changed, further=(lines_state(parts["lines"]), lines_state(fresh)))
