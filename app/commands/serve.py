"""`invoicing serve` and `invoicing worker`."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from typing import Annotated, Any

import typer
import uvicorn

from app import bootstrap
from app.commands.console import ERR, load_settings, opened, run
from app.settings import Settings

Processes = Annotated[int, typer.Option(min=1, max=64, help="Server processes; more than one needs PostgreSQL.")]


def serve(processes: Processes = 1) -> None:
    """Serve the API, and on SQLite do the worker's part too."""
    settings = load_settings()
    if processes > 1 and not settings.is_postgres:
        raise typer.BadParameter("SQLite has one writer; run several processes on PostgreSQL", param_hint="--processes")
    run(_check(settings))
    ERR.print(f"serving on http://{settings.host}:{settings.port}/graphql")
    uvicorn.run(
        "app.asgi:create_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=processes,
        ws="websockets-sansio",
        ws_max_size=settings.max_body_bytes,
        # A frame is made once for all who subscribe alike; compressed, it would be made anew for every socket.
        ws_per_message_deflate=False,
        log_config=None,
        # Clients are told by the reverse proxy, which knows them.
        proxy_headers=True,
        server_header=False,
        timeout_graceful_shutdown=30,
    )


async def _check(settings: Settings) -> None:
    async with opened(settings):
        pass


def worker() -> None:
    """Number events, send webhooks, run jobs and schedules until stopped; run as many as you like."""
    run(work(load_settings()))


async def work(settings: Settings, **parts: Any) -> None:
    """Works until SIGTERM or SIGINT, and then lets go of what it holds; `parts` as for `bootstrap.application`."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        # Not every platform has signal handlers in the loop; there, an interrupt ends the process.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stopped.set)
    async with opened(settings, **parts) as app, bootstrap.background(app, worker=True):
        bootstrap.spare_what_lasts()
        ERR.print("the worker is running")
        await stopped.wait()
