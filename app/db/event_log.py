"""The event log: appended to in the business transaction, numbered for readers in a gap-free order.

How the order comes about is `app.db.event_numbers`; how long the log is kept, `app.db.event_retention`.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.db import event_numbers
from app.db.aggregates import EVENTS
from app.db.event_numbers import CHANNEL
from app.db.rows import EventRow
from app.db.tables import dump_json
from app.db.transaction import Database, Registry, Session
from app.db.where import All, Compare, Condition, Eq, OneOf
from app.db.writes import Insert, write
from app.domain.errors import UnknownCursor
from app.domain.events import EventData
from app.domain.identity import IdPrefix, new_id
from app.domain.payloads import to_payload
from app.domain.scope import Scope

_COLUMNS: Final = (
    "id",
    "entity_id",
    "seq",
    "entity_seq",
    "type",
    "schema_version",
    "subject_id",
    "payload",
    "actor",
    "occurred_at",
)


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to append, and the entity it is about, if any."""

    data: EventData
    entity_id: str | None
    # Who caused it, where that is not the scope's actor.
    actor: str | None = None


async def append(scope: Scope, session: Session, events: Sequence[NewEvent], now: datetime) -> None:
    """Appends events, in order, to the log of the scope's platform, in the caller's transaction."""
    if events:
        await write(scope, session, [await appending(scope, session, events, now)])


async def appending(scope: Scope, session: Session, events: Sequence[NewEvent], now: datetime) -> Insert:
    """The insertion of events, in order, to be written together with what caused them."""
    numbers = await event_numbers.given_at_once(scope, session, [event.entity_id for event in events])
    rows = [
        (
            new_id(IdPrefix.EVENT),
            event.entity_id,
            number.seq,
            number.entity_seq,
            event.data.type,
            event.data.version,
            event.data.id,
            dump_json(to_payload(event.data)),
            event.actor or scope.actor,
            now,
        )
        for event, number in zip(events, numbers, strict=True)
    ]
    # A seller's key may cause events of its platform, such as of a key; the log itself is the platform's.
    return Insert("event", _COLUMNS, rows, platform_wide=True)


async def platforms_with_pending(database: Database) -> list[str]:
    """The platforms that have committed events without a sequence yet."""
    async with database.read(Registry(worker=True)) as session:
        rows = await session.fetch("SELECT DISTINCT platform_id FROM event WHERE seq IS NULL LIMIT 10000")
    return [str(row["platform_id"]) for row in rows]


async def last_seq(scope: Scope, session: Session) -> int:
    """The last sequence given on the scope's platform; 0 when there is none."""
    return (await bounds(scope, session))[1]


async def bounds(scope: Scope, session: Session) -> tuple[int, int]:
    """What the scope's platform keeps of its log: all after the first sequence, up to the second."""
    rows = await session.fetch("SELECT swept_event_seq, last_event_seq FROM platform WHERE id = $1", scope.platform_id)
    return (int(rows[0]["swept_event_seq"]), int(rows[0]["last_event_seq"])) if rows else (0, 0)


async def seq_of(scope: Scope, session: Session, cursor: str) -> int:
    """The sequence behind a cursor, which is an event's id: it tells a seller nothing of its platform's other events.

    Raises UnknownCursor for one that is not of this log as the scope sees it, or no longer: the log was swept, or a
    backup restored.
    """
    found = await EVENTS.list(scope, session, Eq("id", cursor), limit=1)
    if not found or found[0].seq is None:
        raise UnknownCursor
    return found[0].seq


async def after(
    scope: Scope,
    session: Session,
    seq: int,
    *,
    limit: int,
    types: Sequence[str] = (),
    entity_id: str | None = None,
) -> list[EventRow]:
    """Events after a sequence, in order, at most `limit`, those of the scope's entity only for a seller's key."""
    parts: list[Condition] = [Compare("seq", ">", seq)]
    if types:
        parts.append(OneOf("type", types))
    if entity_id is not None:
        parts.append(Eq("entity_id", entity_id))
    return await EVENTS.list(scope, session, All(tuple(parts)), order=(("seq", False),), limit=limit)


@asynccontextmanager
async def listening(database: Database, on_platform: Callable[[str], None]) -> AsyncIterator[None]:
    """While it lasts, calls `on_platform` with the id of each platform whose events were numbered, by any process.

    PostgreSQL only; it holds one connection. A lost connection is silent: readers poll as well.
    """
    holder = database.acquire()
    raw = await holder.__aenter__()

    def heard(connection: object, pid: int, channel: str, payload: str) -> None:
        on_platform(payload)

    try:
        await raw.add_listener(CHANNEL, heard)
        yield
    finally:
        with contextlib.suppress(Exception):
            await raw.remove_listener(CHANNEL, heard)
        await holder.__aexit__(None, None, None)
