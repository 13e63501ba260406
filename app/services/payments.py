"""Payments: recorded on finalized invoices, in their currency, never more than is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from app.db.aggregates import INVOICES, LEDGER, PAYMENTS
from app.db.rows import InvoiceRow, OrderRow, PaymentRow
from app.db.where import All, Eq, OneOf
from app.domain import events
from app.domain.documents.registry import document_type
from app.domain.errors import AlreadyExists, InvalidInput, InvalidState, NotFound
from app.domain.identity import IdPrefix, new_id
from app.domain.ledger import PaymentDirection
from app.domain.lifecycle import InvoiceAction, payment_status, require
from app.domain.money import Money, to_minor_exact
from app.domain.scope import Permission, Scope
from app.services import checks, ledger, loading
from app.services.context import ServiceContext
from app.services.inputs import PaymentInput
from app.services.invoice_rows import invoice_event, money_payload
from app.services.once import Work, once

_CHANGED: Final = ("paid_minor", "due_minor", "payment_status", "version", "updated_at")
# A clock of the marketplace may run a little ahead of ours.
_AHEAD = timedelta(days=1)


async def record(ctx: ServiceContext, scope: Scope, given: PaymentInput, *, key: str | None) -> PaymentRow:
    """Records a payment. Raises InvalidState for a document that cannot be paid, InvalidInput for more than is due."""
    scope.require(Permission.PAYMENTS_WRITE)

    async def body(work: Work) -> str:
        invoice = (await loading.lock_invoices(work, [given.invoice_id])).get(given.invoice_id)
        if invoice is None:
            raise NotFound("no such invoice", field=("invoiceId",))
        _, payment = await record_in(work, invoice, given)
        return payment.id

    row_id, _ = await once(ctx, scope, "paymentRecord", key, given, body)
    async with ctx.database.read(scope) as session:
        row = await PAYMENTS.get(scope, session, row_id)
    if row is None:
        raise NotFound("no such payment")
    return row


async def record_in(work: Work, invoice: InvoiceRow, given: PaymentInput) -> tuple[InvoiceRow, PaymentRow]:
    """Records a payment of an invoice that the running transaction has locked; the invoice as it then stands."""
    require(InvoiceAction.PAY, invoice.status)
    if not document_type(invoice.type).payable:
        raise InvalidState(f"a document of type {invoice.type} is not paid")
    payment = new_payment(work, invoice, given)
    if payment.reference is not None:
        where = All((Eq("entity_id", invoice.entity_id), Eq("reference", payment.reference)))
        if await PAYMENTS.list(work.scope, work.session, where, limit=1):
            raise AlreadyExists(f"a payment with the reference {payment.reference!r} exists", field=("reference",))
    changed = paid(invoice, payment, work.now)
    columns = {name: getattr(changed, name) for name in _CHANGED}
    await INVOICES.change(work.scope, work.session, invoice.id, columns, version=invoice.version)
    await PAYMENTS.insert(work.scope, work.session, [payment])
    work.defer(LEDGER.inserting([ledger.paying(payment)]))
    announce(work, changed, payment)
    return changed, payment


async def taken_references(work: Work, wanted: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of the (entity id, reference) pairs under which a payment is stored."""
    if not wanted:
        return set()
    sellers, references = sorted({pair[0] for pair in wanted}), sorted({pair[1] for pair in wanted})
    where = All((OneOf("entity_id", sellers), OneOf("reference", references)))
    found = await PAYMENTS.list(work.scope, work.session, where, limit=len(sellers) * len(references))
    return {(row.entity_id, str(row.reference)) for row in found}


def of_order(order: OrderRow, invoice_id: str) -> PaymentInput:
    """The payment of an order's invoice: all of it, when and how the marketplace says that the order was paid."""
    return PaymentInput(
        invoice_id=invoice_id,
        method=order.payment_method or "marketplace",
        paid_at=order.paid_at,
        reference=order.payment_reference,
    )


def new_payment(work: Work, invoice: InvoiceRow, given: PaymentInput) -> PaymentRow:
    """A checked payment, not stored yet."""
    if given.currency is not None and given.currency != invoice.currency:
        raise InvalidInput(f"the invoice is in {invoice.currency}", field=("currency",))
    paid_at: datetime = given.paid_at or work.now
    if paid_at > work.now + _AHEAD:
        raise InvalidInput("lies in the future", field=("paidAt",))
    return PaymentRow(
        platform_id=invoice.platform_id,
        id=new_id(IdPrefix.PAYMENT),
        entity_id=invoice.entity_id,
        customer_id=invoice.customer_id,
        invoice_id=invoice.id,
        direction=PaymentDirection.RECEIVED,
        amount_minor=_amount(invoice, given.amount),
        unallocated_minor=0,
        currency=invoice.currency,
        method=checks.text(given.method, ("method",), 40),
        reference=checks.optional_text(given.reference, ("reference",), 200),
        paid_at=paid_at,
        created_at=work.now,
        created_by=work.actor,
    )


def _amount(invoice: InvoiceRow, amount: Decimal | None) -> int:
    if invoice.due_minor <= 0:
        raise InvalidInput("nothing is due on this invoice", field=("amount",))
    if amount is None:
        return invoice.due_minor
    minor = to_minor_exact(amount, invoice.currency)
    if minor <= 0:
        raise InvalidInput("must be more than zero", field=("amount",))
    if minor > invoice.due_minor:
        due = Money(invoice.due_minor, invoice.currency).amount
        raise InvalidInput(f"{due} {invoice.currency} is due; {amount} is more", field=("amount",))
    return minor


def paid(invoice: InvoiceRow, payment: PaymentRow, now: datetime) -> InvoiceRow:
    """The invoice with that payment taken off what is due."""
    paid_minor = invoice.paid_minor + payment.amount_minor
    return replace(
        invoice,
        paid_minor=paid_minor,
        due_minor=invoice.due_minor - payment.amount_minor,
        payment_status=payment_status(
            gross_minor=invoice.gross_minor, paid_minor=paid_minor, credited_minor=invoice.credited_minor
        ),
        version=invoice.version + 1,
        updated_at=now,
    )


def announce(work: Work, invoice: InvoiceRow, payment: PaymentRow) -> None:
    """Says that a payment was recorded and what the invoice has become by it."""
    recorded = events.PaymentRecorded(
        id=payment.id,
        entity_id=payment.entity_id,
        invoice_id=invoice.id,
        amount=money_payload(payment.amount_minor, payment.currency),
        method=payment.method,
        reference=payment.reference,
        paid_at=payment.paid_at.isoformat(),
    )
    work.emit(recorded, payment.entity_id)
    kind = events.InvoicePaid if invoice.due_minor == 0 else events.InvoicePartiallyPaid
    work.emit(invoice_event(kind, invoice), invoice.entity_id)
