"""`invoicing orders import`."""

from __future__ import annotations

import csv
import gzip
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from app.bootstrap import Application
from app.commands.console import ERR, OUT, fail, load_settings, opened, print_json, run
from app.commands.setup import Json
from app.db import accounts
from app.domain.scope import Mode, Scope, command_scope
from app.services import keys
from app.services.importing.model import OrderFormat, ReadOptions
from app.services.importing.run import FORMATS, ImportReport, import_orders
from app.settings import Settings

_GZIP = b"\x1f\x8b"
_SHOWN = 20

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="The file, plain or gzipped.")]
Format = Annotated[str, typer.Option("--format", help="csv, jsonl or online-retail; by the file's name if not told.")]
Sellers = Annotated[int, typer.Option(min=0, max=10_000, help="online-retail: over how many sellers lines are spread.")]
Key = Annotated[str, typer.Option(help="An API key; it says which platform the orders belong to.")]
Live = Annotated[bool, typer.Option("--live", help="Without a key: the only account's live platform, not its sandbox.")]
Rejects = Annotated[Path | None, typer.Option(dir_okay=False, help="Write all rejected rows to this CSV file.")]


def import_command(
    file: File,
    order_format: Format = "",
    sellers: Sellers = 0,
    key: Key = "",
    live: Live = False,
    rejects: Rejects = None,
    as_json: Json = False,
) -> None:
    """Import orders from a file. Bad rows are reported and good ones kept; repeating it imports nothing twice."""
    chosen = _format(file, order_format)
    options = ReadOptions(sellers=sellers)
    began = time.monotonic()
    report = run(_import(load_settings(), file, chosen, options, key=key, live=live))
    seconds = time.monotonic() - began
    if rejects is not None:
        _write_rejects(rejects, report)
    if as_json:
        print_json(_as_json(report, seconds))
    else:
        _print(report, seconds, rejects)


def _format(file: Path, name: str) -> OrderFormat:
    by_name = {order_format.name: order_format for order_format in FORMATS}
    if not name:
        suffix = Path(file.name.removesuffix(".gz")).suffix.lstrip(".")
        name = {"json": "jsonl", "ndjson": "jsonl"}.get(suffix, suffix)
    if name not in by_name:
        raise typer.BadParameter(f"must be one of {', '.join(by_name)}", param_hint="--format")
    return by_name[name]


async def _import(
    settings: Settings, file: Path, order_format: OrderFormat, options: ReadOptions, *, key: str, live: bool
) -> ImportReport:
    async with opened(settings) as app:
        scope = await _scope(app, key, live=live)
        total = _count_rows(file)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with _open(file) as text, Progress(*columns, console=ERR, transient=True) as progress:
            task = progress.add_task("rows", total=total)
            return await import_orders(
                app.services,
                scope,
                text,
                order_format,
                options,
                progress=lambda rows: progress.update(task, completed=rows),
            )


async def _scope(app: Application, key: str, *, live: bool) -> Scope:
    if key:
        return (await keys.authenticate(app.services, f"Bearer {key}")).scope
    mode = Mode.LIVE if live else Mode.SANDBOX
    platforms = [platform for platform in await accounts.platforms(app.database) if platform.mode is mode]
    if not platforms:
        raise fail("there is no account yet; run `invoicing account create NAME`", 66)
    if len(platforms) > 1:
        raise fail("there are several accounts; name one by --key", 64)
    ERR.print(f"importing into the {mode.lower()} platform {platforms[0].id}")
    return command_scope(platforms[0].id, mode, "orders_import")


@contextmanager
def _open(file: Path) -> Iterator[TextIO]:
    with file.open("rb") as raw:
        zipped = raw.read(2) == _GZIP
    opener: Any = gzip.open if zipped else open
    # A byte-order mark, as spreadsheets write it, is no part of the first column's name.
    with opener(file, "rt", encoding="utf-8-sig", newline="") as text:
        yield text


def _count_rows(file: Path) -> int:
    with _open(file) as text:
        try:
            return sum(1 for _ in text)
        except (UnicodeDecodeError, EOFError, gzip.BadGzipFile) as error:
            raise fail(f"{file}: {error}", 65) from None


def _write_rejects(path: Path, report: ImportReport) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("row", "reason"))
        writer.writerows((row.row, row.reason) for row in report.rejected)


def _as_json(report: ImportReport, seconds: float) -> dict[str, object]:
    return {
        "rows": report.rows,
        "rowsUsed": report.used,
        "rowsRejected": len(report.rejected),
        "sellersCreated": report.sellers_created,
        "ordersCreated": report.orders_created,
        "ordersRepeated": report.orders_repeated,
        "ordersInvoiced": report.orders_invoiced,
        "ordersFailed": report.orders_failed,
        "failures": dict(report.failures),
        "reasons": dict(report.reasons),
        "rejected": [{"row": row.row, "reason": row.reason} for row in report.rejected],
        "seconds": round(seconds, 2),
    }


def _print(report: ImportReport, seconds: float, rejects: Path | None) -> None:
    OUT.print(f"{report.rows} rows: {report.used} used, {len(report.rejected)} rejected, in {seconds:.1f} s")
    OUT.print(
        f"{report.orders_created} orders new, {report.orders_repeated} known already;"
        f" {report.orders_invoiced} of them invoiced, {report.orders_failed} failed"
    )
    if report.sellers_created:
        OUT.print(f"{report.sellers_created} sellers made")
    for reason, count in report.failures.most_common(_SHOWN):
        OUT.print(f"  {count} orders failed: {reason}", markup=False)
    for reason, count in report.reasons.most_common(_SHOWN):
        OUT.print(f"  {count} rows rejected: {reason}", markup=False)
    first = report.rejected[:_SHOWN]
    for row in first:
        OUT.print(f"  row {row.row}: {row.reason}", markup=False)
    if len(report.rejected) > len(first):
        more = len(report.rejected) - len(first)
        where = f"all are in {rejects}" if rejects else "--rejects FILE writes all"
        OUT.print(f"  … and {more} more rows; {where}", markup=False)
    sys.stdout.flush()
