"""Webhooks: how late healthy endpoints have their events while some of the others are dead or slow."""

from __future__ import annotations

import asyncio
import itertools
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any

import orjson
from rich.console import Console

from app.bootstrap import Application
from app.db import event_log
from app.db.event_log import NewEvent
from app.domain.events import MoneyPayload, OrderCreated
from app.domain.scope import Scope
from app.services import entities, keys, webhooks
from app.services.inputs import AddressInput, EntityInput, WebhookEndpointInput
from bench import product
from bench.figures import Figure, Measured, of
from bench.postgres import Database, Postgres
from bench.servers import Server

HEALTHY, SLOW, HANGING, REFUSING = 90, 5, 3, 2
SLOW_S = 2.0
# What one worker is to deliver at least, whatever the dead and the slow do.
PER_MINUTE = 5_000
_ORDER = {"healthy": HEALTHY, "slow": SLOW, "hanging": HANGING, "refusing": REFUSING, "slow_s": SLOW_S}
_BATCH = 100
# Events a second, below what one worker delivers.
PACE = 100.0
_names = itertools.count(1)


@dataclass(frozen=True, slots=True)
class _Place:
    """A platform with an endpoint for each receiver, bound to a seller of its own or to none."""

    database: Database
    scope: Scope
    sellers: Sequence[str | None]

    @property
    def environment(self) -> dict[str, str]:
        return {**product.environment(self.database), **_ALLOWED}


_ALLOWED = {"INVOICING_WEBHOOK_ALLOW_PRIVATE": "true"}


@dataclass(frozen=True, slots=True)
class _Run:
    """What one run came to; memory in megabytes."""

    measured: Measured
    count: int
    longest_ms: float
    started_mb: float
    peak_mb: float


def measure(
    server: Postgres, console: Console, *, events: int, paced: int, broadcast: int, rounds: int
) -> list[Figure]:
    """Each event for one endpoint, with and without the dead and the slow in turn; at a pace; and each for all."""
    with _receivers() as receivers:
        healthy = {"healthy": receivers.ports["healthy"]}
        spread, alone = [], []
        for _ in range(rounds):
            spread.append(_run(server, receivers, receivers.ports, events, console, for_all=False))
            alone.append(_run(server, receivers, healthy, events * HEALTHY // 100, console, for_all=False))
        steady = _run(server, receivers, receivers.ports, paced, console, for_all=False, pace=PACE)
        all_ = [_run(server, receivers, receivers.ports, broadcast, console, for_all=True)]
    figures = [of("webhooks-paced", "1 s", 1000 / (steady.measured.p99_ms or 1.0), [steady.measured])]
    for name, runs in (("webhooks", spread), ("webhooks-all", all_)):
        mine = [run.measured for run in runs]
        rate = of(name, "", 0.0, mine).rate or 0.0
        figures.append(of(name, "per minute", rate * 60 / PER_MINUTE, mine))
    kept = [a.measured.rate / b.measured.rate for a, b in zip(spread, alone, strict=True)]
    mine = [run.measured for run in spread]
    return [*figures, of("webhooks", "healthy", sorted(kept)[len(kept) // 2], mine)]


def in_full(server: Postgres, console: Console, *, events: int) -> list[Figure]:
    """Every event for every endpoint, however long it takes: some hundred times as many deliveries as events."""
    with _receivers() as receivers:
        run = _run(server, receivers, receivers.ports, events, console, for_all=True, patience_s=7_200.0)
    rate = run.measured.rate
    return [of("webhooks-in-full", "per minute", rate * 60 / PER_MINUTE, [run.measured])]


def _run(
    server: Postgres,
    receivers: _Receivers,
    ports: Mapping[str, Sequence[int]],
    events: int,
    console: Console,
    *,
    for_all: bool,
    pace: float | None = None,
    patience_s: float = 180.0,
) -> _Run:
    database = server.database(f"webhooks_{next(_names)}")
    place = product.opened(database, partial(_prepare, database=database, ports=ports, for_all=for_all), _ALLOWED)
    expected = events * len(ports["healthy"]) // (1 if for_all else sum(map(len, ports.values())))
    receivers.ask("anew")
    with _worker(place) as worker:
        started, cpu = _status(worker, "VmRSS"), worker.cpu_seconds()
        product.opened(database, partial(_append, place=place, events=events, pace=pace), _ALLOWED)
        told = _until(receivers, expected, patience_s)
        taken, peak = worker.cpu_seconds() - cpu, _status(worker, "VmHWM")
    run = _Run(
        Measured(
            rate=told["count"] / max(told["seconds"], 0.001),
            p50_ms=told["p50_ms"],
            p99_ms=told["p99_ms"],
            server_cpu_ms=1000 * taken / told["count"],
        ),
        count=told["count"],
        longest_ms=told["max_ms"],
        started_mb=started,
        peak_mb=peak,
    )
    console.print(
        f"{events:,} events to {sum(map(len, ports.values()))} endpoints: {run.count:,} to {len(ports['healthy'])}"
        f" healthy ones in {told['seconds']:.1f} s, {run.measured.rate:.0f} a second; p50 {run.measured.p50_ms:.0f} ms,"
        f" p99 {run.measured.p99_ms:.0f} ms, longest {run.longest_ms:.0f} ms; {told['twice']} came twice;"
        f" worker {run.started_mb:.0f} MB, at most {run.peak_mb:.0f} MB"
    )
    return run


async def _prepare(
    app: Application, *, database: Database, ports: Mapping[str, Sequence[int]], for_all: bool
) -> _Place:
    account = await keys.create_account(app.services, "Bench")
    scope = (await keys.authenticate(app.services, f"Bearer {account.sandbox_secret}")).scope
    sellers: list[str | None] = []
    # The dead and the slow among the others, not behind them.
    for n, port in enumerate(sorted(port for some in ports.values() for port in some)):
        seller = None
        if not for_all:
            given = EntityInput(
                external_id=f"s{n}", name=f"Seller {n}", address=AddressInput(country="DE"), currency="EUR"
            )
            seller = (await entities.create(app.services, scope, given, key=None)).id
        endpoint = WebhookEndpointInput(
            url=f"http://127.0.0.1:{port}/", entity_id=seller, event_types=[OrderCreated.type]
        )
        await webhooks.create(app.services, scope, endpoint, key=None)
        sellers.append(seller)
    return _Place(database, scope, sellers)


async def _append(app: Application, *, place: _Place, events: int, pace: float | None) -> None:
    """Appends events, so many a second or as fast as the log takes them, those of the sellers in turn."""
    size = _BATCH if pace is None else 1
    began = time.monotonic()
    for start in range(0, events, size):
        if pace is not None:
            await asyncio.sleep(max(0.0, began + start / pace - time.monotonic()))
        now = app.services.clock()
        batch = []
        for n in range(start, min(events, start + size)):
            seller = place.sellers[n % len(place.sellers)]
            order = OrderCreated(
                id=f"ord_{n:026d}",
                entity_id=seller or "",
                customer_id=f"cus_{n:026d}",
                external_id=f"order-{n}",
                cart_id=None,
                status="PROCESSING",
                total=MoneyPayload(amount="119.00", currency="EUR"),
                failure=None,
            )
            batch.append(NewEvent(order, seller))
        async with app.database.transaction(place.scope) as session:
            await event_log.append(place.scope, session, batch, now)
        app.relay.ask(place.scope.platform_id)
    while await event_log.platforms_with_pending(app.database):
        await app.relay.number(place.scope.platform_id)


def _until(receivers: _Receivers, expected: int, patience_s: float) -> dict[str, Any]:
    ends = time.monotonic() + patience_s
    told: dict[str, Any] = receivers.ask("tell")
    while told["count"] < expected:
        if time.monotonic() > ends:
            raise RuntimeError(f"{told['count']} of {expected} deliveries arrived in {patience_s:.0f} s")
        time.sleep(0.1)
        told = receivers.ask("tell")
    return told


@contextmanager
def _worker(place: _Place) -> Iterator[Server]:
    """`invoicing worker`, once it runs."""
    command = [sys.executable, "-m", "app.cli", "worker"]
    with subprocess.Popen(command, env={**os.environ, **place.environment}, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        said = b""
        try:
            while b"running" not in said:
                line = process.stderr.readline()
                if not line:
                    raise RuntimeError(said.decode() or "the worker did not start")
                said += line
            threading.Thread(target=_drain, args=(process.stderr,), daemon=True).start()
            yield Server("", process.pid)
        finally:
            process.kill()


def _drain(stream: IO[bytes]) -> None:
    for _ in stream:
        pass


def _status(server: Server, name: str) -> float:
    """A size of /proc/PID/status in megabytes."""
    for line in Path(f"/proc/{server.pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    raise LookupError(name)


class _Receivers:
    """The receivers' process, and their ports by kind."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self.ports: dict[str, list[int]] = self.ask(orjson.dumps(_ORDER).decode())

    def ask(self, line: str) -> Any:
        """What it says to one line."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(line.encode() + b"\n")
        self._process.stdin.flush()
        return orjson.loads(self._process.stdout.readline())


@contextmanager
def _receivers() -> Iterator[_Receivers]:
    command = [sys.executable, "-m", "bench.receivers"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield _Receivers(process)
        finally:
            process.kill()
