"""`invoicing migrate`, `account create`, `schema`, `settings` and `doctor`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from app import bootstrap
from app.commands.console import ERR, OUT, fail, load_settings, opened, print_json, run
from app.commands.diagnosis import Check, diagnose
from app.services import keys
from app.services.keys import NewAccount
from app.settings import SETTINGS, Settings

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def migrate(as_json: Json = False) -> None:
    """Bring the database to the newest schema; on PostgreSQL make the application's role."""
    applied = run(bootstrap.migrate(load_settings()))
    if as_json:
        print_json({"applied": applied})
    else:
        OUT.print("\n".join(f"applied {name}" for name in applied) or "the database is up to date")


def account_create(
    name: Annotated[str, typer.Argument(help="The marketplace operator's name.")],
    email: Annotated[str | None, typer.Option(help="Where the product writes to the operator.")] = None,
    as_json: Json = False,
) -> None:
    """Make an account with a live and a sandbox platform, and print the key of each: once."""
    made = run(_create_account(load_settings(), name, email))
    if as_json:
        print_json(
            {
                "accountId": made.account.id,
                "live": {"platformId": made.live.id, "key": made.live_secret},
                "sandbox": {"platformId": made.sandbox.id, "key": made.sandbox_secret},
            }
        )
        return
    OUT.print(f"account  {made.account.id}  {made.account.name}")
    OUT.print(f"live     {made.live_secret}")
    OUT.print(f"sandbox  {made.sandbox_secret}")
    ERR.print("These keys are not shown again; keep them where you keep passwords.")


async def _create_account(settings: Settings, name: str, email: str | None) -> NewAccount:
    async with opened(settings) as app:
        return await keys.create_account(app.services, name, contact_email=email)


def account_contact(
    account_id: Annotated[str, typer.Argument(help="The account, acct_….")],
    email: Annotated[str, typer.Argument(help="Where the product writes to the operator; empty for nowhere.")],
) -> None:
    """Say where the product writes to the operator, such as when a webhook endpoint was disabled."""
    run(_set_contact(load_settings(), account_id, email))
    OUT.print(f"{account_id}: {email or 'no contact address'}")


async def _set_contact(settings: Settings, account_id: str, email: str) -> None:
    async with opened(settings) as app:
        await keys.set_contact(app.services, account_id, email or None)


def schema(
    check: Annotated[Path | None, typer.Option(help="Compare with this file instead of printing.")] = None,
) -> None:
    """Print the GraphQL schema, or check that a file holds it."""
    # It takes a second to import, which other commands need not wait for.
    from app.graphql.schema import sdl

    text = sdl()
    if check is None:
        sys.stdout.write(text)
    elif not check.is_file() or check.read_bytes() != text.encode():
        raise fail(f"{check} is stale; run `make schema`", 1)


def settings_table(as_json: Json = False) -> None:
    """List every setting with its default and meaning."""
    if as_json:
        print_json([{"name": name, "default": default, "meaning": what} for name, default, what in SETTINGS])
        return
    table = Table("variable", "default", "meaning")
    for row in SETTINGS:
        table.add_row(*row)
    OUT.print(table)


def doctor(as_json: Json = False) -> None:
    """Check the settings, the database, and what the product needs; exit 1 when something is wrong."""
    checks = run(diagnose(load_settings()))
    if as_json:
        print_json([{"name": check.name, "ok": check.ok, "detail": check.detail} for check in checks])
    else:
        for check in checks:
            _print(check)
    if not all(check.ok for check in checks):
        raise typer.Exit(1)


def _print(check: Check) -> None:
    OUT.print(f"{'[green]ok[/]  ' if check.ok else '[red]bad[/] '} {check.name}: {check.detail}", markup=True)
