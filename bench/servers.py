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
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from bench.figures import Measured

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs, by its address and process."""

    url: str
    pid: int

    def cpu_seconds(self) -> float:
        """User and system time so far, of the process alone (not of PostgreSQL)."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def ask(self, body: bytes, secret: str, path: str = "/graphql") -> Any:
        """The decoded answer to one request. Raises urllib.error.HTTPError unless it is 200."""
        headers = {"content-type": "application/json", "authorization": f"Bearer {secret}"}
        with urllib.request.urlopen(urllib.request.Request(self.url + path, body, headers), timeout=60) as response:
            return orjson.loads(response.read())


def raise_file_limit() -> None:
    """Lets this process and its children open as many files as the system allows: a socket is one."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


@contextmanager
def serving(module: str, environment: Mapping[str, str], *arguments: str) -> Iterator[Server]:
    """Runs `python -m module` as a server until the block ends. Raises RuntimeError when it does not come up."""
    with running([sys.executable, "-m", module, *arguments], environment) as server:
        yield server


@contextmanager
def running(command: Sequence[str], environment: Mapping[str, str], *, folder: Path | None = None) -> Iterator[Server]:
    """Runs a command as a server on the port that its environment names, until the block ends."""
    port = _free_port()
    values = {**os.environ, **environment, "BENCH_PORT": str(port), "INVOICING_PORT": str(port)}
    # What it says is of interest only if it does not come up.
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(command, env=values, cwd=folder, stdout=subprocess.DEVNULL, stderr=said) as process,
    ):
        try:
            server = Server(f"http://127.0.0.1:{port}", process.pid)
            if not _answers(process, server.url):
                said.seek(0)
                raise RuntimeError(said.read().decode()[-3000:] or "the server did not come up in half a minute")
            yield server
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


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
        before = cell.server.cpu_seconds()
        self.process.stdin.write(orjson.dumps(order) + b"\n")
        self.process.stdin.flush()
        found = orjson.loads(self.process.stdout.readline() or b'{"error":"the load generator has ended"}')
        if "error" in found:
            raise RuntimeError(found["error"])
        self.sent += int(found["count"]) + cell.connections
        spent = 1000 * (cell.server.cpu_seconds() - before) / found["count"]
        return Measured(rate=found["rate"], p50_ms=found["p50_ms"], p99_ms=found["p99_ms"], server_cpu_ms=spent)

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
def generator() -> Iterator[Generator]:
    """Runs the load generator until the block ends."""
    command = [sys.executable, "-m", "bench.load"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield Generator(process)
        finally:
            process.terminate()
