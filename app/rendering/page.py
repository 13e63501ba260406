"""A4 pages and the few ways in which a document puts text on them: everything is placed, nothing flows by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal

from fpdf import FPDF
from fpdf.enums import ResourceAccessPolicy
from fpdf.fonts import TTFFont
from PIL import Image

from app.rendering.color import HAIR, INK, Color
from app.rendering.fonts import FAMILY, SIGNS, STYLES, font_path, letters
from app.rendering.text import check_text, plain

Align = Literal["L", "R", "C"]

# Text that is too wide is set smaller down to this share of its size, and narrower from there.
SMALLEST: Final = 0.75


class Sheet:
    """A PDF being drawn, with a cursor `y` that moves down to `bottom` and then to a further page."""

    def __init__(self, created: datetime, *, title: str, author: str, language: str) -> None:
        self.pdf = FPDF(unit="mm", format="A4")
        # Whatever a document says, nothing is read from disk or fetched for it.
        self.pdf.resource_access_policy = ResourceAccessPolicy.NONE
        # A text may say "{nb}"; fpdf would put the number of pages there.
        self.pdf.alias_nb_pages("")
        self.pdf.set_auto_page_break(False)
        self.pdf.set_margin(0)
        self.pdf.c_margin = 0
        self._signs = False
        self._add_font(FAMILY)
        self.pdf.set_creation_date(created)
        self.pdf.set_title(title)
        self.pdf.set_author(author)
        self.pdf.set_lang(language)
        self.pdf.set_producer("Marketplace invoicing")
        self.pdf.add_page()
        self.y = 0.0
        self.bottom = 0.0

    def _add_font(self, family: str) -> None:
        for style in STYLES:
            self.pdf.add_font(family, style, font_path(family, style))

    def _printable(self, text: str) -> str:
        """The text as it is printed, with a font at hand for each of its characters. Raises InvalidInput for others."""
        text = plain(text)
        if not self._signs and not all(ord(character) in letters() or character == "\n" for character in text):
            check_text(text)
            self._signs = True
            self._add_font(SIGNS)
            self.pdf.set_fallback_fonts([SIGNS])
        elif self._signs:
            check_text(text)
        return text

    def font(self, size: float, *, bold: bool = False, color: Color = INK) -> None:
        """Chooses how the next text is written."""
        self.pdf.set_font(FAMILY, "B" if bold else "", size)
        self.pdf.set_text_color(*color)

    def width(self, text: str) -> float:
        """How wide a text is in the chosen font."""
        return float(self.pdf.get_string_width(self._printable(text)))

    def text(self, x: float, y: float, width: float, text: str, *, align: Align = "L", height: float = 5.0) -> None:
        """One line of text that never leaves its width: smaller, then narrower, when it would."""
        text = self._printable(text.replace("\n", " "))
        size, wide = self.pdf.font_size_pt, self.width(text)
        if wide > width:
            fitting = max(size * width / wide * 0.995, size * SMALLEST)
            self.pdf.set_font_size(fitting)
            self.pdf.set_stretching(min(100.0, 100.0 * width / self.width(text)))
        self.pdf.set_xy(x, y)
        self.pdf.cell(width, height, text, align=align)
        if wide > width:
            self.pdf.set_stretching(100.0)
            self.pdf.set_font_size(size)

    def lines_of(self, width: float, text: str) -> list[str]:
        """The text broken into lines of that width in the chosen font."""
        text = self._printable(text)
        if not text:
            return []
        if "\n" not in text and self.width(text) <= width:
            return [text]
        found = self.pdf.multi_cell(width, 5, text, align="L", dry_run=True, output="LINES")
        if not isinstance(found, list):
            raise TypeError("fpdf gave no lines")
        return [line.rstrip() for line in found]

    def block(
        self, x: float, y: float, width: float, lines: Sequence[str], *, height: float, align: Align = "L"
    ) -> float:
        """Lines under one another; where they end."""
        for line in lines:
            self.text(x, y, width, line, align=align, height=height)
            y += height
        return y

    def rule(self, x: float, to: float, y: float, *, color: Color = HAIR, width: float = 0.2) -> None:
        """A horizontal line."""
        self.pdf.set_draw_color(*color)
        self.pdf.set_line_width(width)
        self.pdf.line(x, y, to, y)

    def box(self, x: float, y: float, width: float, height: float, color: Color, *, radius: float = 0) -> None:
        """A filled rectangle, its corners round when a radius is given."""
        self.pdf.set_fill_color(*color)
        self.pdf.rect(x, y, width, height, style="F", round_corners=radius > 0, corner_radius=radius)

    def picture(self, picture: Image.Image, x: float, y: float, *, width: float, height: float) -> None:
        """A picture inside a box, its shape kept, at the box's left and middle."""
        scale = min(width / picture.width, height / picture.height)
        w, h = picture.width * scale, picture.height * scale
        self.pdf.image(picture, x=x, y=y + (height - h) / 2, w=w, h=h)

    def room(self, height: float) -> bool:
        """Whether that much fits above the footer."""
        return self.y + height <= self.bottom + 1e-6

    def turn_to(self, page: int) -> None:
        """Goes back to a page that is there already."""
        self.pdf.page = page
        # fpdf leaves out what it believes to be set. These values are of no use, so that the next ones are written.
        self.pdf.set_font(FAMILY, "", 1)
        self.pdf.set_line_width(1)
        self.pdf.set_draw_color(1, 2, 3)
        self.pdf.set_fill_color(1, 2, 3)

    def close(self) -> None:
        """Closes the font files, which fpdf leaves open."""
        for font in self.pdf.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()

    def output(self) -> bytes:
        """The PDF's bytes."""
        return bytes(self.pdf.output())
