"""A brand's colour, made readable: contrasts by WCAG 2.2."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from app.domain.errors import InvalidInput

Color = tuple[int, int, int]

INK: Final[Color] = (24, 28, 36)
MUTED: Final[Color] = (98, 106, 118)
HAIR: Final[Color] = (220, 224, 229)
SHADE: Final[Color] = (247, 248, 250)
PAPER: Final[Color] = (255, 255, 255)
BLACK: Final[Color] = (0, 0, 0)
ALARM: Final[Color] = (190, 24, 40)
_DEFAULT: Final[Color] = (36, 62, 99)
_HEX: Final = re.compile(r"#[0-9a-fA-F]{6}")
# WCAG 2.2, 1.4.3: text needs a contrast of 4.5 to 1.
_READABLE: Final = 4.5
_TINT: Final = 7


@dataclass(frozen=True, slots=True)
class Palette:
    """A colour where it fills, one to write on it, a darker one that writes on paper, and a breath of it as ground."""

    fill: Color
    on_fill: Color
    text: Color
    tint: Color


def palette(brand: str | None) -> Palette:
    """The colours of a brand: readable whatever colour it is. Raises InvalidInput for what is not `#rrggbb`."""
    fill = _DEFAULT if brand is None else _rgb(brand)
    text = fill
    while contrast(text, PAPER) < _READABLE:
        text = (text[0] * 9 // 10, text[1] * 9 // 10, text[2] * 9 // 10)
    # Black or white reads on any colour; the ink does on most.
    on_fill = next(color for color in (PAPER, INK, BLACK) if contrast(fill, color) >= _READABLE)
    red, green, blue = (255 - (255 - part) * _TINT // 100 for part in fill)
    return Palette(fill, on_fill, text, (red, green, blue))


def contrast(one: Color, other: Color) -> float:
    """How well one colour reads on the other, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _rgb(color: str) -> Color:
    if not _HEX.fullmatch(color):
        raise InvalidInput(f"{color!r} is not a colour such as #1a73e8", field=("branding", "primaryColor"))
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _luminance(color: Color) -> float:
    red, green, blue = (
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in color
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
