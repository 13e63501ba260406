"""Numbering series: the rows whose locks serialize finalizing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.db.aggregates import SERIES
from app.db.query import tenant_sql
from app.db.rows import SeriesRow
from app.db.tables import TABLES, encode
from app.db.transaction import Session
from app.db.where import Parameters
from app.domain.documents.model import InvoiceType
from app.domain.identity import IdPrefix, new_id
from app.domain.scope import Scope


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
    parameters = Parameters(session.dialect)
    created_at = parameters.add(encode(TABLES["series"].columns["created_at"], now, session.dialect))
    groups = ", ".join(
        f"({parameters.add(scope.platform_id)}, {parameters.add(new_id(IdPrefix.SERIES))},"
        f" {parameters.add(key.entity_id)}, {parameters.add(str(key.type))}, {parameters.add(key.pattern)},"
        f" {parameters.add(key.period)}, 0, {created_at})"
        for key in wanted
    )
    await session.execute(
        "INSERT INTO series (platform_id, id, entity_id, type, pattern, period, last_number, created_at)"
        f" VALUES {groups} ON CONFLICT (platform_id, entity_id, type, pattern, period) DO NOTHING",
        *parameters.values,
    )
    ids = await _ids(scope, session, wanted)
    rows = await SERIES.by_ids(scope, session, ids, lock=True)
    return {SeriesKey(row.entity_id, row.type, row.pattern, row.period): row for row in rows.values()}


async def _ids(scope: Scope, session: Session, keys: Sequence[SeriesKey]) -> list[str]:
    table = TABLES["series"]
    parameters = Parameters(session.dialect)
    tenant = tenant_sql(scope, table, parameters)
    rows = [(key.entity_id, str(key.type), key.pattern, key.period) for key in keys]
    alternatives = ", ".join(f"({', '.join(parameters.add(value) for value in row)})" for row in rows)
    sql = f"SELECT id FROM series WHERE {tenant} AND (entity_id, type, pattern, period) IN (VALUES {alternatives})"
    return [str(row["id"]) for row in await session.fetch(sql, *parameters.values)]


async def advance(
    scope: Scope, session: Session, series_id: str, *, number: int, issue_date: date, content_hash: str
) -> None:
    """Moves a locked series on to its new last document."""
    await SERIES.change(
        scope,
        session,
        series_id,
        {"last_number": number, "last_issue_date": issue_date, "last_hash": content_hash},
    )
