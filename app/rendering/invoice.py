"""A document as a branded A4 PDF: the same content gives the same bytes, at every time."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

from app.domain.documents.model import Brand, Document
from app.rendering.closing import draw_closing
from app.rendering.color import palette
from app.rendering.drawing import Drawing, title_of
from app.rendering.foot import Foot, draw_stamp
from app.rendering.head import draw_head
from app.rendering.page import Sheet
from app.rendering.table import Table
from app.rendering.template import template_of
from app.rendering.text import check_glyphs, plain, voice_of
from app.rendering.totals import Totals


def render_invoice(
    document: Document, brand: Brand, *, created: datetime, draft: bool = False, void: bool = False
) -> bytes:
    """The PDF of a document. `created` is the instant that the file says it was made at.

    Raises InvalidInput for a character that no font can show, a logo that is no picture, a colour that is none, and
    a template that does not exist.
    """
    check_glyphs(document, footer=brand.footer)
    voice, template, colors = voice_of(document), template_of(brand.template), palette(brand.primary_color)
    sheet = Sheet(
        created.astimezone(UTC),
        title=plain(f"{title_of(document.type, voice.labels)} {document.number or ''}".strip()),
        author=plain(document.seller.legal_name or document.seller.name),
        language=str(voice.locale).replace("_", "-"),
    )
    with closing(sheet):
        drawing = Drawing(
            document=document, brand=brand, voice=voice, colors=colors, template=template, sheet=sheet, void=void
        )
        foot = Foot(drawing)
        sheet.bottom = foot.top - 4
        draw_head(drawing)
        totals = Totals(drawing)
        Table(drawing).draw(below=totals.needed)
        totals.draw()
        draw_closing(drawing)
        stamp = voice.labels.draft if draft else voice.labels.void if void else None
        _finish(sheet, foot, stamp, alarm=void)
        return sheet.output()


def _finish(sheet: Sheet, foot: Foot, stamp: str | None, *, alarm: bool) -> None:
    """Footers and stamps, drawn when the number of pages is known."""
    pages = sheet.pdf.pages_count
    for page in range(1, pages + 1):
        sheet.turn_to(page)
        foot.draw(page, pages)
        if stamp is not None:
            draw_stamp(sheet, stamp, alarm=alarm)
