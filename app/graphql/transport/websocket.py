"""The `graphql-transport-ws` protocol; the older `graphql-ws` is not spoken.

A key is sent in `connection_init` (or in the upgrade's Authorization header). Browsers send no key of their own accord,
so a page of another origin can open a socket but not use it.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable
from contextlib import ExitStack, aclosing
from typing import Any, Final

import orjson
import structlog
from graphql import OperationType
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from app.domain.errors import InvoicingError, LimitExceeded
from app.graphql.transport.caps import Caps
from app.graphql.transport.engine import Engine, OperationRequest, Prepared, RequestError
from app.graphql.transport.errors import request_error
from app.graphql.transport.feeds import Feeds
from app.graphql.transport.http import HttpError, parameters_of
from app.graphql.transport.limits import JSON_DEPTH, nests_deeper
from app.graphql.transport.recheck import KeyCheck, KeyChecks
from app.graphql.transport.subscriber import Interrupted
from app.running import named

log = structlog.get_logger(__name__)

PROTOCOL: Final = "graphql-transport-ws"
_MAX_ID: Final = 200
_MAX_REASON: Final = 123
_KEY_ENDED: Final = (4403, "The API key no longer works")
# "Service Restart" (IANA's registry of WebSocket close codes): clients connect again, and subscribe after the cursor
# that they have seen last.
RESTART: Final = 1012
_RESTART_REASON: Final = "The server restarts; connect again and resume after your last cursor"

Authenticate = Callable[[str | None], Awaitable[Any]]
MakeContext = Callable[..., Any]


class _Close(Exception):
    """The socket is to be closed with a code and a reason."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


class Socket:
    """One connection: its key, and its operations under way by id."""

    def __init__(
        self,
        socket: WebSocket,
        engine: Engine,
        feeds: Feeds,
        *,
        authenticate: Authenticate,
        make_context: MakeContext,
        checks: KeyChecks,
        caps: Caps,
    ) -> None:
        self._socket = socket
        self._engine = engine
        self._feeds = feeds
        self._authenticate = authenticate
        self._make_context = make_context
        self._checks = checks
        self._caps = caps
        self._held = ExitStack()
        self._principal: Any = None
        self._check: KeyCheck | None = None
        self._acknowledged = False
        self._operations: dict[str, asyncio.Task[None]] = {}
        self._subscriptions: set[asyncio.Task[None] | None] = set()
        self._leaving = False
        self._ending = False
        self._sending = asyncio.Lock()
        self._sending_since: float | None = None
        self._task: asyncio.Task[Any] | None = None
        self._given_up = False

    async def run(self) -> None:
        """Speaks the protocol until either side closes."""
        if PROTOCOL not in self._socket.scope.get("subprotocols", ()):
            await self._socket.accept()
            await self._socket.close(4406, "Subprotocol not acceptable")
            return
        await self._socket.accept(subprotocol=PROTOCOL)
        self._task = asyncio.current_task()
        try:
            async with asyncio.timeout(self._engine.limits.init_timeout_s) as waiting:
                await self._handle(await self._receive())
                waiting.reschedule(None if self._acknowledged else waiting.when())
                while not self._acknowledged:
                    await self._handle(await self._receive())
                waiting.reschedule(None)
                while True:
                    await self._handle(await self._receive())
        except TimeoutError:
            await self._close(4408, "Connection initialisation timeout")
        except _Close as closing:
            await self._close(closing.code, closing.reason)
        except WebSocketDisconnect:
            pass
        except asyncio.CancelledError:
            if not self._given_up:
                raise
        except Exception:
            log.exception("a websocket failed")
            await self._close(4500, "Internal server error")
        finally:
            self._held.close()
            for task in list(self._operations.values()):
                task.cancel()

    def look_after(self, now: float) -> None:
        """Ends the socket when its key has ended or its client takes nothing any more."""
        since = self._sending_since
        if since is not None and now - since > self._engine.limits.stalled_s and self._task is not None:
            log.info("socket_stalled", seconds=self._engine.limits.stalled_s)
            self._given_up = True
            self._task.cancel()
        elif self._check is not None and self._check.ended and not self._ending:
            self._ending = True
            self._engine.spawn(self._end_key())

    async def _end_key(self) -> None:
        await self._close(*_KEY_ENDED)
        for task in list(self._operations.values()):
            task.cancel()

    async def leave(self) -> None:
        """Answers the queries and mutations under way, then closes with 1012. Nothing new is begun meanwhile: a client
        that hears nothing of an operation asks again where it connects next.
        """
        self._leaving = True
        answering = set(self._operations.values()) - self._subscriptions
        if answering:
            await asyncio.wait(answering)
        await self._close(RESTART, _RESTART_REASON)

    async def refuse(self) -> None:
        """Sends a client that comes too late elsewhere."""
        await self._socket.accept(subprotocol=PROTOCOL)
        await self._close(RESTART, _RESTART_REASON)

    async def _receive(self) -> dict[str, Any]:
        message = await self._socket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code") or 1000)
        text = message.get("text")
        if text is None:
            raise _Close(4400, "Messages must be text")
        limit = self._engine.limits.socket_message_bytes
        # A character has four bytes at most, so that most need not be encoded to be measured.
        if len(text) > limit or (len(text) * 4 > limit and len(text.encode()) > limit):
            raise _Close(4400, "The message is too long")
        try:
            value = orjson.loads(text)
        except orjson.JSONDecodeError:
            raise _Close(4400, "The message is not JSON") from None
        if not isinstance(value, dict) or not isinstance(value.get("type"), str):
            raise _Close(4400, "The message must be an object with a type")
        return value

    async def _handle(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "connection_init":
                await self._init(_payload(message))
            case "ping":
                payload = _payload(message)
                await self._send({"type": "pong", **({"payload": payload} if payload else {})})
            case "pong":
                _payload(message)
            case "subscribe" if self._leaving:
                pass
            case "subscribe":
                await self._subscribe(_id(message), message.get("payload"))
            case "complete":
                task = self._operations.pop(_id(message), None)
                if task is not None:
                    task.cancel()
            case _:
                raise _Close(4400, "The message's type is unknown")

    async def _init(self, payload: dict[str, Any]) -> None:
        if self._acknowledged:
            raise _Close(4429, "Too many initialisation requests")
        given = payload.get("authorization") or payload.get("Authorization")
        authorization = given if isinstance(given, str) else self._socket.headers.get("authorization")
        try:
            self._principal = await self._authenticate(authorization)
        except InvoicingError as error:
            raise _Close(4403, error.message) from None
        check = self._checks.of(self._principal)
        try:
            self._held.enter_context(self._caps.sockets.held(check.identity))
        except LimitExceeded as error:
            raise _Close(4429, error.message) from None
        self._check = check
        self._acknowledged = True
        await self._send({"type": "connection_ack"})

    async def _subscribe(self, operation_id: str, payload: Any) -> None:
        try:
            request = parameters_of(payload)
        except HttpError as error:
            raise _Close(4400, error.error["message"]) from None
        if not self._acknowledged:
            raise _Close(4401, "Unauthorized")
        if operation_id in self._operations:
            raise _Close(4409, f"Subscriber for {operation_id} already exists")
        if len(self._operations) >= self._engine.limits.socket_operations:
            limit = self._engine.limits.socket_operations
            errors = [request_error(f"a socket may run {limit} operations at once", "LIMIT_EXCEEDED")]
            await self._send({"type": "error", "id": operation_id, "payload": errors})
            return
        task = self._engine.spawn(self._run(operation_id, request))
        self._operations[operation_id] = task

    async def _run(self, operation_id: str, request: OperationRequest) -> None:
        try:
            prepared = self._engine.prepare(request)
            await self._operate(operation_id, prepared)
        except RequestError as error:
            if self._leaving and isinstance(error, Interrupted):
                # The socket's closing tells it: an error would say that this operation alone had failed.
                return
            await self._finish(operation_id, {"type": "error", "id": operation_id, "payload": error.errors})
        except _Close as closing:
            await self._close(closing.code, closing.reason)
        except WebSocketDisconnect:
            pass
        except InvoicingError as error:
            await self._finish(
                operation_id, {"type": "error", "id": operation_id, "payload": Interrupted.by(error).errors}
            )
        except Exception:
            reference = uuid.uuid4().hex
            log.exception("an operation failed", reference=reference)
            errors = [request_error(f"internal error, reference {reference}", "INTERNAL")]
            await self._finish(operation_id, {"type": "error", "id": operation_id, "payload": errors})
        finally:
            self._subscriptions.discard(asyncio.current_task())
            if self._operations.get(operation_id) is asyncio.current_task():
                del self._operations[operation_id]

    async def _operate(self, operation_id: str, prepared: Prepared) -> None:
        await self._check_key()
        # Context and loaders live as long as the operation, never as long as the socket.
        number = f"{id(self):x}-{operation_id}"
        named.within(**prepared.named(number))
        context = self._make_context(self._principal, self._socket, operation_id=number)
        if prepared.kind is not OperationType.SUBSCRIPTION:
            response = await self._engine.execute(prepared, context)
            await self._send({"type": "next", "id": operation_id, "payload": response})
        else:
            await self._follow(operation_id, prepared, context)
        await self._finish(operation_id, {"type": "complete", "id": operation_id})

    async def _follow(self, operation_id: str, prepared: Prepared, context: Any) -> None:
        cursor = None
        self._subscriptions.add(asyncio.current_task())
        with self._caps.streams.held(self._check.identity if self._check is not None else None):
            async with aclosing(await self._feeds.open(prepared, context)) as frames:
                async for frame in frames:
                    if frame is None:
                        continue
                    try:
                        await self._check_key()
                    except InvoicingError as error:
                        raise Interrupted.by(error, cursor) from error
                    await self._send_text(frame.websocket(operation_id))
                    cursor = frame.cursor

    async def _check_key(self) -> None:
        """Closes the socket when its key no longer works."""
        if self._check is None or not await self._check.works():
            raise _Close(*_KEY_ENDED)

    async def _finish(self, operation_id: str, message: dict[str, Any]) -> None:
        # The id is free for the client once it reads this.
        self._operations.pop(operation_id, None)
        await self._send(message)

    async def _send(self, message: dict[str, Any]) -> None:
        await self._send_text(orjson.dumps(message).decode())

    async def _send_text(self, text: str) -> None:
        async with self._sending:
            if self._socket.application_state is not WebSocketState.CONNECTED:
                raise WebSocketDisconnect(1006)
            self._sending_since = time.monotonic()
            try:
                await self._socket.send_text(text)
            except (RuntimeError, OSError):
                raise WebSocketDisconnect(1006) from None
            finally:
                self._sending_since = None

    async def _close(self, code: int, reason: str) -> None:
        async with self._sending:
            if self._socket.application_state is WebSocketState.CONNECTED:
                try:
                    await self._socket.close(code, _fitting(reason))
                except (RuntimeError, OSError):
                    log.debug("the socket was closed already")


def _fitting(reason: str) -> str:
    """A close frame has room for 123 bytes."""
    return reason.encode()[:_MAX_REASON].decode(errors="ignore")


def _payload(message: dict[str, Any]) -> dict[str, Any]:
    payload = message.get("payload")
    if payload is not None and not isinstance(payload, dict):
        raise _Close(4400, "The payload must be an object")
    if nests_deeper(payload, JSON_DEPTH):
        raise _Close(4400, f"The payload nests deeper than the limit of {JSON_DEPTH}")
    return payload or {}


def _id(message: dict[str, Any]) -> str:
    found = message.get("id")
    if not isinstance(found, str) or not 1 <= len(found) <= _MAX_ID:
        raise _Close(4400, "The message needs an id")
    return found
