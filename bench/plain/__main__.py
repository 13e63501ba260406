"""The plain way's server."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import strawberry
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route, WebSocketRoute
from strawberry.asgi import GraphQL

from bench.plain import database
from bench.plain.reads import Query, loaders
from bench.plain.writes import Mutation, Subscription


class View(GraphQL[Any, None]):
    """The schema over HTTP and WebSocket."""

    async def get_context(self, request: Any, response: Any) -> Any:
        """Loaders per request."""
        return loaders()


def create_app() -> Starlette:
    """The application."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await database.start()
        yield
        await database.stop()

    view = View(strawberry.Schema(query=Query, mutation=Mutation, subscription=Subscription))
    routes = [Route("/graphql", view), WebSocketRoute("/graphql", view)]
    return Starlette(routes=routes, lifespan=lifespan)


uvicorn.run(
    create_app,
    factory=True,
    port=int(os.environ["BENCH_PORT"]),
    ws="websockets-sansio",
    log_config=None,
)
