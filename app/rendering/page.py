"""A4 pages: geometry, colours, fonts, and the few ways in which a document puts text on them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from fpdf import FPDF
from fpdf.fonts import TTFFont
from PIL import Image, UnidentifiedImageError

from app.domain.errors import InvalidInput
from app.rendering.fonts import FAMILY, FILES, font_path
from app.rendering.text import plain

Align = Literal["L", "R", "C"]
Color = tuple[int, int, int]

WIDTH: Final = 210.0
HEIGHT: Final = 297.0
LEFT: Final = 20.0
RIGHT: Final = 190.0
BODY: Final = RIGHT - LEFT
# Content ends here; the footer begins below.
BOTTOM: Final = 262.0
TOP_OF_NEXT: Final = 24.0

INK: Final[Color] = (28, 32, 38)
MUTED: Final[Color] = (104, 112, 122)
HAIR: Final[Color] = (214, 218, 223)
PAPER: Final[Color] = (255, 255, 255)
DEFAULT_ACCENT: Final[Color] = (36, 62, 99)
_MAX_PIXELS: Final = 20_000_000
# WCAG 2.2: text needs a contrast of 4.5 to 1.
_READABLE: Final = 4.5


@dataclass(frozen=True, slots=True)
class Palette:
    """A brand's colour where it fills, and a darker one of the same hue where it writes on paper."""

    fill: Color
    on_fill: Color
    text: Color


def palette(color: str | None) -> Palette:
    """The colours of a brand: readable whatever colour it is."""
    fill = DEFAULT_ACCENT if color is None else _rgb(color)
    text = fill
    while _contrast(text, PAPER) < _READABLE:
        text = (text[0] * 9 // 10, text[1] * 9 // 10, text[2] * 9 // 10)
    on_fill = PAPER if _contrast(fill, PAPER) >= _contrast(fill, INK) else INK
    return Palette(fill, on_fill, text)


def _rgb(color: str) -> Color:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _contrast(one: Color, other: Color) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: Color) -> float:
    red, green, blue = (
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in color
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class Sheet:
    """A PDF being drawn, with a cursor that moves down; everything is placed, nothing flows by itself."""

    def __init__(self, created: datetime, *, title: str, author: str, language: str) -> None:
        self.pdf = FPDF(unit="mm", format="A4")
        self.pdf.set_auto_page_break(False)
        self.pdf.set_margin(0)
        self.pdf.c_margin = 0
        for style in FILES:
            self.pdf.add_font(FAMILY, style, font_path(style))
        self.pdf.set_creation_date(created)
        self.pdf.set_title(title)
        self.pdf.set_author(author)
        self.pdf.set_lang(language)
        self.pdf.set_producer("Marketplace invoicing")
        self.pdf.add_page()
        self.y = 0.0

    def font(self, size: float, *, bold: bool = False, color: Color = INK) -> None:
        """Chooses how the next text is written."""
        self.pdf.set_font(FAMILY, "B" if bold else "", size)
        self.pdf.set_text_color(*color)

    def text(self, x: float, y: float, width: float, text: str, *, align: Align = "L", height: float = 5.0) -> None:
        """One line of text, made narrower when it would not fit."""
        text = plain(text)
        size = self.pdf.font_size_pt
        shrunk = size
        while shrunk > 5 and self.pdf.get_string_width(text) > width:
            shrunk -= 0.5
            self.pdf.set_font_size(shrunk)
        self.pdf.set_xy(x, y)
        self.pdf.cell(width, height, text, align=align)
        self.pdf.set_font_size(size)

    def lines_of(self, width: float, text: str) -> list[str]:
        """The text broken into lines of that width in the chosen font."""
        if not text:
            return []
        found = self.pdf.multi_cell(width, 5, plain(text), align="L", dry_run=True, output="LINES")
        if not isinstance(found, list):
            raise TypeError("fpdf gave no lines")
        return found

    def block(self, x: float, y: float, width: float, lines: list[str], *, height: float, align: Align = "L") -> float:
        """Lines under one another; where they end."""
        for line in lines:
            self.text(x, y, width, line, align=align, height=height)
            y += height
        return y

    def rule(self, y: float, *, x: float = LEFT, to: float = RIGHT, color: Color = HAIR, width: float = 0.2) -> None:
        """A horizontal line."""
        self.pdf.set_draw_color(*color)
        self.pdf.set_line_width(width)
        self.pdf.line(x, y, to, y)

    def box(self, x: float, y: float, width: float, height: float, color: Color) -> None:
        """A filled rectangle."""
        self.pdf.set_fill_color(*color)
        self.pdf.rect(x, y, width, height, style="F")

    def logo(self, content: bytes, x: float, y: float, *, width: float, height: float) -> None:
        """A picture inside a box, its shape kept, at the box's left and middle. Raises InvalidInput for bad bytes."""
        picture = _picture(content)
        scale = min(width / picture.width, height / picture.height)
        w, h = picture.width * scale, picture.height * scale
        self.pdf.image(picture, x=x, y=y + (height - h) / 2, w=w, h=h)

    def new_page(self) -> None:
        """Goes on at the top of a further page."""
        self.pdf.add_page()
        self.y = TOP_OF_NEXT

    def room(self, height: float) -> bool:
        """Whether that much fits above the footer."""
        return self.y + height <= BOTTOM

    def close(self) -> None:
        """Closes the font files, which fpdf leaves open."""
        for font in self.pdf.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()

    def output(self) -> bytes:
        """The PDF's bytes."""
        return bytes(self.pdf.output())


def _picture(content: bytes) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
        if picture.width * picture.height > _MAX_PIXELS:
            raise InvalidInput(f"the logo may have {_MAX_PIXELS} pixels at most", field=("branding", "logo"))
        # PDF/A knows no CMYK without a profile, and palettes with transparency come out wrong.
        return picture.convert("RGBA" if "A" in picture.getbands() or "transparency" in picture.info else "RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise InvalidInput("the logo is not a readable PNG or JPEG image", field=("branding", "logo")) from None
