"""What a refund, or a credit note of its invoice, makes of an order: a stored refund, a total, a status, an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from app.db.aggregates import INVOICES, ORDER_REFUNDS, ORDERS
from app.db.records import changed
from app.db.refund_rows import OrderRefundRow
from app.db.rows import InvoiceRow, OrderRow
from app.db.where import All, Eq
from app.domain import events
from app.domain.errors import LimitExceeded
from app.domain.identity import IdPrefix, new_id
from app.domain.lifecycle import ORDER_TRANSITIONS, InvoiceStatus, OrderAction, OrderStatus
from app.services.credit_notes import is_creditable
from app.services.invoice_rows import money_payload
from app.services.once import Work
from app.services.order_events import order_event

# Documents of one order: its invoices, those voided, their duplicates, their credit notes.
MAX_DOCUMENTS: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCredit:
    """What is told of a refund beside its amount. With `cancelled_at` the order is cancelled by it."""

    reference: str | None
    fingerprint: str
    refunded_at: datetime
    cancelled_at: datetime | None = None


async def documents_of(work: Work, order_id: str, entity_id: str, *, lock: bool = False) -> list[InvoiceRow]:
    """All documents of an order, in the order in which they were made, which is that of their locks."""
    where = All((Eq("entity_id", entity_id), Eq("order_id", order_id)))
    found = await INVOICES.list(
        work.scope, work.session, where, order=(("id", False),), limit=MAX_DOCUMENTS + 1, lock=lock
    )
    if len(found) > MAX_DOCUMENTS:
        raise LimitExceeded(f"an order has {MAX_DOCUMENTS} documents at most")
    return found


async def record_credit(
    work: Work, order: OrderRow, original: InvoiceRow, note: InvoiceRow, told: OrderCredit
) -> OrderRefundRow:
    """Stores what a credit note means to the locked order of its original, which is as it stands after it."""
    documents = await documents_of(work, order.id, order.entity_id)
    return await record(
        work,
        order,
        told,
        amount_minor=note.gross_minor,
        full=_all_credited([original if row.id == original.id else row for row in documents]),
        note=note,
        reason=note.reason,
    )


def _all_credited(documents: Sequence[InvoiceRow]) -> bool:
    standing = [row for row in documents if is_creditable(row)]
    return all(row.credited_minor >= row.gross_minor for row in standing) and not any(
        row.status in (InvoiceStatus.DRAFT, InvoiceStatus.PENDING) for row in documents
    )


async def record(
    work: Work,
    order: OrderRow,
    told: OrderCredit,
    *,
    amount_minor: int,
    full: bool,
    note: InvoiceRow | None,
    reason: str | None,
    **columns: Any,
) -> OrderRefundRow:
    """Stores a refund of a locked order and what becomes of the order, whose further `columns` change with it."""
    refund = OrderRefundRow(
        platform_id=order.platform_id,
        id=new_id(IdPrefix.ORDER_REFUND),
        entity_id=order.entity_id,
        order_id=order.id,
        credit_note_id=None if note is None else note.id,
        amount_minor=amount_minor,
        currency=order.currency,
        reason=reason,
        reference=told.reference,
        fingerprint=told.fingerprint,
        refunded_at=told.refunded_at,
        created_at=work.now,
        created_by=work.actor,
    )
    await ORDER_REFUNDS.insert(work.scope, work.session, [refund])
    columns |= {"refunded_minor": order.refunded_minor + amount_minor}
    if full and told.cancelled_at is None:
        columns["status"] = ORDER_TRANSITIONS.get((OrderAction.REFUND, order.status), order.status)
    if columns.get("status") is OrderStatus.REFUNDED:
        columns["failure"] = None
    after = await _change(work, order, columns)
    refunded = order_event(
        events.OrderRefunded,
        after,
        refund_id=refund.id,
        amount=money_payload(amount_minor, order.currency),
        refunded_total=money_payload(after.refunded_minor, order.currency),
        credit_note_id=refund.credit_note_id,
        reference=refund.reference,
        reason=refund.reason,
    )
    work.emit(refunded, order.entity_id)
    if told.cancelled_at is not None:
        await cancel(work, after, told.cancelled_at, note=note, reason=reason)
    return refund


async def cancel(
    work: Work, order: OrderRow, cancelled_at: datetime, *, note: InvoiceRow | None, reason: str | None
) -> None:
    """Marks a locked order as cancelled and says so; what that means for its invoice is done."""
    news = {"status": OrderStatus.CANCELLED, "cancelled_at": cancelled_at, "failure": None}
    after = await _change(work, order, news)
    told = order_event(events.OrderCancelled, after, credit_note_id=None if note is None else note.id, reason=reason)
    work.emit(told, order.entity_id)


async def _change(work: Work, order: OrderRow, columns: dict[str, Any]) -> OrderRow:
    columns = columns | {"version": order.version + 1, "updated_at": work.now}
    await ORDERS.change(work.scope, work.session, order.id, columns, version=order.version)
    return changed(order, **columns)
