"""CSV by RFC 4180, which spreadsheets can neither misread nor be made to run."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exports.formats.csv import FORMAT, MARKED, line
from app.exports.model import Cell
from app.exports.registry import FORMATS, format_named


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (None, ""),
        ("Tea", "Tea"),
        ("Tea, green", '"Tea, green"'),
        ('3" pipe', '"3"" pipe"'),
        ("two\r\nlines", '"two\r\nlines"'),
        (" edge ", '" edge "'),
        ("Ærø", "Ærø"),
        (True, "true"),
        (-3, "-3"),
        (Decimal("-12.50"), "-12.50"),
        (Decimal("1E+3"), "1000"),
        (date(2026, 3, 31), "2026-03-31"),
        # what a spreadsheet would run
        ("=HYPERLINK(A1)", "'=HYPERLINK(A1)"),
        ("+49 30 1", "'+49 30 1"),
        ("-1", "'-1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'\t=1"),
        ("=1,2", '"\'=1,2"'),
    ],
)
def test_cells(cell: Cell, written: str) -> None:
    assert line([cell, "x"]) == f"{written},x\r\n".encode()


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")), min_size=2, max_size=5))
def test_readers_get_back_what_was_written(cells: list[str]) -> None:
    (found,) = csv.reader(io.StringIO(line(cells).decode(), newline=""), strict=True)
    assert [text.removeprefix("'") for text in found] == [text.removeprefix("'") for text in cells]
    assert not any(text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for text in found)


async def rows(count: int) -> AsyncIterator[Sequence[Cell]]:
    for number in range(count):
        yield number, "x" * 100


async def test_a_long_table_is_written_in_parts() -> None:
    parts = [part async for part in FORMAT.write(["n", "text"], rows(2_000))]
    assert len(parts) > 3
    assert max(len(part) for part in parts) < 70_000
    assert b"".join(parts).startswith(b"n,text\r\n0,xxx")
    assert b"".join(parts).count(b"\r\n") == 2_001


async def test_an_empty_table_has_its_header() -> None:
    assert [part async for part in MARKED.write(["n"], rows(0))] == ["\ufeffn\r\n".encode()]


def test_formats_are_found_by_their_names() -> None:
    assert [(one.name, one.extension) for one in FORMATS] == [("csv", "csv"), ("csv-bom", "csv")]
    assert format_named("csv") is FORMAT
    assert format_named("xlsx") is None
