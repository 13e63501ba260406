"""What compiled SQL is made of: text that never changes, and pieces written when a request comes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from app.db.read.dialect import Writer, literal
from app.db.read.tree import Page, PageQuery
from app.db.tables import Column, Dialect, TableInfo
from app.db.where import Parameters
from app.domain.scope import Scope


class Rendering:
    """One request on its way to SQL: its values so far, and the page queries already worked out."""

    def __init__(self, dialect: Dialect, scope: Scope, request: Any) -> None:
        self.request = request
        self.parameters = Parameters(dialect)
        self.parameters.add(scope.platform_id)
        if scope.entity_id is not None:
            self.parameters.add(scope.entity_id)
        self._pages: dict[int, PageQuery] = {}

    def page(self, page: Page) -> PageQuery:
        """The page that this request asks for, worked out once. Raises InvalidInput."""
        found = self._pages.get(id(page))
        if found is None:
            asked = page.arguments(self.request)
            found = self._pages[id(page)] = PageQuery(asked.request.checked(), asked.order, asked.where)
        return found


Piece: TypeAlias = str | Callable[[Rendering], str]
# Expressions of texts that are never null, to be joined in their order.
Terms: TypeAlias = Sequence[Sequence[Piece]]


def render(pieces: Sequence[Piece], rendering: Rendering) -> str:
    """The pieces as text for one request, its values added to the rendering's."""
    return "".join([piece if isinstance(piece, str) else piece(rendering) for piece in pieces])


def merged(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with neighbouring texts made one."""
    merged: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and merged and isinstance(merged[-1], str):
            merged[-1] += piece
        else:
            merged.append(piece)
    return merged


@dataclass(frozen=True, slots=True)
class Row:
    """The row that an expression stands in: its table, the alias it goes by, and the row that owns it.

    `unit` is its column of what a minor unit of its currency is worth, where its select has worked that out.
    """

    table: TableInfo
    alias: str
    outer: Row | None
    unit: str | None = None

    def column(self, name: str) -> tuple[str, Column]:
        """A column of this row, or of the row that owns it."""
        if name in self.table.columns:
            return f"{self.alias}.{name}", self.table.columns[name]
        if self.outer is None:
            raise KeyError(f"{self.table.name} has no column {name}")
        return self.outer.column(name)

    def unit_of(self, currency: str) -> str | None:
        """What a minor unit of the currency in that column is worth, where it was worked out once for the row."""
        if currency in self.table.columns:
            return None if self.unit is None else f"{self.alias}.{self.unit}"
        return None if self.outer is None else self.outer.unit_of(currency)


def key(key: str) -> str:
    """The beginning of a JSON member."""
    return f'"{key}":'


def distinct(parts: Sequence[str]) -> list[str]:
    """Each part once."""
    return list(dict.fromkeys(parts))


def is_literal(term: Sequence[Piece]) -> bool:
    """Whether a term is one SQL constant."""
    return len(term) == 1 and isinstance(term[0], str) and term[0][0] == "'" == term[0][-1] and _one_literal(term[0])


def _one_literal(text: str) -> bool:
    return "'" not in text[1:-1].replace("''", "")


def join(writer: Writer, terms: Terms) -> list[Piece]:
    """An expression of the terms joined. Constants that follow one another become one."""
    flat: list[list[Piece]] = []
    for term in terms:
        last = flat[-1] if flat else None
        if last is not None and is_literal(last) and is_literal(term):
            last[0] = str(last[0])[:-1] + str(term[0])[1:]
        else:
            flat.append(list(term))
    if all(len(term) == 1 and isinstance(term[0], str) for term in flat):
        return [writer.concat([_enclosed(str(term[0])) for term in flat])]
    # A piece that is only written when a request comes stands in for itself.
    pieces: list[Piece] = []
    for i, term in enumerate(flat):
        pieces += [*(["||"] if i else []), *(term if is_literal(term) else ["(", *term, ")"])]
    return merged(pieces)


def listed_by(writer: Writer, select: Sequence[Piece]) -> Terms:
    """The texts of a one-column select `j`, in its order, as a JSON array."""
    before, after = writer.items()
    return [[literal("[")], [before, *select, after], [literal("]")]]


def _enclosed(text: str) -> str:
    """A term within a concatenation: what is more than a name or a constant needs its own brackets."""
    return text if _NAME.fullmatch(text) or is_literal([text]) else f"({text})"


_NAME: Final = re.compile(r"\w+(\.\w+)?")
