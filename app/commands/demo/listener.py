"""A webhook receiver on loopback, as a marketplace would write it: verify, remember, answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from standardwebhooks import Webhook, WebhookVerificationError


class Listener:
    """What was received: events by type, and how many bore a wrong signature."""

    def __init__(self) -> None:
        self.secret = ""
        self.url = ""
        self.received: Counter[str] = Counter()
        self.refused = 0

    async def receive(self, request: web.Request) -> web.Response:
        """Answers 204 to a delivery whose signature holds."""
        body = await request.read()
        try:
            event = Webhook(self.secret).verify(body.decode(), dict(request.headers))
        except WebhookVerificationError:
            self.refused += 1
            return web.Response(status=400)
        self.received[event["type"]] += 1
        return web.Response(status=204)


@asynccontextmanager
async def listening() -> AsyncIterator[Listener]:
    """A listener on a free port of 127.0.0.1 for as long as the block lasts."""
    listener = Listener()
    app = web.Application()
    app.router.add_post("/webhooks", listener.receive)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    listener.url = f"http://127.0.0.1:{port}/webhooks"
    try:
        yield listener
    finally:
        await runner.cleanup()
