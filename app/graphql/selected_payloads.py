"""Answers the selections of webhook endpoints, each by the authority of its endpoint."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import orjson

from app.db.rows import EventRow
from app.db.transaction import Database
from app.db.webhook_rows import EndpointRow
from app.delivery.broker import Broker
from app.delivery.message import MAX_SELECTED, SelectionFailed
from app.domain.errors import InvalidInput, Unavailable
from app.domain.scope import Permission, Scope
from app.graphql.context import GraphQLContext
from app.graphql.loaders import Loaders
from app.graphql.payload_selection import EVENT, LIMITS, CheckedSelection, check_selection
from app.graphql.planner import QueryPlanner
from app.graphql.schema import make_schema
from app.graphql.transport.engine import Engine, OperationRequest, RequestError
from app.services.context import ServiceContext

# What answering a selection for one event may take. It counts as a failure, not as something that passes: an answer
# that always takes so long would be put off without an end.
TIMEOUT_S: Final = 5.0
# Selections whose queries are remembered.
_KNOWN: Final = 500


class SelectedPayloads:
    """What selections make of events, by a schema and an engine of their own, within narrower limits."""

    def __init__(
        self,
        database: Database,
        broker: Broker,
        *,
        clock: Callable[[], datetime],
        base_url: str,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        # For reading only: nothing that a selection reaches writes, wakes or sends.
        self._services = ServiceContext(database=database, clock=clock)
        self._broker = broker
        self._base_url = base_url.rstrip("/")
        self._timeout_s = timeout_s
        self._schema = make_schema()
        self._engine = Engine(self._schema, LIMITS, QueryPlanner(self._schema))
        self._known: OrderedDict[str, CheckedSelection] = OrderedDict()

    async def render(self, scope: Scope, endpoint: EndpointRow, event: EventRow) -> str:
        """The data of a webhook's body as JSON: what the endpoint's selection makes of the event.

        Whatever keeps a single field from being answered fails the whole: half an answer would look like a whole one.
        Raises SelectionFailed with the reason, Unavailable when it may succeed later.
        """
        if endpoint.selection is None:
            raise ValueError("the endpoint has no selection")
        try:
            async with asyncio.timeout(self._timeout_s):
                answer = await self._answer(self._context(scope, endpoint), endpoint.selection, event.id)
        except TimeoutError:
            raise SelectionFailed(f"the selection took longer than {self._timeout_s:g} s") from None
        except InvalidInput as error:
            # It was valid when it was saved; the schema has changed since.
            raise SelectionFailed(f"the selection is not valid any more: {error.message}") from None
        except RequestError as error:
            raise SelectionFailed(f"the selection cannot be answered: {error.errors[0]['message']}") from None
        if errors := answer.get("errors"):
            if any(error.get("extensions", {}).get("retryable") for error in errors):
                raise Unavailable(errors[0]["message"])
            raise SelectionFailed(f"the selection cannot be answered: {errors[0]['message']}")
        text = orjson.dumps(answer["data"][EVENT]).decode()
        if text == "null":
            raise SelectionFailed("the event is out of the endpoint's sight")
        if len(text.encode()) > MAX_SELECTED:
            raise SelectionFailed(f"the selection gives more than {MAX_SELECTED} bytes")
        return text

    async def _answer(self, context: GraphQLContext, selection: str, event_id: str) -> dict[str, Any]:
        query = self._query(selection)
        prepared = self._engine.prepare(OperationRequest(query=query, variables={"id": event_id}))
        return await self._engine.execute(prepared, context)

    def _query(self, selection: str) -> str:
        found = self._known.get(selection)
        if found is None:
            found = self._known[selection] = check_selection(self._schema, selection)
            if len(self._known) > _KNOWN:
                self._known.popitem(last=False)
        return found.query

    def _context(self, scope: Scope, endpoint: EndpointRow) -> GraphQLContext:
        own = Scope(
            platform_id=endpoint.platform_id,
            mode=scope.mode,
            actor="system:webhooks",
            entity_id=endpoint.entity_id,
            permissions=frozenset(map(Permission, endpoint.permissions)),
        )
        return GraphQLContext(
            services=self._services,
            scope=own,
            key=None,  # type: ignore[arg-type]  # an event leads to nobody's key: asking for it is a bug
            loaders=Loaders(self._services.database, own),
            broker=self._broker,
            base_url=self._base_url,
            idempotency_header=None,
            operation_id=f"selection of {endpoint.id}",
        )
