"""The credit note (UNTDID 1001: 381; Directive 2006/112/EC, art. 219): positive amounts that reduce an invoice."""

from __future__ import annotations

from typing import Final

from app.domain.documents.kind import DocumentType
from app.domain.documents.model import InvoiceType

TYPE: Final = DocumentType(
    type=InvoiceType.CREDIT_NOTE,
    untdid="381",
    sign=-1,
    is_tax_document=True,
    title="Credit note",
    default_pattern="CN-{nnn}",
    draftable=False,
    payable=False,
    creditable=False,
    voidable=False,
    billable=False,
)
