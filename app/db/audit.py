"""Finalized documents as they lie in the database, byte for byte, read in chunks for whoever audits them.

An audit must not fall over what it is to find: a row that cannot be read as one is told of, not raised.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.db.query import tenant_sql
from app.db.records import field_names, maker
from app.db.rows import InvoiceLineRow, InvoiceRow, SeriesRow
from app.db.seal import sealed_text
from app.db.tables import TABLES, Column, Dialect, Kind, decode_value, encode
from app.db.transaction import Session
from app.db.where import OneOf, Parameters, to_sql
from app.domain.lifecycle import payment_status
from app.domain.scope import Scope

# Documents read at once, and odd ones named at most.
CHUNK: Final = 200
MAX_STRAYS: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """A numbered document's row with its lines.

    `invoice` is None where the row, or a line of it, cannot be read; `flaws` are the columns whose bytes are not what
    this product writes for their value.
    """

    id: str
    sequence_number: int | None
    raw: Mapping[str, Any]
    invoice: InvoiceRow | None
    lines: tuple[InvoiceLineRow, ...]
    flaws: tuple[str, ...]

    @property
    def sealed(self) -> str:
        """The text that its seal is over, of the rows as they are; empty where they cannot be read."""
        return "" if self.invoice is None else sealed_text(self.invoice, self.lines)

    def contradictions(self) -> list[tuple[str, object, object]]:
        """Columns that may change and contradict the others: the column, what it would have to be, what it is."""
        row = self.invoice
        if row is None:
            return []
        settled = row.paid_minor + row.credited_minor
        status = payment_status(
            gross_minor=row.gross_minor, paid_minor=row.paid_minor, credited_minor=row.credited_minor
        )
        pairs = [
            ("due_minor", row.gross_minor - settled, row.due_minor),
            ("payment_status", status.value, row.payment_status.value),
            ("voided_by", row.voided_at is not None, row.voided_by is not None),
            ("void_reason", row.void_reason is not None and row.voided_at is None, False),
        ]
        found: list[tuple[str, object, object]] = [pair for pair in pairs if pair[1] != pair[2]]
        if row.due_minor < 0:
            found.append(("due_minor", "0 or more", row.due_minor))
        return found


async def documents_after(
    scope: Scope, session: Session, series: SeriesRow, after: tuple[int, str], *, limit: int = CHUNK
) -> list[StoredDocument]:
    """The next documents of a series up to its head as it was read, in the order of their numbers."""
    table = TABLES["invoice"]
    parameters = Parameters(session.dialect)
    where = tenant_sql(scope, table, parameters)
    sql = (
        f"SELECT {', '.join(table.columns)} FROM invoice WHERE {where}"
        f" AND entity_id = {parameters.add(series.entity_id)} AND series_id = {parameters.add(series.id)}"
        f" AND (sequence_number, id) > ({parameters.add(after[0])}, {parameters.add(after[1])})"
        f" AND sequence_number <= {parameters.add(series.last_number)}"
        f" ORDER BY sequence_number, id LIMIT {parameters.add(limit)}"
    )
    records = await session.fetch(sql, *parameters.values)
    lines = await _lines(scope, session, series.entity_id, [str(record["id"]) for record in records])
    return [_stored(record, lines, session.dialect) for record in records]


async def _lines(
    scope: Scope, session: Session, entity_id: str, invoice_ids: Sequence[str]
) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {invoice_id: [] for invoice_id in invoice_ids}
    if not invoice_ids:
        return found
    table = TABLES["invoice_line"]
    parameters = Parameters(session.dialect)
    names = ", ".join(table.columns)
    where = f"{tenant_sql(scope, table, parameters)} AND entity_id = {parameters.add(entity_id)}"
    if session.dialect == "postgres":
        # Document by document over the unique key, whatever the planner believes of the table.
        sql = (
            f"SELECT line.* FROM unnest({parameters.add(list(invoice_ids))}::text[]) AS wanted(id) CROSS JOIN LATERAL ("
            f"SELECT {names} FROM invoice_line WHERE {where} AND invoice_id = wanted.id ORDER BY position, id) AS line"
        )
    else:
        chosen = to_sql(OneOf("invoice_id", list(invoice_ids)), table, parameters)
        sql = f"SELECT {names} FROM invoice_line WHERE {where} AND {chosen} ORDER BY invoice_id, position, id"
    for record in await session.fetch(sql, *parameters.values):
        found[record["invoice_id"]].append(record)
    return found


def _stored(
    record: Mapping[str, Any], lines: Mapping[str, Sequence[Mapping[str, Any]]], dialect: Dialect
) -> StoredDocument:
    flaws: list[str] = []
    invoice = _row("invoice", InvoiceRow, record, dialect, "", flaws)
    read = [
        _row("invoice_line", InvoiceLineRow, line, dialect, f"line {line['position']}: ", flaws)
        for line in lines[record["id"]]
    ]
    return StoredDocument(
        id=str(record["id"]),
        sequence_number=record["sequence_number"],
        raw=dict(record),
        invoice=None if None in read else invoice,
        lines=tuple(line for line in read if line is not None),
        flaws=tuple(flaws),
    )


def _row(
    table: str, kind: Any, record: Mapping[str, Any], dialect: Dialect, prefix: str, flaws: list[str]
) -> Any | None:
    """The row, or None where a column cannot be read; columns that are not as they are written are added to `flaws`."""
    values, readable = {}, True
    for name, column in TABLES[table].columns.items():
        try:
            values[name] = decode_value(column, record[name], dialect)
            if not _is_as_written(column, values[name], record[name], dialect):
                flaws.append(f"{prefix}{name}")
        except (ValueError, TypeError, ArithmeticError):
            flaws.append(f"{prefix}{name}")
            readable = False
    return maker(kind)([values[name] for name in field_names(kind)]) if readable else None


def _is_as_written(column: Column, value: Any, raw: Any, dialect: Dialect) -> bool:
    if dialect == "postgres" and column.kind is not Kind.JSON:
        # Its types have one form for a value.
        return True
    written = encode(column, value, dialect)
    return type(written) is type(raw) and written == raw


async def series_heads(scope: Scope, session: Session, entity_id: str) -> dict[str, tuple[int, int, int | None]]:
    """For each series of a seller: its last number, how many documents it has, and their greatest number.

    In one statement, so that what is finalized meanwhile is in all three or in none.
    """
    parameters = Parameters(session.dialect)
    where = tenant_sql(scope, TABLES["series"], parameters, alias="s")
    records = await session.fetch(
        "SELECT s.id AS id, s.last_number AS last, count(i.id) AS documents, max(i.sequence_number) AS greatest"
        " FROM series s LEFT JOIN invoice i ON i.platform_id = s.platform_id AND i.entity_id = s.entity_id"
        f" AND i.series_id = s.id WHERE {where} AND s.entity_id = {parameters.add(entity_id)}"
        " GROUP BY s.id, s.last_number",
        *parameters.values,
    )
    return {record["id"]: (record["last"], record["documents"], record["greatest"]) for record in records}


async def strays(scope: Scope, session: Session, entity_id: str) -> list[str]:
    """The ids of numbered or finalized documents of a seller that are in none of its series, at most `MAX_STRAYS`."""
    parameters = Parameters(session.dialect)
    where = tenant_sql(scope, TABLES["invoice"], parameters, alias="i")
    records = await session.fetch(
        "SELECT i.id AS id FROM invoice i LEFT JOIN series s ON s.platform_id = i.platform_id"
        " AND s.entity_id = i.entity_id AND s.id = i.series_id"
        f" WHERE {where} AND i.entity_id = {parameters.add(entity_id)} AND s.id IS NULL"
        " AND (i.status IN ('FINALIZED', 'VOID') OR i.number IS NOT NULL OR i.snapshot IS NOT NULL)"
        f" ORDER BY i.id LIMIT {parameters.add(MAX_STRAYS)}",
        *parameters.values,
    )
    return [record["id"] for record in records]


async def repeated_numbers(scope: Scope, session: Session, entity_id: str) -> list[tuple[str, str]]:
    """Types and numbers that several documents of a seller bear, at most `MAX_STRAYS`."""
    parameters = Parameters(session.dialect)
    where = tenant_sql(scope, TABLES["invoice"], parameters)
    records = await session.fetch(
        f"SELECT type, number FROM invoice WHERE {where} AND entity_id = {parameters.add(entity_id)}"
        " AND number IS NOT NULL GROUP BY type, number HAVING count(*) > 1"
        f" ORDER BY type, number LIMIT {parameters.add(MAX_STRAYS)}",
        *parameters.values,
    )
    return [(record["type"], record["number"]) for record in records]


async def count_numbered(scope: Scope, session: Session, entity_id: str | None) -> int:
    """How many documents of a seller, or of all, the series say there are."""
    parameters = Parameters(session.dialect)
    where = tenant_sql(scope, TABLES["series"], parameters)
    if entity_id is not None:
        where += f" AND entity_id = {parameters.add(entity_id)}"
    (record,) = await session.fetch(
        f"SELECT coalesce(sum(last_number - start_number), 0) AS n FROM series WHERE {where}", *parameters.values
    )
    return int(record["n"])


def date_text(value: date | None) -> str | None:
    """A date as documents state it."""
    return None if value is None else value.isoformat()
