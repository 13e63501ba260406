"""Selection sets, read as graphql-core reads them while it executes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import strawberry
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLAbstractType,
    GraphQLField,
    GraphQLObjectType,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    is_abstract_type,
)
from graphql.language import BooleanValueNode
from strawberry.types.field import StrawberryField

from app.graphql.context import GraphQLContext


class Unplannable(Exception):
    """The operation, or this request of it, is graphql-core's to answer; the message says why."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request of a planned operation: who asks, and its variables as resolvers take them."""

    context: GraphQLContext
    variables: Mapping[str, Any]


def definition_of(declared: GraphQLField) -> StrawberryField:
    """What Strawberry knows of a field. Raises Unplannable for one that is not of its making."""
    found = (declared.extensions or {}).get("strawberry-definition")
    if not isinstance(found, StrawberryField):
        raise Unplannable("a field that Strawberry does not know")
    return found


class Selection:
    """One operation's selection sets, under one assignment of the variables that include and skip."""

    def __init__(self, schema: strawberry.Schema, document: DocumentNode, flags: Mapping[str, bool]) -> None:
        self.schema = schema
        self._flags = flags
        self._fragments = {
            definition.name.value: definition
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }

    def root(self, operation: OperationDefinitionNode, parent: GraphQLObjectType) -> dict[str, list[FieldNode]]:
        """The operation's own fields by response key."""
        found: dict[str, list[FieldNode]] = {}
        self._collect(operation.selection_set, parent, found, set())
        return found

    def fields(self, parent: GraphQLObjectType, nodes: Sequence[FieldNode]) -> dict[str, list[FieldNode]]:
        """The fields asked of an object by response key, those of all the nodes that ask for it merged."""
        found: dict[str, list[FieldNode]] = {}
        visited: set[str] = set()
        for node in nodes:
            if node.selection_set is not None:
                self._collect(node.selection_set, parent, found, visited)
        return found

    def _collect(
        self,
        selections: SelectionSetNode,
        parent: GraphQLObjectType,
        found: dict[str, list[FieldNode]],
        visited: set[str],
    ) -> None:
        for node in selections.selections:
            if not self._included(node):
                continue
            match node:
                case FieldNode():
                    key = node.alias.value if node.alias is not None else node.name.value
                    found.setdefault(key, []).append(node)
                case FragmentSpreadNode():
                    name = node.name.value
                    if name in visited:
                        continue
                    visited.add(name)
                    fragment = self._fragments[name]
                    if self._applies(fragment.type_condition.name.value, parent):
                        self._collect(fragment.selection_set, parent, found, visited)
                case InlineFragmentNode():
                    condition = node.type_condition
                    if condition is None or self._applies(condition.name.value, parent):
                        self._collect(node.selection_set, parent, found, visited)

    def _applies(self, condition: str, parent: GraphQLObjectType) -> bool:
        if condition == parent.name:
            return True
        schema = self.schema._schema
        kind = schema.type_map[condition]
        if not is_abstract_type(kind):
            return False
        abstract: GraphQLAbstractType = kind
        return schema.is_sub_type(abstract, parent)

    def _included(self, node: SelectionNode) -> bool:
        for directive in node.directives or ():
            name = directive.name.value
            if name not in ("skip", "include"):
                raise Unplannable(f"the directive @{name}")
            (argument,) = directive.arguments or ()
            value = self._flag(argument.value)
            if value == (name == "skip"):
                return False
        return True

    def _flag(self, value: ValueNode) -> bool:
        if isinstance(value, VariableNode):
            return self._flags[value.name.value]
        if isinstance(value, BooleanValueNode):
            return value.value
        raise Unplannable("a condition that is no boolean")


def flag_names(document: DocumentNode) -> tuple[str, ...]:
    """The variables that decide what is included, anywhere in the document."""
    names: set[str] = set()
    todo: list[Any] = [
        definition.selection_set for definition in document.definitions if hasattr(definition, "selection_set")
    ]
    while todo:
        selections = todo.pop()
        for node in selections.selections:
            for directive in node.directives or ():
                names.update(
                    argument.value.name.value
                    for argument in directive.arguments or ()
                    if isinstance(argument.value, VariableNode)
                )
            if getattr(node, "selection_set", None) is not None:
                todo.append(node.selection_set)
    return tuple(sorted(names))
