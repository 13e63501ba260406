"""The frozen catalogue of tables, read off the Tortoise models once: names, columns, and how values travel.

PostgreSQL takes Python's own types; SQLite keeps instants, dates and decimals as text of fixed form, so that they
sort and compare. JSON is text in both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, Final, Literal

import orjson
from tortoise import fields
from tortoise.fields.data import CharEnumFieldInstance

from app.db.models import MODELS
from app.db.models.base import JsonTextField, PlainField
from app.db.models.base import Table as Model

Dialect = Literal["sqlite", "postgres"]
Row = Mapping[str, Any]


class Kind(StrEnum):
    """How a column's value is kept."""

    TEXT = "text"
    ENUM = "enum"
    INTEGER = "integer"
    BIGINT = "bigint"
    BOOLEAN = "boolean"
    DECIMAL = "decimal"
    DATE = "date"
    INSTANT = "instant"
    JSON = "json"
    BYTES = "bytes"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, kind, bounds and, for an enum, its type; `plain` text needs no escaping in JSON.

    `length` is the most characters of a text, or the decimal places of a decimal.
    """

    name: str
    kind: Kind
    nullable: bool
    length: int | None = None
    enum: type[StrEnum] | None = None
    default: object = None
    generated: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class TableInfo:
    """One table. `platform_id` scopes all but the registry, `entity_id` sellers' data besides."""

    name: str
    columns: Mapping[str, Column]
    primary_key: str
    model: type[Model]

    @property
    def has_platform(self) -> bool:
        """Whether its rows belong to a platform."""
        return "platform_id" in self.columns

    @property
    def entity_column(self) -> str | None:
        """The column that narrows it to one seller, if any."""
        if self.name == "entity":
            return "id"
        return "entity_id" if "entity_id" in self.columns else None


def _column(name: str, field: fields.Field[Any]) -> Column:
    kind, length, enum = _kind(field)
    default = field.default if not callable(field.default) else None
    generated, plain = bool(getattr(field, "generated", False)), isinstance(field, PlainField)
    return Column(name, kind, bool(field.null), length, enum, default, generated, plain)


def _kind(field: fields.Field[Any]) -> tuple[Kind, int | None, type[StrEnum] | None]:
    if isinstance(field, CharEnumFieldInstance):
        enum_type = field.enum_type
        if not issubclass(enum_type, StrEnum):
            raise TypeError(f"{enum_type.__name__} must be a StrEnum")
        return Kind.ENUM, None, enum_type
    for field_type, kind in _KINDS:
        if isinstance(field, field_type):
            bound = {Kind.TEXT: "max_length", Kind.DECIMAL: "decimal_places"}.get(kind)
            return kind, None if bound is None else getattr(field, bound, None), None
    raise TypeError(f"no column kind for {field!r}")


# The most specific class first.
_KINDS: Final[tuple[tuple[type[Any], Kind], ...]] = (
    (JsonTextField, Kind.JSON),
    (fields.CharField, Kind.TEXT),
    (fields.TextField, Kind.TEXT),
    (fields.BooleanField, Kind.BOOLEAN),
    (fields.BigIntField, Kind.BIGINT),
    (fields.IntField, Kind.INTEGER),
    (fields.DecimalField, Kind.DECIMAL),
    (fields.DatetimeField, Kind.INSTANT),
    (fields.DateField, Kind.DATE),
    (fields.BinaryField, Kind.BYTES),
)


def _table(model: type[Model]) -> TableInfo:
    columns = {name: _column(name, field) for name, field in model._meta.fields_map.items()}
    return TableInfo(str(model._meta.db_table), columns, model._meta.pk_attr, model)


TABLES: Final[Mapping[str, TableInfo]] = {str(model._meta.db_table): _table(model) for model in MODELS}


def format_instant(value: datetime) -> str:
    """The fixed-width text form of an instant, so that text order is time order."""
    if value.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f+00:00")


def dump_json(value: object) -> str:
    """JSON text with sorted keys; decimals as strings."""
    return orjson.dumps(value, default=_json_default, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS).decode()


def _json_default(value: object) -> object:
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"{type(value).__name__} has no JSON form")


_PLAIN: Final[Callable[[Any], Any]] = lambda value: value  # noqa: E731  # an identity that the tables below share

_ENCODE_SQLITE: Final[Mapping[Kind, Callable[[Any], Any]]] = {
    Kind.BOOLEAN: int,
    Kind.DECIMAL: lambda value: format(value, "f"),
    Kind.DATE: lambda value: value.isoformat(),
    Kind.INSTANT: format_instant,
    Kind.JSON: dump_json,
    Kind.ENUM: str,
}
_ENCODE_POSTGRES: Final[Mapping[Kind, Callable[[Any], Any]]] = {Kind.JSON: dump_json, Kind.ENUM: str}
_DECODE_SQLITE: Final[Mapping[Kind, Callable[[Any], Any]]] = {
    Kind.BOOLEAN: bool,
    Kind.DECIMAL: lambda value: Decimal(str(value)),
    Kind.DATE: date.fromisoformat,
    Kind.INSTANT: datetime.fromisoformat,
    Kind.JSON: orjson.loads,
}
_DECODE_TEXT: Final[Mapping[Kind, Callable[[Any], Any]]] = {
    Kind.DECIMAL: Decimal,
    Kind.DATE: date.fromisoformat,
    Kind.INSTANT: datetime.fromisoformat,
}
_DECODE_POSTGRES: Final[Mapping[Kind, Callable[[Any], Any]]] = {Kind.JSON: orjson.loads}


def encode(column: Column, value: object, dialect: Dialect) -> object:
    """`value` as the driver of that dialect wants it for that column."""
    if value is None:
        return None
    table = _ENCODE_SQLITE if dialect == "sqlite" else _ENCODE_POSTGRES
    return table.get(column.kind, _PLAIN)(value)


def decode(table: TableInfo, record: Mapping[str, Any], dialect: Dialect) -> dict[str, Any]:
    """A driver's record of that table as plain Python values; enums become members."""
    return {
        name: None if (value := record[name]) is None else convert(value)
        for name, convert in _decoders(table.name, dialect)
    }


def decode_value(column: Column, value: Any, dialect: Dialect) -> Any:
    """One value of that column, such as the least of several, as `decode` gives it; None stays None."""
    if value is None:
        return None
    by_kind = _DECODE_SQLITE if dialect == "sqlite" else _DECODE_POSTGRES
    return (column.enum or by_kind.get(column.kind, _PLAIN))(value)


def reader_of(column: Column) -> Callable[[Any], Any] | None:
    """What makes of a value of that column in a planned read's JSON (`app.db.read`) what `decode` gives; None: nothing.

    A null stays null.
    """
    return column.enum if column.enum is not None else _DECODE_TEXT.get(column.kind)


@cache
def _decoders(table_name: str, dialect: Dialect) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    by_kind = _DECODE_SQLITE if dialect == "sqlite" else _DECODE_POSTGRES
    return tuple(
        (name, column.enum if column.enum is not None else by_kind.get(column.kind, _PLAIN))
        for name, column in TABLES[table_name].columns.items()
    )
