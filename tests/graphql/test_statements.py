"""How many statements an operation takes does not depend on how many rows it reads, planned or executed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import pytest

from app.db.transaction import Database, Session
from app.graphql.planner import QueryPlanner
from app.graphql.schema import make_schema
from app.graphql.transport.engine import Engine, OperationRequest
from app.graphql.transport.limits import Limits
from tests import factories
from tests.factories import Client
from tests.planned import _answer as planned_answer
from tests.planned import context_of, reference

SCHEMA = make_schema()
QUERIES = {
    "relations": "query($n: Int) { invoices(first: $n) { nodes { number entity { name } customer { balance { amount } }"
    " order { externalId lines { sku } invoices { number } } lines { sku } payments { reference } } } }",
    "connections": "query($n: Int) { customers(first: $n) { nodes { invoices(last: 2) { totalCount"
    " edges { cursor node { number } } pageInfo { hasNextPage } } entity { orders(last: 1) { nodes { id } } } } } }",
    "documents": "query($n: Int) { invoices(first: $n) { nodes { seller { name } buyer { name } readiness { rule }"
    " events(first: 2) { totalCount nodes { type } } correctedInvoice { id } creditNotes { id } files { pdfUrl } } } }",
    "sellers": "query($n: Int) { entities(first: $n) { nodes { settings { numberFormats { nextNumbers } tax { oss } }"
    " compliance { status } customers(first: 1) { nodes { id } } invoices { totalCount } } } }",
    "money": "query($n: Int) { customers(first: $n) { nodes { creditBalance { amount } payments { totalCount }"
    ' statement(from: "2026-01-01", to: "2026-12-31", currency: "EUR") { entries { kind } } } }'
    " invoices(first: $n) { nodes { payments { reference customer { name }"
    " allocations { amount { amount } invoice { number } } } } } }",
    "ageing": "query($n: Int) { customers(first: $n) { nodes { ageing { total { amount } } } }"
    " entities(first: $n) { nodes { ageing { current { amount } } } } }",
    "history": "query($n: Int) { customers(first: $n) { nodes { history(first: 2) { totalCount nodes { action"
    " actor { kind name lastFour } changes { field from to } entity { name } } } } } }",
    "events": "query($n: Int) { events(first: $n) { nodes { type data entity { name } } totalCount } }",
}


# What the test asks is counted, not what the product's own tasks do meanwhile.
_counted: ContextVar[list[str] | None] = ContextVar("counted", default=None)


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are run for the block."""
    statements: list[str] = []
    token = _counted.set(statements)
    try:
        yield statements
    finally:
        _counted.reset(token)


@pytest.fixture(autouse=True)
def counting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every statement tells the block that it is run for."""

    def telling(run: Any) -> Any:
        async def told(self: Any, sql: str, *values: Any) -> Any:
            statements = _counted.get()
            if statements is not None:
                statements.append(sql)
            return await run(self, sql, *values)

        return told

    for owner, name in ((Session, "fetch"), (Session, "execute"), (Database, "fetch_texts")):
        monkeypatch.setattr(owner, name, telling(getattr(owner, name)))


@pytest.fixture
async def sellers(client: Client) -> list[str]:
    """Four sellers with two customers and two invoiced orders each, and a draft."""
    made = []
    for _ in range(4):
        seller = await factories.entity(client)
        for _ in range(2):
            await factories.order(client, seller)
        await factories.draft(client, seller, await factories.customer(client, seller))
        made.append(seller)
    await factories.settled(client.app)
    return made


@pytest.mark.parametrize("name", QUERIES)
async def test_queries_take_as_many_statements_for_three_rows_as_for_all(
    client: Client, sellers: list[str], name: str
) -> None:
    planner, engine = QueryPlanner(SCHEMA), Engine(SCHEMA, Limits())
    prepared = engine.prepare(OperationRequest(query=QUERIES[name]))
    executed, planned = [], []
    # Of the newest three one is a draft and two are finalized: every kind of row there is.
    for size in (3, 50):
        asked = (planner, prepared.document, prepared.operation, {"n": size})
        first, second = await context_of(client), await context_of(client)
        with counted() as statements:
            result = await reference(*asked, first)
        assert result.errors is None
        executed.append(len(statements))
        with counted() as statements:
            answer = await planned_answer(*asked, second)
        assert answer is not None, planner.fallbacks
        planned.append(len(statements))
    assert executed[0] == executed[1] <= 25, executed
    assert planned[0] == planned[1] <= 8, planned


async def test_a_batch_of_orders_takes_as_many_statements_for_two_as_for_twenty(client: Client) -> None:
    seller = await factories.entity(client)
    mutation = (
        "mutation($i: [OrderCreateInput!]!) { ordersCreate(input: $i) { results { order { externalId customer {"
        " invoices { totalCount } } invoices { number lines { sku } } } userErrors { message } } } }"
    )
    taken = []
    for batch, size in (("a", 2), ("b", 20)):
        orders = [factories.order_input(seller, externalId=f"{batch}{i}") for i in range(size)]
        with counted() as statements:
            data = await client.ask(mutation, i=orders)
        assert all(not result["userErrors"] for result in data["ordersCreate"]["results"])
        taken.append(len(statements))
    # The first batch makes the series.
    assert taken[1] <= taken[0] <= 40


async def test_the_history_of_buyers_costs_no_statement_on_postgresql(postgres_client: Client) -> None:
    """Given orders that make buyers, change some or leave them as they are, then they take the same statements."""
    client = postgres_client
    seller = await factories.entity(client)
    create = "mutation($i: [OrderCreateInput!]!) { ordersCreate(input: $i) { results { order { id } } } }"

    async def statements(*names: str) -> int:
        buyers = [{"name": name, "externalId": f"b{n}", "address": {"country": "DE"}} for n, name in enumerate(names)]
        orders = [factories.order_input(seller, customer=buyer) for buyer in buyers]
        with counted() as found:
            await client.ask(create, i=orders)
        return len(found)

    await statements("first")
    unchanged = await statements("first")
    assert await statements("first", "second", "third") == unchanged
    assert await statements("renamed", "too", "third", "new") == unchanged
    data = await client.ask("{ auditEntries(where: { subjectType: { eq: CUSTOMER } }) { nodes { action } } }")
    actions = [entry["action"] for entry in data["auditEntries"]["nodes"]]
    assert sorted(actions) == ["CREATED"] * 4 + ["UPDATED"] * 2
