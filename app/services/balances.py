"""What a seller holds for a buyer: put towards a document, paid out, or taken back with a payment that did not stand.

Whoever uses a balance locks the buyer first, so that concurrent uses never take more than there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.db.aggregates import CUSTOMERS, INVOICES, LEDGER, PAYMENTS
from app.db.ledger_rows import LedgerEntryRow
from app.db.rows import CustomerRow, InvoiceRow, PaymentRow
from app.db.where import All, Eq
from app.domain import events, payment_events
from app.domain.errors import InvalidInput, InvalidState, NotFound
from app.domain.ledger import EntryKind, PaymentDirection
from app.domain.money import Money
from app.domain.scope import Permission, Scope
from app.services import checks, ledger, loading, payments
from app.services.context import ServiceContext
from app.services.inputs import BalanceApplyInput, BalanceRefundInput, PaymentReverseInput
from app.services.invoice_rows import invoice_event, money_payload
from app.services.once import Work, once


async def apply(
    ctx: ServiceContext, scope: Scope, given: BalanceApplyInput, *, key: str | None
) -> tuple[InvoiceRow, CustomerRow]:
    """Pays a document out of its buyer's balance: as much as both allow, or the amount given.

    Raises InvalidInput for more than is due or held, InvalidState for a document that cannot be paid.
    """
    scope.require(Permission.PAYMENTS_WRITE)

    async def body(work: Work) -> str:
        invoice = (await loading.lock_invoices(work, [given.invoice_id])).get(given.invoice_id)
        if invoice is None:
            raise NotFound("no such invoice", field=("invoiceId",))
        customer, held = await ledger.lock_balance(work, given.customer_id, invoice.currency)
        if customer.id != invoice.customer_id:
            raise InvalidInput("is not the buyer of the invoice", field=("customerId",))
        payments.check_payable(invoice)
        await _apply(work, invoice, held, given)
        return invoice.id

    row_id, _ = await once(ctx, scope, "balanceApply", key, given, body)
    async with ctx.database.read(scope) as session:
        stored = await INVOICES.get(scope, session, row_id)
        buyer = await CUSTOMERS.get(scope, session, given.customer_id)
    if stored is None or buyer is None:
        raise NotFound("no such invoice", field=("invoiceId",))
    return stored, buyer


async def _apply(work: Work, invoice: InvoiceRow, held: int, given: BalanceApplyInput) -> None:
    if invoice.due_minor <= 0:
        raise InvalidInput("nothing is due on this invoice", field=("invoiceId",))
    amount = min(held, invoice.due_minor)
    if given.amount is not None:
        amount = payments.positive(given.amount, invoice.currency, ("amount",))
        if amount > invoice.due_minor:
            raise InvalidInput(f"{_text(invoice.due_minor, invoice.currency)} is due", field=("amount",))
    _check_held(held, amount, invoice.currency, ("customerId",) if given.amount is None else ("amount",))
    changed = ledger.standing_as(invoice, ledger.standing(invoice).settled(amount), work.now)
    await ledger.store_standing(work, invoice, changed)
    work.defer(LEDGER.inserting([ledger.of_invoice(work, invoice, EntryKind.BALANCE, amount)]))
    applied = payment_events.BalanceApplied(
        id=invoice.customer_id,
        entity_id=invoice.entity_id,
        invoice_id=invoice.id,
        amount=money_payload(amount, invoice.currency),
        balance=money_payload(held - amount, invoice.currency),
    )
    work.emit(applied, invoice.entity_id)
    payments.announce_settled(work, changed)


def _check_held(held: int, amount: int, currency: str, path: checks.Path) -> None:
    if held <= 0:
        raise InvalidInput(f"nothing is held for this buyer in {currency}", field=path)
    if amount > held:
        raise InvalidInput(f"{_text(held, currency)} is held for this buyer", field=path)


def _text(minor: int, currency: str) -> str:
    return f"{Money(minor, currency).amount} {currency}"


async def refund(ctx: ServiceContext, scope: Scope, given: BalanceRefundInput, *, key: str | None) -> PaymentRow:
    """Pays a buyer's balance out: all of it, or the amount given. Raises InvalidInput for more than is held."""
    scope.require(Permission.PAYMENTS_WRITE)

    async def body(work: Work) -> str:
        currency = checks.currency(given.currency, ("currency",))
        customer, held = await ledger.lock_balance(work, given.customer_id, currency)
        amount = held if given.amount is None else payments.positive(given.amount, currency, ("amount",))
        _check_held(held, amount, currency, ("currency",) if given.amount is None else ("amount",))
        row = ledger.new_refund(
            work,
            customer,
            None,
            amount_minor=amount,
            currency=currency,
            method=checks.text(given.method, ("method",), 40),
            reference=checks.optional_text(given.reference, ("reference",), 200),
        )
        work.defer(LEDGER.inserting([await ledger.refunding(work, row)]))
        return row.id

    row_id, _ = await once(ctx, scope, "balanceRefund", key, given, body)
    return await payments.read(ctx, scope, row_id)


async def reverse(ctx: ServiceContext, scope: Scope, given: PaymentReverseInput, *, key: str | None) -> PaymentRow:
    """Takes back a payment or refund that did not stand, such as a returned direct debit, by mirrored entries.

    What a payment paid is due again. What of it a credit note has moved to the buyer's balance since, and what went
    there at once, is taken from the balance. Raises InvalidState for one that was reversed before, and when the
    balance does not hold that much any more: a payment is reversed whole or not at all.
    """
    scope.require(Permission.PAYMENTS_WRITE)

    async def body(work: Work) -> str:
        payment = await PAYMENTS.get(work.scope, work.session, given.payment_id)
        if payment is None:
            raise NotFound("no such payment", field=("id",))
        await _reverse(work, payment, given)
        return payment.id

    row_id, _ = await once(ctx, scope, "paymentReverse", key, given, body)
    return await payments.read(ctx, scope, row_id)


async def _reverse(work: Work, payment: PaymentRow, given: PaymentReverseInput) -> None:
    """The lock order: its documents in id order, itself, and its buyer."""
    reason = checks.text(given.reason, ("reason",), 500)
    at = payments.past(work, given.reversed_at, ("reversedAt",))
    if at < payment.paid_at:
        raise InvalidInput("lies before the payment", field=("reversedAt",))
    where = All((Eq("entity_id", payment.entity_id), Eq("payment_id", payment.id), Eq("reverses_id", None)))
    # What a payment caused never grows, so it may be read before the locks.
    caused = await LEDGER.list(work.scope, work.session, where, limit=payments.MAX_ALLOCATIONS + 1)
    paying = [entry for entry in caused if entry.kind is EntryKind.PAYMENT]
    locked = await loading.lock_invoices(work, [str(entry.invoice_id) for entry in paying])
    current = await PAYMENTS.get(work.scope, work.session, payment.id, lock=True)
    if current is None or current.reversed_at is not None:
        raise InvalidState("this payment was reversed before", field=("id",))
    entries = [ledger.mirrored(work, entry, EntryKind.REVERSAL, at) for entry in caused]
    moved = await _reopen(work, payment, paying, locked)
    await _check_balance(work, payment, moved)
    columns: dict[str, Any] = {"reversed_at": at, "reversed_by": work.actor, "reversal_reason": reason}
    await PAYMENTS.change(work.scope, work.session, payment.id, columns)
    work.defer(LEDGER.inserting([*entries, *moved]))
    _announce_reversed(work, replace(payment, **columns), reason)


async def _reopen(
    work: Work, payment: PaymentRow, paying: Sequence[LedgerEntryRow], locked: dict[str, InvoiceRow]
) -> list[LedgerEntryRow]:
    """Makes documents due again; the entries that bring back what a credit note had moved to the balance."""
    moved = []
    for entry in paying:
        invoice = locked[str(entry.invoice_id)]
        missing = max(0, entry.amount_minor - invoice.paid_minor)
        if missing:
            moved.append(ledger.of_invoice(work, invoice, EntryKind.BALANCE, missing))
        after = ledger.standing(invoice).settled(missing - entry.amount_minor)
        changed = ledger.standing_as(invoice, after, work.now)
        if invoice.due_minor == 0 and changed.due_minor > 0:
            # It was settled, and is late once more when its day has passed: that is news again.
            changed = replace(changed, overdue_at=None)
        await ledger.store_standing(work, invoice, changed)
        work.emit(invoice_event(events.InvoicePaymentReversed, changed, payment_id=payment.id), invoice.entity_id)
    return moved


async def _check_balance(work: Work, payment: PaymentRow, moved: Sequence[LedgerEntryRow]) -> None:
    """Raises InvalidState when the buyer's balance does not hold what a payment put there."""
    needed = sum(entry.amount_minor for entry in moved)
    if payment.direction is PaymentDirection.RECEIVED:
        needed += payment.unallocated_minor
    if needed == 0:
        return
    _, held = await ledger.lock_balance(work, payment.customer_id, payment.currency)
    if held < needed:
        raise InvalidState(
            f"{_text(needed, payment.currency)} of this payment went to the buyer's balance, which holds"
            f" {_text(held, payment.currency)}: the rest was used or refunded since; pay it in with paymentRecord and"
            " customerId first, or leave the payment as it is",
            field=("id",),
        )


def _announce_reversed(work: Work, payment: PaymentRow, reason: str) -> None:
    reversed_ = payment_events.PaymentReversed(
        id=payment.id,
        entity_id=payment.entity_id,
        customer_id=payment.customer_id,
        direction=payment.direction,
        amount=money_payload(payment.amount_minor, payment.currency),
        reference=payment.reference,
        reason=reason,
        reversed_at=(payment.reversed_at or work.now).isoformat(),
    )
    work.emit(reversed_, payment.entity_id)
