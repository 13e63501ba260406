"""Plain JSON data as the frozen inputs of the use cases, by their type annotations, with errors that name the field."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Hashable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from app.domain.errors import InvalidInput
from app.services.inputs import EnteredLine, Unset

T = TypeVar("T")
Path = tuple[str | int, ...]


def from_plain(kind: type[T], value: object, path: Path = ()) -> T:
    """An input from an object with camel-case keys. Raises InvalidInput naming what is unknown, missing or wrong."""
    if not isinstance(value, Mapping):
        raise InvalidInput("must be an object", field=path)
    hints = _hints(cast(Hashable, kind))
    names = {_camel(name): name for name in hints}
    values: dict[str, Any] = {}
    for key, item in value.items():
        if key not in names:
            raise InvalidInput(f"is not known; there are {', '.join(sorted(names))}", field=(*path, str(key)))
        values[names[key]] = _convert(hints[names[key]], item, (*path, key))
    # Without an item a line has nothing to take its description and price from.
    whole = kind is EnteredLine and values.get("item_id") is None
    for field in dataclasses.fields(kind):  # type: ignore[arg-type]  # inputs are dataclasses
        missing = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        missing = missing or (whole and field.name in ("description", "unit_price"))
        if missing and field.name not in values:
            raise InvalidInput("is required", field=(*path, _camel(field.name)))
    return kind(**values)


@cache
def _hints(kind: Hashable) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _convert(hint: Any, value: object, path: Path) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        options = [option for option in get_args(hint) if not _is_unset(option)]
        if value is None:
            if type(None) in options:
                return None
            raise InvalidInput("must not be null", field=path)
        (hint,) = (option for option in options if option is not type(None))
    if get_origin(hint) is Sequence:
        if not isinstance(value, list):
            raise InvalidInput("must be a list", field=path)
        return [_convert(get_args(hint)[0], item, (*path, i)) for i, item in enumerate(value)]
    if dataclasses.is_dataclass(hint):
        return from_plain(hint, value, path)  # type: ignore[arg-type]  # a dataclass type, not an instance
    return _scalar(hint, value, path)


def _is_unset(option: Any) -> bool:
    return any(isinstance(member, Unset) for member in get_args(option))


def _scalar(hint: Any, value: object, path: Path) -> Any:
    if hint is bool and isinstance(value, bool):
        return value
    if hint is int and isinstance(value, int) and not isinstance(value, bool):
        return value
    if hint is Decimal:
        return decimal_of(value, path)
    if isinstance(value, str):
        if hint is str:
            return value
        if hint is datetime:
            return instant_of(value, path)
        if hint is date:
            return _date_of(value, path)
        if isinstance(hint, type) and issubclass(hint, Enum):
            return _member(hint, value, path)
    raise InvalidInput(f"must be {_WANTED.get(hint, 'text')}", field=path)


_WANTED: Mapping[Any, str] = {bool: "true or false", int: "a whole number", Decimal: 'a decimal such as "12.50"'}


def decimal_of(value: object, path: Path) -> Decimal:
    """An exact decimal from text or a whole number."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if isinstance(text, str):
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_finite():
            return number
    raise InvalidInput('must be a decimal such as "12.50"', field=path)


def instant_of(value: str, path: Path) -> datetime:
    """An instant with its time zone."""
    try:
        instant = datetime.fromisoformat(value)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise InvalidInput("must be an instant with a time zone, such as 2026-11-22T10:15:00Z", field=path)
    return instant


def _date_of(value: str, path: Path) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise InvalidInput("must be a date such as 2026-11-22", field=path) from None


def _member(hint: type[Enum], value: str, path: Path) -> Enum:
    try:
        return hint(value)
    except ValueError:
        raise InvalidInput(f"must be one of {', '.join(str(member.value) for member in hint)}", field=path) from None


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
