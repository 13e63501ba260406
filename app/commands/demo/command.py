"""`invoicing demo`: runs the story and says what it made and where."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from app.commands.console import ERR, OUT, print_json, run
from app.commands.demo.story import Result, tell
from app.commands.setup import Json
from app.domain.money import Money

Folder = Annotated[Path, typer.Option(file_okay=False, help="Where the database and the PDFs go.")]


def demo(folder: Folder = Path("demo-output"), as_json: Json = False) -> None:
    """Run the main job on a sample: account, sellers, orders, invoices, PDFs, payments, webhooks, report."""
    result = run(tell(folder, lambda step: ERR.print(f"… {step}")))
    if as_json:
        print_json(_as_json(result))
    else:
        _print(result)
    if result.undelivered or result.refused_webhooks or result.imported.orders_failed:
        raise typer.Exit(1)


def _as_json(result: Result) -> dict[str, Any]:
    return {
        "folder": str(result.folder),
        "sandboxKey": result.account.sandbox_secret,
        "sellers": len(result.sellers),
        "ordersCreated": result.imported.orders_created,
        "ordersRepeated": result.repeated.orders_repeated,
        "rowsRejected": len(result.imported.rejected),
        "invoices": result.figures.invoice_count if result.figures else 0,
        "pdfs": len(result.pdfs),
        "webhooks": result.webhooks,
        "seconds": round(result.seconds, 2),
    }


def _print(result: Result) -> None:
    imported, figures = result.imported, result.figures
    OUT.print()
    OUT.print(f"[bold]{len(result.sellers)} sellers[/] in 5 countries", markup=True)
    OUT.print(
        f"[bold]{imported.orders_created} orders[/] from {imported.rows} rows, {len(imported.rejected)} rows rejected;"
        f" importing them again made {result.repeated.orders_created}",
        markup=True,
    )
    for row in imported.rejected:
        OUT.print(f"  row {row.row}: {row.reason}", markup=False)
    count = figures.invoice_count if figures else 0
    OUT.print(f"[bold]{count} invoices[/] finalized, {result.paid} paid by hand", markup=True)
    OUT.print(f"[bold]{len(result.pdfs)} PDFs[/] in {result.folder / 'pdf'}", markup=True)
    total = sum(result.webhooks.values())
    OUT.print(
        f"[bold]{total} webhooks[/] received on loopback, every signature verified;"
        f" {result.refused_webhooks} refused, {result.undelivered} not delivered",
        markup=True,
    )
    OUT.print()
    OUT.print(_table(result))
    OUT.print()
    OUT.print(
        f"Done in {result.seconds:.1f} s. The database is {result.folder / 'invoicing.sqlite3'}; look around in it:"
    )
    database = result.folder / "invoicing.sqlite3"
    OUT.print(f"  INVOICING_DATABASE_URL=sqlite://{database} {_invoicing()} serve", markup=False)
    OUT.print("  and open http://127.0.0.1:8000/graphql with the header", markup=False)
    OUT.print(f"  Authorization: Bearer {result.account.sandbox_secret}", markup=False)


def _invoicing() -> str:
    """How the reader calls this command from where it stands."""
    path = Path(sys.argv[0])
    here = Path.cwd()
    if path.is_absolute():
        return str(path.relative_to(here)) if path.is_relative_to(here) else "invoicing"
    return str(path)


def _table(result: Result) -> Table:
    table = Table("seller", "country", title="Platform report", title_justify="left")
    for name in ("orders", "invoices", "invoiced", "paid", "outstanding"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in result.by_seller:
        table.add_row(
            row.entity.name,
            row.entity.country,
            str(row.order_count),
            str(row.invoice_count),
            _amounts(row.invoiced),
            _amounts(row.paid),
            _amounts(row.outstanding),
        )
    figures = result.figures
    if figures is not None:
        table.add_section()
        table.add_row(
            "all",
            "",
            str(figures.order_count),
            str(figures.invoice_count),
            _amounts(figures.invoiced),
            _amounts(figures.paid),
            _amounts(figures.outstanding),
            style="bold",
        )
    return table


def _amounts(amounts: list[Money]) -> str:
    return "\n".join(f"{amount.amount:,} {amount.currency}" for amount in amounts) or "–"
