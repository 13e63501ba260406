"""The schema that the models declare, as SQL for either dialect.

The first migration was written from this, and a test holds every later one against it: the database that the
migrations make and the one that this makes must be the same.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from app.db.tables import TABLES, Column, Dialect, Kind, TableInfo

# The platform whose rows a PostgreSQL session may touch. After a transaction the setting reads '', not NULL.
_PLATFORM_SETTING: Final = "nullif(current_setting('app.platform', true), '')"
_KEY_SETTING: Final = "nullif(current_setting('app.key_hash', true), '')"
_CHANNEL_SETTING: Final = "nullif(current_setting('app.channel', true), '')"
_WORKER: Final = "current_setting('app.worker', true) = 'on'"

# Which rows the product's own loops may read across platforms, to learn where there is work.
_WORKER_READS: Final = ("event", "webhook_endpoint", "webhook_delivery", "job", "email_message")

_SQLITE_TYPES: Final = {
    Kind.ENUM: "VARCHAR(32)",
    Kind.INTEGER: "INT",
    Kind.BIGINT: "BIGINT",
    Kind.BOOLEAN: "INT",
    Kind.DECIMAL: "VARCHAR(40)",
    Kind.DATE: "DATE",
    Kind.INSTANT: "TIMESTAMP",
    Kind.JSON: "TEXT",
    Kind.BYTES: "BLOB",
}
_POSTGRES_TYPES: Final = {
    Kind.ENUM: 'VARCHAR(32) COLLATE "C"',
    Kind.INTEGER: "INT",
    Kind.BIGINT: "BIGINT",
    Kind.BOOLEAN: "BOOL",
    Kind.DECIMAL: "NUMERIC(24,{})",
    Kind.DATE: "DATE",
    Kind.INSTANT: "TIMESTAMPTZ",
    Kind.JSON: "TEXT",
    Kind.BYTES: "BYTEA",
}


def schema_sql(dialect: Dialect) -> str:
    """All statements that make an empty database into ours, parents first, each ending in a semicolon."""
    statements = [statement for table in TABLES.values() for statement in _table_sql(table, dialect)]
    if dialect == "postgres":
        statements += [statement for table in TABLES.values() for statement in row_security_sql(table)]
    statements += [statement for table in TABLES.values() for statement in append_only_sql(table, dialect)]
    return ";\n".join(statements) + ";\n"


def _table_sql(table: TableInfo, dialect: Dialect) -> Iterator[str]:
    parts = [_column_sql(column, table, dialect) for column in table.columns.values()]
    parts += [_check(table, f"ck_{table.name}_{i}", check) for i, check in enumerate(table.model.checks, 1)]
    for columns in table.model.unique:
        if isinstance(columns[0], tuple):
            continue
        parts.append(f"CONSTRAINT {_name('uq', table, columns)} UNIQUE ({', '.join(columns)})")
    for columns, parent, parent_columns in table.model.references:
        parts.append(
            f"CONSTRAINT {_name('fk', table, columns)} FOREIGN KEY ({', '.join(columns)}) "
            f"REFERENCES {parent} ({', '.join(parent_columns)})"
        )
    yield f"CREATE TABLE {table.name} (\n    " + ",\n    ".join(parts) + "\n)"
    for declared in table.model.indexes:
        columns, condition = declared if isinstance(declared[0], tuple) else (declared, None)
        where = f" WHERE {condition}" if condition else ""
        kind = "px" if condition else "ix"
        yield f"CREATE INDEX {_name(kind, table, columns)} ON {table.name} ({', '.join(columns)}){where}"
    for declared in table.model.unique:
        if isinstance(declared[0], tuple):
            columns, condition = declared
            name = _name("ux", table, columns)
            yield f"CREATE UNIQUE INDEX {name} ON {table.name} ({', '.join(columns)}) WHERE {condition}"


def _column_sql(column: Column, table: TableInfo, dialect: Dialect) -> str:
    if column.name == table.primary_key and column.generated:
        identity = "BIGINT GENERATED ALWAYS AS IDENTITY (CACHE 1) PRIMARY KEY"
        return f"{column.name} " + (identity if dialect == "postgres" else "INTEGER PRIMARY KEY AUTOINCREMENT")
    sql = f"{column.name} {_type(column, dialect)}"
    if not column.nullable:
        sql += " NOT NULL"
    if column.name == table.primary_key:
        sql += " PRIMARY KEY"
    if column.default is not None:
        sql += f" DEFAULT {_literal(column.default)}"
    if column.enum is not None:
        values = ", ".join(f"'{member.value}'" for member in column.enum)
        sql += f" CHECK ({column.name} IN ({values}))"
    elif column.kind is Kind.TEXT and column.length and dialect == "sqlite":
        # SQLite ignores the length of a type.
        sql += f" CHECK (length({column.name}) <= {column.length})"
    return sql


def _literal(value: object) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value)


def _type(column: Column, dialect: Dialect) -> str:
    if column.kind is Kind.TEXT:
        name = f"VARCHAR({column.length})" if column.length else "TEXT"
        return f'{name} COLLATE "C"' if dialect == "postgres" and column.length else name
    return (_SQLITE_TYPES if dialect == "sqlite" else _POSTGRES_TYPES)[column.kind].format(column.length)


def _check(table: TableInfo, name: str, condition: str) -> str:
    return f"CONSTRAINT {name} CHECK ({condition})"


def _name(kind: str, table: TableInfo, columns: Sequence[str]) -> str:
    # An index over an expression is named after the column inside it.
    plain = [re.sub(r"\W*coalesce\((\w+).*", r"\1", column) for column in columns]
    rest = [column for column in plain if column != "platform_id"] or ["platform"]
    name = f"{kind}_{table.name}_{'_'.join(rest)}"
    if len(name) <= 60:
        return name
    return f"{name[:51]}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def append_only_sql(table: TableInfo, dialect: Dialect) -> Iterator[str]:
    """What makes the database refuse to change or delete rows of a table whose model says so."""
    if not table.model.append_only:
        return
    refusal = f"rows of {table.name} are only ever added"
    if dialect == "sqlite":
        for command in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {table.name}_no_{command.lower()} BEFORE {command} ON {table.name}\n"
                f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            )
        return
    yield (
        f"CREATE FUNCTION {table.name}_append_only() RETURNS trigger LANGUAGE plpgsql AS\n"
        f"$$BEGIN RAISE EXCEPTION '{refusal}'; END$$"
    )
    yield (
        f"CREATE TRIGGER {table.name}_append_only BEFORE UPDATE OR DELETE ON {table.name}"
        f" FOR EACH ROW EXECUTE FUNCTION {table.name}_append_only()"
    )


def row_security_sql(table: TableInfo) -> Iterator[str]:
    """Row-level security of one table on PostgreSQL. FORCE binds the table's owner too."""
    yield f"ALTER TABLE {table.name} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table.name} FORCE ROW LEVEL SECURITY"
    for name, command, condition in _policies(table):
        check = f" WITH CHECK ({condition})" if command == "ALL" else ""
        yield f"CREATE POLICY {name} ON {table.name} FOR {command} USING ({condition}){check}"


def _policies(table: TableInfo) -> Iterator[tuple[str, str, Any]]:
    match table.name:
        case "account":
            yield "registry", "ALL", _WORKER
            yield "own", "SELECT", f"id IN (SELECT account_id FROM platform WHERE id = {_PLATFORM_SETTING})"
        case "platform":
            yield "registry", "ALL", _WORKER
            yield "tenant", "ALL", f"id = {_PLATFORM_SETTING}"
        case "schedule":
            yield "registry", "ALL", _WORKER
        case _:
            yield "tenant", "ALL", f"platform_id = {_PLATFORM_SETTING}"
    if table.name == "api_key":
        yield "registry", "ALL", _WORKER
        # A key is looked up by its hash before its platform is known: this opens that row and no other.
        yield "own_hash", "SELECT", f"key_hash = {_KEY_SETTING}"
    if table.name == "order_channel":
        # So is a channel by its id, which whoever sends to it knows.
        yield "own_id", "SELECT", f"id = {_CHANNEL_SETTING}"
    if table.name in _WORKER_READS:
        yield "worker", "SELECT", _WORKER
