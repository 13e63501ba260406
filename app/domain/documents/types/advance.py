"""The invoice for a payment on account (UNTDID 1001: 386; Directive 2006/112/EC, art. 65): VAT is due on its receipt.

The final invoice deducts it, VAT group by VAT group, so that the VAT is declared once.
"""

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
    draftable=True,
    payable=True,
    creditable=True,
    billable=False,
    deductible=True,
)
