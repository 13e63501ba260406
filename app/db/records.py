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
    # Written out field by field, as `dataclasses` writes an `__init__`: a loop over them takes twice as long.
    names = field_names(kind)
    known: dict[str, Any] = {f"set_{i}": getattr(kind, name).__set__ for i, name in enumerate(names)}
    known |= {"new": object.__new__, "kind": kind}
    lines = [f"    {', '.join(f'v{i}' for i in range(len(names)))}, = values", "    row = new(kind)"]
    lines += [f"    set_{i}(row, v{i})" for i in range(len(names))]
    exec("\n".join(["def make(values):", *lines, "    return row"]), known)
    make: Callable[[Iterable[Any]], Any] = known["make"]
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
