"""Buyers' statements of account and how late what they owe is, by the days of the seller's time zone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

import orjson

from app.db import statements as stored
from app.db.aggregates import ENTITIES
from app.db.page_batches import Parent
from app.db.statements import Asked, Line
from app.db.transaction import Session
from app.domain.errors import InvalidInput
from app.domain.scope import Permission, Scope
from app.services import checks
from app.services.context import ServiceContext

MAX_DAYS: Final = 3_700
MAX_ENTRIES: Final = 100
_MAX_CURSOR: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementInput:
    """Whole days, both ends included; at most `first` entries after a cursor."""

    start: date
    end: date
    currency: str
    first: int = MAX_ENTRIES
    after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a buyer owed before and after the days, in minor units, and a page of the entries between.

    `dates` are the entries' days where the seller is.
    """

    opening_minor: int
    closing_minor: int
    lines: Sequence[Line]
    dates: Sequence[date]
    has_next: bool


async def of_customers(
    ctx: ServiceContext, scope: Scope, buyers: Sequence[Parent], given: StatementInput
) -> dict[str, Statement]:
    """Statements by buyer; two statements of SQL per time zone of their sellers. Raises InvalidInput."""
    scope.require(Permission.PAYMENTS_READ)
    _check(given)
    found: dict[str, Statement] = {}
    async with ctx.database.read(scope) as session:
        for zone, some in (await _by_zone(scope, session, buyers)).items():
            asked = Asked(
                currency=given.currency,
                since=_midnight(given.start, zone),
                until=_midnight(given.end + timedelta(days=1), zone),
                after=None if given.after is None else _after(given.after),
                limit=given.first + 1,
            )
            pages = await stored.statements(scope, session, some, asked)
            found |= {buyer: _statement(page, given.first, zone) for buyer, page in pages.items()}
    return found


def _statement(page: stored.Found, size: int, zone: ZoneInfo) -> Statement:
    lines = page.lines[:size]
    return Statement(
        opening_minor=page.opening_minor,
        closing_minor=page.closing_minor,
        lines=lines,
        dates=[line.occurred_at.astimezone(zone).date() for line in lines],
        has_next=len(page.lines) > size,
    )


def _check(given: StatementInput) -> None:
    checks.currency(given.currency, ("currency",))
    if given.end < given.start:
        raise InvalidInput("lies before from", field=("to",))
    if (given.end - given.start).days > MAX_DAYS:
        raise InvalidInput(f"a statement covers {MAX_DAYS} days at most", field=("to",))
    if not 1 <= given.first <= MAX_ENTRIES:
        raise InvalidInput(f"must be from 1 to {MAX_ENTRIES}", field=("first",))


def cursor_of(line: Line) -> str:
    """The place of an entry in its statement, to go on after."""
    return orjson.dumps([line.occurred_at.astimezone(UTC).isoformat(), line.id]).hex()


def _after(cursor: str) -> tuple[datetime, str]:
    try:
        if len(cursor) > _MAX_CURSOR:
            raise ValueError("too long")
        at, row_id = orjson.loads(bytes.fromhex(cursor))
        instant = datetime.fromisoformat(at)
        if instant.tzinfo is None or not isinstance(row_id, str) or "\x00" in row_id:
            raise ValueError("no place")
        return instant, row_id
    except (ValueError, TypeError):
        raise InvalidInput("is no cursor of a statement", field=("after",)) from None


async def _by_zone(scope: Scope, session: Session, owners: Sequence[Parent]) -> Mapping[ZoneInfo, list[Parent]]:
    sellers = await ENTITIES.by_ids(scope, session, [str(one.entity_id) for one in owners])
    found: dict[ZoneInfo, list[Parent]] = {}
    for one in owners:
        found.setdefault(ZoneInfo(sellers[str(one.entity_id)].time_zone), []).append(one)
    return found


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    try:
        return datetime.combine(day, time.min, zone).astimezone(UTC)
    except OverflowError:
        raise InvalidInput("is beyond the calendar", field=("to",)) from None


async def ageing(
    ctx: ServiceContext,
    scope: Scope,
    owner: Literal["entity_id", "customer_id"],
    owners: Sequence[Parent],
    as_of: date | None,
) -> dict[str, list[tuple[str, list[int]]]]:
    """What is due by how late it is on a day where the seller is, today if none; as it stood then, of a day gone by.

    By owner: currency and minor units per bucket (`app.db.statements.BUCKETS`).
    """
    scope.require(Permission.INVOICES_READ)
    now = ctx.clock()
    found: dict[str, list[tuple[str, list[int]]]] = {}
    if as_of is not None and not date(1900, 1, 1) <= as_of <= date(9000, 1, 1):
        raise InvalidInput("is not a day that anything could be due on", field=("asOf",))
    async with ctx.database.read(scope) as session:
        for zone, some in (await _by_zone(scope, session, owners)).items():
            today = now.astimezone(zone).date()
            day = today if as_of is None else as_of
            before = _midnight(day + timedelta(days=1), zone) if day < today else None
            found |= await stored.ageing(scope, session, owner, some, day, before=before)
    return found


async def owed(ctx: ServiceContext, scope: Scope, buyers: Sequence[Parent]) -> dict[str, list[tuple[str, int]]]:
    """What buyers owe less what is held for them, in minor units per currency."""
    scope.require(Permission.INVOICES_READ)
    async with ctx.database.read(scope) as session:
        return await stored.owed(scope, session, buyers)


async def held(ctx: ServiceContext, scope: Scope, buyers: Sequence[Parent]) -> dict[str, list[tuple[str, int]]]:
    """What is held for buyers, in minor units per currency."""
    scope.require(Permission.PAYMENTS_READ)
    async with ctx.database.read(scope) as session:
        return await stored.held(scope, session, buyers)
