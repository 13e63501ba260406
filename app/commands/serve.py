"""`invoicing serve` and `invoicing worker`."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

import typer

from app import bootstrap
from app.commands.console import ERR, load_settings, opened, run
from app.commands.replica import serve_here, serve_in_processes
from app.commands.watched import watched
from app.running.lifetime import ended_in_time, on_signals
from app.settings import Settings

Processes = Annotated[int, typer.Option(min=1, max=64, help="Server processes; more than one needs PostgreSQL.")]


def serve(processes: Processes = 1) -> None:
    """Serve the API, and on SQLite do the worker's part too."""
    settings = load_settings()
    if processes > 1 and not settings.is_postgres:
        raise typer.BadParameter("SQLite has one writer; run several processes on PostgreSQL", param_hint="--processes")
    run(_check(settings))
    ERR.print(f"serving on http://{settings.host}:{settings.port}/graphql")
    if processes == 1:
        serve_here(settings)
    elif code := serve_in_processes(settings, processes):
        raise typer.Exit(code)


async def _check(settings: Settings) -> None:
    async with opened(settings):
        pass


def worker() -> None:
    """Number events, send webhooks, run jobs and schedules until stopped; run as many as you like."""
    run(work(load_settings()))


async def work(settings: Settings, **parts: Any) -> None:
    """Works until SIGTERM or SIGINT, and then lets go of what it holds; `parts` as for `bootstrap.application`."""
    stopped = asyncio.Event()
    on_signals(stopped.set)
    async with opened(settings, **parts) as app, watched(app), bootstrap.background(app, worker=True):
        bootstrap.spare_what_lasts()
        ERR.print("the worker is running")
        await stopped.wait()
        last_resort = ended_in_time(settings.shutdown_s)
        app.lifetime.end()
    last_resort.cancel()
