"""Servers and the load generator as processes of their own, and the processor time that a server takes."""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import orjson

from bench.figures import Measured

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs, by its address and process."""

    url: str
    pid: int

    def cpu_seconds(self) -> float:
        """User and system time so far, of the process alone."""
        return sum(_times(self.pid)[:2])

    def ask(self, body: bytes, secret: str, path: str = "/graphql") -> Any:
        """The decoded answer to one request. Raises urllib.error.HTTPError unless it is 200."""
        headers = {"content-type": "application/json", "authorization": f"Bearer {secret}"}
        with urllib.request.urlopen(urllib.request.Request(self.url + path, body, headers), timeout=60) as response:
            return orjson.loads(response.read())


def _times(pid: int) -> list[float]:
    """Seconds so far: user, system, and both of the children that have ended (proc(5), fields 14 to 17)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return [int(field) / _TICKS for field in fields[11:15]]


def cpu_seconds_of_all(pid: int) -> float:
    """User and system time so far of a process and of its children, those that have ended too."""
    running = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    total = sum(_times(pid))
    for child in running:
        with suppress(OSError):
            total += sum(_times(int(child)))
    return total


def raise_file_limit() -> None:
    """Lets this process and its children open as many files as the system allows: a socket is one."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


@dataclass(frozen=True, slots=True)
class Command:
    """How a server is started; it listens on the port that its environment names."""

    arguments: Sequence[str]
    environment: Mapping[str, str]
    folder: Path | None = None


def python(module: str, environment: Mapping[str, str], *arguments: str) -> Command:
    """`python -m module`."""
    return Command([sys.executable, "-m", module, *arguments], environment)


@contextmanager
def serving(*commands: Command) -> Iterator[list[Server]]:
    """Runs servers until the block ends. Raises RuntimeError with what it said for one that does not come up."""
    with ExitStack() as stack:
        started = []
        for command in commands:
            said = stack.enter_context(tempfile.TemporaryFile())
            started.append((*_start(command, said), said))
        try:
            for process, server, said in started:
                if not _answers(process, server.url):
                    said.seek(0)
                    raise RuntimeError(said.read().decode()[-3000:] or "a server did not come up in half a minute")
            yield [server for _, server, _ in started]
        finally:
            for process, _, _ in started:
                process.terminate()
            for process, _, _ in started:
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()


def _start(command: Command, said: IO[bytes]) -> tuple[subprocess.Popen[bytes], Server]:
    port = _free_port()
    values = {**os.environ, **command.environment, "BENCH_PORT": str(port), "INVOICING_PORT": str(port)}
    process = subprocess.Popen(
        command.arguments, env=values, cwd=command.folder, stdout=subprocess.DEVNULL, stderr=said
    )
    return process, Server(f"http://127.0.0.1:{port}", process.pid)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(process: subprocess.Popen[bytes], url: str) -> bool:
    for _ in range(600):
        if process.poll() is not None:
            return False
        try:
            urllib.request.urlopen(f"{url}/graphql", timeout=5).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.05)
        else:
            return True
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What is asked of a server: the bodies are sent in turn, so that no request is the one before it again."""

    server: Server
    bodies: Sequence[bytes]
    secret: str = ""
    path: str = "/graphql"
    connections: int = 8
    # Each body is sent once at most, and a round ends with the last.
    once: bool = False


@dataclass(slots=True)
class Generator:
    """The load generator's process."""

    process: subprocess.Popen[bytes]
    # PostgreSQL's first process, the parent of all that work for its clients.
    database_pid: int
    # Counts on from round to round, so that numbered requests never repeat.
    sent: int = field(default=1)

    def drive(self, cell: Cell, seconds: float) -> Measured:
        """One round. Raises RuntimeError for an answer that is not 200 or carries errors."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        order = {
            "url": cell.server.url + cell.path,
            "bodies": [body.decode() for body in cell.bodies],
            "secret": cell.secret,
            "connections": cell.connections,
            "seconds": seconds,
            "once": cell.once,
            "start": self.sent,
        }
        before, database = cell.server.cpu_seconds(), cpu_seconds_of_all(self.database_pid)
        self.process.stdin.write(orjson.dumps(order) + b"\n")
        self.process.stdin.flush()
        found = orjson.loads(self.process.stdout.readline() or b'{"error":"the load generator has ended"}')
        if "error" in found:
            raise RuntimeError(found["error"])
        self.sent += int(found["count"]) + cell.connections
        return Measured(
            rate=found["rate"],
            p50_ms=found["p50_ms"],
            p99_ms=found["p99_ms"],
            server_cpu_ms=1000 * (cell.server.cpu_seconds() - before) / found["count"],
            database_cpu_ms=1000 * (cpu_seconds_of_all(self.database_pid) - database) / found["count"],
        )

    def rounds(self, cells: Mapping[str, Cell], *, seconds: float, rounds: int) -> dict[str, list[Measured]]:
        """All cells in turn, round after round; a first round warms everything up and does not count."""
        found: dict[str, list[Measured]] = {name: [] for name in cells}
        for turn in range(rounds + 1):
            for name, cell in cells.items():
                measured = self.drive(cell, seconds)
                if turn > 0:
                    found[name].append(measured)
        return found


@contextmanager
def generator(database_pid: int) -> Iterator[Generator]:
    """Runs the load generator until the block ends."""
    command = [sys.executable, "-m", "bench.load"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield Generator(process, database_pid)
        finally:
            process.terminate()
