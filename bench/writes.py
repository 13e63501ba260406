"""Writing: finalizing inside the process and over GraphQL, and orders that are invoiced at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from functools import partial
from typing import Any

from app.bootstrap import Application
from app.services import finalize, keys
from bench import product, queries, scripts
from bench.data import Marketplace
from bench.figures import Figure, Measured, compare
from bench.servers import Cell, Generator, python, serving


class Drafts:
    """The drafts of a marketplace that are still to be finalized, taken from the first on."""

    def __init__(self, place: Marketplace) -> None:
        self._place = place
        self._taken = 0

    def skip(self, count: int) -> int:
        """Takes that many; the number of the first. Raises ValueError when fewer are left."""
        if self._taken + count > self._place.size.drafts:
            raise ValueError(f"{count} drafts are wanted, {self._place.size.drafts - self._taken} are left")
        self._taken += count
        return self._taken - count

    def take(self, count: int) -> list[str]:
        """Takes that many; their ids."""
        return self._place.drafts(self.skip(count), count)


def finalizing(
    name: str, place: Marketplace, drafts: Drafts, *, clients: int, count: int, transactions: int, rounds: int
) -> list[Figure]:
    """The whole service without GraphQL, by that many clients at once, against pgbench with as many connections.

    One seller's is held against SQL that finalizes as many in one transaction, too.
    """
    work = partial(
        _finalizing,
        place=place,
        drafts=drafts,
        clients=clients,
        count=count,
        transactions=transactions,
        rounds=rounds,
    )
    mine, others = product.opened(place.database, work)
    check_numbers(place)
    return [compare(name, against, mine, other) for against, other in others.items()]


async def _finalizing(
    app: Application,
    *,
    place: Marketplace,
    drafts: Drafts,
    clients: int,
    count: int,
    transactions: int,
    rounds: int,
) -> tuple[list[Measured], dict[str, list[Measured]]]:
    scope = (await keys.authenticate(app.services, f"Bearer {place.secret}")).scope
    script = scripts.finalize(place)
    mine: list[Measured] = []
    others: dict[str, list[Measured]] = {"pgbench": []}
    for turn in range(rounds + 1):
        measured = await _by_clients(app, scope, drafts.take(count), clients)
        base = drafts.skip(clients * transactions)
        rate = await asyncio.to_thread(
            place.database.pgbench,
            script,
            scripts.variables(base, clients),
            clients=clients,
            transactions=transactions,
        )
        found = {"pgbench": _rate(rate, clients)}
        if place.size.sellers == 1:
            found["sql"] = await asyncio.to_thread(_together, place, drafts, clients, transactions)
        # The first round warms everything up.
        if turn > 0:
            mine.append(measured)
            for against, other in found.items():
                others.setdefault(against, []).append(other)
    return mine, others


def _together(place: Marketplace, drafts: Drafts, count: int, transactions: int) -> Measured:
    """SQL alone, by one connection: so many drafts in each transaction."""
    # It takes drafts by whole transactions, counted from the first draft on.
    first = -(-drafts.skip((transactions + 1) * count) // count)
    script = scripts.finalize_together(place, count)
    rate = place.database.pgbench(script, scripts.variables(first, 1), clients=1, transactions=transactions)
    return _rate(rate * count, count)


async def _by_clients(app: Application, scope: Any, ids: Sequence[str], clients: int) -> Measured:
    queue, times = iter(ids), list[float]()

    async def client() -> None:
        for draft in queue:
            asked = time.perf_counter()
            await finalize.finalize(app.services, scope, draft, expected_total=None, key=None)
            times.append(time.perf_counter() - asked)

    began, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(client() for _ in range(clients)))
    taken, cpu = time.perf_counter() - began, time.process_time() - cpu
    times.sort()
    return Measured(
        rate=len(ids) / taken,
        p50_ms=1000 * times[len(times) // 2],
        p99_ms=1000 * times[int(len(times) * 0.99)],
        server_cpu_ms=1000 * cpu / len(ids),
    )


def _rate(rate: float, clients: int) -> Measured:
    # By Little's law; pgbench's own percentiles would cost it a log.
    return Measured(rate=rate, p50_ms=1000 * clients / rate, p99_ms=1000 * clients / rate)


def over_graphql(
    place: Marketplace, drafts: Drafts, generator: Generator, *, clients: int, count: int, seconds: float, rounds: int
) -> list[Figure]:
    """`invoiceFinalize` against one ORM transaction per invoice, and `orderCreate` against pgbench."""
    commands = (
        python("app.cli", product.environment(place.database), "serve"),
        python("bench.plain", place.environment),
    )
    script, transactions = scripts.order(place), max(1, int(seconds * 1000 / clients))
    with serving(*commands) as (ours, orm):
        orders = Cell(
            server=ours, bodies=queries.orders(place, place.size.sellers), secret=place.secret, connections=clients
        )
        found: dict[str, list[Measured]] = {"product": [], "orm": [], "orders": [], "pgbench": []}
        for turn in range(rounds + 1):
            one = {
                "product": Cell(
                    server=ours,
                    bodies=queries.finalizes(drafts.take(count)),
                    secret=place.secret,
                    connections=clients,
                    once=True,
                ),
                "orm": Cell(
                    server=orm,
                    bodies=queries.finalizes(drafts.take(count // 2), errors=False),
                    connections=clients,
                    once=True,
                ),
                "orders": orders,
            }
            round_of = {name: generator.drive(cell, 60 if cell.once else seconds) for name, cell in one.items()}
            base = turn * clients * transactions
            rate = place.database.pgbench(
                script, scripts.variables(base, clients), clients=clients, transactions=transactions
            )
            round_of["pgbench"] = _rate(rate, clients)
            if turn > 0:
                for name, measured in round_of.items():
                    found[name].append(measured)
    check_numbers(place)
    return [
        compare("finalize-graphql", "orm", found["product"], found["orm"]),
        compare("order-create", "pgbench", found["orders"], found["pgbench"]),
    ]


def check_numbers(place: Marketplace) -> None:
    """Raises RuntimeError when a series has a gap or a number twice."""
    broken = place.database.sql(
        "SELECT series_id, count(*), max(sequence_number) FROM invoice WHERE series_id IS NOT NULL"
        " GROUP BY series_id HAVING count(*) <> max(sequence_number) OR count(DISTINCT sequence_number) <> count(*)"
        " LIMIT 5"
    )
    if broken:
        raise RuntimeError(f"series with gaps or repeated numbers: {broken}")
