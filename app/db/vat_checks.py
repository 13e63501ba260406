"""What is known of VAT numbers, and what waits for an answer on one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from app.db.aggregates import VAT_CHECKS
from app.db.query import tenant_sql
from app.db.tables import TABLES, decode
from app.db.transaction import Session
from app.db.vat_rows import VatCheckRow
from app.db.where import Eq, Parameters
from app.domain.registers.model import AnswerKind
from app.domain.scope import Scope

_TABLE: Final = TABLES["vat_check"]
_INVOICE: Final = TABLES["invoice"]
# Numbers looked up in one statement.
_MOST: Final = 500


async def last_words(
    scope: Scope, session: Session, numbers: Sequence[tuple[str, str]], *, since: datetime
) -> dict[tuple[str, str], VatCheckRow]:
    """The newest answer since then on each (seller, number), be it valid or not; what is unknown is left out."""
    found: dict[tuple[str, str], VatCheckRow] = {}
    wanted = sorted(set(numbers))
    for start in range(0, len(wanted), _MOST):
        found |= await _last_words(scope, session, wanted[start : start + _MOST], since)
    return found


async def _last_words(
    scope: Scope, session: Session, wanted: Sequence[tuple[str, str]], since: datetime
) -> dict[tuple[str, str], VatCheckRow]:
    parameters = Parameters(session.dialect)
    tenant = tenant_sql(scope, _TABLE, parameters)
    pairs = ", ".join(f"({parameters.add(entity)}, {parameters.add(number)})" for entity, number in wanted)
    rows = await session.fetch(
        f"SELECT {', '.join(_TABLE.columns)} FROM (SELECT *, row_number() OVER"
        " (PARTITION BY entity_id, number ORDER BY answered_at DESC, id DESC) AS place FROM vat_check"
        # As the index has it, so that it serves.
        f" WHERE {tenant} AND kind IN ('VALID', 'INVALID') AND (entity_id, number) IN (VALUES {pairs})"
        f" AND answered_at >= {parameters.of(_TABLE.columns['answered_at'], since)}) AS known WHERE place = 1",
        *parameters.values,
    )
    answers = [VatCheckRow(**decode(_TABLE, row, session.dialect)) for row in rows]
    return {(row.entity_id, row.number): row for row in answers}


async def newest(scope: Scope, session: Session, customer_id: str) -> VatCheckRow | None:
    """The newest check of a buyer."""
    found = await VAT_CHECKS.list(scope, session, Eq("customer_id", customer_id), order=(("id", True),), limit=1)
    return found[0] if found else None


async def refusals(scope: Scope, session: Session, customer_ids: Sequence[str]) -> dict[str, VatCheckRow]:
    """The newest check of each buyer for which it was a refused question, by the buyer's id."""
    if not customer_ids:
        return {}
    parameters = Parameters(session.dialect)
    tenant = tenant_sql(scope, _TABLE, parameters)
    marks = ", ".join(parameters.add(row_id) for row_id in sorted(set(customer_ids)))
    rows = await session.fetch(
        f"SELECT {', '.join(_TABLE.columns)} FROM (SELECT *, row_number() OVER"
        f" (PARTITION BY customer_id ORDER BY id DESC) AS place FROM vat_check WHERE {tenant}"
        f" AND customer_id IN ({marks})) AS known WHERE place = 1 AND kind = 'REFUSED'",
        *parameters.values,
    )
    found = [VatCheckRow(**decode(_TABLE, row, session.dialect)) for row in rows]
    return {row.customer_id: row for row in found}


async def answered(
    scope: Scope, session: Session, customer_ids: Sequence[str], *, since: datetime
) -> set[tuple[str, str]]:
    """Which (buyer, number) of these buyers had an answer or a refusal since then."""
    if not customer_ids:
        return set()
    parameters = Parameters(session.dialect)
    tenant = tenant_sql(scope, _TABLE, parameters)
    marks = ", ".join(parameters.add(row_id) for row_id in sorted(set(customer_ids)))
    rows = await session.fetch(
        f"SELECT DISTINCT customer_id, number FROM vat_check WHERE {tenant} AND customer_id IN ({marks})"
        f" AND kind <> {parameters.add(AnswerKind.UNAVAILABLE.value)}"
        f" AND answered_at >= {parameters.of(_TABLE.columns['answered_at'], since)}",
        *parameters.values,
    )
    return {(str(row["customer_id"]), str(row["number"])) for row in rows}


async def holding(scope: Scope, session: Session, buyers: Sequence[tuple[str, str]]) -> set[str]:
    """Those of these (seller, buyer) that have documents which wait for an answer, by the buyers' ids."""
    found: set[str] = set()
    wanted = sorted(set(buyers))
    for start in range(0, len(wanted), _MOST):
        parameters = Parameters(session.dialect)
        tenant = tenant_sql(scope, _INVOICE, parameters)
        chunk = wanted[start : start + _MOST]
        pairs = ", ".join(f"({parameters.add(entity)}, {parameters.add(buyer)})" for entity, buyer in chunk)
        rows = await session.fetch(
            f"SELECT DISTINCT customer_id FROM invoice WHERE {tenant} AND status = 'PENDING'"
            f" AND (entity_id, customer_id) IN (VALUES {pairs})",
            *parameters.values,
        )
        found |= {str(row["customer_id"]) for row in rows}
    return found


async def held_of(
    scope: Scope, session: Session, entity_id: str, customer_id: str, *, after: str = "", limit: int
) -> list[tuple[str, int]]:
    """(id, version) of a buyer's documents that wait for an answer, in id order from after an id on."""
    parameters = Parameters(session.dialect)
    tenant = tenant_sql(scope, _INVOICE, parameters)
    rows = await session.fetch(
        f"SELECT id, version FROM invoice WHERE {tenant} AND entity_id = {parameters.add(entity_id)}"
        f" AND customer_id = {parameters.add(customer_id)} AND status = 'PENDING'"
        f" AND id > {parameters.add(after)} ORDER BY id LIMIT {parameters.add(limit)}",
        *parameters.values,
    )
    return [(str(row["id"]), int(row["version"])) for row in rows]


async def forgotten(
    scope: Scope, session: Session, *, before: datetime, refused_since: datetime, limit: int
) -> list[tuple[str, int]]:
    """(id, version) of documents that wait since before then though no job asks about their buyers' numbers.

    The oldest first. Those whose number's question was refused since `refused_since` are left out.
    """
    parameters = Parameters(session.dialect)
    tenant = tenant_sql(scope, _INVOICE, parameters, alias="i")
    rows = await session.fetch(
        "SELECT i.id, i.version FROM invoice i"
        " JOIN customer c ON c.platform_id = i.platform_id AND c.id = i.customer_id"
        f" WHERE {tenant} AND i.status = 'PENDING'"
        f" AND i.updated_at < {parameters.of(_INVOICE.columns['updated_at'], before)}"
        " AND NOT EXISTS (SELECT 1 FROM job j WHERE j.platform_id = i.platform_id"
        " AND j.unique_key = 'vat.check:' || c.id || ':' || c.tax_id AND j.status IN ('QUEUED', 'RUNNING'))"
        " AND NOT EXISTS (SELECT 1 FROM vat_check v WHERE v.platform_id = i.platform_id AND v.entity_id = i.entity_id"
        " AND v.customer_id = c.id AND v.kind = 'REFUSED'"
        f" AND v.answered_at >= {parameters.of(_TABLE.columns['answered_at'], refused_since)})"
        f" ORDER BY i.updated_at, i.id LIMIT {parameters.add(limit)}",
        *parameters.values,
    )
    return [(str(row["id"]), int(row["version"])) for row in rows]
