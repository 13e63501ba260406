"""What Python does to the answer of a planned query: computed fields are put in where their columns stood."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, TypeAlias

from app.db.tables import Column, from_json
from app.graphql.completion import Complete
from app.graphql.selection import Request

Patch: TypeAlias = Callable[[list[Any], Request], Any]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The patches of `node(id:)`, by the type that the request's id chooses."""

    key: str
    by_type: Mapping[str, Patches]


# By response key: a value to compute, or what is to be computed within. Lists on the way are gone through.
Patches: TypeAlias = dict[str, "Patch | Chosen | Patches"]


def patch(
    names: Sequence[str],
    columns: Sequence[Column],
    compute: Callable[[SimpleNamespace, Request], Any],
    complete: Complete,
) -> Patch:
    """What makes a computed field's value of the JSON array of its columns."""

    def value(stored: list[Any], request: Request) -> Any:
        row = {name: from_json(column, item) for name, column, item in zip(names, columns, stored, strict=True)}
        return complete(compute(SimpleNamespace(**row), request), request)

    return value


def apply(answer: Any, patches: Patches, request: Request) -> None:
    """Computes what is to be computed within an answer, in place."""
    if isinstance(answer, list):
        for item in answer:
            apply(item, patches, request)
    elif answer is not None:
        for key, what in patches.items():
            if isinstance(what, Chosen):
                name = request.chosen.get(what.key)
                what = {} if name is None else what.by_type[name]
            if isinstance(what, dict):
                apply(answer[key], what, request)
            else:
                answer[key] = what(answer[key], request)
