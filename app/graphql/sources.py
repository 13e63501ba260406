"""What a field's value can come from. `app.graphql.fields` declares it; both ways of answering follow from it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Self, TypeVar

from strawberry.types import get_object_definition
from strawberry.types.field import StrawberryField

from app.db.aggregates import Aggregate
from app.db.paging import Order, PageRequest
from app.db.where import Condition
from app.domain.errors import LimitExceeded
from app.domain.identity import IdPrefix
from app.domain.scope import Permission
from app.graphql.context import GraphQLContext

C = TypeVar("C", bound=type)

METADATA: Final = "source"
MAX_NODES: Final = 100
PAGING: Final = ("first", "after", "last", "before")


@dataclass(frozen=True, slots=True)
class Column:
    """The column of that name."""

    name: str


@dataclass(frozen=True, slots=True)
class Amount:
    """Money of a column of minor units, in the currency of the row or of the row that owns it."""

    minor: str


@dataclass(frozen=True, slots=True)
class Part:
    """An object of its own that shows columns of the same row. `names` says which column a field shows, where it has
    another name; `present` names columns of which one must not be null for the object to exist.
    """

    names: Mapping[str, str]
    present: Sequence[str]


@dataclass(frozen=True, slots=True)
class Computed:
    """What a function makes of some columns; it sees no others. It may take `context` and the field's arguments, and
    may be one that waits, for what the loaders of the context bring.
    """

    function: Callable[..., Any]
    columns: Sequence[str]

    @property
    def takes_context(self) -> bool:
        """Whether the function depends on who asks, and not on the row alone."""
        return "context" in inspect.signature(self.function).parameters

    @property
    def waits(self) -> bool:
        """Whether the function has to be awaited."""
        return inspect.iscoroutinefunction(self.function)


@dataclass(frozen=True, slots=True)
class ToOne:
    """The object whose id is in a column of the row."""

    column: str


@dataclass(frozen=True, slots=True)
class ToMany:
    """The objects that name the row's id in a column of theirs, of which a condition may hold."""

    column: str
    order: str
    only: Condition | None = None


@dataclass(frozen=True, slots=True)
class Through:
    """The objects whose ids another table names in rows that name this row: each once, however often it is named.

    `mine` and `theirs` are the columns of that table with the row's id and with theirs.
    """

    link: Aggregate[Any]
    mine: str
    theirs: str
    order: str


@dataclass(frozen=True, slots=True)
class Page:
    """A connection of the objects that name the row's id in a column of theirs, or of all in the scope.

    `which` makes its condition of the context and the field's arguments; `orders` are those that can be asked for.
    """

    column: str | None
    which: Callable[..., Condition | None] | None
    orders: Mapping[str, Order]
    order: Order

    def asked(self, context: GraphQLContext, given: dict[str, Any]) -> tuple[PageRequest, Order, Condition | None]:
        """The page that a field's arguments ask for, its order, and what they ask for beyond the relation itself."""
        request = PageRequest(**{name: given.pop(name) for name in PAGING if name in given})
        order_by = given.pop("order_by", None)
        condition = None if self.which is None else self.which(context, **given)
        return request, self.order if order_by is None else self.orders[order_by.value], condition


@dataclass(frozen=True, slots=True)
class One:
    """The object that matches the condition which a function makes of the context and the field's arguments."""

    which: Callable[..., Condition]


@dataclass(frozen=True, slots=True)
class ById:
    """The objects of any stored type with the ids in the argument `ids`, or the one with that in `id`."""

    many: bool

    def ids(self, arguments: Mapping[str, Any]) -> Sequence[str]:
        """The ids asked for. Raises LimitExceeded."""
        if not self.many:
            return [arguments["id"]]
        if len(arguments["ids"]) > MAX_NODES:
            raise LimitExceeded(f"at most {MAX_NODES} ids", field=("ids",))
        found: Sequence[str] = arguments["ids"]
        return found


Source = Column | Amount | Part | Computed | ToOne | ToMany | Through | Page | One | ById


class OfRow:
    """A GraphQL object that shows a row: its fields are read from it as their sources say."""

    row: Any
    owner: Any
    names: Mapping[str, str]

    @classmethod
    def of(cls, row: Any, *, owner: Any = None, names: Mapping[str, str] = MappingProxyType({})) -> Self:
        """The object of a row; `owner` is the row it belongs to, `names` renames columns (see Part)."""
        # Not the constructor that dataclasses make, which would want every field's value.
        self = object.__new__(cls)
        self.row, self.owner, self.names = row, owner, names
        return self


@dataclass(frozen=True, slots=True)
class StoredType:
    """A type whose objects are rows of a table; who may read them; the prefix of their ids, for `node(id:)`."""

    type: type[OfRow]
    aggregate: Aggregate[Any]
    permission: Permission
    prefix: IdPrefix | None
    visible: Condition | None

    def of(self, row: Any, owner: Any = None) -> Any:
        """The object of a row, or None."""
        return None if row is None else self.type.of(row, owner=owner)


STORED: Final[dict[str, StoredType]] = {}


def stored(
    aggregate: Aggregate[Any],
    permission: Permission,
    *,
    prefix: IdPrefix | None = None,
    visible: Condition | None = None,
) -> Callable[[C], C]:
    """Says which rows a type's objects are. `visible` holds of the rows that may be found by id."""

    def register(cls: C) -> C:
        STORED[definition_of_type(cls).name] = StoredType(cls, aggregate, permission, prefix, visible)
        return cls

    return register


def definition_of_type(cls: type[Any]) -> Any:
    """What Strawberry knows of a type. Raises TypeError for a class that is none."""
    definition = get_object_definition(cls)
    if definition is None:
        raise TypeError(f"{cls.__name__} is no GraphQL type")
    return definition


def source_of(field: StrawberryField) -> Source | None:
    """Where a field of a row's object comes from; None for a field with a resolver of its own."""
    declared: Source | None = field.metadata.get(METADATA)
    if declared is not None:
        return declared
    return Column(str(field.python_name)) if field.base_resolver is None else None
