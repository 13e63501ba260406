"""`invoicing rates fetch|import|show`: exchange rates, for whoever runs the installation."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from app.commands.console import ERR, OUT, load_settings, opened, print_json, run
from app.commands.setup import Json
from app.db import exchange_rates as stored
from app.db.exchange_rates import Added
from app.db.transaction import Registry
from app.domain import ecb
from app.domain.exchange import ECB, ReferenceRate, plain
from app.services import exchange_rates
from app.settings import Settings

_DIFFER = 65


class Span(StrEnum):
    """How much of the European Central Bank's history to fetch."""

    DAY = "day"
    QUARTER = "90d"
    ALL = "all"


_FILES = {Span.DAY: ecb.DAILY, Span.QUARTER: ecb.LAST_90_DAYS, Span.ALL: ecb.HISTORY}

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="An XML file as the ECB's.")]
Source = Annotated[str, typer.Option(help="Who published them, as documents name it.")]
History = Annotated[Span, typer.Option("--span", help="The last day, the last 90 days, or everything since 1999.")]
Day = Annotated[datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="The rates of that day; today's.")]


def rates_fetch(span: History = Span.DAY, as_json: Json = False) -> None:
    """Fetch rates from INVOICING_EXCHANGE_RATES_URL and store what is new."""
    _tell(run(_fetch(load_settings(), _FILES[span])), as_json=as_json)


def rates_import(file: File, source: Source = ECB, as_json: Json = False) -> None:
    """Store the rates of a file in the ECB's format (eurofxref-daily.xml, eurofxref-hist.xml)."""
    with file.open("rb") as opened_file:
        content = opened_file.read(ecb.MAX_BYTES + 1)
    _tell(run(_import(load_settings(), content, source)), as_json=as_json)


def rates_show(day: Day = None, as_json: Json = False) -> None:
    """Show the rates that hold for a day: those last published on it or before."""
    rates = run(_show(load_settings(), None if day is None else day.date()))
    if as_json:
        print_json([{"date": str(one.date), "currency": one.currency, "rate": f"{plain(one.rate):f}"} for one in rates])
        return
    if not rates:
        OUT.print("no rates are known for that day; fetch or import them")
        return
    table = Table("currency", "1 EUR =", "date", "source")
    for one in rates:
        table.add_row(one.currency, f"{plain(one.rate):f}", str(one.date), one.source)
    OUT.print(table)


async def _fetch(settings: Settings, name: str) -> Added:
    async with opened(settings) as app:
        return await exchange_rates.fetch(app.services, name)


async def _import(settings: Settings, content: bytes, source: str) -> Added:
    async with opened(settings) as app:
        return await exchange_rates.take_file(app.services, content, source=source)


async def _show(settings: Settings, day: date | None) -> list[ReferenceRate]:
    async with opened(settings) as app, app.database.read(Registry()) as session:
        return list(await stored.of_day(Registry(), session, day or app.services.clock().date()))


def _tell(added: Added, *, as_json: bool) -> None:
    """Prints what was stored; rates that differ from the stored ones end the command with an error."""
    if as_json:
        differing = [
            {
                "date": str(given.date),
                "currency": given.currency,
                "stored": f"{plain(before.rate):f}",
                "given": f"{plain(given.rate):f}",
            }
            for before, given in added.differing
        ]
        print_json({"new": added.new, "known": added.known, "differing": differing})
    else:
        OUT.print(f"{added.new} rates are new, {added.known} were known")
    for before, given in added.differing:
        ERR.print(
            f"{given.source} {given.currency} of {given.date} is stored as {plain(before.rate):f} and stays so;"
            f" the file says {plain(given.rate):f}"
        )
    if added.differing:
        raise typer.Exit(_DIFFER)
