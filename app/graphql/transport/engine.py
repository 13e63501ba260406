"""From a request to a result: parse, check, validate, execute; mutations run to their end whatever the client does."""

from __future__ import annotations

import asyncio
import inspect
import time
from collections import OrderedDict
from collections.abc import AsyncGenerator, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, TypeVar

import strawberry
from graphql import (
    ASTValidationRule,
    DocumentNode,
    ExecutionResult,
    Executor,
    FieldNode,
    GraphQLError,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    create_source_event_stream,
    execute,
    map_source_to_response_event,
    parse,
    specified_rules,
    validate,
)

from app.graphql.transport.errors import format_errors
from app.graphql.transport.limits import Limits, OperationCost, check_shape, exceeded
from app.graphql.transport.stream import Stream, selected_variables
from app.running import spans
from app.running.measures import OperationMeasures, Timed

K = TypeVar("K")
T = TypeVar("T")

CACHED_DOCUMENTS: Final = 500
# Documents beyond this are not kept: a cache full of them would be large.
_CACHED_LENGTH: Final = 20_000
# A client's own name for an operation, in lines of the log and spans.
_MAX_NAME: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationRequest:
    """What a client asks for."""

    query: str
    operation_name: str | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Known:
    """A valid document's operation."""

    document: DocumentNode
    operation: OperationDefinitionNode
    cost: OperationCost
    timed: Timed


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A request that may be executed."""

    request: OperationRequest
    document: DocumentNode
    operation: OperationDefinitionNode
    cost: int
    timed: Timed

    @property
    def kind(self) -> OperationType:
        """Query, mutation or subscription."""
        return self.operation.operation

    def named(self, operation_id: str) -> dict[str, str]:
        """What lines of the log call it: kind and root field, the client's own name for it, and its number."""
        name = self.operation.name
        told = {"operation": f"{self.kind.value} {root_field(self.operation)}", "operation_id": operation_id}
        return told if name is None else {**told, "operation_name": name.value[:_MAX_NAME]}

    def describe(self, span: spans.Span) -> None:
        """Says of a span what is asked for: neither the document nor its variables."""
        kind, name = self.kind.value, self.operation.name
        span.rename(f"{kind} {root_field(self.operation)}")
        span.note("graphql.operation.type", kind)
        span.note("invoicing.cost", self.cost)
        if name is not None:
            span.note("graphql.operation.name", name.value[:_MAX_NAME])


class RequestError(Exception):
    """The request cannot be executed; `errors` say why, ready for the response."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__(errors)
        self.errors = errors


class Planner(Protocol):
    """Answers queries without executing them, where it can."""

    async def answer(
        self,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
        context: Any,
    ) -> dict[str, Any] | None:
        """The data of a query, or None when it must be executed."""


class Engine:
    """Executes operations of one schema within limits. `rules` must hold of a document beyond GraphQL's own."""

    def __init__(
        self,
        schema: strawberry.Schema,
        limits: Limits,
        planner: Planner | None = None,
        rules: Sequence[type[ASTValidationRule]] = (),
    ) -> None:
        self._schema = schema._schema
        self._planner = planner
        self._rules = (*specified_rules, *rules)
        self.limits = limits
        self._documents: OrderedDict[str, DocumentNode] = OrderedDict()
        self._operations: OrderedDict[tuple[str, str | None], _Known] = OrderedDict()
        self._running: set[asyncio.Task[Any]] = set()
        self.measures = OperationMeasures()

    def prepare(self, request: OperationRequest) -> Prepared:
        """Checks everything that can be checked before executing. Raises RequestError."""
        try:
            known = self._known(request)
            cost = known.cost.of(request.variables)
        except GraphQLError as error:
            raise self._refused(RequestError(format_errors([error], limit=1))) from None
        except RecursionError:
            raise self._refused(RequestError([_too_deep(self.limits)])) from None
        except RequestError as error:
            raise self._refused(error) from None
        return Prepared(
            request=request, document=known.document, operation=known.operation, cost=cost, timed=known.timed
        )

    def _refused(self, error: RequestError) -> RequestError:
        self._count(error.errors)
        return error

    def _count(self, errors: list[dict[str, Any]]) -> None:
        self.measures.errors.update(str(error["extensions"]["code"]) for error in errors)

    def _known(self, request: OperationRequest) -> _Known:
        key = (request.query, request.operation_name)
        found = self._operations.get(key)
        if found is not None:
            self._operations.move_to_end(key)
            return found
        document = self._document(request.query)
        operation = _operation(document, request.operation_name)
        cost = OperationCost(self._schema, document, operation, self.limits)
        timed = self.measures.of(operation.operation.value, root_field(operation))
        found = _Known(document, operation, cost, timed)
        _keep(self._operations, key, found, query=request.query)
        return found

    def _document(self, query: str) -> DocumentNode:
        cached = self._documents.get(query)
        if cached is not None:
            self._documents.move_to_end(query)
            return cached
        try:
            document = parse(query, max_tokens=self.limits.tokens)
        except GraphQLSyntaxError as error:
            if "Parsing aborted" in error.message:
                raise exceeded("tokens", "the document", self.limits.tokens) from None
            error.extensions = {"code": "GRAPHQL_PARSE_FAILED"}
            raise
        check_shape(document, self.limits)
        errors = validate(self._schema, document, self._rules, max_errors=self.limits.errors)
        if errors:
            raise RequestError(format_errors(errors, limit=self.limits.errors))
        _keep(self._documents, query, document, query=query)
        return document

    async def execute(self, prepared: Prepared, context: Any) -> dict[str, Any]:
        """The response of a query or mutation. A mutation goes on to its end when the caller is cancelled or waits
        no longer; a query is cancelled.
        """
        began = time.perf_counter()
        try:
            async with asyncio.timeout(self.limits.operation_timeout_s) as limit:
                if prepared.kind is OperationType.MUTATION:
                    response = await asyncio.shield(self.spawn(self._execute(prepared, context)))
                else:
                    response = await self._execute(prepared, context)
        except TimeoutError:
            if not limit.expired():
                raise
            response = self._took_too_long(prepared)
        errors = response.get("errors")
        (prepared.timed.failed if errors else prepared.timed.ok).observe(time.perf_counter() - began)
        if errors:
            self._count(errors)
        return response

    def _took_too_long(self, prepared: Prepared) -> dict[str, Any]:
        mutation = prepared.kind is OperationType.MUTATION
        what = "it goes on; ask again with the same idempotency key" if mutation else "it was stopped"
        message = f"the operation took longer than {self.limits.operation_timeout_s:g} s; {what}"
        return {"errors": [{"message": message, "extensions": {"code": "UNAVAILABLE", "retryable": True}}]}

    async def _execute(self, prepared: Prepared, context: Any) -> dict[str, Any]:
        with spans.span("operation") as span:
            if span.recorded:
                prepared.describe(span)
            response = await self._answer(prepared, context, span)
            if span.recorded:
                _tell_errors(span, response)
            return response

    async def _answer(self, prepared: Prepared, context: Any, span: spans.Span) -> dict[str, Any]:
        if self._planner is not None and prepared.kind is OperationType.QUERY:
            request = prepared.request
            data = await self._planner.answer(prepared.document, prepared.operation, request.variables, context)
            if data is not None:
                self.measures.planned += 1
                span.note("invoicing.planned", True)
                return {"data": data, "extensions": self._extensions(prepared.cost)}
            self.measures.executed += 1
        span.note("invoicing.planned", False)
        result = execute(
            self._schema,
            prepared.document,
            context_value=context,
            variable_values=dict(prepared.request.variables),
            operation_name=prepared.request.operation_name,
        )
        if inspect.isawaitable(result):
            result = await result
        return self._response(result, prepared.cost)

    async def open(self, prepared: Prepared, context: Any) -> Stream:
        """Begins a subscription. Raises RequestError when it cannot begin."""
        with spans.span("operation") as span:
            if span.recorded:
                prepared.describe(span)
            return await self._open(prepared, context)

    async def _open(self, prepared: Prepared, context: Any) -> Stream:
        request = prepared.request
        built = Executor.build(
            self._schema,
            prepared.document,
            context_value=context,
            raw_variable_values=dict(request.variables),
            operation_name=request.operation_name,
        )
        if isinstance(built, list):
            raise RequestError(format_errors(built, limit=self.limits.errors))
        source = create_source_event_stream(built)
        if inspect.isawaitable(source):
            source = await source
        if isinstance(source, ExecutionResult):
            raise RequestError(format_errors(source.errors or [], limit=self.limits.errors))
        selected = selected_variables(prepared.document, prepared.operation, request.variables)
        key = (request.query, request.operation_name, selected, prepared.cost)
        return Stream(executor=built, source=source, operation_key=key, cost=prepared.cost)

    async def respond(self, stream: Stream, value: Any, context: Any) -> dict[str, Any]:
        """The response to one event. Raises the InvoicingError of a field that may succeed later."""
        # Many may share it: it is part of nobody's request.
        with spans.span("subscription event", apart=True) as span:
            response = self._response(await stream.execute(value, context), stream.cost)
            if span.recorded:
                _tell_errors(span, response)
            return response

    async def responses(self, stream: Stream) -> AsyncGenerator[dict[str, Any], None]:
        """The responses of a subscription that shares nothing, just as graphql-core makes them: the reference."""
        results = map_source_to_response_event(stream.executor, stream.source)
        try:
            async for item in results:
                yield self._response(item, stream.cost)
        finally:
            await results.aclose()

    def _response(self, result: Any, cost: int) -> dict[str, Any]:
        response: dict[str, Any] = {}
        if result.errors:
            response["errors"] = format_errors(result.errors, limit=self.limits.errors)
        # No data entry at all where nothing was executed, as for variables of a wrong type.
        if result.data is not None or not result.errors or any(error.path for error in result.errors):
            response["data"] = result.data
        response["extensions"] = self._extensions(cost)
        return response

    def _extensions(self, cost: int) -> dict[str, Any]:
        return {"cost": {"estimated": cost, "limit": self.limits.cost}}

    def spawn(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """A task that `drain` waits for."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def drain(self, timeout_s: float) -> None:
        """Waits for what is being executed."""
        if self._running:
            await asyncio.wait(set(self._running), timeout=timeout_s)


def _keep(cache: OrderedDict[K, T], key: K, value: T, *, query: str) -> None:
    """Caches what was made of a query's text; a large text is not kept."""
    if len(query) <= _CACHED_LENGTH:
        cache[key] = value
        if len(cache) > CACHED_DOCUMENTS:
            cache.popitem(last=False)


def _operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    operations = [definition for definition in document.definitions if isinstance(definition, OperationDefinitionNode)]
    if name is None:
        if len(operations) != 1:
            raise GraphQLError(
                "the document has several operations; say which by operationName"
                if operations
                else "the document has no operation",
                extensions={"code": "OPERATION_RESOLUTION_FAILURE"},
            )
        return operations[0]
    for operation in operations:
        if operation.name is not None and operation.name.value == name:
            return operation
    raise GraphQLError(
        f"the document has no operation named {name!r}", extensions={"code": "OPERATION_RESOLUTION_FAILURE"}
    )


def _tell_errors(span: spans.Span, response: Mapping[str, Any]) -> None:
    for error in response.get("errors", ())[:1]:
        span.failed(str(error["extensions"]["code"]))


def root_field(operation: OperationDefinitionNode) -> str:
    """What an operation asks for, as its figures and log lines name it: its field of the root, if it is one alone."""
    selections = operation.selection_set.selections
    if len(selections) == 1 and isinstance(selections[0], FieldNode):
        return selections[0].name.value
    return "several"


def _too_deep(limits: Limits) -> dict[str, Any]:
    return {
        "message": f"depth: the document nests far deeper than the limit of {limits.depth}",
        "extensions": {"code": "LIMIT_EXCEEDED"},
    }
