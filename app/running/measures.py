"""Figures that the parts keep of themselves, as plain numbers: whoever shows them reads them when asked.

Keeping one costs an addition, whether or not anybody ever looks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
LAG_S: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0, 300.0, 3600.0)
SIZES: Final = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0)


class Histogram:
    """How many values fell up to each bound, and their sum; the last of `counts` is of what lies beyond."""

    __slots__ = ("bounds", "counts", "total")

    def __init__(self, bounds: Sequence[float]) -> None:
        self.bounds = bounds
        self.counts = [0] * (len(bounds) + 1)
        self.total = 0.0

    def observe(self, value: float) -> None:
        """Counts one value."""
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value


class Timed:
    """How long something took, of what went well and of what did not."""

    __slots__ = ("failed", "ok")

    def __init__(self) -> None:
        self.ok = Histogram(SECONDS)
        self.failed = Histogram(SECONDS)


@dataclass(slots=True)
class OperationMeasures:
    """GraphQL operations of one process: by kind and root field, which the schema bounds; errors by their code."""

    by_field: dict[tuple[str, str], Timed] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    planned: int = 0
    executed: int = 0

    def of(self, kind: str, root_field: str) -> Timed:
        """What to keep for every run of an operation; looked up once for each document."""
        found = self.by_field.get((kind, root_field))
        if found is None:
            found = self.by_field[kind, root_field] = Timed()
        return found


@dataclass(slots=True)
class RequestMeasures:
    """HTTP requests by method, route and status, and how long they took by route."""

    counts: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    seconds: dict[str, Histogram] = field(default_factory=dict)
    under_way: int = 0

    def ended(self, method: str, route: str, status: int, seconds: float) -> None:
        """Counts a request that was answered."""
        self.counts[method, route, status] += 1
        histogram = self.seconds.get(route)
        if histogram is None:
            histogram = self.seconds[route] = Histogram(SECONDS)
        histogram.observe(seconds)


@dataclass(slots=True)
class DeliveryMeasures:
    """Attempts to deliver webhooks: by outcome, how long they took, and how old an event was when it was accepted."""

    outcomes: Counter[str] = field(default_factory=Counter)
    seconds: Histogram = field(default_factory=lambda: Histogram(SECONDS))
    lag_s: Histogram = field(default_factory=lambda: Histogram(LAG_S))


@dataclass(slots=True)
class RelayMeasures:
    """Events that this process gave their place, and when, on the loop's clock, it last looked for some."""

    numbered: int = 0
    failures: int = 0
    looked_at: float | None = None
