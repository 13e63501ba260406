"""What makes one document type differ from another."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.documents.model import InvoiceType


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentType:
    """One document type: its UNTDID 1001 code, its sign in sums, its numbering and its rules.

    `is_tax_document`: whether VAT becomes due by it (Directive 2006/112/EC, art. 203). `draftable`: whether a caller
    may make one by itself; the others come out of another document. `billable`: whether it can be made from an order.
    `convertible`: whether an invoice can be made of it. `deductible`: whether invoices can deduct it, and `deducts`
    whether it can deduct such ones. `needs_agreement`: whether it names the agreement under which the buyer issues it.
    `mention` and `notice` name the label of what it must say: the one as part of its content, the other when printed.
    """

    type: InvoiceType
    untdid: str
    sign: int
    is_tax_document: bool
    title: str
    default_pattern: str
    draftable: bool
    payable: bool
    creditable: bool
    voidable: bool = True
    billable: bool = True
    convertible: bool = False
    deductible: bool = False
    deducts: bool = False
    needs_agreement: bool = False
    mention: str | None = None
    notice: str | None = None
