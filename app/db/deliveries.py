"""Webhook deliveries: made from the event log by each endpoint's cursor, claimed with a lease, finished or put off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from app.db import event_log, query
from app.db.aggregates import ATTEMPTS, DELIVERIES, ENDPOINTS
from app.db.rows import AttemptRow, DeliveryRow, EndpointRow
from app.db.tables import TABLES, decode, encode
from app.db.transaction import Database, Registry, Session
from app.db.where import Eq
from app.domain.identity import IdPrefix, new_id
from app.domain.scope import Scope
from app.domain.webhooks.status import DeliveryStatus, EndpointStatus

# Events one endpoint takes from the log in one pass.
FAN_OUT: Final = 500


async def platforms_with_endpoints(database: Database) -> list[str]:
    """The platforms that have an enabled endpoint with events still ahead of its cursor."""
    async with database.read(Registry(worker=True)) as session:
        rows = await session.fetch(
            "SELECT DISTINCT e.platform_id FROM webhook_endpoint e JOIN platform p ON p.id = e.platform_id"
            " WHERE e.status = 'ENABLED' AND e.cursor_seq < p.last_event_seq LIMIT 10000"
        )
    return [str(row["platform_id"]) for row in rows]


async def platforms_with_due(database: Database, now: datetime) -> list[str]:
    """The platforms that have deliveries due now."""
    async with database.read(Registry(worker=True)) as session:
        mark = _instant(session, now)
        rows = await session.fetch(
            "SELECT DISTINCT platform_id FROM webhook_delivery"
            " WHERE status = 'PENDING' AND next_attempt_at <= $1 LIMIT 10000",
            mark,
        )
    return [str(row["platform_id"]) for row in rows]


async def fan_out(scope: Scope, session: Session, now: datetime) -> int:
    """Takes what is new in the log for each enabled endpoint of the platform; how many deliveries were made.

    The endpoint's row is locked, so that two workers do not read the same stretch of the log.
    """
    made = 0
    for endpoint in await ENDPOINTS.list(
        scope, session, Eq("status", EndpointStatus.ENABLED), order=(("id", False),), limit=1_000, lock=True
    ):
        made += await _fan_out_one(scope, session, endpoint, now)
    return made


async def _fan_out_one(scope: Scope, session: Session, endpoint: EndpointRow, now: datetime) -> int:
    # The cursor moves over all events, those that the endpoint does not want included.
    events = await event_log.after(scope, session, endpoint.cursor_seq, limit=FAN_OUT)
    if not events:
        return 0
    wanted = [
        event
        for event in events
        if (not endpoint.event_types or event.type in endpoint.event_types)
        and (endpoint.entity_id is None or event.entity_id == endpoint.entity_id)
    ]
    rows = [
        DeliveryRow(
            platform_id=scope.platform_id,
            id=new_id(IdPrefix.WEBHOOK_DELIVERY),
            entity_id=endpoint.entity_id,
            endpoint_id=endpoint.id,
            event_id=event.id,
            event_type=event.type,
            seq=event.seq or 0,
            status=DeliveryStatus.PENDING,
            attempt_count=0,
            next_attempt_at=now,
            lease_until=None,
            response_status=None,
            error=None,
            created_at=now,
            finished_at=None,
        )
        for event in wanted
    ]
    await DELIVERIES.insert(scope, session, rows)
    await ENDPOINTS.change(scope, session, endpoint.id, {"cursor_seq": events[-1].seq})
    return len(rows)


async def claim_due(
    scope: Scope,
    session: Session,
    now: datetime,
    lease_until: datetime,
    *,
    limit: int,
    passing_over: Sequence[str] = (),
) -> list[DeliveryRow]:
    """Takes due deliveries for this worker until `lease_until`; a worker that dies leaves them to the next.

    Endpoints in `passing_over` have enough under way: a slow one must not keep the others waiting.
    """
    table = TABLES["webhook_delivery"]
    marks = ", ".join(f"${n}" for n in range(5, 5 + len(passing_over)))
    others = f" AND d.endpoint_id NOT IN ({marks})" if passing_over else ""
    skip_locked = " FOR UPDATE OF d SKIP LOCKED" if session.dialect == "postgres" else ""
    rows = await session.fetch(
        # Materialized: as a plain subquery it may run once per row, and the limit would hold for none of them.
        "WITH picked AS MATERIALIZED ("
        "SELECT d.id FROM webhook_delivery d JOIN webhook_endpoint e"
        " ON e.platform_id = d.platform_id AND e.id = d.endpoint_id"
        " WHERE d.platform_id = $1 AND d.status = 'PENDING' AND d.next_attempt_at <= $2 AND e.status = 'ENABLED'"
        f"{others} ORDER BY d.next_attempt_at, d.id LIMIT $4{skip_locked})"
        " UPDATE webhook_delivery SET next_attempt_at = $3, lease_until = $3"
        " WHERE platform_id = $1 AND id IN (SELECT id FROM picked)"
        f" RETURNING {', '.join(table.columns)}",
        scope.platform_id,
        _instant(session, now),
        _instant(session, lease_until),
        limit,
        *passing_over,
    )
    return [DeliveryRow(**decode(table, row, session.dialect)) for row in rows]


async def finish(
    scope: Scope,
    session: Session,
    delivery: DeliveryRow,
    attempt: AttemptRow,
    *,
    next_attempt_at: datetime | None,
    now: datetime,
) -> bool:
    """Records an attempt; whether this worker still held the delivery (a late worker's result is dropped)."""
    status = DeliveryStatus.PENDING
    if attempt.ok:
        status = DeliveryStatus.SUCCEEDED
    elif next_attempt_at is None:
        status = DeliveryStatus.FAILED
    current = await DELIVERIES.get(scope, session, delivery.id, lock=True)
    if current is None or current.lease_until != delivery.lease_until or current.status is not DeliveryStatus.PENDING:
        return False
    changes: dict[str, object] = {
        "status": status,
        "attempt_count": attempt.number,
        "next_attempt_at": next_attempt_at,
        "lease_until": None,
        "response_status": attempt.response_status,
        "error": attempt.error,
        "finished_at": None if status is DeliveryStatus.PENDING else now,
    }
    await DELIVERIES.change(scope, session, delivery.id, changes)
    await ATTEMPTS.insert(scope, session, [attempt])
    return True


def _instant(session: Session, value: datetime) -> object:
    return encode(TABLES["webhook_delivery"].columns["created_at"], value, session.dialect)


async def delete_endpoint(scope: Scope, session: Session, endpoint_id: str) -> None:
    """Deletes an endpoint with its deliveries and their attempts, children first."""
    await session.execute(
        "DELETE FROM webhook_attempt WHERE platform_id = $1 AND delivery_id IN"
        " (SELECT id FROM webhook_delivery WHERE platform_id = $1 AND endpoint_id = $2)",
        scope.platform_id,
        endpoint_id,
    )
    await query.delete(scope, session, "webhook_delivery", Eq("endpoint_id", endpoint_id))
    await query.delete(scope, session, "webhook_endpoint", Eq("id", endpoint_id))
