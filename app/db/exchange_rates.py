"""Published exchange rates: read by every tenant, added to by the product alone, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from app.db.tables import TABLES, Dialect, decode, encode
from app.db.transaction import Database, Registry, Session
from app.domain.exchange import MAX_AGE, ReferenceRate
from app.domain.scope import Scope

_TABLE: Final = TABLES["exchange_rate"]
_REGISTRY: Final = Registry(worker=True)
_COLUMNS: Final = ("source", "date", "currency", "rate", "fetched_at")
_ROWS: Final = 1_000
# What is told of rates that differ from the stored ones.
_TOLD: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of rates that were to be added: `differing` were stored with another value, which stays."""

    new: int
    known: int
    differing: Sequence[tuple[ReferenceRate, ReferenceRate]]


async def around(
    scope: Scope, session: Session, currencies: Iterable[str], days: Iterable[date]
) -> Sequence[ReferenceRate]:
    """The rates of these currencies that were published on each of these days or within MAX_AGE before; one statement.

    None are asked for where either is empty.
    """
    named, spans = sorted(set(currencies)), _spans(days)
    if not named or not spans:
        return []
    values: list[Any] = list(named)
    windows = []
    for first, last in spans:
        values += [_date(first, session.dialect), _date(last, session.dialect)]
        windows.append(f"date BETWEEN ${len(values) - 1} AND ${len(values)}")
    places = ", ".join(f"${n}" for n in range(1, len(named) + 1))
    rows = await session.fetch(
        f"SELECT {', '.join(_TABLE.columns)} FROM exchange_rate"
        f" WHERE currency IN ({places}) AND ({' OR '.join(windows)})",
        *values,
    )
    return [_rate(row, session.dialect) for row in rows]


async def any_known(scope: Scope, session: Session) -> bool:
    """Whether any rates are stored."""
    return bool(await session.fetch("SELECT 1 AS one FROM exchange_rate LIMIT 1"))


async def of_day(scope: Scope | Registry, session: Session, day: date) -> Sequence[ReferenceRate]:
    """What the ECB last published on that day or before, within MAX_AGE, by currency; empty where nothing is known."""
    first = _date(day - MAX_AGE, session.dialect)
    last = _date(day, session.dialect)
    rows = await session.fetch(
        f"SELECT {', '.join(_TABLE.columns)} FROM exchange_rate WHERE source = 'ECB' AND date ="
        " (SELECT max(date) FROM exchange_rate WHERE source = 'ECB' AND date BETWEEN $1 AND $2)"
        " ORDER BY currency LIMIT 200",
        first,
        last,
    )
    return [_rate(row, session.dialect) for row in rows]


async def latest_day(database: Database) -> date | None:
    """The last day for which the ECB's rates are stored; None while there are none."""
    async with database.read(_REGISTRY) as session:
        rows = await session.fetch("SELECT date FROM exchange_rate WHERE source = 'ECB' ORDER BY date DESC LIMIT 1")
    if not rows:
        return None
    found: Any = rows[0]["date"]
    return found if isinstance(found, date) else date.fromisoformat(found)


async def add(database: Database, rates: Sequence[ReferenceRate], now: datetime) -> Added:
    """Stores the rates that are not stored yet, all or none; a stored one is never changed."""
    new, known = 0, 0
    differing: list[tuple[ReferenceRate, ReferenceRate]] = []
    async with database.transaction(_REGISTRY) as session:
        for start in range(0, len(rates), _ROWS):
            part = rates[start : start + _ROWS]
            stored = await _stored(session, part)
            fresh = [one for one in part if (one.source, one.currency, one.date) not in stored]
            for one in part:
                before = stored.get((one.source, one.currency, one.date))
                if before is not None:
                    known += before.rate == one.rate
                    if before.rate != one.rate:
                        differing.append((before, one))
            new += await _insert(session, fresh, now)
    return Added(new=new, known=known, differing=differing[:_TOLD])


async def _stored(session: Session, rates: Sequence[ReferenceRate]) -> dict[tuple[str, str, date], ReferenceRate]:
    first = _date(min(one.date for one in rates), session.dialect)
    last = _date(max(one.date for one in rates), session.dialect)
    rows = await session.fetch(
        f"SELECT {', '.join(_TABLE.columns)} FROM exchange_rate WHERE date BETWEEN $1 AND $2", first, last
    )
    found = [_rate(row, session.dialect) for row in rows]
    return {(one.source, one.currency, one.date): one for one in found}


async def _insert(session: Session, rates: Sequence[ReferenceRate], now: datetime) -> int:
    if not rates:
        return 0
    values: list[Any] = []
    for one in rates:
        row = {"source": one.source, "date": one.date, "currency": one.currency, "rate": one.rate, "fetched_at": now}
        values += [encode(_TABLE.columns[name], row[name], session.dialect) for name in _COLUMNS]
    width = len(_COLUMNS)
    places = ", ".join(
        "(" + ", ".join(f"${row * width + n}" for n in range(1, width + 1)) + ")" for row in range(len(rates))
    )
    # Another process may be adding the same ones: whoever comes second finds them.
    return await session.execute(
        f"INSERT INTO exchange_rate ({', '.join(_COLUMNS)}) VALUES {places}"
        " ON CONFLICT (source, currency, date) DO NOTHING",
        *values,
    )


def _spans(days: Iterable[date]) -> list[tuple[date, date]]:
    """The days with what lies MAX_AGE before each, as spans that do not touch."""
    spans: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        first = day - MAX_AGE
        if spans and first <= spans[-1][1]:
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((first, day))
    return spans


def _rate(row: Any, dialect: Dialect) -> ReferenceRate:
    found = decode(_TABLE, row, dialect)
    return ReferenceRate(date=found["date"], currency=found["currency"], rate=found["rate"], source=found["source"])


def _date(day: date, dialect: Dialect) -> object:
    return encode(_TABLE.columns["date"], day, dialect)
