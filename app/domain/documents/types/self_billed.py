"""The invoice that the buyer draws up for the seller (UNTDID 1001: 389; Directive 2006/112/EC, art. 224)."""

from __future__ import annotations

from typing import Final

from app.domain.documents.kind import DocumentType
from app.domain.documents.model import InvoiceType

TYPE: Final = DocumentType(
    type=InvoiceType.SELF_BILLED,
    untdid="389",
    sign=1,
    is_tax_document=True,
    title="Self-billed invoice",
    default_pattern="SB-{nnn}",
    draftable=True,
    payable=True,
    creditable=True,
    needs_agreement=True,
    # Art. 226 (10a): the mention "Self-billing", in the words of the directive's language versions.
    mention="self_billing",
)
