"""The count of cross-border sales: locked by seller and year, summed, and found by what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias

from app.db import query
from app.db.aggregates import EU_SALES
from app.db.eu_sales_rows import EuSalesRow
from app.db.query import tenant_sql
from app.db.tables import TABLES, decode_value, encode
from app.db.transaction import Session
from app.db.where import All, OneOf, Parameters
from app.domain.identity import IdPrefix, new_id
from app.domain.scope import Scope

# A seller and a calendar year.
Key: TypeAlias = tuple[str, int]

_TABLE: Final = TABLES["eu_sales"]
_DOCUMENTS: Final = TABLES["eu_sales_document"]
_LIMIT: Final = 10_000


async def lock(
    scope: Scope, session: Session, keys: Iterable[Key], now: datetime, *, create: Iterable[Key]
) -> dict[Key, EuSalesRow]:
    """The counts of these sellers' years that there are, locked until the transaction ends; `create` says which of
    them are made where missing.

    Locks are taken in the keys' order, so that two batches never wait for each other in a circle. One statement where
    nothing is missing.
    """
    wanted = sorted(set(keys))
    found = await _locked(scope, session, wanted)
    missing = sorted(set(create) - set(found))
    if missing:
        await _create(scope, session, missing, now)
        found |= await _locked(scope, session, missing)
    return found


async def read(scope: Scope, session: Session, keys: Iterable[Key]) -> dict[Key, EuSalesRow]:
    """The counts of these sellers' years that there are, as they are now."""
    wanted = set(keys)
    if not wanted:
        return {}
    sellers, years = sorted({key[0] for key in wanted}), sorted({key[1] for key in wanted})
    where = All((OneOf("entity_id", sellers), OneOf("year", years)))
    rows = await EU_SALES.list(scope, session, where, limit=_LIMIT)
    return {(row.entity_id, row.year): row for row in rows if (row.entity_id, row.year) in wanted}


async def _locked(scope: Scope, session: Session, keys: Sequence[Key]) -> dict[Key, EuSalesRow]:
    if session.dialect != "postgres":
        # Whoever writes is alone.
        return await read(scope, session, keys)
    parameters = Parameters("postgres")
    marks = (parameters.add([key[0] for key in keys]), parameters.add([key[1] for key in keys]))
    # Row by row, each by its unique key and in the order given, as series are.
    records = await session.fetch(
        f"SELECT locked.* FROM unnest({marks[0]}::text[], {marks[1]}::int[]) AS wanted(entity_id, year)"
        f" CROSS JOIN LATERAL (SELECT {', '.join(query.row_names(EuSalesRow))} FROM eu_sales"
        f" WHERE {tenant_sql(scope, _TABLE, parameters)} AND eu_sales.entity_id = wanted.entity_id"
        " AND eu_sales.year = wanted.year LIMIT 1 FOR NO KEY UPDATE) AS locked",
        *parameters.values,
    )
    rows: list[EuSalesRow] = query.rows_of(_TABLE, EuSalesRow, records, "postgres")
    return {(row.entity_id, row.year): row for row in rows}


async def _create(scope: Scope, session: Session, keys: Sequence[Key], now: datetime) -> None:
    """Makes empty counts, once per seller and year; what another transaction is making is waited for and found."""
    insert = (
        "INSERT INTO eu_sales (platform_id, id, entity_id, year, net_minor, documents, uncounted, created_at,"
        " updated_at)"
    )
    found = "ON CONFLICT (platform_id, entity_id, year) DO NOTHING"
    at = encode(_TABLE.columns["created_at"], now, session.dialect)
    for entity_id, year in keys:
        await session.execute(
            f"{insert} VALUES ($1, $2, $3, $4, 0, 0, 0, $5, $6) {found}",
            scope.platform_id,
            new_id(IdPrefix.EU_SALES),
            entity_id,
            year,
            at,
            at,
        )


@dataclass(frozen=True, slots=True)
class YearSum:
    """What a seller's counted documents of a year come to, and when they first came to two marks, if they did."""

    year: int
    net_minor: int
    documents: int
    uncounted: int
    approaching_at: datetime | None
    exceeded_at: datetime | None


async def sums(
    scope: Scope,
    session: Session,
    entity_id: str,
    *,
    approaching_minor: int,
    limit_minor: int,
    year: int | None = None,
) -> list[YearSum]:
    """The sums of a seller's counted documents by year, or of one year, and when these first came to
    `approaching_minor` and above `limit_minor`, in the order in which they were counted.
    """
    parameters = Parameters(session.dialect)
    where = f"{tenant_sql(scope, _DOCUMENTS, parameters)} AND entity_id = {parameters.add(entity_id)}"
    if year is not None:
        where += f" AND year = {parameters.add(year)}"
    approaching, limit = parameters.add(approaching_minor), parameters.add(limit_minor)
    rows = await session.fetch(
        "SELECT year, sum(coalesce(eur_minor, 0)) AS net_minor, count(*) AS documents,"
        " sum(CASE WHEN eur_minor IS NULL THEN 1 ELSE 0 END) AS uncounted,"
        f" min(CASE WHEN running >= {approaching} THEN counted_at END) AS approaching_at,"
        f" min(CASE WHEN running > {limit} THEN counted_at END) AS exceeded_at FROM ("
        "SELECT year, eur_minor, counted_at, sum(coalesce(eur_minor, 0))"
        " OVER (PARTITION BY year ORDER BY counted_at, id ROWS UNBOUNDED PRECEDING) AS running"
        f" FROM eu_sales_document WHERE {where}) AS counted GROUP BY year ORDER BY year",
        *parameters.values,
    )
    return [_year_sum(row, session) for row in rows]


def _year_sum(row: Any, session: Session) -> YearSum:
    def at(name: str) -> Any:
        return decode_value(_DOCUMENTS.columns["counted_at"], row[name], session.dialect)

    return YearSum(
        year=int(row["year"]),
        net_minor=int(row["net_minor"]),
        documents=int(row["documents"]),
        uncounted=int(row["uncounted"]),
        approaching_at=at("approaching_at"),
        exceeded_at=at("exceeded_at"),
    )
