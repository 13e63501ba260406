"""The web entry point: routes and lifespan. `uvicorn --factory app.asgi:create_app`, or `invoicing serve`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any

import structlog
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app import __version__
from app import settings as settings_module
from app.bootstrap import (
    Application,
    application,
    background,
    configure_logging,
    exposition,
    pending_migrations,
    spare_what_lasts,
)
from app.domain import events
from app.domain.audit.certificate import public_jwk
from app.domain.errors import InvoicingError, NotFound
from app.domain.payloads import json_schema
from app.graphql.context import GraphQLContext
from app.graphql.downloads import ReportDownloads
from app.graphql.idempotency import IdempotentOnMutations
from app.graphql.inbound import InboundOrders
from app.graphql.loaders import Loaders
from app.graphql.planner import QueryPlanner
from app.graphql.schema import make_schema
from app.graphql.transport import GraphQLTransport, Limits
from app.monitoring.exposition import Exposition
from app.monitoring.requests import Requests
from app.monitoring.routes import monitoring_routes
from app.running import named
from app.running.measures import RequestMeasures
from app.services import documents, keys
from app.services.keys import Principal
from app.settings import Settings

log = structlog.get_logger(__name__)


def create_app(settings: Settings | None = None, *, running: Application | None = None) -> Starlette:
    """The ASGI application. `running` hands in parts that are open already, as tests do; then nothing is started."""
    chosen = settings or settings_module.load()
    parts, requests = _Parts(), RequestMeasures()
    schema = make_schema()
    transport = GraphQLTransport(
        schema,
        authenticate=parts.authenticate,
        make_context=parts.context,
        still_valid=parts.still_valid,
        identity=lambda principal: principal.key.id,
        limits=Limits(
            max_body_bytes=chosen.max_body_bytes,
            socket_operations=chosen.socket_operations,
            key_sockets=chosen.key_sockets,
            key_streams=chosen.key_streams,
        ),
        graphiql=chosen.graphiql,
        planner=QueryPlanner(schema),
        rules=(IdempotentOnMutations,),
    )
    inbound = InboundOrders(
        schema,
        lambda: parts.app.services,
        max_body_bytes=chosen.max_body_bytes,
        per_second=chosen.channel_rate,
    )

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[dict[str, Any]]:
        if running is not None:
            parts.open = running
            yield {}
            return
        configure_logging(chosen)
        if missing := await pending_migrations(chosen):
            raise RuntimeError(f"the database lacks {', '.join(missing)}; run `invoicing migrate`")
        async with application(chosen) as opened, background(opened, worker=chosen.runs_embedded_worker):
            parts.open = opened
            spare_what_lasts()
            log.info("started", version=__version__, database=opened.database.dialect)

            async def leave() -> None:
                log.info("leaving", seconds=chosen.shutdown_s)
                opened.lifetime.end()
                await transport.leave(timeout_s=opened.lifetime.remaining_s())

            try:
                # The server calls it when it is told to end, before it closes any connection.
                yield {"leave": leave}
            finally:
                opened.lifetime.end()
                left_s = opened.lifetime.remaining_s()
                await asyncio.gather(transport.drain(timeout_s=left_s), inbound.drain(timeout_s=left_s))
                log.info("stopped")

    @lru_cache(maxsize=1)
    def figures() -> Exposition:
        return exposition(
            parts.app, requests=requests, operations=transport.measures, connections=transport.connections
        )

    if running is not None:
        parts.open = running
    routes = [
        *transport.routes(),
        *inbound.routes(),
        *ReportDownloads(lambda: parts.app.services, parts.authenticate).routes(),
        Route("/invoices/{invoice_id}.pdf", parts.invoice_pdf, methods=["GET"]),
        Route("/entities/{entity_id}/logo", parts.entity_logo, methods=["GET"]),
        Route("/.well-known/invoicing-audit-keys.json", parts.audit_keys, methods=["GET"]),
        Route("/events/schema/{event_type}.json", _event_schema, methods=["GET"]),
        *monitoring_routes(lambda: parts.app.health, figures, metrics_token=chosen.metrics_token),
    ]
    return Starlette(routes=routes, lifespan=lifespan, middleware=[Middleware(Requests, measures=requests)])


class _Parts:
    """The routes' view of the open application."""

    def __init__(self) -> None:
        self.open: Application | None = None

    @property
    def app(self) -> Application:
        if self.open is None:
            raise RuntimeError("the application is not open")
        return self.open

    async def authenticate(self, authorization: str | None) -> Principal:
        principal = await keys.authenticate(self.app.services, authorization)
        scope = principal.scope
        named.add(platform=scope.platform_id, entity=scope.entity_id)
        return principal

    async def still_valid(self, principals: Sequence[Any]) -> Sequence[bool]:
        return await keys.still_valid(self.app.services, principals)

    def context(self, principal: Any, connection: HTTPConnection, *, operation_id: str) -> GraphQLContext:
        return GraphQLContext(
            services=self.app.services,
            scope=principal.scope,
            key=principal.key,
            loaders=Loaders(self.app.database, principal.scope),
            broker=self.app.broker,
            base_url=self.app.settings.base_url.rstrip("/"),
            idempotency_header=_idempotency_header(connection),
            operation_id=operation_id,
            over_socket=connection.scope["type"] == "websocket",
        )

    async def invoice_pdf(self, request: Request) -> Response:
        """`GET /invoices/{id}.pdf`: authorized like the API; errors as JSON with the code of the error tree."""
        try:
            principal = await self.authenticate(request.headers.get("authorization"))
            rendered = await documents.render_pdf(self.app.services, principal.scope, request.path_params["invoice_id"])
        except InvoicingError as error:
            return _refused(error)
        headers = {
            "content-disposition": f'inline; filename="{rendered.file_name}"',
            "etag": f'"{rendered.sha256}"',
            "cache-control": "private, no-cache",
            "x-content-type-options": "nosniff",
        }
        return Response(rendered.content, media_type="application/pdf", headers=headers)

    async def entity_logo(self, request: Request) -> Response:
        """`GET /entities/{id}/logo`: authorized like the API."""
        try:
            principal = await self.authenticate(request.headers.get("authorization"))
            content, media_type = await documents.logo(
                self.app.services, principal.scope, request.path_params["entity_id"]
            )
        except InvoicingError as error:
            return _refused(error)
        headers = {"cache-control": "private, no-cache", "x-content-type-options": "nosniff"}
        return Response(content, media_type=media_type, headers=headers)

    async def audit_keys(self, request: Request) -> Response:
        """`GET /.well-known/invoicing-audit-keys.json`: the public keys that sign certificates (RFC 8037, RFC 7517)."""
        signer = await asyncio.to_thread(self.app.services.signing_key)
        body = {"keys": [] if signer is None else [public_jwk(signer)]}
        return JSONResponse(body, headers={"cache-control": "public, max-age=3600"})


def _idempotency_header(connection: HTTPConnection) -> str | None:
    # Several lines of one header mean the same as one with commas (RFC 9110, 5.3), which no key has.
    return ", ".join(connection.headers.getlist("idempotency-key")) if "idempotency-key" in connection.headers else None


def _refused(error: InvoicingError) -> Response:
    headers = {"www-authenticate": "Bearer"} if error.http_status == 401 else {}
    body = {"error": {"code": error.code, "message": error.message}}
    return JSONResponse(body, status_code=error.http_status, headers=headers)


async def _event_schema(request: Request) -> Response:
    """`GET /events/schema/{type}.json`: the JSON Schema of an event's `data` as this server writes it."""
    event = events.BY_TYPE.get(request.path_params["event_type"])
    if event is None:
        return _refused(NotFound("no such event type"))
    headers = {"cache-control": "public, max-age=3600", "x-content-type-options": "nosniff"}
    return JSONResponse(json_schema(event), media_type="application/schema+json", headers=headers)
