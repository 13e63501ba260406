"""The migration that enters what was declared before reads all tenants' documents, row-level security or not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import asyncpg

from tests.db.test_event_migration import scripts, sql_of
from tests.db.test_ledger_migration import AT, Column, row

NUMBER = 18
TABLES = ("platform", "entity", "customer", "invoice", "invoice_line")
DECISION = {
    "treatment": "OSS",
    "category": "S",
    "percent": "20",
    "country": "FR",
    "rule": "eu.goods.distance_sale.oss",
    "inputs": {"origin": "DE"},
}


def old_rows(columns: dict[str, list[Column]]) -> Iterator[str]:
    """Two goods of one group, decided differently, with a discount of 10.00 on both; voided near midnight in Tokyo."""
    yield f"INSERT INTO account (id, name, created_at) VALUES ('acc', 'x', '{AT}')"
    yield row("platform", columns["platform"], id="plat", account_id="acc", mode="LIVE")
    own = {"platform_id": "plat", "entity_id": "ent_a"}
    yield row("entity", columns["entity"], platform_id="plat", id="ent_a", time_zone="Asia/Tokyo")
    yield row("customer", columns["customer"], id="cus_a", **own)
    group = {"category": "S", "percent": "20", "country": "FR", "base_minor": 9000, "tax_minor": 1800}
    yield row(
        "invoice",
        columns["invoice"],
        id="inv_1",
        customer_id="cus_a",
        number="1",
        sequence_number=1,
        status="VOID",
        content_hash="x",
        currency="EUR",
        issue_date="2026-03-10",
        supply_date="2026-03-09",
        taxes=json.dumps([group]),
        voided_at="2026-03-31 18:00:00+00:00",
        **own,
    )
    for position, (net, rule) in enumerate(((7500, DECISION["rule"]), (2500, "eu.goods.distance_sale.origin")), 1):
        yield row(
            "invoice_line",
            columns["invoice_line"],
            id=f"invl_{position}",
            invoice_id="inv_1",
            position=position,
            net_minor=net,
            tax_minor=net // 5,
            tax_class="STANDARD",
            supply=json.dumps({"kind": "GOODS", "nature": "SHIPPING"}),
            decision=json.dumps({**DECISION, "rule": rule}),
            **own,
        )


async def test_by_an_owner_that_row_level_security_binds(new_postgres_database: Callable[..., str]) -> None:
    connection: Any = await asyncpg.connect(new_postgres_database())
    name = await connection.fetchval("SELECT current_database()")
    owner = f"owner_of_{name}"
    await connection.execute(
        f"CREATE ROLE {owner} NOSUPERUSER NOBYPASSRLS; GRANT CREATE ON DATABASE {name} TO {owner};"
        f" GRANT ALL ON SCHEMA public TO {owner}"
    )
    for number, path in scripts("postgres"):
        if number == NUMBER:
            columns = {}
            for table in TABLES:
                found = await connection.fetch(
                    "SELECT column_name, data_type FROM information_schema.columns"
                    f" WHERE table_name = '{table}' AND is_nullable = 'NO'"
                )
                columns[table] = [(one[0], one[1] in ("integer", "bigint", "boolean", "numeric")) for one in found]
            await connection.execute("SET session_replication_role = replica")
            for statement in old_rows(columns):
                await connection.execute(statement)
            await connection.execute("SET session_replication_role = origin")
        async with connection.transaction():
            await connection.execute(f"SET LOCAL ROLE {owner}")
            await connection.execute(await sql_of(path))

    rows = await connection.fetch(
        "SELECT id, date, of_date, rule, percent, nature, origin, document_count, base_minor, tax_minor, reverses_id"
        " FROM tax_entry ORDER BY date, id"
    )
    kept = (Decimal(20), "GENERAL", "DE")
    oss, origin = "eu.goods.distance_sale.oss", "eu.goods.distance_sale.origin"
    supplied, voided = date(2026, 3, 9), date(2026, 4, 1)
    # 90.00 of the group are 75 : 25, and its VAT of 18.00 likewise
    assert [tuple(one) for one in rows] == [
        ("txe_1", supplied, supplied, oss, *kept, 1, 6750, 1350, None),
        ("txe_2", supplied, supplied, origin, *kept, 0, 2250, 450, None),
        ("txev_1", voided, supplied, oss, *kept, -1, -6750, -1350, "txe_1"),
        ("txev_2", voided, supplied, origin, *kept, 0, -2250, -450, "txe_2"),
    ]
    forced = await connection.fetch(
        "SELECT relname FROM pg_class WHERE relname = ANY($1::text[]) AND NOT relforcerowsecurity",
        ["entity", "invoice", "invoice_line", "tax_entry"],
    )
    assert forced == []
    await connection.close()
