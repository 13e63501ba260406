"""Compiles a tree into one statement. This is the only place that writes its FROM, and each has the tenant in it.

A compiled read is a list of pieces: SQL that never changes, and functions that write a piece for one request. Rendering
a request only runs those functions and joins the pieces, so that the same shape of request gives the same text, which
the driver has prepared already.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from app.db.read.dialect import MARK, WRITERS, Writer, amount, literal
from app.db.read.pages import Pages
from app.db.read.pieces import Piece, Rendering, Row, Terms, distinct, join, key, listed_by, merged, render
from app.db.read.tree import (
    Amount,
    Branch,
    ByIds,
    Code,
    Columns,
    Const,
    First,
    Leaf,
    Obj,
    Page,
    Through,
    ToMany,
    ToOne,
    Tree,
)
from app.db.tables import TABLES, Column, Dialect, TableInfo
from app.db.where import to_sql


@dataclass(frozen=True, slots=True)
class Compiled:
    """A statement with one column per root of the operation, each the JSON text of the root's value."""

    pieces: Sequence[Piece]
    roots: int

    def render(self, rendering: Rendering) -> str:
        """The statement's text for one request, its values added to the rendering's. Raises InvalidInput."""
        return render(self.pieces, rendering)


def compile_roots(roots: Sequence[Tree], dialect: Dialect, *, scoped: bool) -> Compiled:
    """One statement for all roots of an operation: one snapshot of the database. `scoped` is for a seller's key."""
    compiler = _Compiler(WRITERS[dialect], scoped=scoped)
    # Row-level security decides by this setting. CASE sets it before the rows are looked at, and it ends with the
    # statement; should it ever be looked at too early, there are no rows.
    guard = "set_config('app.platform', $1, true) IS NOT NULL" if dialect == "postgres" else "$1 IS NOT NULL"
    if scoped:
        guard += " AND CAST($2 AS text) IS NOT NULL"
    pieces: list[Piece] = ["SELECT "]
    for i, root in enumerate(roots):
        value = compiler.root(root)
        pieces += [", " if i else "", f"CASE WHEN {guard} THEN (", *value, f") END AS r{i}"]
    return Compiled(merged(pieces), len(roots))


class _Compiler:
    def __init__(self, writer: Writer, *, scoped: bool) -> None:
        self._writer = writer
        self._scoped = scoped
        self._aliases = itertools.count()
        self._pages = Pages(writer, self)

    def root(self, node: Tree) -> list[Piece]:
        """SQL of a root's JSON text, which is never null."""
        match node:
            case Const(json):
                return [literal(json)]
            case First():
                return self._first(node)
            case ByIds():
                return self._by_ids(node)
            case Page():
                return self._pages.page(node, None)
        raise TypeError(f"{type(node).__name__} needs a row")

    def _terms(self, node: Tree, row: Row) -> Terms:
        """A JSON text that is never null."""
        match node:
            case Const(json):
                return [[literal(json)]]
            case Leaf(name, nullable):
                return self._value(*row.column(name), or_null=nullable)
            case Code(name):
                return self._value(*row.column(name), or_null=False)
            case Amount(minor, currency):
                unit, value = row.unit_of(currency), row.column(minor)[0]
                terms = (
                    amount(self._writer, value, row.column(currency)[0])
                    if unit is None
                    else self._writer.in_units(value, unit)
                )
                return [[term] for term in terms]
            case Columns():
                return self._columns(node, row)
            case Obj():
                return self.object(node, row)
            case ToOne():
                return [self._to_one(node, row)]
            case ToMany():
                return self._to_many(node, row)
            case Through():
                return self._through(node, row)
            case Page():
                return [self._pages.page(node, row)]
        raise TypeError(f"{type(node).__name__} is no field of a row")

    def _columns(self, node: Columns, row: Row) -> Terms:
        terms: list[Sequence[Piece]] = [[literal(f"{MARK}[{node.site}")]]
        for name in node.columns:
            terms += [[literal(",")], *self._value(*row.column(name), or_null=True, stored=True)]
        return [*terms, [literal(f"]{MARK}")]]

    def _value(self, expression: str, column: Column, *, or_null: bool, stored: bool = False) -> Terms:
        terms = (self._writer.stored if stored else self._writer.value)(expression, column)
        if not column.nullable:
            return [[term] for term in terms]
        missing = literal("null") if or_null else self._writer.poison
        return [[f"coalesce({self._writer.concat(terms)}, {missing})"]]

    def object(self, node: Obj, row: Row) -> Terms:
        """A row as a JSON object."""
        terms: list[Sequence[Piece]] = [[literal("{")]]
        for i, (name, value) in enumerate(node.fields):
            terms += [[literal(("," if i else "") + key(name))], *self._terms(value, row)]
        terms.append([literal("}")])
        if not node.present:
            return terms
        present = " OR ".join(f"{row.column(name)[0]} IS NOT NULL" for name in node.present)
        return [[f"CASE WHEN {present} THEN ", *join(self._writer, terms), " ELSE 'null' END"]]

    def _joined(self, node: Obj, row: Row) -> list[Piece]:
        return join(self._writer, self.object(node, row))

    # FROM

    def source(self, table: TableInfo, alias: str, joins: Sequence[str] = ()) -> str:
        """FROM and WHERE of one table: the only ones. The tenant comes first."""
        conditions = []
        if table.has_platform:
            conditions.append(f"{alias}.platform_id = $1")
        else:
            raise TypeError(f"{table.name} belongs to no platform")
        if self._scoped and table.entity_column is not None:
            conditions.append(f"{alias}.{table.entity_column} = $2")
        return f" FROM {table.name} {alias} WHERE " + " AND ".join([*conditions, *joins])

    def related(self, child: TableInfo, alias: str, row: Row) -> list[str]:
        """That two rows are of one seller, where both always are: it is in the key of every index."""
        mine, theirs = row.table.entity_column, child.entity_column
        if mine is None or theirs is None:
            return []
        if row.table.columns[mine].nullable or child.columns[theirs].nullable:
            return []
        return [f"{alias}.{theirs} = {row.alias}.{mine}"]

    def alias(self) -> str:
        """A name that no other table of the statement goes by."""
        return f"t{next(self._aliases)}"

    def _to_one(self, node: ToOne, row: Row) -> list[Piece]:
        table, alias = TABLES[node.table], self.alias()
        own = row.column(node.column)[0]
        joins = distinct([f"{alias}.id = {own}", *self.related(table, alias, row)])
        obj = self._joined(node.obj, Row(table, alias, row))
        missing = literal("null") if node.nullable else self._writer.poison
        return ["coalesce((SELECT ", *obj, self.source(table, alias, joins), f"), {missing})"]

    def _to_many(self, node: ToMany, row: Row) -> Terms:
        table, alias = TABLES[node.table], self.alias()
        joins = [*self.related(table, alias, row), f"{alias}.{node.column} = {row.alias}.id"]
        obj = self._joined(node.obj, Row(table, alias, row))
        pieces: list[Piece] = ["SELECT ", *obj, " AS j", self.source(table, alias, joins)]
        only = node.only
        if only is not None:
            pieces += [" AND ", lambda rendering: to_sql(only, table, rendering.parameters)]
        return listed_by(self._writer, merged([*pieces, f" ORDER BY {alias}.{node.order}"]))

    def _through(self, node: Through, row: Row) -> Terms:
        table, alias = TABLES[node.table], self.alias()
        link, named = TABLES[node.link], self.alias()
        names = [f"{named}.{node.mine} = {row.alias}.id", f"{named}.{node.theirs} IS NOT NULL"]
        ids = f"SELECT {named}.{node.theirs}{self.source(link, named, [*self.related(link, named, row), *names])}"
        obj = self._joined(node.obj, Row(table, alias, row))
        rows = self.source(table, alias, [*self.related(table, alias, row), f"{alias}.id IN ({ids})"])
        order = f" ORDER BY {alias}.{node.order}"
        return listed_by(self._writer, merged(["SELECT ", *obj, " AS j", rows, order]))

    def _first(self, node: First) -> list[Piece]:
        table, inner, alias = TABLES[node.table], self.alias(), self.alias()
        obj = self._joined(node.obj, Row(table, alias, None))

        def condition(rendering: Rendering) -> str:
            return to_sql(node.arguments(rendering.request), table, rendering.parameters)

        return [
            "coalesce((SELECT ",
            *obj,
            f" FROM (SELECT *{self.source(table, inner)} AND ",
            condition,
            f" LIMIT 1) {alias}), 'null')",
        ]

    def _by_ids(self, node: ByIds) -> list[Piece]:
        compiled = {name: self._branch(branch) for name, branch in node.branches.items()}

        def select(rendering: Rendering) -> str:
            wanted = node.arguments(rendering.request)
            found = [render(compiled[name], rendering) for name in wanted.branches]
            obj = f"coalesce({', '.join(found)}, 'null')" if found else "'null'"
            if not node.many:
                (row_id,) = wanted.ids
                return f"(SELECT {obj} FROM (SELECT CAST({rendering.parameters.add(row_id)} AS text) AS node_id) n)"
            ids = self._writer.ids(wanted.ids, rendering.parameters)
            select = listed_by(self._writer, [f"SELECT {obj} AS j FROM ({ids}) n ORDER BY place"])
            return f"({render(join(self._writer, select), rendering)})"

        return [select]

    def _branch(self, branch: Branch) -> list[Piece]:
        """SQL of the row whose id is `n.node_id`, null where there is none."""
        table, alias = TABLES[branch.table], self.alias()
        visible = branch.visible
        pieces: list[Piece] = [
            "(SELECT ",
            *self._joined(branch.obj, Row(table, alias, None)),
            self.source(table, alias, [f"{alias}.id = n.node_id"]),
        ]
        if visible is not None:
            pieces += [" AND ", lambda rendering: to_sql(visible, table, rendering.parameters)]
        return merged([*pieces, ")"])
