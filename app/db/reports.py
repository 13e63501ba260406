"""What the operator's report sums up, per platform and per seller: grouped by currency, never across currencies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.db.document_sql import COUNTS, SIGN
from app.db.query import tenant_sql
from app.db.tables import TABLES
from app.db.transaction import Session
from app.db.where import Parameters
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
    """One group's sums in minor units of one currency. Credit notes count negative."""

    entity_id: str
    currency: str
    invoice_count: int
    invoiced_minor: int
    outstanding_minor: int
    overdue_minor: int


async def invoice_sums(
    scope: Scope,
    session: Session,
    period: Period,
    *,
    currency: str | None = None,
    entity_ids: Sequence[str] | None = None,
) -> list[Sums]:
    """Finalized documents issued in the period, by seller and currency; proformas are no tax documents and left out."""
    table = TABLES["invoice"]
    parameters = Parameters(session.dialect)
    tenant = tenant_sql(scope, table, parameters)
    day = table.columns["issue_date"]
    today = parameters.of(day, period.today)
    sql = (
        "SELECT entity_id, currency, count(*) AS invoice_count,"
        f" sum({SIGN} * gross_minor) AS invoiced_minor,"
        f" sum({SIGN} * due_minor) AS outstanding_minor,"
        f" sum(CASE WHEN due_date < {today} AND due_minor > 0 THEN {SIGN} * due_minor ELSE 0 END) AS overdue_minor"
        f" FROM invoice WHERE {tenant} AND status = 'FINALIZED' AND {COUNTS}"
        f" AND issue_date BETWEEN {parameters.of(day, period.start)} AND {parameters.of(day, period.end)}"
    )
    sql += _narrow(parameters, currency, entity_ids) + " GROUP BY entity_id, currency ORDER BY entity_id, currency"
    rows = await session.fetch(sql, *parameters.values)
    return [
        Sums(
            entity_id=row["entity_id"],
            currency=row["currency"],
            **{name: int(row[name]) for name in _SUM_NAMES},
        )
        for row in rows
    ]


_SUM_NAMES = ("invoice_count", "invoiced_minor", "outstanding_minor", "overdue_minor")


async def paid_sums(
    scope: Scope,
    session: Session,
    period: Period,
    *,
    currency: str | None = None,
    entity_ids: Sequence[str] | None = None,
) -> dict[tuple[str, str], int]:
    """Payments received in the period in minor units, by (seller, currency)."""
    table = TABLES["payment"]
    parameters = Parameters(session.dialect)
    tenant = tenant_sql(scope, table, parameters)
    instant = table.columns["paid_at"]
    sql = (
        f"SELECT entity_id, currency, sum(amount_minor) AS paid_minor FROM payment WHERE {tenant}"
        f" AND paid_at >= {parameters.of(instant, period.since)} AND paid_at < {parameters.of(instant, period.until)}"
    )
    sql += _narrow(parameters, currency, entity_ids) + " GROUP BY entity_id, currency"
    rows = await session.fetch(sql, *parameters.values)
    return {(row["entity_id"], row["currency"]): int(row["paid_minor"]) for row in rows}


async def order_counts(
    scope: Scope,
    session: Session,
    period: Period,
    *,
    currency: str | None = None,
    entity_ids: Sequence[str] | None = None,
) -> dict[str, int]:
    """Orders placed in the period, by seller."""
    table = TABLES["sales_order"]
    parameters = Parameters(session.dialect)
    tenant = tenant_sql(scope, table, parameters)
    instant = table.columns["placed_at"]
    sql = (
        f"SELECT entity_id, count(*) AS n FROM sales_order WHERE {tenant}"
        f" AND placed_at >= {parameters.of(instant, period.since)}"
        f" AND placed_at < {parameters.of(instant, period.until)}"
    )
    sql += _narrow(parameters, currency, entity_ids) + " GROUP BY entity_id"
    return {row["entity_id"]: int(row["n"]) for row in await session.fetch(sql, *parameters.values)}


async def status_counts(
    scope: Scope, session: Session, period: Period, *, currency: str | None = None
) -> dict[InvoiceStatus, int]:
    """Documents by status: those with an issue date by it, drafts and pending ones by when they were made."""
    table = TABLES["invoice"]
    parameters = Parameters(session.dialect)
    tenant = tenant_sql(scope, table, parameters)
    day, instant = table.columns["issue_date"], table.columns["created_at"]
    sql = (
        f"SELECT status, count(*) AS n FROM invoice WHERE {tenant} AND {COUNTS} AND ("
        f"issue_date BETWEEN {parameters.of(day, period.start)} AND {parameters.of(day, period.end)}"
        f" OR (issue_date IS NULL AND created_at >= {parameters.of(instant, period.since)}"
        f" AND created_at < {parameters.of(instant, period.until)}))"
    )
    sql += _narrow(parameters, currency, None) + " GROUP BY status"
    return {InvoiceStatus(row["status"]): int(row["n"]) for row in await session.fetch(sql, *parameters.values)}


async def entity_counts(scope: Scope, session: Session, period: Period) -> tuple[int, int]:
    """How many sellers there are, and how many of them finalized a document in the period."""
    entity, invoice = TABLES["entity"], TABLES["invoice"]
    parameters = Parameters(session.dialect)
    tenant = tenant_sql(scope, entity, parameters)
    until = parameters.of(entity.columns["created_at"], period.until)
    rows = await session.fetch(
        f"SELECT count(*) AS n FROM entity WHERE {tenant} AND created_at < {until}", *parameters.values
    )
    parameters = Parameters(session.dialect)
    tenant = tenant_sql(scope, invoice, parameters)
    day = invoice.columns["issue_date"]
    active = await session.fetch(
        f"SELECT count(DISTINCT entity_id) AS n FROM invoice WHERE {tenant} AND {COUNTS}"
        f" AND issue_date BETWEEN {parameters.of(day, period.start)} AND {parameters.of(day, period.end)}",
        *parameters.values,
    )
    return int(rows[0]["n"]), int(active[0]["n"])


def _narrow(parameters: Parameters, currency: str | None, entity_ids: Sequence[str] | None) -> str:
    sql = ""
    if currency is not None:
        sql += f" AND currency = {parameters.add(currency)}"
    if entity_ids is not None:
        marks = ", ".join(parameters.add(entity_id) for entity_id in entity_ids)
        sql += f" AND entity_id IN ({marks})" if marks else " AND FALSE"
    return sql
