"""The lines of many invoices at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.db import query
from app.db.aggregates import INVOICE_LINES
from app.db.query import tenant_sql
from app.db.rows import InvoiceLineRow
from app.db.tables import TABLES
from app.db.transaction import Session
from app.db.where import All, OneOf, Parameters
from app.domain.scope import Scope

# More lines than this in one batch are refused before anything is read.
_MAX_LINES: Final = 500_000


async def lines_of(
    scope: Scope, session: Session, invoices: Sequence[tuple[str, str]]
) -> dict[str, list[InvoiceLineRow]]:
    """The lines of invoices, each named by its entity's id and its own, in order, by the invoice's id.

    Invoice by invoice over the unique key: the cost does not grow with the lines that a platform has, whatever the
    planner believes of the table.
    """
    lines: dict[str, list[InvoiceLineRow]] = {invoice_id: [] for _, invoice_id in invoices}
    if not invoices:
        return lines
    entity_ids, invoice_ids = [pair[0] for pair in invoices], [pair[1] for pair in invoices]
    found: Sequence[InvoiceLineRow]
    if session.dialect == "postgres":
        found = await _found(scope, session, entity_ids, invoice_ids)
    else:
        where = All((OneOf("entity_id", sorted(set(entity_ids))), OneOf("invoice_id", invoice_ids)))
        order = (("invoice_id", False), ("position", False))
        found = await INVOICE_LINES.list(scope, session, where, order=order, limit=_MAX_LINES)
    for line in found:
        lines[line.invoice_id].append(line)
    return lines


async def _found(
    scope: Scope, session: Session, entity_ids: Sequence[str], invoice_ids: Sequence[str]
) -> list[InvoiceLineRow]:
    table = TABLES["invoice_line"]
    parameters = Parameters("postgres")
    wanted = f"unnest({parameters.add(entity_ids)}::text[], {parameters.add(invoice_ids)}::text[])"
    records = await session.fetch(
        f"SELECT line.* FROM {wanted} AS wanted(entity_id, invoice_id) CROSS JOIN LATERAL ("
        f"SELECT {', '.join(query.row_names(InvoiceLineRow))} FROM invoice_line"
        f" WHERE {tenant_sql(scope, table, parameters)} AND invoice_line.entity_id = wanted.entity_id"
        f" AND invoice_line.invoice_id = wanted.invoice_id ORDER BY position LIMIT {parameters.add(_MAX_LINES)}"
        ") AS line",
        *parameters.values,
    )
    return query.rows_of(table, InvoiceLineRow, records, "postgres")
