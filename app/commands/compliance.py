"""`invoicing compliance`: what the rules make of all sellers, or of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.table import Table

from app.bootstrap import Application
from app.commands.audit import ModeOption, Platform
from app.commands.console import OUT, load_settings, opened, print_json, run
from app.commands.platform import scopes
from app.commands.setup import Json
from app.domain.compliance.model import ComplianceStatus, Finding, status_of
from app.domain.errors import NotFound
from app.domain.scope import Mode, Scope
from app.services import compliance as compliances
from app.services.compliance import Summary
from app.services.scheduler import MAX_CHUNKS
from app.settings import Settings

Entity = Annotated[str, typer.Option(help="This seller, ent_…, with each finding and its fix.")]
Refresh = Annotated[bool, typer.Option("--refresh", help="Ask today's rules first of sellers whom older ones saw.")]


def compliance(
    entity: Entity = "",
    platform: Platform = "",
    mode: ModeOption = None,
    refresh: Refresh = False,
    as_json: Json = False,
) -> None:
    """Show what the rules make of sellers. Exit code 0: none is blocked; 1: some of their documents are refused."""
    if entity:
        blocked = _show_seller(*run(_seller(load_settings(), entity, platform, mode)), as_json=as_json)
    else:
        blocked = _show_platforms(run(_platforms(load_settings(), platform, mode, refresh=refresh)), as_json=as_json)
    if blocked:
        raise typer.Exit(1)


async def _seller(
    settings: Settings, entity: str, platform: str, mode: Mode | None
) -> tuple[str, str, Sequence[Finding]]:
    async with opened(settings) as app:
        for scope in await scopes(app, "compliance", platform=platform, mode=mode):
            try:
                row, found = await compliances.of_seller(app.services, scope, entity)
            except NotFound:
                continue
            return row.id, row.name, found
        raise NotFound(f"there is no entity {entity}")


async def _platforms(
    settings: Settings, platform: str, mode: Mode | None, *, refresh: bool
) -> list[tuple[Scope, Summary]]:
    async with opened(settings) as app:
        chosen = await scopes(app, "compliance", platform=platform, mode=mode)
        if refresh:
            for scope in chosen:
                await _refresh(app, scope)
        return [(scope, await compliances.summary(app.services, scope)) for scope in chosen]


async def _refresh(app: Application, scope: Scope) -> None:
    for _ in range(MAX_CHUNKS):
        if not await compliances.refresh(app.services, scope):
            return


def _show_seller(entity_id: str, name: str, found: Sequence[Finding], *, as_json: bool) -> bool:
    status = status_of(found)
    if as_json:
        findings: list[Any] = [asdict(one) for one in found]
        print_json({"entity": entity_id, "status": status, "findings": findings})
    else:
        OUT.print(f"{name} ({entity_id}): {status}", markup=False)
        table = Table("rule", "severity", "field", "what", "what puts it right")
        for one in found:
            table.add_row(one.rule, one.severity, ".".join(one.field), one.message, one.fix or "")
        if found:
            OUT.print(table)
    return status is ComplianceStatus.BLOCKED


def _show_platforms(shown: Sequence[tuple[Scope, Summary]], *, as_json: bool) -> bool:
    if as_json:
        print_json({scope.platform_id: asdict(found) for scope, found in shown})
    else:
        for scope, found in shown:
            OUT.print(f"[bold]{scope.mode.lower()} platform {scope.platform_id}[/]")
            counts = f"{found.ready} sellers ready, {found.attention} with warnings, {found.blocked} blocked"
            OUT.print(f"{counts}, {found.unchecked} not asked yet", markup=False)
            table = Table("rule", "severity", "sellers")
            for one in found.by_rule:
                table.add_row(one.rule, one.severity, str(one.entities))
            if found.by_rule:
                OUT.print(table)
    return any(found.blocked for _, found in shown)
