"""`make bench` and `make bench-quick`: measures against floors and the plain way, and writes bench/results.json."""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from bench import fanout, figures, growth, postgres, product, reads, scripts, servers, writes
from bench.data import Marketplace, Size, load

RESULTS = Path(__file__).parent / "results.json"
PARTS = ("reads", "writes", "fanout", "growth")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much is loaded, and how long it is measured."""

    size: Size
    growth: tuple[int, ...]
    drafts: int
    seconds: float
    rounds: int
    finalizes: int
    events: int
    pushes: int


FULL = Plan(
    size=Size(sellers=10_000, invoices=1_000_000),
    growth=(10, 100, 1_000),
    drafts=80_000,
    seconds=2.0,
    rounds=5,
    finalizes=3_200,
    events=50,
    pushes=2,
)
QUICK = Plan(
    size=Size(sellers=200, invoices=20_000),
    growth=(10, 100),
    drafts=15_000,
    seconds=0.3,
    rounds=3,
    finalizes=480,
    events=5,
    pushes=1,
)


class Bench:
    """The parts, each with the data that it needs."""

    def __init__(self, plan: Plan, server: postgres.Postgres, generator: servers.Generator, console: Console) -> None:
        self._plan = plan
        self._server = server
        self._generator = generator
        self._console = console
        self._largest: Marketplace | None = None

    def run(self, parts: list[str]) -> list[figures.Figure]:
        """All figures of the parts, in their order."""
        found: list[figures.Figure] = []
        if "reads" in parts:
            found += reads.measure(
                self._main(), self._generator, self._console, seconds=self._plan.seconds, rounds=self._plan.rounds
            )
        if "writes" in parts or "fanout" in parts:
            found += self._writes(parts)
        if "growth" in parts:
            found += growth.measure(
                self._server,
                self._generator,
                self._main(),
                self._plan.growth,
                seconds=self._plan.seconds,
                rounds=self._plan.rounds,
            )
        return found

    def _main(self) -> Marketplace:
        if self._largest is None:
            self._largest = self._load("largest", self._plan.size)
        return self._largest

    def _load(self, name: str, size: Size) -> Marketplace:
        began = time.perf_counter()
        place = load(self._server.database(name), size)
        scripts.prepare(place)
        self._console.print(
            f"{size.sellers:,} sellers, {size.invoices:,} invoices and {size.drafts:,} drafts"
            f" in {time.perf_counter() - began:.0f} s"
        )
        return place

    def _writes(self, parts: list[str]) -> list[figures.Figure]:
        plan = self._plan
        many = self._load("many_sellers", Size(sellers=1_000, invoices=1_000, drafts=plan.drafts))
        drafts = writes.Drafts(many)
        found: list[figures.Figure] = []
        if "writes" in parts:
            one = self._load("one_seller", Size(sellers=1, invoices=100, drafts=plan.drafts))
            found.append(
                writes.finalizing(
                    "finalize-1x64",
                    one,
                    writes.Drafts(one),
                    clients=64,
                    count=plan.finalizes,
                    transactions=max(3, plan.finalizes // 640),
                    rounds=plan.rounds,
                )
            )
            found.append(
                writes.finalizing(
                    "finalize-1000x16",
                    many,
                    drafts,
                    clients=16,
                    count=plan.finalizes,
                    transactions=plan.finalizes // 16,
                    rounds=plan.rounds,
                )
            )
            found += writes.over_graphql(
                many,
                drafts,
                self._generator,
                clients=16,
                count=plan.finalizes // 2,
                seconds=plan.seconds,
                rounds=plan.rounds,
            )
        if "fanout" in parts:
            found += fanout.measure(many, drafts, events=plan.events, rounds=plan.pushes)
        return found


def main() -> None:
    """Measures, prints the figures, and stores them when all parts were measured."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--quick", action="store_true", help="little data and short rounds: under two minutes")
    parser.add_argument("--only", choices=PARTS, action="append", help="measure this part alone, and store nothing")
    given = parser.parse_args()
    console = Console()
    servers.raise_file_limit()
    began = time.perf_counter()
    with postgres.throw_away(product.ROLE) as server, servers.generator() as generator:
        found = Bench(QUICK if given.quick else FULL, server, generator, console).run(given.only or list(PARTS))
    figures.show(console, found)
    console.print(f"{time.perf_counter() - began:.0f} s in all")
    if not given.only:
        figures.store(RESULTS, found)


if __name__ == "__main__":
    main()
