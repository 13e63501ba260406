"""`make chaos`: rounds of kill -9 and database crashes under load, then a subscriber that keeps being cut off."""

from __future__ import annotations

import argparse
import asyncio
import time
from dataclasses import asdict

from rich.console import Console

from tests.chaos import rounds
from tests.chaos.market import market
from tests.chaos.processes import cluster
from tests.chaos.receiver import receiving
from tests.chaos.rounds import FAULTS, Chaos
from tests.chaos.subscriber import follow_with_interruptions, log_after

OUT = Console(highlight=False, width=160)
_COLUMNS = "{:>5} {:<20} {:>6} {:>8} {:>7} {:>8} {:>8} {:>7} {:>9} {:>5} {:>6} {:>7}"


async def run(count: int, disconnects: int, seed: int) -> None:
    """The rounds, a line each, then the subscriber. Raises AssertionError at the first thing that is not right."""
    began = time.monotonic()
    with receiving() as receiver:
        made = cluster(replicas=2, workers=2)
        running = await asyncio.to_thread(made.__enter__)
        try:
            async with market(running, receiver) as sellers:
                under_load = Chaos(running, sellers, receiver, seed)
                names = "round fault acked repeated orders invoices payments events delivered late back_s seconds"
                OUT.print(_COLUMNS.format(*names.split()))
                for number in range(1, count + 1):
                    found = await under_load.round(number, FAULTS[(number - 1) % len(FAULTS)])
                    values = [f"{value:.1f}" if isinstance(value, float) else value for value in asdict(found).values()]
                    OUT.print(_COLUMNS.format(*values))
                delivered = await under_load.everything_is_delivered()
                OUT.print(
                    f"{count} rounds in {time.monotonic() - began:.0f} s: nothing acknowledged was lost or doubled;"
                )
                OUT.print(f"numbers and the log are gapless; all events came, validly signed ({delivered} deliveries)")
                began = time.monotonic()
                after = (await log_after(sellers.client, sellers.before[-1]))[-1]
                events, fruitful = await follow_with_interruptions(
                    sellers, after=after, disconnects=disconnects, seed=seed
                )
                OUT.print(f"{disconnects} disconnects in {time.monotonic() - began:.0f} s: a subscriber saw {events}")
                OUT.print(f"events, each once and in order; {fruitful} of its connections brought some")
        finally:
            await asyncio.to_thread(made.__exit__, None, None, None)


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--disconnects", type=int, default=200)
    parser.add_argument("--seed", type=int, default=int(time.time()), help="repeats the same faults at the same times")
    chosen = parser.parse_args()
    OUT.print(f"seed {chosen.seed}, {rounds.WRITERS} writers, two web replicas, two workers")
    asyncio.run(run(chosen.rounds, chosen.disconnects, chosen.seed))


if __name__ == "__main__":
    main()
