"""Deliveries made out of the event log: by each endpoint's cursor, and by its replay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import orjson

from app.db import event_log
from app.db.aggregates import DELIVERIES, ENDPOINTS, EVENTS
from app.db.records import changed
from app.db.rows import EventRow
from app.db.tables import TABLES, encode
from app.db.transaction import Database, Registry, Session
from app.db.webhook_rows import DeliveryRow, EndpointRow
from app.db.where import All, Any_, Compare, Eq, IsNull, OneOf
from app.db.writes import write
from app.domain.events import WebhookTest
from app.domain.identity import IdPrefix, new_id
from app.domain.scope import Scope, system_scope
from app.domain.webhooks.status import DeliveryStatus, EndpointStatus

# Events read at once for an endpoint, and deliveries that one transaction makes for all endpoints together.
MAX_EVENTS: Final = 500
MIN_EVENTS: Final = 50
MAX_DELIVERIES: Final = 5_000
# Endpoints that one transaction reads for; the next one takes those left.
MAX_ENDPOINTS: Final = 1_000
# An endpoint with so many deliveries pending is given no more: what it is behind waits in the log.
MAX_PENDING: Final = 1_000
# Failed deliveries that one replay takes.
MAX_REPLAYED: Final = 10_000
# An event's time is taken when its transaction begins, its place in the log when that has committed: no transaction
# lasts so long.
_LONGEST_TRANSACTION: Final = timedelta(minutes=2)


async def platforms_with_news(database: Database) -> list[str]:
    """The platforms that have an enabled endpoint with events still ahead of it, or to be replayed to it."""
    async with database.read(Registry(worker=True)) as session:
        rows = await session.fetch(
            "SELECT DISTINCT e.platform_id FROM webhook_endpoint e JOIN platform p ON p.id = e.platform_id"
            " WHERE e.status = 'ENABLED' AND (e.cursor_seq < p.last_event_seq OR e.replay_seq IS NOT NULL) LIMIT 10000"
        )
    return [str(row["platform_id"]) for row in rows]


async def fan_out(scope: Scope, session: Session, now: datetime) -> int:
    """Takes what is new in the log for the enabled endpoints of the platform; how many events they have read.

    Endpoints are locked, so that two workers do not read the same stretch for one. The log is read once for all that
    stand at the same place. What an endpoint is to be sent is made as a row for each event, and its cursor moves on in
    the same transaction, so that nothing is missed or doubled whatever becomes of this process.
    """
    last = await event_log.last_seq(scope, session)
    behind = Any_((Compare("cursor_seq", "<", last), IsNull("replay_seq", null=False)))
    enabled = All((Eq("status", EndpointStatus.ENABLED), behind))
    endpoints = await ENDPOINTS.list(scope, session, enabled, order=(("id", False),), limit=MAX_ENDPOINTS, lock=True)
    pass_ = _Pass(scope, session, now, max(MIN_EVENTS, min(MAX_EVENTS, MAX_DELIVERIES // max(1, len(endpoints)))))
    full = await _full(scope, session, [endpoint.id for endpoint in endpoints])
    moved = [await pass_.take(endpoint) for endpoint in endpoints if endpoint.id not in full]
    await write(
        scope,
        session,
        [
            DELIVERIES.inserting(pass_.made),
            DELIVERIES.changing(_RESET, pass_.reset),
            ENDPOINTS.changing(("cursor_seq", "replay_seq", "replay_until_seq", "replay_since"), moved),
        ],
    )
    return pass_.read


async def _full(scope: Scope, session: Session, endpoints: Sequence[str]) -> set[str]:
    """Those of the endpoints that have as many deliveries pending as one may."""
    if not endpoints:
        return set()
    each = "unnest($2::text[]) AS e(value)" if session.dialect == "postgres" else "json_each($2) AS e"
    rows = await session.fetch(
        f"SELECT e.value AS id FROM {each} WHERE (SELECT count(*) FROM (SELECT 1 FROM webhook_delivery x"
        " WHERE x.platform_id = $1 AND x.endpoint_id = e.value AND x.status = 'PENDING' LIMIT $3) AS p) >= $3",
        scope.platform_id,
        endpoints if session.dialect == "postgres" else orjson.dumps(endpoints).decode(),
        MAX_PENDING,
    )
    return {str(row["id"]) for row in rows}


class _Pass:
    """One reading of the log for several endpoints, and what came of it."""

    def __init__(self, scope: Scope, session: Session, now: datetime, size: int) -> None:
        self._scope = scope
        self._session = session
        self._now = now
        self._size = size
        self._pages: dict[int, list[EventRow]] = {}
        self.made: list[DeliveryRow] = []
        self.reset: list[DeliveryRow] = []
        self.read = 0

    async def take(self, endpoint: EndpointRow) -> EndpointRow:
        """Reads on for an endpoint; where it stands then."""
        events = await self._page(endpoint.cursor_seq)
        # The cursor moves over all events, those that the endpoint does not want included.
        self.made += [_delivery(endpoint, event, self._now) for event in events if _wants(endpoint, event)]
        moved: EndpointRow = changed(endpoint, cursor_seq=events[-1].seq) if events else endpoint
        return moved if endpoint.replay_seq is None else await self._replay(moved, endpoint.replay_seq)

    async def _replay(self, endpoint: EndpointRow, after: int) -> EndpointRow:
        until = endpoint.replay_until_seq or 0
        page = await self._page(after)
        events = [event for event in page if (event.seq or 0) <= until]
        wanted = [
            event
            for event in events
            if _wants(endpoint, event) and (endpoint.replay_since is None or event.occurred_at >= endpoint.replay_since)
        ]
        ids = [event.id for event in wanted]
        there = All((Eq("endpoint_id", endpoint.id), OneOf("event_id", ids)))
        stored = await DELIVERIES.list(self._scope, self._session, there, limit=MAX_EVENTS) if ids else []
        known = {row.event_id for row in stored}
        self.reset += [again(endpoint, row, self._now) for row in stored if row.status is not DeliveryStatus.PENDING]
        self.made += [_delivery(endpoint, event, self._now) for event in wanted if event.id not in known]
        # No page, or one that goes beyond: the stretch has come to its end.
        if len(events) < self._size or events[-1].seq == until:
            return changed(endpoint, replay_seq=None, replay_until_seq=None, replay_since=None)
        return changed(endpoint, replay_seq=events[-1].seq)

    async def _page(self, after: int) -> list[EventRow]:
        found = self._pages.get(after)
        if found is None:
            found = self._pages[after] = await event_log.after(self._scope, self._session, after, limit=self._size)
        self.read += len(found)
        return found


def _wants(endpoint: EndpointRow, event: EventRow) -> bool:
    return (
        event.type != WebhookTest.type
        # Nobody wants to be told at an address that this address was changed. The ids are of that one kind.
        and event.subject_id != endpoint.id
        and (not endpoint.event_types or event.type in endpoint.event_types)
        and (endpoint.entity_id is None or event.entity_id == endpoint.entity_id)
    )


def _delivery(endpoint: EndpointRow, event: EventRow, now: datetime) -> DeliveryRow:
    return delivery_of(endpoint, event.id, event.type, event.seq or 0, now)


def delivery_of(
    endpoint: EndpointRow,
    event_id: str,
    event_type: str,
    seq: int,
    now: datetime,
    *,
    lease_until: datetime | None = None,
) -> DeliveryRow:
    """A new delivery, due now; or, with a lease, being sent by whoever makes it."""
    return DeliveryRow(
        platform_id=endpoint.platform_id,
        id=new_id(IdPrefix.WEBHOOK_DELIVERY),
        entity_id=endpoint.entity_id,
        endpoint_id=endpoint.id,
        event_id=event_id,
        event_type=event_type,
        seq=seq,
        status=DeliveryStatus.PENDING,
        attempt_count=0,
        next_attempt_at=lease_until or now,
        lease_until=lease_until,
        response_status=None,
        error=None,
        api_version=endpoint.api_version,
        payload=None,
        retry_base=0,
        created_at=now,
        finished_at=None,
    )


# Replays

_RESET: Final = ("status", "next_attempt_at", "finished_at", "retry_base", "api_version", "payload")


def again(endpoint: EndpointRow, row: DeliveryRow, now: datetime) -> DeliveryRow:
    """A finished delivery with a new round of attempts before it; those that it had stay on record.

    Its body is made anew, by the endpoint's API version and selection as they are now.
    """
    fresh: DeliveryRow = changed(
        row,
        status=DeliveryStatus.PENDING,
        next_attempt_at=now,
        finished_at=None,
        retry_base=row.attempt_count,
        api_version=endpoint.api_version,
        payload=None,
    )
    return fresh


async def replay_one(scope: Scope, session: Session, endpoint: EndpointRow, row: DeliveryRow, now: datetime) -> None:
    """Sends a delivery of that endpoint again; one that is pending already is due at once, unless it is being sent."""
    if row.status is not DeliveryStatus.PENDING:
        await write(scope, session, [DELIVERIES.changing(_RESET, [again(endpoint, row, now)])])
    elif row.lease_until is None:
        await DELIVERIES.change(scope, session, row.id, {"next_attempt_at": now})


async def replay_failed(scope: Scope, session: Session, endpoint: EndpointRow, now: datetime) -> int:
    """Sends what was given up for that endpoint again, the oldest first, at most `MAX_REPLAYED`; how many."""
    columns = TABLES["webhook_delivery"].columns
    failed = (
        "SELECT id FROM webhook_delivery WHERE platform_id = $1 AND endpoint_id = $2 AND status = 'FAILED'"
        " ORDER BY id LIMIT $5"
    )
    return await session.execute(
        "UPDATE webhook_delivery SET status = 'PENDING', next_attempt_at = $3, finished_at = NULL,"
        " retry_base = attempt_count, api_version = $4, payload = NULL WHERE platform_id = $1 AND id"
        f" {f'= ANY(ARRAY({failed}))' if session.dialect == 'postgres' else f'IN ({failed})'}",
        scope.platform_id,
        endpoint.id,
        encode(columns["next_attempt_at"], now, session.dialect),
        endpoint.api_version,
        MAX_REPLAYED,
    )


async def replay_since(scope: Scope, session: Session, endpoint: EndpointRow, since: datetime) -> None:
    """Lets the endpoint, whose row is locked, read the log anew from a time on, as far as its cursor has come.

    A replay that is under way already is widened. The worker makes the deliveries, a stretch at a time.
    """
    # The log's order is the platform's, whoever asks.
    wide = system_scope(scope.platform_id, scope.mode, "replay")
    first = await _last_before(wide, session, since - _LONGEST_TRANSACTION, endpoint.cursor_seq)
    earlier = endpoint.replay_since
    changes = {
        "replay_seq": first if endpoint.replay_seq is None else min(first, endpoint.replay_seq),
        "replay_until_seq": endpoint.cursor_seq,
        "replay_since": since if earlier is None else min(since, earlier),
    }
    await ENDPOINTS.change(scope, session, endpoint.id, changes)


async def _last_before(scope: Scope, session: Session, at: datetime, last: int) -> int:
    """The highest sequence up to `last` whose event is older than that; the log's order is nearly that of time."""
    low, high = 0, last
    while low < high:
        middle = (low + high + 1) // 2
        # What was swept from the log's beginning counts as older.
        found: Sequence[EventRow] = await EVENTS.list(scope, session, Eq("seq", middle), limit=1)
        if not found or found[0].occurred_at < at:
            low = middle
        else:
            high = middle - 1
    return low
