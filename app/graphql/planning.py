"""Plans a query: its selection set, by the sources of its fields, as one tree that `app.db.read` answers with JSON.

Fields that a function computes are read as the columns the function names; `patches` say where they stand in the
answer and what replaces them. An operation with anything that has no source is not planned at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import orjson
from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLNonNull,
    GraphQLObjectType,
    OperationDefinitionNode,
    get_named_type,
    is_leaf_type,
)

from app.db.paging import PageRequest
from app.db.read import tree
from app.db.tables import TABLES, TableInfo
from app.db.tables import Column as StoredColumn
from app.db.where import All, Condition, Eq
from app.domain.identity import prefix_of
from app.domain.scope import Permission
from app.graphql.completion import completer
from app.graphql.patches import Chosen, Patches, patch
from app.graphql.selection import Arguments, Request, Selection, Unplannable, definition_of
from app.graphql.sources import (
    STORED,
    Amount,
    ById,
    Column,
    Computed,
    One,
    Page,
    Part,
    StoredType,
    ToMany,
    ToOne,
    node_type,
    part_type,
    source_of,
)
from app.graphql.types.money import money


@dataclass(frozen=True, slots=True)
class Planned:
    """A query as a tree per root field, with what Python does to the answer, and the permissions it needs."""

    keys: Sequence[str]
    roots: Sequence[tree.Tree]
    patches: Patches
    permissions: frozenset[Permission]


@dataclass(frozen=True, slots=True)
class _Where:
    """The row whose fields are planned: the columns in sight, its owner's too, and where fields have other names."""

    tables: Sequence[TableInfo]
    names: Mapping[str, str]

    def column(self, name: str) -> StoredColumn:
        real = self.names.get(name, name)
        for table in self.tables:
            if real in table.columns:
                return table.columns[real]
        raise TypeError(f"{self.tables[0].name} has no column {real}")


def plan(selection: Selection, operation: OperationDefinitionNode, root: GraphQLObjectType) -> Planned:
    """The plan of a query. Raises Unplannable with the reason when it is graphql-core's to answer."""
    return _Planner(selection).operation(operation, root)


class _Planner:
    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self._permissions: set[Permission] = set()

    def operation(self, operation: OperationDefinitionNode, root: GraphQLObjectType) -> Planned:
        keys: list[str] = []
        roots: list[tree.Tree] = []
        patches: Patches = {}
        for key, nodes in self._selection.root(operation, root).items():
            name = nodes[0].name.value
            keys.append(key)
            if name == "__typename":
                roots.append(tree.Const(_json(root.name)))
                continue
            if name.startswith("__"):
                raise Unplannable("introspection")
            value, within = self._root_field(key, root.fields[name], nodes)
            roots.append(value)
            if within:
                patches[key] = within
        return Planned(keys, roots, patches, frozenset(self._permissions))

    def _root_field(self, key: str, field: GraphQLField, nodes: Sequence[FieldNode]) -> tuple[tree.Tree, Any]:
        definition = definition_of(field)
        match source_of(definition):
            case Page() as source:
                return self._page(field, nodes, source, ())
            case One() as source:
                return self._one(field, nodes, source)
            case ById():
                return self._by_id(key, field, nodes)
        raise Unplannable(f"Query.{nodes[0].name.value} has no source")

    def _stored(self, declared: Any) -> StoredType:
        kind = STORED.get(declared.name)
        if kind is None:
            raise Unplannable(f"{declared.name} is not stored")
        self._permissions.add(kind.permission)
        return kind

    def _one(self, field: GraphQLField, nodes: Sequence[FieldNode], source: One) -> tuple[tree.Tree, Any]:
        declared: Any = get_named_type(field.type)
        kind = self._stored(declared)
        table = TABLES[kind.aggregate.table]
        obj, patches = self._object(declared, nodes, _Where((table,), {}))
        arguments = Arguments(self._selection, field, nodes[0])

        def which(request: Request) -> Condition:
            return source.which(request.context, **arguments.of(request))

        return tree.First(table.name, which, obj), patches

    def _by_id(self, key: str, field: GraphQLField, nodes: Sequence[FieldNode]) -> tuple[tree.Tree, Any]:
        arguments = Arguments(self._selection, field, nodes[0])
        trees: dict[str, tree.First] = {}
        patches: dict[str, Patches] = {}
        needed: dict[str, frozenset[Permission]] = {}

        def wanted(request: Request) -> str:
            return str(arguments.of(request)["id"])

        before = set(self._permissions)
        for name, kind in STORED.items():
            if kind.prefix is None:
                continue
            self._permissions = set()
            table = TABLES[kind.aggregate.table]
            declared: Any = self._selection.schema._schema.type_map[name]
            kind = self._stored(declared)
            obj, patches[name] = self._object(declared, nodes, _Where((table,), {}))
            visible = kind.visible

            def which(request: Request, visible: Condition | None = visible) -> Condition:
                own = Eq("id", wanted(request))
                return own if visible is None else All((own, visible))

            trees[name] = tree.First(table.name, which, obj)
            needed[name] = frozenset(self._permissions)
        self._permissions = before
        by_prefix = {kind.prefix: name for name, kind in STORED.items() if kind.prefix is not None}

        def choose(request: Request) -> str | None:
            prefix = prefix_of(wanted(request))
            name = None if prefix is None else by_prefix.get(prefix)
            if name is not None:
                if not needed[name] <= request.context.scope.permissions:
                    raise Unplannable("a permission is missing")
                request.chosen[key] = name
            return name

        return tree.Choice(choose, trees), Chosen(key, patches) if any(patches.values()) else None

    # Objects of rows

    def _object(
        self, declared: GraphQLObjectType, nodes: Sequence[FieldNode], where: _Where, present: Sequence[str] = ()
    ) -> tuple[tree.Obj, Patches]:
        fields: list[tuple[str, tree.Tree]] = []
        patches: Patches = {}
        for key, asked in self._selection.fields(declared, nodes).items():
            name = asked[0].name.value
            if name == "__typename":
                fields.append((key, tree.Const(_json(declared.name))))
                continue
            value, within = self._field(declared, name, asked, where)
            fields.append((key, value))
            if within:
                patches[key] = within
        return tree.Obj(fields, present), patches

    def _field(
        self, parent: GraphQLObjectType, name: str, nodes: Sequence[FieldNode], where: _Where
    ) -> tuple[tree.Tree, Any]:
        field = parent.fields[name]
        definition = definition_of(field)
        match source_of(definition):
            case Column(column):
                return self._column(field, nodes, where, column)
            case Amount(minor):
                return self._amount(field, nodes, where, minor)
            case Part() as source:
                return self._part(field, nodes, where, source)
            case Computed() as source:
                return self._computed(field, nodes, where, source)
            case ToOne(column):
                declared: Any = get_named_type(field.type)
                table = TABLES[self._stored(declared).aggregate.table]
                obj, patches = self._object(declared, nodes, _Where((table, *where.tables), {}))
                nullable = not isinstance(field.type, GraphQLNonNull)
                return tree.ToOne(table.name, column, obj, nullable), patches
            case ToMany(column, order):
                declared = get_named_type(field.type)
                table = TABLES[self._stored(declared).aggregate.table]
                obj, patches = self._object(declared, nodes, _Where((table, *where.tables), {}))
                return tree.ToMany(table.name, column, order, obj), patches
            case Page() as source:
                return self._page(field, nodes, source, where.tables)
        raise Unplannable(f"{parent.name}.{name} has no source")

    def _column(
        self, field: GraphQLField, nodes: Sequence[FieldNode], where: _Where, name: str
    ) -> tuple[tree.Tree, Any]:
        real = where.names.get(name, name)
        nullable = not isinstance(field.type, GraphQLNonNull)
        named: Any = get_named_type(field.type)
        if not is_leaf_type(named):
            raise Unplannable(f"{nodes[0].name.value} is a column shown as an object")
        if isinstance(named, GraphQLEnumType) and not _same_names(named):
            return self._computed(field, nodes, where, Computed(lambda row: getattr(row, name), (name,)))
        return tree.Leaf(real, nullable), None

    def _amount(
        self, field: GraphQLField, nodes: Sequence[FieldNode], where: _Where, minor: str
    ) -> tuple[tree.Tree, Any]:
        declared: Any = get_named_type(field.type)
        fields: list[tuple[str, tree.Tree]] = []
        for key, asked in self._selection.fields(declared, nodes).items():
            match asked[0].name.value:
                case "__typename":
                    fields.append((key, tree.Const(_json(declared.name))))
                case "amount":
                    fields.append((key, tree.Amount(minor)))
                case "currency":
                    fields.append((key, tree.Code()))
                case _:
                    # What else there is of an amount, Python makes.
                    source = Computed(lambda row: money(getattr(row, minor), row.currency), (minor, "currency"))
                    return self._computed(field, nodes, where, source)
        return tree.Obj(fields), None

    def _part(
        self, field: GraphQLField, nodes: Sequence[FieldNode], where: _Where, source: Part
    ) -> tuple[tree.Tree, Any]:
        declared: Any = get_named_type(field.type)
        part_type(definition_of(field))
        return self._object(declared, nodes, _Where(where.tables, source.names), source.present)

    def _computed(
        self, field: GraphQLField, nodes: Sequence[FieldNode], where: _Where, source: Computed
    ) -> tuple[tree.Tree, Any]:
        complete = completer(self._selection, field.type, nodes)
        names = [where.names.get(name, name) for name in source.columns]
        columns = [where.column(name) for name in source.columns]
        arguments = Arguments(self._selection, field, nodes[0])
        function, takes_context = source.function, source.takes_context

        def compute(row: SimpleNamespace, request: Request) -> Any:
            given = arguments.of(request)
            if takes_context:
                given["context"] = request.context
            return function(row, **given)

        return tree.Columns(names), patch(source.columns, columns, compute, complete)

    # Connections

    def _page(
        self, field: GraphQLField, nodes: Sequence[FieldNode], source: Page, tables: Sequence[TableInfo]
    ) -> tuple[tree.Tree, Any]:
        declared: Any = get_named_type(field.type)
        inner: Any = node_type(declared)
        table = TABLES[self._stored(inner).aggregate.table]
        where = _Where((table, *tables), {})
        fields: list[tuple[str, Any]] = []
        patches: Patches = {}
        for key, asked in self._selection.fields(declared, nodes).items():
            value: Any
            within: Any = None
            match asked[0].name.value:
                case "__typename":
                    value = tree.Const(_json(declared.name))
                case "nodes":
                    obj, within = self._object(inner, asked, where)
                    value = tree.Nodes(obj)
                case "edges":
                    value, within = self._edges(declared, asked, inner, where)
                case "pageInfo":
                    value = self._page_info(declared, asked)
                case "totalCount":
                    value = tree.Total()
                case name:
                    raise Unplannable(f"{declared.name}.{name} has no source")
            fields.append((key, value))
            if within:
                patches[key] = within
        arguments = Arguments(self._selection, field, nodes[0])

        def asked_for(request: Request) -> tree.PageQuery:
            given = arguments.of(request)
            condition = source.condition(request.context, given.pop("where", None))
            order = source.order(given.pop("order_by", None))
            return tree.PageQuery(PageRequest(**given), order, condition)

        return tree.Page(table.name, source.column, asked_for, fields), patches

    def _edges(
        self, connection: GraphQLObjectType, nodes: Sequence[FieldNode], inner: GraphQLObjectType, where: _Where
    ) -> tuple[tree.Edges, Patches]:
        declared: Any = get_named_type(connection.fields["edges"].type)
        fields: list[tuple[str, tree.Obj | tree.Const | None]] = []
        patches: Patches = {}
        for key, asked in self._selection.fields(declared, nodes).items():
            match asked[0].name.value:
                case "__typename":
                    fields.append((key, tree.Const(_json(declared.name))))
                case "cursor":
                    fields.append((key, None))
                case _:
                    obj, within = self._object(inner, asked, where)
                    fields.append((key, obj))
                    if within:
                        patches[key] = within
        return tree.Edges(fields), patches

    def _page_info(self, connection: GraphQLObjectType, nodes: Sequence[FieldNode]) -> tree.PageInfo:
        declared: Any = get_named_type(connection.fields["pageInfo"].type)
        fields: list[tuple[str, str | tree.Const]] = []
        for key, asked in self._selection.fields(declared, nodes).items():
            name = asked[0].name.value
            fields.append((key, tree.Const(_json(declared.name)) if name == "__typename" else name))
        return tree.PageInfo(fields)


def _json(text: str) -> str:
    return orjson.dumps(text).decode()


def _same_names(declared: GraphQLEnumType) -> bool:
    """Whether the API's names of an enum are the stored values."""
    return all(name == member.value for name, member in declared.values.items())
