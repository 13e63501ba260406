"""A document as a branded A4 PDF: the same content gives the same bytes, on every machine and at every time."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

from app.domain.documents.model import Brand, Document
from app.rendering.closing import Closing
from app.rendering.head import draw_head, title_of
from app.rendering.page import BOTTOM, HEIGHT, LEFT, MUTED, RIGHT, WIDTH, Sheet, palette
from app.rendering.table import draw_table
from app.rendering.text import Voice, address_lines, check_glyphs, plain, voice_of

_FOOT = BOTTOM + 6


def render_invoice(
    document: Document, brand: Brand, *, created: datetime, draft: bool = False, void: bool = False
) -> bytes:
    """The PDF of a document. `created` is the instant that the file says it was made at.

    Raises InvalidInput for a character that no font can show, and for a logo that is no picture.
    """
    check_glyphs(document, brand)
    voice = voice_of(document)
    colors = palette(brand.primary_color)
    sheet = Sheet(
        created.astimezone(UTC),
        title=plain(f"{title_of(document.type, voice.labels)} {document.number or ''}".strip()),
        author=plain(document.seller.legal_name or document.seller.name),
        language=str(voice.locale).replace("_", "-"),
    )
    with closing(sheet):
        draw_head(sheet, document, brand, colors, voice)
        draw_table(sheet, document, colors, voice)
        Closing(sheet, document, colors, voice).draw()
        stamp = voice.labels.draft if draft else voice.labels.void if void else None
        _finish(sheet, document, brand, voice, stamp)
        return sheet.output()


def _finish(sheet: Sheet, document: Document, brand: Brand, voice: Voice, stamp: str | None) -> None:
    """Footers and stamps, drawn when the number of pages is known."""
    pages = sheet.pdf.pages_count
    for page in range(1, pages + 1):
        sheet.pdf.page = page
        if stamp is not None:
            _draw_stamp(sheet, stamp)
        _draw_foot(sheet, document, brand, voice)
        sheet.font(7.5, color=MUTED)
        text = voice.labels.page.format(page=page, pages=pages)
        sheet.text(LEFT, HEIGHT - 10, RIGHT - LEFT, text, align="R", height=4)


def _draw_stamp(sheet: Sheet, stamp: str) -> None:
    size = min(96.0, 760.0 / max(len(stamp), 5))
    with sheet.pdf.local_context(fill_opacity=0.08), sheet.pdf.rotation(45, WIDTH / 2, HEIGHT / 2):
        sheet.font(size, bold=True)
        sheet.text(0, HEIGHT / 2 - 20, WIDTH, stamp, align="C", height=40)


def _draw_foot(sheet: Sheet, document: Document, brand: Brand, voice: Voice) -> None:
    seller, labels = document.seller, voice.labels
    sheet.rule(_FOOT)
    columns = (
        [plain(seller.legal_name or seller.name), *address_lines(seller.address, voice, home=None)],
        [text for text in (seller.email, seller.phone, seller.website) if text],
        [text for text in (f"{labels.tax_id} {seller.tax_id}" if seller.tax_id else None, seller.registration) if text],
    )
    sheet.font(7, color=MUTED)
    width = (RIGHT - LEFT) / 3
    for i, lines in enumerate(columns):
        y = _FOOT + 1.8
        for line in lines[:4]:
            sheet.text(LEFT + i * width, y, width - 3, line, height=3.4)
            y += 3.4
    if brand.footer:
        sheet.font(7, color=MUTED)
        lines = sheet.lines_of(RIGHT - LEFT - 32, brand.footer)[:2]
        sheet.block(LEFT, _FOOT + 16.5, RIGHT - LEFT - 32, lines, height=3.4)
