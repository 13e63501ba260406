"""Pages of rows as JSON: the page itself, where it stands in its list, its cursors and its total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.db.paging import Order, decode_cursor
from app.db.read.dialect import UNIT, Writer, literal
from app.db.read.pieces import Piece, Rendering, Row, Terms, distinct, join, key, listed_by, merged
from app.db.read.tree import Const, Edges, Nodes, Obj, Page, PageInfo, PageQuery, Total
from app.db.tables import TABLES, TableInfo
from app.db.where import After, All, Condition, sort_expression, to_sql


class Rows(Protocol):
    """What the compiler of single rows does for pages."""

    def alias(self) -> str:
        """A name that no other table of the statement goes by."""

    def source(self, table: TableInfo, alias: str, joins: Sequence[str] = ()) -> str:
        """FROM and WHERE of one table, with the tenant."""

    def related(self, child: TableInfo, alias: str, row: Row) -> list[str]:
        """That two rows are of one seller."""

    def object(self, node: Obj, row: Row) -> Terms:
        """A row as a JSON object."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a page: the aliases within and outside the select that takes them, its source, and their owner.

    `unit` is the column that the select adds for what a minor unit of their currency is worth, if it does.
    """

    node: Page
    table: TableInfo
    inner: str
    alias: str
    source: str
    owner: Row | None
    unit: str | None


class Pages:
    """Compiles pages. An inner select takes the page's rows and no others, an outer one makes JSON of them."""

    def __init__(self, writer: Writer, rows: Rows) -> None:
        self._writer = writer
        self._rows = rows

    def page(self, node: Page, row: Row | None) -> list[Piece]:
        """SQL of a page, of the row it belongs to or of the whole scope."""
        if not node.looked_up:
            return self._page(node, row)

        def known(rendering: Rendering) -> str:
            return self._known(node, rendering)

        def otherwise(rendering: Rendering) -> str:
            return self._else(node, rendering)

        return merged([known, *self._page(node, row), otherwise])

    def _page(self, node: Page, row: Row | None) -> list[Piece]:
        table, inner, alias, page = TABLES[node.table], *(self._rows.alias() for _ in range(3))
        joins: list[str] = []
        if row is not None and node.column is not None:
            joins = distinct([*self._rows.related(table, inner, row), f"{inner}.{node.column} = {row.alias}.id"])
        unit = UNIT if "currency" in table.columns and self._writer.has_units else None
        rows = _Rows(node, table, inner, alias, self._rows.source(table, inner, joins), row, unit)
        lists = [field for _, field in node.fields if isinstance(field, Nodes | Edges)]
        if len(lists) < 2 and not any(isinstance(field, PageInfo) for _, field in node.fields):
            return self._short(rows)
        return self._whole(rows, page)

    def _short(self, rows: _Rows) -> list[Piece]:
        """A page of which only its one list is asked for, or its total."""
        terms: list[Sequence[Piece]] = [[literal("{")]]
        listed = False
        for i, (name, field) in enumerate(rows.node.fields):
            terms.append([literal(("," if i else "") + key(name))])
            match field:
                case Const(json):
                    terms.append([literal(json)])
                case Total():
                    terms.append(self._total(rows))
                case Nodes() | Edges():
                    listed = True
                    item = join(self._writer, self._item(field, rows))
                    source = [" AS j FROM ", *self._select(rows, more=0), f" {rows.alias}"]
                    terms += listed_by(self._writer, ["SELECT ", *item, *source, self._backwards(rows)])
        terms.append([literal("}")])
        if listed:
            return join(self._writer, terms)

        # Still read, since a page or a cursor that is refused is refused whatever is selected.
        def checked(rendering: Rendering) -> str:
            self._limits(rows.node, rows.table, rendering)
            return ""

        return merged([*join(self._writer, terms), checked])

    def _item(self, field: Nodes | Edges, rows: _Rows) -> Terms:
        inside = Row(rows.table, rows.alias, rows.owner, rows.unit)
        if isinstance(field, Nodes):
            return self._rows.object(field.obj, inside)
        return self._edge(field.fields, inside, rows.node)

    def _select(self, rows: _Rows, *, more: int) -> list[Piece]:
        """A select of the page's rows, and as many after them, in the direction in which they are read."""

        def where(rendering: Rendering) -> str:
            return self._where(rows.node, rows.table, rendering, more)

        worked_out = f", {self._writer.unit(f'{rows.inner}.currency')} AS {UNIT}" if rows.unit else ""
        return [f"(SELECT *{worked_out}{rows.source}", where, ")"]

    def _backwards(self, rows: _Rows) -> Piece:
        """The order of rows that were read from the end."""

        def order(rendering: Rendering) -> str:
            query = rendering.page(rows.node)
            _, backward = query.request.size
            return f" ORDER BY {self._order(query, rows, reverse=False)}" if backward else ""

        return order

    def _order(self, query: PageQuery, rows: _Rows, *, reverse: bool) -> str:
        down = " DESC" if query.order.descending != reverse else ""
        return ", ".join(f"{sort_expression(rows.table, name, alias=rows.alias)}{down}" for name in query.order.columns)

    def _whole(self, rows: _Rows, page: str) -> list[Piece]:
        """A page with where it stands in its list: its rows are read once, with one more than it has."""
        node = rows.node
        items: list[Terms] = []
        terms: list[Sequence[Piece]] = [[literal("{")]]
        cursors = False
        for i, (name, field) in enumerate(node.fields):
            terms.append([literal(("," if i else "") + key(name))])
            match field:
                case Const(json):
                    terms.append([literal(json)])
                case Nodes() | Edges():
                    terms.append(self._list(page, len(items), node))
                    items.append(self._item(field, rows))
                case PageInfo(fields):
                    cursors = cursors or any(what in ("startCursor", "endCursor") for _, what in fields)
                    terms.append(self._info(fields, page, node))
                case Total():
                    terms.append(self._total(rows))
        terms.append([literal("}")])
        outputs: list[Piece] = []
        for i, item in enumerate(items):
            outputs += [*join(self._writer, item), f" AS j{i}, "]
        if cursors:
            inside = Row(rows.table, rows.alias, rows.owner)
            outputs += [lambda rendering: self._cursor(rendering.page(node).order, inside), " AS c, "]
        outer = ["(SELECT ", *join(self._writer, terms), " FROM (SELECT "]
        if self._writer.dialect == "postgres":
            aggregated = "".join(f"array_agg(j{i}) AS a{i}, " for i in range(len(items)))
            aggregated += "array_agg(c) AS cs, " if cursors else ""
            source = ["1 AS one FROM ", *self._select(rows, more=1), f" {rows.alias}", self._backwards(rows)]
            return merged([*outer, aggregated, "count(*)::int AS n FROM (SELECT ", *outputs, *source, f") q) {page})"])
        pieces: list[Piece] = []
        for i in range(len(items)):
            pieces += [f"group_concat(j{i}, ',') FILTER (WHERE rn <= ", _size(node), f") AS a{i}, "]
        if cursors:
            pieces += ["json_group_array(c) FILTER (WHERE rn <= ", _size(node), ") AS cs, "]
        select = [
            "rn FROM (SELECT *, row_number() OVER () AS rn FROM ",
            *self._select(rows, more=1),
            f") {rows.alias}",
        ]
        order = _when(node, forward=" ORDER BY rn", backward=" ORDER BY rn DESC")
        return merged([*outer, *pieces, "count(*) AS n FROM (SELECT ", *outputs, *select, order, f")) {page})"])

    def _list(self, page: str, i: int, node: Page) -> list[Piece]:
        if self._writer.dialect == "sqlite":
            return [f"'['||coalesce({page}.a{i}, '')||']'"]
        keep = _when(node, forward="1:{size}", backward=f"greatest({page}.n - {{size}}, 0) + 1:{page}.n")
        return [f"'['||coalesce(array_to_string({page}.a{i}[", keep, f"], ',', {self._writer.poison}), '')||']'"]

    def _edge(self, fields: Sequence[tuple[str, Obj | Const | None]], row: Row, node: Page) -> Terms:
        terms: list[Sequence[Piece]] = [[literal("{")]]
        for i, (name, value) in enumerate(fields):
            terms.append([literal(("," if i else "") + key(name))])
            if value is None:
                quote = [literal('"')]
                terms += [quote, [lambda rendering: self._cursor(rendering.page(node).order, row)], quote]
            elif isinstance(value, Const):
                terms.append([literal(value.json)])
            else:
                terms += self._rows.object(value, row)
        return [*terms, [literal("}")]]

    def _info(self, fields: Sequence[tuple[str, str | Const]], page: str, node: Page) -> list[Piece]:
        parts: list[list[Piece]] = [[literal("{")]]
        for i, (name, what) in enumerate(fields):
            parts.append([literal(("," if i else "") + key(name))])
            parts.append([literal(what.json)] if isinstance(what, Const) else self._info_field(what, page, node))
        parts.append([literal("}")])
        return join(self._writer, parts)

    def _info_field(self, what: str, page: str, node: Page) -> list[Piece]:
        more = f"CASE WHEN {page}.n > {{size}} THEN 'true' ELSE 'false' END"
        match what:
            case "hasNextPage":
                return [_when(node, forward=more, backward="'{before}'")]
            case "hasPreviousPage":
                return [_when(node, forward="'{after}'", backward=more)]
        start = what == "startCursor"
        if self._writer.dialect == "sqlite":
            place = "'$[0]'" if start else "'$[#-1]'"
            return [f"coalesce(json_quote(json_extract({page}.cs, {place})), 'null')"]
        forward = "1" if start else f"least({page}.n, {{size}})"
        backward = f"greatest({page}.n - {{size}}, 0) + 1" if start else f"{page}.n"
        at = f"coalesce('\"'||({page}.cs)[{{at}}]||'\"', 'null')"
        return [_when(node, forward=at.replace("{at}", forward), backward=at.replace("{at}", backward), empty="'null'")]

    def _cursor(self, order: Order, row: Row) -> str:
        """The cursor of a row, as `encode_cursor` writes it."""
        if order.cursor is not None:
            return f"{row.alias}.{order.cursor}"
        parts = [literal(f'["{order.name}"')]
        for name in order.columns:
            column = row.table.columns[name]
            expression = sort_expression(row.table, name, alias=row.alias)
            text = self._writer.concat(self._writer.cursor(expression, column))
            parts += [literal(","), f"({text})"]
        return self._writer.hexadecimal(self._writer.concat([*parts, literal("]")]))

    def _total(self, rows: _Rows) -> list[Piece]:
        def condition(rendering: Rendering) -> str:
            where = rendering.page(rows.node).where
            return "" if where is None else f" AND {to_sql(where, rows.table, rendering.parameters)}"

        kind = "text" if self._writer.dialect == "postgres" else "TEXT"
        return [f"(SELECT CAST(count(*) AS {kind}){rows.source}", condition, ")"]

    def _where(self, node: Page, table: TableInfo, rendering: Rendering, more: int) -> str:
        """The rest of the innermost select: conditions, keyset, order and limit."""
        query = rendering.page(node)
        size, backward = query.request.size
        text = ""
        if query.where is not None:
            text += f" AND {to_sql(query.where, table, rendering.parameters)}"
        keyset = self._limits(node, table, rendering)
        if keyset.parts:
            text += f" AND {to_sql(keyset, table, rendering.parameters)}"
        for cursor, operator in self._looked_up(query) if node.looked_up else ():
            text += f" AND {query.order.columns[0]} {operator} ({self._place(query.order, table, cursor, rendering)})"
        down = " DESC" if query.order.descending != backward else ""
        order = ", ".join(f"{sort_expression(table, name)}{down}" for name in query.order.columns)
        return f"{text} ORDER BY {order} LIMIT {size + more}"

    def _looked_up(self, query: PageQuery) -> list[tuple[str, str]]:
        """The cursors of an order whose cursors are ids, each with the side of it that is wanted."""
        if query.order.cursor is None:
            return []
        down = query.order.descending
        sides = ((query.request.after, "<" if down else ">"), (query.request.before, ">" if down else "<"))
        return [(cursor, operator) for cursor, operator in sides if cursor is not None]

    def _place(self, order: Order, table: TableInfo, cursor: str, rendering: Rendering) -> str:
        """A select of where in its order a cursor's row stands; no row for one that is not of the list."""
        (column,) = order.columns
        alias = self._rows.alias()
        joins = [f"{alias}.{order.cursor} = {rendering.parameters.add(cursor)}", f"{alias}.{column} IS NOT NULL"]
        return f"SELECT {alias}.{column}{self._rows.source(table, alias, joins)}"

    def _known(self, node: Page, rendering: Rendering) -> str:
        """The beginning of what spoils the answer when a cursor's row is not there."""
        query = rendering.page(node)
        table = TABLES[node.table]
        places = [self._place(query.order, table, cursor, rendering) for cursor, _ in self._looked_up(query)]
        return f"CASE WHEN {' AND '.join(f'EXISTS ({place})' for place in places)} THEN " if places else ""

    def _else(self, node: Page, rendering: Rendering) -> str:
        return f" ELSE {self._writer.poison} END" if self._looked_up(rendering.page(node)) else ""

    def _limits(self, node: Page, table: TableInfo, rendering: Rendering) -> All:
        """The conditions of the cursors. Raises InvalidInput for a cursor of another order."""
        query = rendering.page(node)
        order, parts = query.order, list[Condition]()
        if order.cursor is not None:
            return All(())
        if query.request.after is not None:
            values = decode_cursor(query.request.after, table.name, order, argument="after")
            parts.append(After(order.columns, values, order.descending))
        if query.request.before is not None:
            values = decode_cursor(query.request.before, table.name, order, argument="before")
            parts.append(After(order.columns, values, not order.descending))
        return All(tuple(parts))


def _size(node: Page) -> Piece:
    return lambda rendering: str(rendering.page(node).request.size[0])


def _when(node: Page, *, forward: str, backward: str, empty: str | None = None) -> Piece:
    """A piece that depends on the direction; `{size}`, `{after}` and `{before}` are the request's.

    `empty` is for a page of no rows.
    """

    def write(rendering: Rendering) -> str:
        request = rendering.page(node).request
        size, from_end = request.size
        if size == 0 and empty is not None:
            return empty
        text = (backward if from_end else forward).replace("{size}", str(size))
        after, before = request.after is not None, request.before is not None
        return text.replace("{after}", str(after).lower()).replace("{before}", str(before).lower())

    return write
