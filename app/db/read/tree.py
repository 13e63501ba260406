"""What a read wants, as a tree: objects of columns, related rows, lists and pages.

A tree is built once per operation text. What changes from request to request (conditions, orders, page sizes, ids) is
asked for by calling the `arguments` of a node with the request, so that one tree serves them all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from app.db.paging import Order, PageRequest
from app.db.where import Condition

Request: TypeAlias = Any


@dataclass(frozen=True, slots=True)
class PageQuery:
    """Which page of which rows, in which order."""

    request: PageRequest
    order: Order
    where: Condition | None


@dataclass(frozen=True, slots=True)
class Const:
    """JSON text that is the same for every row."""

    json: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """One column as a JSON value; null only where `nullable`, else a null spoils the whole answer."""

    column: str
    nullable: bool


@dataclass(frozen=True, slots=True)
class Amount:
    """A column of minor units as decimal text, with as many digits as the currency of the row (or of its owner) has."""

    minor: str
    currency: str = "currency"


@dataclass(frozen=True, slots=True)
class Code:
    """The currency of the row, or of the row that owns it."""

    column: str = "currency"


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a value that is still to be computed, for the site of that number (see `dialect.MARK`)."""

    site: int
    columns: Sequence[str]


@dataclass(frozen=True, slots=True)
class Obj:
    """A JSON object. `present` names columns of which one must not be null, else the object is null."""

    fields: Sequence[tuple[str, Tree]]
    present: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ToOne:
    """The row whose id is in a column of this one; null where there is none."""

    table: str
    column: str
    obj: Obj
    nullable: bool


@dataclass(frozen=True, slots=True)
class ToMany:
    """All rows that name this one's id in a column of theirs, in the order of another of their columns.

    With `only`, those of which it holds.
    """

    table: str
    column: str
    order: str
    obj: Obj
    only: Condition | None = None


@dataclass(frozen=True, slots=True)
class Through:
    """All rows whose ids a table names in its column `theirs` where `mine` names this row; each once."""

    table: str
    link: str
    mine: str
    theirs: str
    order: str
    obj: Obj


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Fields of where the page stands: key and one of hasNextPage, hasPreviousPage, startCursor, endCursor, or JSON."""

    fields: Sequence[tuple[str, str | Const]]


@dataclass(frozen=True, slots=True)
class Nodes:
    """The rows of a page as a list of objects."""

    obj: Obj


@dataclass(frozen=True, slots=True)
class Edges:
    """The rows of a page as a list of edges: each key a cursor, an object, or JSON."""

    fields: Sequence[tuple[str, Obj | Const | None]]


@dataclass(frozen=True, slots=True)
class Total:
    """How many rows match, whatever the page."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of rows; `column` names this row's id in theirs, None for a page of the whole scope.

    `looked_up` says that the cursors of its order are ids, whose places are looked up.
    """

    table: str
    column: str | None
    arguments: Callable[[Request], PageQuery]
    fields: Sequence[tuple[str, PageInfo | Nodes | Edges | Total | Const]]
    looked_up: bool = False


@dataclass(frozen=True, slots=True)
class First:
    """The row of the scope that matches a condition, null where none does."""

    table: str
    arguments: Callable[[Request], Condition]
    obj: Obj


@dataclass(frozen=True, slots=True)
class Branch:
    """What is read of an id that names a row of this table; `visible` holds of the rows that may be found."""

    table: str
    obj: Obj
    visible: Condition | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Ids, and the branches that they name."""

    ids: Sequence[str]
    branches: Sequence[str]


@dataclass(frozen=True, slots=True)
class ByIds:
    """The rows with these ids, of whatever table: a list in their order, or the only one; null where there is none."""

    arguments: Callable[[Request], Wanted]
    branches: Mapping[str, Branch]
    many: bool


Tree: TypeAlias = Const | Leaf | Amount | Code | Columns | Obj | ToOne | ToMany | Through | Page | First | ByIds
