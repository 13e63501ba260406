"""The numbers of the log: the platform's sequence, and beside it each entity's, both without a gap.

On SQLite there is one writer, so numbers are given as the rows are written. On PostgreSQL transactions commit out of
order: a reader that trusts an identity column would miss events. There, an event has no number in its transaction, and
a relay pass numbers what is committed, one pass at a time per platform.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import orjson

from app.db.transaction import Session
from app.domain.scope import Scope

# Numbered in one pass; the next pass takes what is left.
PASS_SIZE: Final = 1_000
CHANNEL: Final = "invoicing_events"


@dataclass(frozen=True, slots=True)
class EventNumber:
    """An event's place in its platform's log, and among its entity's events where it is about one."""

    seq: int | None
    entity_seq: int | None


async def given_at_once(scope: Scope, session: Session, entity_ids: Sequence[str | None]) -> list[EventNumber]:
    """The numbers of new events, which are about these entities, in order; empty ones where a relay pass gives them."""
    if session.dialect != "sqlite":
        return [EventNumber(None, None)] * len(entity_ids)
    seq = await _reserve(scope, session, len(entity_ids))
    last = await _reserve_of_entities(scope, session, Counter(id_ for id_ in entity_ids if id_ is not None))
    numbers = []
    for entity_id in entity_ids:
        seq += 1
        if entity_id is not None:
            last[entity_id] += 1
        numbers.append(EventNumber(seq, None if entity_id is None else last[entity_id]))
    return numbers


async def _reserve(scope: Scope, session: Session, count: int) -> int:
    """Takes that many numbers of the platform; the last one that was taken before."""
    rows = await session.fetch(
        "UPDATE platform SET last_event_seq = last_event_seq + $2 WHERE id = $1 RETURNING last_event_seq",
        scope.platform_id,
        count,
    )
    return int(rows[0]["last_event_seq"]) - count


async def _reserve_of_entities(scope: Scope, session: Session, counts: Counter[str]) -> dict[str, int]:
    """Takes so many numbers of each entity; the last ones that were taken before."""
    if not counts:
        return {}
    rows = await session.fetch(
        # One parameter for however many entities. `WHERE true` keeps SQLite from reading ON as a join's.
        "INSERT INTO entity_log (platform_id, entity_id, last_seq) SELECT $1, key, value FROM json_each($2) WHERE true"
        " ON CONFLICT (entity_id) DO UPDATE SET last_seq = last_seq + excluded.last_seq RETURNING entity_id, last_seq",
        scope.platform_id,
        orjson.dumps(counts).decode(),
    )
    return {str(row["entity_id"]): int(row["last_seq"]) - counts[row["entity_id"]] for row in rows}


async def number_pending(scope: Scope, session: Session) -> int:
    """One relay pass over the scope's platform on PostgreSQL; how many events it numbered.

    The advisory lock lets one pass run at a time; the rows are read in a later statement than the one that took the
    lock, so that they are read under a snapshot taken with the lock held.
    """
    locked = await session.fetch(
        # The planner takes what is unnumbered for one row, and would compare each with each: 120 ms for 1,000 events.
        "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 42)) AS ok, set_config('enable_nestloop', 'off', true)",
        scope.platform_id,
    )
    if not locked[0]["ok"]:
        return 0
    rows = await session.fetch(PASS, scope.platform_id, PASS_SIZE, CHANNEL)
    return int(rows[0]["n"])


# Both counters and all events in one statement. Nothing but a pass touches `entity_log`, so passes wait for no one.
PASS: Final = """
WITH unnumbered AS (
    SELECT position, entity_id FROM event WHERE platform_id = $1 AND seq IS NULL ORDER BY position LIMIT $2
), pending AS (
    SELECT position, entity_id, row_number() OVER (ORDER BY position) AS n,
        row_number() OVER (PARTITION BY entity_id ORDER BY position) AS entity_n,
        count(*) OVER (PARTITION BY entity_id) AS entity_count
    FROM unnumbered
), counter AS (
    UPDATE platform SET last_event_seq = last_event_seq + (SELECT count(*) FROM pending)
    WHERE id = $1 AND EXISTS (SELECT 1 FROM pending) RETURNING last_event_seq
), entity_counter AS (
    INSERT INTO entity_log AS kept (platform_id, entity_id, last_seq)
    SELECT $1, entity_id, entity_count FROM pending WHERE entity_id IS NOT NULL AND entity_n = 1
    ON CONFLICT (entity_id) DO UPDATE SET last_seq = kept.last_seq + excluded.last_seq
    RETURNING entity_id, last_seq
), numbered AS (
    UPDATE event SET seq = (SELECT last_event_seq FROM counter) - (SELECT count(*) FROM pending) + pending.n,
        entity_seq = entity_counter.last_seq - pending.entity_count + pending.entity_n
    FROM pending LEFT JOIN entity_counter ON entity_counter.entity_id = pending.entity_id
    WHERE event.platform_id = $1 AND event.seq IS NULL AND event.position = pending.position RETURNING 1
)
SELECT count(*) AS n, CASE WHEN count(*) > 0 THEN pg_notify($3, $1) END FROM numbered
"""
