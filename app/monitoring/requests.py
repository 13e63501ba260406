"""Around every request: its id, a line in the log when it is over, and its figures."""

from __future__ import annotations

import logging
import re
import secrets
import time
from typing import Any, Final

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.running import named, spans
from app.running.measures import RequestMeasures

log = structlog.get_logger("app.requests")

HEADER: Final = b"x-request-id"
# What a proxy or a client may call a request; anything else is replaced: it ends in logs and in a header.
_REQUEST_ID: Final = re.compile(rb"[A-Za-z0-9._~+/=:@-]{1,128}")
_METHODS: Final = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
# Asked every few seconds by machines: their lines would bury the others.
_PROBES: Final = frozenset({"/healthz", "/readyz", "/metrics"})


class Requests:
    """ASGI middleware. Within a request, every line of the log carries `request_id`; the answer carries it as
    `X-Request-Id`, the client's own where it sent one that can be used.
    """

    def __init__(self, app: ASGIApp, measures: RequestMeasures) -> None:
        self._app = app
        self._measures = measures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request, or serves one socket to its end."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        request_id = request_id_of(scope)
        named.begin(request_id=request_id)
        with _span(scope) as span:
            await self._answer(scope, receive, send, request_id, span)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, request_id: str, span: spans.Span) -> None:
        status = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            kind = message["type"]
            if kind == "http.response.start":
                status = message["status"]
                if span.recorded and _streams(message):
                    span.lasts()
                message["headers"] = [*message.get("headers", ()), (HEADER, request_id.encode())]
            elif kind == "websocket.accept":
                message["headers"] = [*message.get("headers", ()), (HEADER, request_id.encode())]
            elif kind == "websocket.close":
                status = message.get("code", 1000)
            await send(message)

        started = time.perf_counter()
        self._measures.under_way += 1
        try:
            await self._app(scope, receive, send_with_id)
        finally:
            self._measures.under_way -= 1
            if span.recorded:
                _describe(span, scope, status)
            self._over(scope, status, time.perf_counter() - started)

    def _over(self, scope: Scope, status: int, seconds: float) -> None:
        path = scope["path"]
        if scope["type"] == "websocket":
            log.info("socket", path=path, code=status or 1006, seconds=round(seconds, 3))
            return
        # A client that went away before there was an answer has none; 499 as nginx has it.
        status = status or 499
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._measures.ended(method, _route(scope), status, seconds)
        level = logging.DEBUG if path in _PROBES else logging.INFO
        log.log(level, "request", method=method, path=path, status=status, ms=round(1000 * seconds, 2))


def _span(scope: Scope) -> spans.Span:
    """What the request belongs to: the trace that its headers name, or a new one; none for probes."""
    if scope["path"] in _PROBES:
        return spans.NOTHING
    span = spans.span("request", role=spans.Role.SERVER, headers=scope["headers"])
    if scope["type"] == "websocket":
        span.lasts()
    return span


def _streams(message: Message) -> bool:
    return any(name == b"content-type" and value.startswith(b"text/event-stream") for name, value in message["headers"])


def _describe(span: spans.Span, scope: Scope, status: int) -> None:
    """The route, never the path, which holds ids."""
    route = _route(scope)
    span.note("http.route", route)
    if scope["type"] == "websocket":
        span.rename(f"socket {route}")
        if status:
            span.note("invoicing.close_code", status)
        return
    method = scope["method"] if scope["method"] in _METHODS else "_OTHER"
    span.rename(f"{method} {route}")
    span.note("http.request.method", method)
    if status:
        span.note("http.response.status_code", status)
    if status >= 500:
        span.failed(str(status))


def request_id_of(scope: Scope) -> str:
    """The id that the client gave, or a new one."""
    for name, value in scope["headers"]:
        if name == HEADER:
            return value.decode() if _REQUEST_ID.fullmatch(value) else secrets.token_hex(8)
    return secrets.token_hex(8)


def _route(scope: Scope) -> str:
    """The route's pattern, of which there are as many as there are routes."""
    route: Any = scope.get("route")
    return getattr(route, "path_format", None) or "other"
