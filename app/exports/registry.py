"""All export formats. A format is a file in `formats` and a line here."""

from __future__ import annotations

from typing import Final

from app.exports.formats import csv
from app.exports.model import Format

FORMATS: Final = (csv.FORMAT, csv.MARKED)


def format_named(name: str) -> Format | None:
    """The format of that name, if there is one."""
    return next((one for one in FORMATS if one.name == name), None)
