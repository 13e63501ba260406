"""Conformance with graphql-transport-ws: what every kind of message is answered with, well formed or not.

The protocol's own page is the measure: https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from app.graphql.transport import Limits
from app.graphql.transport.limits import JSON_DEPTH
from tests.graphql.toy import GOOD, Log, served

PROTOCOL = "graphql-transport-ws"
INIT: dict[str, Any] = {"type": "connection_init", "payload": {"authorization": GOOD}}
ACK = {"type": "connection_ack"}
LIMITS = Limits(socket_operations=3, key_sockets=3, key_streams=4)


def subscribe(operation_id: Any = "1", query: Any = "{ echo }", **more: Any) -> dict[str, Any]:
    return {"type": "subscribe", "id": operation_id, "payload": {"query": query, **more}}


def nested(depth: int) -> Any:
    """Lists within one another."""
    return json.loads("[" * depth + "]" * depth)


def answer(operation_id: str, data: Any) -> dict[str, Any]:
    return {"type": "next", "id": operation_id, "payload": {"data": data}}


def complete(operation_id: str = "1") -> dict[str, Any]:
    return {"type": "complete", "id": operation_id}


NUMBERS = subscribe("1", "subscription { numbers }")
LONG_ID = "ü" * 200

# What is sent (text as it is, bytes as a binary frame, else as JSON) after the socket is let in → the code it is closed
# with, and a part of the reason.
CLOSED: dict[str, tuple[list[Any], int, str]] = {
    "no JSON": (["not json"], 4400, "not JSON"),
    "empty": ([""], 4400, "not JSON"),
    "half a message": (['{"type": "ping"'], 4400, "not JSON"),
    "two messages in one": (['{"type": "ping"}{"type": "ping"}'], 4400, "not JSON"),
    "NaN": (['{"type": "ping", "payload": {"n": NaN}}'], 4400, "not JSON"),
    "half a surrogate": (['{"type": "ping", "payload": {"t": "\\ud800"}}'], 4400, "not JSON"),
    "a list": (["[]"], 4400, "object with a type"),
    "null": (["null"], 4400, "object with a type"),
    "a number": (["1"], 4400, "object with a type"),
    "a text": (['"ping"'], 4400, "object with a type"),
    "no type": (["{}"], 4400, "object with a type"),
    "a type that is no text": ([{"type": 1}], 4400, "object with a type"),
    "a type of null": ([{"type": None}], 4400, "object with a type"),
    "an unknown type": ([{"type": "unknown"}], 4400, "type is unknown"),
    "the older protocol's start": ([{"type": "start", "id": "1", "payload": {"query": "{ echo }"}}], 4400, "unknown"),
    "the older protocol's stop": ([{"type": "stop", "id": "1"}], 4400, "type is unknown"),
    "a server's connection_ack": ([ACK], 4400, "type is unknown"),
    "a server's next": ([answer("1", None)], 4400, "type is unknown"),
    "a server's error": ([{"type": "error", "id": "1", "payload": []}], 4400, "type is unknown"),
    "a binary frame": ([b"\x00\x01"], 4400, "must be text"),
    "JSON in a binary frame": ([json.dumps(INIT).encode()], 4400, "must be text"),
    "too long": ([json.dumps({"type": "ping", "payload": {"t": "x" * 20_000}})], 4400, "too long"),
    "too long in bytes": (
        [json.dumps({"type": "ping", "payload": {"t": "ü" * 11_000}}, ensure_ascii=False)],
        4400,
        "long",
    ),
    "deeper than a decoder goes": (
        ['{"type": "ping", "payload": {"a": ' + "[" * 2_000 + "]" * 2_000 + "}}"],
        4400,
        "JSON",
    ),
    "a deep ping": ([{"type": "ping", "payload": {"a": nested(500)}}], 4400, "nests deeper"),
    "a deep pong": ([{"type": "pong", "payload": {"a": nested(JSON_DEPTH)}}], 4400, "nests deeper"),
    "deep variables": ([subscribe(variables={"a": nested(500)})], 4400, "nests deeper"),
    "deep extensions": ([subscribe(extensions={"a": nested(300)})], 4400, "nests deeper"),
    "subscribe without id": ([{"type": "subscribe", "payload": {"query": "{ echo }"}}], 4400, "needs an id"),
    "an id that is no text": ([subscribe(1)], 4400, "needs an id"),
    "an id of null": ([subscribe(None)], 4400, "needs an id"),
    "an empty id": ([subscribe("")], 4400, "needs an id"),
    "an id that is too long": ([subscribe("x" * 201)], 4400, "needs an id"),
    "subscribe without payload": ([{"type": "subscribe", "id": "1"}], 4400, "must be a JSON object"),
    "a payload of null": ([{"type": "subscribe", "id": "1", "payload": None}], 4400, "must be a JSON object"),
    "a payload that is a list": ([{"type": "subscribe", "id": "1", "payload": []}], 4400, "batches"),
    "no query": ([{"type": "subscribe", "id": "1", "payload": {}}], 4400, "query must be"),
    "a query that is no text": ([subscribe("1", 1)], 4400, "query must be"),
    "an empty query": ([subscribe("1", "")], 4400, "query must be"),
    "variables that are no object": ([subscribe(variables=[])], 4400, "variables must be"),
    "an operation name that is no text": ([subscribe(operationName=1)], 4400, "operationName must be"),
    "extensions that are no object": ([subscribe(extensions="x")], 4400, "extensions must be"),
    "complete without id": ([{"type": "complete"}], 4400, "needs an id"),
    "complete with an id of null": ([{"type": "complete", "id": None}], 4400, "needs an id"),
    "a ping whose payload is no object": ([{"type": "ping", "payload": 1}], 4400, "must be an object"),
    "a pong whose payload is no object": ([{"type": "pong", "payload": "x"}], 4400, "must be an object"),
    "a second init": ([INIT], 4429, "Too many initialisation requests"),
    "a second init with a bad key": ([{"type": "connection_init"}], 4429, "Too many initialisation requests"),
    "an id that is taken": ([NUMBERS, NUMBERS], 4409, "Subscriber for 1 already exists"),
    "a long id that is taken": ([subscribe(LONG_ID, NUMBERS["payload"]["query"])] * 2, 4409, "Subscriber for üüü"),
}
# The same before it is let in.
CLOSED_BEFORE: dict[str, tuple[list[Any], int, str]] = {
    "subscribe": ([subscribe()], 4401, "Unauthorized"),
    "a malformed subscribe": ([{"type": "subscribe", "id": "1"}], 4400, "must be a JSON object"),
    "no key": ([{"type": "connection_init"}], 4403, "no: üüü"),
    "a bad key": ([{"type": "connection_init", "payload": {"authorization": "Bearer bad"}}], 4403, "no: üüü"),
    "a key that is no text": ([{"type": "connection_init", "payload": {"authorization": 1}}], 4403, "no: üüü"),
    "an init whose payload is no object": ([{"type": "connection_init", "payload": []}], 4400, "must be an object"),
    "silence": ([], 4408, "Connection initialisation timeout"),
    "pings only": ([{"type": "ping"}, {"type": "pong"}, {"type": "complete", "id": "1"}], 4408, "timeout"),
}
# What is sent after the socket is let in → all that is answered; the socket stays open.
ANSWERED: dict[str, tuple[list[Any], list[Any]]] = {
    "a query": ([subscribe("q", "{ echo(value: 1) }")], [answer("q", {"echo": 1}), complete("q")]),
    "a ping": ([{"type": "ping"}], [{"type": "pong"}]),
    "a ping with a payload": ([{"type": "ping", "payload": {"a": [1]}}], [{"type": "pong", "payload": {"a": [1]}}]),
    "a ping with a payload of null": ([{"type": "ping", "payload": None}], [{"type": "pong"}]),
    "pongs nobody asked for": ([{"type": "pong"}, {"type": "pong", "payload": {"a": 1}}], []),
    "complete of what does not run": ([complete("nothing")], []),
    "members beyond the protocol's": ([{"type": "ping", "more": 1}], [{"type": "pong"}]),
    "a subscription that ends": (
        [subscribe("1", "subscription { two }")],
        [answer("1", {"two": 1}), answer("1", {"two": 2}), complete()],
    ),
    "an id again after it is complete": (
        [subscribe("1", "{ echo }"), "wait", subscribe("1", "{ echo }")],
        [answer("1", {"echo": None}), complete(), answer("1", {"echo": None}), complete()],
    ),
    "an id again after the client completed it": (
        [NUMBERS, complete(), subscribe("1", "{ echo }")],
        [answer("1", {"echo": None}), complete()],
    ),
    "a query that the client completes": ([subscribe("1", "{ slow }"), complete()], []),
    "variables as deep as may be": (
        [subscribe("1", "query($v: JSON) { echo(value: $v) }", variables={"v": nested(JSON_DEPTH - 2)})],
        [answer("1", {"echo": nested(JSON_DEPTH - 2)}), complete()],
    ),
}


async def send(socket: aiohttp.ClientWebSocketResponse, messages: list[Any]) -> None:
    for message in messages:
        if message == "wait":
            await asyncio.sleep(0.1)
        elif isinstance(message, bytes):
            await socket.send_bytes(message)
        else:
            await socket.send_str(message if isinstance(message, str) else json.dumps(message))


async def closed(socket: aiohttp.ClientWebSocketResponse) -> tuple[int | None, str]:
    """The code and the reason with which the server closes."""
    async with asyncio.timeout(5):
        while (message := await socket.receive()).type is aiohttp.WSMsgType.TEXT:
            pass
    assert message.type is aiohttp.WSMsgType.CLOSE, message
    return socket.close_code, message.extra or ""


@pytest.fixture(scope="module")
async def shared() -> AsyncIterator[str]:
    """A server for all the tables' cases, which know nothing of one another."""
    async with served(Log(), Limits(init_timeout_s=0.3, socket_message_bytes=20_000)) as address:
        yield address


@pytest.fixture
async def log() -> Log:
    return Log()


@pytest.fixture
async def address(log: Log) -> AsyncIterator[str]:
    async with served(log, LIMITS) as address:
        yield address


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@asynccontextmanager
async def let_in(
    http: aiohttp.ClientSession, address: str, key: str = GOOD
) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    socket = await http.ws_connect(address, protocols=[PROTOCOL])
    await send(socket, [{"type": "connection_init", "payload": {"authorization": key}}])
    assert await socket.receive_json(timeout=5) == ACK
    yield socket
    await socket.close()


@pytest.mark.parametrize("case", CLOSED)
async def test_what_closes_a_socket(http: aiohttp.ClientSession, shared: str, case: str) -> None:
    messages, code, reason = CLOSED[case]
    async with let_in(http, shared) as socket:
        await send(socket, messages)
        found = await closed(socket)
    assert found[0] == code
    assert reason in found[1]
    assert len(found[1].encode()) <= 123


@pytest.mark.parametrize("case", CLOSED_BEFORE)
async def test_what_closes_a_socket_that_is_not_let_in(http: aiohttp.ClientSession, shared: str, case: str) -> None:
    messages, code, reason = CLOSED_BEFORE[case]
    socket = await http.ws_connect(shared, protocols=[PROTOCOL])
    await send(socket, messages)
    found = await closed(socket)
    assert found[0] == code
    assert reason in found[1]


@pytest.mark.parametrize("case", ANSWERED)
async def test_what_is_answered(http: aiohttp.ClientSession, shared: str, case: str) -> None:
    messages, expected = ANSWERED[case]
    async with let_in(http, shared) as socket:
        await send(socket, [*messages, {"type": "ping", "payload": {"last": True}}])
        found: list[Any] = []
        # Nothing else comes: what is answered later than the last ping comes within its time.
        async with asyncio.timeout(5):
            while len(found) < len(expected) + 1:
                message = await socket.receive_json()
                message.get("payload", {}).pop("extensions", None) if message["type"] == "next" else None
                found.append(message)
        with pytest.raises(TimeoutError):
            await socket.receive(timeout=0.4 if "completes" in case else 0.05)
    found.remove({"type": "pong", "payload": {"last": True}})
    assert found == expected


@pytest.mark.parametrize("protocols", [[], ["graphql-ws"], ["nonsense", "graphql-ws"]])
async def test_another_subprotocol_is_refused(http: aiohttp.ClientSession, address: str, protocols: list[str]) -> None:
    socket = await http.ws_connect(address, protocols=protocols)
    assert await closed(socket) == (4406, "Subprotocol not acceptable")


async def test_the_subprotocol_is_taken_from_among_others(http: aiohttp.ClientSession, address: str) -> None:
    socket = await http.ws_connect(address, protocols=["graphql-ws", PROTOCOL])
    assert socket.protocol == PROTOCOL
    await socket.close()


async def test_text_that_is_no_utf8_is_the_websockets_own_error(address: str) -> None:
    """Given a text frame of invalid UTF-8, then the socket is closed with 1007, as RFC 6455 has it."""
    host, port = address.removeprefix("http://").removesuffix("/graphql").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(
        b"GET /graphql HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\n"
        b"sec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        b"sec-websocket-protocol: graphql-transport-ws\r\n\r\n"
    )
    await reader.readuntil(b"\r\n\r\n")
    # A masked text frame of one byte, 0xFF, under a mask of zeros.
    writer.write(b"\x81\x81\x00\x00\x00\x00\xff")
    head = await asyncio.wait_for(reader.readexactly(4), 5)
    assert head[0] == 0x88
    assert int.from_bytes(head[2:4], "big") == 1007
    writer.close()


async def test_the_upgrades_authorization_serves_where_the_payload_has_none(
    http: aiohttp.ClientSession, address: str
) -> None:
    socket = await http.ws_connect(address, protocols=[PROTOCOL], headers={"authorization": GOOD})
    await send(socket, [{"type": "connection_init"}])
    assert await socket.receive_json(timeout=5) == ACK
    await socket.close()


async def test_a_socket_runs_so_many_operations_at_once(http: aiohttp.ClientSession, address: str) -> None:
    """Given as many operations as a socket may run, then one more is an error of its own, and ends nothing."""
    async with let_in(http, address) as socket:
        await send(socket, [subscribe(str(n), NUMBERS["payload"]["query"]) for n in range(4)])
        message = await socket.receive_json(timeout=5)
        assert message == {
            "type": "error",
            "id": "3",
            "payload": [{"message": "a socket may run 3 operations at once", "extensions": {"code": "LIMIT_EXCEEDED"}}],
        }
        # When one of them is complete, there is room again.
        await send(socket, [complete("0"), subscribe("3", "{ echo }")])
        assert (await socket.receive_json(timeout=5))["type"] == "next"


async def test_a_key_has_so_many_sockets(http: aiohttp.ClientSession, address: str) -> None:
    """Given as many sockets as a key may have, then one more is closed with 4429; another key's is not."""
    async with let_in(http, address), let_in(http, address), let_in(http, address) as last:
        one_more = await http.ws_connect(address, protocols=[PROTOCOL])
        await send(one_more, [INIT])
        assert await closed(one_more) == (4429, "a key may have 3 sockets at once")
        async with let_in(http, address, GOOD + " too"):
            pass
        await last.close()
        await asyncio.sleep(0.05)
        async with let_in(http, address):
            pass


async def test_a_key_has_so_many_subscriptions_over_all_its_connections(
    http: aiohttp.ClientSession, address: str, log: Log
) -> None:
    """Given subscriptions over sockets and event streams, then the next is refused over both, each in its own way."""
    headers = {"authorization": GOOD, "accept": "text/event-stream"}
    body = {"query": NUMBERS["payload"]["query"]}
    async with let_in(http, address) as one, let_in(http, address) as two:
        for socket in (one, two):
            await send(socket, [NUMBERS])
        async with http.post(address, json=body, headers=headers) as third:
            await third.content.readline()
            async with http.post(address, json=body, headers=headers) as fourth:
                await fourth.content.readline()
                async with http.post(address, json=body, headers=headers) as fifth:
                    assert fifth.status == 429
                    message = "a key may have 4 subscriptions at once"
                    error = {"message": message, "extensions": {"code": "LIMIT_EXCEEDED"}}
                    assert await fifth.json() == {"errors": [error]}
                await send(one, [subscribe("2", body["query"])])
                told = await one.receive_json(timeout=5)
                assert (told["type"], told["id"]) == ("error", "2")
                assert told["payload"] == [{"message": message, "extensions": {"code": "LIMIT_EXCEEDED"}}]
                # Queries are none.
                await send(one, [subscribe("q")])
                assert (await one.receive_json(timeout=5))["type"] == "next"
        # When the streams end, there is room again.
        await asyncio.sleep(0.1)
        await send(two, [subscribe("2", body["query"]), "wait"])
        log.grow()
        assert {(await two.receive_json(timeout=5))["id"] for _ in range(2)} == {"1", "2"}


async def test_a_key_that_ends_closes_its_sockets_though_nothing_happens(
    http: aiohttp.ClientSession, address: str, log: Log
) -> None:
    """Given idle sockets of two keys, with and without subscriptions, when one key ends, then its own are closed."""
    other = GOOD + " too"
    async with let_in(http, address) as one, let_in(http, address) as two, let_in(http, address, other) as three:
        await send(one, [NUMBERS])
        await send(three, [NUMBERS])
        log.ended.add(GOOD)
        async with asyncio.timeout(2):
            for socket in (one, two):
                assert await closed(socket) == (4403, "The API key no longer works")
        asked = log.questions
        await asyncio.sleep(1.1)
        # One question a round for however many keys and sockets.
        assert log.questions - asked <= 3
        log.grow()
        assert (await three.receive_json(timeout=5))["payload"]["data"] == {"numbers": "1"}


async def test_keys_that_cannot_be_asked_about_end_nothing(http: aiohttp.ClientSession, address: str, log: Log) -> None:
    """Given a database that is away, then an idle socket stays, and what would be sent is told as an error."""
    async with let_in(http, address) as socket:
        await send(socket, [NUMBERS])
        await asyncio.sleep(0.1)
        log.away = True
        await asyncio.sleep(1.3)
        log.grow()
        message = await socket.receive_json(timeout=5)
        assert (message["type"], message["payload"][0]["extensions"]["code"]) == ("error", "UNAVAILABLE")
        await send(socket, [subscribe("q")])
        message = await socket.receive_json(timeout=5)
        assert (message["type"], message["payload"][0]["extensions"]) == (
            "error",
            {"code": "UNAVAILABLE", "retryable": True},
        )
        log.away = False
        await send(socket, [subscribe("q")])
        assert (await socket.receive_json(timeout=5))["type"] == "next"
