"""Claims what is due for those who may be sent to now, and makes the attempts."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

import structlog

from app.db import deliveries
from app.db.aggregates import DELIVERIES, ENDPOINTS, EVENTS
from app.db.deliveries import DueEndpoint, Outcome
from app.db.rows import EventRow
from app.db.transaction import Database
from app.db.webhook_rows import AttemptRow, DeliveryRow, EndpointRow
from app.db.where import OneOf
from app.delivery.lanes import Lanes, Turn
from app.delivery.message import Render, SelectionFailed, webhook_body
from app.delivery.outcomes import Done, Outcomes
from app.delivery.outgoing.model import AttemptResult, OutgoingWebhook
from app.delivery.outgoing.retry import next_attempt_at
from app.delivery.outgoing.webhook import WebhookSender
from app.domain.errors import Unavailable
from app.domain.identity import IdPrefix, new_id
from app.domain.scope import Scope
from app.domain.webhooks.rotation import signing_secrets

log = structlog.get_logger(__name__)

# Longer than any attempt may take, so that a delivery is not sent by two workers at once.
LEASE: Final = timedelta(seconds=120)
# Outcomes that may wait for the database; beyond, nothing more is sent.
MAX_WAITING: Final = 2_000
# What was not tried, because there was no turn or the database was away, is tried again after this.
PUT_OFF: Final = timedelta(seconds=5)
# An event that was just appended has its place in the log within this time.
_NUMBERED_S: Final = 2.0
_ASK_AGAIN_S: Final = 0.02
_MAX_ERROR: Final = 500
_MAX_HEADERS: Final = 8_000


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A delivery with all that an attempt takes."""

    delivery: DeliveryRow
    endpoint: EndpointRow
    event: EventRow


class Dispatcher:
    """Sends what is due. `freed` is set whenever there may be room for more."""

    def __init__(
        self,
        database: Database,
        sender: WebhookSender,
        outcomes: Outcomes,
        lanes: Lanes,
        *,
        render: Render,
        scope_of: Callable[[str], Awaitable[Scope]],
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._sender = sender
        self._outcomes = outcomes
        self._lanes = lanes
        self._render = render
        self._scope_of = scope_of
        self._clock = clock
        self._sending: set[asyncio.Task[None]] = set()
        self.freed = asyncio.Event()
        # How long the last look for what is due has taken.
        self.looked_s = 0.0

    @property
    def room(self) -> int:
        """How many more attempts may be begun."""
        return 0 if self._outcomes.waiting > MAX_WAITING else self._lanes.free

    async def start(self) -> int:
        """Begins the attempts that are due, as far as there is room; how many."""
        if not self.room:
            return 0
        monotonic = asyncio.get_running_loop().time
        began = monotonic()
        due = await deliveries.endpoints_with_due(self._database, self._clock())
        self.looked_s = monotonic() - began
        # Those that are to wait have no share of the room.
        ready = [one for one in due if self._lanes.room(one.id, _host(one.url), ordered=one.ordered)]
        # In another order each time, so that nobody is always the last.
        random.shuffle(ready)
        platforms: dict[str, list[DueEndpoint]] = {}
        for endpoint in ready:
            platforms.setdefault(endpoint.platform_id, []).append(endpoint)
        share = max(1, self.room // max(1, len(ready)))
        started = 0
        for platform_id, endpoints in platforms.items():
            started += await self._start(await self._scope_of(platform_id), endpoints, share)
        return started

    async def _start(self, scope: Scope, endpoints: list[DueEndpoint], share: int) -> int:
        turns: dict[str, list[Turn]] = {}
        for due in endpoints:
            taken = self._lanes.take(due.id, _host(due.url), share, ordered=due.ordered)
            if taken:
                turns[due.id] = taken
        if not turns:
            return 0
        ordered = [due.id for due in endpoints if due.ordered and due.id in turns]
        rooms = {endpoint_id: len(taken) for endpoint_id, taken in turns.items() if endpoint_id not in ordered}
        try:
            prepared = await self._claim(scope, rooms, ordered)
            for one in prepared:
                self._send(scope, one, turns[one.endpoint.id].pop())
        finally:
            for unused in turns.values():
                for turn in unused:
                    self._lanes.give_back(turn)
        return len(prepared)

    async def _claim(self, scope: Scope, rooms: Mapping[str, int], ordered: list[str]) -> list[_Prepared]:
        now = self._clock()
        async with self._database.transaction(scope) as session:
            claimed = await deliveries.claim_heads(scope, session, ordered, now, now + LEASE) if ordered else []
            if rooms:
                claimed += await deliveries.claim(scope, session, rooms, now, now + LEASE)
            found = await ENDPOINTS.by_ids(scope, session, sorted({row.endpoint_id for row in claimed}))
            ids = sorted({row.event_id for row in claimed})
            events = await EVENTS.list(scope, session, OneOf("id", ids), limit=len(ids)) if ids else []
        by_id = {event.id: event for event in events}
        return [_Prepared(row, found[row.endpoint_id], by_id[row.event_id]) for row in claimed]

    def _send(self, scope: Scope, prepared: _Prepared, turn: Turn) -> None:
        task = asyncio.create_task(self._deliver(scope, prepared, turn))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _deliver(self, scope: Scope, prepared: _Prepared, turn: Turn) -> None:
        result = None
        delivery = prepared.delivery
        try:
            result, payload = await self._attempt(scope, prepared)
            number = delivery.attempt_count + 1
            retry_at = next_attempt_at(number - delivery.retry_base, self._clock(), result, jitter=random.random)
            outcome = Outcome(
                delivery=delivery,
                attempt=_attempt_row(delivery, number, result),
                next_attempt_at=retry_at,
                payload=payload,
            )
            self._outcomes.add(Done(scope, outcome, result))
        except Unavailable:
            log.warning("delivery_unavailable", delivery=delivery.id)
            put_off = self._clock() + PUT_OFF
            outcome = Outcome(delivery=delivery, attempt=None, next_attempt_at=put_off, payload=None)
            self._outcomes.add(Done(scope, outcome, None))
        except Exception:
            # The lease runs out, and it is tried again; an attempt is not used up.
            log.exception("delivery_failed", delivery=delivery.id)
        finally:
            self._lanes.give_back(turn, result)
            self.freed.set()

    async def _attempt(self, scope: Scope, prepared: _Prepared) -> tuple[AttemptResult, str | None]:
        """One attempt, and what the selection has made of the event, if there is one.

        The body is the same at every attempt: what was selected for the first one is kept.
        """
        delivery, endpoint, event = prepared.delivery, prepared.endpoint, prepared.event
        payload = delivery.payload
        if payload is None and endpoint.selection is not None:
            try:
                payload = await self._render(scope, endpoint, event)
            except SelectionFailed as failure:
                return self._not_sent(str(failure)), None
        body = webhook_body(
            event,
            scope.mode,
            for_seller=endpoint.entity_id is not None,
            api_version=delivery.api_version,
            selected=payload,
        )
        message = OutgoingWebhook(
            url=endpoint.url,
            message_id=event.id,
            body=body,
            secrets=signing_secrets(endpoint.secrets, endpoint.retired_secrets, self._clock()),
            headers=endpoint.headers,
            occurred_at=event.occurred_at,
        )
        return await self._sender.send(message), payload

    def _not_sent(self, reason: str) -> AttemptResult:
        return AttemptResult(
            ok=False,
            status=None,
            error=f"not sent: {reason}",
            request_headers={},
            response_body="",
            response_headers={},
            duration_ms=0,
            retry_after_s=None,
            gone=False,
            started_at=self._clock(),
        )

    async def deliver_now(self, scope: Scope, delivery_id: str, ask_relay: Callable[[str], None]) -> None:
        """Makes the only attempt of a delivery that the caller holds a lease on, and records it.

        It says nothing of the endpoint's health. Raises Unavailable when there was no turn, or no place in the log for
        the event yet: then nothing was sent.
        """
        prepared = await self._numbered(scope, delivery_id, ask_relay)
        result, payload = await self._attempt(scope, prepared)
        delivery = prepared.delivery
        attempt = _attempt_row(delivery, delivery.attempt_count + 1, result)
        outcome = Outcome(delivery=delivery, attempt=attempt, next_attempt_at=None, payload=payload)
        await self._outcomes.write(scope, [Done(scope, outcome, None)])

    async def _numbered(self, scope: Scope, delivery_id: str, ask_relay: Callable[[str], None]) -> _Prepared:
        for _ in range(round(_NUMBERED_S / _ASK_AGAIN_S)):
            async with self._database.read(scope) as session:
                delivery = await DELIVERIES.get(scope, session, delivery_id)
                if delivery is None:
                    raise LookupError(delivery_id)
                endpoint = await ENDPOINTS.get(scope, session, delivery.endpoint_id)
                events = await EVENTS.list(scope, session, OneOf("id", [delivery.event_id]), limit=1)
            if endpoint is not None and events and events[0].seq is not None:
                return _Prepared(delivery, endpoint, events[0])
            ask_relay(scope.platform_id)
            await asyncio.sleep(_ASK_AGAIN_S)
        raise Unavailable("the event log is behind; the test is sent as soon as it has caught up")

    async def settle(self, timeout_s: float | None = None) -> None:
        """Waits for the attempts under way, at most so long, and until all outcomes are written."""
        while self._sending:
            _, pending = await asyncio.wait(set(self._sending), timeout=timeout_s)
            if pending:
                break
        await self._outcomes.settle()


def _host(url: str) -> str:
    """The host with its port, as limits know it."""
    return urlsplit(url).netloc


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
        request_headers=result.request_headers,
        response_headers=_bounded(result.response_headers),
        response_body=result.response_body or None,
        duration_ms=result.duration_ms,
        started_at=result.started_at,
    )


def _bounded(headers: Mapping[str, str]) -> dict[str, str]:
    """The first of the headers, up to 8,000 characters of them."""
    found: dict[str, str] = {}
    left = _MAX_HEADERS
    for name, value in headers.items():
        left -= len(name) + len(value)
        if left < 0:
            break
        found[name] = value
    return found
