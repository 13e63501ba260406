"""`POST /orders/{channel}`: what is checked before a message is read, and how it is answered."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Final, TypeVar

import orjson
import strawberry
import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from app.db.rows import OrderChannelRow
from app.domain.errors import InvalidInput, InvoicingError, Unauthenticated, Unavailable
from app.domain.scope import Scope
from app.graphql.inbound.messages import Answer, Messages, refusal
from app.graphql.inbound.rate import Rate
from app.graphql.transport.errors import unexpected
from app.graphql.transport.http import HttpError, check_content_type, read_body
from app.services import channels
from app.services.context import ServiceContext
from app.services.once import check_key

T = TypeVar("T")
log = structlog.get_logger(__name__)

# Bodies that may be coming at once in a process, and messages that may be under way. The two are apart, so that whoever
# sends slowly, and may be anybody, keeps nobody who has signed from being served.
READING: Final = 1_000
AT_ONCE: Final = 200
# How long a body may take to come, and a message to be carried out.
BODY_S: Final = 10.0
MESSAGE_S: Final = 30.0
# Headers of Standard Webhooks, which alone decide who sent a message.
_SIGNED: Final = ("webhook-id", "webhook-timestamp", "webhook-signature")


class InboundOrders:
    """Takes signed orders. `services` is what carries them out, once the application is open."""

    def __init__(
        self,
        schema: strawberry.Schema,
        services: Callable[[], ServiceContext],
        *,
        max_body_bytes: int,
        per_second: int,
        reading: int = READING,
        at_once: int = AT_ONCE,
        body_s: float = BODY_S,
        message_s: float = MESSAGE_S,
    ) -> None:
        self._messages = Messages(schema)
        self._services = services
        self._max_body_bytes = max_body_bytes
        self._rate = Rate(per_second)
        self._most_reading, self._at_once = reading, at_once
        self._body_s, self._message_s = body_s, message_s
        self._reading = self._under_way = 0
        self._running: set[asyncio.Task[Any]] = set()

    def routes(self) -> list[BaseRoute]:
        """The route to mount."""
        return [Route("/orders/{channel}", self._http, methods=["POST"])]

    async def drain(self, *, timeout_s: float) -> None:
        """Waits for the messages under way; for shutting down."""
        if self._running:
            await asyncio.wait(set(self._running), timeout=timeout_s)

    async def _http(self, request: Request) -> Response:
        try:
            return _respond(await self._answer(request))
        except HttpError as error:
            return _refuse(error)
        except ClientDisconnect:
            # Nobody is there to be told.
            return Response(status_code=400)
        except Exception as error:
            told = unexpected(error)
            code = told["extensions"]["code"]
            shown = {"code": code, "message": told["message"], "field": [], "retryable": False}
            return _respond(Answer(500, {"errors": [shown]}))

    async def _answer(self, request: Request) -> Answer:
        body = await self._body(request)
        headers = {name: value for name in _SIGNED if (value := request.headers.get(name)) is not None}
        services = self._services()
        channel_id: str = request.path_params["channel"]
        try:
            channel, scope = await channels.authenticate(services, channel_id, headers, body)
        except channels.Refused as error:
            self._spawn(channels.note(services, error.scope, error.channel, error.message))
            return refusal([Unauthenticated(error.message)])
        except InvoicingError as error:
            return refusal([error])
        if self._under_way >= self._at_once:
            return refusal([Unavailable("too many messages are under way; send it again a little later")])
        wait_s = self._rate.wait_s(channel.id)
        if wait_s > 0:
            raise HttpError(
                429,
                "the channel sends too fast; send it again later",
                "LIMIT_EXCEEDED",
                {"retry-after": str(math.ceil(wait_s))},
            )
        self._under_way += 1
        work = self._spawn(self._take(services, scope, channel, headers["webhook-id"], body))
        work.add_done_callback(self._done)
        try:
            # It goes on to its end when the client goes away or time is up.
            async with asyncio.timeout(self._message_s) as limit:
                return await asyncio.shield(work)
        except TimeoutError:
            if not limit.expired():
                raise
            return refusal([Unavailable("this takes long and goes on; send it again with the same webhook-id")])

    def _done(self, _: asyncio.Task[Answer]) -> None:
        self._under_way -= 1

    async def _take(
        self, services: ServiceContext, scope: Scope, channel: OrderChannelRow, message_id: str, body: bytes
    ) -> Answer:
        try:
            check_key(message_id)
        except InvalidInput as error:
            answer = refusal([InvalidInput(error.message, field=("webhook-id",))])
        else:
            answer = await self._messages.take(services, scope, message_id, body)
        self._spawn(channels.note(services, scope, channel, answer.failure))
        log.info("order_message", channel=channel.id, platform=scope.platform_id, id=message_id, status=answer.status)
        return answer

    async def _body(self, request: Request) -> bytes:
        check_content_type(request.headers.get("content-type"))
        coding = request.headers.get("content-encoding", "identity").strip().lower()
        if coding not in ("", "identity"):
            # The signature is over the body as it is; what is packed could be of any size (RFC 9110, 15.5.16).
            message = "the body must not be compressed"
            raise HttpError(415, message, "UNSUPPORTED_MEDIA_TYPE", {"accept-encoding": "identity"})
        if self._reading >= self._most_reading:
            raise HttpError(503, "too many messages are coming in", "UNAVAILABLE", {"retry-after": "1"})
        self._reading += 1
        try:
            async with asyncio.timeout(self._body_s):
                return await read_body(request, self._max_body_bytes)
        except TimeoutError:
            raise HttpError(408, f"the body took longer than {self._body_s:g} s", "UNAVAILABLE") from None
        finally:
            self._reading -= 1

    def _spawn(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task


def _refuse(error: HttpError) -> Response:
    retryable = error.status in (408, 429, 503)
    shown = {
        "code": error.error["extensions"]["code"],
        "message": error.error["message"],
        "field": [],
        "retryable": retryable,
    }
    return _respond(Answer(error.status, {"errors": [shown]}), error.headers)


def _respond(answer: Answer, headers: Mapping[str, str] | None = None) -> Response:
    further = dict(headers or {})
    if answer.retry_after_s is not None:
        further["retry-after"] = str(answer.retry_after_s)
    if answer.status == 401:
        further["www-authenticate"] = "Standard-Webhooks"
    return Response(
        orjson.dumps(answer.body),
        status_code=answer.status,
        headers={
            "content-type": "application/json; charset=utf-8",
            "cache-control": "no-store",
            "x-content-type-options": "nosniff",
            **further,
        },
    )
