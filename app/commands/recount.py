"""`invoicing tax recount`: the counts of cross-border sales against the documents they come from."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from app.commands.console import OUT, load_settings, opened, print_json, run
from app.commands.platform import has_entity, scopes
from app.commands.setup import Json
from app.domain.errors import NotFound
from app.domain.scope import Mode, Scope
from app.services.eu_sales_recount import Recount
from app.services.eu_sales_recount import recount as count_anew
from app.settings import Settings

_SHOWN = 50

Entity = Annotated[str, typer.Option(help="Only this seller, ent_….")]
Platform = Annotated[str, typer.Option(help="Only this platform, plat_….")]
ModeOption = Annotated[Mode | None, typer.Option(case_sensitive=False, help="Only live platforms, or only sandboxes.")]
Repair = Annotated[bool, typer.Option("--repair", help="Put the counts right; without it they are only compared.")]


def recount(
    entity: Entity = "", platform: Platform = "", mode: ModeOption = None, repair: Repair = False, as_json: Json = False
) -> None:
    """Count cross-border sales (Art. 59c) anew from the documents. Exit code 0: all agree or are repaired; 1: not."""
    reports = run(_recount(load_settings(), entity, platform, mode, repair=repair))
    if as_json:
        print_json({scope.platform_id: asdict(report) for scope, report in reports})
    else:
        for scope, report in reports:
            _print(scope, report, repair=repair)
    if not repair and any(report.found for _, report in reports):
        raise typer.Exit(1)


async def _recount(
    settings: Settings, entity: str, platform: str, mode: Mode | None, *, repair: bool
) -> list[tuple[Scope, Recount]]:
    async with opened(settings) as app:
        chosen = await scopes(app, "recount", platform=platform, mode=mode)
        if entity:
            chosen = [scope for scope in chosen if await has_entity(app, scope, entity)]
            if not chosen:
                raise NotFound(f"there is no entity {entity}")
        return [
            (scope, await count_anew(app.services, scope, entity_id=entity or None, repair=repair)) for scope in chosen
        ]


def _print(scope: Scope, report: Recount, *, repair: bool) -> None:
    OUT.print(f"[bold]{scope.mode.lower()} platform {scope.platform_id}[/]")
    OUT.print(f"{report.entities} sellers, {report.documents} documents", markup=False)
    if not report.found:
        OUT.print("[green]every count is what its documents say[/]")
        return
    table = Table("seller", "what", "counted", "expected")
    for one in report.differences[:_SHOWN]:
        table.add_row(one.entity_id, one.what, one.counted or "", one.expected or "")
    OUT.print(table)
    OUT.print(f"{report.found} differences{', repaired' if repair else '; put them right with --repair'}", markup=False)
