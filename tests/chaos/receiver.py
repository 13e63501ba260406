"""A receiver in JavaScript, which verifies webhooks as a customer would: with `standardwebhooks` from npm."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from typing import Any, Final

PACKAGE: Final = "standardwebhooks"
VERSION: Final = "1.1.1"
_INSTALL_S: Final = 60


class NoReceiver(Exception):
    """There is no Node.js here, or no way to get the package."""


def package_folder() -> Path:
    """The folder in which the package is installed: a cache beside the repository, filled the first time.

    Raises NoReceiver.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise NoReceiver("Node.js and npm are not installed")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "marketplace-invoicing" / f"{PACKAGE}-{VERSION}"
    if not (folder / "node_modules" / PACKAGE / "package.json").exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--prefix", str(folder), "--ignore-scripts", "--no-audit", "--no-fund"]
        try:
            subprocess.run(
                [*command, f"{PACKAGE}@{VERSION}"], check=True, capture_output=True, timeout=_INSTALL_S, text=True
            )
        except (subprocess.SubprocessError, OSError) as error:
            raise NoReceiver(f"npm could not install {PACKAGE}: {error}") from None
    return folder


class Receiver:
    """What has come so far, by path: the ids of the events whose signature held, and those refused."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._answers: Queue[Any] = Queue()
        self._lock = threading.Lock()
        self._received: Counter[str] = Counter()
        self._refused: list[Any] = []
        threading.Thread(target=self._listen, daemon=True).start()
        self.port = int(self._answers.get(timeout=20)["port"])

    def knows(self, path: str, secret: str) -> None:
        """From now on what comes on the path is verified with the secret."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"path": path, "secret": secret}) + "\n")
        self._process.stdin.flush()
        assert self._answers.get(timeout=20) == {"knows": path}

    @property
    def received(self) -> Counter[str]:
        """How often each event came with a signature that holds."""
        with self._lock:
            return Counter(self._received)

    @property
    def refused(self) -> list[Any]:
        """What came with a signature that does not hold."""
        with self._lock:
            return list(self._refused)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            said = json.loads(line)
            if "ok" not in said:
                self._answers.put(said)
                continue
            with self._lock:
                if said["ok"] and said["event"] == said["id"]:
                    self._received[said["id"]] += 1
                else:
                    self._refused.append(said)


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Runs a receiver while the block lasts. Raises NoReceiver."""
    command = ["node", str(Path(__file__).with_name("receiver.mjs")), str(package_folder())]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Receiver(process)
        finally:
            process.kill()
