"""How long the reports of law take: one seller's quarter of a hundred thousand documents, and a year of ten thousand
sellers. Run by `python -m bench.law_reports`; it prints milliseconds.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import date
from functools import partial
from typing import Any

import asyncpg

from app.bootstrap import Application
from app.commands.console import OUT
from app.db.paging import PageRequest
from app.domain import law_reports as periods
from app.domain.law_reports import OssScheme
from app.domain.scope import Mode, Scope, command_scope
from app.services.law_reports import tables
from app.services.law_reports.dac7 import seller_reports
from app.services.law_reports.ec_sales import ec_sales_list
from app.services.law_reports.oss import oss_return
from app.services.law_reports.vat_summary import vat_summary
from bench import postgres, product
from bench.data import Marketplace, Size, identifier, load

DOCUMENTS = 100_000
SELLERS = 10_000
_TIMES = 5
# Documents of a quarter in eight countries, a tenth in dollars, a fifth to businesses with a VAT number each.
_VARIED = """
SET session_replication_role = replica;
UPDATE tax_entry SET date = date '2026-01-01' + (n % 90)::int, of_date = date '2026-01-01' + (n % 90)::int,
    treatment = CASE WHEN n % 5 = 0 THEN 'INTRA_COMMUNITY' WHEN n % 3 = 0 THEN 'DOMESTIC' ELSE 'OSS' END,
    category = CASE WHEN n % 5 = 0 THEN 'K' ELSE 'S' END,
    country = (ARRAY['FR','IT','ES','PL','NL','BE','AT','SE'])[1 + n % 8],
    percent = (ARRAY[20, 22, 21, 23, 21, 6, 10, 25])[1 + n % 8],
    rule = CASE WHEN n % 5 = 0 THEN 'eu.goods.intra_community' ELSE 'eu.goods.distance_sale.oss' END,
    buyer_tax_id = CASE WHEN n % 5 = 0 THEN 'FR' || lpad((n % 997)::text, 11, '0') END,
    currency = CASE WHEN n % 10 = 1 THEN 'USD' ELSE 'EUR' END
    FROM (SELECT id AS entry, row_number() OVER (ORDER BY id) AS n FROM tax_entry) numbered WHERE entry = id;
INSERT INTO exchange_rate (source, date, currency, rate, fetched_at)
    SELECT 'ECB', date '2025-12-20' + n, 'USD', 1.08 + n * 0.0001, now() FROM generate_series(0, 400) n;
VACUUM ANALYZE tax_entry;
"""


async def _milliseconds(work: Callable[[], Awaitable[Any]]) -> float:
    best = float("inf")
    for _ in range(_TIMES):
        start = time.perf_counter()
        await work()
        best = min(best, time.perf_counter() - start)
    return best * 1_000


async def _vary(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        for statement in _VARIED.strip().split(";\n"):
            await connection.execute(statement)
    finally:
        await connection.close()


async def _of_a_seller(app: Application, marketplace: Marketplace) -> None:
    scope, seller = _scope(marketplace), identifier("ent", 1)
    ctx, quarter = app.services, periods.quarter(2026, 1)
    for name, work in (
        ("OSS return", lambda: oss_return(ctx, scope, seller, quarter, OssScheme.UNION)),
        ("EC sales list", lambda: ec_sales_list(ctx, scope, seller, quarter)),
        ("VAT summary", lambda: vat_summary(ctx, scope, seller, date(2026, 1, 1), date(2026, 3, 31))),
    ):
        OUT.print(f"{name}, {DOCUMENTS} documents of one seller: {await _milliseconds(work):.0f} ms")


async def _of_all_sellers(app: Application, marketplace: Marketplace) -> None:
    scope = _scope(marketplace)

    async def page() -> None:
        await seller_reports(app.services, scope, 2026, PageRequest(first=100))

    async def everybody() -> None:
        found = await tables.dac7_table(app.services, scope, 2026)
        async for _ in found.rows:
            pass

    OUT.print(f"DAC7, a page of 100 sellers: {await _milliseconds(page):.0f} ms")
    OUT.print(f"DAC7, {SELLERS} sellers as a file: {await _milliseconds(everybody):.0f} ms")


def _scope(marketplace: Marketplace) -> Scope:
    return command_scope(marketplace.platform_id, Mode.SANDBOX, "bench")


def main() -> None:
    """Loads and measures both."""
    with postgres.throw_away(product.ROLE) as server:
        for name, sellers, work in (("one", 1, _of_a_seller), ("many", SELLERS, _of_all_sellers)):
            database = server.database(name)
            marketplace = load(database, Size(sellers=sellers, invoices=DOCUMENTS))
            asyncio.run(_vary(database.url))
            product.opened(database, partial(work, marketplace=marketplace))


if __name__ == "__main__":
    main()
