"""What all tables have in common, and the small vocabulary in which they declare keys.

Tortoise's own `unique_together` and foreign keys know one column at a time; here every UNIQUE and every foreign key
starts with the tenant, so they are declared as tuples and `app.db.ddl` turns them into SQL for both dialects.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar

from tortoise import Model, fields

ID_LENGTH = 40


def id_column(*, pk: bool = False, null: bool = False) -> Any:
    """A public id (TypeID); compared bytewise (`COLLATE "C"`)."""
    return PlainField(ID_LENGTH, primary_key=True) if pk else PlainField(ID_LENGTH, **_nullable(null))


def code(length: int) -> Any:
    """A code of letters and digits, such as a currency's."""
    return PlainField(length)


def text(length: int, *, null: bool = False, default: str | None = None) -> Any:
    """Bounded text; the bound is checked by the service first and by the database last."""
    return fields.CharField(length, **_nullable(null), **_defaulting(default))


def choice(enum: type[StrEnum]) -> Any:
    """One of an enum's values, as text with a CHECK (native enums cannot use an index under row-level security)."""
    return fields.CharEnumField(enum, max_length=32)


def minor(*, null: bool = False, default: int | None = None) -> Any:
    """An amount in integer minor units."""
    return fields.BigIntField(**_nullable(null), **_defaulting(default))


def decimal(*, null: bool = False) -> Any:
    """A decimal with up to 6 places: a quantity, a unit price or a percentage."""
    return fields.DecimalField(max_digits=24, decimal_places=6, **_nullable(null))


def rate(*, null: bool = False) -> Any:
    """An exchange rate: units of a currency for one of another, with up to 12 places."""
    return fields.DecimalField(max_digits=24, decimal_places=12, **_nullable(null))


def document(*, null: bool = False, default: str | None = None) -> Any:
    """JSON kept as text, since jsonb would change the bytes; `default` is such a text."""
    return JsonTextField(**_nullable(null), **_defaulting(default))


def instant(*, null: bool = False) -> Any:
    """An instant in UTC with microseconds."""
    return fields.DatetimeField(**_nullable(null))


def _nullable(null: bool) -> Any:
    # Tortoise's overloads want a literal True or False.
    return {"null": null}


def _defaulting(default: str | int | None) -> Any:
    return {} if default is None else {"default": default}


class PlainField(fields.CharField[str]):
    """Text of letters, digits and `_` only, as the services make or check it: it needs no escaping in JSON."""


class JsonTextField(fields.TextField):
    """Text that holds JSON; encoded and decoded by `app.db.tables`."""


class Table(Model):
    """A table; `unique`, `references` and `indexes` complete what Tortoise's fields say."""

    # Each a tuple of column names, the tenant first. `(columns, condition)` makes a partial one: an index.
    unique: ClassVar[tuple[Any, ...]] = ()
    indexes: ClassVar[tuple[Any, ...]] = ()
    # (columns, table, its columns): composite foreign keys.
    references: ClassVar[tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...]] = ()
    checks: ClassVar[tuple[str, ...]] = ()
    # Whether the database refuses to change and to delete what was once added.
    append_only: ClassVar[bool] = False

    class Meta:
        abstract = True


class PlatformTable(Table):
    """Data of one platform, some of it of one entity; under row-level security by `platform_id`."""

    platform_id = id_column()

    class Meta:
        abstract = True


ENTITY_KEY = (("platform_id", "entity_id"), "entity", ("platform_id", "id"))
PLATFORM_KEY = (("platform_id",), "platform", ("id",))
