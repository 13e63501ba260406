"""A subscription that has begun: its source stream, and the execution of one of its events."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    ExecutionResult,
    Executor,
    FieldNode,
    FragmentDefinitionNode,
    Node,
    OperationDefinitionNode,
    VariableNode,
    Visitor,
    execute_subscription_event,
    visit,
)

from app.domain.errors import InvoicingError


@dataclass(frozen=True, slots=True)
class Stream:
    """A source stream and what executes its events. `operation_key` is equal where the same is selected from an event:
    the document, the operation and the variables that it uses beneath the root field.
    """

    executor: Executor[Any]
    source: AsyncIterable[Any]
    operation_key: Hashable
    cost: int

    async def execute(self, value: Any, context: Any) -> ExecutionResult:
        """What is selected from one event, executed in a context of its own.

        Raises the InvoicingError of a field that may succeed when it is asked again: a database that is away for a
        moment must not make a hole in what is sent.
        """
        executor = self.executor.build_per_event_executor(value)
        executor.context_value = context
        answer = execute_subscription_event(executor)
        result: ExecutionResult = await answer if inspect.isawaitable(answer) else answer
        for error in result.errors or ():
            original = error.original_error
            if isinstance(original, InvoicingError) and original.retryable:
                raise original
        return result


def selected_variables(
    document: DocumentNode, operation: OperationDefinitionNode, variables: Mapping[str, Any]
) -> bytes:
    """The variables that decide what is selected from an event, as JSON.

    The arguments of the root field decide which events there are, which is the source's matter; all others count.
    """
    found = _Variables()
    for directive in operation.directives or ():
        visit(directive, found)
    for selection in operation.selection_set.selections:
        if not isinstance(selection, FieldNode):
            visit(selection, found)
            continue
        inside: list[Node] = [*(selection.directives or ())]
        if selection.selection_set is not None:
            inside.append(selection.selection_set)
        for node in inside:
            visit(node, found)
    for definition in document.definitions:
        if isinstance(definition, FragmentDefinitionNode):
            visit(definition, found)
    return orjson.dumps({name: variables[name] for name in sorted(found.names) if name in variables})


class _Variables(Visitor):
    """Collects the names of the variables that are used."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        self.names.add(node.name.value)
