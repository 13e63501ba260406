"""The proforma invoice (UNTDID 1001: 325): an offer in an invoice's clothes, never a tax document."""

from __future__ import annotations

from typing import Final

from app.domain.documents.kind import DocumentType
from app.domain.documents.model import InvoiceType

TYPE: Final = DocumentType(
    type=InvoiceType.PROFORMA,
    untdid="325",
    sign=1,
    is_tax_document=False,
    title="Proforma invoice",
    default_pattern="PRO-{nnn}",
    draftable=True,
    payable=False,
    creditable=False,
    convertible=True,
    notice="no_tax_invoice",
)
