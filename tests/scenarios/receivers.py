"""Receivers of webhooks on loopback, and a sender to them."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from app.delivery.outgoing.client import make_session
from app.delivery.outgoing.model import AttemptResult, OutgoingWebhook
from app.delivery.outgoing.webhook import WebhookSender

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
NEW, OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"
BODY = b'{"type":"invoice.finalized","data":{"number":"2026-0007"}}'

INVALID = "the answer is not valid HTTP, or its headers are too large"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def webhook(url: str, *, headers: dict[str, str] | None = None, secrets: tuple[str, ...] = (NEW,)) -> OutgoingWebhook:
    return OutgoingWebhook(url=url, message_id="evt_1", body=BODY, secrets=secrets, headers=headers or {})


@contextlib.asynccontextmanager
async def receiver(handler: Handler, *, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """A web server on loopback that answers everything with `handler`; gives its port."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls)
        await site.start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


@contextlib.asynccontextmanager
async def raw_receiver(answer: Callable[[asyncio.StreamWriter], Awaitable[None]]) -> AsyncIterator[int]:
    """A server on loopback that reads a request and lets `answer` write whatever it likes; gives its port."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(len(BODY))
            await answer(writer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


@contextlib.asynccontextmanager
async def sender(
    *,
    allow_private: bool = True,
    resolver: AbstractResolver | None = None,
    limit_per_host: int = 8,
    timeout_s: float = 5,
    connect_timeout_s: float = 5,
    ssl_context: ssl.SSLContext | None = None,
) -> AsyncIterator[WebhookSender]:
    async with make_session(
        allow_private=allow_private,
        limit=20,
        limit_per_host=limit_per_host,
        resolver=resolver,
        ssl_context=ssl_context,
    ) as session:
        yield WebhookSender(
            session, lambda: NOW, allow_http=True, timeout_s=timeout_s, connect_timeout_s=connect_timeout_s
        )


async def attempt(port: int, *, timeout_s: float = 5) -> AttemptResult:
    async with sender(timeout_s=timeout_s) as sending:
        return await sending.send(webhook(f"http://127.0.0.1:{port}/in"))


@dataclass
class FakeResolver(AbstractResolver):
    """Answers each question with the next list of addresses, the last one for ever."""

    answers: list[list[str]]
    asked: list[str] = field(default_factory=list)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        addresses = self.answers[min(len(self.asked), len(self.answers) - 1)]
        self.asked.append(host)
        return [
            ResolveResult(hostname=host, host=address, port=port, family=socket.AF_INET, proto=0, flags=0)
            for address in addresses
        ]

    async def close(self) -> None:
        pass
