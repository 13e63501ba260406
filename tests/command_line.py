"""The command line as a user has it, a process for each command, without the seconds that each would take to import.

One process imports the product and forks for each command. A fork has its own memory, environment, folder and exit
code; what it cannot show is the import itself, for which `fresh` starts an interpreter.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
PATIENCE_S: Final = 120
_one_at_a_time: Final = threading.Lock()

Done = subprocess.CompletedProcess[str]


def invoicing(folder: Path, *arguments: str, **environment: str) -> Done:
    """What a command says and its exit code, run in a folder on the SQLite there; `environment` has its settings."""
    asked = {"arguments": arguments, "folder": str(folder), "environment": _environment(folder, environment)}
    with _one_at_a_time:
        server = _forking()
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(json.dumps(asked) + "\n")
        server.stdin.flush()
        answer: dict[str, Any] = json.loads(server.stdout.readline())
    return Done(arguments, answer["code"], answer["out"], answer["err"])


def fresh(folder: Path, *arguments: str, **environment: str) -> Done:
    """The same by an interpreter of its own."""
    return subprocess.run(
        [sys.executable, "-m", "app.cli", *arguments],
        cwd=folder,
        env=_environment(folder, environment),
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


def _environment(folder: Path, given: Mapping[str, str]) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("INVOICING_")}
    own = {"PYTHONPATH": str(ROOT), "INVOICING_DATABASE_URL": f"sqlite://{folder / 'x.sqlite3'}"}
    return {**inherited, **own, **given}


@cache
def _forking() -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.command_line"]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(process.kill)
    return process


def _serve() -> None:
    """Forks for each command that is asked for by a line of JSON, and answers by one."""
    from app.cli import main

    for line in sys.stdin:
        asked = json.loads(line)
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            child = os.fork()
            if child == 0:
                _become(asked["arguments"], asked["folder"], asked["environment"], out.fileno(), err.fileno())
                _exit(main)
            _, status = os.waitpid(child, 0)
            out.seek(0)
            err.seek(0)
            answer = {"code": os.waitstatus_to_exitcode(status), "out": out.read(), "err": err.read()}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _become(arguments: Sequence[str], folder: str, environment: Mapping[str, str], out: int, err: int) -> None:
    signal.alarm(PATIENCE_S)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, own in enumerate((nothing, out, err)):
        os.dup2(own, number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["invoicing", *arguments]


def _exit(main: Any) -> None:
    """Ends the fork as an interpreter would: with the code that the command gave, or after a traceback with 1."""
    code: Any = 0
    try:
        main()
    except SystemExit as error:
        code = error.code
    except BaseException:
        sys.excepthook(*sys.exc_info())
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0 if code is None else 1)


if __name__ == "__main__":
    _serve()
