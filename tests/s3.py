"""A small S3 server of buckets in memory, for tests: objects are put, read and deleted, by path."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web


@dataclass(slots=True)
class S3:
    """What is in the server, and what it was asked; `down` makes it fail."""

    objects: dict[str, bytes] = field(default_factory=dict)
    requests: list[tuple[str, str]] = field(default_factory=list)
    unsigned: int = 0
    down: bool = False
    url: str = ""

    async def answer(self, request: web.Request) -> web.Response:
        """One request."""
        self.requests.append((request.method, request.path))
        self.unsigned += not request.headers.get("authorization", "").startswith("AWS4-HMAC-SHA256 ")
        if self.down:
            return web.Response(status=403, text="<Error><Code>AccessDenied</Code></Error>")
        if request.method == "PUT":
            self.objects[request.path] = await request.read()
            return web.Response(headers={"etag": '"1"'})
        if request.method == "POST" and "delete" in request.query:
            # Several objects at once, named in the bucket.
            keys = re.findall(r"<Key>([^<]+)</Key>", await request.text())
            for key in keys:
                self.objects.pop(f"{request.path.rstrip('/')}/{key}", None)
            deleted = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
            return web.Response(text=f"<DeleteResult>{deleted}</DeleteResult>", content_type="application/xml")
        content = self.objects.get(request.path)
        if content is None:
            return web.Response(status=404, text="<Error><Code>NoSuchKey</Code></Error>")
        headers = {"etag": '"1"', "last-modified": "Tue, 10 Mar 2026 09:00:00 GMT"}
        return web.Response(body=content, headers=headers, content_type="application/octet-stream")


@asynccontextmanager
async def serving() -> AsyncIterator[S3]:
    """A server on loopback."""
    server = S3()
    app = web.Application(client_max_size=10_000_000)
    app.router.add_route("*", "/{path:.*}", server.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await runner.cleanup()
