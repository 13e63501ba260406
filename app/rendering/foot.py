"""What every page carries: the seller's legal data, its own footer, the page's number, and a stamp."""

from __future__ import annotations

from typing import Final

from app.rendering.color import ALARM, MUTED, Color
from app.rendering.drawing import Drawing
from app.rendering.page import Sheet
from app.rendering.template import HEIGHT, WIDTH
from app.rendering.text import address_lines, plain

_SIZE: Final = 7.0
_LINE: Final = 3.3
_GAP: Final = 1.8
_EDGE: Final = 9.0
_MOST: Final = 12
_PAGE_NUMBER: Final = 26.0
_STAMP: Final = 105.0


class Foot:
    """A footer laid out: it is as high as its texts need, and the pages' content ends above it."""

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        sheet, template, brand = drawing.sheet, drawing.template, drawing.brand
        sheet.font(_SIZE)
        self._pitch = template.body / 3
        self._columns = [
            [line for text in column for line in sheet.lines_of(self._pitch - 5, text)] for column in _legal(drawing)
        ]
        own, texts = template.body - _PAGE_NUMBER, (brand.footer or "").split("\n")
        if len(texts) > _MOST:
            # A footer of very many short lines would leave no room for the document.
            texts = [" · ".join(text for text in texts if text)]
        self._own = [line for text in texts for line in sheet.lines_of(own, text)]
        high = max(len(column) for column in self._columns)
        height = _GAP + high * _LINE + (_GAP + len(self._own) * _LINE if self._own else _LINE)
        self.top = HEIGHT - _EDGE - height

    def draw(self, page: int, pages: int) -> None:
        """Draws it on the current page."""
        sheet, template = self._drawing.sheet, self._drawing.template
        sheet.rule(template.left, template.right, self.top)
        sheet.font(_SIZE, color=MUTED)
        ends = [
            sheet.block(template.left + i * self._pitch, self.top + _GAP, self._pitch - 5, column, height=_LINE)
            for i, column in enumerate(self._columns)
        ]
        sheet.block(template.left, max(ends) + _GAP, template.body - _PAGE_NUMBER, self._own, height=_LINE)
        text = self._drawing.labels.page.format(page=page, pages=pages)
        x, y = template.right - _PAGE_NUMBER, HEIGHT - _EDGE - _LINE
        sheet.text(x, y, _PAGE_NUMBER, text, align="R", height=_LINE)


def _legal(drawing: Drawing) -> tuple[list[str], list[str], list[str]]:
    seller, voice = drawing.document.seller, drawing.voice
    tax_id = f"{voice.labels.tax_id} {seller.tax_id}" if seller.tax_id else None
    return (
        [seller.legal_name or seller.name, *address_lines(seller.address, voice, home=None)],
        [text for text in (seller.email, seller.phone, seller.website) if text],
        [text for text in (tax_id, seller.registration, _registered(drawing)) if text],
    )


def _registered(drawing: Drawing) -> str | None:
    """The code of a document in a registered series, which every page must show (Portaria 195/2020 art. 4)."""
    code = drawing.document.registration_code
    return None if code is None else f"ATCUD: {code}"


def draw_stamp(sheet: Sheet, stamp: str, *, alarm: bool) -> None:
    """A word across the page, pale enough to read what lies below it."""
    color: Color = ALARM if alarm else MUTED
    sheet.font(_STAMP, bold=True, color=color)
    size = min(_STAMP, _STAMP * 215 / sheet.width(stamp))
    with sheet.pdf.local_context(fill_opacity=0.11), sheet.pdf.rotation(52, WIDTH / 2, HEIGHT / 2):
        sheet.font(size, bold=True, color=color)
        # 0.36 mm to the point and capitals of 0.71 em: the word's middle is the page's.
        sheet.pdf.text((WIDTH - sheet.width(stamp)) / 2, HEIGHT / 2 + size * 0.125, plain(stamp))
