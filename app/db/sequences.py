"""Numbering series: the rows whose locks serialize finalizing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.db.aggregates import SERIES
from app.db.rows import SeriesRow
from app.db.tables import TABLES, encode
from app.db.transaction import Session
from app.db.where import All, Condition, OneOf
from app.domain.documents.model import InvoiceType
from app.domain.identity import IdPrefix, new_id
from app.domain.scope import Scope

# Series of the sellers of one batch in one period: several kinds of documents, and formats that were changed.
_LIMIT: Final = 100_000


@dataclass(frozen=True, slots=True, order=True)
class SeriesKey:
    """What names a series: whose, for which documents, in which format and period."""

    entity_id: str
    type: InvoiceType
    pattern: str
    period: str


async def lock_series(
    scope: Scope, session: Session, keys: Sequence[SeriesKey], now: datetime
) -> Mapping[SeriesKey, SeriesRow]:
    """The rows of these series, created where missing, locked until the transaction ends.

    Locks are taken in id order, so that two batches never wait for each other in a circle.
    """
    wanted = sorted(set(keys))
    found = await _locked(scope, session, wanted)
    missing = [key for key in wanted if key not in found]
    if not missing:
        return found
    created_at = encode(TABLES["series"].columns["created_at"], now, session.dialect)
    for key in missing:
        # Seldom: once per seller, kind of document and period. Another transaction may be making the same one.
        await session.execute(
            "INSERT INTO series (platform_id, id, entity_id, type, pattern, period, last_number, created_at)"
            " VALUES ($1, $2, $3, $4, $5, $6, 0, $7)"
            " ON CONFLICT (platform_id, entity_id, type, pattern, period) DO NOTHING",
            scope.platform_id,
            new_id(IdPrefix.SERIES),
            key.entity_id,
            str(key.type),
            key.pattern,
            key.period,
            created_at,
        )
    return await _locked(scope, session, wanted)


async def _locked(scope: Scope, session: Session, keys: Sequence[SeriesKey]) -> dict[SeriesKey, SeriesRow]:
    sellers = sorted({key.entity_id for key in keys})
    periods = sorted({key.period for key in keys})
    where = All((OneOf("entity_id", sellers), OneOf("period", periods)))
    if session.dialect == "postgres":
        # Only these series, whatever others the sellers have: a lock on those would make others wait for nothing.
        ids = await _ids(scope, session, where)
        where = All((OneOf("id", sorted(ids[key] for key in keys if key in ids)),))
    rows = await SERIES.list(scope, session, where, order=(("id", False),), limit=_LIMIT, lock=True)
    named = {SeriesKey(row.entity_id, row.type, row.pattern, row.period): row for row in rows}
    return {key: named[key] for key in keys if key in named}


async def _ids(scope: Scope, session: Session, where: Condition) -> dict[SeriesKey, str]:
    rows = await SERIES.list(scope, session, where, limit=_LIMIT)
    return {SeriesKey(row.entity_id, row.type, row.pattern, row.period): row.id for row in rows}


async def advance(scope: Scope, session: Session, rows: Sequence[SeriesRow]) -> None:
    """Moves locked series on to their new last documents."""
    names = ("id", "last_number", "last_issue_date", "last_hash")
    await SERIES.change_many(scope, session, [{name: getattr(row, name) for name in names} for row in rows])
