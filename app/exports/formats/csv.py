"""Comma-separated values by RFC 4180: a header, CRLF, UTF-8, decimal points whatever the locale.

Spreadsheets run text that begins like a formula. Such text gets an apostrophe in front, which they take for "this is
text" (OWASP, CSV injection); amounts are no text and stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from app.exports.model import Cell, Format

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_QUOTED: Final = frozenset('",\r\n')
# Spreadsheets take a file for UTF-8 by it, and for their locale's encoding without.
_MARK: Final = "\ufeff"


def line(cells: Sequence[Cell]) -> bytes:
    """One record with its line end."""
    return (",".join(map(_field, cells)) + "\r\n").encode()


def heading(columns: Sequence[str]) -> bytes:
    """The first record: the names of the columns."""
    return line(columns)


def marked_heading(columns: Sequence[str]) -> bytes:
    """The first record after a byte order mark."""
    return _MARK.encode() + line(columns)


def _field(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case Decimal():
            return format(cell, "f")
        case int():
            return str(cell)
        case date():
            return cell.isoformat()
    text = f"'{cell}" if cell.startswith(_FORMULA) else cell
    if _QUOTED.isdisjoint(text) and text == text.strip():
        return text
    return '"' + text.replace('"', '""') + '"'


FORMAT: Final = Format(name="csv", media_type="text/csv; charset=utf-8; header=present", heading=heading, line=line)
# For spreadsheets that would take UTF-8 for something else.
MARKED: Final = Format(name="csv-bom", media_type=FORMAT.media_type, heading=marked_heading, line=line)
