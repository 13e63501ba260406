"""The relay stops when it is told to, whatever it is at."""

from __future__ import annotations

import asyncio

from app.bootstrap import Application
from app.delivery.relay import Relay
from app.services import keys


async def test_a_relay_that_is_asked_while_it_is_stopped_stops(postgres_app: Application) -> None:
    made = await keys.create_account(postgres_app.services, "Test marketplace")
    for _ in range(3):
        relay = Relay(postgres_app.database, postgres_app.wakeups)
        task = asyncio.create_task(relay.run())
        await asyncio.sleep(0.02)

        relay.ask(made.sandbox.id)
        task.cancel()

        await asyncio.wait({task}, timeout=5)
        assert task.cancelled()
