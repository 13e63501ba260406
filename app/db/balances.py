"""What buyers owe: what is due of their finalized invoices, less their credit notes, per currency."""

from __future__ import annotations

from collections.abc import Sequence

from app.db.document_sql import COUNTS, SIGN
from app.db.query import tenant_sql
from app.db.tables import TABLES
from app.db.transaction import Session
from app.db.where import OneOf, Parameters, to_sql
from app.domain.scope import Scope


async def by_customer(scope: Scope, session: Session, customer_ids: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
    """Minor units due per currency, by customer; currencies in which nothing is due are left out."""
    table = TABLES["invoice"]
    parameters = Parameters(session.dialect)
    tenant = tenant_sql(scope, table, parameters)
    among = to_sql(OneOf("customer_id", sorted(set(customer_ids))), table, parameters)
    rows = await session.fetch(
        f"SELECT customer_id, currency, sum({SIGN} * due_minor) AS due"
        f" FROM invoice WHERE {tenant} AND {among} AND status = 'FINALIZED' AND {COUNTS}"
        " GROUP BY customer_id, currency ORDER BY customer_id, currency",
        *parameters.values,
    )
    balances: dict[str, list[tuple[str, int]]] = {customer_id: [] for customer_id in customer_ids}
    for row in rows:
        if row["due"]:
            balances[row["customer_id"]].append((row["currency"], int(row["due"])))
    return balances
