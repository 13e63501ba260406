"""A document while it is drawn: what is said, in which voice, in which look, on which sheet."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.documents.model import Brand, Document, InvoiceType
from app.domain.documents.registry import document_type
from app.rendering.color import MUTED, Palette
from app.rendering.labels.model import Labels
from app.rendering.page import Sheet
from app.rendering.template import WIDTH, Template
from app.rendering.text import Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """All that the parts of a document need to draw themselves."""

    document: Document
    brand: Brand
    voice: Voice
    colors: Palette
    template: Template
    sheet: Sheet
    void: bool

    @property
    def labels(self) -> Labels:
        """The words of the document's language."""
        return self.voice.labels

    @property
    def title(self) -> str:
        """What the document calls itself."""
        return title_of(self.document.type, self.labels)

    @property
    def asks_for_payment(self) -> bool:
        """Whether the buyer owes something by this document."""
        owed = self.document.payable_minor > 0 and document_type(self.document.type).payable
        return owed and not self.void

    def make_room(self, height: float) -> bool:
        """Goes to a further page unless that much fits on this one; whether it went."""
        if self.sheet.room(height):
            return False
        self.next_page()
        return True

    def next_page(self) -> None:
        """Goes on at the top of a further page, which says what it belongs to."""
        sheet, template = self.sheet, self.template
        sheet.pdf.add_page()
        draw_edge(self)
        y = template.top_of_next - 12.5
        half = template.body / 2
        sheet.font(template.small, color=MUTED)
        sheet.text(template.left, y, half - 4, self.document.seller.name, height=5)
        text = f"{self.title} {self.document.number or ''}".strip()
        sheet.text(template.left + half, y, half, text, align="R", height=5)
        sheet.y = template.top_of_next


def draw_edge(drawing: Drawing) -> None:
    """The brand's colour along the top of a page."""
    drawing.sheet.box(0, 0, WIDTH, 2.0 if drawing.template.letter else 1.2, drawing.colors.fill)


def title_of(kind: InvoiceType, labels: Labels) -> str:
    """What a document of that type calls itself."""
    return {
        InvoiceType.STANDARD: labels.invoice,
        InvoiceType.CREDIT_NOTE: labels.credit_note,
        InvoiceType.PROFORMA: labels.proforma,
        InvoiceType.ADVANCE: labels.advance,
        InvoiceType.SELF_BILLED: labels.self_billed,
    }[kind]
