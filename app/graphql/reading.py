"""How graphql-core reads what sources declare: rows through the loaders of an operation, fields off their rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from graphql import get_named_type
from strawberry.types.field import StrawberryField

from app.db.page_batches import Parent
from app.db.rows import EntityRow
from app.db.where import All, Condition, OneOf
from app.domain.identity import IdPrefix, prefix_of
from app.graphql.connections import Connection
from app.graphql.context import GraphQLContext, Info
from app.graphql.sources import (
    MAX_NODES,
    STORED,
    Amount,
    Column,
    Computed,
    OfRow,
    Part,
    StoredType,
    definition_of_type,
    source_of,
)
from app.graphql.types.money import money


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
    row = await context.loaders.one(STORED[definition_of_type(cls).name], row_id)
    if row is None:
        raise LookupError(f"no {cls.__name__} {row_id} in the scope of what names it")
    return row


def parent_of(row: Any) -> Parent:
    """A row as those name it that belong to it."""
    return Parent(row.id, row.id if isinstance(row, EntityRow) else getattr(row, "entity_id", None))


class Seen:
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
        (field,) = (field for field in definition_of_type(cls).fields if field.python_name == name)
        found = _readers[cls, name] = _make_reader(field)
    return found


def _make_reader(field: StrawberryField) -> Callable[[OfRow], Any]:
    match source_of(field):
        case Column(name):
            return lambda shown: getattr(shown.row, shown.names.get(name, name))
        case Amount(minor):
            return lambda shown: money(getattr(shown.row, minor), Seen(shown).currency)
        case Computed(function, _):
            return lambda shown: function(Seen(shown))
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
