"""Puts computed values into the answer of a planned query.

Where a function computes a field, the database's text carries the columns that the function names: a JSON array between
two marks, its first item the number of the site. The text is cut at the marks, the arrays are read in one go, and what
the functions make of them takes their places; the rest of the text is never parsed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import orjson

from app.db.read.dialect import MARK
from app.db.tables import Column, reader_of
from app.graphql.completion import Complete
from app.graphql.selection import Request


@dataclass(frozen=True, slots=True)
class Site:
    """Where a function computes a field: what makes the shown value of the columns of one row.

    `waits` says that the function gives an awaitable of it.
    """

    show: Callable[[list[Any], Request], Any]
    waits: bool


def site(
    names: Sequence[str],
    columns: Sequence[Column],
    compute: Callable[[Any, Request], Any],
    complete: Complete,
    *,
    waits: bool,
) -> Site:
    """The place of a computed field: its function sees the columns under these names."""
    readers = [
        (position, name, reader_of(column))
        for position, (name, column) in enumerate(zip(names, columns, strict=True), 1)
    ]

    def row_of(stored: list[Any]) -> SimpleNamespace:
        found = {}
        for position, name, read in readers:
            value = stored[position]
            found[name] = value if read is None or value is None else read(value)
        return SimpleNamespace(**found)

    if waits:

        async def later(stored: list[Any], request: Request) -> Any:
            return complete(await compute(row_of(stored), request), request)

        return Site(later, waits=True)
    return Site(lambda stored, request: complete(compute(row_of(stored), request), request), waits=False)


async def splice(text: str, sites: Sequence[Site], request: Request) -> orjson.Fragment:
    """The text with every site's value in its place."""
    pieces = text.split(MARK)
    if len(pieces) == 1:
        return orjson.Fragment(text)
    rows = orjson.loads(f"[{','.join(pieces[1::2])}]")
    values: list[Any] = [None if (found := sites[row[0]]).waits else found.show(row, request) for row in rows]
    waiting = [i for i, row in enumerate(rows) if sites[row[0]].waits]
    if waiting:
        # All at once, so that the loaders they ask collect what they want into one statement.
        shown = await _all([sites[rows[i][0]].show(rows[i], request) for i in waiting])
        for i, value in zip(waiting, shown, strict=True):
            values[i] = value
    pieces[1::2] = [orjson.dumps(value).decode() for value in values]
    return orjson.Fragment("".join(pieces))


async def _all(values: Sequence[Awaitable[Any]]) -> Sequence[Any]:
    """What they all give; the first error when one fails, after the others have ended."""
    found = await asyncio.gather(*values, return_exceptions=True)
    for item in found:
        if isinstance(item, BaseException):
            raise item
    return found
