"""Triggers that keep finalized documents as they are, whatever sends the statement: written from `app.db.frozen`.

What was finalized changes in its mutable columns only, is voided at most once, and is never deleted; its lines do not
change at all; a series never goes back. A column that nobody declared mutable is frozen.

Finalizing writes a document and its lines together. On PostgreSQL that is one statement, and a trigger's STABLE
function sees the table as it was before the statement: lines may be written with the document that they are of, never
later. On SQLite `app.db.writes` writes the lines before the document.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.db.frozen import FROZEN, VOIDING
from app.db.tables import Dialect

_ISSUED: Final = "('FINALIZED', 'VOID')"
_FROZEN: Final = "a finalized document is frozen; correct it by a credit note"
_KEPT: Final = "a finalized document is never deleted"
_LINES: Final = "the lines of a finalized document are frozen"
_SERIES: Final = "a series never goes back"


def trigger_sql(dialect: Dialect) -> Iterator[str]:
    """The statements that make all triggers, with the functions they call on PostgreSQL."""
    if dialect == "postgres":
        yield (
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$\n"
            "BEGIN\n    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;\n"
            "END $$"
        )
        yield (
            "CREATE FUNCTION refuse_lines_of_issued() RETURNS trigger LANGUAGE plpgsql STABLE AS $$\n"
            "BEGIN\n"
            f"    {_postgres_lines('INSERT', ('NEW',))}\n"
            f"    {_postgres_lines('UPDATE', ('OLD', 'NEW'))}\n"
            f"    {_postgres_lines('DELETE', ('OLD',))}\n"
            "    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n"
            "    RETURN NEW;\n"
            "END $$"
        )
    yield _refusing(dialect, "tg_invoice_frozen", "UPDATE ON invoice", _invoice_changed(dialect), _FROZEN)
    yield _refusing(dialect, "tg_invoice_kept", "DELETE ON invoice", f"OLD.status IN {_ISSUED}", _KEPT)
    yield _refusing(dialect, "tg_series_grows", "UPDATE ON series", "NEW.last_number < OLD.last_number", _SERIES)
    if dialect == "postgres":
        yield (
            "CREATE TRIGGER tg_invoice_line_frozen BEFORE INSERT OR UPDATE OR DELETE ON invoice_line"
            " FOR EACH ROW EXECUTE FUNCTION refuse_lines_of_issued()"
        )
        return
    for command, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
        condition = " OR ".join(f"EXISTS ({_issued(row)})" for row in rows)
        yield _refusing(dialect, f"tg_invoice_line_{command.lower()}", f"{command} ON invoice_line", condition, _LINES)


def _invoice_changed(dialect: Dialect) -> str:
    """Whether an update of an issued document changes what must stay. Drafts are through after the first comparison."""
    differs = "IS DISTINCT FROM" if dialect == "postgres" else "IS NOT"
    changed = " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in FROZEN["invoice"])
    voiding = " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in VOIDING)
    return (
        f"OLD.status IN {_ISSUED} AND ("
        "(OLD.status <> NEW.status AND NOT (OLD.status = 'FINALIZED' AND NEW.status = 'VOID'))"
        f" OR (OLD.pdf_sha256 IS NOT NULL AND OLD.pdf_sha256 {differs} NEW.pdf_sha256)"
        f" OR (OLD.status = 'VOID' AND ({voiding}))"
        f" OR {changed})"
    )


def _refusing(dialect: Dialect, name: str, command: str, condition: str, message: str) -> str:
    head = f"CREATE TRIGGER {name} BEFORE {command} FOR EACH ROW WHEN ({condition})"
    if dialect == "postgres":
        return f"{head} EXECUTE FUNCTION refuse('{message}')"
    return f"{head} BEGIN SELECT RAISE(ABORT, '{message}'); END"


def _issued(row: str) -> str:
    return f"SELECT 1 FROM invoice WHERE id = {row}.invoice_id AND status IN {_ISSUED}"


def _postgres_lines(command: str, rows: tuple[str, ...]) -> str:
    # Row by row over the primary key: some microseconds a line.
    conditions = " OR ".join(f"EXISTS ({_issued(row)})" for row in rows)
    return (
        f"IF TG_OP = '{command}' AND ({conditions}) THEN"
        f" RAISE EXCEPTION '{_LINES}' USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME; END IF;"
    )
