"""Numbering series: the rows whose locks serialize finalizing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from app.db import number_bearers, query
from app.db.aggregates import SERIES
from app.db.query import tenant_sql
from app.db.records import changed
from app.db.rows import SeriesRow
from app.db.series_keys import SeriesKey
from app.db.tables import TABLES, encode
from app.db.transaction import Session
from app.db.where import All, OneOf, Parameters
from app.db.writes import Change, write
from app.domain.identity import IdPrefix, new_id
from app.domain.scope import Scope

__all__ = ["SeriesKey", "advancing", "lock_series"]

# Series of the sellers of one batch in one period: several kinds of documents, and formats that were changed.
_LIMIT: Final = 100_000


async def lock_series(
    scope: Scope, session: Session, keys: Sequence[SeriesKey], now: datetime
) -> Mapping[SeriesKey, SeriesRow]:
    """The rows of these series, created where missing, locked until the transaction ends.

    Locks are taken in the keys' order, so that two batches never wait for each other in a circle.
    """
    wanted = sorted(set(keys))
    found = await _locked(scope, session, wanted)
    missing = [key for key in wanted if key not in found]
    if missing:
        await _create(scope, session, missing, now)
        found = {**found, **await _locked(scope, session, missing)}
    unused = [key for key, row in found.items() if row.last_number == row.start_number]
    return {**found, **await _after_others(scope, session, unused, found)} if unused else found


async def _after_others(
    scope: Scope, session: Session, keys: Sequence[SeriesKey], rows: Mapping[SeriesKey, SeriesRow]
) -> dict[SeriesKey, SeriesRow]:
    """Series that have no document yet, where another format gave numbers that they would give as well: then they begin
    after those. Looked at anew until the first document, since the other format may be in use till then.
    """
    taken = await number_bearers.bearers(scope, session, keys)
    moved = {
        key: changed(rows[key], start_number=bearer.counter, last_number=bearer.counter)
        for key, bearer in taken.items()
        if bearer.counter > rows[key].last_number
    }
    await write(scope, session, [SERIES.changing(("start_number", "last_number"), list(moved.values()))])
    return moved


async def _create(scope: Scope, session: Session, keys: Sequence[SeriesKey], now: datetime) -> None:
    """Makes series that are missing, which is once per seller, kind of document and period.

    Another transaction may be making the same ones: then it waits for that one's end, and finds them.
    """
    created_at = encode(TABLES["series"].columns["created_at"], now, session.dialect)
    ids = [new_id(IdPrefix.SERIES) for _ in keys]
    insert = "INSERT INTO series (platform_id, id, entity_id, type, pattern, period, last_number, created_at)"
    found = "ON CONFLICT (platform_id, entity_id, type, pattern, period) DO NOTHING"
    if session.dialect == "postgres":
        given = "unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) AS given"
        values = "$1, given.id, given.entity_id, given.type, given.pattern, given.period, 0, $2"
        await session.execute(
            f"{insert} SELECT {values} FROM {given}(id, entity_id, type, pattern, period) {found}",
            scope.platform_id,
            created_at,
            ids,
            *_columns(keys),
        )
        return
    for series_id, key in zip(ids, keys, strict=True):
        named = (key.entity_id, str(key.type), key.pattern, key.period)
        values = "$1, $2, $3, $4, $5, $6, 0, $7"
        await session.execute(f"{insert} VALUES ({values}) {found}", scope.platform_id, series_id, *named, created_at)


def _columns(keys: Sequence[SeriesKey]) -> tuple[list[str], ...]:
    return (
        [key.entity_id for key in keys],
        [str(key.type) for key in keys],
        [key.pattern for key in keys],
        [key.period for key in keys],
    )


async def _locked(scope: Scope, session: Session, keys: Sequence[SeriesKey]) -> dict[SeriesKey, SeriesRow]:
    if session.dialect == "postgres":
        rows = await _lock(scope, session, keys)
    else:
        sellers, periods = sorted({key.entity_id for key in keys}), sorted({key.period for key in keys})
        where = All((OneOf("entity_id", sellers), OneOf("period", periods)))
        rows = await SERIES.list(scope, session, where, limit=_LIMIT)
    named = {SeriesKey(row.entity_id, row.type, row.pattern, row.period): row for row in rows}
    return {key: named[key] for key in keys if key in named}


async def _lock(scope: Scope, session: Session, keys: Sequence[SeriesKey]) -> list[SeriesRow]:
    table = TABLES["series"]
    parameters = Parameters("postgres")
    marks = ", ".join(f"{parameters.add(column)}::text[]" for column in _columns(keys))
    # Row by row, each by its unique key, whatever the planner believes of the table: in the order given, and only these
    # series, since a lock on others that the sellers have would make others wait for nothing.
    records = await session.fetch(
        f"SELECT locked.* FROM unnest({marks}) AS wanted(entity_id, type, pattern, period) CROSS JOIN LATERAL ("
        f"SELECT {', '.join(query.row_names(SeriesRow))} FROM series WHERE {tenant_sql(scope, table, parameters)}"
        " AND series.entity_id = wanted.entity_id AND series.type = wanted.type"
        " AND series.pattern = wanted.pattern AND series.period = wanted.period LIMIT 1 FOR NO KEY UPDATE"
        ") AS locked",
        *parameters.values,
    )
    return query.rows_of(table, SeriesRow, records, "postgres")


def advancing(rows: Sequence[SeriesRow]) -> Change:
    """The change that moves locked series on to their new last documents."""
    return SERIES.changing(("last_number", "last_issue_date", "last_hash"), rows)
