"""What is sent to a receiver, and what is made of its answer."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import web
from standardwebhooks.webhooks import Webhook

from app.domain.errors import Unauthenticated
from app.domain.webhooks.signature import verify
from tests.scenarios.receivers import (
    BODY,
    NEW,
    NOW,
    OLD,
    FakeResolver,
    attempt,
    raw_receiver,
    receiver,
    sender,
    webhook,
)

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
