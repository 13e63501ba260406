"""Rules of the house that no other tool checks."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio  # noqa: F401  # the async tests below need it loaded

from app.bootstrap import Application
from app.db import aggregates
from app.db.aggregates import Aggregate
from app.db.models import MODELS
from app.db.orders import ENTITY_ORDERS, INVOICE_ORDERS, ORDER_ORDERS
from app.db.tables import TABLES
from app.graphql import filters

APP = Path(__file__).resolve().parents[2] / "app"
SOURCES = sorted(path for path in APP.rglob("*.py"))
# The registry of tenants, and what belongs to no tenant.
NO_TENANT = {"account", "platform", "schedule", "exchange_rate"}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return str(path.relative_to(APP))


DOMAIN = [path for path in SOURCES if path.is_relative_to(APP / "domain")]


@pytest.mark.parametrize("path", DOMAIN, ids=name_of)
def test_the_domain_knows_no_float(path: Path) -> None:
    for node in ast.walk(tree(path)):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), ast.dump(node)
        assert not (isinstance(node, ast.Name) and node.id == "float"), node.lineno


def _public(module: ast.Module) -> Iterator[ast.AST]:
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node


@pytest.mark.parametrize("path", [path for path in SOURCES if "graphql" not in path.parts], ids=name_of)
def test_modules_and_public_symbols_have_docstrings(path: Path) -> None:
    module = tree(path)
    if path.name != "__init__.py" or module.body:
        assert ast.get_docstring(module), "the module has none"
    for node in _public(module):
        assert ast.get_docstring(node), getattr(node, "name", "")  # type: ignore[arg-type]  # one of the three kinds


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_files_stay_small_and_names_say_something(path: Path) -> None:
    assert path.stem not in {"utils", "helpers", "manager", "common", "misc"}
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 430


# Functions of `db` that take a session but no scope, and why.
NO_SCOPE = {
    "accounts.create_account": "makes the tenants, in a registry session",
}


def test_every_query_function_takes_the_scope_first() -> None:
    for path in sorted((APP / "db").glob("*.py")):
        for node in _public(tree(path)):
            if not isinstance(node, ast.AsyncFunctionDef):
                continue
            arguments = [argument.arg for argument in node.args.args]
            if "session" in arguments and f"{path.stem}.{node.name}" not in NO_SCOPE:
                assert arguments[:2] == ["scope", "session"], f"{path.stem}.{node.name}"


def test_every_table_carries_its_tenant_first_in_every_key() -> None:
    for model in MODELS:
        table = TABLES[model._meta.db_table]
        if table.name in NO_TENANT:
            continue
        assert "platform_id" in table.columns, table.name
        for unique in getattr(model, "unique", ()):
            columns = unique[0] if isinstance(unique[0], tuple) else unique
            assert columns[0] == "platform_id" or columns == ("key_hash",), (table.name, unique)
        for columns, _, targets in getattr(model, "references", ()):
            assert columns[0] == "platform_id", (table.name, columns)
            assert targets[0] in ("platform_id", "id"), (table.name, targets)


AGGREGATES = [value for value in vars(aggregates).values() if isinstance(value, Aggregate)]


@pytest.mark.parametrize("aggregate", AGGREGATES, ids=lambda aggregate: aggregate.table)
def test_rows_are_the_models_columns(aggregate: Aggregate[Any]) -> None:
    names = {field.name for field in fields(aggregate.row_type)}
    assert names == set(TABLES[aggregate.table].columns)


async def test_both_databases_have_the_same_tables_and_columns(
    sqlite_app: Application, postgres_app: Application
) -> None:
    from app.db.transaction import Registry

    async with sqlite_app.database.read(Registry()) as session:
        sqlite = {
            table: {row["name"] for row in await session.fetch(f"SELECT name FROM pragma_table_info('{table}')")}
            for table in TABLES
        }
    async with postgres_app.database.read(Registry()) as session:
        rows = await session.fetch(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        )
    postgres: dict[str, set[str]] = {}
    for row in rows:
        postgres.setdefault(row["table_name"], set()).add(row["column_name"])
    for table, info in TABLES.items():
        assert sqlite[table] == postgres[table] == set(info.columns), table


async def test_row_level_security_is_forced_on_every_table(postgres_app: Application) -> None:
    from app.db.transaction import Registry

    async with postgres_app.database.read(Registry()) as session:
        tables = await session.fetch(
            "SELECT relname, relrowsecurity, relforcerowsecurity,"
            " (SELECT count(*) FROM pg_policy WHERE polrelid = pg_class.oid) AS policies"
            " FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'aerich'"
        )
        roles = await session.fetch(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        )
        owned = await session.fetch(
            "SELECT count(*) AS n FROM pg_class WHERE relkind = 'r' AND pg_get_userbyid(relowner) = current_user"
        )
    assert {row["relname"] for row in tables} == set(TABLES)
    for row in tables:
        assert row["relrowsecurity"], row["relname"]
        assert row["relforcerowsecurity"], row["relname"]
        assert row["policies"] >= 1, row["relname"]
    assert not any(roles[0].values())
    assert owned[0]["n"] == 0


def test_the_apis_orders_are_those_of_the_database() -> None:
    assert set(filters.InvoiceOrder) == set(INVOICE_ORDERS)
    assert set(filters.EntityOrder) == set(ENTITY_ORDERS)
    assert set(filters.ReportOrder) == set(ENTITY_ORDERS)
    assert set(filters.OrderOrder) == set(ORDER_ORDERS)


def test_the_fixture_of_databases_gives_new_ones(new_postgres_database: Callable[..., str]) -> None:
    assert new_postgres_database() != new_postgres_database()
