"""Random valid queries over the API's schema, for holding two ways of answering against each other (hypothesis)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
)
from hypothesis import strategies as st

HOSTILE = ["", "'", '"', "\\", "a\\'b", "%", "_", "%s", "$1", "?1", "|", "\u2028", "\x1f\t\n", "🍵", "x" * 300, "é"]
# Fields that graphql-core answers alone; chosen seldom, since one of them makes the whole operation so.
SELDOM = frozenset(
    "readiness viewer taxPreview numberingPreview taxRates platformReport __schema"
    " ossReturn iossReturn ecSalesList vatSummary dac7Report".split()
)
MAX_DEPTH = 5


@dataclass
class World:
    """Values of the data at hand: ids of each kind, cursors, numbers and other texts to ask for."""

    ids: Sequence[str]
    texts: Sequence[str]
    cursors: Sequence[str]


@dataclass
class Operation:
    """A query text with its variables."""

    query: str
    variables: dict[str, Any] = field(default_factory=dict)


@st.composite
def operations(draw: st.DrawFn, schema: GraphQLSchema, world: World) -> Operation:
    """A query of one to three root fields."""
    return _Writer(draw, schema, world).operation()


class _Writer:
    def __init__(self, draw: st.DrawFn, schema: GraphQLSchema, world: World) -> None:
        self._draw = draw
        self._schema = schema
        self._world = world
        self._names = itertools.count()
        self._variables: dict[str, tuple[str, Any]] = {}
        self._fragments: list[str] = []
        self._within_abstract = 0

    def _one_of(self, values: Sequence[Any]) -> Any:
        return values[self._draw(st.integers(0, len(values) - 1))]

    def _chance(self, percent: int) -> bool:
        return self._draw(st.integers(0, 99)) < percent

    def operation(self) -> Operation:
        root = self._schema.query_type
        assert root is not None
        names = [name for name in root.fields if name not in SELDOM or self._chance(2)]
        body = " ".join(
            self._field(root, self._one_of(names), 0, alias=True) for _ in range(self._draw(st.integers(1, 3)))
        )
        if self._chance(15):
            body += " __typename"
        # Some were drawn for arguments that were dropped again.
        used = set(re.findall(r"\$(v\d+)", " ".join([body, *self._fragments])))
        self._variables = {name: given for name, given in self._variables.items() if name in used}
        declared = ", ".join(f"${name}: {kind}" for name, (kind, _) in self._variables.items())
        head = f"query({declared})" if declared else "query"
        values = {name: value for name, (_, value) in self._variables.items() if value is not _ABSENT}
        return Operation(f"{head} {{ {body} }} {' '.join(self._fragments)}", values)

    def _selections(self, parent: Any, depth: int) -> str:
        parts = [self._selection(parent, depth) for _ in range(self._draw(st.integers(1, 4)))]
        return "{ " + " ".join(parts) + " }"

    def _selection(self, parent: Any, depth: int) -> str:
        if depth < MAX_DEPTH and self._chance(15):
            inner = self._selections(parent, depth + 1)
            if self._chance(50):
                condition = self._one_of(["", f" on {parent.name}"])
                return f"...{condition}{self._directive()} {inner}"
            name = f"F{next(self._names)}"
            self._fragments.append(f"fragment {name} on {parent.name} {inner}")
            return f"...{name}{self._directive()}"
        if isinstance(parent, GraphQLInterfaceType):
            if self._chance(70):
                kind = self._one_of(list(self._schema.get_possible_types(parent)))
                # Two types may have fields of one name and different types: such fields need names of their own.
                self._within_abstract += 1
                inner = self._selections(kind, depth + 1)
                self._within_abstract -= 1
                return f"... on {kind.name} {inner}"
            return self._one_of(["id", "__typename"])  # type: ignore[no-any-return]  # a text
        if self._chance(8):
            return self._one_of(["__typename", f"a{next(self._names)}: __typename"])  # type: ignore[no-any-return]
        names = [
            name
            for name, declared in parent.fields.items()
            if (name not in SELDOM or self._chance(1))
            and (depth < MAX_DEPTH or is_leaf_type(get_named_type(declared.type)))
        ]
        return self._field(parent, self._one_of(names), depth) if names else "__typename"

    def _field(self, parent: Any, name: str, depth: int, *, alias: bool = False) -> str:
        declared: GraphQLField = parent.fields[name]
        arguments = self._arguments(declared)
        alias = alias or bool(arguments) or self._within_abstract > 0 or self._chance(20)
        head = f"a{next(self._names)}: {name}" if alias else name
        inner: Any = get_named_type(declared.type)
        body = "" if is_leaf_type(inner) else " " + self._selections(inner, depth + 1)
        return f"{head}{arguments}{self._directive() if alias else ''}{body}"

    def _directive(self) -> str:
        if not self._chance(12):
            return ""
        name, value = self._one_of(["skip", "include"]), self._chance(50)
        if self._chance(50):
            return f" @{name}(if: {str(value).lower()})"
        return f" @{name}(if: ${self._variable('Boolean!', value)})"

    def _variable(self, kind: str, value: Any) -> str:
        name = f"v{next(self._names)}"
        self._variables[name] = (kind, value)
        return name

    def _arguments(self, declared: GraphQLField) -> str:
        given = [
            f"{name}: {self._value_text(argument)}"
            for name, argument in declared.args.items()
            if isinstance(argument.type, GraphQLNonNull) or self._chance(40)
        ]
        # Most pages are asked for in a way that is right.
        if "last" in declared.args and self._chance(80):
            given = [text for text in given if text.split(":")[0] not in ("first", "last", "after", "before")]
            given.append(f"{self._one_of(['first', 'last'])}: {self._draw(st.sampled_from([0, 1, 2, 3, 100]))}")
        if "id" in declared.args and ("externalId" in declared.args or "number" in declared.args) and self._chance(80):
            given = [f"id: {self._value_text(declared.args['id'])}"]
        return f"({', '.join(given)})" if given else ""

    def _value_text(self, argument: GraphQLArgument) -> str:
        required = isinstance(argument.type, GraphQLNonNull)
        value = self._value(argument.type)
        if self._chance(50):
            if value is None and required:
                value = "x"
            if not required and self._chance(10):
                value = self._one_of([None, _ABSENT]) if not _has_default(argument) else _ABSENT
            return f"${self._variable(str(argument.type), value)}"
        return _literal(argument.type, value)

    def _value(self, declared: Any, depth: int = 0) -> Any:
        if isinstance(declared, GraphQLNonNull):
            return self._value(declared.of_type, depth)
        if isinstance(declared, GraphQLList):
            return [self._value(declared.of_type, depth + 1) for _ in range(self._draw(st.integers(0, 2)))]
        if isinstance(declared, GraphQLInputObjectType):
            return self._input(declared, depth)
        if isinstance(declared, GraphQLEnumType):
            return self._one_of(list(declared.values))
        match declared.name:
            case "ID":
                return self._one_of([*self._world.ids, "inv_", "x", "ent_" + "0" * 26])
            case "Int":
                return self._one_of([0, 1, 2, 3, 100, 101, -1])
            case "Boolean":
                return self._chance(50)
            case "Date":
                return self._one_of(["2026-03-09", "2026-03-10", "2026-03-24", "0002-01-01", "9998-12-31"])
            case "DateTime":
                return self._one_of(["2026-03-10T09:00:00Z", "2026-03-10T10:00:00.5+01:00", "1999-01-01T00:00:00Z"])
            case "CurrencyCode":
                return self._one_of(["EUR", "JPY", "KWD", "USD"])
            case "CountryCode":
                return self._one_of(["DE", "FR", "JP"])
            case "String":
                return self._one_of([*self._world.texts, *self._world.cursors, *HOSTILE])
        return "1"

    def _input(self, declared: GraphQLInputObjectType, depth: int) -> dict[str, Any]:
        chosen: dict[str, Any] = {}
        for name, part in declared.fields.items():
            nested = name in ("AND", "OR")
            if isinstance(part.type, GraphQLNonNull) or self._chance(8 if nested or depth == 0 else 40):
                if nested and depth > 3:
                    continue
                nullable = not isinstance(part.type, GraphQLNonNull)
                chosen[name] = None if nullable and self._chance(5) else self._value(part.type, depth + 1)
        return chosen


class _Absent:
    pass


_ABSENT = _Absent()


def _has_default(argument: GraphQLArgument) -> bool:
    return str(argument.default_value if argument.default_value is not None else "null") != "null"


def _literal(declared: Any, value: Any) -> str:
    if isinstance(declared, GraphQLNonNull):
        return _literal(declared.of_type, value)
    if value is None:
        return "null"
    if isinstance(declared, GraphQLList):
        return "[" + ", ".join(_literal(declared.of_type, item) for item in value) + "]"
    if isinstance(declared, GraphQLInputObjectType):
        parts: Mapping[str, Any] = value
        inner = ", ".join(f"{name}: {_literal(declared.fields[name].type, item)}" for name, item in parts.items())
        return "{" + inner + "}"
    if isinstance(declared, GraphQLEnumType):
        return str(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    import json

    return json.dumps(value)
