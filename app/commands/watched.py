"""The worker's own small server, which tells machines how it is; a worker serves nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.applications import Starlette

from app.bootstrap import Application, exposition
from app.monitoring.routes import monitoring_routes


class _Server(uvicorn.Server):
    """Leaves signals to the process it runs in."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Captures none."""
        yield


@asynccontextmanager
async def watched(app: Application) -> AsyncIterator[None]:
    """Answers `/healthz`, `/readyz` and `/metrics` on the worker's port while the block lasts, where one is set.

    Raises RuntimeError when the port is taken.
    """
    settings = app.settings
    if not settings.worker_port:
        yield
        return
    figures = exposition(app)
    routes = monitoring_routes(lambda: app.health, lambda: figures, metrics_token=settings.metrics_token)
    config = uvicorn.Config(
        Starlette(routes=routes),
        host=settings.host,
        port=settings.worker_port,
        lifespan="off",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve(), name="watched")
    while not server.started:
        if task.done():
            raise RuntimeError(f"the worker's port {settings.worker_port} cannot be listened on")
        await asyncio.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        await task
