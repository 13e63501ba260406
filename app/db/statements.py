"""What the ledger says of buyers: what they owe, what is held for them, their statements, and how late they are.

All in minor units per currency, for many buyers in one statement of SQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, Final, Literal

from app.db.document_sql import COUNTS, SIGN
from app.db.ledger import HELD, ON_BALANCE
from app.db.page_batches import Parent
from app.db.query import tenant_sql
from app.db.tables import TABLES, decode_value
from app.db.transaction import Session
from app.db.where import OneOf, Parameters, to_sql
from app.domain.ledger import BUYERS_ACCOUNTS, EntryKind
from app.domain.scope import Scope

_TABLE: Final = TABLES["ledger_entry"]
_INVOICES: Final = TABLES["invoice"]
_BUYERS: Final = ", ".join(f"'{account}'" for account in BUYERS_ACCOUNTS)
# What an entry adds to what the buyer owes less what is held for it; zero where it only moves between the two.
_OWED: Final = (
    f"CASE WHEN debit IN ({_BUYERS}) THEN amount_minor ELSE 0 END"
    f" - CASE WHEN credit IN ({_BUYERS}) THEN amount_minor ELSE 0 END"
)
BUCKETS: Final = ("current", "days_1_30", "days_31_60", "days_61_90", "over_90")
_STEPS: Final = (0, 30, 60, 90)


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a statement. `owed_minor` is positive for what the buyer owes more by it; `running_minor` is what it
    owes after it.
    """

    id: str
    kind: EntryKind
    occurred_at: datetime
    invoice_id: str | None
    payment_id: str | None
    number: str | None
    reference: str | None
    owed_minor: int
    running_minor: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Which statement: of the entries from `since` to before `until`, those after an instant and an id."""

    currency: str
    since: datetime
    until: datetime
    after: tuple[datetime, str] | None
    limit: int


@dataclass(slots=True)
class Found:
    """A buyer's statement: what it owed before and after the period, and a part of the entries between."""

    opening_minor: int
    closing_minor: int
    lines: list[Line]


async def owed(scope: Scope, session: Session, buyers: Sequence[Parent]) -> dict[str, list[tuple[str, int]]]:
    """What buyers owe less what is held for them, by buyer and currency; zeros are left out."""
    return await _sums(scope, session, buyers, _OWED, "TRUE")


async def held(scope: Scope, session: Session, buyers: Sequence[Parent]) -> dict[str, list[tuple[str, int]]]:
    """What is held for buyers, by buyer and currency; zeros are left out."""
    return await _sums(scope, session, buyers, HELD, ON_BALANCE)


async def _sums(
    scope: Scope, session: Session, buyers: Sequence[Parent], amount: str, condition: str
) -> dict[str, list[tuple[str, int]]]:
    parameters = Parameters(session.dialect)
    rows = await session.fetch(
        f"SELECT customer_id, currency, sum({amount}) AS total FROM ledger_entry"
        f" WHERE {_of(scope, buyers, parameters)} AND {condition}"
        " GROUP BY customer_id, currency ORDER BY customer_id, currency",
        *parameters.values,
    )
    found: dict[str, list[tuple[str, int]]] = {buyer.id: [] for buyer in buyers}
    for row in rows:
        if row["total"]:
            found[row["customer_id"]].append((row["currency"], int(row["total"])))
    return found


def _of(scope: Scope, buyers: Sequence[Parent], parameters: Parameters) -> str:
    """The entries of these buyers; the seller comes before the buyer in the index."""
    sellers = to_sql(OneOf("entity_id", sorted({str(buyer.entity_id) for buyer in buyers})), _TABLE, parameters)
    among = to_sql(OneOf("customer_id", sorted({buyer.id for buyer in buyers})), _TABLE, parameters)
    return f"{tenant_sql(scope, _TABLE, parameters)} AND {sellers} AND {among}"


async def statements(scope: Scope, session: Session, buyers: Sequence[Parent], asked: Asked) -> dict[str, Found]:
    """Buyers' statements over the same period, at most `limit` entries each, in the order in which they count."""
    found = {buyer.id: Found(0, 0, []) for buyer in buyers}
    parameters = Parameters(session.dialect)
    since = parameters.of(_TABLE.columns["occurred_at"], asked.since)
    rows = await session.fetch(
        f"SELECT customer_id, sum({_OWED}) AS closing, sum(CASE WHEN occurred_at < {since} THEN {_OWED} ELSE 0 END)"
        f" AS opening FROM ledger_entry WHERE {_of(scope, buyers, parameters)} AND {_within(asked, parameters)}"
        " GROUP BY customer_id",
        *parameters.values,
    )
    for row in rows:
        found[row["customer_id"]] = Found(int(row["opening"]), int(row["closing"]), [])
    for row in await _lines(scope, session, buyers, asked):
        found[row["customer_id"]].lines.append(_line(row, session))
    return found


def _within(asked: Asked, parameters: Parameters) -> str:
    until = parameters.of(_TABLE.columns["occurred_at"], asked.until)
    return f"currency = {parameters.add(asked.currency)} AND occurred_at < {until}"


async def _lines(scope: Scope, session: Session, buyers: Sequence[Parent], asked: Asked) -> Sequence[Any]:
    parameters = Parameters(session.dialect)
    instant = _TABLE.columns["occurred_at"]
    names = "id, customer_id, platform_id, kind, occurred_at, invoice_id, payment_id, reference"
    entries = (
        f"SELECT {names}, {_OWED} AS owed FROM ledger_entry"
        f" WHERE {_of(scope, buyers, parameters)} AND {_within(asked, parameters)}"
    )
    # Summed from the very first entry, so that any page shows what was owed after each.
    running = (
        f"SELECT {names}, owed, sum(owed) OVER (PARTITION BY customer_id ORDER BY occurred_at, id) AS running"
        f" FROM ({entries}) entries WHERE owed <> 0"
    )
    shown = f"occurred_at >= {parameters.of(instant, asked.since)}"
    if asked.after is not None:
        at, row_id = asked.after
        shown += f" AND (occurred_at, id) > ({parameters.of(instant, at)}, {parameters.add(row_id)})"
    placed = (
        "SELECT *, row_number() OVER (PARTITION BY customer_id ORDER BY occurred_at, id) AS place"
        f" FROM ({running}) running WHERE {shown}"
    )
    return await session.fetch(
        "SELECT e.*, i.number, coalesce(e.reference, p.reference) AS named"
        f" FROM ({placed}) e LEFT JOIN invoice i ON i.platform_id = e.platform_id AND i.id = e.invoice_id"
        " LEFT JOIN payment p ON p.platform_id = e.platform_id AND p.id = e.payment_id"
        f" WHERE e.place <= {parameters.add(asked.limit)} ORDER BY e.customer_id, e.occurred_at, e.id",
        *parameters.values,
    )


def _line(row: Any, session: Session) -> Line:
    return Line(
        id=row["id"],
        kind=EntryKind(row["kind"]),
        occurred_at=decode_value(_TABLE.columns["occurred_at"], row["occurred_at"], session.dialect),
        invoice_id=row["invoice_id"],
        payment_id=row["payment_id"],
        number=row["number"],
        reference=row["named"],
        owed_minor=int(row["owed"]),
        running_minor=int(row["running"]),
    )


async def ageing(
    scope: Scope,
    session: Session,
    owner: Literal["entity_id", "customer_id"],
    owners: Sequence[Parent],
    as_of: date,
    *,
    before: datetime | None,
) -> dict[str, list[tuple[str, list[int]]]]:
    """What is due of finalized documents by how late it is on a day, per owner and currency: an amount per bucket.

    As it stands now, or with `before` as the ledger stood at that instant.
    """
    parameters = Parameters(session.dialect)
    due = _due_now(scope, owner, owners, parameters) if before is None else ""
    if before is not None:
        due = _due_before(scope, owner, owners, parameters, before)
    limits = [parameters.of(_INVOICES.columns["due_date"], as_of - timedelta(days=days)) for days in _STEPS]
    late = ["due_date >= " + limits[0]]
    late += [f"due_date < {newer} AND due_date >= {older}" for newer, older in pairwise(limits)]
    late.append("due_date < " + limits[-1])
    sums = ", ".join(
        f"sum(CASE WHEN {condition} THEN due ELSE 0 END) AS {name}"
        for name, condition in zip(BUCKETS, late, strict=True)
    )
    rows = await session.fetch(
        f"SELECT owner, currency, {sums} FROM ({due}) d GROUP BY owner, currency ORDER BY owner, currency",
        *parameters.values,
    )
    found: dict[str, list[tuple[str, list[int]]]] = {one.id: [] for one in owners}
    for row in rows:
        found[row["owner"]].append((row["currency"], [int(row[name]) for name in BUCKETS]))
    return found


def _due_now(scope: Scope, owner: str, owners: Sequence[Parent], parameters: Parameters) -> str:
    return (
        f"SELECT {owner} AS owner, currency, due_date, due_minor AS due FROM invoice"
        f" WHERE {_among(scope, 'invoice', owner, owners, parameters)}"
        f" AND status = 'FINALIZED' AND due_minor > 0 AND {COUNTS} AND {SIGN} > 0"
    )


def _due_before(scope: Scope, owner: str, owners: Sequence[Parent], parameters: Parameters, before: datetime) -> str:
    signed = "CASE WHEN debit = 'RECEIVABLE' THEN amount_minor ELSE -amount_minor END"
    until = parameters.of(_TABLE.columns["occurred_at"], before)
    return (
        f"SELECT e.owner, i.currency, i.due_date, e.due FROM ("
        f"SELECT platform_id, {owner} AS owner, invoice_id, sum({signed}) AS due FROM ledger_entry"
        f" WHERE {_among(scope, 'ledger_entry', owner, owners, parameters)} AND occurred_at < {until}"
        " AND (debit = 'RECEIVABLE' OR credit = 'RECEIVABLE')"
        f" GROUP BY platform_id, {owner}, invoice_id HAVING sum({signed}) > 0) e"
        " JOIN invoice i ON i.platform_id = e.platform_id AND i.id = e.invoice_id"
    )


def _among(scope: Scope, table: str, owner: str, owners: Sequence[Parent], parameters: Parameters) -> str:
    info = TABLES[table]
    sellers = to_sql(OneOf("entity_id", sorted({str(one.entity_id) for one in owners})), info, parameters)
    sql = f"{tenant_sql(scope, info, parameters)} AND {sellers}"
    if owner == "customer_id":
        sql += f" AND {to_sql(OneOf(owner, sorted({one.id for one in owners})), info, parameters)}"
    return sql
