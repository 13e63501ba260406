"""Where a webhook may not go, and whom it trusts over TLS."""

from __future__ import annotations

import socket
import ssl
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from app.delivery.outgoing.client import SystemResolver, make_session
from app.delivery.outgoing.guard import ForbiddenAddress, GuardedResolver
from app.delivery.outgoing.webhook import WebhookSender
from tests.scenarios.receivers import (
    NOW,
    FakeResolver,
    receiver,
    sender,
    webhook,
)

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
