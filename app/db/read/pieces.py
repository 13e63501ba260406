"""What compiled SQL is made of: text that never changes, and pieces written when a request comes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from app.db.read.dialect import Writer
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
    """The row that an expression stands in: its table, the alias it goes by, and the row that owns it."""

    table: TableInfo
    alias: str
    outer: Row | None

    def column(self, name: str) -> tuple[str, Column]:
        """A column of this row, or of the row that owns it."""
        if name in self.table.columns:
            return f"{self.alias}.{name}", self.table.columns[name]
        if self.outer is None:
            raise KeyError(f"{self.table.name} has no column {name}")
        return self.outer.column(name)


def key(key: str) -> str:
    """The beginning of a JSON member."""
    return f'"{key}":'


def distinct(parts: Sequence[str]) -> list[str]:
    """Each part once."""
    return list(dict.fromkeys(parts))


def is_literal(part: Sequence[Piece]) -> bool:
    """Whether an expression is one SQL constant."""
    return len(part) == 1 and isinstance(part[0], str) and part[0][0] == "'" == part[0][-1] and _one_literal(part[0])


def _one_literal(text: str) -> bool:
    return "'" not in text[1:-1].replace("''", "")


def join(writer: Writer, parts: Sequence[Sequence[Piece]]) -> list[Piece]:
    """The texts of several expressions joined. Constants that follow one another become one."""
    flat: list[list[Piece]] = []
    for part in parts:
        last = flat[-1] if flat else None
        if last is not None and is_literal(last) and is_literal(part):
            last[0] = str(last[0])[:-1] + str(part[0])[1:]
        else:
            flat.append(list(part))
    if all(len(part) == 1 and isinstance(part[0], str) for part in flat):
        return [writer.concat([str(part[0]) if is_literal(part) else f"({part[0]})" for part in flat])]
    # A piece that is only written when a request comes stands in for itself.
    pieces: list[Piece] = []
    for i, part in enumerate(flat):
        pieces += [*(["||"] if i else []), "(", *part, ")"]
    return merged(pieces)
