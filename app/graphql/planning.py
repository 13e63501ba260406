"""Plans a query: its selection set, by the sources of its fields, as one tree that `app.db.read` answers with JSON.

Fields that a function computes are read as the columns the function names; `sites` say what replaces them in the
answer. A root field with anything that has no source is left to graphql-core, beside those that are planned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLNonNull,
    GraphQLObjectType,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    is_leaf_type,
)

from app.db.read import tree
from app.db.tables import TABLES, TableInfo
from app.db.tables import Column as StoredColumn
from app.db.where import Condition
from app.domain.identity import prefix_of
from app.domain.scope import Permission
from app.graphql.coercion import Arguments
from app.graphql.completion import completer
from app.graphql.reading import node_type, part_type
from app.graphql.selection import Request, Selection, Unplannable, definition_of
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
    Through,
    ToMany,
    ToOne,
    source_of,
)
from app.graphql.splicing import Site, site
from app.graphql.types.money import money


@dataclass(frozen=True, slots=True)
class Planned:
    """A query as a tree per planned root field, with the functions that compute values in the answer.

    `keys` are the response keys of all root fields in order, `planned` those of the trees; `rest` is the operation with
    the others only, None when there are none.
    """

    keys: Sequence[str]
    planned: Sequence[str]
    roots: Sequence[tree.Tree]
    sites: Sequence[Site]
    permissions: frozenset[Permission]
    rest: OperationDefinitionNode | None
    reasons: Sequence[str]


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
    """The plan of a query. Raises Unplannable with the reason when all of it is graphql-core's to answer."""
    return _Planner(selection).operation(operation, root)


class _Planner:
    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self._permissions: set[Permission] = set()
        self._sites: list[Site] = []

    def operation(self, operation: OperationDefinitionNode, root: GraphQLObjectType) -> Planned:
        asked = self._selection.root(operation, root)
        planned: dict[str, tree.Tree] = {}
        rest: list[FieldNode] = []
        reasons: list[str] = []
        for key, nodes in asked.items():
            before = len(self._sites), set(self._permissions)
            try:
                planned[key] = self._root(root, nodes)
            except Unplannable as reason:
                # Not even its permissions are the plan's: graphql-core asks for them where they are needed.
                del self._sites[before[0] :]
                self._permissions = before[1]
                rest += nodes
                reasons.append(str(reason))
        if rest and all(isinstance(value, tree.Const) for value in planned.values()):
            raise Unplannable(reasons[0])
        return Planned(
            list(asked),
            list(planned),
            list(planned.values()),
            self._sites,
            frozenset(self._permissions),
            _only(operation, rest) if rest else None,
            reasons,
        )

    def _root(self, root: GraphQLObjectType, nodes: Sequence[FieldNode]) -> tree.Tree:
        name = nodes[0].name.value
        if name == "__typename":
            return tree.Const(_json(root.name))
        if name.startswith("__"):
            raise Unplannable("introspection")
        field = root.fields[name]
        match source_of(definition_of(field)):
            case Page() as source:
                return self._page(field, nodes, source, ())
            case One() as source:
                return self._one(field, nodes, source)
            case ById() as source:
                return self._by_id(field, nodes, source)
        raise Unplannable(f"{root.name}.{name} has no source")

    def _arguments(self, field: GraphQLField, nodes: Sequence[FieldNode]) -> Arguments:
        return Arguments(self._selection.schema, field, nodes[0])

    def _stored(self, declared: Any) -> StoredType:
        kind = STORED.get(declared.name)
        if kind is None:
            raise Unplannable(f"{declared.name} is not stored")
        self._permissions.add(kind.permission)
        return kind

    def _one(self, field: GraphQLField, nodes: Sequence[FieldNode], source: One) -> tree.Tree:
        declared: Any = get_named_type(field.type)
        table = TABLES[self._stored(declared).aggregate.table]
        obj = self._object(declared, nodes, _Where((table,), {}))
        arguments, which = self._arguments(field, nodes), source.which

        def condition(request: Request) -> Condition:
            return which(request.context, **arguments.of(request.variables))

        return tree.First(table.name, condition, obj)

    def _by_id(self, field: GraphQLField, nodes: Sequence[FieldNode], source: ById) -> tree.Tree:
        arguments = self._arguments(field, nodes)
        branches: dict[str, tree.Branch] = {}
        needed: dict[str, frozenset[Permission]] = {}
        before = self._permissions
        for name, kind in STORED.items():
            if kind.prefix is None:
                continue
            self._permissions = set()
            declared: Any = self._selection.schema._schema.type_map[name]
            table = TABLES[self._stored(declared).aggregate.table]
            obj = self._object(declared, nodes, _Where((table,), {}))
            branches[kind.prefix] = tree.Branch(table.name, obj, kind.visible)
            needed[kind.prefix] = frozenset(self._permissions)
        self._permissions = before

        def wanted(request: Request) -> tree.Wanted:
            found = [(row_id, prefix_of(row_id)) for row_id in source.ids(arguments.of(request.variables))]
            prefixes = {prefix for _, prefix in found if prefix in branches}
            for prefix in prefixes:
                # Asked of the types that the ids name only: the others are not read.
                if not needed[prefix] <= request.context.scope.permissions:
                    raise Unplannable("a permission is missing")
            # What is no id at all is nothing that a database should compare.
            ids = [row_id if prefix in prefixes else "" for row_id, prefix in found]
            return tree.Wanted(ids, sorted(prefixes))

        return tree.ByIds(wanted, branches, many=source.many)

    # Objects of rows

    def _object(
        self, declared: GraphQLObjectType, nodes: Sequence[FieldNode], where: _Where, present: Sequence[str] = ()
    ) -> tree.Obj:
        fields: list[tuple[str, tree.Tree]] = []
        for key, asked in self._selection.fields(declared, nodes).items():
            name = asked[0].name.value
            if name == "__typename":
                fields.append((key, tree.Const(_json(declared.name))))
            else:
                fields.append((key, self._field(declared, name, asked, where)))
        return tree.Obj(fields, present)

    def _field(self, parent: GraphQLObjectType, name: str, nodes: Sequence[FieldNode], where: _Where) -> tree.Tree:
        field = parent.fields[name]
        definition = definition_of(field)
        match source_of(definition):
            case Column(column):
                return self._column(field, nodes, where, column)
            case Amount(minor):
                return self._amount(field, nodes, where, minor)
            case Part(names, present):
                part_type(definition)
                return self._object(_type_of(field), nodes, _Where(where.tables, names), present)
            case Computed() as source:
                return self._computed(field, nodes, where, source)
            case ToOne(column):
                table, obj = self._related(field, nodes, where)
                return tree.ToOne(table.name, column, obj, not isinstance(field.type, GraphQLNonNull))
            case ToMany(column, order, only):
                table, obj = self._related(field, nodes, where)
                return tree.ToMany(table.name, column, order, obj, only)
            case Through(link, mine, theirs, order):
                table, obj = self._related(field, nodes, where)
                return tree.Through(table.name, link.table, mine, theirs, order, obj)
            case Page() as source:
                return self._page(field, nodes, source, where.tables)
        raise Unplannable(f"{parent.name}.{name} has no source")

    def _related(self, field: GraphQLField, nodes: Sequence[FieldNode], where: _Where) -> tuple[TableInfo, tree.Obj]:
        declared = _type_of(field)
        table = TABLES[self._stored(declared).aggregate.table]
        return table, self._object(declared, nodes, _Where((table, *where.tables), {}))

    def _column(self, field: GraphQLField, nodes: Sequence[FieldNode], where: _Where, name: str) -> tree.Tree:
        named: Any = get_named_type(field.type)
        if not is_leaf_type(named):
            raise Unplannable(f"{nodes[0].name.value} is a column shown as an object")
        if isinstance(named, GraphQLEnumType) and not _same_names(named):
            return self._computed(field, nodes, where, Computed(lambda row: getattr(row, name), (name,)))
        return tree.Leaf(where.names.get(name, name), not isinstance(field.type, GraphQLNonNull))

    def _amount(self, field: GraphQLField, nodes: Sequence[FieldNode], where: _Where, minor: str) -> tree.Tree:
        declared = _type_of(field)
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
        return tree.Obj(fields)

    def _computed(self, field: GraphQLField, nodes: Sequence[FieldNode], where: _Where, source: Computed) -> tree.Tree:
        complete = completer(self._selection, field.type, nodes)
        names = [where.names.get(name, name) for name in source.columns]
        columns = [where.column(name) for name in source.columns]
        arguments, function = self._arguments(field, nodes), source.function
        if source.takes_context:

            def compute(row: Any, request: Request) -> Any:
                return function(row, context=request.context, **arguments.of(request.variables))

        elif field.args:

            def compute(row: Any, request: Request) -> Any:
                return function(row, **arguments.of(request.variables))

        else:

            def compute(row: Any, request: Request) -> Any:
                return function(row)

        self._sites.append(site(source.columns, columns, compute, complete, waits=source.waits))
        return tree.Columns(len(self._sites) - 1, names)

    # Connections

    def _page(
        self, field: GraphQLField, nodes: Sequence[FieldNode], source: Page, tables: Sequence[TableInfo]
    ) -> tree.Tree:
        declared = _type_of(field)
        inner: Any = node_type(declared)
        table = TABLES[self._stored(inner).aggregate.table]
        where = _Where((table, *tables), {})
        fields: list[tuple[str, Any]] = []
        for key, asked in self._selection.fields(declared, nodes).items():
            match asked[0].name.value:
                case "__typename":
                    fields.append((key, tree.Const(_json(declared.name))))
                case "nodes":
                    fields.append((key, tree.Nodes(self._object(inner, asked, where))))
                case "edges":
                    fields.append((key, self._edges(declared, asked, inner, where)))
                case "pageInfo":
                    fields.append((key, self._page_info(declared, asked)))
                case "totalCount":
                    fields.append((key, tree.Total()))
                case name:
                    raise Unplannable(f"{declared.name}.{name} has no source")
        arguments = self._arguments(field, nodes)

        def asked_for(request: Request) -> tree.PageQuery:
            return tree.PageQuery(*source.asked(request.context, arguments.of(request.variables)))

        return tree.Page(table.name, source.column, asked_for, fields, looked_up=source.order.cursor is not None)

    def _edges(
        self, connection: GraphQLObjectType, nodes: Sequence[FieldNode], inner: GraphQLObjectType, where: _Where
    ) -> tree.Edges:
        declared: Any = get_named_type(connection.fields["edges"].type)
        fields: list[tuple[str, tree.Obj | tree.Const | None]] = []
        for key, asked in self._selection.fields(declared, nodes).items():
            match asked[0].name.value:
                case "__typename":
                    fields.append((key, tree.Const(_json(declared.name))))
                case "cursor":
                    fields.append((key, None))
                case _:
                    fields.append((key, self._object(inner, asked, where)))
        return tree.Edges(fields)

    def _page_info(self, connection: GraphQLObjectType, nodes: Sequence[FieldNode]) -> tree.PageInfo:
        declared: Any = get_named_type(connection.fields["pageInfo"].type)
        fields: list[tuple[str, str | tree.Const]] = []
        for key, asked in self._selection.fields(declared, nodes).items():
            name = asked[0].name.value
            fields.append((key, tree.Const(_json(declared.name)) if name == "__typename" else name))
        return tree.PageInfo(fields)


def _only(operation: OperationDefinitionNode, nodes: Sequence[FieldNode]) -> OperationDefinitionNode:
    """The operation with these root fields and no others."""
    return OperationDefinitionNode(
        operation=operation.operation,
        name=operation.name,
        variable_definitions=operation.variable_definitions,
        directives=operation.directives,
        selection_set=SelectionSetNode(selections=tuple(nodes)),
    )


def _type_of(field: GraphQLField) -> Any:
    return get_named_type(field.type)


def _json(text: str) -> str:
    return orjson.dumps(text).decode()


def _same_names(declared: GraphQLEnumType) -> bool:
    """Whether the API's names of an enum are the stored values."""
    return all(name == member.value for name, member in declared.values.items())
