"""The invoice for a payment on account (UNTDID 1001: 386; Directive 2006/112/EC, art. 65)."""

from __future__ import annotations

from typing import Final

from app.domain.documents.kind import DocumentType
from app.domain.documents.model import InvoiceType

TYPE: Final = DocumentType(
    type=InvoiceType.ADVANCE,
    untdid="386",
    sign=1,
    is_tax_document=True,
    title="Advance invoice",
    default_pattern="ADV-{nnn}",
    draftable=False,
    payable=True,
    creditable=True,
)
