"""Growth: what a list and an order cost on marketplaces of more and more sellers, a hundred invoices each."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from bench import product, queries
from bench.data import Marketplace, Size, load
from bench.figures import Figure, Measured, of
from bench.postgres import Postgres
from bench.servers import Cell, Generator, python, serving

_LISTED = 64
_ORDERING = 1_000


def measure(
    server: Postgres, generator: Generator, largest: Marketplace, sizes: Sequence[int], *, seconds: float, rounds: int
) -> list[Figure]:
    """The cost of a query and of a finalized order at each size, as a multiple of that at the smallest."""
    places = {
        sellers: load(server.database(f"growth_{sellers}"), Size(sellers=sellers, invoices=100 * sellers))
        for sellers in sizes
    }
    places[largest.size.sellers] = largest
    cells: dict[str, Cell] = {}
    commands = (python("app.cli", product.environment(place.database), "serve") for place in places.values())
    with serving(*commands) as servers:
        for (sellers, place), running in zip(places.items(), servers, strict=True):
            lists = queries.bodies(queries.invoices(queries.FIELDS), "seller", place.sellers(_LISTED))
            asked = {"growth-list": lists, "growth-order": queries.orders(place, _ORDERING)}
            for name, bodies in asked.items():
                cells[f"{name}-{sellers}"] = Cell(server=running, bodies=bodies, secret=place.secret, connections=4)
        found = generator.rounds(cells, seconds=seconds, rounds=rounds)
    smallest = min(places)
    return [
        _cost(f"{name}-{sellers}", str(smallest), found[f"{name}-{smallest}"], found[f"{name}-{sellers}"])
        for name in ("growth-list", "growth-order")
        for sellers in places
    ]


def _cost(name: str, against: str, base: Sequence[Measured], mine: Sequence[Measured]) -> Figure:
    ratios = [_spent(a) / _spent(b) for a, b in zip(mine, base, strict=True)]
    return of(name, against, statistics.median(ratios), mine)


def _spent(one: Measured) -> float:
    """Milliseconds of processor that a request takes of the server and of PostgreSQL together."""
    return (one.server_cpu_ms or 0.0) + (one.database_cpu_ms or 0.0)
