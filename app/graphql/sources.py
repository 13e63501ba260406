"""Where a field's value comes from, declared once, beside the field.

A declaration yields both ways of answering: the resolver that graphql-core calls, and what `app.graphql.planning` needs
to read the same value with the one statement of a planned query. So the two cannot drift apart.

    @stored(INVOICES, Permission.INVOICES_READ)
    @strawberry.type(description="…")
    class Invoice(OfRow, Node):
        number: str | None = strawberry.field(description="…")      # nothing said: the column of that name
        gross_total: Money = amount("gross_minor", description="…")
        branding: Branding = part(description="…")                  # fields of the same row, in an object of their own
        overdue: bool = computed(_overdue, "status", "due_date", description="…")
        customer: Customer = to_one("customer_id", description="…")
        lines: list[InvoiceLine] = to_many("invoice_id", order="position", description="…")
        events: Connection[Event] = page("subject_id", order=LOG, description="…")
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any, Final, Self, TypeVar, get_type_hints

import strawberry
from graphql import get_named_type
from strawberry.types import get_object_definition
from strawberry.types.field import StrawberryField

from app.db.aggregates import Aggregate
from app.db.paging import NEWEST, Order, PageRequest
from app.db.where import All, Condition, OneOf
from app.domain.errors import LimitExceeded
from app.domain.identity import IdPrefix, prefix_of
from app.domain.scope import Permission
from app.graphql.connections import After, Before, Connection, First, Last, connect, to_connection
from app.graphql.context import GraphQLContext, Info
from app.graphql.types.money import money

C = TypeVar("C", bound=type)

_KEY: Final = "source"
MAX_NODES: Final = 100
_PAGING: Final = {"first": First, "after": After, "last": Last, "before": Before}


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
    """The objects that name the row's id in a column of theirs."""

    column: str
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
        request = PageRequest(**{name: given.pop(name) for name in _PAGING if name in given})
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


Source = Column | Amount | Part | Computed | ToOne | ToMany | Page | One | ById


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
        STORED[_definition(cls).name] = StoredType(cls, aggregate, permission, prefix, visible)
        return cls

    return register


def _definition(cls: type[Any]) -> Any:
    definition = get_object_definition(cls)
    if definition is None:
        raise TypeError(f"{cls.__name__} is no GraphQL type")
    return definition


def source_of(field: StrawberryField) -> Source | None:
    """Where a field of a row's object comes from; None for a field with a resolver of its own."""
    declared: Source | None = field.metadata.get(_KEY)
    if declared is not None:
        return declared
    return Column(str(field.python_name)) if field.base_resolver is None else None


# Declarations


def column(name: str, *, description: str) -> Any:
    """The column of another name than the field's."""
    return _field(Column(name), description)


def amount(minor: str, *, description: str) -> Any:
    """Money of a column of minor units."""
    return _field(Amount(minor), description)


def part(*, description: str, present: Sequence[str] = (), **names: str) -> Any:
    """An object that shows columns of the same row."""
    return _field(Part(names, tuple(present)), description)


def computed(function: Callable[..., Any], *columns: str, description: str) -> Any:
    """What `function(row)` makes of the named columns of the row, or of the row that owns it.

    It may take `context` as well, and the field's arguments. One that waits is called for all rows of an answer at
    once: what it reads it asks of the loaders, so that they read it in one statement.
    """
    source = Computed(function, columns)
    given = _parameters(function, skip=("row", "context"))
    if not source.takes_context and not given:
        return _field(source, description)

    def resolve(root: OfRow, info: Info, **arguments: Any) -> Any:
        extra = {"context": info.context} if source.takes_context else {}
        return function(_Seen(root), **extra, **arguments)

    async def wait(root: OfRow, info: Info, **arguments: Any) -> Any:
        return await resolve(root, info, **arguments)

    return _field(source, description, _shaped(wait if source.waits else resolve, given))


def to_one(column: str, *, description: str) -> Any:
    """The object whose id is in a column; null where the column is null or the object is out of sight."""

    async def resolve(root: OfRow, info: Info) -> Any:
        row_id = getattr(root.row, column)
        kind = stored_type(info)
        return None if row_id is None else kind.of(await info.context.loaders.one(kind, row_id))

    return _field(ToOne(column), description, resolve)


def to_many(column: str, *, order: str = "id", description: str) -> Any:
    """The objects that name the row's id in a column of theirs, in the order of another column."""

    async def resolve(root: OfRow, info: Info) -> Any:
        kind = stored_type(info)
        rows = await info.context.loaders.many(kind, column, order, root.row.id)
        return [kind.of(row, root.row) for row in rows]

    return _field(ToMany(column, order), description, resolve)


def page(
    column: str | None = None,
    *,
    description: str,
    which: Callable[..., Condition | None] | None = None,
    order: Order = NEWEST,
    order_by: tuple[Any, Any, Mapping[str, Order]] | None = None,
    forward: bool = False,
) -> Any:
    """A connection. `which(context, …arguments)` says what belongs to it beyond the relation; `order_by` is the
    annotation of its order with the default and the orders by name; `forward` is for one that is read onwards only.
    """
    source = Page(column, which, {} if order_by is None else order_by[2], order)

    async def resolve(root: Any, info: Info, **given: Any) -> Any:
        request, chosen, condition = source.asked(info.context, given)
        kind, loaders = stored_type(info), info.context.loaders
        if column is None:
            return await connect(info, kind, request, chosen, condition)
        pages = loaders.pages(kind, column, request, chosen, condition)
        count = loaders.counts(kind, column, condition)
        return to_connection(await pages.load(root.row.id), kind.of, lambda: count.load(root.row.id))

    parameters = [] if which is None else _parameters(which, skip=("context",))
    if order_by is not None:
        parameters.append(_optional("order_by", order_by[0], order_by[1]))
    parameters += [_optional(name, kind) for name, kind in _PAGING.items() if not forward or name in ("first", "after")]
    return _field(source, description, _shaped(resolve, parameters))


def one(which: Callable[..., Condition], *, description: str) -> Any:
    """The object that matches `which(context, …arguments)`, or null."""

    async def resolve(root: Any, info: Info, **arguments: Any) -> Any:
        context, kind = info.context, stored_type(info)
        condition = which(context, **arguments)
        context.scope.require(kind.permission)
        async with context.services.database.read(context.scope) as session:
            rows = await kind.aggregate.list(context.scope, session, condition, limit=1)
        return kind.of(rows[0]) if rows else None

    return _field(One(which), description, _shaped(resolve, _parameters(which, skip=("context",))))


def by_id(*, description: str) -> Any:
    """The object with the id in `id`, of whatever type; null when there is none."""

    async def resolve(root: Any, info: Info, id: str) -> Any:
        return (await load_nodes(info, [id]))[0]

    kind = Annotated[strawberry.ID, strawberry.argument(description="The object's id.")]
    return _field(ById(many=False), description, _shaped(resolve, [_required("id", kind)]))


def by_ids(*, description: str) -> Any:
    """The objects with the ids in `ids`, of whatever type, in their order; null for each that there is not."""
    source = ById(many=True)

    async def resolve(root: Any, info: Info, **given: Any) -> Any:
        return await load_nodes(info, source.ids(given))

    about = f"The objects' ids, at most {MAX_NODES}."
    kind = Annotated[list[strawberry.ID], strawberry.argument(description=about)]
    return _field(source, description, _shaped(resolve, [_required("ids", kind)]))


async def load_nodes(info: Info, ids: Sequence[str]) -> list[Any]:
    """The objects with these ids, in their order; None for what is malformed, foreign or not there."""
    scope, database = info.context.scope, info.context.services.database
    kinds = {kind.prefix: kind for kind in STORED.values() if kind.prefix is not None}
    wanted: dict[IdPrefix, set[str]] = {}
    for node_id in ids:
        prefix = prefix_of(node_id)
        if prefix is not None and prefix in kinds:
            wanted.setdefault(prefix, set()).add(node_id)
    found: dict[str, Any] = {}
    for prefix, named in wanted.items():
        kind = kinds[prefix]
        scope.require(kind.permission)
        where: Condition = OneOf("id", sorted(named))
        where = where if kind.visible is None else All((where, kind.visible))
        async with database.read(scope) as session:
            rows = await kind.aggregate.list(scope, session, where, limit=MAX_NODES)
        found |= {row.id: kind.of(row) for row in rows}
    return [found.get(node_id) for node_id in ids]


def _field(source: Source, description: str, resolver: Callable[..., Any] | None = None) -> Any:
    metadata = {_KEY: source}
    if resolver is None:
        return strawberry.field(description=description, metadata=metadata)
    return strawberry.field(resolver=resolver, description=description, metadata=metadata)


def _required(name: str, annotation: Any) -> inspect.Parameter:
    return _optional(name, annotation, inspect.Parameter.empty)


def _optional(name: str, annotation: Any, default: Any = None) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _parameters(function: Callable[..., Any], *, skip: Sequence[str]) -> list[inspect.Parameter]:
    """The parameters of a function that are arguments of its field, with their annotations evaluated."""
    found = [item for name, item in inspect.signature(function).parameters.items() if name not in skip]
    if not found:
        return []
    hints = get_type_hints(function, include_extras=True)
    return [_optional(item.name, hints[item.name], item.default) for item in found]


def _shaped(resolve: Callable[..., Any], parameters: Sequence[inspect.Parameter]) -> Callable[..., Any]:
    """The resolver as Strawberry should see it: with these arguments instead of `**arguments`."""
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    fixed = [inspect.Parameter("root", kind), inspect.Parameter("info", kind, annotation=Info)]
    resolve.__signature__ = inspect.Signature([*fixed, *parameters])  # type: ignore[attr-defined]  # functions have it
    resolve.__annotations__ = {"info": Info, **{item.name: item.annotation for item in parameters}}
    return resolve


# Reading


def stored_type(info: Info) -> StoredType:
    """The stored type that a field's objects are of: the one of its nodes, for a connection."""
    named: Any = get_named_type(info._raw_info.return_type)
    return STORED[node_type(named).name]


def node_type(named: Any) -> Any:
    """The type of a connection's nodes; any other type as it is."""
    definition = named.extensions.get("strawberry-definition")
    origin = getattr(definition, "concrete_of", None)
    if origin is not None and origin.origin is Connection:
        return get_named_type(named.fields["nodes"].type)
    return named


async def row_of(context: GraphQLContext, cls: type[OfRow], row_id: str) -> Any:
    """The row of a stored type that another row names. Raises LookupError when it is out of sight."""
    row = await context.loaders.one(STORED[_definition(cls).name], row_id)
    if row is None:
        raise LookupError(f"no {cls.__name__} {row_id} in the scope of what names it")
    return row


class _Seen:
    """A row as computed fields see it: its columns, and those of the row that owns it."""

    __slots__ = ("_object",)

    def __init__(self, shown: OfRow) -> None:
        self._object = shown

    def __getattr__(self, name: str) -> Any:
        row = self._object.row
        return getattr(row, name) if hasattr(row, name) else getattr(self._object.owner, name)


def read(shown: Any, name: str) -> Any:
    """The value of a field without a resolver: of a row's object as its source says, else the attribute."""
    if not isinstance(shown, OfRow):
        return getattr(shown, name)
    return _reader(type(shown), name)(shown)


_readers: Final[dict[tuple[type[OfRow], str], Callable[[OfRow], Any]]] = {}


def _reader(cls: type[OfRow], name: str) -> Callable[[OfRow], Any]:
    found = _readers.get((cls, name))
    if found is None:
        (field,) = (field for field in _definition(cls).fields if field.python_name == name)
        found = _readers[cls, name] = _make_reader(field)
    return found


def _make_reader(field: StrawberryField) -> Callable[[OfRow], Any]:
    match source_of(field):
        case Column(name):
            return lambda shown: getattr(shown.row, shown.names.get(name, name))
        case Amount(minor):
            return lambda shown: money(getattr(shown.row, minor), _Seen(shown).currency)
        case Computed(function, _):
            return lambda shown: function(_Seen(shown))
        case Part(names, present):
            # The declared type is known when the whole schema is.
            def show(shown: OfRow) -> Any:
                if present and all(getattr(shown.row, column) is None for column in present):
                    return None
                return part_type(field).of(shown.row, owner=shown.owner, names=names)

            return show
    raise TypeError(f"{field.python_name} has a resolver")


def part_type(field: StrawberryField) -> type[OfRow]:
    """The class of the object that a Part is shown as."""
    declared: Any = field.type
    kind = getattr(declared, "of_type", declared)
    if not (isinstance(kind, type) and issubclass(kind, OfRow)):
        raise TypeError(f"{field.python_name} must be a type that shows a row")
    return kind
