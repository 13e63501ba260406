"""Webhook deliveries on their way: found where they are due, claimed with a lease, finished many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import orjson

from app.db import query
from app.db.aggregates import ATTEMPTS, DELIVERIES, ENDPOINTS
from app.db.records import changed
from app.db.tables import TABLES, decode, encode
from app.db.transaction import Database, Registry, Session
from app.db.webhook_rows import AttemptRow, DeliveryRow
from app.db.where import Eq
from app.db.writes import write
from app.domain.scope import Scope
from app.domain.webhooks.status import DeliveryStatus

# Endpoints that one look finds; those beyond are found by the next ones.
MAX_DUE: Final = 10_000

_CHANGED: Final = (
    "status",
    "attempt_count",
    "next_attempt_at",
    "lease_until",
    "response_status",
    "error",
    "payload",
    "finished_at",
)


@dataclass(frozen=True, slots=True)
class DueEndpoint:
    """An enabled endpoint that has something to be sent now."""

    platform_id: str
    id: str
    url: str
    ordered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a claimed delivery: an attempt and when there is another, None for never.

    Without an attempt it was not tried and waits until `next_attempt_at`. `payload` is what the endpoint's selection
    has made of the event, once it has.
    """

    delivery: DeliveryRow
    attempt: AttemptRow | None
    next_attempt_at: datetime | None
    payload: str | None


async def endpoints_with_due(database: Database, now: datetime) -> list[DueEndpoint]:
    """The enabled endpoints of all platforms that have a delivery due now; the cost does not grow with how many."""
    due = (
        "SELECT 1 FROM webhook_delivery d WHERE d.platform_id = e.platform_id AND d.endpoint_id = e.id"
        " AND d.status = 'PENDING' AND d.next_attempt_at <= $1 LIMIT 1"
    )
    async with database.read(Registry(worker=True)) as session:
        # As an EXISTS, PostgreSQL may read all that is due for every endpoint; this asks for one row of each.
        lateral = (
            f"CROSS JOIN LATERAL ({due}) AS due WHERE" if session.dialect == "postgres" else f"WHERE EXISTS ({due}) AND"
        )
        rows = await session.fetch(
            "SELECT e.platform_id, e.id, e.url, e.ordered FROM webhook_endpoint e"
            f" {lateral} e.status = 'ENABLED' LIMIT $2",
            _instant(session, now),
            MAX_DUE,
        )
    return [DueEndpoint(row["platform_id"], row["id"], row["url"], bool(row["ordered"])) for row in rows]


async def claim(
    scope: Scope, session: Session, rooms: Mapping[str, int], now: datetime, lease_until: datetime
) -> list[DeliveryRow]:
    """Takes due deliveries until `lease_until`, of each endpoint at most its room; of each the oldest events first.

    Rows that another worker is at are passed over. One that dies leaves its own to the others when the lease ends.
    """
    by_room: dict[int, list[str]] = {}
    for endpoint_id, room in rooms.items():
        by_room.setdefault(room, []).append(endpoint_id)
    due = (
        "SELECT x.id FROM webhook_delivery x WHERE x.platform_id = $1 AND x.endpoint_id = e.value"
        " AND x.status = 'PENDING' AND x.next_attempt_at <= $2 ORDER BY x.seq LIMIT $5"
    )
    if session.dialect == "postgres":
        picked = f"unnest($4::text[]) AS e(value) CROSS JOIN LATERAL ({due} FOR UPDATE SKIP LOCKED) AS d"
    else:
        picked = f"json_each($4) AS e JOIN webhook_delivery d ON d.id IN ({due})"
    claimed: list[DeliveryRow] = []
    for room, endpoints in by_room.items():
        claimed += await _claim(scope, session, picked, endpoints, now, lease_until, room)
    return claimed


async def claim_heads(
    scope: Scope, session: Session, endpoints: Sequence[str], now: datetime, lease_until: datetime
) -> list[DeliveryRow]:
    """Takes of each endpoint the first delivery of its order, if it is due: whatever comes after waits for it.

    The endpoint's row is locked first, so that no other worker looks for its head at the same time.
    """
    held = await ENDPOINTS.by_ids(scope, session, endpoints, lock=True, wait=False)
    head = (
        "SELECT x.id, x.next_attempt_at FROM webhook_delivery x WHERE x.platform_id = $1 AND x.endpoint_id = e.value"
        " AND x.status = 'PENDING' ORDER BY x.seq LIMIT $5"
    )
    if session.dialect == "postgres":
        picked = f"unnest($4::text[]) AS e(value) CROSS JOIN LATERAL ({head}) AS d WHERE d.next_attempt_at <= $2"
    else:
        ids = f"SELECT h.id FROM ({head}) AS h WHERE h.next_attempt_at <= $2"
        picked = f"json_each($4) AS e JOIN webhook_delivery d ON d.id IN ({ids})"
    return await _claim(scope, session, picked, sorted(held), now, lease_until, 1) if held else []


async def _claim(
    scope: Scope,
    session: Session,
    picked: str,
    endpoints: Sequence[str],
    now: datetime,
    lease_until: datetime,
    each: int,
) -> list[DeliveryRow]:
    table = TABLES["webhook_delivery"]
    # As an array, PostgreSQL looks the few rows up by their ids; as a subquery, it may read the whole table for them.
    ids = "= ANY(ARRAY(SELECT id FROM picked))" if session.dialect == "postgres" else "IN (SELECT id FROM picked)"
    rows = await session.fetch(
        # Materialized: as a plain subquery it may run once per row, and the limit would hold for none of them.
        f"WITH picked AS MATERIALIZED (SELECT d.id FROM {picked})"
        " UPDATE webhook_delivery SET next_attempt_at = $3, lease_until = $3"
        f" WHERE platform_id = $1 AND id {ids}"
        f" RETURNING {', '.join(table.columns)}",
        scope.platform_id,
        _instant(session, now),
        _instant(session, lease_until),
        endpoints if session.dialect == "postgres" else orjson.dumps(endpoints).decode(),
        each,
    )
    return [DeliveryRow(**decode(table, row, session.dialect)) for row in rows]


async def finish(scope: Scope, session: Session, outcomes: Sequence[Outcome], now: datetime) -> list[Outcome]:
    """Records outcomes, at most one of each delivery; those of deliveries that were still held.

    What a late worker brings, after its lease, is dropped: another one has the delivery then, or it is deleted.
    """
    stored = await DELIVERIES.by_ids(scope, session, [outcome.delivery.id for outcome in outcomes], lock=True)
    held = [outcome for outcome in outcomes if _holds(outcome.delivery, stored.get(outcome.delivery.id))]
    rows = [_after(stored[outcome.delivery.id], outcome, now) for outcome in held]
    attempts = [outcome.attempt for outcome in held if outcome.attempt is not None]
    await write(scope, session, [DELIVERIES.changing(_CHANGED, rows), ATTEMPTS.inserting(attempts)])
    return held


def _holds(claimed: DeliveryRow, stored: DeliveryRow | None) -> bool:
    return (
        stored is not None
        and stored.status is DeliveryStatus.PENDING
        and stored.lease_until is not None
        and stored.lease_until == claimed.lease_until
    )


def _after(row: DeliveryRow, outcome: Outcome, now: datetime) -> DeliveryRow:
    payload = row.payload if outcome.payload is None else outcome.payload
    waiting = changed(row, next_attempt_at=outcome.next_attempt_at, lease_until=None, payload=payload)
    attempt = outcome.attempt
    if attempt is None:
        return waiting
    status = DeliveryStatus.PENDING
    if attempt.ok:
        status = DeliveryStatus.SUCCEEDED
    elif outcome.next_attempt_at is None:
        status = DeliveryStatus.FAILED
    return changed(
        waiting,
        status=status,
        attempt_count=attempt.number,
        response_status=attempt.response_status,
        error=attempt.error,
        finished_at=None if status is DeliveryStatus.PENDING else now,
    )


async def delete_endpoint(scope: Scope, session: Session, endpoint_id: str) -> None:
    """Deletes an endpoint, whose row is locked, with its deliveries and their attempts, children first."""
    # What is being sent is taken from whoever sends it: an attempt recorded between the next statements would be in
    # their way.
    await session.execute(
        "UPDATE webhook_delivery SET status = 'FAILED', next_attempt_at = NULL, lease_until = NULL"
        " WHERE platform_id = $1 AND endpoint_id = $2 AND status = 'PENDING'",
        scope.platform_id,
        endpoint_id,
    )
    await session.execute(
        "DELETE FROM webhook_attempt WHERE platform_id = $1 AND delivery_id IN"
        " (SELECT id FROM webhook_delivery WHERE platform_id = $1 AND endpoint_id = $2)",
        scope.platform_id,
        endpoint_id,
    )
    await query.delete(scope, session, "webhook_delivery", Eq("endpoint_id", endpoint_id))
    await query.delete(scope, session, "webhook_endpoint", Eq("id", endpoint_id))


def _instant(session: Session, value: datetime) -> object:
    return encode(TABLES["webhook_delivery"].columns["created_at"], value, session.dialect)
