"""GraphQL over HTTP (the GraphQL Foundation's draft): negotiation, request parsing, status codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import orjson
from starlette.requests import Request
from starlette.responses import Response

from app.graphql.transport.engine import OperationRequest, RequestError
from app.graphql.transport.errors import request_error
from app.graphql.transport.limits import JSON_DEPTH, nests_deeper

JSON: Final = "application/json"
GRAPHQL: Final = "application/graphql-response+json"
EVENTS: Final = "text/event-stream"
HTML: Final = "text/html"
_CHARSETS: Final = frozenset({"utf-8", "utf8"})


class HttpError(Exception):
    """A request that is refused with a status of its own, whatever the client accepts."""

    def __init__(self, status: int, message: str, code: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.error = request_error(message, code)
        self.headers = dict(headers or {})


def negotiate(accept: str | None) -> str | None:
    """The media type to answer with: the client's most wanted of ours, JSON when it takes anything; None for none."""
    if accept is None or not accept.strip():
        return JSON
    ranges = sorted((_range(part) for part in accept.split(",")), key=lambda item: -item[1])
    for media, quality in ranges:
        if quality <= 0:
            continue
        if media in (JSON, GRAPHQL, EVENTS, HTML):
            return media
        if media in ("*/*", "application/*"):
            return JSON
    return None


def _range(part: str) -> tuple[str, float]:
    media, *parameters = (piece.strip() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                quality = float(value)
            except ValueError:
                quality = 0.0
        elif name.strip().lower() == "charset" and value.strip().strip('"').lower() not in _CHARSETS:
            return "", 0.0
    return media.lower(), quality


async def read_request(request: Request, *, max_body_bytes: int) -> OperationRequest:
    """The operation of a GET or POST request. Raises HttpError, or RequestError for parameters of a wrong type."""
    if request.method == "GET":
        return parameters_of(_get_parameters(request))
    check_content_type(request.headers.get("content-type"))
    body = await read_body(request, max_body_bytes)
    try:
        # orjson refuses invalid UTF-8 as it refuses invalid JSON.
        value = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise HttpError(400, f"the body is not JSON in UTF-8: {error}", "BAD_REQUEST") from None
    return parameters_of(value)


def check_content_type(content_type: str | None) -> None:
    """Only JSON: a form or plain text could be sent by any page on the web without being asked (CSRF)."""
    media, _, parameters = (content_type or "").partition(";")
    if media.strip().lower() != JSON:
        raise HttpError(415, f"the body must be {JSON}", "UNSUPPORTED_MEDIA_TYPE")
    charset = re.search(r'charset="?([^";\s]+)', parameters, re.IGNORECASE)
    if charset is not None and charset.group(1).lower() not in _CHARSETS:
        raise HttpError(415, "the body must be in UTF-8", "UNSUPPORTED_MEDIA_TYPE")


async def read_body(request: Request, limit: int) -> bytes:
    """The body, read no further than the limit. Raises HttpError 413."""
    declared = request.headers.get("content-length", "")
    too_large = HttpError(413, f"the body may have {limit} bytes at most", "LIMIT_EXCEEDED")
    if declared.isdigit() and int(declared) > limit:
        raise too_large
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise too_large
    return bytes(body)


def _get_parameters(request: Request) -> dict[str, Any]:
    found: dict[str, Any] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if isinstance(found.get(name), str):
            try:
                found[name] = orjson.loads(found[name])
            except orjson.JSONDecodeError:
                raise _wrong(name, "a JSON object") from None
    return found


def parameters_of(value: Any) -> OperationRequest:
    """The operation of a decoded request. Raises RequestError naming the parameter that is wrong."""
    if isinstance(value, list):
        raise _bad("batches are not supported; send one operation per request")
    if not isinstance(value, dict):
        raise _bad("the request must be a JSON object")
    query = value.get("query")
    if not isinstance(query, str) or not query.strip():
        raise _wrong("query", "a text with a GraphQL document")
    name = value.get("operationName")
    if name is not None and not isinstance(name, str):
        raise _wrong("operationName", "a text or null")
    variables = value.get("variables")
    if variables is not None and not isinstance(variables, dict):
        raise _wrong("variables", "an object or null")
    extensions = value.get("extensions")
    if extensions is not None and not isinstance(extensions, dict):
        raise _wrong("extensions", "an object or null")
    if nests_deeper([variables, extensions], JSON_DEPTH):
        raise _bad(f"the request's JSON nests deeper than the limit of {JSON_DEPTH}")
    return OperationRequest(query=query, operation_name=name or None, variables=variables or {})


def _wrong(name: str, wanted: str) -> HttpError:
    return HttpError(400, f"{name} must be {wanted}", "BAD_REQUEST")


def _bad(message: str) -> HttpError:
    return HttpError(400, message, "BAD_REQUEST")


def respond(payload: Mapping[str, Any], media: str, *, status: int | None = None) -> Response:
    """The response: under graphql-response+json what was not executed is 400; under JSON a well-formed one is 200."""
    if status is None:
        status = 400 if media == GRAPHQL and "data" not in payload else 200
    return Response(
        orjson.dumps(payload),
        status_code=status,
        headers={
            "content-type": f"{media}; charset=utf-8",
            "cache-control": "no-store",
            "x-content-type-options": "nosniff",
        },
    )


def refuse(error: HttpError, media: str) -> Response:
    """The response to a request that is refused."""
    response = respond({"errors": [error.error]}, media, status=error.status)
    response.headers.update(error.headers)
    return response


def failed(error: RequestError, media: str) -> Response:
    """The response to an operation that cannot be executed."""
    return respond({"errors": error.errors}, media)
