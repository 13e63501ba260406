"""The embedded fonts: Noto Sans for Latin, Greek and Cyrillic, with digits of one width, and DejaVu Sans for signs."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

from fontTools.ttLib import TTFont

FAMILY: Final = "Noto Sans"
# Shows what the first family lacks: arrows, mathematical signs such as the minus, symbols, Armenian, Georgian.
SIGNS: Final = "DejaVu Sans"
STYLES: Final = ("", "B")
FILES: Final = {
    (FAMILY, ""): "NotoSans-Regular.ttf",
    (FAMILY, "B"): "NotoSans-Bold.ttf",
    (SIGNS, ""): "DejaVuSans-Symbols.ttf",
    (SIGNS, "B"): "DejaVuSans-Symbols-Bold.ttf",
}


def font_path(family: str, style: str) -> str:
    """Where the font file of a family and style ("" or "B" for bold) lies."""
    return str(resources.files("app.rendering.fonts") / FILES[family, style])


@cache
def letters() -> frozenset[int]:
    """The code points that the first family shows in both weights."""
    return _covered(FAMILY)


@cache
def glyphs() -> frozenset[int]:
    """The code points that can be shown at all."""
    return letters() | _covered(SIGNS)


def _covered(family: str) -> frozenset[int]:
    found = []
    for style in STYLES:
        with TTFont(font_path(family, style), lazy=True) as font:
            found.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*found)


def check_fonts() -> list[str]:
    """The font files that are missing."""
    folder = resources.files("app.rendering.fonts")
    return [name for name in FILES.values() if not (folder / name).is_file()]
