"""What an order webhook says: `{type, timestamp, data}`, its data the input of the mutation of that name."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
import strawberry
from graphql import GraphQLError, GraphQLInputType, GraphQLNonNull
from graphql.utilities.validate_input_value import validate_input_value

from app.db.rows import OrderRow
from app.domain.errors import ErrorCode, IdempotencyMismatch, InFlight, InvalidInput, InvoicingError
from app.domain.money import minor_text
from app.domain.scope import Scope
from app.graphql.coercion import compile_input
from app.graphql.errors import user_error
from app.graphql.inputs import to_service
from app.graphql.mutations.credits import OrderCancelInput, OrderRefundInput
from app.graphql.mutations.orders import CartCreateInput, OrderCreateInput, OrderUpdateInput
from app.services import credit_inputs, inputs, orders, refunds
from app.services.context import ServiceContext

Json = dict[str, Any]
# Errors that one answer names.
_MAX_ERRORS: Final = 50


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered: an HTTP status and a body; `retry_after_s` when the same message may succeed later."""

    status: int
    body: Json
    retry_after_s: int | None = None

    @property
    def failure(self) -> str | None:
        """What is noted of a refused message."""
        if self.status < 400:
            return None
        first = next(iter(self.body["errors"]))
        return f"{'.'.join(first['field'])}: {first['message']}" if first["field"] else str(first["message"])


@dataclass(frozen=True, slots=True)
class _Kind:
    """A type of message: the input its data is, and what it does under a key."""

    input: type[Any]
    do: Callable[[ServiceContext, Scope, Any, str], Awaitable[Answer]]


class Messages:
    """Reads messages by the inputs of a schema, and carries them out."""

    def __init__(self, schema: strawberry.Schema) -> None:
        self._kinds = {name: _Input(schema, kind) for name, kind in _KINDS.items()}

    async def take(self, services: ServiceContext, scope: Scope, message_id: str, body: bytes) -> Answer:
        """Carries a message out, once per id, and answers as its mutation would: with the same field paths."""
        try:
            kind, given = self._read(body)
            if given.idempotency_key not in (None, message_id):
                message = "the webhook-id is the message's idempotency key; leave this out"
                raise InvalidInput(message, field=("idempotencyKey",))
            return await kind.do(services, scope, given, message_id)
        except _Unreadable as error:
            return error.answer
        except (IdempotencyMismatch, InFlight) as error:
            # The message's key stands in its header.
            return refusal([type(error)(error.message, field=("webhook-id",))])
        except InvoicingError as error:
            return refusal([error])

    def _read(self, body: bytes) -> tuple[_Kind, Any]:
        try:
            message = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise _Unreadable(400, [_error("", f"the body is not JSON in UTF-8: {error}")]) from None
        if not isinstance(message, dict):
            raise _Unreadable(400, [_error("", "the body must be an object of type, timestamp and data")])
        for name, kind in (("type", str), ("timestamp", str), ("data", dict)):
            if not isinstance(message.get(name), kind):
                wanted = "an object" if kind is dict else "text"
                raise _Unreadable(422, [_error(name, f"must be {wanted}")])
        found = self._kinds.get(message["type"])
        if found is None:
            raise _Unreadable(422, [_error("type", f"must be one of {', '.join(self._kinds)}")])
        return found.kind, found.read(message["data"])


class _Input:
    """A kind's input as the schema declares it."""

    def __init__(self, schema: strawberry.Schema, kind: _Kind) -> None:
        name = kind.input.__name__
        declared: Any = schema._schema.type_map[name]
        self.kind = kind
        self._declared: GraphQLInputType = GraphQLNonNull(declared)
        self._coerce = compile_input(schema, name)

    def read(self, data: Json) -> Any:
        """The input that the data is. Raises _Unreadable naming what is wrong, as variables are refused."""
        errors: list[Json] = []

        def wrong(error: GraphQLError, path: Sequence[str | int]) -> None:
            errors.append(_error(path, error.message))
            if len(errors) >= _MAX_ERRORS:
                raise _Enough

        with contextlib.suppress(_Enough):
            validate_input_value(data, self._declared, wrong, hide_suggestions=True)
        if errors:
            raise _Unreadable(422, errors)
        return self._coerce(data)


class _Enough(Exception):
    """There are as many errors as one answer names."""


class _Unreadable(Exception):
    """A message that cannot be read, with the answer to it."""

    def __init__(self, status: int, errors: list[Json]) -> None:
        super().__init__(errors)
        self.answer = Answer(status, {"errors": errors})


def refusal(errors: Sequence[InvoicingError], **beside: object) -> Answer:
    """The answer to what failed: the status of the first error that may pass by itself, if any, else of the first."""
    first = next((error for error in errors if error.retryable), errors[0])
    # What a message names and does not exist is wrong in the message: the address it was sent to does exist.
    status = 422 if first.http_status in (404, 413) else first.http_status
    return Answer(status, {"errors": [_told(error) for error in errors], **beside}, 1 if first.retryable else None)


def _told(error: InvoicingError) -> Json:
    shown = user_error(error)
    return {
        "code": shown.code,
        "message": shown.message,
        "field": shown.field or [],
        "retryable": shown.retryable,
    }


def _error(path: str | Sequence[str | int], message: str) -> Json:
    field = [path] if isinstance(path, str) else [str(part) for part in path]
    return {
        "code": ErrorCode.INVALID_INPUT,
        "message": message,
        "field": [part for part in field if part],
        "retryable": False,
    }


def _order(row: OrderRow) -> Json:
    return {
        "id": row.id,
        "externalId": row.external_id,
        "entityId": row.entity_id,
        "status": row.status,
        "failure": row.failure,
    }


async def _create(services: ServiceContext, scope: Scope, given: Any, key: str) -> Answer:
    row = await orders.create(services, scope, to_service(given, inputs.OrderInput), key=key)
    return Answer(200, {"order": _order(row)})


async def _create_cart(services: ServiceContext, scope: Scope, given: Any, key: str) -> Answer:
    outcomes = await orders.create_cart(services, scope, to_service(given, inputs.CartInput), key=key)
    results = [
        {
            "entityId": outcome.entity_id,
            "entityExternalId": outcome.entity_external_id,
            "order": None if outcome.value is None else _order(outcome.value),
            "errors": [] if outcome.error is None else [_told(outcome.error)],
        }
        for outcome in outcomes
    ]
    errors = [outcome.error for outcome in outcomes if outcome.error is not None]
    # What succeeded stands; the sender must still learn that some did not, and may send the same message again.
    return refusal(errors, results=results) if errors else Answer(200, {"results": results})


async def _update(services: ServiceContext, scope: Scope, given: Any, key: str) -> Answer:
    row = await orders.update(services, scope, given.id, to_service(given, inputs.OrderUpdateInput), key=key)
    return Answer(200, {"order": _order(row)})


async def _refund(services: ServiceContext, scope: Scope, given: Any, key: str) -> Answer:
    done = await refunds.refund(services, scope, given.id, to_service(given, credit_inputs.RefundInput), key=key)
    refund = {
        "id": done.refund.id,
        "reference": done.refund.reference,
        "amount": minor_text(done.refund.amount_minor, done.refund.currency),
        "creditNoteId": done.refund.credit_note_id,
    }
    return Answer(200, {"refund": refund, "order": _order(done.order)})


async def _cancel(services: ServiceContext, scope: Scope, given: Any, key: str) -> Answer:
    row = await refunds.cancel(services, scope, given.id, to_service(given, credit_inputs.CancelInput), key=key)
    return Answer(200, {"order": _order(row)})


_KINDS: Final[Mapping[str, _Kind]] = {
    "order.created": _Kind(OrderCreateInput, _create),
    "cart.created": _Kind(CartCreateInput, _create_cart),
    "order.updated": _Kind(OrderUpdateInput, _update),
    "order.refunded": _Kind(OrderRefundInput, _refund),
    "order.cancelled": _Kind(OrderCancelInput, _cancel),
}
