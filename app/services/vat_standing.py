"""What counts of a buyer's VAT number on the day of a document: the answer there is, the last one, or none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from app.db.rows import CustomerRow
from app.domain.documents.model import InvoiceType
from app.domain.parties import CustomerKind, TaxIdStatus, UnverifiedPolicy
from app.domain.registers.model import VatNumber
from app.domain.registers.registers import Registers, number_of
from app.domain.scope import Mode
from app.domain.tax.model import NumberProof, TaxBuyer
from app.services import taxation
from app.services.vat_evidence import rests

if TYPE_CHECKING:
    from app.services.invoice_rows import Draft
    from app.services.once import Work


def buyer_at(customer: CustomerRow, policy: UnverifiedPolicy, tax_point: date, registers: Registers) -> TaxBuyer:
    """A stored buyer as the tax rules see it on that day, with what proves its number."""
    buyer = taxation.buyer_of(customer)
    status, checked_at = customer.tax_id_status, customer.tax_id_checked_at
    if status is TaxIdStatus.VALID:
        return replace(buyer, proof=_proof(customer))
    last = registers.last_valid_on(status, checked_at, policy, tax_point)
    return buyer if last is None else replace(buyer, last_valid_on=last, proof=_proof(customer))


def _proof(customer: CustomerRow) -> NumberProof:
    return NumberProof(checked_at=customer.tax_id_checked_at, consultation_number=customer.tax_id_consultation)


def askable(customer: CustomerRow, registers: Registers, mode: Mode) -> VatNumber | None:
    """The buyer's number, when it is no consumer's and there is a register to ask."""
    if customer.kind is CustomerKind.CONSUMER:
        return None
    number = number_of(customer.tax_id, customer.tax_id_country)
    return None if number is None or registers.of(mode, number) is None else number


def wants_answer(customer: CustomerRow, registers: Registers, mode: Mode, now: datetime) -> bool:
    """Whether a register is to be asked: there is no answer, or a valid one that is too old for a new document."""
    if customer.tax_id_status is TaxIdStatus.UNVERIFIED:
        return askable(customer, registers, mode) is not None
    return is_stale(customer, registers, mode, now)


def is_stale(customer: CustomerRow, registers: Registers, mode: Mode, now: datetime) -> bool:
    """Whether the number was valid so long ago that its register is asked again before a document rests on it."""
    if customer.tax_id_status is not TaxIdStatus.VALID or registers.counts(customer.tax_id_checked_at, now):
        return False
    return askable(customer, registers, mode) is not None


def waits(work: Work, draft: Draft) -> bool:
    """Whether a draft waits for an answer on its buyer's number: by the seller's policy, or since the answer is old.

    What a document takes over from another one, which it credits or deducts, is not asked for again.
    """
    if taxation.on_hold(draft.decisions):
        return True
    if draft.invoice.type is InvoiceType.CREDIT_NOTE:
        return False
    if not is_stale(draft.customer, work.ctx.registers, work.scope.mode, work.now):
        return False
    return any(
        rests(decision) for line, decision in zip(draft.lines, draft.decisions, strict=True) if line.advance_id is None
    )
