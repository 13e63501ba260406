"""Frozen rows made and changed quickly.

A frozen dataclass's own `__init__` and `dataclasses.replace` cost more than reading the row from the database does:
each field goes through a checked assignment. Rows have slots, and no defaults or checks of their own, so that filling
the slots gives the very same object in a quarter of the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

R = TypeVar("R")


@cache
def field_names(kind: Any) -> tuple[str, ...]:
    """The names of a row type's fields, in their order."""
    return tuple(field.name for field in fields(kind))


@cache
def maker(kind: Any) -> Callable[[Iterable[Any]], Any]:
    """What makes a row of that type out of the values of all its fields, in their order."""
    setters = [getattr(kind, name).__set__ for name in field_names(kind)]

    def make(values: Iterable[Any]) -> Any:
        row = object.__new__(kind)
        for set_value, value in zip(setters, values, strict=True):
            set_value(row, value)
        return row

    return make


@cache
def _reading(kind: Any) -> tuple[Callable[[Any], tuple[Any, ...]], dict[str, int]]:
    names = field_names(kind)
    return attrgetter(*names), {name: place for place, name in enumerate(names)}


def values_of(row: Any) -> tuple[Any, ...]:
    """The values of a row's fields, in their order."""
    kind: Any = type(row)
    return _reading(kind)[0](row)


def changed(row: R, **changes: Any) -> R:
    """The row with those fields changed, as `dataclasses.replace` makes it."""
    kind: Any = type(row)
    read, places = _reading(kind)
    values = list(read(row))
    for name, value in changes.items():
        values[places[name]] = value
    made: R = maker(kind)(values)
    return made
