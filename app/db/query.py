"""The statements that every table needs, with the tenant in each of them.

These and `writes` are the only functions that write FROM, INSERT and UPDATE for whole rows; special statements (locks,
claims, reports) stand beside the aggregate they belong to and take the same tenant predicate from `tenant_sql`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Final, TypeVar

import orjson

from app.db.records import field_names, maker
from app.db.tables import TABLES, Dialect, Kind, TableInfo, decode
from app.db.transaction import Session
from app.db.where import Condition, Parameters, sort_expression, to_sql
from app.domain.scope import Scope

R = TypeVar("R")


def tenant_sql(scope: Scope, table: TableInfo, parameters: Parameters, *, alias: str = "") -> str:
    """The predicate that keeps a statement inside the scope: the platform, and the entity for a seller's key."""
    if not isinstance(scope, Scope):
        raise TypeError("a query needs a Scope")
    prefix = f"{alias}." if alias else ""
    sql = f"{prefix}platform_id = {parameters.add(scope.platform_id)}"
    if scope.entity_id is not None and table.entity_column is not None:
        sql += f" AND {prefix}{table.entity_column} = {parameters.add(scope.entity_id)}"
    return sql


async def select(
    scope: Scope,
    session: Session,
    table_name: str,
    where: Condition | None = None,
    *,
    order: Sequence[tuple[str, bool]] = (),
    limit: int,
    lock: str = "",
) -> list[dict[str, Any]]:
    """Rows of one table inside the scope, at most `limit`. `order` is (column, descending).

    `lock` takes the rows' locks in the order given, on PostgreSQL by that clause (on SQLite a writer is alone anyway).
    """
    table = TABLES[table_name]
    sql, parameters = _select(scope, session, table, tuple(table.columns), where, order, limit, lock)
    return [decode(table, record, session.dialect) for record in await session.fetch(sql, *parameters.values)]


async def select_rows(
    scope: Scope,
    session: Session,
    table_name: str,
    row_type: type[R],
    where: Condition | None = None,
    *,
    order: Sequence[tuple[str, bool]] = (),
    limit: int,
    lock: str = "",
) -> list[R]:
    """What `select` finds, as rows of that type, whose fields are columns."""
    table = TABLES[table_name]
    sql, parameters = _select(scope, session, table, row_names(row_type), where, order, limit, lock)
    return rows_of(table, row_type, await session.fetch(sql, *parameters.values), session.dialect)


def row_names(row_type: Any) -> tuple[str, ...]:
    """The columns that `rows_of` expects of a record, in their order."""
    return field_names(row_type)


def rows_of(table: TableInfo, row_type: Any, records: Sequence[Mapping[str, Any]], dialect: Dialect) -> list[Any]:
    """A driver's records of a table as rows; the columns are `row_names`."""
    names, make = field_names(row_type), maker(row_type)
    if dialect == "sqlite":
        decoded = (decode(table, record, dialect) for record in records)
        return [make([row[name] for name in names]) for row in decoded]
    readers = _readers(table.name, row_type)
    found = []
    for record in records:
        values = list(record.values())
        for place, read in readers:
            if values[place] is not None:
                values[place] = read(values[place])
        found.append(make(values))
    return found


@cache
def _readers(table_name: str, row_type: Any) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    """The places of the values that PostgreSQL's driver does not give as rows have them, and what makes them so."""
    readers: list[tuple[int, Callable[[Any], Any]]] = []
    for place, name in enumerate(field_names(row_type)):
        column = TABLES[table_name].columns[name]
        if column.enum is not None:
            readers.append((place, {member.value: member for member in column.enum}.__getitem__))
        elif column.kind is Kind.JSON:
            readers.append((place, _parsed_once if (table_name, name) in _OFTEN_SAME else orjson.loads))
    return tuple(readers)


# JSON of many rows that says the same. Who reads rows changes nothing inside them.
_OFTEN_SAME: Final = frozenset({("invoice_line", "supply"), ("invoice_line", "decision")})
_parsed_once: Final = lru_cache(maxsize=4_096)(orjson.loads)


def _select(
    scope: Scope,
    session: Session,
    table: TableInfo,
    names: Sequence[str],
    where: Condition | None,
    order: Sequence[tuple[str, bool]],
    limit: int,
    lock: str,
) -> tuple[str, Parameters]:
    parameters = Parameters(session.dialect)
    sql = f"SELECT {', '.join(names)} FROM {table.name} WHERE {tenant_sql(scope, table, parameters)}"
    if where is not None:
        sql += f" AND {to_sql(where, table, parameters)}"
    if order:
        sql += " ORDER BY " + ", ".join(
            f"{sort_expression(table, name)}{' DESC' if down else ''}" for name, down in order
        )
    sql += f" LIMIT {parameters.add(limit)}"
    if lock and session.dialect == "postgres":
        sql += f" {lock}"
    return sql, parameters


async def count(scope: Scope, session: Session, table_name: str, where: Condition | None = None) -> int:
    """How many rows of the table are inside the scope and match."""
    table = TABLES[table_name]
    parameters = Parameters(session.dialect)
    sql = f"SELECT count(*) AS n FROM {table.name} WHERE {tenant_sql(scope, table, parameters)}"
    if where is not None:
        sql += f" AND {to_sql(where, table, parameters)}"
    rows = await session.fetch(sql, *parameters.values)
    return int(rows[0]["n"])


async def update(
    scope: Scope,
    session: Session,
    table_name: str,
    row_id: str,
    values: Mapping[str, Any],
    *,
    where: Condition | None = None,
) -> bool:
    """Changes columns of one row inside the scope; whether it was there (and matched `where`)."""
    table = TABLES[table_name]
    parameters = Parameters(session.dialect)
    assignments = ", ".join(f"{name} = {parameters.of(table.columns[name], value)}" for name, value in values.items())
    sql = f"UPDATE {table.name} SET {assignments} WHERE {tenant_sql(scope, table, parameters)}"
    sql += f" AND {table.primary_key} = {parameters.add(row_id)}"
    if where is not None:
        sql += f" AND {to_sql(where, table, parameters)}"
    return await session.execute(sql, *parameters.values) > 0


async def delete(scope: Scope, session: Session, table_name: str, where: Condition) -> int:
    """Deletes rows inside the scope that match; how many."""
    table = TABLES[table_name]
    parameters = Parameters(session.dialect)
    tenant = tenant_sql(scope, table, parameters)
    sql = f"DELETE FROM {table.name} WHERE {tenant} AND {to_sql(where, table, parameters)}"
    return await session.execute(sql, *parameters.values)
