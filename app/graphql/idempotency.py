"""The idempotency key of a mutation: where it can stand, and what several of them must not do.

Its input, the directive `@idempotent` on its field, and the header `Idempotency-Key` name the same thing, so those that
are given must agree. A header names one mutation: with several in an operation, each says its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final

import strawberry
from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLResolveInfo,
    SelectionSetNode,
    ValidationRule,
)
from graphql.execution.values import get_directive_values
from strawberry.directive import DirectiveLocation

from app.domain.errors import InvalidInput

NAME: Final = "idempotent"
FIELD: Final = ("idempotencyKey",)


@strawberry.directive(
    name=NAME,
    locations=[DirectiveLocation.FIELD],
    description="Does a mutation once per key: a repetition with the same key and input does nothing and answers what "
    "the first one did. Allowed on the fields of a mutation only.",
)
def idempotent(
    key: Annotated[str, strawberry.argument(description="Up to 255 visible ASCII characters of the caller's choice.")],
) -> None:
    """Nothing by itself: the mutation reads it."""


def key_of(info: GraphQLResolveInfo[Any], given: str | None, header: str | None, *, over_socket: bool) -> str | None:
    """The key of the mutation being resolved: the one that its input, its directive and the header agree on, if any.

    Raises InvalidInput when they differ, and for a header that does not say which mutation it means.
    """
    keys = [key for key in (given, *_directives(info)) if key is not None]
    if header is not None:
        _check_header(info, over_socket=over_socket)
        keys.append(header)
    if len(set(keys)) > 1:
        raise InvalidInput(
            "the key in the input, the one of @idempotent and the header Idempotency-Key must be the same",
            field=FIELD,
        )
    return keys[0] if keys else None


def _directives(info: GraphQLResolveInfo[Any]) -> Iterator[str]:
    declared = info.schema.get_directive(NAME)
    if declared is None:
        raise RuntimeError(f"the schema lacks @{NAME}")
    # Several selections of one response key are one field.
    for node in info.field_nodes:
        found = get_directive_values(declared, node, info.variable_values) if node.directives else None
        if found is not None:
            yield found["key"]


def _check_header(info: GraphQLResolveInfo[Any], *, over_socket: bool) -> None:
    if over_socket:
        message = "the header Idempotency-Key of a WebSocket does not say which mutation it means; use @idempotent"
        raise InvalidInput(message, field=FIELD)
    if len(_response_keys(info.operation.selection_set, info.fragments, set())) > 1:
        message = "the header Idempotency-Key names one mutation; with several in a request use @idempotent on each"
        raise InvalidInput(message, field=FIELD)


def _response_keys(
    selection_set: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode], seen: set[str]
) -> set[str]:
    """The names under which an operation answers, through fragments too, whether or not a condition leaves some out."""
    found: set[str] = set()
    for selection in selection_set.selections:
        if isinstance(selection, FieldNode):
            if not selection.name.value.startswith("__"):
                found.add((selection.alias or selection.name).value)
        elif isinstance(selection, FragmentSpreadNode):
            name = selection.name.value
            if name not in seen:
                seen.add(name)
                found |= _response_keys(fragments[name].selection_set, fragments, seen)
        else:
            found |= _response_keys(selection.selection_set, fragments, seen)  # type: ignore[attr-defined]  # inline
    return found


class IdempotentOnMutations(ValidationRule):
    """Refuses `@idempotent` where it would do nothing: anywhere but on the fields of a mutation."""

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        """Checks one field."""
        parent = self.context.get_parent_type()
        if parent is self.context.schema.mutation_type:
            return
        for directive in node.directives or ():
            if directive.name.value == NAME:
                self.report_error(GraphQLError(f"@{NAME} is for the fields of a mutation only", directive))
