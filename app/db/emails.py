"""Messages on their way: claimed within the limits of platform and entity, and finished by whoever claimed them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

import orjson

from app.db import query
from app.db.aggregates import EMAILS
from app.db.email_rows import EmailRow
from app.db.query import rows_of, tenant_sql
from app.db.rows import InvoiceRow
from app.db.tables import TABLES, encode
from app.db.transaction import Database, Registry, Session
from app.db.where import All, Eq, Parameters
from app.domain.documents.model import InvoiceType
from app.domain.events import WebhookEndpointDisabled
from app.domain.lifecycle import InvoiceStatus
from app.domain.mail.model import EmailStatus
from app.domain.mail.reminders import DEFAULT_DAYS
from app.domain.parties import EntityStatus
from app.domain.scope import Scope

_MINUTE: Final = timedelta(minutes=1)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wait:
    """The message must wait until then: a limit is reached, or another worker is at it."""

    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Disabled:
    """A webhook endpoint that was disabled: the event that says so, and since when it failed."""

    event_id: str
    entity_id: str | None
    payload: Mapping[str, Any]
    failing_since: datetime | None


async def claim(
    scope: Scope,
    session: Session,
    email_id: str,
    now: datetime,
    *,
    lease: timedelta,
    per_minute: int,
    per_entity_per_day: int,
) -> EmailRow | Wait | None:
    """Takes a queued message for one attempt; None when there is nothing (more) to send.

    Its attempt is counted at once, so that a worker that dies has used it up. On PostgreSQL a lock per platform makes
    claims take turns: two at once would both find room for one.
    """
    if session.dialect == "postgres":
        await session.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 7))", f"mail:{scope.platform_id}")
    row = await EMAILS.get(scope, session, email_id, lock=True)
    if row is None or row.status is not EmailStatus.QUEUED:
        return None
    if row.next_attempt_at is not None and row.next_attempt_at > now:
        return Wait(row.next_attempt_at)
    limits = [_Limit("platform", None, _MINUTE, per_minute)]
    if row.entity_id is not None:
        limits.append(_Limit("entity", row.entity_id, _DAY, per_entity_per_day))
    waits = [(until, limit.name) for limit in limits if (until := await _room(scope, session, limit, now))]
    if waits:
        until, held_by = max(waits)
        await EMAILS.change(scope, session, row.id, {"next_attempt_at": until, "held_by": held_by})
        return Wait(until)
    claimed = replace(row, attempts=row.attempts + 1, attempted_at=now, next_attempt_at=now + lease, held_by=None)
    changes = {name: getattr(claimed, name) for name in ("attempts", "attempted_at", "next_attempt_at", "held_by")}
    await EMAILS.change(scope, session, row.id, changes)
    return claimed


@dataclass(frozen=True, slots=True)
class _Limit:
    """So many messages of a seller, or of the platform, in a window of time."""

    name: str
    entity_id: str | None
    window: timedelta
    most: int


async def _room(scope: Scope, session: Session, limit: _Limit, now: datetime) -> datetime | None:
    """When the limit has room for the next message; None for now.

    Whoever waits gets the place that becomes free after those who wait already, so that a thousand that wait do not all
    come back for the first free one.
    """
    tried = await _count(scope, session, limit, "attempted_at", now - limit.window, "TRUE")
    if tried < limit.most:
        return None
    held = f"status = '{EmailStatus.QUEUED.value}' AND held_by = '{limit.name}'"
    rounds, place = divmod(await _count(scope, session, limit, "next_attempt_at", now, held), limit.most)
    parameters = Parameters(session.dialect)
    where = _where(scope, limit, "attempted_at", now - limit.window, parameters)
    offset = parameters.add(tried - limit.most + place)
    found = await session.fetch(
        f"SELECT attempted_at FROM email_message WHERE {where} ORDER BY attempted_at LIMIT 1 OFFSET {offset}",
        *parameters.values,
    )
    (freed,) = [_instant(row["attempted_at"]) for row in found]
    return freed + limit.window * (rounds + 1)


async def _count(scope: Scope, session: Session, limit: _Limit, column: str, after: datetime, further: str) -> int:
    parameters = Parameters(session.dialect)
    where = f"{_where(scope, limit, column, after, parameters)} AND {further}"
    found = await session.fetch(f"SELECT count(*) AS n FROM email_message WHERE {where}", *parameters.values)
    return int(found[0]["n"])


def _where(scope: Scope, limit: _Limit, column: str, after: datetime, parameters: Parameters) -> str:
    table = TABLES["email_message"]
    # A job of one seller works in that seller's scope; the platform's limit counts everybody's.
    where = tenant_sql(replace(scope, entity_id=limit.entity_id), table, parameters)
    return f"{where} AND {column} > {parameters.of(table.columns[column], after)}"


def _instant(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


async def finish(scope: Scope, session: Session, claimed: EmailRow, changes: dict[str, Any]) -> bool:
    """Records what became of an attempt; False when another one has begun since (a late worker's result is dropped)."""
    still = All((Eq("attempts", claimed.attempts), Eq("status", EmailStatus.QUEUED)))
    return await query.update(scope, session, "email_message", claimed.id, changes, where=still)


async def orphans(scope: Scope, session: Session, key: str, before: datetime, *, limit: int) -> list[EmailRow]:
    """Queued messages that were due before that and have no unfinished job; a job's key is `key` and the message's id.

    Locked in the order of their ids; those that another transaction holds are left for the next time.
    """
    table, parameters = TABLES["email_message"], Parameters(session.dialect)
    skip_locked = " FOR NO KEY UPDATE OF m SKIP LOCKED" if session.dialect == "postgres" else ""
    found = await session.fetch(
        f"SELECT {', '.join(f'm.{name}' for name in query.row_names(EmailRow))} FROM email_message m"
        f" WHERE {tenant_sql(scope, table, parameters, alias='m')} AND m.status = '{EmailStatus.QUEUED.value}'"
        f" AND coalesce(m.next_attempt_at, m.created_at) < {parameters.of(table.columns['created_at'], before)}"
        " AND NOT EXISTS (SELECT 1 FROM job j WHERE j.platform_id = m.platform_id"
        f" AND j.unique_key = {parameters.add(key)} || m.id AND j.status IN ('QUEUED', 'RUNNING'))"
        f" ORDER BY m.id LIMIT {parameters.add(limit)}{skip_locked}",
        *parameters.values,
    )
    return rows_of(table, EmailRow, found, session.dialect)


async def platform_of(database: Database, email_id: str) -> str | None:
    """The platform of a message, of whichever tenant; for bounces, which name nothing else."""
    async with database.read(Registry(worker=True)) as session:
        found = await session.fetch("SELECT platform_id FROM email_message WHERE id = $1", email_id)
    return str(found[0]["platform_id"]) if found else None


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What some sellers have in common: their time zone, and on which days after the due date they remind."""

    time_zone: str
    days: tuple[int, ...]
    stored_days: str | None


async def rhythms(scope: Scope, session: Session) -> list[Rhythm]:
    """The rhythms of all sellers in scope that remind their buyers."""
    table, parameters = TABLES["entity"], Parameters(session.dialect)
    found = await session.fetch(
        f"SELECT DISTINCT time_zone, reminder_days FROM entity s WHERE {tenant_sql(scope, table, parameters)}"
        f" AND {_REMINDING} ORDER BY time_zone, reminder_days LIMIT 10000",
        *parameters.values,
    )
    return [
        Rhythm(row["time_zone"], tuple(orjson.loads(days)) if days else DEFAULT_DAYS, days)
        for row in found
        for days in [row["reminder_days"]]
    ]


async def to_remind(
    scope: Scope,
    session: Session,
    rhythm: Rhythm,
    *,
    step: int,
    due: tuple[date, date],
    types: Sequence[InvoiceType],
    limit: int,
) -> list[InvoiceRow]:
    """Finalized documents of the sellers of a rhythm, due within those dates, with something due, and not reminded of.

    A later step stands for the earlier ones.
    """
    table, parameters = TABLES["invoice"], Parameters(session.dialect)
    first, last = (parameters.of(table.columns["due_date"], day) for day in due)
    kinds = ", ".join(parameters.add(kind.value) for kind in types)
    days = "IS NULL" if rhythm.stored_days is None else f"= {parameters.add(rhythm.stored_days)}"
    found = await session.fetch(
        f"SELECT {', '.join(f'i.{name}' for name in query.row_names(InvoiceRow))} FROM invoice i"
        " JOIN entity s ON s.platform_id = i.platform_id AND s.id = i.entity_id"
        f" WHERE {tenant_sql(scope, table, parameters, alias='i')}"
        f" AND i.status = '{InvoiceStatus.FINALIZED.value}' AND i.due_minor > 0 AND i.type IN ({kinds})"
        f" AND i.due_date BETWEEN {first} AND {last}"
        f" AND {_REMINDING} AND s.time_zone = {parameters.add(rhythm.time_zone)} AND s.reminder_days {days}"
        " AND NOT EXISTS (SELECT 1 FROM email_message m WHERE m.platform_id = i.platform_id"
        f" AND m.entity_id = i.entity_id AND m.invoice_id = i.id AND m.step >= {parameters.add(step)})"
        f" ORDER BY i.due_date, i.id LIMIT {parameters.add(limit)}",
        *parameters.values,
    )
    return rows_of(table, InvoiceRow, found, session.dialect)


async def endpoints_to_tell(scope: Scope, session: Session, since: datetime, *, limit: int) -> list[Disabled]:
    """The endpoints of the platform that were disabled since then and whose operator was not told."""
    mark = encode(TABLES["event"].columns["occurred_at"], since, session.dialect)
    found = await session.fetch(
        f"SELECT e.id, e.entity_id, e.payload, w.failing_since FROM {_UNTOLD} AND e.occurred_at > $1"
        " AND e.platform_id = $2 ORDER BY e.id LIMIT $3",
        mark,
        scope.platform_id,
        limit,
    )
    return [
        Disabled(
            event_id=row["id"],
            entity_id=row["entity_id"],
            payload=orjson.loads(row["payload"]),
            failing_since=None if row["failing_since"] is None else _instant(row["failing_since"]),
        )
        for row in found
    ]


_REMINDING: Final = f"s.reminders_enabled AND s.status <> '{EntityStatus.ARCHIVED.value}'"
# Only what is still disabled, and each event once: the message made of it bears its id.
_UNTOLD: Final = (
    "webhook_endpoint w JOIN event e ON e.platform_id = w.platform_id AND e.subject_id = w.id"
    f" WHERE w.status = 'DISABLED' AND e.type = '{WebhookEndpointDisabled.type}' AND e.seq IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM email_message m WHERE m.platform_id = e.platform_id AND m.once_key = e.id)"
)
