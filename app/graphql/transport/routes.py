"""The routes of the API: `/graphql` for every way of asking, and GraphiQL's files."""

from __future__ import annotations

import asyncio
import itertools
import secrets
from collections.abc import AsyncGenerator, Callable, Hashable, Sequence
from functools import partial
from typing import Any, Final

import strawberry
from graphql import ASTValidationRule, OperationType
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from app.domain.errors import InvoicingError
from app.graphql.transport import graphiql as page
from app.graphql.transport.caps import Caps
from app.graphql.transport.engine import Engine, Planner, Prepared, RequestError
from app.graphql.transport.errors import extensions_of, unexpected
from app.graphql.transport.feeds import Feeds
from app.graphql.transport.frames import Frame
from app.graphql.transport.http import (
    EVENTS,
    HTML,
    JSON,
    HttpError,
    failed,
    negotiate,
    read_request,
    refuse,
    respond,
)
from app.graphql.transport.limits import Limits
from app.graphql.transport.patrol import Patrol
from app.graphql.transport.recheck import KeyChecks, StillValid
from app.graphql.transport.sse import IDLE_S, EventStream, executed, refused
from app.graphql.transport.websocket import Authenticate, MakeContext, Socket
from app.running import named
from app.running.measures import OperationMeasures

PATH: Final = "/graphql"
_METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
_ALLOW: Final = {"allow": "GET, POST"}


class GraphQLTransport:
    """Serves one schema. `authenticate` turns an Authorization header into a principal or raises an InvoicingError;
    `make_context` makes the context of one operation; `still_valid` says whether a principal still counts, `identity`
    names the key that it was authenticated by.
    """

    def __init__(
        self,
        schema: strawberry.Schema,
        *,
        authenticate: Authenticate,
        make_context: MakeContext,
        still_valid: StillValid,
        identity: Callable[[Any], Hashable],
        limits: Limits | None = None,
        graphiql: bool = True,
        planner: Planner | None = None,
        rules: Sequence[type[ASTValidationRule]] = (),
    ) -> None:
        self._engine = Engine(schema, limits or Limits(), planner, rules)
        self._feeds = Feeds(self._engine)
        self._authenticate = authenticate
        self._make_context = make_context
        self._checks = KeyChecks(still_valid, identity)
        self._patrol = Patrol(self._checks)
        self._caps = Caps(sockets=self._engine.limits.key_sockets, streams=self._engine.limits.key_streams)
        self._graphiql = graphiql
        self._sockets: set[Socket] = set()
        # Operations are told apart in logs by the process and their number in it.
        self._process, self._count = secrets.token_hex(4), itertools.count(1)

    def routes(self) -> list[BaseRoute]:
        """The routes to mount."""
        routes: list[BaseRoute] = [
            Route(PATH, self._http, methods=list(_METHODS)),
            WebSocketRoute(PATH, self._websocket),
        ]
        return [*routes, *page.routes(PATH)] if self._graphiql else routes

    @property
    def measures(self) -> OperationMeasures:
        """The figures of all operations."""
        return self._engine.measures

    def connections(self) -> dict[str, int]:
        """What is open: sockets, subscriptions over all transports, and the feeds that they share."""
        return {"sockets": len(self._sockets), "subscriptions": self._feeds.open_count, "feeds": len(self._feeds)}

    async def leave(self, *, timeout_s: float) -> None:
        """Ends everything that would go on for ever, so that clients resume elsewhere: event streams with an error that
        says after which cursor, sockets with 1012 once their queries and mutations are answered or the time is over.
        """
        # The sockets first: they know that they are leaving before any of their subscriptions is told.
        leaving = [asyncio.create_task(socket.leave()) for socket in self._sockets]
        self._feeds.close()
        if leaving:
            await asyncio.wait(leaving, timeout=timeout_s)

    async def drain(self, *, timeout_s: float) -> None:
        """Waits for the operations under way; for shutting down."""
        self._feeds.close()
        self._patrol.stop()
        await self._engine.drain(timeout_s)

    async def _websocket(self, socket: WebSocket) -> None:
        connection = Socket(
            socket,
            self._engine,
            self._feeds,
            authenticate=self._authenticate,
            make_context=self._make_context,
            checks=self._checks,
            caps=self._caps,
        )
        self._sockets.add(connection)
        try:
            if self._feeds.closed:
                await connection.refuse()
            else:
                with self._patrol.watched(connection.look_after):
                    await connection.run()
        finally:
            self._sockets.discard(connection)

    async def _http(self, request: Request) -> Response:
        media = negotiate(request.headers.get("accept"))
        if media == HTML:
            if self._graphiql and request.method == "GET" and "query" not in request.query_params:
                return page.document()
            media = JSON
        if media is None:
            wanted = f"{JSON}, application/graphql-response+json or {EVENTS}"
            return refuse(HttpError(406, f"accept {wanted}", "NOT_ACCEPTABLE"), JSON)
        answer_in = JSON if media == EVENTS else media
        try:
            return await self._answer(request, media)
        except HttpError as error:
            return refuse(error, answer_in)
        except RequestError as error:
            return failed(error, answer_in)
        except Exception as error:
            # Nothing of the product's own is meant to arrive here; what does is told as the API tells everything.
            return respond({"errors": [unexpected(error)]}, answer_in, status=500)

    async def _answer(self, request: Request, media: str) -> Response:
        if request.method not in ("GET", "POST"):
            raise HttpError(405, "use POST, or GET for queries", "METHOD_NOT_ALLOWED", _ALLOW)
        principal = await self._principal(request)
        operation = await read_request(request, max_body_bytes=self._engine.limits.max_body_bytes)
        check = self._checks.of(principal)
        try:
            prepared = self._engine.prepare(operation)
        except RequestError as error:
            if media != EVENTS:
                raise
            return refused(error, check, limits=self._engine.limits)
        if request.method == "GET" and prepared.kind is OperationType.MUTATION:
            raise HttpError(405, "mutations need POST", "METHOD_NOT_ALLOWED", {"allow": "POST"})
        operation_id = f"{self._process}-{next(self._count):x}"
        named.add(**prepared.named(operation_id))
        context = self._make_context(principal, request, operation_id=operation_id)
        if media == EVENTS:
            opening = partial(self._frames, prepared, context, request.headers.get("last-event-id"))
            holding = []
            if prepared.kind is OperationType.SUBSCRIPTION:
                holding = [self._caps.streams.held(check.identity), self._patrol.watched(_look_away)]
            return EventStream(opening, check, *holding, limits=self._engine.limits)
        if prepared.kind is OperationType.SUBSCRIPTION:
            raise HttpError(
                406, f"subscriptions need Accept: {EVENTS}, or a WebSocket (graphql-transport-ws)", "NOT_ACCEPTABLE"
            )
        return respond(await self._engine.execute(prepared, context), media)

    async def _principal(self, request: Request) -> Any:
        try:
            return await self._authenticate(request.headers.get("authorization"))
        except InvoicingError as error:
            headers = {"www-authenticate": "Bearer"} if error.http_status == 401 else {}
            refused = HttpError(error.http_status, error.message, error.code.value, headers)
            refused.error["extensions"] = extensions_of(error)
            raise refused from None

    async def _frames(
        self, prepared: Prepared, context: Any, last_event_id: str | None
    ) -> AsyncGenerator[Frame | None, None]:
        if prepared.kind is OperationType.SUBSCRIPTION:
            return await self._feeds.open(prepared, context, idle_s=IDLE_S, resume=last_event_id or None)
        return executed(partial(self._engine.execute, prepared, context))


def _look_away(now: float) -> None:
    """An event stream asks by itself; the patrol only has to go its rounds meanwhile."""
