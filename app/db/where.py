"""Conditions as plain data, and their SQL. Values travel as parameters, column names come from the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.db.tables import TABLES, Column, Dialect, Kind, TableInfo, encode
from app.domain.scope import Scope


@dataclass(frozen=True, slots=True)
class Eq:
    """The column equals the value; None means IS NULL."""

    column: str
    value: object


@dataclass(frozen=True, slots=True)
class OneOf:
    """The column is one of the values; no values match nothing."""

    column: str
    values: Sequence[object]


@dataclass(frozen=True, slots=True)
class Compare:
    """`column op value`, with one of the operators <, <=, >, >=, <>."""

    column: str
    operator: str
    value: object


@dataclass(frozen=True, slots=True)
class IsNull:
    """The column is null, or is not."""

    column: str
    null: bool = True


@dataclass(frozen=True, slots=True)
class Contains:
    """Any of the text columns contains the text, ASCII case ignored; wildcards in it are literal."""

    columns: Sequence[str]
    text: str


@dataclass(frozen=True, slots=True)
class After:
    """The row comes after `values` in the order of `columns`, all in one direction (a keyset)."""

    columns: Sequence[str]
    values: Sequence[object]
    descending: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """Another table has a row inside the scope that names the row's id in `column` and of which `part` holds."""

    scope: Scope
    table: str
    column: str
    part: Condition


@dataclass(frozen=True, slots=True)
class Any_:
    """At least one holds; none of none."""

    parts: Sequence[Condition]


@dataclass(frozen=True, slots=True)
class All:
    """All hold; all of none is true."""

    parts: Sequence[Condition]


Condition = Eq | OneOf | Compare | IsNull | Contains | After | Beside | Any_ | All
OPERATORS: Final = frozenset({"<", "<=", ">", ">=", "<>"})


# What a table inside a condition goes by; no statement has as many tables.
_INNER: Final = "t9999"
FAR_FUTURE: Final = date(9999, 12, 31)


def sort_expression(table: TableInfo, name: str, *, alias: str = "") -> str:
    """What sorts by a column: a missing date sorts as the far future, so that keysets need not know of nulls."""
    column, qualified = table.columns[name], f"{alias}.{name}" if alias else name
    if column.nullable and column.kind is Kind.DATE:
        return f"coalesce({qualified}, '{FAR_FUTURE}')"
    return qualified


class Parameters:
    """Collects values and hands out `$1`, `$2`, … for them."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.values: list[object] = []

    def add(self, value: object) -> str:
        """The placeholder of a value that the driver takes as it is."""
        self.values.append(value)
        return f"${len(self.values)}"

    def again(self, value: object) -> str:
        """The placeholder that the value has already, or a new one."""
        return f"${self.values.index(value) + 1}" if value in self.values else self.add(value)

    def of(self, column: Column, value: object) -> str:
        """The placeholder of a value of that column."""
        return self.add(encode(column, value, self.dialect))


def to_sql(condition: Condition, table: TableInfo, parameters: Parameters) -> str:
    """The condition as SQL over that table's columns, its values added to `parameters`."""
    return _WRITERS[type(condition)](condition, table, parameters)


def _eq(condition: Eq, table: TableInfo, parameters: Parameters) -> str:
    column = table.columns[condition.column]
    if condition.value is None:
        return f"{column.name} IS NULL"
    if not _storable(condition.value):
        return "FALSE"
    return f"{column.name} = {parameters.of(column, condition.value)}"


def _in(condition: OneOf, table: TableInfo, parameters: Parameters) -> str:
    return _one_of(table.columns[condition.column], condition.values, parameters)


def _compare(condition: Compare, table: TableInfo, parameters: Parameters) -> str:
    if condition.operator not in OPERATORS:
        raise ValueError(condition.operator)
    column = table.columns[condition.column]
    return f"{column.name} {condition.operator} {parameters.of(column, condition.value)}"


def _is_null(condition: IsNull, table: TableInfo, parameters: Parameters) -> str:
    return f"{table.columns[condition.column].name} IS {'' if condition.null else 'NOT '}NULL"


def _containing(condition: Contains, table: TableInfo, parameters: Parameters) -> str:
    if not _storable(condition.text):
        return "FALSE"
    return _contains([table.columns[name] for name in condition.columns], condition.text, parameters)


def _after(condition: After, table: TableInfo, parameters: Parameters) -> str:
    pairs = zip(condition.columns, condition.values, strict=True)
    marks = ", ".join([_mark(table.columns[name], value, parameters) for name, value in pairs])
    sorts = ", ".join([sort_expression(table, name) for name in condition.columns])
    return f"({sorts}) {'<' if condition.descending else '>'} ({marks})"


def _beside(condition: Beside, table: TableInfo, parameters: Parameters) -> str:
    there, scope = TABLES[condition.table], condition.scope
    tenant = f"{_INNER}.platform_id = {parameters.again(scope.platform_id)}"
    if scope.entity_id is not None and there.entity_column is not None:
        tenant += f" AND {_INNER}.{there.entity_column} = {parameters.again(scope.entity_id)}"
    part = to_sql(condition.part, there, parameters)
    found = f"SELECT {_INNER}.{condition.column} FROM {condition.table} {_INNER} WHERE {tenant} AND {part}"
    return f"{table.primary_key} IN ({found})"


def _any(condition: Any_, table: TableInfo, parameters: Parameters) -> str:
    parts = [to_sql(part, table, parameters) for part in condition.parts]
    return f"({' OR '.join(parts)})" if parts else "FALSE"


def _all(condition: All, table: TableInfo, parameters: Parameters) -> str:
    parts = [to_sql(part, table, parameters) for part in condition.parts]
    return f"({' AND '.join(parts)})" if parts else "TRUE"


_WRITERS: Final[dict[type[Any], Callable[[Any, TableInfo, Parameters], str]]] = {
    Eq: _eq,
    OneOf: _in,
    Compare: _compare,
    IsNull: _is_null,
    Contains: _containing,
    After: _after,
    Beside: _beside,
    Any_: _any,
    All: _all,
}


def _mark(column: Column, value: object, parameters: Parameters) -> str:
    # asyncpg would send the last day of the calendar as infinity, after which no row comes.
    return f"'{FAR_FUTURE}'" if value == FAR_FUTURE else parameters.of(column, value)


def _storable(value: object) -> bool:
    """Whether a column can hold it: PostgreSQL's text has no NUL, so a text with one equals nothing."""
    return not (isinstance(value, str) and "\x00" in value)


def _one_of(column: Column, values: Sequence[Any], parameters: Parameters) -> str:
    values = [value for value in values if _storable(value)]
    if not values:
        return "FALSE"
    encoded = [encode(column, value, parameters.dialect) for value in values]
    if parameters.dialect == "postgres" and column.kind in (Kind.TEXT, Kind.ENUM):
        # One array parameter, so that the statement's text does not depend on how many there are.
        return f"{column.name} = ANY({parameters.add(encoded)}::text[])"
    return f"{column.name} IN ({', '.join(parameters.add(value) for value in encoded)})"


def _contains(columns: Sequence[Column], text: str, parameters: Parameters) -> str:
    escaped = text.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    mark = parameters.add(f"%{escaped}%")
    return "(" + " OR ".join(f"lower({column.name}) LIKE {mark} ESCAPE '\\'" for column in columns) + ")"
