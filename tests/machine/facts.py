"""All that a platform's books say, read without the product's own functions."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from app.db.frozen import FROZEN
from tests import books
from tests.factories import Client

Row = dict[str, Any]


@dataclass(frozen=True)
class Facts:
    """The rows of documents, their lines, their series, the ledger, the counts of cross-border sales, and what is
    declared.
    """

    invoices: dict[str, Row]
    lines: dict[str, list[Row]]
    series: list[Row]
    entries: list[Row]
    # The counts of cross-border sales by seller and year, and what each document adds to them.
    counts: list[Row]
    counted: dict[str, Row]
    declared: list[Row]

    @property
    def finalized(self) -> list[Row]:
        """What has a number."""
        return [row for row in self.invoices.values() if row["number"] is not None]

    def frozen(self) -> dict[str, tuple[object, ...]]:
        """What may never change again of each finalized document and of its lines, by id."""
        found: dict[str, tuple[object, ...]] = {}
        for row in self.finalized:
            found[row["id"]] = tuple(row[name] for name in FROZEN["invoice"])
            for line in self.lines[row["id"]]:
                found[line["id"]] = tuple(line[name] for name in FROZEN["invoice_line"])
        return found


async def read_facts(client: Client) -> Facts:
    """The books of the client's platform at one moment."""
    scope = await books.scope_of(client)
    async with client.app.database.read(scope) as session:
        found: dict[str, list[Row]] = {}
        tables = ("invoice", "invoice_line", "series", "ledger_entry", "eu_sales", "eu_sales_document", "tax_entry")
        for table in tables:
            sql = f"SELECT * FROM {table} WHERE platform_id = $1 ORDER BY id"
            found[table] = [dict(row) for row in await session.fetch(sql, scope.platform_id)]
    lines: dict[str, list[Row]] = defaultdict(list)
    for line in found["invoice_line"]:
        lines[line["invoice_id"]].append(line)
    return Facts(
        {row["id"]: row for row in found["invoice"]},
        lines,
        found["series"],
        found["ledger_entry"],
        found["eu_sales"],
        {row["id"]: row for row in found["eu_sales_document"]},
        found["tax_entry"],
    )


def groups_of(row: Row) -> dict[tuple[str, str | None, str | None], tuple[int, int]]:
    """Base and tax of a document's VAT groups, by category, rate and country."""
    return {
        (group["category"], group["percent"], group["country"]): (group["base_minor"], group["tax_minor"])
        for group in json.loads(row["taxes"])
    }
