"""What is made quickly is what the dataclass itself makes."""

from __future__ import annotations

import dataclasses
import inspect
from typing import Any

import pytest

from app.domain import parties
from app.domain.documents import model as documents
from app.domain.quick import quick
from app.domain.tax import model as tax


def _names_of(kind: Any) -> str:
    """The names that its `__init__` uses from outside: a quick one calls what sets its slots."""
    return " ".join(kind.__init__.__code__.co_names)


QUICK = [
    kind
    for module in (parties, documents, tax)
    for kind in vars(module).values()
    if dataclasses.is_dataclass(kind) and kind.__module__ == module.__name__ and "set_" in _names_of(kind)
]


@pytest.mark.parametrize("kind", QUICK, ids=lambda kind: kind.__name__)
def test_a_quick_class_is_made_as_before(kind: Any) -> None:
    plain = dataclasses.make_dataclass(
        kind.__name__,
        [
            (field.name, Any, dataclasses.field(default=field.default))
            if field.default is not dataclasses.MISSING
            else (field.name, Any)
            for field in dataclasses.fields(kind)
        ],
        frozen=True,
        slots=True,
        kw_only=True,
    )
    names = list(inspect.signature(kind).parameters)
    assert names == list(inspect.signature(plain).parameters)
    values = {name: f"{name}'s value" for name in names}
    needed = {field.name for field in dataclasses.fields(kind) if field.default is dataclasses.MISSING}
    for given in (values, {name: value for name, value in values.items() if name in needed}):
        assert dataclasses.asdict(kind(**given)) == dataclasses.asdict(plain(**given))
    made = kind(**values)
    assert dataclasses.replace(made) == made
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(made, names[0], 1)
    with pytest.raises(TypeError):
        kind(**values, unknown=1)
    if needed:
        with pytest.raises(TypeError, match="missing"):
            kind()


def test_what_documents_are_made_of_is_quick() -> None:
    assert {documents.Document, documents.DocumentLine, parties.Party, tax.TaxSupply} <= set(QUICK)


def test_a_class_that_does_more_is_refused() -> None:
    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Listing:
        items: list[int] = dataclasses.field(default_factory=list)

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Checked:
        item: int

        def __post_init__(self) -> None:
            """Looks at it."""

    @dataclasses.dataclass(frozen=True, slots=True)
    class Positional:
        item: int

    for kind in (Listing, Checked, Positional):
        with pytest.raises(TypeError):
            quick(kind)
