"""Every way known to us in which an endpoint attacks its sender, in one table: none reaches inside, none harms.

The other files about hostile receivers look at single mechanisms; here each case takes the whole way of an attempt.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import pytest

from tests.endpoints import megabytes
from tests.scenarios.receivers import BODY, INVALID, FakeResolver, sender, webhook

Behaviour = Callable[[asyncio.StreamWriter], Awaitable[None]]

NOT_PUBLIC = "not sent: the address is not public"
NOT_USUAL = "not sent: write an IP address in its usual form, such as 192.0.2.1 or [2001:db8::1]"
NAME_NOT_PUBLIC = "not sent: the host name is not public"
LEADS_INSIDE = "not sent: the host name leads to an address that is not public"
NO_URL = "not sent: this is not an https URL with a host name"
NO_ANSWER = "no answer within 0.3 s"
TIMEOUT_S, BOUND_S = 0.3, 3.0


@dataclass(frozen=True)
class Case:
    """Where an endpoint leads, or what it does to whoever comes; and what becomes of the attempt.

    `addresses` are what its name resolves to, a list for each time it is asked.
    """

    name: str
    error: str | None
    url: str = "http://127.0.0.1:{port}/"
    addresses: Sequence[list[str]] = ()
    behaviour: Behaviour | None = None


def address(host: str, error: str = NOT_PUBLIC) -> Case:
    return Case(f"address {host}", error, url=f"http://{host}:{{port}}/")


def name(*addresses: str) -> Case:
    return Case(f"name of {addresses}", LEADS_INSIDE, url="http://hooks.shop.example:{port}/", addresses=[[*addresses]])


async def write(writer: asyncio.StreamWriter, *parts: bytes) -> None:
    for part in parts:
        writer.write(part)
    await writer.drain()


def answers(*parts: bytes) -> Behaviour:
    """Says that, and closes."""

    async def behave(writer: asyncio.StreamWriter) -> None:
        await write(writer, *parts)

    return behave


def repeats(part: bytes, *, first: bytes = b"", pause_s: float = 0.0) -> Behaviour:
    """Says that without an end."""

    async def behave(writer: asyncio.StreamWriter) -> None:
        await write(writer, first)
        while True:
            await write(writer, part)
            await asyncio.sleep(pause_s)

    return behave


async def silent(writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(30)


OK = b"HTTP/1.1 200 OK\r\n"
BOMB = gzip.compress(bytes(100_000_000))


# Inside, by address: everything is refused before a connection is made.
INSIDE_BY_ADDRESS = [
    *map(
        address,
        (
            "127.0.0.1",
            "127.8.8.8",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "100.100.100.200",
            "168.63.129.16",
            "192.0.0.192",
            "192.0.2.1",
            "192.88.99.1",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "0.0.0.0",
            "[::]",
            "[::1]",
            "[fc00::1]",
            "[fd00:ec2::254]",
            "[fe80::1]",
            "[fec0::1]",
            "[ff02::1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[::ffff:169.254.169.254]",
            "[::127.0.0.1]",
            "[64:ff9b::127.0.0.1]",
            "[64:ff9b::a00:1]",
            "[64:ff9b:1::10.0.0.1]",
            "[2002:7f00:1::]",
            "[2002:a00:1::1]",
            "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
            "[2001:db8::1]",
            "[2606:4700::5efe:a00:1]",
            "[5f00::1]",
            "[100::1]",
        ),
    ),
]
# Inside, by an odd spelling of an address.
ODD_SPELLINGS = [
    *(
        address(host, NOT_USUAL)
        for host in (
            "2130706433",
            "0x7f000001",
            "017700000001",
            "0x7f.0.0.1",
            "0177.0.0.1",
            "127.1",
            "127.0.1",
            "127.0.0.1.",
            "127.000.000.001",
        )
    ),
]
INSIDE_BY_NAME = [
    *(
        address(host, NAME_NOT_PUBLIC)
        for host in ("localhost", "LOCALHOST", "a.localhost", "metadata.google.internal", "printer.local")
    ),
    address("localhost.", "not sent: this is not a valid host name"),
    name("127.0.0.1"),
    name("8.8.8.8", "10.0.0.1"),
    name("::ffff:10.0.0.1"),
    name("64:ff9b::a00:1"),
    name("2002:a00:1::1"),
    name("169.254.169.254"),
]
WRONG_URLS = [
    Case("another scheme", NO_URL, url="gopher://127.0.0.1:{port}/"),
    Case("a file", NO_URL, url="file:///etc/passwd"),
]
# What a receiver does once it is reached.
BEHAVIOURS = [
    Case(
        "a name that turns inward once it was checked",
        None,
        url="http://hooks.shop.example:{port}/",
        addresses=[["127.0.0.1"], ["169.254.169.254"]],
        behaviour=answers(OK + b"Content-Length: 0\r\n\r\n"),
    ),
    Case(
        "redirects inside",
        "HTTP 302: redirects are not followed",
        behaviour=answers(
            b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest/meta-data/\r\nContent-Length: 0\r\n\r\n"
        ),
    ),
    Case(
        "redirects to itself",
        "HTTP 307: redirects are not followed",
        behaviour=answers(b"HTTP/1.1 307 Temporary Redirect\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"),
    ),
    Case("an endless body", None, behaviour=repeats(b"x" * 65_536, first=OK + b"\r\n")),
    Case(
        "endless chunks",
        None,
        behaviour=repeats(b"1000\r\n" + b"x" * 4096 + b"\r\n", first=OK + b"Transfer-Encoding: chunked\r\n\r\n"),
    ),
    Case(
        "a length of exabytes",
        None,
        behaviour=repeats(b"x" * 65_536, first=OK + b"Content-Length: 9000000000000000000\r\n\r\n"),
    ),
    Case(
        "a gzip bomb",
        None,
        behaviour=answers(OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(BOMB), BOMB),
    ),
    Case(
        "a gzip bomb in chunks",
        None,
        behaviour=answers(
            OK + b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % len(BOMB),
            BOMB,
            b"\r\n0\r\n\r\n",
        ),
    ),
    Case("a body that drips", None, behaviour=repeats(b"x", first=OK + b"\r\n", pause_s=0.05)),
    Case("a status line that drips", NO_ANSWER, behaviour=repeats(b"O", first=b"HTTP/1.1 200 ", pause_s=0.05)),
    Case("headers that drip", NO_ANSWER, behaviour=repeats(b"x: 1\r\n", first=OK, pause_s=0.05)),
    Case("endless headers", INVALID, behaviour=repeats(b"x: 1\r\n" * 1_000, first=OK)),
    Case("a header without an end", INVALID, behaviour=repeats(b"x" * 65_536, first=OK + b"x: ")),
    Case("a status line without an end", INVALID, behaviour=repeats(b"x" * 65_536, first=b"HTTP/1.1 200 ")),
    Case(
        "interim answers without an end",
        NO_ANSWER,
        behaviour=repeats(b"HTTP/1.1 103 Early Hints\r\n\r\n", pause_s=0.01),
    ),
    Case(
        "an upgrade",
        "HTTP 101",
        behaviour=answers(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
    ),
    Case("silence", NO_ANSWER, behaviour=silent),
    Case("another protocol", INVALID, behaviour=answers(b"SSH-2.0-OpenSSH_9.6\r\n")),
    Case("two lengths", INVALID, behaviour=answers(OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx")),
    Case("no answer at all", "the connection was closed without an answer", behaviour=answers()),
]
CASES = [*INSIDE_BY_ADDRESS, *ODD_SPELLINGS, *INSIDE_BY_NAME, *WRONG_URLS, *BEHAVIOURS]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_a_hostile_endpoint_neither_is_reached_inside_nor_harms(case: Case) -> None:
    reached = 0
    # What leads inside is sent by a sender that may not go there; the others are on loopback, where it may.
    inside = case.behaviour is None

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal reached
        reached += 1
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(len(BODY))
            if case.behaviour is not None:
                await case.behaviour(writer)
        writer.close()

    resolver = FakeResolver([*case.addresses]) if case.addresses else None
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    before, began = megabytes(), asyncio.get_running_loop().time()
    async with sender(allow_private=not inside, resolver=resolver, timeout_s=TIMEOUT_S) as sending:
        result = await sending.send(webhook(case.url.format(port=port)))
    took, grew = asyncio.get_running_loop().time() - began, megabytes() - before
    server.close()

    assert (result.error, result.ok) == (case.error, case.error is None)
    assert reached == (0 if inside else 1)
    assert len(result.response_body) <= 20_000
    assert took < BOUND_S
    assert grew < 20
    assert result.error is None or "127.0.0.1" not in result.error
