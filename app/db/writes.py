"""Inserts and changes of many rows of several tables, on PostgreSQL all of them in one statement.

On PostgreSQL every column travels as one value, so that a statement's text does not depend on the number of rows, and
the parts of one write are the CTEs of one statement: a batch costs one round trip, whatever it changes. That value is
a text that PostgreSQL splits: the driver looks at every element of an array several times, which costs more than all
else that is done to write a row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from operator import attrgetter
from typing import Any, Final

from app.db.query import tenant_sql
from app.db.records import field_names, values_of
from app.db.tables import TABLES, Column, Dialect, Kind, TableInfo, dump_json, encode
from app.db.transaction import Session
from app.db.where import Parameters
from app.domain.errors import VersionConflict
from app.domain.scope import Scope

# How many bound values one statement may carry on SQLite, whose default limit is 32,766.
_MAX_VALUES: Final = 30_000


@dataclass(frozen=True, slots=True)
class Insert:
    """New rows of one table, of the scope's platform and seller; with `platform_wide`, of any seller or none."""

    table: str
    names: Sequence[str]
    rows: Sequence[Sequence[Any]]
    platform_wide: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """New values of the same columns of several rows, each named by its `id`; at most one change of a row.

    With `versions`, a row is changed only while it still has that version.
    """

    table: str
    names: Sequence[str]
    rows: Sequence[Sequence[Any]]
    versions: Sequence[int] | None = None


def inserting(table: str, rows: Sequence[Any]) -> Insert:
    """Row objects of that table as an insert."""
    kind: Any = type(rows[0]) if rows else None
    return Insert(table, field_names(kind) if rows else (), [values_of(row) for row in rows])


def changing(table: str, names: Sequence[str], rows: Sequence[Any], versions: Sequence[int] | None = None) -> Change:
    """Those columns of row objects as a change; `names` begins with `id`."""
    values = attrgetter(*names)
    return Change(table, names, [values(row) for row in rows], versions)


async def write(scope: Scope, session: Session, writes: Sequence[Insert | Change]) -> None:
    """Carries out the writes, each touching rows in id order where it changes them. No row may occur in two of them.

    Raises VersionConflict when a row to be changed was not there (or had another version), so that the transaction
    fails whole, and PermissionError for a row outside the scope.
    """
    writes = [part for part in writes if part.rows]
    for part in writes:
        if isinstance(part, Insert):
            _check_tenant(scope, TABLES[part.table], part)
    if not writes:
        return
    if session.dialect == "postgres":
        changed = await _write_at_once(scope, session, writes)
    else:
        writes = await _lines_first(session, writes)
        changed = [await _write_chunks(scope, session, part) for part in writes]
    for part, count in zip(writes, changed, strict=True):
        if isinstance(part, Change) and count != len(part.rows):
            raise VersionConflict("an object changed in the meantime; read it again")


def _check_tenant(scope: Scope, table: TableInfo, part: Insert) -> None:
    if "platform_id" in part.names:
        at = part.names.index("platform_id")
        if any(row[at] != scope.platform_id for row in part.rows):
            raise PermissionError("a row of another platform")
    # The database cannot know a seller's key from an operator's; this does.
    if scope.entity_id is None or table.entity_column is None or part.platform_wide:
        return
    at = part.names.index(table.entity_column)
    if any(row[at] != scope.entity_id for row in part.rows):
        raise PermissionError("a seller's scope writes its own rows only")


async def _write_at_once(scope: Scope, session: Session, writes: Sequence[Insert | Change]) -> Sequence[int]:
    values: list[object] = []
    parts = [_statement(scope, part, values) for part in writes]
    if len(parts) == 1:
        return [await session.execute(parts[0], *values)]
    named = ", ".join(f"w{i} AS ({sql} RETURNING 1)" for i, sql in enumerate(parts))
    counts = ", ".join(f"(SELECT count(*) FROM w{i}) AS w{i}" for i in range(len(parts)))
    (record,) = await session.fetch(f"WITH {named} SELECT {counts}", *values)
    return list(record.values())


def _statement(scope: Scope, part: Insert | Change, values: list[object]) -> str:
    """The statement of a part; its values are added to those of the parts before."""
    first = len(values) + 1
    table, names, rows = TABLES[part.table], tuple(part.names), part.rows
    versions: list[int] | None = None
    if isinstance(part, Change):
        rows, versions = _in_id_order(part)
        values.append(scope.platform_id)
    elif table.has_platform and "platform_id" not in names:
        names, rows = (*names, "platform_id"), [(*row, scope.platform_id) for row in rows]
    narrowed = isinstance(part, Change) and scope.entity_id is not None and table.entity_column is not None
    if narrowed:
        values.append(scope.entity_id)
    travels = []
    for name, column in zip(names, zip(*rows, strict=True), strict=True):
        if name in _OFTEN_SAME and column.count(column[0]) == len(column):
            travels.append(_ONE)
            values.append(column[0])
            continue
        kind = table.columns[name].kind
        written = column if kind is not Kind.JSON else [None if value is None else dump_json(value) for value in column]
        text = _joined(kind, written)
        travels.append(_ARRAY if text is None else _TEXT)
        values.append(written if text is None else text)
    if isinstance(part, Insert):
        return _insert_sql(table.name, names, tuple(travels), first)
    if versions is not None:
        values.append(versions)
    return _change_sql(table.name, names, tuple(travels), first, narrowed, versions is not None)


def _joined(kind: Kind, column: Sequence[Any]) -> str | None:
    """The values of a column in one text that PostgreSQL splits; None where that could not tell them apart."""
    if kind not in _SPLIT:
        return None
    texts: Sequence[Any] = column if kind in _AS_THEY_ARE else [None if v is None else str(v) for v in column]
    nulls = texts.count(None)
    text = _BETWEEN.join([_NULL if value is None else value for value in texts] if nulls else texts)
    # An empty text would be no value at all, and no value may contain what stands between values.
    if not text or text.count(_BETWEEN) != len(column) - 1 or text.count(_NULL) != nulls:
        return None
    return text


@lru_cache(maxsize=1_024)
def _insert_sql(table_name: str, names: tuple[str, ...], travels: tuple[str, ...], first: int) -> str:
    given, values = _given(table_name, names, travels, first, guarded=False)
    return f"INSERT INTO {table_name} ({', '.join(names)}) SELECT {', '.join(values.values())} FROM {given}"


@lru_cache(maxsize=1_024)
def _change_sql(
    table_name: str, names: tuple[str, ...], travels: tuple[str, ...], first: int, narrowed: bool, guarded: bool
) -> str:
    table = TABLES[table_name]
    tenant = f"{table_name}.platform_id = ${first}"
    if narrowed:
        tenant += f" AND {table_name}.{table.entity_column} = ${first + 1}"
    first += 2 if narrowed else 1
    given, values = _given(table_name, names, travels, first, guarded=guarded)
    assignments = ", ".join(f"{name} = {value}" for name, value in values.items() if name != "id")
    guard = f" AND {table_name}.version = given.guard" if guarded else ""
    # The same ids as a plain condition: the planner has no notion of how few rows `given` has.
    at = names.index("id")
    ids = f"{table_name}.id = ANY({_array(first + at, 'text', travels[at])})"
    return (
        f"UPDATE {table_name} SET {assignments} FROM {given}"
        f" WHERE {tenant} AND {ids} AND {table_name}.id = given.id{guard}"
    )


def _given(
    table_name: str, names: Sequence[str], travels: Sequence[str], first: int, *, guarded: bool
) -> tuple[str, dict[str, str]]:
    """PostgreSQL's rows out of one parameter per column, and how each column's value is written."""
    columns, arrays, values = TABLES[table_name].columns, dict[str, str](), dict[str, str]()
    for number, (name, how) in enumerate(zip(names, travels, strict=True), first):
        kind = _TYPES[columns[name].kind]
        if how == _ONE:
            values[name] = f"${number}::{kind}"
        else:
            arrays[name], values[name] = _array(number, kind, how), f"given.{name}"
    if guarded:
        arrays["guard"] = f"${first + len(names)}::bigint[]"
    return f"unnest({', '.join(arrays.values())}) AS given({', '.join(arrays)})", values


def _array(number: int, kind: str, how: str) -> str:
    """PostgreSQL's array out of the parameter with that number."""
    if how == _ARRAY:
        return f"${number}::{kind}[]"
    split = f"string_to_array(${number}::text, E'\\x1f', E'\\x1e')"
    return split if kind == "text" else f"{split}::{kind}[]"


def _in_id_order(part: Change) -> tuple[Sequence[Sequence[Any]], list[int] | None]:
    """Rows are locked in the order in which they are changed: always the same one, so that no two wait in a circle."""
    at = part.names.index("id")
    order = sorted(range(len(part.rows)), key=lambda i: str(part.rows[i][at]))
    rows = [part.rows[i] for i in order]
    return rows, None if part.versions is None else [part.versions[i] for i in order]


async def _lines_first(session: Session, writes: Sequence[Insert | Change]) -> Sequence[Insert | Change]:
    """SQLite's writes with lines before their documents: a document that is finalized takes no lines any more.

    Lines of a new document then wait for it until the transaction ends.
    """
    lines = [part for part in writes if part.table == "invoice_line"]
    if not lines or len(lines) == len(writes):
        return writes
    if any(isinstance(part, Insert) for part in lines):
        await session.execute("PRAGMA defer_foreign_keys = ON")
    return [*lines, *(part for part in writes if part.table != "invoice_line")]


async def _write_chunks(scope: Scope, session: Session, part: Insert | Change) -> int:
    size = max(1, _MAX_VALUES // (len(part.names) + 2))
    done = 0
    for start in range(0, len(part.rows), size):
        if isinstance(part, Insert):
            done += await _insert_chunk(scope, session, Insert(part.table, part.names, part.rows[start : start + size]))
        else:
            versions = None if part.versions is None else part.versions[start : start + size]
            chunk = Change(part.table, part.names, part.rows[start : start + size], versions)
            done += await _change_chunk(scope, session, chunk)
    return done


async def _insert_chunk(scope: Scope, session: Session, part: Insert) -> int:
    table = TABLES[part.table]
    parameters = Parameters(session.dialect)
    converters = [_sqlite_converter(table.columns[name]) for name in part.names]
    names = list(part.names)
    platform = table.has_platform and "platform_id" not in names
    groups = []
    for row in part.rows:
        marks = [parameters.add(convert(value)) for convert, value in zip(converters, row, strict=True)]
        groups.append(f"({', '.join([*marks, *([parameters.add(scope.platform_id)] if platform else [])])})")
    names += ["platform_id"] if platform else []
    sql = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES {', '.join(groups)}"
    return await session.execute(sql, *parameters.values)


async def _change_chunk(scope: Scope, session: Session, part: Change) -> int:
    table = TABLES[part.table]
    parameters = Parameters(session.dialect)
    tenant = tenant_sql(scope, table, parameters, alias=table.name)
    converters = [_sqlite_converter(table.columns[name]) for name in part.names]
    versions = part.versions or [0] * len(part.rows)
    groups = []
    for row, version in zip(part.rows, versions, strict=True):
        marks = [parameters.add(convert(value)) for convert, value in zip(converters, row, strict=True)]
        groups.append(f"({', '.join([*marks, parameters.add(version)])})")
    given = ", ".join(f"column{i} AS {name}" for i, name in enumerate([*part.names, "guard"], 1))
    assignments = ", ".join(f"{name} = given.{name}" for name in part.names if name != "id")
    guard = "" if part.versions is None else f" AND {table.name}.version = given.guard"
    sql = (
        f"UPDATE {table.name} SET {assignments} FROM (SELECT {given} FROM (VALUES {', '.join(groups)})) AS given"
        f" WHERE {tenant} AND {table.name}.id = given.id{guard}"
    )
    return await session.execute(sql, *parameters.values)


@cache
def _sqlite_converter(column: Column) -> Callable[[Any], Any]:
    return partial(encode, column, dialect=_SQLITE)


_SQLITE: Final[Dialect] = "sqlite"
# Columns that mostly have one value in all rows of a write: it travels once then.
_OFTEN_SAME: Final = frozenset({"platform_id", "created_at", "updated_at", "finalized_at", "occurred_at"})
# How the values of a column travel: as one for all rows, as one text that is split, or as an array.
_ONE, _TEXT, _ARRAY = "one", "text", "array"
_BETWEEN, _NULL = "\x1f", "\x1e"
_AS_THEY_ARE: Final = frozenset({Kind.TEXT, Kind.ENUM, Kind.JSON})
_SPLIT: Final = _AS_THEY_ARE | {Kind.INTEGER, Kind.BIGINT, Kind.BOOLEAN, Kind.DECIMAL, Kind.DATE}
_TYPES: Final = {
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
