"""`invoicing jobs list|show|retry|cancel`: what the workers do, for whoever runs them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.table import Table

from app.commands.console import OUT, load_settings, opened, print_json, run
from app.commands.setup import Json
from app.db import accounts
from app.db import jobs as stored
from app.db.job_rows import JobRow
from app.domain.errors import NotFound
from app.domain.jobs import JobStatus
from app.domain.scope import Scope, command_scope
from app.services import jobs
from app.services.context import ServiceContext
from app.settings import Settings

Id = Annotated[str, typer.Argument(help="The job's id, job_….")]
Statuses = Annotated[list[JobStatus] | None, typer.Option("--status", help="Only these; may be repeated.")]
Kind = Annotated[str | None, typer.Option(help="Only jobs of this kind.")]
Limit = Annotated[int, typer.Option(min=1, max=10_000, help="How many at most, the newest first.")]


def jobs_list(status: Statuses = None, kind: Kind = None, limit: Limit = 50, as_json: Json = False) -> None:
    """List jobs, the newest first; `--status FAILED` lists the dead letters."""
    rows = run(_list(load_settings(), status or [], kind, limit))
    if as_json:
        print_json([_as_json(row) for row in rows])
        return
    table = Table("id", "kind", "status", "progress", "attempts", "due", "error")
    for row in rows:
        done = f"{row.progress:.0%}"
        tried = f"{row.attempts}/{row.max_attempts}"
        table.add_row(row.id, row.kind, row.status, done, tried, f"{row.run_at:%Y-%m-%d %H:%M:%S}", row.error or "")
    OUT.print(table)


def jobs_show(job_id: Id, as_json: Json = False) -> None:
    """Show all that is known of a job."""
    _show(run(_find(load_settings(), job_id)), as_json=as_json)


def jobs_retry(job_id: Id, as_json: Json = False) -> None:
    """Run a job again that failed or was cancelled."""
    _show(run(_change(load_settings(), job_id, jobs.retry)), as_json=as_json)


def jobs_cancel(job_id: Id, as_json: Json = False) -> None:
    """Cancel a job: one that waits at once, one that runs at the end of its step."""
    _show(run(_change(load_settings(), job_id, jobs.cancel)), as_json=as_json)


async def _list(settings: Settings, statuses: list[JobStatus], kind: str | None, limit: int) -> list[JobRow]:
    async with opened(settings) as app:
        return await stored.of_all_platforms(app.database, statuses=statuses, kind=kind, limit=limit)


async def _find(settings: Settings, job_id: str) -> JobRow:
    async with opened(settings) as app:
        found = await stored.find(app.database, job_id)
    if found is None:
        raise NotFound(f"there is no job {job_id}")
    return found


async def _change(settings: Settings, job_id: str, change: Callable[..., Awaitable[JobRow]]) -> JobRow:
    row = await _find(settings, job_id)
    async with opened(settings) as app:
        changed = await change(app.services, await _scope(app.services, row), job_id, key=None)
        await app.services.jobs.ring(app.database)
        return changed


async def _scope(ctx: ServiceContext, row: JobRow) -> Scope:
    mode = await accounts.platform_mode(ctx.database, row.platform_id)
    if mode is None:
        raise NotFound("its platform is gone")
    return command_scope(row.platform_id, mode, "jobs")


def _show(row: JobRow, *, as_json: bool) -> None:
    if as_json:
        print_json(_as_json(row))
        return
    for name, value in _as_json(row).items():
        if value is not None:
            OUT.print(f"{name:16} {value}", markup=False)


def _as_json(row: JobRow) -> dict[str, Any]:
    # Not the token, which is as good as the lease.
    values = {name: value for name, value in asdict(row).items() if name != "lease_token"}
    return {**values, "progress": float(row.progress)}
