"""Fan-out: how soon the last of many subscribers has an event, and what a delivered message costs the server."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import orjson

from bench import product, queries
from bench.data import Marketplace
from bench.figures import Figure, Measured, of
from bench.servers import Server, python, serving
from bench.writes import Drafts

SUBSCRIBERS = 1_000
# What is to be reached, in milliseconds: the last receipt after the commit, and the server's time for each message.
_LAST_MS, _CPU_MS = 100.0, 0.040
_PATIENCE_S = 60


def measure(place: Marketplace, drafts: Drafts, *, events: int, seconds: float, rounds: int) -> list[Figure]:
    """The product against Strawberry's own subscriptions, which execute the operation anew for each subscriber."""
    ours = python("app.cli", product.environment(place.database), "serve")
    plain = python("bench.plain", place.environment)
    mine, other = [], []
    for _ in range(rounds):
        with serving(ours) as (server,):
            mine.append(_push(server, place, drafts.take(events + 1), errors=True, seconds=seconds))
        with serving(plain) as (server,):
            other.append(_push(server, place, drafts.take(events + 1), errors=False, seconds=seconds))
    goal = of(f"fanout-{SUBSCRIBERS}", "goal", 0.0, mine)
    cost = [sum(one.server_cpu_ms or 0.0 for one in measured) / rounds for measured in (mine, other)]
    reached = min(_LAST_MS / (goal.p99_ms or _LAST_MS), _CPU_MS / cost[0])
    return [
        of(f"fanout-{SUBSCRIBERS}", "strawberry", cost[1] / cost[0], mine),
        of(f"fanout-{SUBSCRIBERS}", "goal", reached, mine),
    ]


def _push(server: Server, place: Marketplace, ids: list[str], *, errors: bool, seconds: float) -> Measured:
    """Finalizes one draft after the other, each when all subscribers have the one before it, until time is up."""
    lags: list[float] = []
    with _subscribed(server, place.secret) as receipts:
        bodies = queries.finalizes(ids, errors=errors)
        _next(server, place, receipts, ids[0], bodies[0])
        began, cpu = time.perf_counter(), server.cpu_seconds()
        for invoice, body in zip(ids[1:], bodies[1:], strict=True):
            lags.append(_next(server, place, receipts, invoice, body))
            if time.perf_counter() - began > seconds:
                break
        taken, cpu = time.perf_counter() - began, server.cpu_seconds() - cpu
    lags.sort()
    messages = len(lags) * SUBSCRIBERS
    return Measured(
        rate=messages / taken,
        p50_ms=lags[len(lags) // 2],
        p99_ms=lags[int(len(lags) * 0.99)],
        server_cpu_ms=1000 * cpu / messages,
    )


def _next(server: Server, place: Marketplace, receipts: queue.Queue[Any], invoice: str, body: bytes) -> float:
    """Milliseconds from the answer to the mutation, which follows the commit, to the last subscriber's receipt."""
    answer = server.ask(body, place.secret)
    committed = time.perf_counter()
    if "errors" in answer:
        raise RuntimeError(str(answer))
    received = receipts.get(timeout=_PATIENCE_S)
    if received.get("id") != invoice:
        raise RuntimeError(f"{received} instead of {invoice}")
    return 1000 * (float(received["at"]) - committed)


@contextmanager
def _subscribed(server: Server, secret: str) -> Iterator[queue.Queue[Any]]:
    """What the subscribers' process says, once all of them have subscribed."""
    said: queue.Queue[Any] = queue.Queue()
    command = [sys.executable, "-m", "bench.subscribers"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        threading.Thread(target=_listen, args=(process.stdout, said), daemon=True).start()
        order = {
            "url": f"{server.url}/graphql".replace("http:", "ws:"),
            "secret": secret,
            "query": queries.EVENTS,
            "subscribers": SUBSCRIBERS,
        }
        process.stdin.write(orjson.dumps(order) + b"\n")
        process.stdin.flush()
        try:
            ready = said.get(timeout=_PATIENCE_S)
            if ready != {"ready": SUBSCRIBERS}:
                raise RuntimeError(str(ready))
            # The last subscriptions are being started; the protocol does not say when they have.
            time.sleep(2)
            yield said
        finally:
            process.kill()


def _listen(lines: IO[bytes], said: queue.Queue[Any]) -> None:
    for line in lines:
        said.put(orjson.loads(line))
