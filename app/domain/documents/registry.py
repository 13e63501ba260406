"""The document types there are."""

from __future__ import annotations

from typing import Final

from app.domain.documents.kind import DocumentType
from app.domain.documents.model import InvoiceType
from app.domain.documents.types import advance, credit_note, proforma, self_billed, standard

DOCUMENT_TYPES: Final[tuple[DocumentType, ...]] = (
    standard.TYPE,
    credit_note.TYPE,
    proforma.TYPE,
    advance.TYPE,
    self_billed.TYPE,
)
# Nothing is ever due on these.
NEVER_OVERDUE: Final = tuple(kind.type for kind in DOCUMENT_TYPES if not kind.payable)
# An order has one living document of these, whatever else is made from it.
BILLING: Final = tuple(kind.type for kind in DOCUMENT_TYPES if kind.billable and kind.is_tax_document)
_BY_TYPE: Final = {document_type.type: document_type for document_type in DOCUMENT_TYPES}


def document_type(type_: InvoiceType) -> DocumentType:
    """The rules of a document type."""
    return _BY_TYPE[type_]
