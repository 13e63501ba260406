"""A selection on the event, as a webhook endpoint keeps it: what it may be, and the query it is answered by.

    { type subjectId invoice { number customer { name } } }

It is written as a query whose root is the event, fragments included, and answered as the query that finds the event by
its id and asks it of that. Places in errors are places in the text as it was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import strawberry
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSyntaxError,
    InlineFragmentNode,
    Node,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    parse,
    print_ast,
    validate,
    visit,
)

from app.domain.errors import InvalidInput
from app.domain.scope import Permission
from app.graphql.reading import node_type
from app.graphql.sources import STORED
from app.graphql.transport.limits import Limits, OperationCost, check_shape

MAX_LENGTH: Final = 10_000
# What answering it for one event may take, beside which no request of a client stands waiting.
LIMITS: Final = Limits(
    tokens=1_000,
    depth=10,
    aliases=30,
    directives=20,
    selections=100,
    introspections=0,
    cost=500,
    errors=5,
)
EVENT: Final = "event"


@dataclass(frozen=True, slots=True)
class CheckedSelection:
    """A selection that may be stored: the query it is answered by, and the permissions that this takes."""

    query: str
    permissions: frozenset[Permission]


def check_selection(schema: strawberry.Schema, text: str) -> CheckedSelection:
    """What a selection is answered by. Raises InvalidInput on `("selection",)` with the place of the mistake."""
    if not text or len(text) > MAX_LENGTH:
        raise _refused(f"a selection has between 1 and {MAX_LENGTH} characters")
    try:
        document = parse(text, max_tokens=LIMITS.tokens)
        query = _query(document)
        check_shape(query, LIMITS)
        errors = validate(schema._schema, query, max_errors=1)
        if errors:
            raise errors[0]
        info = TypeInfo(schema._schema)
        found = _Permissions(info)
        visit(query, TypeInfoVisitor(info, found))
        OperationCost(schema._schema, query, _operation(query), LIMITS).of({})
    except GraphQLSyntaxError as error:
        raise _refused(_placed(error, error.message.removeprefix("Syntax Error: "))) from None
    except GraphQLError as error:
        raise _refused(_placed(error, error.message)) from None
    except RecursionError:
        raise _refused(f"it nests far deeper than the limit of {LIMITS.depth}") from None
    return CheckedSelection(print_ast(query), frozenset(found.permissions))


def _query(document: DocumentNode) -> DocumentNode:
    """The document with its one selection under the event with the id in a variable."""
    operations = [found for found in document.definitions if isinstance(found, OperationDefinitionNode)]
    others = [found for found in document.definitions if not isinstance(found, OperationDefinitionNode)]
    for other in others:
        if not isinstance(other, FragmentDefinitionNode):
            raise GraphQLError("only a selection and fragments are allowed", other)
    if len(operations) != 1 or operations[0].operation is not OperationType.QUERY:
        raise GraphQLError("write one selection on the event, such as { type data }", operations[1:] or operations)
    written = operations[0]
    if written.variable_definitions:
        raise GraphQLError("a selection has no variables", written.variable_definitions[0])
    if written.directives:
        raise GraphQLError("the event itself takes no directives", written.directives[0])
    (shell,) = parse(f"query($id: ID!) {{ {EVENT}: node(id: $id) {{ ... on Event {{ id }} }} }}").definitions
    assert isinstance(shell, OperationDefinitionNode)
    (node,) = shell.selection_set.selections
    assert isinstance(node, FieldNode)
    assert node.selection_set is not None
    (on_event,) = node.selection_set.selections
    assert isinstance(on_event, InlineFragmentNode)
    inner = InlineFragmentNode(
        type_condition=on_event.type_condition, directives=(), selection_set=written.selection_set
    )
    root = FieldNode(
        alias=node.alias,
        name=node.name,
        arguments=node.arguments,
        directives=(),
        selection_set=SelectionSetNode(selections=(inner,)),
    )
    operation = OperationDefinitionNode(
        operation=shell.operation,
        name=None,
        variable_definitions=shell.variable_definitions,
        directives=(),
        selection_set=SelectionSetNode(selections=(root,)),
    )
    return DocumentNode(definitions=(operation, *others))


def _operation(document: DocumentNode) -> OperationDefinitionNode:
    operation = document.definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    return operation


class _Permissions(Visitor):
    """Collects the permissions of the stored types that are read."""

    def __init__(self, info: TypeInfo) -> None:
        super().__init__()
        self._info = info
        self.permissions: set[Permission] = set()

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        self._add()

    def enter_inline_fragment(self, node: Node, *_: Any) -> None:
        self._add()

    def enter_fragment_definition(self, node: Node, *_: Any) -> None:
        self._add()

    def _add(self) -> None:
        named = get_named_type(self._info.get_type())
        kind = None if named is None else STORED.get(node_type(named).name)
        if kind is not None:
            self.permissions.add(kind.permission)


def _placed(error: GraphQLError, message: str) -> str:
    if not error.locations:
        return message
    place = error.locations[0]
    return f"line {place.line}, column {place.column}: {message}"


def _refused(message: str) -> InvalidInput:
    return InvalidInput(message, field=("selection",))
