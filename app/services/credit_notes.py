"""Credit notes as rows: what is left of a document, and the document that credits a part of it.

A credit note repeats its original: the same seller and buyer as they stand on it (an address that was put right since
must not rewrite history), the same currency and rate, the same prices with or without tax, the same decisions line by
line. Its amounts are positive; its lines name the lines that they credit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from app.db.aggregates import CUSTOMERS, ENTITIES, INVOICES
from app.db.invoice_lines import lines_of
from app.db.records import changed
from app.db.rows import CustomerRow, EntityRow, InvoiceLineRow, InvoiceRow
from app.db.transaction import Session
from app.db.where import All, Condition, OneOf
from app.domain import credits
from app.domain.credits import CreditableLine, Credited, Group
from app.domain.documents.canonical import from_canonical
from app.domain.documents.model import Document, InvoiceType
from app.domain.documents.registry import document_type
from app.domain.errors import InvalidState, LimitExceeded
from app.domain.identity import IdPrefix, new_id
from app.domain.lifecycle import INVOICE_TRANSITIONS, InvoiceAction, InvoiceStatus, PaymentStatus, require
from app.domain.money import currency_digits, from_minor
from app.domain.parties import Party
from app.domain.scope import Scope
from app.services import taxation
from app.services.invoice_rows import Draft, Preceding
from app.services.once import Work

# Credit notes of the documents that are looked at together.
MAX_CREDIT_NOTES: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A document that can be credited, with its lines by id, and what is left of them after its credit notes."""

    invoice: InvoiceRow
    lines: Mapping[str, InvoiceLineRow]
    left: tuple[CreditableLine, ...]
    # What is left of the VAT in the seller's national currency, where the document states it.
    exchanged_left_minor: int | None

    @property
    def left_minor(self) -> int:
        """What is left with tax."""
        return sum(line.gross_minor for line in self.left)


def check_creditable(invoice: InvoiceRow) -> None:
    """Raises InvalidState for a document that cannot be credited, saying what to do instead."""
    if not document_type(invoice.type).creditable:
        raise InvalidState(f"a document of type {invoice.type} is not credited")
    require(InvoiceAction.CREDIT, invoice.status)


def is_creditable(invoice: InvoiceRow) -> bool:
    """Whether it is of a kind, and in a state, that can be credited."""
    return document_type(invoice.type).creditable and (InvoiceAction.CREDIT, invoice.status) in INVOICE_TRANSITIONS


async def originals(scope: Scope, session: Session, invoices: Sequence[InvoiceRow]) -> dict[str, Original]:
    """The creditable documents with what is left of them, by id, in three statements whatever their number.

    What is read is true until the transaction ends for those that it has locked. Raises LimitExceeded.
    """
    if not invoices:
        return {}
    where: Condition = All(
        (
            OneOf("entity_id", sorted({row.entity_id for row in invoices})),
            OneOf("corrected_invoice_id", sorted(row.id for row in invoices)),
            OneOf("status", [InvoiceStatus.FINALIZED]),
        )
    )
    notes = await INVOICES.list(scope, session, where, limit=MAX_CREDIT_NOTES + 1)
    if len(notes) > MAX_CREDIT_NOTES:
        raise LimitExceeded(f"at most {MAX_CREDIT_NOTES} credit notes at once")
    lines = await lines_of(scope, session, [(row.entity_id, row.id) for row in (*invoices, *notes)])
    found = {}
    for row in invoices:
        own = [note for note in notes if note.corrected_invoice_id == row.id]
        found[row.id] = _original(row, lines[row.id], own, [line for note in own for line in lines[note.id]])
    return found


def _original(
    invoice: InvoiceRow,
    lines: Sequence[InvoiceLineRow],
    notes: Sequence[InvoiceRow],
    credited: Sequence[InvoiceLineRow],
) -> Original:
    groups: dict[Group, tuple[int, int]] = {
        _group_of(tax): (tax["base_minor"], tax["tax_minor"]) for tax in invoice.taxes
    }
    whole = credits.creditable([_line(line) for line in lines], groups)
    by_id = {line.id: line for line in lines}
    parts = [_credited(line, by_id) for line in credited]
    exchanged = invoice.tax_currency_minor
    return Original(
        invoice=invoice,
        lines=by_id,
        left=tuple(credits.left_of(whole, parts)),
        exchanged_left_minor=None
        if exchanged is None
        else exchanged - sum(note.tax_currency_minor or 0 for note in notes),
    )


def _group_of(stored: Mapping[str, Any]) -> Group:
    percent = stored["percent"]
    return stored["category"], None if percent is None else Decimal(percent).normalize(), stored["country"]


def _line(line: InvoiceLineRow) -> CreditableLine:
    return CreditableLine(
        id=line.id,
        group=_group_of(line.decision),
        quantity=line.quantity,
        unit_price=line.unit_price,
        net_minor=line.net_minor,
        tax_minor=line.tax_minor,
        deducts=line.advance_id is not None,
    )


def _credited(line: InvoiceLineRow, originals: Mapping[str, InvoiceLineRow]) -> Credited:
    original = originals[line.corrected_line_id or ""]
    return Credited(
        line_id=original.id,
        quantity=credits.credited_quantity(line.quantity, line.unit_price, original.unit_price),
        net_minor=line.net_minor,
        tax_minor=line.tax_minor,
    )


def left_groups(original: Original) -> list[dict[str, Any]]:
    """What is left of each VAT group, as documents store their groups."""
    left = credits.groups_of((line.group, line.net_minor, line.tax_minor) for line in original.left)
    found = []
    for tax in original.invoice.taxes:
        base, amount = left.get(_group_of(tax), (0, 0))
        found.append({**tax, "base_minor": base, "tax_minor": amount})
    return found


async def draft_of(work: Work, original: Original, parts: Sequence[Credited], *, reason: str | None) -> Draft:
    """The credit note of those parts of the original: checked and priced, not numbered and not stored yet."""
    invoice = original.invoice
    if invoice.snapshot is None:
        raise InvalidState("this document is not finalized")
    frozen = from_canonical(invoice.snapshot)
    entity = (await ENTITIES.by_ids(work.scope, work.session, [invoice.entity_id]))[invoice.entity_id]
    customer = (await CUSTOMERS.by_ids(work.scope, work.session, [invoice.customer_id]))[invoice.customer_id]
    note_id = new_id(IdPrefix.INVOICE)
    lines = tuple(
        _note_line(original, part, note_id=note_id, position=position) for position, part in enumerate(parts, 1)
    )
    return Draft(
        entity=_seller_as_of(entity, frozen),
        customer=_buyer_as_of(customer, frozen),
        invoice=_note(work, original, note_id, lines, reason),
        lines=lines,
        decisions=tuple(taxation.decision_from_json(line.decision) for line in lines),
        preceding=(Preceding(invoice=invoice, positions={line.id: line.position for line in original.lines.values()}),),
    )


def _note(
    work: Work, original: Original, note_id: str, lines: Sequence[InvoiceLineRow], reason: str | None
) -> InvoiceRow:
    invoice = original.invoice
    net, tax = sum(line.net_minor for line in lines), sum(line.tax_minor for line in lines)
    return changed(
        invoice,
        id=note_id,
        type=InvoiceType.CREDIT_NOTE,
        status=InvoiceStatus.DRAFT,
        payment_status=PaymentStatus.UNPAID,
        series_id=None,
        sequence_number=None,
        number=None,
        issue_date=None,
        due_date=None,
        payment_term_days=0,
        allowances=[],
        charges=[],
        taxes=_taxes(invoice, lines),
        mentions=_mentions(original, lines),
        net_minor=net,
        tax_minor=tax,
        gross_minor=net + tax,
        paid_minor=0,
        credited_minor=0,
        due_minor=net + tax,
        note=None,
        corrected_invoice_id=invoice.id,
        snapshot=None,
        content_hash=None,
        previous_hash=None,
        pdf_sha256=None,
        version=1,
        created_at=work.now,
        created_by=work.actor,
        updated_at=work.now,
        finalized_at=None,
        finalized_by=None,
        overdue_at=None,
        source_invoice_id=None,
        reason=reason,
        auto_finalize_at=None,
        tax_currency_minor=None
        if original.exchanged_left_minor is None
        else credits.exchanged(tax, sum(line.tax_minor for line in original.left), original.exchanged_left_minor),
        void_reason=None,
        voided_at=None,
        voided_by=None,
    )


def _taxes(invoice: InvoiceRow, lines: Sequence[InvoiceLineRow]) -> list[dict[str, Any]]:
    """The VAT groups that the lines fall under, in the order of the original and with its reasons."""
    sums = credits.groups_of((_group_of(line.decision), line.net_minor, line.tax_minor) for line in lines)
    found = []
    for tax in invoice.taxes:
        if (group := _group_of(tax)) in sums:
            base, amount = sums[group]
            found.append({**tax, "base_minor": base, "tax_minor": amount})
    return found


def _mentions(original: Original, lines: Sequence[InvoiceLineRow]) -> list[str]:
    """The original's mentions, but for those that only lines have which are not credited."""
    of_all = {line.decision["mention"] for line in original.lines.values()}
    of_these = {line.decision["mention"] for line in lines}
    return [mention for mention in original.invoice.mentions if mention in of_these or mention not in of_all]


def _note_line(original: Original, part: Credited, *, note_id: str, position: int) -> InvoiceLineRow:
    invoice, line = original.invoice, original.lines[part.line_id]
    stated = credits.state(
        part,
        _line(line),
        digits=currency_digits(invoice.currency),
        prices_include_tax=invoice.prices_include_tax,
    )
    off = stated.off_minor
    reasons = {item["reason"] for item in (*line.allowances, *line.charges)}
    adjusted = {
        "amount": format(from_minor(abs(off), invoice.currency), "f"),
        "percent": None,
        "reason": reasons.pop() if len(reasons) == 1 else None,
        "amount_minor": abs(off),
    }
    return changed(
        line,
        id=new_id(IdPrefix.INVOICE_LINE),
        invoice_id=note_id,
        position=position,
        quantity=stated.quantity,
        unit_price=stated.unit_price,
        allowances=[adjusted] if off > 0 else [],
        charges=[adjusted] if off < 0 else [],
        net_minor=part.net_minor,
        tax_minor=part.tax_minor,
        gross_minor=part.gross_minor,
        corrected_line_id=line.id,
        advance_id=None,
    )


def _seller_as_of(entity: EntityRow, document: Document) -> EntityRow:
    """The seller as it stands on a document; nobody is asked to pay a credit note."""
    party = document.seller
    return replace(
        entity,
        name=party.name,
        legal_name=party.legal_name or entity.legal_name,
        # Only the VAT number on the document counts, of whatever country it is.
        tax_ids=[] if party.tax_id is None else [{"country": party.address.country, "value": party.tax_id}],
        registration=party.registration,
        email=party.email,
        phone=party.phone,
        website=party.website,
        payment_iban=None,
        **_address_columns(party),
    )


def _buyer_as_of(customer: CustomerRow, document: Document) -> CustomerRow:
    party = document.buyer
    return replace(
        customer,
        name=party.name,
        tax_id=party.tax_id,
        email=party.email,
        locale=document.locale,
        **_address_columns(party),
    )


def _address_columns(party: Party) -> dict[str, Any]:
    address = party.address
    return {
        "country": address.country,
        "address_name": address.name,
        "address_line1": address.line1,
        "address_line2": address.line2,
        "address_postcode": address.postcode,
        "address_city": address.city,
        "address_region": address.region,
    }
