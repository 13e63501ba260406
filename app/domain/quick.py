"""Frozen dataclasses that are made by the thousand.

The `__init__` that `dataclasses` writes for a frozen class assigns every field through `object.__setattr__`, which
looks the field up by its name. Filling the slots themselves gives the same object in little more than half the time.
"""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

T = TypeVar("T")


def quick(kind: type[T]) -> type[T]:
    """The frozen dataclass with slots, all its fields by keyword, with an `__init__` of the same signature.

    Raises TypeError for a class that does more when it is made than to keep what it is given.
    """
    parameters, known = [], dict[str, Any]()
    for field in dataclasses.fields(kind):  # type: ignore[arg-type]  # TypeVar cannot say: a dataclass
        if field.default_factory is not dataclasses.MISSING or not field.kw_only or not field.init:
            raise TypeError(f"{kind.__name__}.{field.name} is not just kept")
        known[f"set_{field.name}"] = getattr(kind, field.name).__set__
        if field.default is not dataclasses.MISSING:
            known[f"default_{field.name}"] = field.default
            parameters.append(f"{field.name}=default_{field.name}")
        else:
            parameters.append(field.name)
    if hasattr(kind, "__post_init__"):
        raise TypeError(f"{kind.__name__} looks at what it is given")
    names = [name.removeprefix("set_") for name in known if name.startswith("set_")]
    body = [f"    set_{name}(self, {name})" for name in names]
    exec("\n".join([f"def __init__(self, *, {', '.join(parameters)}):", *body]), known)
    init = known["__init__"]
    init.__qualname__, init.__module__ = f"{kind.__qualname__}.__init__", kind.__module__
    init.__annotations__ = dict(kind.__init__.__annotations__)
    kind.__init__ = init  # type: ignore[method-assign]  # that is what this is for
    return kind
