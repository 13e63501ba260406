"""A VIES of the tests' own on loopback: slow, down, refusing, wrong or throttling, for each member state by itself."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass
class ViesServer:
    """`moods` says how each state behaves: "well", "slow", "down", "garbage", "wrong", "other", "deep", "drops",
    "huge", or an error of VIES.

    `invalid` are the numbers that do not exist; `per_state` is how many questions at once it bears for a state.
    """

    moods: dict[str, str] = field(default_factory=dict)
    invalid: set[str] = field(default_factory=set)
    per_state: int = 3
    takes_s: float = 0.0
    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    most_at_once: Counter[str] = field(default_factory=Counter)
    throttled: Counter[str] = field(default_factory=Counter)
    _now: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    async def answer(self, request: web.Request) -> web.StreamResponse:
        given = await request.json()
        state = given["countryCode"]
        self.asked.append(given)
        self._now[state] += 1
        self.most_at_once[state] = max(self.most_at_once[state], self._now[state])
        try:
            if self._now[state] > self.per_state:
                self.throttled[state] += 1
                return _error("MS_MAX_CONCURRENT_REQ")
            await asyncio.sleep(self.takes_s)
            return await self._mood(request, given, self.moods.get(state, "well"))
        finally:
            self._now[state] -= 1

    async def _mood(self, request: web.Request, given: dict[str, Any], mood: str) -> web.StreamResponse:
        match mood:
            case "well":
                return self._verdict(given)
            case "slow":
                await asyncio.sleep(30)
            case "down":
                return web.Response(status=503, text="Service unavailable")
            case "garbage":
                return web.Response(text="<html>maintenance</html>", content_type="text/html")
            case "wrong":
                return web.json_response({"valid": "yes", "name": "\ud800\u0000", "requestIdentifier": 7})
            case "other":
                return self._verdict({**given, "vatNumber": "0" * len(given["vatNumber"])})
            case "deep":
                return web.Response(text="[" * 60_000, content_type="application/json")
            case "drops":
                assert request.transport is not None
                request.transport.abort()
            case "huge":
                return web.Response(body=b"x" * 1_000_000)
        return _error(mood)

    def _verdict(self, given: dict[str, Any]) -> web.Response:
        answer = {
            "countryCode": given["countryCode"],
            "vatNumber": given["vatNumber"],
            "requestDate": "2026-03-10T09:00:00.000Z",
            "valid": given["countryCode"] + given["vatNumber"] not in self.invalid,
            "requestIdentifier": "WAPIAAAAX1" if given.get("requesterNumber") else "",
            "name": "---",
            "address": "---",
        }
        return web.json_response(answer)


def _error(name: str) -> web.Response:
    # As VIES does: an error is HTTP 200.
    return web.json_response({"actionSucceed": False, "errorWrappers": [{"error": name}]})


@asynccontextmanager
async def vies_server(**given: Any) -> AsyncIterator[ViesServer]:
    """The server, while the block runs."""
    server = ViesServer(**given)
    app = web.Application()
    app.router.add_post("/rest-api/check-vat-number", server.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/rest-api"
    try:
        yield server
    finally:
        await runner.cleanup()
