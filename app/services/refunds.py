"""Refunds and cancellations as the marketplace reports them.

An order that is invoiced is credited line by line; one that has a draft, or nothing yet, is reduced, so that what was
taken back is never billed. The documents of the order are locked first, in id order, then the order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.db.aggregates import ORDER_LINES, ORDER_REFUNDS, ORDERS
from app.db.refund_rows import OrderRefundRow
from app.db.rows import InvoiceRow, OrderLineRow, OrderRow
from app.db.where import All, Eq
from app.domain.documents.model import InvoiceType
from app.domain.errors import AlreadyExists, Contention, InvalidInput, InvalidState, NotFound
from app.domain.lifecycle import InvoiceStatus, OrderAction, OrderStatus, require_order
from app.domain.scope import Permission, Scope
from app.services import checks, credits, drafts, order_credits, unbilled
from app.services.context import ServiceContext
from app.services.credit_inputs import CancelInput, CreditInput, CreditLineInput, RefundInput, RefundLineInput
from app.services.credit_notes import is_creditable
from app.services.once import Work, fingerprint_input, once
from app.services.order_credits import OrderCredit
from app.services.order_lookup import id_of
from app.services.unbilled import Take

_REFUND: Final = "orderRefund"
_CANCEL: Final = "orderCancel"
_UNISSUED: Final = (InvoiceStatus.DRAFT, InvoiceStatus.PENDING)


@dataclass(frozen=True, slots=True)
class RefundDone:
    """A refund, and the order as it stands after it."""

    refund: OrderRefundRow
    order: OrderRow


@dataclass(frozen=True, slots=True)
class _Locked:
    """An order with its documents: the finalized one that counts, and those that are not finalized."""

    order: OrderRow
    invoice: InvoiceRow | None
    unissued: Sequence[InvoiceRow]


async def refund(
    ctx: ServiceContext, scope: Scope, order_id: str | None, given: RefundInput, *, key: str | None
) -> RefundDone:
    """Refunds an order; the same `reference` of one order again answers the stored refund.

    Raises AlreadyExists when that was another refund, InvalidInput for more than is left, InvalidState.
    """
    scope.require(Permission.ORDERS_WRITE)

    async def body(work: Work) -> str:
        found = await _lock(work, await id_of(work, order_id, given))
        told = OrderCredit(
            reference=checks.optional_text(given.reference, ("reference",), 200),
            fingerprint=fingerprint_input(_REFUND, _told(given)),
            refunded_at=checks.not_ahead(given.refunded_at or work.now, work.now, ("refundedAt",)),
        )
        known = await _known(work, found.order, told)
        return known.id if known is not None else (await _refund(work, found, given, told)).id

    refund_id, _ = await once(ctx, scope, _REFUND, key, (order_id, given), body)
    async with ctx.database.read(scope) as session:
        row = await ORDER_REFUNDS.get(scope, session, refund_id)
        order = None if row is None else await ORDERS.get(scope, session, row.order_id)
    if row is None or order is None:
        raise NotFound("no such order", field=("id",))
    return RefundDone(row, order)


async def cancel(
    ctx: ServiceContext, scope: Scope, order_id: str | None, given: CancelInput, *, key: str | None
) -> OrderRow:
    """Cancels an order: drafts are deleted, and what is left of an invoice is credited. Raises InvalidState."""
    scope.require(Permission.ORDERS_WRITE)

    async def body(work: Work) -> str:
        found = await _lock(work, await id_of(work, order_id, given))
        at = checks.not_ahead(given.cancelled_at or work.now, work.now, ("cancelledAt",))
        require_order(OrderAction.CANCEL, found.order.status)
        reason = checks.optional_text(given.reason, ("reason",), 500)
        for row in found.unissued:
            await drafts.delete_known(work, row)
        invoice = found.invoice
        if invoice is None or invoice.credited_minor >= invoice.gross_minor:
            await order_credits.cancel(work, found.order, at, note=None, reason=reason)
            return found.order.id
        told = OrderCredit(
            reference=None, fingerprint=fingerprint_input(_CANCEL, given), refunded_at=at, cancelled_at=at
        )
        whole = CreditInput(invoice_id=invoice.id, reason=reason, settlement=given.settlement)
        await credits.credit_in(work, invoice, whole, order=found.order, told=told)
        return found.order.id

    done = await once(ctx, scope, _CANCEL, key, (order_id, given), body)
    async with ctx.database.read(scope) as session:
        order = await ORDERS.get(scope, session, done[0])
    if order is None:
        raise NotFound("no such order", field=("id",))
    return order


async def _lock(work: Work, order_id: str) -> _Locked:
    order = await ORDERS.get(work.scope, work.session, order_id)
    if order is None:
        raise NotFound("no such order", field=("id",))
    documents = await order_credits.documents_of(work, order.id, order.entity_id, lock=True)
    order = await ORDERS.get(work.scope, work.session, order_id, lock=True)
    if order is None:
        raise NotFound("no such order", field=("id",))
    locked = {row.id for row in documents}
    # Between the two locks it may have been invoiced; credit notes that came meanwhile have changed what they credit.
    now = await order_credits.documents_of(work, order.id, order.entity_id)
    if any(row.id not in locked and row.type is not InvoiceType.CREDIT_NOTE for row in now):
        raise Contention("the order is being invoiced; repeat the request")
    standing = [row for row in documents if is_creditable(row)]
    # After a void and a duplicate the last one counts; one with something left before one that is credited in full.
    standing.sort(key=lambda row: (row.credited_minor < row.gross_minor, row.id))
    return _Locked(
        order,
        standing[-1] if standing else None,
        [row for row in documents if row.status in _UNISSUED and row.type is not InvoiceType.PROFORMA],
    )


async def _known(work: Work, order: OrderRow, told: OrderCredit) -> OrderRefundRow | None:
    """The refund that is stored under the reference. Raises AlreadyExists when it was another one."""
    if told.reference is None:
        return None
    where = All((Eq("entity_id", order.entity_id), Eq("order_id", order.id), Eq("reference", told.reference)))
    found = await ORDER_REFUNDS.list(work.scope, work.session, where, limit=1)
    if not found:
        return None
    if found[0].fingerprint != told.fingerprint:
        raise AlreadyExists(f"another refund with the reference {told.reference!r} exists", field=("reference",))
    return found[0]


def _told(given: RefundInput) -> tuple[object, ...]:
    """What makes two reports the same refund, however the order was named."""
    return given.lines, given.amount, given.full, given.reference


async def _refund(work: Work, found: _Locked, given: RefundInput, told: OrderCredit) -> OrderRefundRow:
    order = found.order
    if sum((given.lines is not None, given.amount is not None, given.full)) != 1:
        raise InvalidInput("give exactly one of lines, amount and full", field=("lines",))
    if order.status in (OrderStatus.CANCELLED, OrderStatus.REFUNDED):
        require_order(OrderAction.REFUND, order.status)
    lines = await _order_lines(work, order)
    takes = None if given.lines is None else _takes(lines, given.lines, max_lines=work.ctx.max_lines)
    if found.invoice is None:
        reason = checks.optional_text(given.reason, ("reason",), 500)
        wanted = unbilled.Wanted(takes=takes, amount=given.amount, reason=reason)
        return await unbilled.take(work, order, lines, found.unissued, wanted, told)
    credit = CreditInput(
        invoice_id=found.invoice.id,
        lines=None if takes is None else await _invoice_lines(work, found.invoice, takes),
        amount=given.amount,
        reason=given.reason,
        settlement=given.settlement,
    )
    note = (await credits.credit_in(work, found.invoice, credit, order=order, told=told)).credit_note
    made = await ORDER_REFUNDS.list(
        work.scope,
        work.session,
        All((Eq("entity_id", order.entity_id), Eq("credit_note_id", note.id))),
        limit=1,
    )
    return made[0]


async def _order_lines(work: Work, order: OrderRow) -> list[OrderLineRow]:
    return await ORDER_LINES.list(
        work.scope,
        work.session,
        All((Eq("entity_id", order.entity_id), Eq("order_id", order.id))),
        order=(("position", False),),
        limit=work.ctx.max_lines,
    )


def _takes(lines: Sequence[OrderLineRow], given: Sequence[RefundLineInput], *, max_lines: int) -> list[Take]:
    """What is taken of which line of the order. Raises InvalidInput naming the line."""
    if not 1 <= len(given) <= max_lines:
        raise InvalidInput(f"name 1 to {max_lines} lines", field=("lines",))
    takes: list[Take] = []
    for i, told in enumerate(given):
        line = _named(lines, told, i)
        if any(take.line.id == line.id for take in takes):
            raise InvalidInput("names a line twice", field=("lines", i))
        takes.append(Take(line=line, quantity=told.quantity, amount=told.amount))
    return takes


def _named(lines: Sequence[OrderLineRow], told: RefundLineInput, place: int) -> OrderLineRow:
    if (told.line_id is None) == (told.external_id is None):
        raise InvalidInput("name the line by lineId or by externalId", field=("lines", place, "lineId"))
    if told.line_id is not None:
        found, name = [line for line in lines if line.id == told.line_id], "lineId"
    else:
        name = "externalId"
        found = [line for line in lines if line.external_id == told.external_id]
        found = found or [line for line in lines if line.sku == told.external_id]
    if not found:
        raise InvalidInput("no such line of the order", field=("lines", place, name))
    if len(found) > 1:
        raise InvalidInput(f"{len(found)} lines of the order have it; name one by lineId", field=("lines", place, name))
    return found[0]


async def _invoice_lines(work: Work, invoice: InvoiceRow, takes: Sequence[Take]) -> list[CreditLineInput]:
    """The lines of the invoice that bill those of the order. Raises InvalidState for one that it does not bill."""
    by_order_line = await unbilled.lines_by_order_line(work, invoice)
    found = []
    for i, take in enumerate(takes):
        line = by_order_line.get(take.line.id)
        if line is None:
            raise InvalidState("the order's invoice has no such line; credit the invoice", field=("lines", i))
        found.append(CreditLineInput(line_id=line.id, quantity=take.quantity, amount=take.amount))
    return found
