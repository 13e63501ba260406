"""Many subscribers in a process of their own: bare WebSocket connections that say when all of them have an event."""

from __future__ import annotations

import asyncio
import base64
import os
import struct
import sys
import time
from typing import Any
from urllib.parse import urlsplit

import orjson
import uvloop

_TEXT, _PING, _PONG = 0x81, 0x89, 0x8A
# Handshakes under way at once.
_AT_ONCE = 50


class _Receipts:
    """Counts who has which event. What is the same for many subscribers is decoded once."""

    def __init__(self, subscribers: int) -> None:
        self._subscribers = subscribers
        self._known: dict[bytes, str] = {}
        self._counts: dict[str, int] = {}

    def add(self, payload: bytes) -> None:
        """Takes a message; says on standard output when it was the last subscriber's."""
        found = self._known.get(payload)
        if found is None:
            message = orjson.loads(payload)
            if message["type"] != "next" or "errors" in message["payload"]:
                raise RuntimeError(payload.decode())
            found = self._known[payload] = message["payload"]["data"]["invoiceEvents"]["invoice"]["id"]
        self._counts[found] = self._counts.get(found, 0) + 1
        if self._counts[found] == self._subscribers:
            say({"id": found, "at": time.perf_counter()})
            del self._counts[found]
            self._known.clear()


class _Subscriber(asyncio.Protocol):
    """One connection that subscribes once it is acknowledged."""

    def __init__(self, order: dict[str, Any], receipts: _Receipts) -> None:
        self._order = order
        self._receipts = receipts
        self._buffer = b""
        self._upgraded = False
        self._transport: Any = None
        self.subscribed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Asks for a WebSocket."""
        self._transport = transport
        parts = urlsplit(self._order["url"])
        key = base64.b64encode(os.urandom(16)).decode()
        self._transport.write(
            (
                f"GET {parts.path} HTTP/1.1\r\nhost: {parts.netloc}\r\nconnection: Upgrade\r\nupgrade: websocket\r\n"
                f"sec-websocket-version: 13\r\nsec-websocket-key: {key}\r\n"
                "sec-websocket-protocol: graphql-transport-ws\r\n\r\n"
            ).encode()
        )

    def connection_lost(self, error: Exception | None) -> None:
        """The run is over: whoever is missing would be counted in vain."""
        say({"error": f"a subscriber was disconnected: {error}"})

    def data_received(self, data: bytes) -> None:
        """Answers the handshakes, and hands on what is pushed."""
        self._buffer += data
        if not self._upgraded:
            head, found, rest = self._buffer.partition(b"\r\n\r\n")
            if not found:
                return
            if not head.startswith(b"HTTP/1.1 101"):
                say({"error": head.decode()})
            self._upgraded, self._buffer = True, rest
            self._send({"type": "connection_init", "payload": {"authorization": f"Bearer {self._order['secret']}"}})
        while (frame := self._frame()) is not None:
            first, payload = frame
            if first == _PING:
                self._write(_PONG, payload)
            elif first != _TEXT:
                say({"error": f"a frame {first:#x} {payload!r}"})
            elif self.subscribed.done():
                self._receipts.add(payload)
            else:
                self._send({"type": "subscribe", "id": "1", "payload": {"query": self._order["query"]}})
                self.subscribed.set_result(None)

    def _frame(self) -> tuple[int, bytes] | None:
        """The next whole frame: its first byte and its payload. A server's frames are not masked."""
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        start, length = 2, buffer[1]
        if length == 126 and len(buffer) >= 4:
            start, length = 4, int.from_bytes(buffer[2:4], "big")
        elif length >= 126:
            raise RuntimeError("a message of an event is shorter than 64 kB")
        if len(buffer) < start + length:
            return None
        self._buffer = buffer[start + length :]
        return buffer[0], buffer[start : start + length]

    def _send(self, message: dict[str, Any]) -> None:
        self._write(_TEXT, orjson.dumps(message))

    def _write(self, first: int, payload: bytes) -> None:
        # The mask is zero, which leaves the payload as it is.
        size = (
            struct.pack("!B", 0x80 | len(payload))
            if len(payload) < 126
            else struct.pack("!BH", 0x80 | 126, len(payload))
        )
        self._transport.write(bytes([first]) + size + b"\0\0\0\0" + payload)


def say(message: dict[str, Any]) -> None:
    """Writes a line to standard output."""
    sys.stdout.buffer.write(orjson.dumps(message) + b"\n")
    sys.stdout.buffer.flush()


async def _run(order: dict[str, Any]) -> None:
    parts = urlsplit(order["url"])
    receipts = _Receipts(order["subscribers"])
    slots = asyncio.Semaphore(_AT_ONCE)
    kept = []

    async def connect() -> None:
        async with slots:
            loop = asyncio.get_running_loop()
            _, subscriber = await loop.create_connection(
                lambda: _Subscriber(order, receipts), parts.hostname, parts.port
            )
            kept.append(subscriber)
            await subscriber.subscribed

    await asyncio.gather(*(connect() for _ in range(order["subscribers"])))
    say({"ready": len(kept)})
    await asyncio.Event().wait()


def main() -> None:
    """Reads one order as JSON from standard input, and runs until it is terminated."""
    order = orjson.loads(sys.stdin.buffer.readline())
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_run(order))


if __name__ == "__main__":
    main()
