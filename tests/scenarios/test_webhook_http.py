"""A receiver on loopback answers well, badly, slowly, endlessly or not at all; the sender reports and stays whole."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
import uvloop
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from standardwebhooks.webhooks import Webhook

from app.delivery.outgoing.client import GuardedConnector, SystemResolver, make_session
from app.delivery.outgoing.guard import ForbiddenAddress, GuardedResolver
from app.delivery.outgoing.model import AttemptResult, OutgoingWebhook
from app.delivery.outgoing.webhook import WebhookSender
from app.domain.errors import Unauthenticated, Unavailable
from app.domain.webhooks.signature import verify

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
NEW, OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"
BODY = b'{"type":"invoice.finalized","data":{"number":"2026-0007"}}'

# Self-signed for hooks.shop.example until 2126, made for this test: it guards nothing.
TLS_KEY = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgXHfds8llP1dL178c
zRwrAIXyP2/HfMMxPUJaVq3ADfihRANCAAQ02CAbpaFOaJVwwKjlsRM0MqgXmV/F
28euSuz1Y9/AlWmpAML3xKyJv8LkCxqmx8+phl/qDlHUbLTiKKggHuHx
-----END PRIVATE KEY-----
"""
TLS_CERTIFICATE = """\
-----BEGIN CERTIFICATE-----
MIIB2DCCAX2gAwIBAgIUezI1I1UGzN2ZyRpCIm3+Izu24XgwCgYIKoZIzj0EAwIw
HTEbMBkGA1UEAwwSaG9va3Muc2hvcC5leGFtcGxlMCAXDTI2MTEyMzA5MjQyM1oY
DzIxMjYxMDMwMDkyNDIzWjAdMRswGQYDVQQDDBJob29rcy5zaG9wLmV4YW1wbGUw
WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQ02CAbpaFOaJVwwKjlsRM0MqgXmV/F
28euSuz1Y9/AlWmpAML3xKyJv8LkCxqmx8+phl/qDlHUbLTiKKggHuHxo4GYMIGV
MB0GA1UdDgQWBBTazY9Gez8GfEE1bXHV6vE7FGiczTAfBgNVHSMEGDAWgBTazY9G
ez8GfEE1bXHV6vE7FGiczTAdBgNVHREEFjAUghJob29rcy5zaG9wLmV4YW1wbGUw
DgYDVR0PAQH/BAQDAgKEMA8GA1UdEwEB/wQFMAMBAf8wEwYDVR0lBAwwCgYIKwYB
BQUHAwEwCgYIKoZIzj0EAwIDSQAwRgIhAM0KLuLr83DY/3k9/oLg3zN+vOV6SfW1
D+sXtVg+wi72AiEApVzYNvdZLVvUwtQhJdLzzKeZeH4MlEKg5tFCdOScDxQ=
-----END CERTIFICATE-----
"""

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


# What is sent


async def test_a_delivery_arrives_signed_and_as_it_was_prepared() -> None:
    seen: list[tuple[web.Request, bytes]] = []

    async def accept(request: web.Request) -> web.Response:
        seen.append((request, await request.read()))
        return web.Response(status=202, text="thanks", headers={"X-Seen": "1"})

    async with receiver(accept) as port, sender() as sending:
        result = await sending.send(
            webhook(f"http://127.0.0.1:{port}/in?shop=7", headers={"Authorization": "Bearer t"}, secrets=(NEW, OLD))
        )

    assert (result.ok, result.status, result.error, result.gone) == (True, 202, None, False)
    assert (result.response_body, result.response_headers["x-seen"]) == ("thanks", "1")
    assert (result.started_at, result.retry_after_s) == (NOW, None)
    assert 0 <= result.duration_ms < 5000
    (request, body) = seen[0]
    assert len(seen) == 1
    assert (request.method, request.path_qs, body) == ("POST", "/in?shop=7", BODY)
    headers = {name.lower(): value for name, value in request.headers.items()}
    signatures = headers.pop("webhook-signature")
    assert headers == {
        "host": f"127.0.0.1:{port}",
        "authorization": "Bearer t",
        "webhook-id": "evt_1",
        "webhook-timestamp": "1772366400",
        "content-type": "application/json",
        "content-length": str(len(BODY)),
        "user-agent": "MarketplaceInvoicing-Webhooks/0.1.0",
        "accept": "*/*",
        "accept-encoding": "identity",
        "connection": "close",
    }
    assert signatures.split(" ") == [Webhook(secret).sign("evt_1", NOW, BODY.decode()) for secret in (NEW, OLD)]


async def test_a_receiver_can_verify_what_arrives() -> None:
    refused: list[str] = []

    async def check(request: web.Request) -> web.Response:
        body = await request.read()
        verify(request.headers, body, NEW, now=NOW)
        try:
            verify(request.headers, body + b" ", NEW, now=NOW)
        except Unauthenticated as error:
            refused.append(error.message)
        return web.Response(status=204)

    async with receiver(check) as port:
        result = await attempt(port)

    assert (result.ok, result.status, refused) == (True, 204, ["no signature matches"])


async def test_no_cookie_is_ever_sent_back() -> None:
    cookies: list[str | None] = []

    async def set_cookie(request: web.Request) -> web.Response:
        cookies.append(request.headers.get("Cookie"))
        return web.Response(headers={"Set-Cookie": "tracking=1; Path=/"})

    resolver = FakeResolver([["127.0.0.1"]])
    async with receiver(set_cookie) as port, sender(resolver=resolver) as sending:
        for _ in range(2):
            assert (await sending.send(webhook(f"http://hooks.shop.example:{port}/"))).ok

    assert cookies == [None, None]


async def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    proxied: list[str] = []

    async def proxy(request: web.Request) -> web.Response:
        proxied.append(str(request.url))
        return web.Response()

    async def accept(request: web.Request) -> web.Response:
        return web.Response(text="direct")

    async with receiver(proxy) as proxy_port, receiver(accept) as port:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy_port}")
        result = await attempt(port)

    assert (result.response_body, proxied) == ("direct", [])


# What comes back


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (200, None),
        (204, None),
        (299, None),
        (300, "HTTP 300: redirects are not followed"),
        (304, "HTTP 304: redirects are not followed"),
        (400, "HTTP 400"),
        (404, "HTTP 404"),
        (410, "HTTP 410: the endpoint is gone"),
        (500, "HTTP 500"),
        (503, "HTTP 503"),
        (599, "HTTP 599"),
    ],
)
async def test_the_status_decides(status: int, error: str | None) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=status)

    async with receiver(answer) as port:
        result = await attempt(port)

    assert (result.ok, result.status, result.error, result.gone) == (error is None, status, error, status == 410)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_redirect_is_a_failure_and_leads_nowhere(status: int) -> None:
    paths: list[str] = []

    async def redirect(request: web.Request) -> web.Response:
        paths.append(request.path)
        return web.Response(status=status, headers={"Location": "/elsewhere"})

    async with receiver(redirect) as port:
        result = await attempt(port)

    assert (result.ok, result.error, paths) == (False, f"HTTP {status}: redirects are not followed", ["/in"])


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120), ("999999", 86_400), ("Sun, 01 Mar 2026 12:02:00 GMT", 120), ("soon", None)],
)
async def test_retry_after_is_taken_over(value: str, seconds: int | None) -> None:
    async def busy(request: web.Request) -> web.Response:
        return web.Response(status=429, headers={"Retry-After": value})

    async with receiver(busy) as port:
        result = await attempt(port)

    assert (result.ok, result.status, result.retry_after_s) == (False, 429, seconds)


async def test_retry_after_means_nothing_after_success() -> None:
    async def accept(request: web.Request) -> web.Response:
        return web.Response(headers={"Retry-After": "60"})

    async with receiver(accept) as port:
        assert (await attempt(port)).retry_after_s is None


async def test_headers_given_twice_are_joined_and_text_is_made_storable() -> None:
    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(
            b"HTTP/1.1 500 Oops\r\nX-A: 1\r\nx-a: 2\r\nX-B: \xff\r\nContent-Length: 5\r\n\r\na\xff\x00\xc3\xa4"
        )
        await writer.drain()

    async with raw_receiver(answer) as port:
        result = await attempt(port)

    assert (result.response_headers["x-a"], result.response_headers["x-b"]) == ("1, 2", "?")
    assert (result.response_body, result.error) == ("a\ufffd\ufffdä", "HTTP 500")


# Hostile and broken receivers


async def test_an_endless_body_is_cut_at_20_kb() -> None:
    written = 0

    async def flood(request: web.Request) -> web.StreamResponse:
        nonlocal written
        response = web.StreamResponse()
        await response.prepare(request)
        with contextlib.suppress(ConnectionError):
            while True:
                await response.write(b"x" * 10_000)
                written += 10_000
        return response

    async with receiver(flood) as port:
        result = await attempt(port)

    assert (result.ok, result.status) == (True, 200)
    assert result.response_body == "x" * 20_000
    # Beyond what was read, only what the buffers of two sockets hold ever left the receiver.
    assert written < 20_000_000


async def test_a_slow_body_does_not_undo_the_answer_and_is_not_waited_for_beyond_the_limit() -> None:
    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        with contextlib.suppress(ConnectionError):
            while True:
                await response.write(b"x")
                await asyncio.sleep(0.02)
        return response

    async with receiver(drip) as port:
        result = await attempt(port, timeout_s=0.2)

    assert (result.ok, result.status, result.error) == (True, 200, None)
    assert set(result.response_body) == {"x"}
    assert 200 <= result.duration_ms < 2000


async def test_a_silent_receiver_is_given_up_in_time() -> None:
    async def sleep(request: web.Request) -> web.Response:
        await asyncio.sleep(30)
        return web.Response()

    async with receiver(sleep) as port:
        result = await attempt(port, timeout_s=0.2)

    assert (result.ok, result.status, result.error) == (False, None, "no answer within 0.2 s")
    assert 200 <= result.duration_ms < 2000


async def test_headers_that_drip_for_ever_are_given_up_in_time() -> None:
    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(100):
            writer.write(f"x-{number}: 1\r\n".encode())
            await writer.drain()
            await asyncio.sleep(0.02)

    async with raw_receiver(drip) as port:
        result = await attempt(port, timeout_s=0.2)

    assert (result.ok, result.error) == (False, "no answer within 0.2 s")


async def test_interim_answers_without_end_are_given_up_in_time() -> None:
    async def keep_hoping(writer: asyncio.StreamWriter) -> None:
        while True:
            writer.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")
            await writer.drain()
            await asyncio.sleep(0.01)

    async with raw_receiver(keep_hoping) as port:
        result = await attempt(port, timeout_s=0.2)

    assert (result.ok, result.error) == (False, "no answer within 0.2 s")


async def test_a_gzip_bomb_is_not_expanded() -> None:
    bomb = gzip.compress(bytes(50_000_000))

    async def explode(request: web.Request) -> web.Response:
        return web.Response(body=bomb, headers={"Content-Encoding": "gzip"})

    async with receiver(explode) as port, make_session(allow_private=True) as session:
        result = await attempt(port)
        async with session.get(f"http://127.0.0.1:{port}/") as response:
            received = await response.read()

    assert (result.ok, result.response_body) == (True, "[compressed, not shown]")
    assert received == bomb


INVALID = "the answer is not valid HTTP, or its headers are too large"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"HTTP/1.1 200 OK\r\nX-Big: " + b"a" * 100_000 + b"\r\n\r\n", INVALID),
        (b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: 1\r\n" % n for n in range(5000)) + b"\r\n", INVALID),
        (b"HTTP/1.1 200 " + b"OK" * 100_000 + b"\r\n\r\n", INVALID),
        (b"SSH-2.0-OpenSSH_9.6\r\n", INVALID),
        (b"\x00\xff\x16\x03\x01 garbage\r\n\r\n", INVALID),
        (b"HTTP/1.1 abc OK\r\n\r\n", INVALID),
        (b"HTTP/9.9 200 OK\r\nContent-Length: nine\r\n\r\n", INVALID),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc", INVALID),
        (b"", "the connection was closed without an answer"),
        (b"HTTP/1.1 200 OK\r\nX-Half", "the connection was closed without an answer"),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", "HTTP 101"),
    ],
    ids=lambda value: repr(value[:40]) if isinstance(value, bytes) else "",
)
async def test_what_is_no_answer_is_a_failure(answer: bytes, error: str) -> None:
    async def write(writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        await writer.drain()

    async with raw_receiver(write) as port:
        result = await attempt(port)

    assert (result.ok, result.error) == (False, error)


async def test_a_body_that_breaks_off_does_not_undo_the_answer() -> None:
    async def half(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        await writer.drain()

    async with raw_receiver(half) as port:
        result = await attempt(port)

    assert (result.ok, result.status, result.response_body) == (True, 200, "half")


async def test_a_reset_connection_is_a_failure() -> None:
    async def reset(writer: asyncio.StreamWriter) -> None:
        # A lingering time of zero makes close() send RST.
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    async with raw_receiver(reset) as port:
        result = await attempt(port)

    assert (result.ok, result.status, result.error) == (False, None, "the connection broke off")


async def test_a_receiver_that_closes_without_saying_so_gets_the_next_delivery_all_the_same() -> None:
    async def answer_and_close(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()

    async with raw_receiver(answer_and_close) as port, sender() as sending:
        results = [await sending.send(webhook(f"http://127.0.0.1:{port}/")) for _ in range(5)]

    assert [result.error for result in results] == [None] * 5


async def test_nobody_listening_is_a_failure() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        result = await attempt(free.getsockname()[1])

    assert (result.ok, result.error) == (False, "the connection was refused")


async def test_a_full_backlog_is_given_up_in_time() -> None:
    with socket.socket() as full, contextlib.ExitStack() as clients:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        # Nobody accepts: once the backlog is full, the kernel lets further connections hang.
        for _ in range(3):
            client = clients.enter_context(socket.socket())
            client.setblocking(False)
            client.connect_ex(("127.0.0.1", port))
        async with sender(connect_timeout_s=0.2) as sending:
            result = await sending.send(webhook(f"http://127.0.0.1:{port}/"))

    assert (result.ok, result.error) == (False, "no connection within 0.2 s")


async def test_a_cancelled_attempt_is_cancelled_and_frees_its_turn() -> None:
    arrived = asyncio.Event()

    async def hang_once(request: web.Request) -> web.Response:
        if not arrived.is_set():
            arrived.set()
            await asyncio.sleep(30)
        return web.Response()

    async with receiver(hang_once) as port, sender(limit_per_host=1) as sending:
        first = asyncio.create_task(sending.send(webhook(f"http://127.0.0.1:{port}/")))
        await arrived.wait()
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        second = await sending.send(webhook(f"http://127.0.0.1:{port}/"))

    assert second.ok


async def test_a_host_gets_so_many_at_once_and_waiting_in_line_is_not_timed() -> None:
    active = highest = 0

    async def slow(request: web.Request) -> web.Response:
        nonlocal active, highest
        active += 1
        highest = max(highest, active)
        await asyncio.sleep(0.15)
        active -= 1
        return web.Response()

    # Five rounds of 0.15 s: the last would be far beyond its 0.5 s if the line counted.
    async with receiver(slow) as port, sender(limit_per_host=2, timeout_s=0.5) as sending:
        results = await asyncio.gather(*(sending.send(webhook(f"http://127.0.0.1:{port}/")) for _ in range(10)))

    assert [result.error for result in results] == [None] * 10
    assert max(result.duration_ms for result in results) < 500
    assert highest == 2


async def test_whoever_gets_no_turn_in_time_is_told_so_and_nothing_is_sent() -> None:
    arrivals = 0
    released = asyncio.Event()

    async def hang(request: web.Request) -> web.Response:
        nonlocal arrivals
        arrivals += 1
        await released.wait()
        return web.Response()

    async with receiver(hang) as port, make_session(allow_private=True, limit_per_host=1) as session:
        sending = WebhookSender(session, lambda: NOW, allow_http=True, queue_timeout_s=0.1)
        first = asyncio.create_task(sending.send(webhook(f"http://127.0.0.1:{port}/")))
        await asyncio.sleep(0)
        with pytest.raises(Unavailable):
            await sending.send(webhook(f"http://127.0.0.1:{port}/"))
        released.set()
        assert (await first).ok
        assert (arrivals, (await sending.send(webhook(f"http://127.0.0.1:{port}/"))).ok, arrivals) == (1, True, 2)


async def test_a_session_without_limits_lets_all_go_at_once() -> None:
    everyone = asyncio.Barrier(30)

    async def meet(request: web.Request) -> web.Response:
        await everyone.wait()
        return web.Response()

    async with receiver(meet) as port, make_session(allow_private=True, limit=0, limit_per_host=0) as session:
        sending = WebhookSender(session, lambda: NOW, allow_http=True, timeout_s=5)
        results = await asyncio.gather(*(sending.send(webhook(f"http://127.0.0.1:{port}/")) for _ in range(30)))

    assert [result.error for result in results] == [None] * 30


async def test_a_busy_host_does_not_hold_up_others() -> None:
    released = asyncio.Event()

    async def hang(request: web.Request) -> web.Response:
        await released.wait()
        return web.Response()

    async def accept(request: web.Request) -> web.Response:
        return web.Response()

    async with receiver(hang) as busy, receiver(accept) as free, sender(limit_per_host=2) as sending:
        # Thirty wait for the busy host, more than the twenty that may be sent in all.
        waiting = [asyncio.create_task(sending.send(webhook(f"http://127.0.0.1:{busy}/"))) for _ in range(30)]
        await asyncio.sleep(0.05)
        result = await sending.send(webhook(f"http://127.0.0.1:{free}/"))
        assert result.ok
        assert not any(task.done() for task in waiting)
        released.set()
        assert all(answer.ok for answer in await asyncio.gather(*waiting))


# Where it may not go


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("http://127.0.0.1:{port}/", "not sent: the address is not public"),
        ("http://[::ffff:127.0.0.1]:{port}/", "not sent: the address is not public"),
        (
            "http://2130706433:{port}/",
            "not sent: write an IP address in its usual form, such as 192.0.2.1 or [2001:db8::1]",
        ),
        (
            "http://0x7f.1:{port}/",
            "not sent: write an IP address in its usual form, such as 192.0.2.1 or [2001:db8::1]",
        ),
        ("http://localhost:{port}/", "not sent: the host name is not public"),
        ("ftp://hooks.shop.example/", "not sent: this is not an https URL with a host name"),
        (
            "http://hooks.shop.example:{port}/",
            "not sent: the host name leads to an address that is not public",
        ),
    ],
)
async def test_no_spelling_reaches_an_inner_receiver(url: str, error: str) -> None:
    reached: list[str] = []

    async def accept(request: web.Request) -> web.Response:
        reached.append(request.path)
        return web.Response()

    async with receiver(accept) as port, sender(allow_private=False, resolver=FakeResolver([["127.0.0.1"]])) as sending:
        result = await sending.send(webhook(url.format(port=port)))

    assert (result.ok, result.status, result.error, reached) == (False, None, error, [])
    assert result.error is not None
    assert "127.0.0.1" not in result.error


@pytest.mark.parametrize("url", ["http://127.0.0.1:{port}/", "http://2130706433:{port}/", "http://[::1]:{port}/"])
async def test_the_connector_refuses_inner_literals_by_itself(url: str) -> None:
    """No resolver is asked about these, and no URL was checked here."""

    async def accept(request: web.Request) -> web.Response:
        raise AssertionError("reached")

    async with receiver(accept) as port, make_session(allow_private=False) as session:
        with pytest.raises(aiohttp.ClientError) as caught:
            await session.post(url.format(port=port), data=b"")

    if isinstance(caught.value, aiohttp.ClientConnectorError):
        assert isinstance(caught.value.os_error, ForbiddenAddress)
    else:
        assert isinstance(caught.value, aiohttp.InvalidURL)


async def test_the_connection_goes_to_the_checked_address_and_the_name_is_asked_once() -> None:
    """A second question would get an address where nobody listens."""
    hosts: list[str] = []

    async def accept(request: web.Request) -> web.Response:
        hosts.append(request.headers["Host"])
        return web.Response()

    resolver = FakeResolver([["127.0.0.1"], ["127.0.0.2"]])
    async with receiver(accept) as port, sender(resolver=resolver) as sending:
        result = await sending.send(webhook(f"http://hooks.shop.example:{port}/"))

    assert (result.ok, hosts) == (True, [f"hooks.shop.example:{port}"])
    assert resolver.asked == ["hooks.shop.example"]


async def test_every_attempt_resolves_and_checks_anew() -> None:
    """A name that was good for one attempt and turns inward for the next is refused then."""

    async def accept(request: web.Request) -> web.Response:
        return web.Response()

    resolver = FakeResolver([["127.0.0.1"], ["169.254.169.254"]])
    async with receiver(accept) as port, sender(resolver=resolver) as sending:
        first = await sending.send(webhook(f"http://hooks.shop.example:{port}/"))
        second = await sending.send(webhook(f"http://hooks.shop.example:{port}/"))

    assert first.ok
    assert second.error == "not sent: the host name leads to an address that is not public"


async def test_a_name_that_is_public_first_and_inner_next_is_never_followed_inward() -> None:
    guarded = GuardedResolver(FakeResolver([["8.8.8.8", "2606:4700::1111"], ["127.0.0.1"]]))

    first = await guarded.resolve("hooks.shop.example", 443)

    assert [answer["host"] for answer in first] == ["8.8.8.8", "2606:4700::1111"]
    with pytest.raises(ForbiddenAddress):
        await guarded.resolve("hooks.shop.example", 443)


@pytest.mark.parametrize(
    "addresses", [["8.8.8.8", "10.0.0.1"], ["10.0.0.1", "8.8.8.8"], ["8.8.8.8", "localhost"], ["::ffff:10.0.0.1"]]
)
async def test_one_inner_address_refuses_the_whole_name(addresses: list[str]) -> None:
    with pytest.raises(ForbiddenAddress):
        await GuardedResolver(FakeResolver([addresses])).resolve("hooks.shop.example", 443)


@pytest.mark.parametrize("allow_private", [True, False])
async def test_a_name_without_an_address_does_not_resolve(allow_private: bool) -> None:
    async with sender(allow_private=allow_private, resolver=FakeResolver([[]])) as sending:
        result = await sending.send(webhook("http://hooks.shop.example/"))

    assert (result.ok, result.error) == (False, "the host name does not resolve")


async def test_the_system_knows_this_machine_and_the_guard_refuses_it() -> None:
    resolver = SystemResolver()

    found = await resolver.resolve("localhost", 80, socket.AF_INET)
    with pytest.raises(ForbiddenAddress):
        await GuardedResolver(resolver).resolve("localhost", 80)
    await resolver.close()

    assert {(answer["host"], answer["port"]) for answer in found} == {("127.0.0.1", 80)}


async def test_a_header_that_was_stored_before_the_rules_is_not_sent() -> None:
    async with sender() as sending:
        result = await sending.send(webhook("http://127.0.0.1:8080/", headers={"Transfer-Encoding": "chunked"}))

    assert (result.ok, result.error) == (False, "not sent: this header is set by the sender")


async def test_plain_http_is_refused_unless_allowed() -> None:
    async with make_session(allow_private=True) as session:
        result = await WebhookSender(session, lambda: NOW).send(webhook("http://127.0.0.1:8080/"))

    assert (result.ok, result.error) == (False, "not sent: only https is allowed")


async def test_a_session_without_the_guard_is_refused() -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(TypeError, match="make_session"):
            WebhookSender(session, lambda: NOW)


# TLS


@pytest.fixture(scope="module")
def server_tls(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    folder: Path = tmp_path_factory.mktemp("tls")
    (folder / "key.pem").write_text(TLS_KEY)
    (folder / "certificate.pem").write_text(TLS_CERTIFICATE)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context


async def test_over_tls_the_pinned_address_is_asked_by_name(server_tls: ssl.SSLContext) -> None:
    """SNI, Host and the certificate's check all use the name; only the connection uses the address."""
    names: list[str | None] = []
    server_tls.sni_callback = lambda _socket, name, _context: names.append(name)

    async def accept(request: web.Request) -> web.Response:
        names.append(request.headers["Host"])
        return web.Response()

    trusting = ssl.create_default_context(cadata=TLS_CERTIFICATE)
    resolver = FakeResolver([["127.0.0.1"], ["127.0.0.2"]])
    async with receiver(accept, tls=server_tls) as port, sender(resolver=resolver, ssl_context=trusting) as sending:
        result = await sending.send(webhook(f"https://hooks.shop.example:{port}/"))

    assert (result.ok, result.error) == (True, None)
    assert names == ["hooks.shop.example", f"hooks.shop.example:{port}"]


@pytest.mark.parametrize(
    ("host", "trusted", "error"),
    [
        ("hooks.shop.example", False, "TLS: the certificate was refused (self-signed certificate)"),
        (
            "other.example",
            True,
            "TLS: the certificate was refused (Hostname mismatch, certificate is not valid for 'other.example'.)",
        ),
    ],
)
async def test_a_certificate_that_does_not_fit_is_a_failure(
    server_tls: ssl.SSLContext, host: str, trusted: bool, error: str
) -> None:
    async def accept(request: web.Request) -> web.Response:
        raise AssertionError("reached")

    context = ssl.create_default_context(cadata=TLS_CERTIFICATE) if trusted else None
    resolver = FakeResolver([["127.0.0.1"]])
    async with receiver(accept, tls=server_tls) as port, sender(resolver=resolver, ssl_context=context) as sending:
        result = await sending.send(webhook(f"https://{host}:{port}/"))

    assert (result.ok, result.status, result.error) == (False, None, error)


async def test_a_receiver_without_tls_is_a_failure() -> None:
    async def accept(request: web.Request) -> web.Response:
        return web.Response()

    async with receiver(accept) as port, sender() as sending:
        result = await sending.send(webhook(f"https://127.0.0.1:{port}/"))

    assert (result.ok, result.error) == (False, "TLS: the handshake failed")


# The loop of production


def test_it_works_the_same_on_uvloop() -> None:
    async def story() -> list[str | None]:
        async def accept(request: web.Request) -> web.Response:
            return web.Response()

        async def garbage(writer: asyncio.StreamWriter) -> None:
            writer.write(b"garbage\r\n\r\n")
            await writer.drain()

        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            async with receiver(accept) as good, raw_receiver(garbage) as bad:
                ports = (good, bad, free.getsockname()[1])
                errors = [(await attempt(port)).error for port in ports]
        async with make_session(allow_private=False) as session:
            assert isinstance(session.connector, GuardedConnector)
            with pytest.raises(aiohttp.ClientConnectorError) as caught:
                await session.post("http://127.0.0.1:9/", data=b"")
            assert isinstance(caught.value.os_error, ForbiddenAddress)
        return errors

    # A loop of its own: the other tests share one of asyncio.
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        errors = runner.run(story())

    assert errors == [None, INVALID, "the connection was refused"]
