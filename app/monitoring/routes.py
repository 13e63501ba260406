"""The routes that an operator's machines ask: `/healthz`, `/readyz`, `/metrics`."""

from __future__ import annotations

import hmac
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from app import __version__
from app.monitoring.exposition import CONTENT_TYPE, Exposition
from app.monitoring.health import Health

_NO_STORE = {"cache-control": "no-store"}


def monitoring_routes(
    health: Callable[[], Health], exposition: Callable[[], Exposition], *, metrics_token: str
) -> list[Route]:
    """`/healthz` says that the process lives, `/readyz` whether to send it work and which part says no.

    `/metrics` exists only where a token is set, and answers only to it; so do the figures in `/readyz`: how busy a
    marketplace is is nobody else's business.
    """

    def allowed(request: Request) -> bool:
        given = request.headers.get("authorization", "")
        return bool(metrics_token) and hmac.compare_digest(given.encode(), f"Bearer {metrics_token}".encode())

    async def healthz(request: Request) -> Response:
        return JSONResponse({"ok": True, "version": __version__}, headers=_NO_STORE)

    async def readyz(request: Request) -> Response:
        ready, body = await health().ready(figures=allowed(request))
        return JSONResponse(body, status_code=200 if ready else 503, headers=_NO_STORE)

    async def metrics(request: Request) -> Response:
        if not allowed(request):
            return PlainTextResponse(
                "the token of INVOICING_METRICS_TOKEN is needed\n", 401, headers={"www-authenticate": "Bearer"}
            )
        return Response(await exposition().text(), media_type=CONTENT_TYPE, headers=_NO_STORE)

    routes = [Route("/healthz", healthz, methods=["GET"]), Route("/readyz", readyz, methods=["GET"])]
    return [*routes, Route("/metrics", metrics, methods=["GET"])] if metrics_token else routes
