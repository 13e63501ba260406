"""Payments: for documents of one buyer in their currency, never more than is due of each; the rest on its balance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from app.db.aggregates import CUSTOMERS, LEDGER, PAYMENTS
from app.db.rows import InvoiceRow, OrderRow, PaymentRow
from app.db.where import All, OneOf
from app.domain import events, payment_events
from app.domain.documents.registry import document_type
from app.domain.errors import InvalidInput, InvalidState, NotFound
from app.domain.identity import IdPrefix, new_id
from app.domain.ledger import EntryKind, Overpayment, PaymentDirection
from app.domain.lifecycle import InvoiceAction, payment_status, require
from app.domain.money import Money, to_minor_exact
from app.domain.scope import Permission, Scope
from app.services import checks, ledger, loading
from app.services.context import ServiceContext
from app.services.inputs import AllocationInput, PaymentInput
from app.services.invoice_rows import invoice_event, money_payload
from app.services.once import Work, once

# Documents that one payment pays at most.
MAX_ALLOCATIONS: Final = 100
# A clock of the marketplace may run a little ahead of ours.
_AHEAD = timedelta(days=1)
_ACCEPT: Final = "to keep the rest on the buyer's balance, say overpayment: TO_BALANCE"


@dataclass(frozen=True, slots=True)
class _Share:
    """What a payment pays of one document, in minor units."""

    invoice: InvoiceRow
    amount_minor: int


async def record(ctx: ServiceContext, scope: Scope, given: PaymentInput, *, key: str | None) -> PaymentRow:
    """Records a payment of one document, of several of one buyer, or on a buyer's balance.

    Raises InvalidState for a document that cannot be paid, InvalidInput for more than is due unless it is to be kept.
    """
    scope.require(Permission.PAYMENTS_WRITE)

    async def body(work: Work) -> str:
        payment, shares = await _planned(work, given)
        await _store(work, payment, shares)
        return payment.id

    row_id, _ = await once(ctx, scope, "paymentRecord", key, given, body)
    return await read(ctx, scope, row_id)


async def read(ctx: ServiceContext, scope: Scope, payment_id: str) -> PaymentRow:
    """A payment or refund as it is stored. Raises NotFound."""
    async with ctx.database.read(scope) as session:
        row = await PAYMENTS.get(scope, session, payment_id)
    if row is None:
        raise NotFound("no such payment")
    return row


async def _planned(work: Work, given: PaymentInput) -> tuple[PaymentRow, list[_Share]]:
    """The payment and what it pays, checked, its documents locked in id order."""
    if given.invoice_id is not None and given.allocations:
        raise InvalidInput("give invoiceId or allocations, not both", field=("allocations",))
    if given.invoice_id is None and not given.allocations:
        return await _on_account(work, given), []
    if given.invoice_id is not None:
        invoice = (await loading.lock_invoices(work, [given.invoice_id])).get(given.invoice_id)
        if invoice is None:
            raise NotFound("no such invoice", field=("invoiceId",))
        check_payable(invoice)
        _check_buyer(invoice, given)
        due = invoice.due_minor
        total = _total(invoice, given)
        shares = [_Share(invoice, min(due, total))] if due > 0 else []
        return _payment(work, invoice, given, total, shares), shares
    shares = await _allocated(work, given)
    allocated = sum(share.amount_minor for share in shares)
    total = allocated if given.amount is None else positive(given.amount, shares[0].invoice.currency, ("amount",))
    if total < allocated:
        raise InvalidInput(f"the allocations add up to {_text(allocated, shares[0].invoice)}", field=("amount",))
    if total > allocated and given.overpayment is Overpayment.REFUSE:
        message = f"the allocations add up to {_text(allocated, shares[0].invoice)}; {_ACCEPT}"
        raise InvalidInput(message, field=("amount",))
    return _payment(work, shares[0].invoice, given, total, shares), shares


async def _on_account(work: Work, given: PaymentInput) -> PaymentRow:
    """A payment that pays no document yet."""
    if given.customer_id is None:
        raise InvalidInput("name what is paid: an invoiceId, allocations, or a customerId", field=("invoiceId",))
    if given.currency is None or given.amount is None:
        missing = "currency" if given.currency is None else "amount"
        raise InvalidInput("is required for a payment on a buyer's balance", field=(missing,))
    customer = await CUSTOMERS.get(work.scope, work.session, given.customer_id)
    if customer is None:
        raise NotFound("no such customer", field=("customerId",))
    currency = checks.currency(given.currency, ("currency",))
    amount = positive(given.amount, currency, ("amount",))
    return PaymentRow(
        platform_id=customer.platform_id,
        id=new_id(IdPrefix.PAYMENT),
        entity_id=customer.entity_id,
        customer_id=customer.id,
        invoice_id=None,
        direction=PaymentDirection.RECEIVED,
        amount_minor=amount,
        unallocated_minor=amount,
        currency=currency,
        method=checks.text(given.method, ("method",), 40),
        reference=checks.optional_text(given.reference, ("reference",), 200),
        paid_at=past(work, given.paid_at, ("paidAt",)),
        created_at=work.now,
        created_by=work.actor,
        reversed_at=None,
        reversed_by=None,
        reversal_reason=None,
    )


async def _allocated(work: Work, given: PaymentInput) -> list[_Share]:
    """What each of several documents of one buyer gets."""
    asked = given.allocations
    if len(asked) > MAX_ALLOCATIONS:
        raise InvalidInput(f"a payment pays {MAX_ALLOCATIONS} documents at most", field=("allocations",))
    if len({item.invoice_id for item in asked}) != len(asked):
        raise InvalidInput("names an invoice twice", field=("allocations",))
    locked = await loading.lock_invoices(work, [item.invoice_id for item in asked])
    shares: list[_Share] = []
    for index, item in enumerate(asked):
        try:
            shares.append(_allocation(item, locked.get(item.invoice_id), shares, given))
        except (InvalidInput, InvalidState, NotFound) as error:
            raise error if error.field[:1] == ("currency",) else error.under("allocations", index) from None
    return shares


def _allocation(
    item: AllocationInput, invoice: InvoiceRow | None, before: Sequence[_Share], given: PaymentInput
) -> _Share:
    if invoice is None:
        raise NotFound("no such invoice", field=("invoiceId",))
    check_payable(invoice)
    _check_buyer(invoice, given)
    first = before[0].invoice if before else invoice
    if invoice.customer_id != first.customer_id:
        raise InvalidInput("is another buyer's than the first", field=("invoiceId",))
    if invoice.currency != first.currency:
        raise InvalidInput(f"is in {invoice.currency}, the first in {first.currency}", field=("invoiceId",))
    if invoice.due_minor <= 0:
        raise InvalidInput("nothing is due on this invoice", field=("invoiceId",))
    amount = invoice.due_minor if item.amount is None else positive(item.amount, invoice.currency, ("amount",))
    if amount > invoice.due_minor:
        message = f"{_text(invoice.due_minor, invoice)} is due; {item.amount} is more"
        raise InvalidInput(message, field=("amount",))
    return _Share(invoice, amount)


def check_payable(invoice: InvoiceRow) -> None:
    """Raises InvalidState for a document that is not paid, or not in its present state."""
    require(InvoiceAction.PAY, invoice.status)
    if not document_type(invoice.type).payable:
        raise InvalidState(f"a document of type {invoice.type} is not paid")


def _check_buyer(invoice: InvoiceRow, given: PaymentInput) -> None:
    if given.customer_id is not None and given.customer_id != invoice.customer_id:
        raise InvalidInput("is not the buyer of the invoice", field=("customerId",))
    if given.currency is not None and given.currency != invoice.currency:
        raise InvalidInput(f"the invoice is in {invoice.currency}", field=("currency",))


def _text(minor: int, invoice: InvoiceRow) -> str:
    return f"{Money(minor, invoice.currency).amount} {invoice.currency}"


def positive(amount: Decimal, currency: str, path: checks.Path) -> int:
    """An amount in minor units. Raises InvalidInput for one that is not more than zero, or has too many decimals."""
    try:
        minor = to_minor_exact(amount, currency)
    except InvalidInput as error:
        raise InvalidInput(error.message, field=path) from None
    if minor <= 0:
        raise InvalidInput("must be more than zero", field=path)
    return minor


def past(work: Work, at: datetime | None, path: checks.Path) -> datetime:
    """The instant, now if none. Raises InvalidInput for one in the future."""
    chosen = at or work.now
    if chosen > work.now + _AHEAD:
        raise InvalidInput("lies in the future", field=path)
    return chosen


async def record_in(work: Work, invoice: InvoiceRow, given: PaymentInput) -> tuple[InvoiceRow, PaymentRow]:
    """Records a payment of an invoice that the running transaction has locked; the invoice as it then stands."""
    check_payable(invoice)
    payment = new_payment(work, invoice, given)
    (changed,) = await _store(work, payment, [_Share(invoice, payment.amount_minor)])
    return changed, payment


async def _store(work: Work, payment: PaymentRow, shares: Sequence[_Share]) -> list[InvoiceRow]:
    """Stores a payment and posts it; its documents as they then stand."""
    await ledger.check_reference(work, payment)
    await PAYMENTS.insert(work.scope, work.session, [payment])
    settled = []
    entries = [ledger.paying(payment, share.invoice.id, share.amount_minor) for share in shares]
    for share in shares:
        after = ledger.standing(share.invoice).settled(share.amount_minor)
        changed = ledger.standing_as(share.invoice, after, work.now)
        await ledger.store_standing(work, share.invoice, changed)
        settled.append(changed)
    if payment.unallocated_minor > 0:
        entries.append(ledger.of_payment(payment, EntryKind.ON_ACCOUNT, payment.unallocated_minor))
    work.defer(LEDGER.inserting(entries))
    _announce(work, payment, [(changed, share.amount_minor) for changed, share in zip(settled, shares, strict=True)])
    return settled


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
    """A checked payment of one document, not stored yet."""
    _check_buyer(invoice, given)
    total = _total(invoice, given)
    return _payment(work, invoice, given, total, [_Share(invoice, min(total, invoice.due_minor))])


def _payment(work: Work, invoice: InvoiceRow, given: PaymentInput, total: int, shares: Sequence[_Share]) -> PaymentRow:
    return PaymentRow(
        platform_id=invoice.platform_id,
        id=new_id(IdPrefix.PAYMENT),
        entity_id=invoice.entity_id,
        customer_id=invoice.customer_id,
        invoice_id=shares[0].invoice.id if shares else None,
        direction=PaymentDirection.RECEIVED,
        amount_minor=total,
        unallocated_minor=total - sum(share.amount_minor for share in shares),
        currency=invoice.currency,
        method=checks.text(given.method, ("method",), 40),
        reference=checks.optional_text(given.reference, ("reference",), 200),
        paid_at=past(work, given.paid_at, ("paidAt",)),
        created_at=work.now,
        created_by=work.actor,
        reversed_at=None,
        reversed_by=None,
        reversal_reason=None,
    )


def _total(invoice: InvoiceRow, given: PaymentInput) -> int:
    """What a payment of one document amounts to, in minor units."""
    kept = given.overpayment is Overpayment.TO_BALANCE and given.amount is not None
    if invoice.due_minor <= 0 and not kept:
        raise InvalidInput("nothing is due on this invoice", field=("amount",))
    if given.amount is None:
        return invoice.due_minor
    minor = positive(given.amount, invoice.currency, ("amount",))
    if minor > invoice.due_minor and not kept:
        message = f"{_text(invoice.due_minor, invoice)} is due; {given.amount} is more; {_ACCEPT}"
        raise InvalidInput(message, field=("amount",))
    return minor


def paid(invoice: InvoiceRow, payment: PaymentRow, now: datetime) -> InvoiceRow:
    """The invoice with that payment, which pays no other, taken off what is due."""
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
    """Says that a payment of one invoice was recorded and what the invoice has become by it."""
    _announce(work, payment, [(invoice, payment.amount_minor)])


def _announce(work: Work, payment: PaymentRow, settled: Sequence[tuple[InvoiceRow, int]]) -> None:
    recorded = payment_events.PaymentRecorded(
        id=payment.id,
        entity_id=payment.entity_id,
        customer_id=payment.customer_id,
        invoice_id=payment.invoice_id,
        allocations=tuple(
            payment_events.AllocationPayload(invoice_id=invoice.id, amount=money_payload(minor, payment.currency))
            for invoice, minor in settled
        ),
        amount=money_payload(payment.amount_minor, payment.currency),
        unallocated=money_payload(payment.unallocated_minor, payment.currency),
        method=payment.method,
        reference=payment.reference,
        paid_at=payment.paid_at.isoformat(),
    )
    work.emit(recorded, payment.entity_id)
    for invoice, _ in settled:
        announce_settled(work, invoice)


def announce_settled(work: Work, invoice: InvoiceRow) -> None:
    """Says that an invoice is paid, or in part."""
    kind = events.InvoicePaid if invoice.due_minor == 0 else events.InvoicePartiallyPaid
    work.emit(invoice_event(kind, invoice), invoice.entity_id)
