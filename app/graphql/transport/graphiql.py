"""GraphiQL for browsers, from files that lie here: nothing is fetched from elsewhere, now or by the page."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

FILES: Final = {
    "graphiql.min.js": "text/javascript",
    "graphiql.min.css": "text/css",
    "react.production.min.js": "text/javascript",
    "react-dom.production.min.js": "text/javascript",
    "explorer.js": "text/javascript",
    "explorer.css": "text/css",
}
# GraphiQL's editor makes style elements and a blob worker, and its style sheet carries fonts as data.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' data:;"
    " font-src 'self' data:; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}


@cache
def _read(name: str) -> bytes:
    return (resources.files("app.graphql.transport") / "static" / name).read_bytes()


def document() -> Response:
    """The page."""
    headers = {**_HEADERS, "cache-control": "no-cache"}
    return Response(_read("index.html"), media_type="text/html; charset=utf-8", headers=headers)


def routes(path: str) -> list[Route]:
    """The routes of its files."""
    return [Route(f"{path}/static/{{name}}", _file, methods=["GET"])]


async def _file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in FILES:
        return Response(status_code=404)
    headers = {**_HEADERS, "cache-control": "public, max-age=3600"}
    return Response(_read(name), media_type=f"{FILES[name]}; charset=utf-8", headers=headers)
