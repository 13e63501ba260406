"""The worker: makes deliveries out of the event log and sends them until they are accepted or given up.

Any number of workers may run; rows are claimed with leases, so one that dies leaves its work to the others. Its parts:

- `app.db.fan_out` reads the log for the endpoints and makes deliveries;
- `lanes` says who may be sent to now, `dispatch` claims what is due for them and makes the attempts;
- `outcomes` writes down what became of them, and of the endpoints' health.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

import structlog

from app.db import accounts, fan_out
from app.db.transaction import Database
from app.delivery.dispatch import LEASE, Dispatcher
from app.delivery.lanes import Lanes
from app.delivery.message import Render
from app.delivery.outcomes import Outcomes
from app.delivery.outgoing.webhook import WebhookSender
from app.delivery.relay import Relay
from app.delivery.wakeups import Wakeups
from app.domain.errors import Unavailable
from app.domain.scope import Mode, Scope, system_scope

log = structlog.get_logger(__name__)

# Wake-ups are only hints; the log, and what is due, are asked again this often without one.
POLL_S: Final = 0.5
# Looks for what is due are this far apart, so that one finds more than a single delivery.
PAUSE_S: Final = 0.01


class Worker:
    """Fan-out of events to endpoints, and sending, each a loop of its own."""

    def __init__(
        self,
        database: Database,
        sender: WebhookSender,
        relay: Relay,
        wakeups: Wakeups,
        *,
        render: Render,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float],
        concurrency: int,
        per_host: int,
    ) -> None:
        self._database = database
        self._relay = relay
        self._wakeups = wakeups
        self._clock = clock
        self._modes: dict[str, Mode] = {}
        self._stopping = False
        self._dispatcher = Dispatcher(
            database,
            sender,
            Outcomes(database, clock, relay.ask),
            Lanes(total=concurrency, per_host=per_host, clock=clock, monotonic=monotonic),
            render=render,
            scope_of=self._scope,
            clock=clock,
        )

    async def run(self) -> None:
        """Works until cancelled; then finishes the steps in hand and the requests under way, and begins nothing new.

        What was claimed is sent and recorded, so that no other worker has to wait for its lease to end.
        """
        self._stopping = False
        working = [
            asyncio.create_task(self._repeat(self.take_new, self._until_woken), name="webhook-fan-out"),
            asyncio.create_task(self._repeat(self._dispatcher.start, self._until_freed), name="webhook-dispatch"),
        ]
        try:
            # Not a group, whose tasks would be cancelled in the middle of their steps.
            await asyncio.wait(working)
        finally:
            self._stopping = True
            self._wakeups.any.set()
            self._dispatcher.freed.set()
            try:
                await asyncio.wait(working)
                await self._dispatcher.settle(LEASE.total_seconds())
            finally:
                for task in working:
                    task.cancel()

    async def _repeat(self, step: Callable[[], Awaitable[int]], pause: Callable[[], Awaitable[None]]) -> None:
        while not self._stopping:
            try:
                done = await step()
            except Unavailable:
                log.warning("worker_unavailable", exc_info=True)
                done = 0
            except Exception:
                # One bad row must not stop the deliveries of everybody else.
                log.exception("worker_step_failed", step=getattr(step, "__name__", "step"))
                done = 0
            if done:
                await asyncio.sleep(PAUSE_S)
            else:
                await pause()

    async def _until_woken(self) -> None:
        # Cleared before the next look, so that nothing that comes meanwhile is missed.
        await self._wakeups.wait(self._wakeups.any, POLL_S)
        self._wakeups.any.clear()

    async def _until_freed(self) -> None:
        await self._wakeups.wait(self._dispatcher.freed, POLL_S)
        # With very many endpoints a look is dear: then not more than half of the time goes into looking in vain.
        await asyncio.sleep(max(PAUSE_S, self._dispatcher.looked_s))
        self._dispatcher.freed.clear()

    async def deliver_once(self) -> int:
        """Takes what is new to all endpoints and starts sending what is due; how much it found to do."""
        return await self.take_new() + await self._dispatcher.start()

    async def take_new(self) -> int:
        """Makes deliveries of what the log has for the endpoints, a stretch for each; how many events they read."""
        read = 0
        for platform_id in await fan_out.platforms_with_news(self._database):
            scope = await self._scope(platform_id)
            async with self._database.transaction(scope) as session:
                read += await fan_out.fan_out(scope, session, self._clock())
        if read:
            self._dispatcher.freed.set()
        return read

    async def settle(self) -> None:
        """Waits for the requests under way; for a run that ends when nothing is left to do."""
        await self._dispatcher.settle()

    async def deliver_now(self, scope: Scope, delivery_id: str) -> None:
        """Makes the only attempt of a delivery to which the caller holds the lease. Raises Unavailable."""
        await self._dispatcher.deliver_now(await self._scope(scope.platform_id), delivery_id, self._relay.ask)

    async def _scope(self, platform_id: str) -> Scope:
        if platform_id not in self._modes:
            mode = await accounts.platform_mode(self._database, platform_id)
            if mode is None:
                raise LookupError(platform_id)
            self._modes[platform_id] = mode
        return system_scope(platform_id, self._modes[platform_id], "worker")
