"""A receiver answers badly, slowly, endlessly or not at all; the sender reports and stays whole."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import socket

import aiohttp
import pytest
import uvloop
from aiohttp import web

from app.delivery.outgoing.client import GuardedConnector, make_session
from app.delivery.outgoing.guard import ForbiddenAddress
from app.delivery.outgoing.webhook import WebhookSender
from app.domain.errors import Unavailable
from tests.scenarios.receivers import (
    INVALID,
    NOW,
    attempt,
    raw_receiver,
    receiver,
    sender,
    webhook,
)


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
