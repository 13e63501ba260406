"""Event streams by the distinct-connections mode of GraphQL over SSE, and connections whose other end is gone.

The protocol's own page is the measure: https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md
"""

from __future__ import annotations

import asyncio
import json
import socket as sockets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from app.commands.replica import GIVE_UP_MS, listen
from app.graphql.transport import Limits
from app.settings import load
from tests.chaos.processes import free_port
from tests.graphql.test_protocol import NUMBERS, let_in, send
from tests.graphql.toy import GOOD, Log, served

HEADERS = {"authorization": GOOD, "accept": "text/event-stream"}
QUERY = NUMBERS["payload"]["query"]
# Far more than the buffers of a connection hold.
LARGE = 400_000


@pytest.fixture
async def log() -> Log:
    return Log()


@pytest.fixture
async def address(log: Log) -> AsyncIterator[str]:
    async with served(log) as address:
        yield address


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@asynccontextmanager
async def streaming(
    http: aiohttp.ClientSession, address: str, query: str = QUERY, **headers: str
) -> AsyncIterator[aiohttp.ClientResponse]:
    """A stream that is open."""
    async with http.post(address, json={"query": query}, headers={**HEADERS, **headers}) as response:
        assert response.status == 200
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert await response.content.readline() == b":\n"
        assert await response.content.readline() == b"\n"
        yield response


async def event(response: aiohttp.ClientResponse) -> dict[str, str]:
    """The next event's fields; comments are passed over."""
    found: dict[str, str] = {}
    async with asyncio.timeout(10):
        while True:
            line = (await response.content.readline()).decode()
            if line == "\n" and found:
                return found
            name, _, value = line.rstrip("\n").partition(":")
            if name:
                found[name] = value.removeprefix(" ")


COMPLETE = {"event": "complete", "data": ""}


async def test_a_subscription_is_events_with_ids(http: aiohttp.ClientSession, address: str, log: Log) -> None:
    async with streaming(http, address) as response:
        await asyncio.sleep(0.05)
        log.grow(2)
        found = [await event(response) for _ in range(2)]
    assert [(item["event"], item["id"]) for item in found] == [("next", "c1"), ("next", "c2")]
    assert [json.loads(item["data"])["data"] for item in found] == [{"numbers": "1"}, {"numbers": "2"}]


async def test_a_client_that_comes_back_goes_on_after_its_last_event(
    http: aiohttp.ClientSession, address: str, log: Log
) -> None:
    """Given a Last-Event-ID, as a browser sends it by itself, then the stream goes on after it, without a gap."""
    log.grow(5)
    async with streaming(http, address, **{"last-event-id": "c2"}) as response:
        assert [(await event(response))["id"] for _ in range(3)] == ["c3", "c4", "c5"]
        log.grow()
        assert (await event(response))["id"] == "c6"
    async with streaming(http, address, **{"last-event-id": "c99"}) as response:
        told = await event(response)
        assert json.loads(told["data"])["errors"][0]["extensions"]["code"] == "UNKNOWN_CURSOR"
        assert await event(response) == COMPLETE
    # An empty one is none.
    async with streaming(http, address, **{"last-event-id": ""}) as response:
        await asyncio.sleep(0.05)
        log.grow()
        assert (await event(response))["id"] == "c7"


async def test_a_subscription_that_ends_and_a_query_complete(http: aiohttp.ClientSession, address: str) -> None:
    for query, data in (("subscription { two }", [{"two": 1}, {"two": 2}]), ("{ echo(value: 1) }", [{"echo": 1}])):
        async with streaming(http, address, query) as response:
            found = [await event(response) for _ in data]
            assert [json.loads(item["data"])["data"] for item in found] == data
            assert all(item.keys() == {"event", "data"} for item in found)
            assert await event(response) == COMPLETE
            assert await response.content.read() == b""


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("subscription { nonsense }", "GRAPHQL_VALIDATION_FAILED"),
        ("query A { echo } query B { echo }", "OPERATION_RESOLUTION_FAILURE"),
        ("subscription { " + "numbers " * 2_000 + "}", "LIMIT_EXCEEDED"),
    ],
)
async def test_what_is_wrong_with_an_operation_comes_in_the_stream(
    http: aiohttp.ClientSession, address: str, query: str, code: str
) -> None:
    """Given an operation that cannot be executed, then the stream is accepted and tells why, as the protocol has it."""
    async with streaming(http, address, query) as response:
        told = await event(response)
        assert told["event"] == "next"
        payload = json.loads(told["data"])
        assert payload["errors"][0]["extensions"]["code"] == code
        assert "data" not in payload
        assert await event(response) == COMPLETE


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"json": {"query": QUERY}, "headers": {"authorization": "Bearer bad"}}, 401),
        ({"json": {"query": QUERY}, "headers": {"authorization": ""}}, 401),
        ({"data": "not json", "headers": {"content-type": "application/json"}}, 400),
        ({"data": "x", "headers": {"content-type": "text/plain"}}, 415),
        ({"json": [], "headers": {}}, 400),
        ({"json": {"query": "{ echo }", "variables": {"a": json.loads("[" * 200 + "]" * 200)}}, "headers": {}}, 400),
    ],
)
async def test_who_may_not_ask_or_asks_in_no_readable_way_is_refused_by_a_status(
    http: aiohttp.ClientSession, address: str, request_: dict[str, Any], status: int
) -> None:
    request_["headers"] = {**HEADERS, **request_["headers"]}
    async with http.post(address, **request_) as response:
        assert response.status == status
        assert "errors" in await response.json()


async def test_a_stream_can_be_asked_for_by_get(http: aiohttp.ClientSession, address: str, log: Log) -> None:
    async with http.get(address, params={"query": QUERY}, headers=HEADERS) as response:
        await response.content.readline()
        await asyncio.sleep(0.05)
        log.grow()
        assert (await event(response))["id"] == "c1"


async def test_a_key_that_ends_ends_its_streams_though_nothing_happens(
    http: aiohttp.ClientSession, address: str, log: Log
) -> None:
    async with streaming(http, address) as response:
        await asyncio.sleep(0.05)
        log.ended.add(GOOD)
        async with asyncio.timeout(2.5):
            told = await event(response)
        assert json.loads(told["data"]) == {
            "errors": [{"message": "the API key no longer works", "extensions": {"code": "UNAUTHENTICATED"}}]
        }
        assert await event(response) == COMPLETE
    assert log.streams() == 0


async def test_a_stream_says_now_and_then_that_it_is_open(http: aiohttp.ClientSession, log: Log) -> None:
    async with served(log, Limits(keep_alive_s=1.0)) as address, streaming(http, address) as response:
        async with asyncio.timeout(2.5):
            assert await response.content.readline() == b":\n"


async def test_a_stream_ends_with_its_client(http: aiohttp.ClientSession, address: str, log: Log) -> None:
    async with streaming(http, address):
        await asyncio.sleep(0.05)
        assert log.streams() == 1
    await gone(log)


async def gone(log: Log) -> None:
    """Waits until the server has given up all subscriptions."""
    async with asyncio.timeout(5):
        while log.streams():  # noqa: ASYNC110  # the server has no event for it
            await asyncio.sleep(0.02)


async def deaf(address: str, request: bytes) -> sockets.socket:
    """A connection whose client sends a request and then reads nothing any more, not even what comes meanwhile."""
    host, port = address.removeprefix("http://").removesuffix("/graphql").split(":")
    raw = sockets.socket()
    raw.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4_096)
    raw.setblocking(False)
    await asyncio.get_running_loop().sock_connect(raw, (host, int(port)))
    await asyncio.get_running_loop().sock_sendall(raw, request)
    return raw


async def test_a_stream_whose_client_stops_reading_is_given_up(http: aiohttp.ClientSession, log: Log) -> None:
    """Given a client that reads nothing, when more comes than a connection holds, then the stream ends by its limit."""
    body = json.dumps({"query": f"subscription {{ numbers(size: {LARGE}) }}"}).encode()
    request = (
        b"POST /graphql HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\nauthorization: Bearer good\r\n"
        b"content-type: application/json\r\ncontent-length: " + str(len(body)).encode() + b"\r\n\r\n" + body
    )
    async with served(log, Limits(stalled_s=0.4)) as address:
        raw = await deaf(address, request)
        await asyncio.sleep(0.2)
        assert log.streams() == 1
        for _ in range(20):
            log.grow()
            await asyncio.sleep(0.01)
        await gone(log)
        raw.close()


async def websocket_to(address: str, messages: list[Any]) -> sockets.socket:
    """A WebSocket by hand, whose client reads nothing and answers no ping."""
    upgrade = (
        b"GET /graphql HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\n"
        b"sec-websocket-version: 13\r\n"
        b"sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n"
    )
    frames = b""
    for message in messages:
        text = json.dumps(message).encode()
        assert len(text) < 126
        frames += bytes([0x81, 0x80 | len(text), 0, 0, 0, 0]) + text
    raw = await deaf(address, upgrade)
    await asyncio.sleep(0.1)
    await asyncio.get_running_loop().sock_sendall(raw, frames)
    return raw


def opening(size: int) -> list[Any]:
    query = f"subscription {{ numbers(size: {size}) }}"
    init = {"type": "connection_init", "payload": {"authorization": GOOD}}
    return [init, {"type": "subscribe", "id": "1", "payload": {"query": query}}]


async def test_a_socket_whose_client_stops_reading_is_given_up(log: Log) -> None:
    """Given a client that reads nothing, when more comes than a connection holds, then the socket ends by its limit."""
    async with served(log, Limits(stalled_s=0.4), ws_ping_interval=None) as address:
        raw = await websocket_to(address, opening(LARGE))
        await asyncio.sleep(0.2)
        assert log.streams() == 1
        for _ in range(20):
            log.grow()
            await asyncio.sleep(0.01)
        await gone(log)
        raw.close()


async def test_a_socket_whose_client_answers_no_ping_is_closed(log: Log) -> None:
    """Given a client that is gone without a word, then the socket ends after the ping's interval and its time-out."""
    async with served(log, ws_ping_interval=0.3, ws_ping_timeout=0.3) as address:
        raw = await websocket_to(address, opening(0))
        await asyncio.sleep(0.15)
        assert log.streams() == 1
        async with asyncio.timeout(1.5):
            await gone(log)
        raw.close()


async def test_a_socket_whose_client_answers_pings_stays(http: aiohttp.ClientSession, log: Log) -> None:
    async with served(log, ws_ping_interval=0.2, ws_ping_timeout=0.2) as address, let_in(http, address) as socket:
        await send(socket, [NUMBERS])
        # Not the client's own time-out, which begins anew with every ping.
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1):
                await socket.receive()
        log.grow()
        assert (await socket.receive_json(timeout=5))["type"] == "next"


@pytest.mark.skipif(not hasattr(sockets, "TCP_USER_TIMEOUT"), reason="Linux alone knows it")
def test_the_kernel_gives_up_peers_that_take_nothing() -> None:
    """Given the socket that `invoicing serve` listens on, then its connections end when what is sent stays unread."""
    with listen(load({"INVOICING_PORT": str(free_port())})) as bound:
        bound.listen()
        with sockets.create_connection(bound.getsockname()) as _:
            accepted, _ = bound.accept()
            with accepted:
                assert accepted.getsockopt(sockets.IPPROTO_TCP, sockets.TCP_USER_TIMEOUT) == GIVE_UP_MS
