"""`invoicing reports …`: reports of law as a table or as CSV, for whoever runs the installation."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Final

import typer
from rich.table import Table as Shown

from app.bootstrap import Application
from app.commands.console import OUT, fail, load_settings, opened, run
from app.commands.platform import scopes
from app.domain.errors import NotFound
from app.domain.scope import Mode, Scope
from app.exports.formats.csv import FORMAT
from app.services.law_reports import files
from app.services.law_reports.sellers import seller
from app.services.law_reports.tables import Table
from app.settings import Settings

_DATE: Final = ["%Y-%m-%d"]
# Rows that a terminal is shown; a file has all.
_SHOWN: Final = 200

Entity = Annotated[str, typer.Option(help="The seller, ent_….")]
Year = Annotated[int, typer.Option(help="The calendar year.")]
Quarter = Annotated[int, typer.Option(help="From 1 to 4.")]
Month = Annotated[int, typer.Option(help="From 1 to 12.")]
OfQuarter = Annotated[int | None, typer.Option("--quarter", help="From 1 to 4; or give the month.")]
OfMonth = Annotated[int | None, typer.Option("--month", help="From 1 to 12; or give the quarter.")]
From = Annotated[datetime, typer.Option("--from", formats=_DATE, help="The first day.")]
To = Annotated[datetime, typer.Option("--to", formats=_DATE, help="The last day.")]
Platform = Annotated[str, typer.Option(help="The platform, plat_….")]
ModeOption = Annotated[Mode | None, typer.Option(case_sensitive=False, help="The live platform, or the sandbox.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Write CSV to standard output.")]


def oss_return(entity: Entity, year: Year, quarter: Quarter, as_csv: AsCsv = False) -> None:
    """A seller's return of the Union One-Stop-Shop for a quarter."""
    _of_seller("oss-return", entity, {"year": str(year), "quarter": str(quarter)}, as_csv=as_csv)


def ioss_return(entity: Entity, year: Year, month: Month, as_csv: AsCsv = False) -> None:
    """A seller's return of the Import One-Stop-Shop for a month."""
    _of_seller("ioss-return", entity, {"year": str(year), "month": str(month)}, as_csv=as_csv)


def ec_sales(
    entity: Entity, year: Year, quarter: OfQuarter = None, month: OfMonth = None, as_csv: AsCsv = False
) -> None:
    """A seller's recapitulative statement (EC sales list) for a quarter or a month."""
    given = {"year": year, "quarter": quarter, "month": month}
    arguments = {name: str(value) for name, value in given.items() if value is not None}
    _of_seller("ec-sales", entity, arguments, as_csv=as_csv)


def vat_summary(entity: Entity, start: From, end: To, as_csv: AsCsv = False) -> None:
    """What a seller supplied in some days, by treatment, category, country and rate."""
    _of_seller("vat-summary", entity, {"from": f"{start:%Y-%m-%d}", "to": f"{end:%Y-%m-%d}"}, as_csv=as_csv)


def dac7(year: Year, platform: Platform = "", mode: ModeOption = None, as_csv: AsCsv = False) -> None:
    """What the operator of a platform reports of its sellers for a year."""
    run(_write_of_platform(load_settings(), platform, mode, {"year": str(year)}, as_csv=as_csv))


def _of_seller(name: str, entity: str, arguments: Mapping[str, str], *, as_csv: bool) -> None:
    run(_write_of_seller(load_settings(), name, {"entityId": entity, **arguments}, as_csv=as_csv))


async def _write_of_seller(settings: Settings, name: str, arguments: Mapping[str, str], *, as_csv: bool) -> None:
    async with opened(settings) as app:
        scope = await _scope_of(app, arguments["entityId"])
        await _write(await files.table(app.services, scope, name, arguments), as_csv=as_csv)


async def _write_of_platform(
    settings: Settings, platform: str, mode: Mode | None, arguments: Mapping[str, str], *, as_csv: bool
) -> None:
    async with opened(settings) as app:
        chosen = await scopes(app, "reports", platform=platform, mode=mode)
        if len(chosen) > 1:
            raise fail("the report is of one platform; name it by --platform or --mode", 64)
        await _write(await files.table(app.services, chosen[0], "dac7", arguments), as_csv=as_csv)


async def _scope_of(app: Application, entity: str) -> Scope:
    """The platform that the seller is on."""
    for scope in await scopes(app, "reports"):
        async with app.database.read(scope) as session:
            try:
                await seller(scope, session, entity)
            except NotFound:
                continue
            return scope
    raise NotFound("no such entity")


async def _write(table: Table, *, as_csv: bool) -> None:
    if as_csv:
        async for part in FORMAT.write(table.columns, table.rows):
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
        return
    rows: list[Sequence[object]] = []
    async for cells in table.rows:
        if len(rows) == _SHOWN:
            OUT.print(f"the first {_SHOWN} rows; --csv writes all")
            break
        rows.append(cells)
    if not rows:
        OUT.print("nothing to report")
        return
    # What no row has needs no column.
    kept = [place for place in range(len(table.columns)) if any(row[place] not in (None, "") for row in rows)]
    shown = Shown(*(table.columns[place].replace("_", " ") for place in kept))
    for row in rows:
        shown.add_row(*("" if row[place] is None else str(row[place]) for place in kept))
    OUT.print(shown, markup=False)
