"""`make bench` and `make bench-quick`: measures against floors and the plain way, and writes bench/results.json."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rich.console import Console

from bench import fanout, figures, growth, postgres, product, reads, scripts, servers, tax, webhooks, writes
from bench.data import Marketplace, Size, load

RESULTS = Path(__file__).parent / "results.json"
PARTS = ("reads", "writes", "fanout", "webhooks", "growth", "tax")
# Measured only where it is asked for: it takes a quarter of an hour and more.
LONG = "webhooks-in-full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much is loaded, and how long it is measured."""

    size: Size
    growth: tuple[int, ...]
    drafts: int
    seconds: float
    rounds: int
    finalizes: int
    # Transactions of each of 64 connections that wait for one another; the first of each is a cold one.
    contended: int
    events: int
    push_seconds: float
    pushes: int
    # Events for one of a hundred webhook endpoints each, in a burst and at a pace, and events for all of them.
    webhook_events: int
    webhook_paced: int
    webhook_broadcast: int
    webhook_rounds: int


FULL = Plan(
    size=Size(sellers=10_000, invoices=1_000_000),
    growth=(10, 100, 1_000),
    drafts=80_000,
    seconds=1.5,
    rounds=5,
    finalizes=3_200,
    contended=30,
    events=50,
    push_seconds=15.0,
    pushes=2,
    webhook_events=10_000,
    webhook_paced=2_000,
    webhook_broadcast=200,
    webhook_rounds=1,
)
QUICK = Plan(
    size=Size(sellers=200, invoices=20_000),
    growth=(10, 100),
    drafts=15_000,
    seconds=0.3,
    rounds=3,
    finalizes=480,
    contended=10,
    events=10,
    push_seconds=4.0,
    pushes=1,
    webhook_events=2_000,
    webhook_paced=500,
    webhook_broadcast=20,
    webhook_rounds=1,
)


class Bench:
    """The parts, each with the data that it needs."""

    def __init__(self, plan: Plan, server: postgres.Postgres, generator: servers.Generator, console: Console) -> None:
        self._plan = plan
        self._server = server
        self._generator = generator
        self._console = console

    def run(self, parts: Sequence[str]) -> list[figures.Figure]:
        """All figures of the parts, in their order."""
        measures = {
            "reads": self._reads,
            "writes": self._writes,
            "fanout": self._fanout,
            "webhooks": self._webhooks,
            "growth": self._growth,
            "tax": self._tax,
            LONG: self._webhooks_in_full,
        }
        found: list[figures.Figure] = []
        for part in parts:
            began = time.perf_counter()
            found += measures[part]()
            self._console.print(f"{part} in {time.perf_counter() - began:.0f} s")
        return found

    def _reads(self) -> list[figures.Figure]:
        plan = self._plan
        return reads.measure(self._main, self._generator, self._console, seconds=plan.seconds, rounds=plan.rounds)

    def _writes(self) -> list[figures.Figure]:
        plan = self._plan
        one = self._load("one_seller", Size(sellers=1, invoices=100, drafts=plan.drafts))
        return [
            *writes.finalizing(
                "finalize-1x64",
                one,
                writes.Drafts(one),
                clients=64,
                count=plan.finalizes,
                transactions=plan.contended,
                rounds=plan.rounds,
            ),
            *writes.finalizing(
                "finalize-1000x16",
                self._many,
                self._drafts,
                clients=16,
                count=plan.finalizes,
                transactions=plan.finalizes // 16,
                rounds=plan.rounds,
            ),
            *writes.over_graphql(
                self._many,
                self._drafts,
                self._generator,
                clients=16,
                count=plan.finalizes // 2,
                seconds=plan.seconds,
                rounds=plan.rounds,
            ),
        ]

    def _fanout(self) -> list[figures.Figure]:
        plan = self._plan
        return fanout.measure(
            self._many, self._drafts, events=plan.events, seconds=plan.push_seconds, rounds=plan.pushes
        )

    def _webhooks(self) -> list[figures.Figure]:
        plan = self._plan
        return webhooks.measure(
            self._server,
            self._console,
            events=plan.webhook_events,
            paced=plan.webhook_paced,
            broadcast=plan.webhook_broadcast,
            rounds=plan.webhook_rounds,
        )

    def _webhooks_in_full(self) -> list[figures.Figure]:
        return webhooks.in_full(self._server, self._console, events=self._plan.webhook_events)

    def _growth(self) -> list[figures.Figure]:
        plan = self._plan
        return growth.measure(
            self._server, self._generator, self._main, plan.growth, seconds=plan.seconds, rounds=plan.rounds
        )

    def _tax(self) -> list[figures.Figure]:
        return tax.measure(seconds=self._plan.seconds, rounds=self._plan.rounds)

    @cached_property
    def _main(self) -> Marketplace:
        return self._load("main", self._plan.size)

    @cached_property
    def _many(self) -> Marketplace:
        return self._load("many_sellers", Size(sellers=1_000, invoices=1_000, drafts=self._plan.drafts))

    @cached_property
    def _drafts(self) -> writes.Drafts:
        return writes.Drafts(self._many)

    def _load(self, name: str, size: Size) -> Marketplace:
        began = time.perf_counter()
        place = load(self._server.database(name), size)
        scripts.prepare(place)
        self._console.print(
            f"{size.sellers:,} sellers, {size.invoices:,} invoices and {size.drafts:,} drafts"
            f" in {time.perf_counter() - began:.0f} s"
        )
        return place


def main() -> None:
    """Measures, prints the figures, and stores them when all parts were measured."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--quick", action="store_true", help="little data and short rounds: under two minutes")
    parser.add_argument(
        "--only", choices=(*PARTS, LONG), action="append", help="measure this part alone, and store nothing"
    )
    parser.add_argument("--show", action="store_true", help="print the stored figures as Markdown, and measure nothing")
    given = parser.parse_args()
    # Without a terminal, as wide as the table.
    console = Console(width=None if sys.stdout.isatty() else 140)
    if given.show:
        console.print(figures.as_markdown(RESULTS), soft_wrap=True, markup=False, highlight=False)
        return
    servers.raise_file_limit()
    began = time.perf_counter()
    with postgres.throw_away(product.ROLE) as server, servers.generator(server.pid) as generator:
        found = Bench(QUICK if given.quick else FULL, server, generator, console).run(given.only or PARTS)
    figures.show(console, found)
    console.print(f"{time.perf_counter() - began:.0f} s in all")
    if not given.only:
        figures.store(RESULTS, found)


if __name__ == "__main__":
    main()
