"""The commercial invoice (UNTDID 1001: 380)."""

from __future__ import annotations

from typing import Final

from app.domain.documents.kind import DocumentType
from app.domain.documents.model import InvoiceType

TYPE: Final = DocumentType(
    type=InvoiceType.STANDARD,
    untdid="380",
    sign=1,
    is_tax_document=True,
    title="Invoice",
    default_pattern="INV-{nnn}",
    draftable=True,
    payable=True,
    creditable=True,
    deducts=True,
)
