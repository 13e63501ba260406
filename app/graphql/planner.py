"""Answers queries by plans: compiled once per text, cached, and run as one statement each.

graphql-core stays the reference. Whatever cannot be planned, and every request that fails in any way (a wrong variable,
a refused cursor, a null where none may be, a missing permission, an error of the database), is answered by it instead,
so that errors are its own. Why is counted, since a fallback hides a planner's mistakes.
"""

from __future__ import annotations

import inspect
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson
import strawberry
import structlog
from graphql import (
    DocumentNode,
    ExecutionResult,
    FragmentDefinitionNode,
    GraphQLObjectType,
    OperationDefinitionNode,
    execute,
)

from app.db.read.compile import Compiled, compile_roots
from app.db.read.fetch import Spoiled, fetch, render
from app.db.tables import Dialect
from app.domain.errors import InvoicingError
from app.graphql.coercion import Variables, compile_variables
from app.graphql.context import GraphQLContext
from app.graphql.planning import Planned, plan
from app.graphql.selection import Request, Selection, Unplannable, flag_names
from app.graphql.splicing import splice

log = structlog.get_logger(__name__)

CACHED_OPERATIONS: Final = 500
CACHED_VARIANTS: Final = 2_000


@dataclass(frozen=True, slots=True)
class _Operation:
    """What is known of an operation's text whatever the request. It keeps the document alive, so that ids stay its."""

    document: DocumentNode
    operation: OperationDefinitionNode
    flags: tuple[str, ...]
    coerce: Callable[[Variables], Variables]


@dataclass(frozen=True, slots=True)
class _Variant:
    """A compiled plan, or the reason why there is none."""

    operation: OperationDefinitionNode
    planned: Planned | None
    compiled: Compiled | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """How a query is answered: the statement with its values, and why some of its root fields are not in it."""

    sql: str
    values: list[object]
    not_planned: list[str]


class QueryPlanner:
    """Plans and answers the queries of one schema."""

    def __init__(self, schema: strawberry.Schema) -> None:
        self._schema = schema
        self._operations: OrderedDict[int, _Operation] = OrderedDict()
        self._variants: OrderedDict[tuple[Any, ...], _Variant] = OrderedDict()
        self.planned = 0
        self.fallbacks: Counter[str] = Counter()

    async def answer(
        self,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
        context: GraphQLContext,
    ) -> dict[str, Any] | None:
        """The data of a query, its roots as JSON text for orjson; None when graphql-core is to answer."""
        try:
            found = await self._answer(document, operation, variables, context)
        except Unplannable as error:
            reason = str(error)
        except Spoiled:
            reason = "a null where none may be"
        except RecursionError:
            reason = "a value that nests too deeply"
        except InvoicingError as error:
            reason = str(error.code)
        except Exception:
            # Never the client's: graphql-core answers, and the mistake is looked for.
            reason = "a mistake"
            log.exception("planned_query_failed", operation=operation.name and operation.name.value)
        else:
            self.planned += 1
            return found
        self.fallbacks[reason] += 1
        return None

    async def _answer(
        self,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
        context: GraphQLContext,
    ) -> dict[str, Any]:
        request, planned, compiled = self._prepare(document, operation, variables, context)
        texts = await fetch(context.services.database, context.scope, compiled, request)
        data: dict[str, Any] = {}
        for key, text in zip(planned.planned, texts, strict=True):
            data[key] = await splice(text, planned.sites, request) if planned.sites else orjson.Fragment(text)
        if planned.rest is None:
            return data
        rest = await self._execute(document, planned.rest, variables, context)
        return {key: data[key] if key in data else rest[key] for key in planned.keys}

    async def _execute(
        self,
        document: DocumentNode,
        rest: OperationDefinitionNode,
        variables: Mapping[str, Any],
        context: GraphQLContext,
    ) -> Mapping[str, Any]:
        """The root fields that have no plan, by graphql-core; what fails there fails the whole, and is told there."""
        fragments = [found for found in document.definitions if isinstance(found, FragmentDefinitionNode)]
        result: Any = execute(
            self._schema._schema,
            DocumentNode(definitions=(rest, *fragments)),
            context_value=context,
            variable_values=dict(variables),
        )
        if inspect.isawaitable(result):
            result = await result
        assert isinstance(result, ExecutionResult)  # neither deferred nor streamed
        if result.errors or result.data is None:
            raise Unplannable("an error beside what is planned")
        return result.data

    def _prepare(
        self,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
        context: GraphQLContext,
    ) -> tuple[Request, Planned, Compiled]:
        known = self._operation(document, operation)
        coerced = known.coerce(variables)
        flags = tuple([(name, coerced[name]) for name in known.flags if name in coerced])
        scope, dialect = context.scope, context.services.database.dialect
        variant = self._variant(known, flags, dialect, scoped=scope.entity_id is not None)
        if variant.planned is None or variant.compiled is None:
            raise Unplannable(variant.reason)
        if not variant.planned.permissions <= scope.permissions:
            raise Unplannable("a permission is missing")
        return Request(context, coerced), variant.planned, variant.compiled

    def _operation(self, document: DocumentNode, operation: OperationDefinitionNode) -> _Operation:
        # The engine keeps one document per text.
        found = self._operations.get(id(operation))
        if found is None:
            coerce = compile_variables(self._schema, operation)
            found = _Operation(document, operation, flag_names(document), coerce)
            self._operations[id(operation)] = found
            if len(self._operations) > CACHED_OPERATIONS:
                self._operations.popitem(last=False)
        return found

    def _variant(self, known: _Operation, flags: tuple[Any, ...], dialect: Dialect, *, scoped: bool) -> _Variant:
        key = (id(known.operation), flags, dialect, scoped)
        found = self._variants.get(key)
        if found is not None and found.operation is known.operation:
            self._variants.move_to_end(key)
            return found
        found = self._variants[key] = self._compile(known, dict(flags), dialect, scoped=scoped)
        if len(self._variants) > CACHED_VARIANTS:
            self._variants.popitem(last=False)
        return found

    def _compile(self, known: _Operation, flags: Mapping[str, bool], dialect: Dialect, *, scoped: bool) -> _Variant:
        root = self._schema._schema.query_type
        assert isinstance(root, GraphQLObjectType)
        try:
            planned = plan(Selection(self._schema, known.document, flags), known.operation, root)
        except Unplannable as reason:
            return _Variant(known.operation, None, None, str(reason))
        return _Variant(known.operation, planned, compile_roots(planned.roots, dialect, scoped=scoped))

    def explain(
        self,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
        context: GraphQLContext,
    ) -> Explained:
        """How a request is answered. Raises Unplannable or InvoicingError with the reason when no part is planned."""
        request, planned, compiled = self._prepare(document, operation, variables, context)
        sql, values = render(context.services.database.dialect, context.scope, compiled, request)
        return Explained(sql, values, list(planned.reasons))
