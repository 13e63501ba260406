"""The worker: makes deliveries out of the event log and sends them until they are accepted or given up.

Any number of workers may run; rows are claimed with leases, so one that dies leaves its work to the others.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import structlog

from app.db import accounts, deliveries, event_log, idempotency
from app.db.aggregates import ENDPOINTS, EVENTS
from app.db.event_log import NewEvent
from app.db.rows import AttemptRow, DeliveryRow, EndpointRow, EventRow
from app.db.transaction import Database, Session
from app.db.where import Eq
from app.delivery.message import webhook_body
from app.delivery.outgoing.model import AttemptResult, OutgoingWebhook
from app.delivery.outgoing.retry import next_attempt_at
from app.delivery.outgoing.webhook import WebhookSender
from app.delivery.relay import Relay
from app.domain.errors import Unavailable
from app.domain.events import WebhookEndpointDisabled
from app.domain.identity import IdPrefix, new_id
from app.domain.scope import Mode, Scope, system_scope
from app.domain.webhooks.status import EndpointStatus

log = structlog.get_logger(__name__)

POLL_S: Final = 0.5
SWEEP_S: Final = 3600.0
# Longer than any attempt may take, so that a delivery is not sent by two workers at once.
LEASE: Final = timedelta(seconds=120)
# An endpoint with this many requests under way gets no more, so that a slow one does not take all the room. The
# session's own limit per host is the same.
PER_ENDPOINT: Final = 8
# An endpoint is given up only after this long of nothing but failure.
GIVE_UP_AFTER: Final = timedelta(days=5)
_RETRY_S: Final = 1.0
_MAX_ERROR: Final = 500


class Worker:
    """Fan-out of events to endpoints, sending, and sweeping, each a loop of its own."""

    def __init__(
        self,
        database: Database,
        sender: WebhookSender,
        relay: Relay,
        *,
        clock: Callable[[], datetime],
        concurrency: int,
        idempotency_days: int,
    ) -> None:
        self._database = database
        self._sender = sender
        self._relay = relay
        self._clock = clock
        self._free = asyncio.Semaphore(concurrency)
        self._concurrency = concurrency
        self._keep_keys = timedelta(days=idempotency_days)
        self._modes: dict[str, Mode] = {}
        self._sending: set[asyncio.Task[None]] = set()
        self._under_way: Counter[str] = Counter()

    async def run(self) -> None:
        """Works until cancelled; then finishes the requests under way."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._repeat(self.deliver_once, POLL_S))
                group.create_task(self._repeat(self.sweep, SWEEP_S))
        finally:
            if self._sending:
                await asyncio.wait(self._sending, timeout=LEASE.total_seconds())

    async def _repeat(self, step: Callable[[], Awaitable[int]], pause_s: float) -> None:
        while True:
            try:
                done = await step()
            except Unavailable:
                log.warning("worker_unavailable", exc_info=True)
                done = 0
            except Exception:
                # One bad row must not stop the deliveries of everybody else.
                log.exception("worker_step_failed", step=getattr(step, "__name__", "step"))
                done = 0
            await asyncio.sleep(0 if done else pause_s)

    async def deliver_once(self) -> int:
        """Takes what is new to all endpoints and starts sending what is due; how much it found to do."""
        made = 0
        for platform_id in await deliveries.platforms_with_endpoints(self._database):
            scope = await self._scope(platform_id)
            async with self._database.transaction(scope) as session:
                made += await deliveries.fan_out(scope, session, self._clock())
        started = 0
        for platform_id in await deliveries.platforms_with_due(self._database, self._clock()):
            started += await self._start(await self._scope(platform_id))
        return made + started

    async def _start(self, scope: Scope) -> int:
        room = self._concurrency - len(self._sending)
        if room <= 0:
            return 0
        now = self._clock()
        busy = sorted(endpoint_id for endpoint_id, count in self._under_way.items() if count >= PER_ENDPOINT)
        async with self._database.transaction(scope) as session:
            claimed = await deliveries.claim_due(
                scope, session, now, now + LEASE, limit=min(room, PER_ENDPOINT), passing_over=busy
            )
        for delivery in claimed:
            self._under_way[delivery.endpoint_id] += 1
            task = asyncio.create_task(self._deliver(scope, delivery))
            self._sending.add(task)
            task.add_done_callback(partial(self._done, delivery.endpoint_id))
        return len(claimed)

    def _done(self, endpoint_id: str, task: asyncio.Task[None]) -> None:
        self._sending.discard(task)
        self._under_way[endpoint_id] -= 1
        if not self._under_way[endpoint_id]:
            del self._under_way[endpoint_id]

    async def settle(self) -> None:
        """Waits for the requests under way; for a run that ends when nothing is left to do."""
        while self._sending:
            await asyncio.wait(self._sending)

    async def _deliver(self, scope: Scope, delivery: DeliveryRow) -> None:
        try:
            async with self._free:
                await self._attempt(scope, delivery)
        except Unavailable:
            # The lease runs out and another attempt follows.
            log.warning("delivery_unavailable", delivery=delivery.id)
        except Exception:
            log.exception("delivery_failed", delivery=delivery.id)

    async def _attempt(self, scope: Scope, delivery: DeliveryRow) -> None:
        async with self._database.read(scope) as session:
            endpoint = await ENDPOINTS.get(scope, session, delivery.endpoint_id)
            found = await EVENTS.list(scope, session, Eq("id", delivery.event_id), limit=1)
        if endpoint is None or not found:
            return
        result = await self._sender.send(_message(endpoint, found[0], scope.mode))
        number = delivery.attempt_count + 1
        now = self._clock()
        retry_at = next_attempt_at(number, now, result, jitter=random.random)
        async with self._database.transaction(scope) as session:
            # The endpoint first, as everywhere: one lock order.
            current = await ENDPOINTS.get(scope, session, endpoint.id, lock=True)
            if current is None:
                return
            attempt = _attempt_row(delivery, number, result)
            held = await deliveries.finish(scope, session, delivery, attempt, next_attempt_at=retry_at, now=now)
            if held and await self._note_health(scope, session, current, result, now):
                session.after_commit.append(lambda: self._relay.ask(scope.platform_id))

    async def _note_health(
        self, scope: Scope, session: Session, endpoint: EndpointRow, result: AttemptResult, now: datetime
    ) -> bool:
        """Keeps how long an endpoint has been failing; whether it was disabled for it."""
        if result.ok:
            if endpoint.failing_since is not None:
                await ENDPOINTS.change(scope, session, endpoint.id, {"failing_since": None})
            return False
        since = endpoint.failing_since or now
        reason = None
        if result.gone:
            reason = "the endpoint answered 410 Gone"
        elif now - since >= GIVE_UP_AFTER:
            reason = f"nothing was accepted since {since:%Y-%m-%d %H:%M} UTC"
        if reason is None or endpoint.status is EndpointStatus.DISABLED:
            if endpoint.failing_since is None:
                await ENDPOINTS.change(scope, session, endpoint.id, {"failing_since": since})
            return False
        changes = {"status": EndpointStatus.DISABLED, "disabled_reason": reason, "failing_since": since}
        await ENDPOINTS.change(scope, session, endpoint.id, changes)
        event = WebhookEndpointDisabled(id=endpoint.id, url=endpoint.url, reason=reason)
        await event_log.append(scope, session, [NewEvent(event, endpoint.entity_id)], now)
        return True

    async def sweep(self) -> int:
        """Forgets old idempotency keys, a chunk per platform; how many."""
        swept = 0
        for platform in await accounts.platforms(self._database):
            scope = system_scope(platform.id, platform.mode, "sweeper")
            async with self._database.transaction(scope) as session:
                swept += await idempotency.sweep(scope, session, self._clock() - self._keep_keys)
        return swept

    async def _scope(self, platform_id: str) -> Scope:
        if platform_id not in self._modes:
            mode = await accounts.platform_mode(self._database, platform_id)
            if mode is None:
                raise LookupError(platform_id)
            self._modes[platform_id] = mode
        return system_scope(platform_id, self._modes[platform_id], "worker")


def _message(endpoint: EndpointRow, event: EventRow, mode: Mode) -> OutgoingWebhook:
    return OutgoingWebhook(
        url=endpoint.url,
        message_id=event.id,
        body=webhook_body(event, mode, for_seller=endpoint.entity_id is not None),
        secrets=tuple(endpoint.secrets),
        headers=endpoint.headers,
        occurred_at=event.occurred_at,
    )


def _attempt_row(delivery: DeliveryRow, number: int, result: AttemptResult) -> AttemptRow:
    return AttemptRow(
        platform_id=delivery.platform_id,
        id=new_id(IdPrefix.WEBHOOK_ATTEMPT),
        entity_id=delivery.entity_id,
        delivery_id=delivery.id,
        number=number,
        ok=result.ok,
        response_status=result.status,
        error=None if result.error is None else result.error[:_MAX_ERROR],
        response_body=result.response_body or None,
        duration_ms=result.duration_ms,
        started_at=result.started_at,
    )
