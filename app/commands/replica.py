"""The server's process: uvicorn, which lets go of long-lived connections before it closes them; or several of it."""

from __future__ import annotations

import multiprocessing
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import SpawnProcess
from types import FrameType
from typing import Final

import structlog
import uvicorn

from app.running.lifetime import CLOSING_S, ended_in_time, exit_at_once
from app.settings import Settings

log = structlog.get_logger(__name__)

_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)
_LOOK_S: Final = 0.2
GIVE_UP_MS: Final = 60_000
# uvicorn's exit code where the application does not start: another try would end alike.
_NOT_STARTED: Final = 3


def server_config(settings: Settings) -> uvicorn.Config:
    """How uvicorn serves the application."""
    return uvicorn.Config(
        "app.asgi:create_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        ws="websockets-sansio",
        ws_max_size=settings.max_body_bytes,
        # A frame is made once for all who subscribe alike; compressed, it would be made anew for every socket.
        ws_per_message_deflate=False,
        # A client that answers no ping is closed 40 seconds after its last sign of life.
        ws_ping_interval=20,
        ws_ping_timeout=20,
        log_config=None,
        # There is a line of our own for each request.
        access_log=False,
        # Clients are told by the reverse proxy, which knows them.
        proxy_headers=True,
        server_header=False,
        timeout_graceful_shutdown=settings.shutdown_s,
    )


def listen(settings: Settings) -> socket.socket:
    """The socket to serve on. Its connections end when their peer takes nothing of what is sent for GIVE_UP_MS.

    The kernel alone can do that: a closed connection would wait for ever for a peer that reads no more.
    """
    bound = server_config(settings).bind_socket()
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, GIVE_UP_MS)
    return bound


class Replica(uvicorn.Server):
    """One server process. Told to end, it stops accepting, tells the application, and only then closes connections.

    uvicorn by itself would close every WebSocket in the middle of its operations and wait for endless event streams.
    """

    def __init__(self, config: uvicorn.Config, *, shutdown_s: int, supervised: bool = False) -> None:
        super().__init__(config)
        self._shutdown_s = shutdown_s
        self._supervised = supervised

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """The first signal begins the end, the second is it. None is raised again: an orderly end has exit code 0."""
        if self._supervised and sig == signal.SIGINT:
            # A terminal interrupts the whole group; the process above tells this one once more.
            return
        if self.should_exit:
            exit_at_once(sig)
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Ends within the time that is set."""
        last_resort = ended_in_time(self._shutdown_s)
        began = time.monotonic()
        for server in self.servers:
            server.close()
        for bound in sockets or ():
            bound.close()
        for connection in list(self.server_state.connections):
            # Idle ones close now, those in a request after it.
            if not isinstance(connection, self.config.ws_protocol_class or ()):
                connection.shutdown()
        leave = self.lifespan.state.get("leave")
        if leave is not None:
            await leave()
        left = self._shutdown_s - (time.monotonic() - began)
        self.config.timeout_graceful_shutdown = max(1, round(left))
        await super().shutdown(sockets)
        last_resort.cancel()


def serve_here(settings: Settings, bound: socket.socket | None = None) -> None:
    """Serves in this process until a signal; on a socket that a supervising process has bound, where given."""
    supervised = bound is not None
    replica = Replica(server_config(settings), shutdown_s=settings.shutdown_s, supervised=supervised)
    replica.run([bound or listen(settings)])
    if not replica.started:
        sys.exit(_NOT_STARTED)


def serve_in_processes(settings: Settings, count: int) -> int:
    """Serves in so many processes on one port until a signal; one that dies is replaced. The exit code."""
    context = multiprocessing.get_context("spawn")
    bound = listen(settings)

    def start() -> SpawnProcess:
        process = context.Process(target=serve_here, args=(settings, bound))
        process.start()
        return process

    with _remembered_signals() as signals:
        processes = [start() for _ in range(count)]
        exit_code = 0
        while not signals and exit_code == 0:
            time.sleep(_LOOK_S)
            for i, process in enumerate(processes):
                if process.is_alive():
                    continue
                if process.exitcode == _NOT_STARTED:
                    exit_code = _NOT_STARTED
                else:
                    log.error("a server process ended", pid=process.pid, exit_code=process.exitcode)
                    processes[i] = start()
        _end(processes, signals, settings.shutdown_s)
    return exit_code


@contextmanager
def _remembered_signals() -> Iterator[list[int]]:
    signals: list[int] = []
    before = {number: signal.signal(number, lambda number, _: signals.append(number)) for number in _SIGNALS}
    try:
        yield signals
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(processes: list[SpawnProcess], signals: list[int], shutdown_s: int) -> None:
    """Tells all to end and waits; a second signal ends them at once, and so does their not ending."""
    for process in processes:
        process.terminate()
    latest = time.monotonic() + shutdown_s + 2 * CLOSING_S
    while any(process.is_alive() for process in processes):
        if len(signals) > 1 or time.monotonic() > latest:
            for process in processes:
                process.kill()
            exit_at_once(signals[-1] if signals else signal.SIGTERM)
        time.sleep(_LOOK_S / 4)
