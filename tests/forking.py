"""Processes of the product, without the seconds that each would take to import it.

A server imports the product once and forks for each process. A fork has its own memory, environment, session and exit
code, and takes signals; what it cannot show is an interpreter that starts from nothing.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import sys
from collections.abc import Mapping
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
_FORKING: Final = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload(["app.cli", "app.asgi", "app.commands.serve"])


class Forked:
    """A process, with the words of `subprocess.Popen`."""

    def __init__(self, process: ForkServerProcess) -> None:
        self._process = process
        assert process.pid is not None
        self.pid: Final = process.pid

    def poll(self) -> int | None:
        """The exit code, negative for the signal that ended it; None while it runs."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, when it has ended. Raises TimeoutError."""
        self._process.join(timeout)
        if (code := self.poll()) is None:
            raise TimeoutError(f"process {self.pid} runs on")
        return code


def start(module: str, *arguments: str, environment: Mapping[str, str], said: Path | Connection) -> Forked:
    """What `python -m module arguments` would be; what it says is appended to a file, or goes into a pipe."""
    process = _FORKING.Process(target=_become, args=(module, arguments, dict(environment), said))
    process.start()
    return Forked(process)


def pipe() -> tuple[Connection, Connection]:
    """The end to read from, and the one for what a process says."""
    return _FORKING.Pipe(duplex=False)


def _become(module: str, arguments: tuple[str, ...], environment: Mapping[str, str], said: Path | Connection) -> None:
    os.setsid()
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    if isinstance(said, Path):
        into = os.open(said, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        os.dup2(into, 2)
    else:
        into = said.fileno()
    os.dup2(into, 1)
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
