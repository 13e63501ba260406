"""What became of attempts, written down many at once, and the health of the endpoints that follows from them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from app.db import deliveries, event_log, history
from app.db.aggregates import ENDPOINTS, HISTORY
from app.db.deliveries import Outcome
from app.db.event_log import NewEvent
from app.db.history_rows import AuditEntryRow
from app.db.records import changed
from app.db.transaction import Database
from app.db.webhook_rows import EndpointRow
from app.db.writes import write
from app.delivery.outgoing.model import AttemptResult
from app.domain.errors import Unavailable
from app.domain.events import WebhookEndpointDisabled
from app.domain.history import Acting, AuditAction, AuditSubject
from app.domain.scope import Scope
from app.domain.webhooks.status import EndpointStatus

log = structlog.get_logger(__name__)

# An endpoint is given up only after this long of nothing but failure.
GIVE_UP_AFTER: Final = timedelta(days=5)
# How long outcomes are gathered before a transaction takes them, and how many of one platform it takes.
GATHER_S: Final = 0.01
BATCH: Final = 500
_RETRY_S: Final = 1.0
_HEALTH: Final = ("status", "disabled_reason", "failing_since")


@dataclass(frozen=True, slots=True)
class Done:
    """An outcome, and what the attempt came to, as far as the endpoint's health follows from it."""

    scope: Scope
    outcome: Outcome
    result: AttemptResult | None


class Outcomes:
    """Writes outcomes in the background. `relay` is asked for the platforms to whose log something was added."""

    def __init__(self, database: Database, clock: Callable[[], datetime], relay: Callable[[str], None]) -> None:
        self._database = database
        self._clock = clock
        self._relay = relay
        self._waiting: list[Done] = []
        self._writing: asyncio.Task[None] | None = None

    @property
    def waiting(self) -> int:
        """How many are not written yet."""
        return len(self._waiting)

    def add(self, done: Done) -> None:
        """Hands in an outcome; it is written soon."""
        self._waiting.append(done)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all(), name="webhook-outcomes")

    async def settle(self) -> None:
        """Waits until all that was handed in is written."""
        while self._writing is not None and not self._writing.done():
            await asyncio.wait({self._writing})

    async def _write_all(self) -> None:
        while self._waiting:
            await asyncio.sleep(GATHER_S)
            scope = self._waiting[0].scope
            batch = [done for done in self._waiting if done.scope == scope][:BATCH]
            try:
                await self.write(scope, batch)
            except Unavailable:
                # The attempts were made: to forget them would make them again.
                log.warning("outcomes_unavailable", waiting=len(self._waiting), exc_info=True)
                await asyncio.sleep(_RETRY_S)
                continue
            except Exception:
                await self._write_apart(scope, batch)
            taken = set(map(id, batch))
            self._waiting = [done for done in self._waiting if id(done) not in taken]

    async def _write_apart(self, scope: Scope, batch: Sequence[Done]) -> None:
        """One that cannot be written must not keep the others from it; its lease runs out, and it is sent again."""
        for done in batch:
            try:
                await self.write(scope, [done])
            except Exception:
                log.exception("outcome_failed", delivery=done.outcome.delivery.id)

    async def write(self, scope: Scope, batch: Sequence[Done]) -> None:
        """Records the outcomes of one platform, and what they say of its endpoints, in one transaction."""
        now = self._clock()
        async with self._database.transaction(scope) as session:
            results = _results(batch)
            seen = await ENDPOINTS.by_ids(scope, session, list(results))
            # The endpoints first, as everywhere: one lock order. Most of the time their health stays as it is.
            turned = [row.id for row in seen.values() if _after(row, results, now) != row]
            stored = await ENDPOINTS.by_ids(scope, session, turned, lock=True)
            held = await deliveries.finish(scope, session, [done.outcome for done in batch], now)
            ours = {outcome.delivery.id for outcome in held}
            counted = _results([done for done in batch if done.outcome.delivery.id in ours])
            after = [_after(row, counted, now) for row in stored.values()]
            changes = [row for row in after if row != stored[row.id]]
            told = [_told(scope, stored[row.id], row, now) for row in changes]
            entries = [entry for entry in told if entry is not None]
            await write(scope, session, [ENDPOINTS.changing(_HEALTH, changes), HISTORY.inserting(entries)])
            disabled = [_disabled(row) for row in changes if row.status is not stored[row.id].status]
            await event_log.append(scope, session, disabled, now)
            if disabled:
                session.after_commit.append(lambda: self._relay(scope.platform_id))


def _told(scope: Scope, before: EndpointRow, row: EndpointRow, now: datetime) -> AuditEntryRow | None:
    # That it is failing is told by its deliveries; that it gets nothing more belongs to its history.
    if row.status is before.status:
        return None
    acting = Acting(scope.actor, None, None)
    action = AuditAction.DISABLED
    return history.entry(acting, AuditSubject.WEBHOOK_ENDPOINT, before, row, now, action=action)


def _disabled(row: EndpointRow) -> NewEvent:
    event = WebhookEndpointDisabled(id=row.id, url=row.url, reason=row.disabled_reason or "")
    return NewEvent(event, row.entity_id)


def _results(batch: Sequence[Done]) -> dict[str, list[AttemptResult]]:
    """What the attempts to reach each endpoint came to, in their order."""
    found: dict[str, list[AttemptResult]] = {}
    for done in batch:
        if done.result is not None:
            found.setdefault(done.outcome.delivery.endpoint_id, []).append(done.result)
    return found


def _after(row: EndpointRow, results: Mapping[str, Sequence[AttemptResult]], now: datetime) -> EndpointRow:
    """The endpoint with its health as it is after these attempts."""
    for result in results.get(row.id, ()):
        row = _after_one(row, result, now)
    return row


def _after_one(row: EndpointRow, result: AttemptResult, now: datetime) -> EndpointRow:
    if result.ok:
        return row if row.failing_since is None else _changed(row, failing_since=None)
    since = row.failing_since or now
    reason = None
    if result.gone:
        reason = "the endpoint answered 410 Gone"
    elif now - since >= GIVE_UP_AFTER:
        reason = f"nothing was accepted since {since:%Y-%m-%d %H:%M} UTC"
    if reason is None or row.status is EndpointStatus.DISABLED:
        return row if row.failing_since is not None else _changed(row, failing_since=since)
    return _changed(row, status=EndpointStatus.DISABLED, disabled_reason=reason, failing_since=since)


def _changed(row: EndpointRow, **changes: object) -> EndpointRow:
    found: EndpointRow = changed(row, **changes)
    return found
