"""The command line, `invoicing …`: entry point and table of commands."""

from __future__ import annotations

from typing import Annotated

import typer

from app import __version__
from app.commands.archive import prune
from app.commands.audit import audit, audit_key, verify
from app.commands.compliance import compliance
from app.commands.demo.command import demo
from app.commands.jobs import jobs_cancel, jobs_list, jobs_retry, jobs_show
from app.commands.mail import bounce
from app.commands.orders import import_command
from app.commands.plan import plan
from app.commands.rates import rates_fetch, rates_import, rates_show
from app.commands.recount import recount
from app.commands.reports import dac7, ec_sales, ioss_return, oss_return, vat_summary
from app.commands.serve import serve, worker
from app.commands.setup import account_contact, account_create, doctor, migrate, schema, settings_table
from app.commands.tax import explain, rates

app = typer.Typer(
    name="invoicing",
    help="Compliant invoicing for every seller of a marketplace.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
_account = typer.Typer(no_args_is_help=True)
_jobs = typer.Typer(no_args_is_help=True)
_orders = typer.Typer(no_args_is_help=True)
_mail = typer.Typer(no_args_is_help=True)
_tax = typer.Typer(no_args_is_help=True)
_archive = typer.Typer(no_args_is_help=True)
_audit = typer.Typer()
_rates = typer.Typer(no_args_is_help=True)
_reports = typer.Typer(no_args_is_help=True)
app.add_typer(_account, name="account", help="Accounts of marketplace operators.")
app.add_typer(_jobs, name="jobs", help="Background jobs of all platforms.")
app.add_typer(_orders, name="orders", help="Orders.")
app.add_typer(_mail, name="mail", help="E-mail.")
app.add_typer(_tax, name="tax", help="Tax decisions and rates, explained.")
app.add_typer(_archive, name="archive", help="Archived files.")
app.add_typer(_audit, name="audit", help="Finalized documents, proved.")
app.add_typer(_rates, name="rates", help="Exchange rates.")
app.add_typer(_reports, name="reports", help="Reports that the law wants.")

app.command("serve")(serve)
app.command("worker")(worker)
app.command("migrate")(migrate)
app.command("demo")(demo)
app.command("schema")(schema)
app.command("plan")(plan)
app.command("settings")(settings_table)
app.command("doctor")(doctor)
_account.command("create")(account_create)
_account.command("contact")(account_contact)
_jobs.command("list")(jobs_list)
_jobs.command("show")(jobs_show)
_jobs.command("retry")(jobs_retry)
_jobs.command("cancel")(jobs_cancel)
_orders.command("import")(import_command)
_mail.command("bounce")(bounce)
_tax.command("explain")(explain)
_tax.command("rates")(rates)
_tax.command("recount")(recount)
_archive.command("prune")(prune)
_audit.callback(invoke_without_command=True)(audit)
_audit.command("key")(audit_key)
app.command("verify")(verify)
app.command("compliance")(compliance)
_rates.command("fetch")(rates_fetch)
_rates.command("import")(rates_import)
_rates.command("show")(rates_show)
_reports.command("oss-return")(oss_return)
_reports.command("ioss-return")(ioss_return)
_reports.command("ec-sales")(ec_sales)
_reports.command("vat-summary")(vat_summary)
_reports.command("dac7")(dac7)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Compliant invoicing for every seller of a marketplace."""


def main() -> None:
    """Runs the command line."""
    app()


if __name__ == "__main__":
    main()
