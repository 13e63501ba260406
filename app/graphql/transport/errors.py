"""Errors as responses carry them: what was meant to be told as it is, everything else masked and logged."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

import structlog
from graphql import GraphQLError

from app.domain.errors import InvoicingError

log = structlog.get_logger(__name__)


def format_errors(errors: Sequence[GraphQLError], *, limit: int) -> list[dict[str, Any]]:
    """Errors for a response, at most `limit` of them, the last then saying that there are more."""
    shown = [format_error(error) for error in errors[:limit]]
    if len(errors) > limit:
        shown.append({"message": f"and {len(errors) - limit} more errors", "extensions": {"code": "LIMIT_EXCEEDED"}})
    return shown


def format_error(error: GraphQLError) -> dict[str, Any]:
    """One error with `extensions.code`; an unexpected one with a reference under which it is logged whole."""
    shown: dict[str, Any] = {"message": error.message}
    if error.locations:
        shown["locations"] = [{"line": place.line, "column": place.column} for place in error.locations]
    if error.path:
        shown["path"] = error.path
    original = error.original_error
    if original is None:
        shown["extensions"] = {"code": "GRAPHQL_VALIDATION_FAILED", **(error.extensions or {})}
    elif isinstance(original, InvoicingError):
        shown["message"] = original.message
        shown["extensions"] = extensions_of(original)
    elif isinstance(original, GraphQLError):
        shown["extensions"] = {"code": "BAD_USER_INPUT", **(original.extensions or {})}
    else:
        shown |= unexpected(original, path=error.path)
    return shown


def unexpected(error: BaseException, *, path: Sequence[str | int] | None = None) -> dict[str, Any]:
    """A bug as the API shows it: only a reference, under which it is logged whole."""
    reference = uuid.uuid4().hex
    log.error("unexpected error", reference=reference, path=path, exc_info=error)
    message = f"internal error, reference {reference}"
    return {"message": message, "extensions": {"code": "INTERNAL", "reference": reference}}


def extensions_of(error: InvoicingError) -> dict[str, Any]:
    """The extensions of an error of the product's own tree."""
    found: dict[str, Any] = {"code": error.code.value}
    if error.field:
        found["field"] = list(error.field)
    if error.retryable:
        found["retryable"] = True
    return found


def request_error(message: str, code: str) -> dict[str, Any]:
    """An error of the request itself, before any document."""
    return {"message": message, "extensions": {"code": code}}
