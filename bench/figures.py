"""What a measurement yields, and how figures of one run are held against one another."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson
from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One round: requests per second, their latencies, and the processor time that each took."""

    rate: float
    p50_ms: float
    p99_ms: float
    server_cpu_ms: float | None = None
    database_cpu_ms: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measurement, as a multiple of another of the same run: above 1 is better than what it is held against."""

    id: str
    against: str
    ratio: float
    server_cpu_ms: float | None = None
    p50_ms: float | None = None
    p99_ms: float | None = None
    rate: float | None = None
    database_cpu_ms: float | None = None
    goal: str | None = None


def compare(name: str, against: str, mine: Sequence[Measured], other: Sequence[Measured]) -> Figure:
    """The median over the rounds of how many times as many requests a second were answered."""
    ratio = statistics.median(a.rate / b.rate for a, b in zip(mine, other, strict=True))
    return of(name, against, ratio, mine)


def of(name: str, against: str, ratio: float, mine: Sequence[Measured]) -> Figure:
    """A ratio beside the medians of the rounds."""
    return Figure(
        id=name,
        against=against,
        ratio=ratio,
        server_cpu_ms=_median(one.server_cpu_ms for one in mine),
        p50_ms=_median(one.p50_ms for one in mine),
        p99_ms=_median(one.p99_ms for one in mine),
        rate=_median(one.rate for one in mine),
        database_cpu_ms=_median(one.database_cpu_ms for one in mine),
        goal=GOALS.get((name.rpartition("-")[0] if name.startswith("growth-") else name, against)),
    )


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None


# What each ratio is meant to reach; docs/benchmarks.md explains the rows.
GOALS = {
    ("list", "floor"): "≥ 0.8",
    ("list", "postgraphile"): "≥ 1.5",
    ("list-computed", "floor"): "≥ 0.5",
    ("list-computed", "postgraphile"): "≥ 1.0",
    ("list-snapshot", "plain"): "≥ 3",
    ("finalize-1x64", "pgbench"): "≥ 8",
    ("finalize-1000x16", "pgbench"): "≥ 1.2",
    ("finalize-graphql", "orm"): "≥ 2.5",
    ("fanout-1000", "goal"): "≥ 1",
    ("webhooks", "per minute"): "≥ 1",
    ("webhooks", "healthy"): "≥ 0.8",
    ("webhooks-all", "per minute"): "≥ 1",
    ("webhooks-in-full", "per minute"): "≥ 1",
    ("webhooks-paced", "1 s"): "≥ 1",
    ("growth-order", "10"): "≤ 1.3",
    ("tax-new-20", "1 ms a line"): "≥ 5",
    ("tax-again-20", "1 ms a line"): "≥ 5",
}


def show(console: Console, figures: Sequence[Figure]) -> None:
    """Prints the figures as a table."""
    table = Table(
        "what", "against", "ratio", "goal", "per second", "server CPU ms", "database CPU ms", "p50 ms", "p99 ms"
    )
    for one in figures:
        numbers = (one.rate, one.server_cpu_ms, one.database_cpu_ms, one.p50_ms, one.p99_ms)
        table.add_row(one.id, one.against, f"{one.ratio:,.2f}", one.goal or "", *map(_shown, numbers))
    console.print(table)


def as_markdown(path: Path) -> str:
    """The stored figures as a table for docs/benchmarks.md."""
    lines = [
        "| what | against | ratio | goal | per second | server CPU ms | database CPU ms | p50 ms | p99 ms |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for row in orjson.loads(path.read_bytes()):
        one = Figure(**row)
        numbers = (one.rate, one.server_cpu_ms, one.database_cpu_ms, one.p50_ms, one.p99_ms)
        cells = [f"`{one.id}`", one.against, f"{one.ratio:,.2f}", one.goal or "", *map(_shown, numbers)]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _shown(number: float | None) -> str:
    if number is None:
        return ""
    # What a message of a subscription costs is a matter of microseconds.
    return f"{number:,.3g}" if number < 1 else f"{number:,.2f}" if number < 100 else f"{number:,.0f}"


def store(path: Path, figures: Sequence[Figure]) -> None:
    """Writes the figures as JSON, four digits each: more would be noise."""
    rows = [
        {name: float(f"{value:.4g}") if isinstance(value, float) else value for name, value in asdict(one).items()}
        for one in figures
    ]
    path.write_bytes(orjson.dumps(rows, option=orjson.OPT_INDENT_2) + b"\n")
