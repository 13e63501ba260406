"""The floor: hand-written endpoints on bare Starlette and asyncpg, with the same row-level security and without a key.

Each is one statement that returns the response's text, with every condition that lets an index be used. The pool is the
product's: as large, and like it without asyncpg's reset between two requests.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date
from typing import Any, Final

import asyncpg
import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.product import POOL_SIZE


def _money(minor: str) -> str:
    return f"""'{{"amount":"' || ({minor} * 0.01)::text || '","currency":"' || i.currency || '"}}'"""


# The columns of an invoice `i`, with its customer and lines; texts that can need it are escaped, codes are not.
_INVOICE: Final = f"""
  '{{"id":"' || i.id || '","number":' || coalesce(to_json(i.number)::text, 'null')
  || ',"status":"' || i.status || '","issueDate":"' || i.issue_date || '","dueDate":"' || i.due_date
  || '","grossTotal":' || {_money("i.gross_minor")}
  || ',"customer":' || (
    select '{{"id":"' || c.id || '","name":' || to_json(c.name)::text || ',"email":'
      || coalesce(to_json(c.email)::text, 'null') || '}}'
    from customer c where c.platform_id = $1 and c.entity_id = i.entity_id and c.id = i.customer_id)
  || ',"lines":[' || array_to_string(array(
    select '{{"id":"' || l.id || '","position":' || l.position || ',"description":' || to_json(l.description)::text
      || ',"quantity":"' || l.quantity || '","unitPrice":"' || l.unit_price
      || '","gross":' || {_money("l.gross_minor")} || '}}'
    from invoice_line l
    where l.platform_id = $1 and l.entity_id = i.entity_id and l.invoice_id = i.id
    order by l.position), ',') || ']'"""
_LIST: Final = f"""
  select '{{"data":{{"invoices":{{"nodes":[' || array_to_string(array(
    select {_INVOICE} || '}}'
    from (
      select * from invoice where platform_id = $1 and entity_id = $2 and status = 'FINALIZED'
      order by id desc limit 50
    ) i order by i.id desc), ',') || ']}}}}}}'"""
_DETAIL: Final = f"""
  select '{{"data":{{"invoice":' || {_INVOICE}
    || ',"netTotal":' || {_money("i.net_minor")} || ',"taxTotal":' || {_money("i.tax_minor")}
    || ',"mentions":' || i.mentions
    || ',"supplyDate":"' || i.supply_date || '","paymentStatus":"' || i.payment_status || '"}}}}}}'
  from invoice i where i.platform_id = $1 and i.id = $2"""
_SEARCH: Final = """
  select '{"data":{"customers":{"nodes":[' || array_to_string(array(
    select '{"id":"' || c.id || '","name":' || to_json(c.name)::text || ',"email":'
      || coalesce(to_json(c.email)::text, 'null') || '}'
    from customer c
    where c.platform_id = $1
      and (strpos(lower(c.name), $2) > 0 or strpos(lower(c.email), $2) > 0 or strpos(lower(c.external_id), $2) > 0)
    order by c.id desc limit 20), ',') || ']}}}'"""
# Amounts per currency, and counts; the page itself is put together in Python.
_OVERVIEW: Final = """
  with issued as materialized (
    select status, currency, entity_id, gross_minor, due_minor, due_date,
      case type when 'CREDIT_NOTE' then -1 else 1 end as sign
    from invoice
    where platform_id = $1 and type <> 'PROFORMA'
      and coalesce(issue_date, '9999-12-31') between $2::date and $3::date
  )
  select json_build_object(
    'entities', (select count(*) from entity where platform_id = $1 and created_at < $3::date + 1),
    'orders', (
      select count(*) from sales_order
      where platform_id = $1 and placed_at >= $2::date and placed_at < $3::date + 1),
    'paid', (
      select json_agg(p) from (
        select currency, sum(amount_minor) as minor from payment
        where platform_id = $1 and direction = 'RECEIVED' and reversed_at is null
          and paid_at >= $2::date and paid_at < $3::date + 1 group by currency) p),
    'invoices', (
      select json_agg(r) from (
        select status, currency, count(*) as n, sum(sign * gross_minor) as invoiced, sum(sign * due_minor) as due,
          sum(sign * due_minor) filter (where due_date < current_date and due_minor > 0) as late
        from issued group by status, currency) r),
    'active', (select count(distinct entity_id) from issued),
    'drafts', (
      select json_agg(d) from (
        select status, count(*) as n from invoice
        where platform_id = $1 and status in ('DRAFT', 'PENDING') and type <> 'PROFORMA'
          and created_at >= $2::date and created_at < $3::date + 1 group by status) d)
  )::text"""


def _guarded(statement: str) -> str:
    # The tenant is set in the statement's own transaction, and before anything is read.
    return f"select case when set_config('app.platform', $1, true) is not null then ({statement}) end"


def _overview(text: str) -> bytes:
    found = orjson.loads(text)
    rows = found["invoices"] or []
    final = [row for row in rows if row["status"] == "FINALIZED"]
    counts = {row["status"]: row["n"] for row in [*rows, *(found["drafts"] or [])]}

    def amounts(groups: Any, name: str) -> list[dict[str, str]]:
        return [
            {"amount": f"{row[name] or 0:03d}"[:-2] + "." + f"{row[name] or 0:03d}"[-2:], "currency": row["currency"]}
            for row in groups or []
        ]

    report = {
        "entityCount": found["entities"],
        "activeEntityCount": found["active"],
        "orderCount": found["orders"],
        "invoiceCount": sum(row["n"] for row in final),
        "invoiced": amounts(final, "invoiced"),
        "paid": amounts(found["paid"], "minor"),
        "outstanding": amounts(final, "due"),
        "overdue": amounts(final, "late"),
        "byStatus": [
            {"status": status, "count": counts.get(status, 0)} for status in ("DRAFT", "PENDING", "FINALIZED", "VOID")
        ],
    }
    return orjson.dumps({"data": {"platformReport": report}})


async def _keep(connection: Any) -> None:
    """Nothing to reset: as in the product, every setting ends with its statement."""


def create_app() -> Starlette:
    """The application; the database's address and the tenant come from the environment of the bench."""
    pools: list[Any] = []
    platform = os.environ["BENCH_PLATFORM"]

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        settings = {"timezone": "UTC", "datestyle": "ISO", "role": os.environ["BENCH_ROLE"]}
        pools.append(
            await asyncpg.create_pool(
                os.environ["BENCH_URL"], min_size=1, max_size=POOL_SIZE, server_settings=settings, reset=_keep
            )
        )
        yield
        await pools[0].close()

    async def ask(statement: str, *values: object) -> str:
        async with pools[0].acquire() as connection:
            text: str = await connection.fetchval(statement, platform, *values)
        return text

    def one(statement: str, name: str) -> Callable[[Request], Awaitable[Response]]:
        guarded = _guarded(statement)

        async def answer(request: Request) -> Response:
            variables = orjson.loads(await request.body())["variables"]
            return Response(await ask(guarded, variables[name]), media_type="application/json")

        return answer

    async def overview(request: Request) -> Response:
        variables = orjson.loads(await request.body())["variables"]
        days = [date.fromisoformat(variables[name]) for name in ("from", "to")]
        return Response(_overview(await ask(_guarded(_OVERVIEW), *days)), media_type="application/json")

    routes = [
        Route("/list", one(_LIST, "seller"), methods=["POST"]),
        Route("/detail", one(_DETAIL, "id"), methods=["POST"]),
        Route("/search", one(_SEARCH, "text"), methods=["POST"]),
        Route("/overview", overview, methods=["POST"]),
    ]
    return Starlette(routes=routes, lifespan=lifespan)


def main() -> None:
    """Serves on the port of the environment."""
    uvicorn.run(create_app, factory=True, port=int(os.environ["BENCH_PORT"]), log_config=None)


if __name__ == "__main__":
    main()
