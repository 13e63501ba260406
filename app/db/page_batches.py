"""Pages of the rows that belong to each of several others: one statement for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from app.db.aggregates import Aggregate
from app.db.paging import Order, Page, PageRequest, beyond, page_of
from app.db.query import tenant_sql
from app.db.tables import TABLES, decode
from app.db.transaction import Session
from app.db.where import All, Condition, Parameters, sort_expression, to_sql
from app.domain.scope import Scope

# SQLite's limit on the parts of a compound select is 500.
_PARENTS: Final = 400


async def fetch_pages(
    scope: Scope,
    session: Session,
    aggregate: Aggregate[Any],
    column: str,
    parents: Sequence[str],
    request: PageRequest,
    order: Order,
    where: Condition | None,
) -> dict[str, Page[Any]]:
    """The same page of the rows that name each of the parents in that column, by parent. Raises InvalidInput."""
    request = request.checked()
    conditions = [] if where is None else [where]
    conditions += await beyond(scope, session, aggregate, request, order)
    found: dict[str, list[Any]] = {parent: [] for parent in parents}
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
    parents: Sequence[str],
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

    def one(parent: str) -> str:
        return f"SELECT * FROM {table.name} WHERE {where} AND {column} = {parent} ORDER BY {by} LIMIT {size + 1}"

    names = ", ".join(f"p.{name}" for name in table.columns)
    if session.dialect == "postgres":
        given = parameters.add(list(parents))
        source = f"unnest({given}::text[]) AS parent(id), LATERAL ({one('parent.id')}) p"
        return f"SELECT {names} FROM {source}", parameters.values
    selects = [f"SELECT * FROM ({one(parameters.add(parent))})" for parent in parents]
    return f"SELECT {names} FROM ({' UNION ALL '.join(selects)}) p", parameters.values


async def count_by(
    scope: Scope,
    session: Session,
    aggregate: Aggregate[Any],
    column: str,
    parents: Sequence[str],
    where: Condition | None,
) -> Mapping[str, int]:
    """How many rows name each of the parents in that column and match, by parent."""
    table, parameters = TABLES[aggregate.table], Parameters(session.dialect)
    tenant = tenant_sql(scope, table, parameters)
    match = to_sql(All(() if where is None else (where,)), table, parameters)
    marks = ", ".join(parameters.add(parent) for parent in parents)
    rows = await session.fetch(
        f"SELECT {column} AS parent, count(*) AS n FROM {table.name}"
        f" WHERE {tenant} AND {column} IN ({marks}) AND {match} GROUP BY {column}",
        *parameters.values,
    )
    return dict.fromkeys(parents, 0) | {str(row["parent"]): int(row["n"]) for row in rows}
