"""The load generator, a process of its own: keep-alive connections that each send the next request once answered."""

from __future__ import annotations

import asyncio
import itertools
import statistics
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import orjson
import uvloop

# In the body of a request it becomes a number that no other request of the run has.
MARK = b"@@@@@@@@@@@@"
# What an answer to a request that went well never contains.
_WRONG = (b'"errors":', b'"userErrors":[{')


class _Run:
    """The requests still to be sent, and the seconds that each answer took."""

    def __init__(self, requests: Iterator[bytes], until: float) -> None:
        self.requests = requests
        self.until = until
        self.times: list[float] = []
        self.failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def next(self, now: float) -> bytes | None:
        """The next request, until time or requests are over."""
        return None if now >= self.until else next(self.requests, None)


class _Client(asyncio.Protocol):
    """One connection. It answers for what it gets: status 200, and no error in the body."""

    def __init__(self, run: _Run) -> None:
        self._run = run
        self._buffer = b""
        self._began = 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Sends the first request."""
        self._transport = transport
        self._send(time.perf_counter())

    def connection_lost(self, error: Exception | None) -> None:
        """A server that hangs up early is an error."""
        if not self.done.done():
            self.done.set_exception(error or ConnectionError("the server closed the connection"))

    def data_received(self, data: bytes) -> None:
        """Takes the time once the answer is whole, and sends the next request."""
        self._buffer += data
        head, found, body = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        if len(body) < length:
            return
        now = time.perf_counter()
        self._run.times.append(now - self._began)
        if not head.startswith(b"HTTP/1.1 200") or any(sign in body for sign in _WRONG):
            self.done.set_exception(RuntimeError((head + b"\n" + body[:1000]).decode()))
            self._transport.close()
            return
        self._buffer = b""
        self._send(now)

    def _send(self, now: float) -> None:
        request = self._run.next(now)
        if request is None:
            self.done.set_result(None)
            self._transport.close()
            return
        self._began = time.perf_counter()
        self._transport.write(request)


async def drive(order: dict[str, Any]) -> dict[str, float]:
    """Requests per second and latencies in milliseconds."""
    parts = urlsplit(order["url"])
    requests = [_request(parts, order["secret"], body.encode()) for body in order["bodies"]]
    wanted = _once(requests) if order["once"] else _again(requests, order["start"])
    loop = asyncio.get_running_loop()
    began = time.perf_counter()
    run = _Run(wanted, began + order["seconds"])
    clients = []
    for _ in range(order["connections"]):
        _, client = await loop.create_connection(lambda: _Client(run), parts.hostname, parts.port)
        clients.append(client.done)
    await asyncio.gather(*clients)
    taken = time.perf_counter() - began
    times = sorted(run.times)
    return {
        "rate": len(times) / taken,
        "p50_ms": 1000 * statistics.median(times),
        "p99_ms": 1000 * times[min(len(times) - 1, int(len(times) * 0.99))],
        "count": float(len(times)),
    }


def _request(parts: Any, secret: str, body: bytes) -> bytes:
    head = (
        f"POST {parts.path} HTTP/1.1\r\nhost: {parts.netloc}\r\ncontent-type: application/json\r\n"
        f"authorization: Bearer {secret}\r\ncontent-length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _once(requests: list[bytes]) -> Iterator[bytes]:
    return iter(requests)


def _again(requests: list[bytes], start: int) -> Iterator[bytes]:
    if MARK not in requests[0]:
        return itertools.cycle(requests)
    split = itertools.cycle([request.split(MARK) for request in requests])
    return (b"%012d".__mod__(n).join(next(split)) for n in itertools.count(start))


def main() -> None:
    """Reads one order as JSON from each line of standard input, and writes its figures to a line of standard output."""
    for line in sys.stdin.buffer:
        try:
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                found: dict[str, Any] = runner.run(drive(orjson.loads(line)))
        except Exception as error:
            found = {"error": repr(error)}
        sys.stdout.buffer.write(orjson.dumps(found) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
