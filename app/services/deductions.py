"""Advance invoices deducted from the final invoice: each VAT group becomes a line, so that its VAT is declared once.

Directive 2006/112/EC, art. 65 makes VAT due on the receipt of a prepayment, by the advance invoice; art. 226 (8) and
(10) want the final invoice to state what is left. A deduction is a line of quantity -1 with the advance's own decision,
so that EN 16931's totals hold (BR-CO-10 to BR-CO-17).

An advance is deducted by one living document at a time, named in its `deducted_in_id`, which is written under the
advance's lock. It is free again once that document is deleted, void, or credited in full: none of which is undone, so
that nothing need be written when it happens.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from app.db.aggregates import INVOICES
from app.db.invoice_lines import lines_of
from app.db.rows import CustomerRow, EntityRow, InvoiceLineRow, InvoiceRow
from app.db.where import All, Eq, OneOf
from app.domain.documents.registry import DOCUMENT_TYPES, document_type
from app.domain.errors import AlreadyExists, Contention, InvalidInput, InvalidState, LimitExceeded, NotFound
from app.domain.lifecycle import InvoiceAction, InvoiceStatus, require
from app.domain.money import from_minor
from app.rendering.text import less_advance
from app.services import loading, taxation
from app.services.inputs import UNSET, DeductionInput, UnsetType
from app.services.invoice_rows import DraftContent, locale_of
from app.services.once import Work
from app.services.taxation import Priced

# Advance invoices that one document deducts at most, and credit notes of them that are looked at.
MAX_ADVANCES: Final = 50
_MAX_CREDITS: Final = 5_000
_FIELD: Final = "advanceIds"
_Group = tuple[str, Decimal | None, str | None]


async def lock(work: Work, ids: Sequence[str]) -> list[InvoiceRow]:
    """These advances, locked, in the order given. Raises InvalidInput, LimitExceeded or NotFound naming one."""
    if not ids:
        return []
    _check_ids(ids)
    return _all_of(await loading.lock_invoices(work, ids), ids)


async def lock_with(
    work: Work, draft_id: str, ids: Sequence[str] | UnsetType | None
) -> tuple[InvoiceRow, list[InvoiceRow] | None]:
    """A draft and the advances that it is to deduct, None to leave them, all locked in id order. Raises NotFound.

    Those that it deducts until now are locked as well: they become free.
    """
    if ids is UNSET:
        row = (await loading.lock_invoices(work, [draft_id])).get(draft_id)
        if row is None:
            raise NotFound("no such invoice", field=("id",))
        return row, None
    wanted = ids or ()
    _check_ids(wanted)
    held = {one.id for one in await _held(work, draft_id)}
    found = await loading.lock_invoices(work, [draft_id, *held, *wanted])
    if draft_id not in found:
        raise NotFound("no such invoice", field=("id",))
    # Only whoever has the draft's lock changes what it deducts: now it stays.
    if {one.id for one in await _held(work, draft_id)} - held:
        raise Contention("this draft is being changed; repeat the request")
    return found[draft_id], _all_of(found, wanted)


async def mark(work: Work, advances: Sequence[InvoiceRow], draft_id: str, *, anew: bool = False) -> None:
    """Notes on the locked advances that this draft deducts them; `anew`, that it deducts no others any more."""
    wanted = {advance.id for advance in advances}
    if anew:
        for held in await _held(work, draft_id):
            if held.id not in wanted:
                await INVOICES.change(work.scope, work.session, held.id, {"deducted_in_id": None})
    for advance in advances:
        if advance.deducted_in_id != draft_id:
            await INVOICES.change(work.scope, work.session, advance.id, {"deducted_in_id": draft_id})


async def deducting_document(work: Work, advance: InvoiceRow) -> InvoiceRow | None:
    """The living document that deducts this advance, if any: while it does, the advance stays as it is."""
    return (await _living(work, [advance])).get(advance.id)


async def deducting(
    work: Work,
    entity: EntityRow,
    customer: CustomerRow,
    content: DraftContent,
    advances: Sequence[InvoiceRow],
    *,
    draft_id: str | None,
) -> DraftContent:
    """The content with a line for each VAT group of the advances, net of what was credited of them.

    Raises an error under `advanceIds` for one that cannot be deducted: of another buyer or currency, not finalized,
    credited in full, or deducted by another living document than the draft `draft_id`.
    """
    if not advances:
        return content
    if not document_type(content.type).deducts:
        able = " or ".join(kind.type for kind in DOCUMENT_TYPES if kind.deducts)
        raise InvalidInput(f"only a document of type {able} deducts advances", field=(_FIELD,))
    living = await _living(work, advances)
    for i, advance in enumerate(advances):
        _check(entity, customer, content, advance, i)
        other = living.get(advance.id)
        if other is not None and other.id != draft_id:
            name = f"invoice {other.number}" if other.number else f"the draft {other.id}"
            raise AlreadyExists(f"{advance.number} is deducted in {name} already", field=(_FIELD, i))
    left = await _left(work, advances)
    stored = await lines_of(work.scope, work.session, [(advance.entity_id, advance.id) for advance in advances])
    locale, found = locale_of(entity, customer), list[DeductionInput]()
    for i, advance in enumerate(advances):
        lines = _lines(content, advance, left[advance.id], stored[advance.id], locale)
        if not lines:
            raise InvalidState(f"nothing is left of {advance.number} to deduct: it is credited", field=(_FIELD, i))
        found += lines
    if len(content.lines) + len(found) > work.ctx.max_lines:
        raise LimitExceeded(f"at most {work.ctx.max_lines} lines, deductions included", field=(_FIELD,))
    return replace(content, lines=(*content.lines, *found))


def checked(content: DraftContent, priced: Priced) -> Priced:
    """What was priced. Raises InvalidInput when the advances come to more than the invoice."""
    gross = priced.totals.gross_minor
    if gross < 0 and any(isinstance(line, DeductionInput) for line in content.lines):
        left = f"{from_minor(gross, content.currency)} {content.currency}"
        raise InvalidInput(f"the advances come to more than the invoice: {left} would be left", field=(_FIELD,))
    return priced


def _check_ids(ids: Sequence[str]) -> None:
    if len(ids) > MAX_ADVANCES:
        raise LimitExceeded(f"at most {MAX_ADVANCES} advances", field=(_FIELD,))
    for i, one in enumerate(ids):
        if one in ids[:i]:
            raise InvalidInput("names an advance twice", field=(_FIELD, i))


def _all_of(found: Mapping[str, InvoiceRow], ids: Sequence[str]) -> list[InvoiceRow]:
    for i, one in enumerate(ids):
        if one not in found:
            raise NotFound("no such invoice", field=(_FIELD, i))
    return [found[one] for one in ids]


def _check(entity: EntityRow, customer: CustomerRow, content: DraftContent, advance: InvoiceRow, i: int) -> None:
    if advance.entity_id != entity.id:
        raise NotFound("no such invoice", field=(_FIELD, i))
    try:
        require(InvoiceAction.DEDUCT, advance.status, advance.type)
    except InvalidState as error:
        raise error.under(_FIELD, i) from None
    if advance.customer_id != customer.id:
        raise InvalidInput(f"{advance.number} is of another buyer", field=(_FIELD, i))
    if advance.currency != content.currency:
        raise InvalidInput(f"{advance.number} is in {advance.currency}, not {content.currency}", field=(_FIELD, i))


async def _held(work: Work, draft_id: str) -> list[InvoiceRow]:
    """What is noted as deducted by this draft; it can be no more than what it may deduct."""
    return await INVOICES.list(work.scope, work.session, Eq("deducted_in_id", draft_id), limit=MAX_ADVANCES)


async def _living(work: Work, advances: Sequence[InvoiceRow]) -> dict[str, InvoiceRow]:
    """The living documents that deduct these advances, by the advance's id."""
    ids = [advance.deducted_in_id for advance in advances if advance.deducted_in_id is not None]
    found = await INVOICES.by_ids(work.scope, work.session, ids)
    living = {row.id: row for row in found.values() if not _dead(row)}
    return {advance.id: living[advance.deducted_in_id] for advance in advances if advance.deducted_in_id in living}


def _dead(row: InvoiceRow) -> bool:
    return row.status is InvoiceStatus.VOID or 0 < row.gross_minor <= row.credited_minor


async def _left(work: Work, advances: Sequence[InvoiceRow]) -> dict[str, dict[_Group, tuple[int, int]]]:
    """Base and tax of each VAT group of the advances, less what was credited, in minor units."""
    left = {advance.id: _taxes(advance) for advance in advances}
    credited = [advance.id for advance in advances if advance.credited_minor]
    if not credited:
        return left
    where = All((OneOf("corrected_invoice_id", credited), Eq("status", InvoiceStatus.FINALIZED)))
    notes = await INVOICES.list(work.scope, work.session, where, limit=_MAX_CREDITS)
    if len(notes) == _MAX_CREDITS:
        raise LimitExceeded(f"the advances have {_MAX_CREDITS} credit notes or more", field=(_FIELD,))
    for note in notes:
        groups = left[str(note.corrected_invoice_id)]
        for group, (base, tax) in _taxes(note).items():
            before = groups.get(group, (0, 0))
            groups[group] = (before[0] - base, before[1] - tax)
    return left


def _taxes(row: InvoiceRow) -> dict[_Group, tuple[int, int]]:
    return {_group(tax): (tax["base_minor"], tax["tax_minor"]) for tax in row.taxes}


def _group(stored: Mapping[str, Any]) -> _Group:
    """The VAT group of a stored decision, or of a stored row of the tax summary."""
    percent = stored["percent"]
    return stored["category"], None if percent is None else Decimal(percent).normalize(), stored["country"]


def _lines(
    content: DraftContent,
    advance: InvoiceRow,
    left: Mapping[_Group, tuple[int, int]],
    stored: Sequence[InvoiceLineRow],
    locale: str,
) -> list[DeductionInput]:
    if advance.number is None or advance.issue_date is None:
        raise RuntimeError("a finalized document has a number and a date")
    decided = {_group(line.decision): line for line in reversed(stored)}
    text = less_advance(locale, number=advance.number, issue_date=advance.issue_date)
    found = []
    for group, (base, tax) in left.items():
        minor = base + tax if content.prices_include_tax else base
        if minor == 0:
            continue
        like = decided[group]
        found.append(
            DeductionInput(
                description=text,
                quantity=Decimal(-1),
                unit_price=from_minor(minor, advance.currency),
                supply=taxation.supply_from_json(like.supply),
                tax_class=like.tax_class,
                advance_id=advance.id,
                decision=taxation.decision_from_json(like.decision),
            )
        )
    return found
