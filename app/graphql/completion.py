"""Completes values that functions compute, as graphql-core would, from a selection set compiled once.

It serves objects that are computed whole, such as a tax decision: their fields are attributes, or methods that take no
context. What it cannot do it says at once (Unplannable); what fails while it runs is left to graphql-core as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from graphql import (
    FieldNode,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    is_leaf_type,
)

from app.graphql.coercion import Arguments
from app.graphql.reading import read
from app.graphql.selection import Request, Selection, Unplannable, definition_of

Complete: TypeAlias = Callable[[Any, Request], Any]

_NULL: Final = "null where none may be"


def completer(selection: Selection, declared: GraphQLOutputType, nodes: Sequence[FieldNode]) -> Complete:
    """What turns a value of that type into what the response shows of it. Raises Unplannable."""
    if isinstance(declared, GraphQLNonNull):
        inner = completer(selection, declared.of_type, nodes)

        def never_null(value: Any, request: Request) -> Any:
            shown = inner(value, request)
            if shown is None:
                raise Unplannable(_NULL)
            return shown

        return never_null
    if isinstance(declared, GraphQLList):
        item = completer(selection, declared.of_type, nodes)
        return lambda value, request: None if value is None else [item(each, request) for each in value]
    if is_leaf_type(declared):
        return _leaf(declared)
    if isinstance(declared, GraphQLObjectType):
        return _object(selection, declared, nodes)
    raise Unplannable(f"{declared} is abstract")


def _leaf(declared: GraphQLLeafType) -> Complete:
    serialize = declared.serialize
    return lambda value, request: None if value is None else serialize(value)


def _object(selection: Selection, declared: GraphQLObjectType, nodes: Sequence[FieldNode]) -> Complete:
    fields: dict[str, Complete] = {}
    for key, asked in selection.fields(declared, nodes).items():
        name = asked[0].name.value
        fields[key] = _constant(declared.name) if name == "__typename" else _field(selection, declared, name, asked)

    def show(value: Any, request: Request) -> Mapping[str, Any] | None:
        return None if value is None else {key: field(value, request) for key, field in fields.items()}

    return show


def _constant(text: str) -> Complete:
    return lambda value, request: text


def _field(selection: Selection, parent: GraphQLObjectType, name: str, nodes: Sequence[FieldNode]) -> Complete:
    field = parent.fields[name]
    complete = completer(selection, field.type, nodes)
    definition = definition_of(field)
    attribute = str(definition.python_name)
    if definition.base_resolver is None:
        return lambda value, request: complete(read(value, attribute), request)
    if definition.is_async or definition.base_resolver.info_parameter is not None:
        raise Unplannable(f"{parent.name}.{name} has a resolver that looks at more than its object")
    resolve: Any = definition.base_resolver.wrapped_func
    arguments = Arguments(selection.schema, field, nodes[0])
    return lambda value, request: complete(resolve(value, **arguments.of(request.variables)), request)
