"""The statements that every table needs, with the tenant in each of them.

These are the only functions that write FROM, INSERT and UPDATE for whole rows; special statements (locks, claims,
reports) stand beside the aggregate they belong to and take the same tenant predicate from `tenant_sql`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from app.db.tables import TABLES, Column, Kind, TableInfo, decode, encode
from app.db.transaction import Session
from app.db.where import Condition, Parameters, sort_expression, to_sql
from app.domain.errors import VersionConflict
from app.domain.scope import Scope

# How many bound values one statement may carry; PostgreSQL's protocol ends at 65,535, SQLite's default at 32,766.
_MAX_VALUES = 30_000


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
    lock: bool = False,
) -> list[dict[str, Any]]:
    """Rows of one table inside the scope, at most `limit`. `order` is (column, descending).

    `lock` takes the rows' locks in the order given (PostgreSQL: FOR NO KEY UPDATE; on SQLite a writer is alone anyway).
    """
    table = TABLES[table_name]
    parameters = Parameters(session.dialect)
    sql = f"SELECT {', '.join(table.columns)} FROM {table.name} WHERE {tenant_sql(scope, table, parameters)}"
    if where is not None:
        sql += f" AND {to_sql(where, table, parameters)}"
    if order:
        sql += " ORDER BY " + ", ".join(
            f"{sort_expression(table, name)}{' DESC' if down else ''}" for name, down in order
        )
    sql += f" LIMIT {parameters.add(limit)}"
    if lock and session.dialect == "postgres":
        sql += " FOR NO KEY UPDATE"
    return [decode(table, record, session.dialect) for record in await session.fetch(sql, *parameters.values)]


async def count(scope: Scope, session: Session, table_name: str, where: Condition | None = None) -> int:
    """How many rows of the table are inside the scope and match."""
    table = TABLES[table_name]
    parameters = Parameters(session.dialect)
    sql = f"SELECT count(*) AS n FROM {table.name} WHERE {tenant_sql(scope, table, parameters)}"
    if where is not None:
        sql += f" AND {to_sql(where, table, parameters)}"
    rows = await session.fetch(sql, *parameters.values)
    return int(rows[0]["n"])


async def insert(scope: Scope, session: Session, table_name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts rows with equal keys, in as few statements as the drivers' limits allow. The platform is the scope's."""
    table = TABLES[table_name]
    if not rows:
        return
    names = ["platform_id", *rows[0]] if table.has_platform else list(rows[0])
    columns = [table.columns[name] for name in names]
    _check_entity(scope, table, rows)
    if session.dialect == "postgres":
        # One array per column: the statement's text is the same for any number of rows.
        given = [{"platform_id": scope.platform_id, **row} for row in rows] if table.has_platform else rows
        arrays = [[encode(column, row[column.name], "postgres") for row in given] for column in columns]
        await session.execute(
            f"INSERT INTO {table.name} ({', '.join(names)}) SELECT * FROM {_unnest(columns, first=1)}", *arrays
        )
        return
    size = max(1, _MAX_VALUES // len(names))
    for start in range(0, len(rows), size):
        chunk = rows[start : start + size]
        parameters = Parameters(session.dialect)
        groups = []
        for row in chunk:
            values = (scope.platform_id, *row.values()) if table.has_platform else tuple(row.values())
            marks = [
                parameters.add(encode(column, value, session.dialect))
                for column, value in zip(columns, values, strict=True)
            ]
            groups.append(f"({', '.join(marks)})")
        await session.execute(
            f"INSERT INTO {table.name} ({', '.join(names)}) VALUES {', '.join(groups)}", *parameters.values
        )


def _check_entity(scope: Scope, table: TableInfo, rows: Sequence[Mapping[str, Any]]) -> None:
    # The database cannot know a seller's key from an operator's; this line does.
    if scope.entity_id is None or table.entity_column is None:
        return
    if any(row.get(table.entity_column) != scope.entity_id for row in rows):
        raise PermissionError("a seller's scope writes its own rows only")


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


async def update_many(
    scope: Scope,
    session: Session,
    table_name: str,
    rows: Sequence[Mapping[str, Any]],
    *,
    versions: Sequence[int] | None = None,
) -> None:
    """Changes rows by id, all with the same columns, in id order; with `versions`, only those that still have them.

    Raises VersionConflict when one was not there, so that the transaction fails whole.
    """
    if not rows:
        return
    table = TABLES[table_name]
    columns = [table.columns[name] for name in rows[0]]
    guards = [0] * len(rows) if versions is None else list(versions)
    # Rows are locked in the order in which they are changed: always the same one.
    pairs = sorted(zip(rows, guards, strict=True), key=lambda pair: str(pair[0]["id"]))
    changed = await _update_chunks(scope, session, table, columns, pairs, guarded=versions is not None)
    if changed != len(rows):
        raise VersionConflict("an object changed in the meantime; read it again")


async def _update_chunks(
    scope: Scope,
    session: Session,
    table: TableInfo,
    columns: Sequence[Column],
    pairs: Sequence[tuple[Mapping[str, Any], int]],
    *,
    guarded: bool,
) -> int:
    names = [column.name for column in columns]
    assignments = ", ".join(f"{name} = given.{name}" for name in names if name != "id")
    tail = f" AND {table.name}.id = given.id" + (f" AND {table.name}.version = given.guard" if guarded else "")
    size = len(pairs) if session.dialect == "postgres" else max(1, _MAX_VALUES // (len(names) + 1))
    changed = 0
    for start in range(0, len(pairs), size):
        chunk = pairs[start : start + size]
        parameters = Parameters(session.dialect)
        tenant = tenant_sql(scope, table, parameters, alias=table.name)
        if session.dialect == "postgres":
            first = len(parameters.values) + 1
            given = _unnest([*columns, _GUARD], first=first) + f" AS given({', '.join(names)}, guard)"
            for column in columns:
                parameters.add([encode(column, row[column.name], "postgres") for row, _ in chunk])
            parameters.add([guard for _, guard in chunk])
            # The same ids as a plain condition: the planner has no notion of how few rows `given` has.
            tenant += f" AND {table.name}.id = ANY(${first + names.index('id')}::text[])"
        else:
            groups = []
            for row, guard in chunk:
                marks = [parameters.of(column, row[column.name]) for column in columns]
                groups.append(f"({', '.join([*marks, parameters.add(guard)])})")
            fields = ", ".join(f"column{i} AS {name}" for i, name in enumerate([*names, "guard"], 1))
            given = f"(SELECT {fields} FROM (VALUES {', '.join(groups)})) AS given"
        sql = f"UPDATE {table.name} SET {assignments} FROM {given} WHERE {tenant}{tail}"
        changed += await session.execute(sql, *parameters.values)
    return changed


_GUARD: Final = Column("guard", Kind.BIGINT, nullable=False)
_ARRAYS: Final = {
    Kind.TEXT: "text",
    Kind.ENUM: "text",
    Kind.JSON: "text",
    Kind.INTEGER: "int",
    Kind.BIGINT: "bigint",
    Kind.BOOLEAN: "boolean",
    Kind.DECIMAL: "numeric",
    Kind.DATE: "date",
    Kind.INSTANT: "timestamptz",
    Kind.BYTES: "bytea",
}


def _unnest(columns: Sequence[Column], *, first: int) -> str:
    """PostgreSQL's rows out of one array parameter per column, numbered from `first`."""
    arrays = ", ".join(f"${i}::{_ARRAYS[column.kind]}[]" for i, column in enumerate(columns, first))
    return f"unnest({arrays})"


async def delete(scope: Scope, session: Session, table_name: str, where: Condition) -> int:
    """Deletes rows inside the scope that match; how many."""
    table = TABLES[table_name]
    parameters = Parameters(session.dialect)
    tenant = tenant_sql(scope, table, parameters)
    sql = f"DELETE FROM {table.name} WHERE {tenant} AND {to_sql(where, table, parameters)}"
    return await session.execute(sql, *parameters.values)
