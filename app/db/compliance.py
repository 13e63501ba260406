"""What the rules make of sellers, counted over all of them, and the counts that a seller's own findings need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.db.query import tenant_sql
from app.db.tables import TABLES
from app.db.transaction import Session
from app.db.where import OneOf, Parameters, to_sql
from app.domain.compliance.model import ComplianceStatus
from app.domain.parties import TaxIdStatus
from app.domain.scope import Scope

_TABLE: Final = TABLES["entity_compliance"]
_ENTITIES: Final = TABLES["entity"]
_CUSTOMERS: Final = TABLES["customer"]
_INVOICES: Final = TABLES["invoice"]


async def verdicts(scope: Scope, session: Session) -> list[tuple[ComplianceStatus, str, int]]:
    """(status, rules that fired, how many sellers they are of) over all sellers in sight that were checked.

    As many as there are combinations of rules, which is few: one statement groups them.
    """
    parameters = Parameters(session.dialect)
    rows = await session.fetch(
        f"SELECT status, rules, count(*) AS n FROM entity_compliance WHERE {tenant_sql(scope, _TABLE, parameters)}"
        " GROUP BY status, rules",
        *parameters.values,
    )
    return [(ComplianceStatus(row["status"]), str(row["rules"]), int(row["n"])) for row in rows]


async def judged_count(scope: Scope, session: Session) -> int:
    """How many sellers in sight are to be judged: all but the archived."""
    parameters = Parameters(session.dialect)
    rows = await session.fetch(
        f"SELECT count(*) AS n FROM entity WHERE {tenant_sql(scope, _ENTITIES, parameters)} AND status <> 'ARCHIVED'",
        *parameters.values,
    )
    return int(rows[0]["n"])


async def stale(scope: Scope, session: Session, law: str, limit: int) -> list[str]:
    """The ids of at most `limit` sellers that were never judged, or by other rules than those named."""
    parameters = Parameters(session.dialect)
    rows = await session.fetch(
        "SELECT e.id FROM entity e LEFT JOIN entity_compliance c ON c.platform_id = e.platform_id"
        f" AND c.entity_id = e.id WHERE {tenant_sql(scope, _ENTITIES, parameters, alias='e')}"
        f" AND e.status <> 'ARCHIVED' AND (c.law IS NULL OR c.law <> {parameters.add(law)})"
        f" ORDER BY e.id LIMIT {parameters.add(limit)}",
        *parameters.values,
    )
    return [str(row["id"]) for row in rows]


async def numbered_customers(
    scope: Scope, session: Session, entity_ids: Sequence[str]
) -> dict[str, dict[TaxIdStatus, int]]:
    """How many buyers with a VAT number, consumers left out, each of these sellers has, by what is known of it."""
    parameters = Parameters(session.dialect)
    rows = await session.fetch(
        f"SELECT entity_id, tax_id_status, count(*) AS n FROM customer"
        f" WHERE {tenant_sql(scope, _CUSTOMERS, parameters)}"
        f" AND {to_sql(OneOf('entity_id', entity_ids), _CUSTOMERS, parameters)}"
        " AND tax_id IS NOT NULL AND kind <> 'CONSUMER' GROUP BY entity_id, tax_id_status",
        *parameters.values,
    )
    found: dict[str, dict[TaxIdStatus, int]] = {entity_id: {} for entity_id in entity_ids}
    for row in rows:
        found[str(row["entity_id"])][TaxIdStatus(row["tax_id_status"])] = int(row["n"])
    return found


async def pending_invoices(scope: Scope, session: Session, entity_ids: Sequence[str]) -> dict[str, int]:
    """How many documents of each of these sellers wait for the answer on a buyer's VAT number."""
    parameters = Parameters(session.dialect)
    rows = await session.fetch(
        f"SELECT entity_id, count(*) AS n FROM invoice WHERE {tenant_sql(scope, _INVOICES, parameters)}"
        f" AND {to_sql(OneOf('entity_id', entity_ids), _INVOICES, parameters)}"
        " AND status = 'PENDING' GROUP BY entity_id",
        *parameters.values,
    )
    counted = {str(row["entity_id"]): int(row["n"]) for row in rows}
    return {entity_id: counted.get(entity_id, 0) for entity_id in entity_ids}
