"""What the operator's report sums up, per platform and per seller: grouped by currency, never across currencies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from app.db.document_sql import COUNTS, SIGN
from app.db.query import tenant_sql
from app.db.tables import TABLES
from app.db.transaction import Session
from app.db.where import Parameters, sort_expression
from app.domain.lifecycle import InvoiceStatus
from app.domain.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Whole days from `start` to `end`, both included; `since` and `until` are their instants, the latter excluded."""

    start: date
    end: date
    since: datetime
    until: datetime
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Sums of finalized documents in minor units of one currency. Credit notes count negative."""

    entity_id: str | None
    currency: str
    invoice_count: int
    invoiced_minor: int
    outstanding_minor: int
    overdue_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """What was issued in a period: sums per currency, documents by status, and how many sellers issued any."""

    sums: Sequence[Sums]
    statuses: dict[InvoiceStatus, int]
    active_entities: int


# As the index of issue dates has it, so that a period is read and no more.
_ISSUE_DATE: Final = sort_expression(TABLES["invoice"], "issue_date")


def _issued_sql(scope: Scope, parameters: Parameters, period: Period, currency: str | None, names: str) -> str:
    """Columns of the documents issued in the period; proformas are no tax documents and left out."""
    table = TABLES["invoice"]
    day = table.columns["issue_date"]
    return (
        f"SELECT {names} FROM invoice WHERE {tenant_sql(scope, table, parameters)} AND {COUNTS}"
        f" AND {_ISSUE_DATE} BETWEEN {parameters.of(day, period.start)} AND {parameters.of(day, period.end)}"
        f"{_narrow(parameters, currency, None)}"
    )


def _sums_sql(parameters: Parameters, period: Period) -> str:
    today = parameters.of(TABLES["invoice"].columns["due_date"], period.today)
    return (
        f"count(*) AS invoice_count, sum({SIGN} * gross_minor) AS invoiced_minor,"
        f" sum({SIGN} * due_minor) AS outstanding_minor,"
        f" sum(CASE WHEN due_date < {today} AND due_minor > 0 THEN {SIGN} * due_minor ELSE 0 END) AS overdue_minor"
    )


async def issued(scope: Scope, session: Session, period: Period, *, currency: str | None = None) -> Issued:
    """What all sellers in sight issued in the period, read once."""
    parameters = Parameters(session.dialect)
    names = "entity_id, currency, status, type, gross_minor, due_minor, due_date"
    documents = _issued_sql(scope, parameters, period, currency, names)
    rows = await session.fetch(
        f"WITH issued AS MATERIALIZED ({documents})"
        f" SELECT currency, status, {_sums_sql(parameters, period)} FROM issued GROUP BY currency, status"
        " UNION ALL SELECT NULL, NULL, count(DISTINCT entity_id), 0, 0, 0 FROM issued",
        *parameters.values,
    )
    statuses: dict[InvoiceStatus, int] = {}
    sums, active = [], 0
    for row in rows:
        if row["status"] is None:
            active = int(row["invoice_count"])
            continue
        status = InvoiceStatus(row["status"])
        statuses[status] = statuses.get(status, 0) + int(row["invoice_count"])
        if status is InvoiceStatus.FINALIZED:
            sums.append(_sums(row, None))
    return Issued(sums=sums, statuses=statuses, active_entities=active)


def _sums(row: Mapping[str, Any], entity_id: str | None) -> Sums:
    return Sums(entity_id=entity_id, currency=row["currency"], **{name: int(row[name]) for name in _SUM_NAMES})


async def entity_sums(
    scope: Scope, session: Session, period: Period, entity_ids: Sequence[str], *, currency: str | None = None
) -> list[Sums]:
    """What some sellers finalized in the period, by seller and currency."""
    parameters = Parameters(session.dialect)
    names = "entity_id, currency, type, gross_minor, due_minor, due_date"
    documents = _issued_sql(scope, parameters, period, currency, names)
    documents += f" AND status = 'FINALIZED'{_narrow(parameters, None, entity_ids)}"
    rows = await session.fetch(
        f"SELECT entity_id, currency, {_sums_sql(parameters, period)} FROM ({documents}) d"
        " GROUP BY entity_id, currency ORDER BY entity_id, currency",
        *parameters.values,
    )
    return [_sums(row, row["entity_id"]) for row in rows]


_SUM_NAMES: Final = ("invoice_count", "invoiced_minor", "outstanding_minor", "overdue_minor")


async def paid_sums(
    scope: Scope,
    session: Session,
    period: Period,
    *,
    currency: str | None = None,
    entity_ids: Sequence[str] | None = None,
) -> dict[tuple[str | None, str], int]:
    """Payments received in the period in minor units, by (seller, currency); of all sellers in sight by (None, …).

    Those that were reversed count no more.
    """
    table = TABLES["payment"]
    parameters = Parameters(session.dialect)
    tenant = tenant_sql(scope, table, parameters)
    instant = table.columns["paid_at"]
    by = _SELLERS if entity_ids is None else "entity_id"
    sql = (
        f"SELECT {by} AS seller, currency, sum(amount_minor) AS paid_minor FROM payment WHERE {tenant}"
        " AND direction = 'RECEIVED' AND reversed_at IS NULL"
        f" AND paid_at >= {parameters.of(instant, period.since)} AND paid_at < {parameters.of(instant, period.until)}"
    )
    sql += _narrow(parameters, currency, entity_ids) + " GROUP BY 1, currency"
    rows = await session.fetch(sql, *parameters.values)
    return {(row["seller"], row["currency"]): int(row["paid_minor"]) for row in rows}


async def order_counts(
    scope: Scope,
    session: Session,
    period: Period,
    *,
    currency: str | None = None,
    entity_ids: Sequence[str] | None = None,
) -> dict[str | None, int]:
    """Orders placed in the period, by seller; of all sellers in sight under None."""
    table = TABLES["sales_order"]
    parameters = Parameters(session.dialect)
    tenant = tenant_sql(scope, table, parameters)
    instant = table.columns["placed_at"]
    by = _SELLERS if entity_ids is None else "entity_id"
    sql = (
        f"SELECT {by} AS seller, count(*) AS n FROM sales_order WHERE {tenant}"
        f" AND placed_at >= {parameters.of(instant, period.since)}"
        f" AND placed_at < {parameters.of(instant, period.until)}"
    )
    sql += _narrow(parameters, currency, entity_ids) + " GROUP BY 1"
    return {row["seller"]: int(row["n"]) for row in await session.fetch(sql, *parameters.values)}


# Stands where a seller's id stands when all sellers count together.
_SELLERS: Final = "CAST(NULL AS text)"


async def unissued_counts(
    scope: Scope, session: Session, period: Period, *, currency: str | None = None
) -> dict[InvoiceStatus, int]:
    """Documents without a number that were made in the period, by status."""
    table = TABLES["invoice"]
    parameters = Parameters(session.dialect)
    tenant = tenant_sql(scope, table, parameters)
    instant = table.columns["created_at"]
    sql = (
        f"SELECT status, count(*) AS n FROM invoice WHERE {tenant} AND {COUNTS} AND status IN ('DRAFT', 'PENDING')"
        f" AND created_at >= {parameters.of(instant, period.since)}"
        f" AND created_at < {parameters.of(instant, period.until)}"
    )
    sql += _narrow(parameters, currency, None) + " GROUP BY status"
    return {InvoiceStatus(row["status"]): int(row["n"]) for row in await session.fetch(sql, *parameters.values)}


async def entity_count(scope: Scope, session: Session, period: Period) -> int:
    """How many sellers there were at the end of the period."""
    entity = TABLES["entity"]
    parameters = Parameters(session.dialect)
    tenant = tenant_sql(scope, entity, parameters)
    until = parameters.of(entity.columns["created_at"], period.until)
    rows = await session.fetch(
        f"SELECT count(*) AS n FROM entity WHERE {tenant} AND created_at < {until}", *parameters.values
    )
    return int(rows[0]["n"])


def _narrow(parameters: Parameters, currency: str | None, entity_ids: Sequence[str] | None) -> str:
    sql = ""
    if currency is not None:
        sql += f" AND currency = {parameters.add(currency)}"
    if entity_ids is not None:
        marks = ", ".join(parameters.add(entity_id) for entity_id in entity_ids)
        sql += f" AND entity_id IN ({marks})" if marks else " AND FALSE"
    return sql
