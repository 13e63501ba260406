"""Crediting finalized documents: in full, by lines, or by an amount; numbered and settled in one transaction.

Lock order: the original, its order, the count of cross-border sales that it was added to, the series of credit notes,
and last the buyer whose balance changes. Under the
original's lock nobody else credits it, so that the caps hold however many credits come at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.db.aggregates import INVOICE_LINES, INVOICES, ORDERS
from app.db.records import changed
from app.db.rows import InvoiceRow, OrderRow
from app.domain import credits, events, numbering
from app.domain.credits import Credited, LineCredit
from app.domain.errors import InvalidInput, InvalidState, NotFound, VersionConflict
from app.domain.lifecycle import PaymentStatus
from app.domain.money import to_minor_exact
from app.domain.scope import Permission, Scope
from app.services import checks, credit_notes, deductions, eu_sales, loading
from app.services.checks import Path
from app.services.context import ServiceContext
from app.services.credit_inputs import CreditInput, CreditLineInput
from app.services.credit_notes import Original
from app.services.invoice_rows import invoice_event, money_payload
from app.services.issuing import check_issuable, issue, lock_heads
from app.services.ledger import settle_credit
from app.services.once import Work, fingerprint_input, once
from app.services.order_credits import OrderCredit, record_credit

_OPERATION = "invoiceCredit"


@dataclass(frozen=True, slots=True)
class CreditDone:
    """A credit note, and the document that it credits as it then stands."""

    credit_note: InvoiceRow
    original: InvoiceRow


async def credit(ctx: ServiceContext, scope: Scope, given: CreditInput, *, key: str | None) -> CreditDone:
    """Makes and finalizes a credit note. Raises InvalidState for what cannot be credited, InvalidInput for too much."""
    scope.require(Permission.INVOICES_FINALIZE)

    async def body(work: Work) -> str:
        invoice = (await loading.lock_invoices(work, [given.invoice_id])).get(given.invoice_id)
        if invoice is None:
            raise NotFound("no such invoice", field=("id",))
        if given.expected_version is not None and given.expected_version != invoice.version:
            message = f"the invoice is at version {invoice.version}; read it again"
            raise VersionConflict(message, field=("expectedVersion",))
        order = None
        if invoice.order_id is not None:
            order = await ORDERS.get(work.scope, work.session, invoice.order_id, lock=True)
        told = OrderCredit(
            reference=checks.optional_text(given.reference, ("reference",), 200),
            fingerprint=fingerprint_input(_OPERATION, given),
            refunded_at=work.now,
        )
        return (await credit_in(work, invoice, given, order=order, told=told)).credit_note.id

    note_id, _ = await once(ctx, scope, _OPERATION, key, given, body)
    async with ctx.database.read(scope) as session:
        note = await INVOICES.get(scope, session, note_id)
        original = None
        if note is not None and note.corrected_invoice_id is not None:
            original = await INVOICES.get(scope, session, note.corrected_invoice_id)
    if note is None or original is None:
        raise NotFound("no such invoice", field=("id",))
    return CreditDone(note, original)


async def creditable(ctx: ServiceContext, scope: Scope, ids: Sequence[str]) -> dict[str, Original]:
    """What is left of those of the documents that can be credited, by id; a bounded number of statements."""
    scope.require(Permission.INVOICES_READ)
    async with ctx.database.read(scope) as session:
        rows = await INVOICES.by_ids(scope, session, ids)
        found = [row for row in rows.values() if credit_notes.is_creditable(row)]
        return await credit_notes.originals(scope, session, found)


async def _check_undeducted(work: Work, invoice: InvoiceRow) -> None:
    """Raises InvalidState for an advance that a living document deducts; no statement for any other document.

    The VAT of the advance is taken off there: credited as well, it would be declared too low (Directive 2006/112/EC,
    art. 65 and 90).
    """
    other = await deductions.deducting_document(work, invoice)
    if other is not None:
        instead = f"credit {other.number} instead" if other.number else "delete that draft, or take the advance off it"
        raise InvalidState(f"this advance is deducted in {other.number or other.id}; {instead}", field=("id",))


async def credit_in(
    work: Work, invoice: InvoiceRow, given: CreditInput, *, order: OrderRow | None, told: OrderCredit
) -> CreditDone:
    """Credits a document that the running transaction has locked, as it has its order."""
    credit_notes.check_creditable(invoice)
    await _check_undeducted(work, invoice)
    reason = checks.optional_text(given.reason, ("reason",), 500)
    original = (await credit_notes.originals(work.scope, work.session, [invoice]))[invoice.id]
    parts = _parts(original, given)
    draft = await credit_notes.draft_of(work, original, parts, reason=reason)
    check_issuable(draft, numbering.local_issue_date(work.now, draft.entity.time_zone))
    sales = await eu_sales.lock_original(work, invoice, draft.lines)
    heads = await lock_heads(work, [(draft.entity, draft.invoice)], sales)
    (issued,) = issue(work, [draft], heads, [work.actor], stored=False)
    if issued.error is not None:
        raise issued.error
    if issued.invoice is None:
        raise InvalidState("the tax of this document is not decided; it cannot be credited")
    # A credit note is settled by what it does to its original.
    note = changed(
        issued.invoice, paid_minor=issued.invoice.gross_minor, due_minor=0, payment_status=PaymentStatus.PAID
    )
    work.defer(INVOICES.inserting([note]), INVOICE_LINES.inserting(draft.lines))
    # Settling reads and writes of its own: it must find the credit note.
    await work.flush()
    after = await settle_credit(work, invoice, note, given.settlement, told.reference)
    _announce(work, invoice, after, note)
    if order is not None:
        await record_credit(work, order, after, note, told)
    return CreditDone(note, after)


def _parts(original: Original, given: CreditInput) -> list[Credited]:
    currency = original.invoice.currency
    if given.lines is not None and given.amount is not None:
        raise InvalidInput("give lines or amount, not both", field=("amount",))
    if given.amount is not None:
        return credits.credit_amount(original.left, _minor(given.amount, currency, ("amount",)), currency)
    if given.lines is None:
        return credits.credit_all(original.left)
    if not given.lines:
        raise InvalidInput("name at least one line, or leave it out to credit all that is left", field=("lines",))
    if len(given.lines) > len(original.lines):
        raise InvalidInput(f"the document has {len(original.lines)} lines", field=("lines",))
    return credits.credit_lines(
        original.left,
        [_asked(line, currency, ("lines", i)) for i, line in enumerate(given.lines)],
        currency=currency,
        prices_include_tax=original.invoice.prices_include_tax,
    )


def _asked(line: CreditLineInput, currency: str, path: Path) -> LineCredit:
    return LineCredit(
        line_id=line.line_id,
        quantity=None if line.quantity is None else checks.decimal(line.quantity, (*path, "quantity")),
        amount_minor=None if line.amount is None else _minor(line.amount, currency, (*path, "amount")),
    )


def _minor(amount: Decimal, currency: str, path: Path) -> int:
    try:
        return to_minor_exact(amount, currency)
    except InvalidInput as error:
        raise InvalidInput(error.message, field=path) from None


def _announce(work: Work, before: InvoiceRow, after: InvoiceRow, note: InvoiceRow) -> None:
    work.emit(invoice_event(events.InvoiceFinalized, note), note.entity_id)
    credited = invoice_event(
        events.InvoiceCredited,
        after,
        credit_note_id=note.id,
        credit_note_number=note.number,
        amount=money_payload(note.gross_minor, note.currency),
        credited_total=money_payload(after.credited_minor, after.currency),
        reason=note.reason,
    )
    work.emit(credited, after.entity_id)
    if before.due_minor > 0 and after.due_minor == 0:
        work.emit(invoice_event(events.InvoicePaid, after), after.entity_id)
