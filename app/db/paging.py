"""Pages by keyset: a cursor names the order it belongs to and the last row's values, so rows never shift."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Generic, TypeVar

import orjson

from app.db.aggregates import Aggregate
from app.db.tables import TABLES, Column, Kind
from app.db.transaction import Session
from app.db.where import FAR_FUTURE, After, All, Condition, Eq
from app.domain.errors import InvalidInput, UnknownCursor
from app.domain.scope import Scope

R = TypeVar("R")

DEFAULT_SIZE: Final = 20
MAX_SIZE: Final = 100
_MAX_CURSOR: Final = 1_000


@dataclass(frozen=True, slots=True)
class Order:
    """A named total order: columns, the last of them unique, all in one direction.

    A cursor carries their values; or, with `cursor`, the row's value of that unique column, whose place is looked up.
    """

    name: str
    columns: tuple[str, ...]
    descending: bool = False
    cursor: str | None = None


NEWEST: Final = Order("NEWEST", ("id",), descending=True)
OLDEST: Final = Order("OLDEST", ("id",))


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which page: the first `first` after a cursor, or the last `last` before one. Sizes from 0 to 100."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None

    @property
    def size(self) -> tuple[int, bool]:
        """How many rows, and whether they are counted from the end; of a checked request."""
        if self.last is not None:
            return self.last, True
        return self.first or 0, False

    def checked(self) -> PageRequest:
        """Itself with the default size filled in. Raises InvalidInput naming the argument."""
        if self.first is not None and self.last is not None:
            raise InvalidInput("ask for first or for last, not for both", field=("last",))
        for name, size in (("first", self.first), ("last", self.last)):
            if size is not None and not 0 <= size <= MAX_SIZE:
                raise InvalidInput(f"must be from 0 to {MAX_SIZE}", field=(name,))
        if self.first is None and self.last is None:
            return PageRequest(first=DEFAULT_SIZE, after=self.after, before=self.before)
        return self


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """Rows in the order asked for, each with its cursor."""

    rows: Sequence[R]
    cursors: Sequence[str]
    has_next: bool
    has_previous: bool


async def fetch_page(
    scope: Scope,
    session: Session,
    aggregate: Aggregate[R],
    request: PageRequest,
    order: Order,
    where: Condition | None = None,
) -> Page[R]:
    """One page of an aggregate inside the scope. Raises InvalidInput for a bad size or a cursor of another order."""
    request = request.checked()
    size, backward = request.size
    parts = [] if where is None else [where]
    parts += await beyond(scope, session, aggregate, request, order)
    descending = order.descending != backward
    found = await aggregate.list(
        scope,
        session,
        All(tuple(parts)),
        order=tuple((name, descending) for name in order.columns),
        limit=size + 1,
    )
    return page_of(found, request, order)


def page_of(found: Sequence[R], request: PageRequest, order: Order) -> Page[R]:
    """The page that rows make which were read in its direction, with one more than asked for where there are more."""
    size, backward = request.size
    more = len(found) > size
    rows = list(found[:size])
    if backward:
        rows.reverse()
    has_next = request.before is not None if backward else more
    has_previous = more if backward else request.after is not None
    return Page(rows, [encode_cursor(row, order) for row in rows], has_next, has_previous)


async def beyond(
    scope: Scope, session: Session, aggregate: Aggregate[Any], request: PageRequest, order: Order
) -> list[Condition]:
    """The conditions that a request's cursors stand for. Raises InvalidInput for one that is not of this order."""
    parts: list[Condition] = []
    for argument, cursor, down in (
        ("after", request.after, order.descending),
        ("before", request.before, not order.descending),
    ):
        if cursor is None:
            continue
        values = (
            decode_cursor(cursor, aggregate.table, order, argument=argument)
            if order.cursor is None
            else await _looked_up(scope, session, aggregate, order, cursor, argument)
        )
        parts.append(After(order.columns, values, down))
    return parts


async def _looked_up(
    scope: Scope, session: Session, aggregate: Aggregate[Any], order: Order, cursor: str, argument: str
) -> list[object]:
    found = await aggregate.list(scope, session, Eq(str(order.cursor), cursor), limit=1)
    values = [getattr(row, name) for row in found for name in order.columns]
    if not values or None in values:
        raise UnknownCursor(field=(argument,))
    return values


def encode_cursor(row: object, order: Order) -> str:
    """The cursor of a row under an order: hexadecimal of `[order, value, …]` in JSON, or the column the order names."""
    if order.cursor is not None:
        return str(getattr(row, order.cursor))
    values = [_plain(getattr(row, name)) for name in order.columns]
    return orjson.dumps([order.name, *values]).hex()


def decode_cursor(cursor: str, table_name: str, order: Order, *, argument: str) -> list[object]:
    """The values a cursor stands for. Raises InvalidInput when it is not one of this order."""
    columns = [TABLES[table_name].columns[name] for name in order.columns]
    try:
        if len(cursor) > _MAX_CURSOR:
            raise ValueError("too long")
        name, *values = orjson.loads(bytes.fromhex(cursor))
        if name != order.name or len(values) != len(columns):
            raise ValueError("of another order")
        return [_typed(value, column) for value, column in zip(values, columns, strict=True)]
    except (ValueError, TypeError):
        raise InvalidInput(f"is no cursor of the order {order.name}", field=(argument,)) from None


def _plain(value: object) -> Any:
    if value is None:
        return FAR_FUTURE.isoformat()
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def _typed(value: Any, column: Column) -> object:
    if column.kind is Kind.INSTANT:
        instant = datetime.fromisoformat(value)
        if instant.tzinfo is None:
            raise ValueError("no time zone")
        return instant
    if column.kind is Kind.DATE:
        return date.fromisoformat(value)
    if column.kind in (Kind.INTEGER, Kind.BIGINT):
        if type(value) is not int or not -(2**63) <= value < 2**63:
            raise ValueError("no integer")
        return value
    if not isinstance(value, str) or "\x00" in value:
        raise ValueError("no text")
    return value
