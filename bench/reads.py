"""Reading: the dashboard's list, as it is and with more to do for each row; detail, search, overview."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from rich.console import Console

from bench import postgraphile, product, queries
from bench.data import Marketplace
from bench.figures import Figure, compare
from bench.servers import Cell, Generator, Server, python, serving

# What each is held against, where that can be run.
ROWS = {
    "list": ("floor", "plain", "postgraphile"),
    "list-computed": ("floor", "plain", "postgraphile"),
    "list-snapshot": ("floor", "plain"),
    "list-reference": ("plain",),
    "detail": ("floor", "plain", "postgraphile"),
    "search": ("floor",),
    "overview": ("floor",),
}
# Whose figures a row is held against when it has none of its own: these ask for more than the other can give.
INSTEAD = {
    ("list-computed", "floor"): "list",
    ("list-computed", "postgraphile"): "list",
    ("list-snapshot", "floor"): "list",
    ("list-reference", "plain"): "list",
}
_ROTATION = 64


@dataclass(frozen=True, slots=True)
class _Servers:
    product: Server
    reference: Server
    floor: Server
    plain: Server
    postgraphile: Server | None = None


def measure(place: Marketplace, generator: Generator, console: Console, *, seconds: float, rounds: int) -> list[Figure]:
    """All rows, in interleaved rounds."""
    chosen = product.environment(place.database)
    commands = [
        python("app.cli", chosen, "serve"),
        python("bench.reference", chosen),
        python("bench.floor", place.environment),
        python("bench.plain", place.environment),
    ]
    try:
        commands.append(postgraphile.command(place))
    except postgraphile.Missing as reason:
        console.print(f"PostGraphile is left out: {reason}")
    with serving(*commands) as running:
        servers = _Servers(*running)
        cells = _cells(place, servers)
        _check(cells)
        found = generator.rounds(cells, seconds=seconds, rounds=rounds)
    figures = []
    for name, against in ((name, against) for name, all_against in ROWS.items() for against in all_against):
        rival = f"{INSTEAD.get((name, against), name)} {against}"
        if rival in found:
            figures.append(compare(name, against, found[f"{name} product"], found[rival]))
    return figures


def _cells(place: Marketplace, servers: _Servers) -> dict[str, Cell]:
    sellers, invoices = place.sellers(_ROTATION), place.invoices(8 * _ROTATION)
    today = datetime.now(UTC).date()
    months = [
        queries.body(
            queries.OVERVIEW, {"from": str(today - timedelta(days=n + 29)), "to": str(today - timedelta(days=n))}
        )
        for n in range(30)
    ]
    last = place.size.sellers * 10
    searches = queries.bodies(queries.SEARCH, "text", [f"customer {n}" for n in range(last // 2, last // 2 + 500)])
    texts = {
        "list": queries.FIELDS,
        "list-computed": queries.COMPUTED_FIELDS,
        "list-snapshot": queries.SNAPSHOT_FIELDS,
    }
    cells: dict[str, Cell] = {}

    def add(name: str, who: str, server: Server, bodies: Sequence[bytes], path: str = "/graphql") -> None:
        # Two overviews at once keep PostgreSQL busy; more would only wait for one another.
        connections = 2 if name == "overview" else 16
        cells[f"{name} {who}"] = Cell(
            server=server, bodies=bodies, secret=place.secret, path=path, connections=connections
        )

    for name, fields in texts.items():
        asked = queries.bodies(queries.invoices(fields), "seller", sellers)
        plainly = queries.bodies(queries.plain_invoices(fields), "seller", sellers)
        add(name, "product", servers.product, asked)
        add(name, "plain", servers.plain, plainly)
        if name == "list":
            add(name, "floor", servers.floor, asked, "/list")
            add("list-reference", "product", servers.reference, asked)
    details = queries.bodies(queries.DETAIL, "id", invoices)
    add("detail", "product", servers.product, details)
    add("detail", "floor", servers.floor, details, "/detail")
    add("detail", "plain", servers.plain, details)
    if servers.postgraphile is not None:
        add("list", "postgraphile", servers.postgraphile, postgraphile.list_bodies(place, sellers))
        add("detail", "postgraphile", servers.postgraphile, postgraphile.detail_bodies(invoices))
    add("search", "product", servers.product, searches)
    add("search", "floor", servers.floor, searches, "/search")
    add("overview", "product", servers.product, months)
    add("overview", "floor", servers.floor, months, "/overview")
    return cells


def _check(cells: dict[str, Cell]) -> None:
    """Raises RuntimeError unless all of a row answer the same; PostGraphile has other names, but as many rows."""
    answers: dict[str, Any] = {
        name: cell.server.ask(cell.bodies[1], cell.secret, cell.path) for name, cell in cells.items()
    }
    answers["list-reference plain"] = answers["list product"]
    texts = {name: _ZEROS.sub("'", str(answer["data"])) for name, answer in answers.items()}
    for name, text in texts.items():
        row, _, who = name.partition(" ")
        expected = texts[f"{row} product"]
        same = text.count("description") == expected.count("description") if who == "postgraphile" else text == expected
        if not same:
            at = max(0, next((i for i, (a, b) in enumerate(zip(text, expected, strict=False)) if a != b), 0) - 200)
            raise RuntimeError(f"{name} answers …{text[at : at + 400]}…\nand not …{expected[at : at + 400]}…")


# Whether a decimal shows its trailing zeros is not what is measured.
_ZEROS = re.compile(r"(?<=\d)\.0*'|(?<=\.\d)0+'|(?<=\.\d\d)0+'")
