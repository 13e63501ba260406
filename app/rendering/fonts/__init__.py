"""The embedded font: Noto Sans, Latin, Greek and Cyrillic, whose digits all have one width."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

from fontTools.ttLib import TTFont

FAMILY: Final = "Noto Sans"
FILES: Final = {"": "NotoSans-Regular.ttf", "B": "NotoSans-Bold.ttf"}


def font_path(style: str) -> str:
    """Where the font file of a style ("" or "B") lies."""
    return str(resources.files("app.rendering.fonts") / FILES[style])


@cache
def glyphs() -> frozenset[int]:
    """The code points that both weights can show."""
    found = []
    for style in FILES:
        with TTFont(font_path(style), lazy=True) as font:
            found.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*found)


def check_fonts() -> list[str]:
    """The font files that are missing."""
    folder = resources.files("app.rendering.fonts")
    return [name for name in FILES.values() if not (folder / name).is_file()]
