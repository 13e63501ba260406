"""`invoicing audit`, `invoicing audit key`, `invoicing verify`: what was issued, proved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from app.bootstrap import Application
from app.commands.console import ERR, OUT, fail, load_settings, opened, print_json, run
from app.commands.platform import has_entity, scopes
from app.commands.setup import Json
from app.domain.audit.ed25519 import key_from_pem, key_id
from app.domain.audit.export import Unreadable, verify_export
from app.domain.audit.records import Finding
from app.domain.errors import NotFound
from app.domain.scope import Mode, Scope
from app.services import audit as audits
from app.services.audit import AuditReport
from app.services.audit_export import export as write_export
from app.settings import Settings

_SHOWN = 50

Entity = Annotated[str, typer.Option(help="Only this seller, ent_….")]
Platform = Annotated[str, typer.Option(help="Only this platform, plat_….")]
ModeOption = Annotated[Mode | None, typer.Option(case_sensitive=False, help="Only live platforms, or only sandboxes.")]
Export = Annotated[Path | None, typer.Option(dir_okay=False, help="Write a signed export of one platform to this zip.")]
WithPdfs = Annotated[bool, typer.Option("--with-pdfs", help="With the PDFs in the export; archives what is not yet.")]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="The export, a zip file.")]
Key = Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="The issuer's public key in PEM.")]


def audit(
    context: typer.Context,
    entity: Entity = "",
    platform: Platform = "",
    mode: ModeOption = None,
    export: Export = None,
    with_pdfs: WithPdfs = False,
    as_json: Json = False,
) -> None:
    """Audit finalized documents: series, chain, rows, totals, files. Exit code 0: all holds; 1: something does not."""
    if context.invoked_subcommand is not None:
        return
    reports = run(_audit(load_settings(), entity, platform, mode, export, with_pdfs=with_pdfs))
    if as_json:
        print_json({scope.platform_id: asdict(report) for scope, report in reports})
    else:
        for scope, report in reports:
            _print(scope, report)
        if export is not None:
            OUT.print(f"wrote {export}", markup=False)
    if not all(report.clean for _, report in reports):
        raise typer.Exit(1)


def audit_key() -> None:
    """Print the public key that signs certificates, in PEM."""
    OUT.print(run(_key(load_settings())), end="", markup=False)


def verify(file: File, key: Key = None, as_json: Json = False) -> None:
    """Verify an export as its own verify.py does. Exit code 0: all holds; 1: something does not; 2: unreadable."""
    try:
        public = None if key is None else key_from_pem(key.read_text(encoding="ascii"))
        verified = verify_export(file, public)
    except (Unreadable, ValueError) as error:
        raise fail(str(error), 2) from None
    errors = [finding for finding in verified.findings if finding.severity == "ERROR"]
    if as_json:
        found = [asdict(finding) for finding in verified.findings]
        print_json({"documents": verified.documents, "certificate": verified.certificate, "findings": found})
    else:
        _print_findings(verified.findings)
        signed = verified.certificate.get("key_id")
        OUT.print(f"{verified.documents} documents, {len(errors)} errors, signed with key {signed}", markup=False)
    if errors:
        raise typer.Exit(1)


async def _audit(
    settings: Settings, entity: str, platform: str, mode: Mode | None, path: Path | None, *, with_pdfs: bool
) -> list[tuple[Scope, AuditReport]]:
    async with opened(settings) as app:
        chosen = await scopes(app, "audit", platform=platform, mode=mode)
        if entity:
            chosen = [scope for scope in chosen if await has_entity(app, scope, entity)]
            if not chosen:
                raise NotFound(f"there is no entity {entity}")
        if path is not None and len(chosen) > 1:
            raise fail("an export is of one platform; name it by --platform, --mode or --entity", 64)
        return [(scope, await _one(app, scope, entity or None, path, with_pdfs=with_pdfs)) for scope in chosen]


async def _one(
    app: Application, scope: Scope, entity: str | None, path: Path | None, *, with_pdfs: bool
) -> AuditReport:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=ERR, transient=True) as bar:
        task = bar.add_task("documents", total=await audits.count(app.services, scope, entity))

        async def progress(documents: int) -> None:
            bar.update(task, completed=documents)

        if path is None:
            return await audits.run_audit(app.services, scope, entity, progress=progress)
        return await write_export(app.services, scope, path, entity, with_pdfs=with_pdfs, progress=progress)


def _print(scope: Scope, report: AuditReport) -> None:
    OUT.print(f"[bold]{scope.mode.lower()} platform {scope.platform_id}[/]")
    counts = f"{report.entities} sellers, {len(report.series)} series, {report.documents} documents"
    OUT.print(f"{counts}, {report.files} archived files", markup=False)
    _print_findings(report.findings)
    if report.clean:
        OUT.print("[green]every number, hash, row, total and file holds[/]")
    else:
        OUT.print(f"[bold red]{report.errors} errors[/]")
    if report.warnings:
        OUT.print(f"[yellow]{report.warnings} warnings[/]")


def _print_findings(findings: Sequence[Finding]) -> None:
    if not findings:
        return
    table = Table("severity", "code", "document or series", "what", "expected", "found")
    for finding in findings[:_SHOWN]:
        where = finding.document or finding.series or ""
        table.add_row(
            finding.severity, finding.code, where, finding.message, finding.expected or "", finding.found or ""
        )
    OUT.print(table)
    if len(findings) > _SHOWN:
        OUT.print(f"and {len(findings) - _SHOWN} more; --json tells them all", markup=False)


async def _key(settings: Settings) -> str:
    async with opened(settings) as app:
        signer = app.services.signing_key()
    if signer is None:
        raise fail("there is no key; set INVOICING_SIGNING_KEY", 78)
    ERR.print(f"key id {key_id(signer.public_key)}", markup=False)
    return signer.public_pem()
