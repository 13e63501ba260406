"""A marketplace's own system as tests play it: it signs messages and posts them over real HTTP."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
from standardwebhooks import Webhook

from tests import factories
from tests.conftest import Clock
from tests.factories import Client, Data

CREATE = (
    "mutation($i: OrderChannelCreateInput!) { orderChannelCreate(input: $i)"
    " { orderChannel { id url } signingSecret userErrors { code field } } }"
)
ROTATE = (
    "mutation($i: OrderChannelRotateInput!) { orderChannelRotate(input: $i)"
    " { orderChannel { id previousSecretsUntil } signingSecret userErrors { code field } } }"
)
UPDATE = (
    "mutation($i: OrderChannelUpdateInput!) { orderChannelUpdate(input: $i)"
    " { orderChannel { name enabled version } userErrors { code field } } }"
)


def order(entity_id: str | None = None, **given: Any) -> Data:
    """The data of an order, as `orderCreate` takes it."""
    found = factories.order_input(entity_id or "")
    if entity_id is None:
        del found["entityId"]
    return {**found, **given}


def message(data: Any, kind: str = "order.created", timestamp: str = "2026-03-10T09:00:00Z") -> bytes:
    """The body of a message."""
    return json.dumps({"type": kind, "timestamp": timestamp, "data": data}).encode()


def signed(secret: str, message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers that sign a body, by the Python library of Standard Webhooks."""
    return {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(message_id, at, body.decode()),
    }


@dataclass(slots=True)
class Sender:
    """A system that reports orders through one channel."""

    http: httpx.AsyncClient
    clock: Clock
    channel: str
    secret: str

    async def send(
        self, data: Any, message_id: str = "msg_1", *, kind: str = "order.created", **headers: str
    ) -> httpx.Response:
        """The answer to a message, signed now; `headers` replaces some."""
        body = message(data, kind)
        return await self.post(body, signed(self.secret, message_id, self.clock(), body) | headers)

    async def post(self, body: bytes, headers: dict[str, Any]) -> httpx.Response:
        """The answer to a body with just these headers."""
        return await self.http.post(f"/orders/{self.channel}", content=body, headers=headers)


async def sender(client: Client, server: str, clock: Clock, **given: Any) -> Sender:
    """A sender to a new channel."""
    made = (await client.ask(CREATE, i={"name": "Shop system", **given}))["orderChannelCreate"]
    assert made["userErrors"] == []
    http = httpx.AsyncClient(base_url=server.removesuffix("/graphql"), timeout=30)
    return Sender(http, clock, made["orderChannel"]["id"], made["signingSecret"])
