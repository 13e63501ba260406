"""Posting: what finalizing, crediting, paying and undoing write into the ledger.

The lock order ends here: documents, their orders, their series, and last the buyer whose balance is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from app.db import ledger as stored
from app.db.aggregates import CUSTOMERS, INVOICES, LEDGER, PAYMENTS
from app.db.ledger_rows import LedgerEntryRow
from app.db.records import maker
from app.db.rows import CustomerRow, InvoiceRow, PaymentRow
from app.db.where import All, Eq
from app.domain import payment_events
from app.domain.documents.registry import DOCUMENT_TYPES
from app.domain.errors import AlreadyExists, InvalidInput, NotFound
from app.domain.identity import IdPrefix, new_id
from app.domain.ledger import (
    POSTINGS,
    CreditSettlement,
    EntryKind,
    PaymentDirection,
    Standing,
    Transfer,
    transfer,
)
from app.domain.lifecycle import payment_status
from app.services import checks
from app.services.invoice_rows import money_payload
from app.services.once import Work

# Documents that somebody owes something by: proformas are offers, credit notes are posted on what they credit.
_OWED: Final = frozenset(kind.type for kind in DOCUMENT_TYPES if kind.is_tax_document and kind.sign > 0)
_BILLED: Final = POSTINGS[EntryKind.INVOICE]
_make_entry: Final = maker(LedgerEntryRow)
# What a change of its standing changes of a document's row.
STANDING: Final = (
    "paid_minor",
    "credited_minor",
    "due_minor",
    "payment_status",
    "overdue_at",
    "version",
    "updated_at",
)
_ABOUT_INVOICE: Final = len(IdPrefix.INVOICE)
_ABOUT_PAYMENT: Final = len(IdPrefix.PAYMENT)
_REFUND_METHOD: Final = "refund"


def finalizing(invoice: InvoiceRow, *, now: datetime, actor: str) -> LedgerEntryRow | None:
    """The entry of a document that was just finalized; None where nothing is owed by it.

    Its id follows from the document's, so that no document can be posted twice.
    """
    if invoice.type not in _OWED or invoice.gross_minor <= 0:
        return None
    # Written with every document: filling a row by its own constructor takes three times as long.
    entry: LedgerEntryRow = _make_entry(
        (
            invoice.platform_id,
            _finalizing_id(invoice),
            invoice.entity_id,
            invoice.customer_id,
            invoice.id,
            None,
            EntryKind.INVOICE,
            *_BILLED,
            invoice.gross_minor,
            invoice.currency,
            now,
            now,
            actor,
            None,
            None,
        )
    )
    return entry


def of_finalized(work: Work, finalized: Iterable[tuple[InvoiceRow, PaymentRow | None, str]]) -> list[LedgerEntryRow]:
    """The entries of documents that were just finalized, each with the payment that came with it and who acts."""
    entries = []
    for invoice, payment, actor in finalized:
        entry = finalizing(invoice, now=work.now, actor=actor)
        if entry is not None:
            entries.append(entry)
        if payment is not None:
            entries.append(paying(payment))
    return entries


def _finalizing_id(invoice: InvoiceRow) -> str:
    return IdPrefix.LEDGER_ENTRY + invoice.id[_ABOUT_INVOICE:]


def paying(payment: PaymentRow, invoice_id: str | None = None, amount_minor: int | None = None) -> LedgerEntryRow:
    """The entry of a payment for a document: for the one it names, and all of it, unless told.

    Of the document that it names the entry's id follows from the payment's.
    """
    target = payment.invoice_id if invoice_id is None else invoice_id
    entry = of_payment(payment, EntryKind.PAYMENT, payment.amount_minor if amount_minor is None else amount_minor)
    own = IdPrefix.LEDGER_ENTRY + payment.id[_ABOUT_PAYMENT:]
    return replace(entry, invoice_id=target, id=own if target == payment.invoice_id else entry.id)


def of_payment(payment: PaymentRow, kind: EntryKind, amount_minor: int) -> LedgerEntryRow:
    """An entry of a payment or refund that touches no document's debt; of a refund it names what it refunds."""
    moved = transfer(kind, amount_minor)
    return LedgerEntryRow(
        platform_id=payment.platform_id,
        id=new_id(IdPrefix.LEDGER_ENTRY),
        entity_id=payment.entity_id,
        customer_id=payment.customer_id,
        invoice_id=payment.invoice_id if kind is EntryKind.REFUND else None,
        payment_id=payment.id,
        kind=kind,
        debit=moved.debit,
        credit=moved.credit,
        amount_minor=amount_minor,
        currency=payment.currency,
        occurred_at=payment.paid_at,
        created_at=payment.created_at,
        created_by=payment.created_by,
        reverses_id=None,
        reference=None,
    )


def of_invoice(
    work: Work, invoice: InvoiceRow, kind: EntryKind, amount_minor: int, *, reference: str | None = None
) -> LedgerEntryRow:
    """An entry about a document that no payment of its own causes."""
    moved = transfer(kind, amount_minor)
    return LedgerEntryRow(
        platform_id=invoice.platform_id,
        id=new_id(IdPrefix.LEDGER_ENTRY),
        entity_id=invoice.entity_id,
        customer_id=invoice.customer_id,
        invoice_id=invoice.id,
        payment_id=None,
        kind=kind,
        debit=moved.debit,
        credit=moved.credit,
        amount_minor=amount_minor,
        currency=invoice.currency,
        occurred_at=work.now,
        created_at=work.now,
        created_by=work.actor,
        reverses_id=None,
        reference=reference,
    )


def mirrored(work: Work, entry: LedgerEntryRow, kind: EntryKind, at: datetime) -> LedgerEntryRow:
    """What undoes an entry, as of that instant."""
    moved = Transfer(entry.kind, entry.debit, entry.credit, entry.amount_minor).mirrored(kind)
    return replace(
        entry,
        id=new_id(IdPrefix.LEDGER_ENTRY),
        kind=moved.kind,
        debit=moved.debit,
        credit=moved.credit,
        occurred_at=at,
        created_at=work.now,
        created_by=work.actor,
        reverses_id=entry.id,
    )


def void_entries(work: Work, invoice: InvoiceRow) -> Sequence[LedgerEntryRow]:
    """What takes a finalized document, of which nothing is paid or credited, out of the ledger; the caller stores it.

    `work.defer(LEDGER.inserting(void_entries(work, invoice)))`, beside the change of the document's row, whose due
    amount becomes 0.
    """
    entry = finalizing(invoice, now=work.now, actor=work.actor)
    return [] if entry is None else [mirrored(work, entry, EntryKind.VOID, work.now)]


def standing(invoice: InvoiceRow) -> Standing:
    """How far a document is settled."""
    return Standing(
        gross_minor=invoice.gross_minor, paid_minor=invoice.paid_minor, credited_minor=invoice.credited_minor
    )


def standing_as(invoice: InvoiceRow, after: Standing, now: datetime) -> InvoiceRow:
    """The document with another standing, as its next version."""
    return replace(
        invoice,
        paid_minor=after.paid_minor,
        credited_minor=after.credited_minor,
        due_minor=after.due_minor,
        payment_status=payment_status(
            gross_minor=after.gross_minor, paid_minor=after.paid_minor, credited_minor=after.credited_minor
        ),
        version=invoice.version + 1,
        updated_at=now,
    )


async def store_standing(work: Work, before: InvoiceRow, after: InvoiceRow) -> None:
    """Stores a locked document's new standing. Raises VersionConflict when it was not locked after all."""
    columns = {name: getattr(after, name) for name in STANDING}
    await INVOICES.change(work.scope, work.session, before.id, columns, version=before.version)


async def settle_credit(
    work: Work,
    original: InvoiceRow,
    credit_note: InvoiceRow,
    settlement: CreditSettlement,
    reference: str | None,
) -> InvoiceRow:
    """Posts a finalized credit note on the document it credits; that document as it then stands, stored here.

    `original` must be locked by this transaction and as it is stored, and the credit note be stored before; its own
    row, its hash and both documents' events are the caller's. What is credited beyond what is due was paid before: it
    goes to the buyer's balance, and from there, by `settlement`, back to the buyer as a refund under `reference`, or
    elsewhere. The balance needs no lock for it: it gives only what it got in the same moment. Entries are deferred.
    Raises InvalidInput for a credit above what is left of the document, AlreadyExists for a reference that is taken.
    """
    amount = credit_note.gross_minor
    try:
        after, excess = standing(original).credit(amount)
    except ValueError:
        raise InvalidInput("credits more than is left of the document", field=("amount",)) from None
    reference = checks.optional_text(reference, ("reference",), 200)
    entries: list[LedgerEntryRow] = []
    if amount > 0:
        entries.append(of_invoice(work, original, EntryKind.CREDIT, amount, reference=credit_note.number))
    if excess > 0:
        entries.append(of_invoice(work, original, EntryKind.EXCESS, excess))
        match settlement:
            case CreditSettlement.REFUND:
                refund = new_refund(
                    work,
                    None,
                    credit_note,
                    amount_minor=excess,
                    currency=original.currency,
                    method=_REFUND_METHOD,
                    reference=reference,
                )
                entries.append(await refunding(work, refund))
            case CreditSettlement.ELSEWHERE:
                # It moves the balance, not the document's debt.
                moved = of_invoice(work, original, EntryKind.ELSEWHERE, excess, reference=reference)
                entries.append(moved)
            case CreditSettlement.BALANCE:
                pass
    changed = standing_as(original, after, work.now)
    await store_standing(work, original, changed)
    work.defer(LEDGER.inserting(entries))
    return changed


def new_refund(
    work: Work,
    buyer: CustomerRow | None,
    credit_note: InvoiceRow | None,
    *,
    amount_minor: int,
    currency: str,
    method: str,
    reference: str | None,
) -> PaymentRow:
    """Money that goes back to a buyer, out of its balance or for a credit note of it; not stored yet."""
    about = credit_note or buyer
    if about is None:
        raise ValueError("a refund to nobody")
    return PaymentRow(
        platform_id=about.platform_id,
        id=new_id(IdPrefix.PAYMENT),
        entity_id=about.entity_id,
        customer_id=about.id if credit_note is None else credit_note.customer_id,
        invoice_id=None if credit_note is None else credit_note.id,
        direction=PaymentDirection.REFUNDED,
        amount_minor=amount_minor,
        unallocated_minor=0,
        currency=currency,
        method=method,
        reference=reference,
        paid_at=work.now,
        created_at=work.now,
        created_by=work.actor,
        reversed_at=None,
        reversed_by=None,
        reversal_reason=None,
    )


async def refunding(work: Work, refund: PaymentRow) -> LedgerEntryRow:
    """The entry of a refund, which is stored and announced. Raises AlreadyExists for a reference that is taken."""
    await check_reference(work, refund)
    await PAYMENTS.insert(work.scope, work.session, [refund])
    refunded = payment_events.PaymentRefunded(
        id=refund.id,
        entity_id=refund.entity_id,
        customer_id=refund.customer_id,
        invoice_id=refund.invoice_id,
        amount=money_payload(refund.amount_minor, refund.currency),
        method=refund.method,
        reference=refund.reference,
        paid_at=refund.paid_at.isoformat(),
    )
    work.emit(refunded, refund.entity_id)
    return of_payment(refund, EntryKind.REFUND, refund.amount_minor)


async def check_reference(work: Work, payment: PaymentRow) -> None:
    """Raises AlreadyExists when the seller has a payment or refund with that reference."""
    if payment.reference is None:
        return
    where = All((Eq("entity_id", payment.entity_id), Eq("reference", payment.reference)))
    if await PAYMENTS.list(work.scope, work.session, where, limit=1):
        raise AlreadyExists(f"a payment with the reference {payment.reference!r} exists", field=("reference",))


async def lock_balance(work: Work, customer_id: str, currency: str) -> tuple[CustomerRow, int]:
    """A buyer and what its seller holds for it in that currency, which nobody else can use until the end.

    In minor units. The last lock of a transaction. Raises NotFound for a buyer out of sight.
    """
    customer = await CUSTOMERS.get(work.scope, work.session, customer_id, lock=True)
    if customer is None:
        raise NotFound("no such customer", field=("customerId",))
    # In a later statement than the lock: it sees what whoever had the lock before has committed.
    return customer, await stored.held(work.scope, work.session, customer.entity_id, customer_id, currency)
