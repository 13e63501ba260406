"""Sums over the ledger, and the comparison of the ledger with what is stored of documents."""

from __future__ import annotations

from typing import Final

from app.db.document_sql import COUNTS, SIGN
from app.db.query import tenant_sql
from app.db.tables import TABLES
from app.db.transaction import Session
from app.db.where import Parameters
from app.domain.ledger import MIRRORS, POSTINGS
from app.domain.scope import Scope

_TABLE: Final = TABLES["ledger_entry"]
# As the index has it, so that it serves.
ON_BALANCE: Final = "(debit = 'CUSTOMER_BALANCE' OR credit = 'CUSTOMER_BALANCE')"
# What we hold is in credit: credits less debits.
HELD: Final = "CASE WHEN credit = 'CUSTOMER_BALANCE' THEN amount_minor ELSE -amount_minor END"
_MOST_FINDINGS: Final = 100


async def held(scope: Scope, session: Session, entity_id: str, customer_id: str, currency: str) -> int:
    """What a seller holds for a buyer in a currency, in minor units."""
    parameters = Parameters(session.dialect)
    rows = await session.fetch(
        f"SELECT coalesce(sum({HELD}), 0) AS held FROM ledger_entry WHERE {tenant_sql(scope, _TABLE, parameters)}"
        f" AND entity_id = {parameters.add(entity_id)} AND customer_id = {parameters.add(customer_id)}"
        f" AND currency = {parameters.add(currency)} AND {ON_BALANCE}",
        *parameters.values,
    )
    return int(rows[0]["held"])


async def check(scope: Scope, session: Session, entity_id: str) -> list[str]:
    """What is wrong with a seller's ledger, in sentences, at most 100 of each kind; nothing where all is well.

    That all accounts together are zero needs no check: an entry takes from one what it adds to another. Each entry
    stands between the accounts of its kind, and what undoes one mirrors it; a document's receivable is what is due of
    it; what its row says is paid and credited is what the ledger says; and no buyer's balance is below zero.
    """
    return [
        *await _postings(scope, session, entity_id),
        *await _documents(scope, session, entity_id),
        *await _overdrawn(scope, session, entity_id),
    ]


async def _postings(scope: Scope, session: Session, entity_id: str) -> list[str]:
    """Entries between accounts that their kind does not move, and mirrors that do not mirror."""
    parameters = Parameters(session.dialect)
    tenant = tenant_sql(scope, _TABLE, parameters, alias="e")
    entity = parameters.add(entity_id)
    rows = await session.fetch(
        "SELECT e.id, e.kind, e.debit, e.credit FROM ledger_entry e LEFT JOIN ledger_entry o"
        " ON o.platform_id = e.platform_id AND o.id = e.reverses_id AND o.entity_id = e.entity_id"
        f" WHERE {tenant} AND e.entity_id = {entity} AND NOT ({_ALLOWED})"
        f" ORDER BY e.id LIMIT {_MOST_FINDINGS}",
        *parameters.values,
    )
    return [f"{row['id']} ({row['kind']}) debits {row['debit']} and credits {row['credit']}" for row in rows]


def _allowed() -> str:
    # Names of our own enumerations, nothing of a caller's.
    pairs = [
        f"(e.kind = '{kind}' AND e.debit = '{debit}' AND e.credit = '{credit}' AND e.reverses_id IS NULL)"
        for kind, (debit, credit) in POSTINGS.items()
    ]
    mirrors = ", ".join(f"'{kind}'" for kind in sorted(MIRRORS))
    same = " AND ".join(f"e.{name} = o.{name}" for name in ("customer_id", "currency", "amount_minor"))
    # A mirror without its original compares with nulls, and is not allowed.
    pairs.append(f"(e.kind IN ({mirrors}) AND coalesce(e.debit = o.credit AND e.credit = o.debit AND {same}, FALSE))")
    return " OR ".join(pairs)


_ALLOWED: Final = _allowed()


async def _documents(scope: Scope, session: Session, entity_id: str) -> list[str]:
    parameters = Parameters(session.dialect)
    tenant = tenant_sql(scope, _TABLE, parameters)
    entity = parameters.add(entity_id)
    signed = "CASE WHEN debit = 'RECEIVABLE' THEN amount_minor ELSE -amount_minor END"
    kinds = "kind IN ('INVOICE', 'VOID')"
    rows = await session.fetch(
        "SELECT i.id, i.gross_minor, i.paid_minor, i.credited_minor, i.due_minor, i.status,"
        " coalesce(e.due, 0) AS due, coalesce(e.billed, 0) AS billed, coalesce(e.credited, 0) AS credited,"
        " coalesce(e.paid, 0) AS paid FROM ("
        f"SELECT id, gross_minor, paid_minor, credited_minor, due_minor, status FROM invoice WHERE {tenant}"
        f" AND entity_id = {entity} AND status IN ('FINALIZED', 'VOID') AND {COUNTS} AND {SIGN} > 0) i LEFT JOIN ("
        f"SELECT invoice_id, sum({signed}) AS due, sum(CASE WHEN {kinds} THEN {signed} ELSE 0 END) AS billed,"
        f" sum(CASE WHEN kind = 'CREDIT' THEN -({signed}) ELSE 0 END) AS credited,"
        f" sum(CASE WHEN {kinds} OR kind = 'CREDIT' THEN 0 ELSE -({signed}) END) AS paid"
        f" FROM ledger_entry WHERE {tenant} AND entity_id = {entity} AND invoice_id IS NOT NULL"
        " AND (debit = 'RECEIVABLE' OR credit = 'RECEIVABLE') GROUP BY invoice_id) e ON e.invoice_id = i.id"
        " WHERE coalesce(e.due, 0) <> CASE WHEN i.status = 'VOID' THEN 0 ELSE i.due_minor END"
        " OR coalesce(e.billed, 0) <> CASE WHEN i.status = 'VOID' THEN 0 ELSE i.gross_minor END"
        " OR coalesce(e.credited, 0) <> i.credited_minor OR coalesce(e.paid, 0) <> i.paid_minor"
        f" ORDER BY i.id LIMIT {_MOST_FINDINGS}",
        *parameters.values,
    )
    return [
        f"{row['id']} ({row['status']}): the ledger says {row['billed']} billed, {row['paid']} paid,"
        f" {row['credited']} credited and {row['due']} due; the document {row['gross_minor']}, {row['paid_minor']},"
        f" {row['credited_minor']} and {row['due_minor']}"
        for row in rows
    ]


async def _overdrawn(scope: Scope, session: Session, entity_id: str) -> list[str]:
    parameters = Parameters(session.dialect)
    tenant = tenant_sql(scope, _TABLE, parameters)
    rows = await session.fetch(
        f"SELECT customer_id, currency, sum({HELD}) AS held FROM ledger_entry WHERE {tenant}"
        f" AND entity_id = {parameters.add(entity_id)} AND {ON_BALANCE} GROUP BY customer_id, currency"
        f" HAVING sum({HELD}) < 0 ORDER BY customer_id LIMIT {_MOST_FINDINGS}",
        *parameters.values,
    )
    return [f"the balance of {row['customer_id']} is {row['held']} {row['currency']}" for row in rows]
