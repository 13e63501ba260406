"""What names a numbering series."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.domain.documents.model import InvoiceType


@dataclass(frozen=True, slots=True, order=True)
class SeriesKey:
    """What names a series: whose, for which documents, in which format and period.

    `types` are the documents that are numbered in it, where the law has several share one sequence.
    """

    entity_id: str
    type: InvoiceType
    pattern: str
    period: str
    types: tuple[InvoiceType, ...] = field(default=(), compare=False)
