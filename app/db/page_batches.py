"""Pages of the rows that belong to each of several others: one statement for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from app.db.aggregates import Aggregate
from app.db.paging import Order, Page, PageRequest, beyond, page_of
from app.db.query import tenant_sql
from app.db.tables import TABLES, TableInfo, decode
from app.db.transaction import Session
from app.db.where import All, Condition, OneOf, Parameters, sort_expression, to_sql
from app.domain.scope import Scope

# SQLite's limit on the parts of a compound select is 500.
_PARENTS: Final = 400


class Parent(NamedTuple):
    """A row that others name, and whose it is: every index of sellers' rows has the seller before what they name."""

    id: str
    entity_id: str | None


async def fetch_pages(
    scope: Scope,
    session: Session,
    aggregate: Aggregate[Any],
    column: str,
    parents: Sequence[Parent],
    request: PageRequest,
    order: Order,
    where: Condition | None,
) -> dict[str, Page[Any]]:
    """The same page of the rows that name each of the parents in that column, by parent's id. Raises InvalidInput."""
    request = request.checked()
    conditions = [] if where is None else [where]
    conditions += await beyond(scope, session, aggregate, request, order)
    found: dict[str, list[Any]] = {parent.id: [] for parent in parents}
    for start in range(0, len(parents), _PARENTS):
        sql, values = _select(
            scope, session, aggregate.table, column, parents[start : start + _PARENTS], request, order, conditions
        )
        for record in await session.fetch(sql, *values):
            row = aggregate.row_type(**decode(TABLES[aggregate.table], record, session.dialect))
            found[getattr(row, column)].append(row)
    return {parent: page_of(rows, request, order) for parent, rows in found.items()}


def _select(
    scope: Scope,
    session: Session,
    table_name: str,
    column: str,
    parents: Sequence[Parent],
    request: PageRequest,
    order: Order,
    conditions: Sequence[Condition],
) -> tuple[str, list[object]]:
    """One limited select per parent: all of them joined, each by the index that a page of one parent takes."""
    table, parameters = TABLES[table_name], Parameters(session.dialect)
    size, backward = request.size
    down = " DESC" if order.descending != backward else ""
    by = ", ".join(f"{sort_expression(table, name)}{down}" for name in order.columns)
    where = f"{tenant_sql(scope, table, parameters)} AND {to_sql(All(tuple(conditions)), table, parameters)}"

    by_seller = of_one_seller(table, parents)

    def one(parent: str, seller: str) -> str:
        own = f"entity_id = {seller} AND {column} = {parent}" if by_seller else f"{column} = {parent}"
        return f"SELECT * FROM {table.name} WHERE {where} AND {own} ORDER BY {by} LIMIT {size + 1}"

    names = ", ".join(f"p.{name}" for name in table.columns)
    if session.dialect == "postgres":
        ids = parameters.add([parent.id for parent in parents])
        sellers = parameters.add([parent.entity_id for parent in parents])
        given = f"unnest({ids}::text[], {sellers}::text[]) AS parent(id, seller)"
        return f"SELECT {names} FROM {given}, LATERAL ({one('parent.id', 'parent.seller')}) p", parameters.values
    selects = [
        f"SELECT * FROM ({one(parameters.add(parent.id), parameters.add(parent.entity_id) if by_seller else '')})"
        for parent in parents
    ]
    return f"SELECT {names} FROM ({' UNION ALL '.join(selects)}) p", parameters.values


async def count_by(
    scope: Scope,
    session: Session,
    aggregate: Aggregate[Any],
    column: str,
    parents: Sequence[Parent],
    where: Condition | None,
) -> Mapping[str, int]:
    """How many rows name each of the parents in that column and match, by parent's id."""
    table, parameters = TABLES[aggregate.table], Parameters(session.dialect)
    tenant = tenant_sql(scope, table, parameters)
    match = to_sql(All((children(table, column, parents), *(() if where is None else (where,)))), table, parameters)
    rows = await session.fetch(
        f"SELECT {column} AS parent, count(*) AS n FROM {table.name} WHERE {tenant} AND {match} GROUP BY {column}",
        *parameters.values,
    )
    return {parent.id: 0 for parent in parents} | {str(row["parent"]): int(row["n"]) for row in rows}


def children(table: TableInfo, column: str, parents: Sequence[Parent]) -> Condition:
    """What holds of the rows that name one of the parents in that column; with the sellers, who lead every index."""
    ids = OneOf(column, sorted({parent.id for parent in parents}))
    if not of_one_seller(table, parents):
        return ids
    return All((OneOf("entity_id", sorted({str(parent.entity_id) for parent in parents})), ids))


def of_one_seller(table: TableInfo, parents: Sequence[Parent]) -> bool:
    """Whether a row of the table always belongs to the seller of the parent it names."""
    entity = table.columns.get("entity_id")
    return entity is not None and not entity.nullable and all(parent.entity_id is not None for parent in parents)
