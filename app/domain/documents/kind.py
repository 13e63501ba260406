"""What makes one document type differ from another."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.documents.model import InvoiceType


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentType:
    """One document type: its UNTDID 1001 code, its sign in sums, its numbering and its rules.

    `is_tax_document`: whether VAT becomes due by it (Directive 2006/112/EC, art. 203). `draftable`: whether a caller
    may make one by itself; the others come out of another document.
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
