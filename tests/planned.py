"""Holds planned answers against graphql-core's: the reference for whatever the planner does."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Mapping
from typing import Any

import orjson
from graphql import DocumentNode, ExecutionResult, OperationDefinitionNode, execute

from app.graphql.context import GraphQLContext
from app.graphql.loaders import Loaders
from app.graphql.planner import QueryPlanner
from app.services import keys
from app.services.keys import Principal
from tests.factories import Client

_answer = QueryPlanner.answer


async def reference(
    planner: QueryPlanner,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
    context: GraphQLContext,
) -> ExecutionResult:
    """What graphql-core answers."""
    fresh = dataclasses.replace(context, loaders=Loaders(context.services.database, context.scope))
    result: Any = execute(
        planner._schema._schema,
        document,
        context_value=fresh,
        variable_values=dict(variables),
        operation_name=operation.name.value if operation.name is not None else None,
    )
    if inspect.isawaitable(result):
        result = await result
    assert isinstance(result, ExecutionResult)
    return result


def plain(data: Any) -> Any:
    """An answer as a client reads it."""
    return orjson.loads(orjson.dumps(data))


async def checked_answer(
    self: QueryPlanner,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
    context: GraphQLContext,
) -> dict[str, Any] | None:
    """`QueryPlanner.answer`, which raises AssertionError when graphql-core answers differently."""
    failures = self.fallbacks["a mistake"]
    found = await _answer(self, document, operation, variables, context)
    assert self.fallbacks["a mistake"] == failures, "the planner made a mistake; see the log"
    if found is None:
        return None
    for attempt in range(5):
        expected = await reference(self, document, operation, variables, context)
        if expected.errors is None and plain(found) == plain(expected.data):
            return found
        # Other tasks of the test may have written in between.
        found = await _answer(self, document, operation, variables, context)
        if found is None:
            return None
        assert attempt < 4, f"planned {plain(found)} but executed {expected}"
    return found


async def context_of(client: Client) -> GraphQLContext:
    """A fresh context of a client's key."""
    return made_context(client, await keys.authenticate(client.app.services, f"Bearer {client.secret}"))


def made_context(client: Client, principal: Principal) -> GraphQLContext:
    """A fresh context of one who asks."""
    return GraphQLContext(
        services=client.app.services,
        scope=principal.scope,
        key=principal.key,
        loaders=Loaders(client.app.database, principal.scope),
        broker=client.app.broker,
        base_url="http://test",
        idempotency_header=None,
        operation_id="op",
    )
