"""`GET /reports/{name}.{format}`: reports of law as files, authorized like the API."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from app.domain.errors import InvalidInput, InvoicingError, NotFound
from app.exports.registry import FORMATS, format_named
from app.services.context import ServiceContext
from app.services.law_reports import files


class ReportDownloads:
    """Serves reports in every export format. `authenticate` makes a principal of an Authorization header, or raises."""

    def __init__(
        self, services: Callable[[], ServiceContext], authenticate: Callable[[str | None], Awaitable[Any]]
    ) -> None:
        self._services = services
        self._authenticate = authenticate

    def routes(self) -> list[BaseRoute]:
        """The routes to mount."""
        return [Route("/reports/{name}.{format}", self._report, methods=["GET"])]

    async def _report(self, request: Request) -> Response:
        try:
            principal = await self._authenticate(request.headers.get("authorization"))
            chosen = format_named(request.path_params["format"])
            if chosen is None:
                raise NotFound(f"there is no such format; there are {', '.join(one.name for one in FORMATS)}")
            arguments = dict(request.query_params)
            if len(arguments) != len(request.query_params.multi_items()):
                raise InvalidInput("an argument may be given once", field=())
            found = await files.table(self._services(), principal.scope, request.path_params["name"], arguments)
        except InvoicingError as error:
            return refused(error)
        headers = {
            "content-disposition": f'attachment; filename="{found.name}.{chosen.extension}"',
            "cache-control": "private, no-store",
            "x-content-type-options": "nosniff",
        }
        return StreamingResponse(chosen.write(found.columns, found.rows), media_type=chosen.media_type, headers=headers)


def refused(error: InvoicingError) -> Response:
    """An error as JSON, with the status of its kind."""
    headers = {"www-authenticate": "Bearer"} if error.http_status == 401 else {}
    field = {} if not error.field else {"field": [str(part) for part in error.field]}
    body = {"error": {"code": error.code, "message": error.message, **field}}
    return JSONResponse(body, status_code=error.http_status, headers=headers)
