"""Receivers of webhooks in a process of their own: some answer at once, some late, some never, some are not there."""

from __future__ import annotations

import asyncio
import socket
import sys
import time
from datetime import datetime
from functools import partial
from typing import Any

import orjson
import uvloop

_OK = b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n"


class _Log:
    """What arrived at those that answer at once: how late each was, and how many came twice."""

    def __init__(self) -> None:
        self.lags: list[float] = []
        self.seen: set[tuple[int, str]] = set()
        self.twice = 0
        self.first = self.last = 0.0

    def clear(self) -> None:
        """Begins a new measurement."""
        self.lags.clear()
        self.seen.clear()
        self.twice = 0
        self.first = self.last = 0.0

    def add(self, port: int, body: bytes) -> None:
        """Takes a delivery."""
        now = time.time()
        event = orjson.loads(body)
        key = (port, event["id"])
        if key in self.seen:
            self.twice += 1
            return
        self.seen.add(key)
        self.first = self.first or now
        self.last = now
        self.lags.append(now - datetime.fromisoformat(event["timestamp"]).timestamp())

    def told(self) -> dict[str, Any]:
        """So far, in milliseconds."""
        lags = sorted(self.lags)
        return {
            "count": len(lags),
            "twice": self.twice,
            "seconds": self.last - self.first,
            "p50_ms": 1000 * lags[len(lags) // 2] if lags else 0.0,
            "p99_ms": 1000 * lags[int(len(lags) * 0.99)] if lags else 0.0,
            "max_ms": 1000 * lags[-1] if lags else 0.0,
        }


class _Receiver(asyncio.Protocol):
    """One request; answered after `wait_s`, or never for None."""

    def __init__(self, log: _Log, port: int, wait_s: float | None) -> None:
        self._log = log
        self._port = port
        self._wait_s = wait_s
        self._buffer = b""
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keeps the connection."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answers a request once it is whole."""
        self._buffer += data
        head, found, body = self._buffer.partition(b"\r\n\r\n")
        if not found or self._wait_s is None:
            return
        length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        if len(body) < length:
            return
        self._buffer = b""
        if self._wait_s:
            asyncio.get_running_loop().call_later(self._wait_s, self._answer)
        else:
            self._log.add(self._port, body)
            self._answer()

    def _answer(self) -> None:
        if not self._transport.is_closing():
            self._transport.write(_OK)
            self._transport.close()


async def _run(order: dict[str, Any]) -> None:
    loop, log = asyncio.get_running_loop(), _Log()
    ports: dict[str, list[int]] = {"healthy": [], "slow": [], "hanging": [], "refusing": []}
    waits = {"healthy": 0.0, "slow": order["slow_s"], "hanging": None}
    for kind, wait_s in waits.items():
        for _ in range(order[kind]):
            listener = socket.create_server(("127.0.0.1", 0), backlog=512)
            port = int(listener.getsockname()[1])
            await loop.create_server(partial(_Receiver, log, port, wait_s), sock=listener)
            ports[kind].append(port)
    # Bound but not listening: whoever connects is refused.
    unheard = [socket.socket() for _ in range(order["refusing"])]
    for one in unheard:
        one.bind(("127.0.0.1", 0))
        ports["refusing"].append(int(one.getsockname()[1]))
    say(ports)
    lines = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        if line.strip() == b"anew":
            log.clear()
        say(log.told())


def say(what: Any) -> None:
    """One line of JSON on standard output."""
    sys.stdout.buffer.write(orjson.dumps(what) + b"\n")
    sys.stdout.buffer.flush()


def main() -> None:
    """Reads one order as JSON from standard input; then tells what arrived for each line."""
    order = orjson.loads(sys.stdin.buffer.readline())
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_run(order))


if __name__ == "__main__":
    main()
