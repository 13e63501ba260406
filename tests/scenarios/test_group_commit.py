"""Requests that share a transaction: each keeps its own authority, key and outcome."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import pytest

from app.bootstrap import Application
from app.db.transaction import Database, Session
from app.domain.errors import (
    AlreadyExists,
    Contention,
    IdempotencyMismatch,
    InFlight,
    InvalidState,
    InvoicingError,
    NotFound,
    Unavailable,
)
from app.services import drafts, finalize, keys, orders
from app.services import finalize_batch as body
from app.services.inputs import AddressInput, CustomerInput, EnteredLine, InvoiceInput, OrderInput
from tests import books, factories
from tests.conftest import Clock
from tests.factories import Client


@pytest.fixture
async def postgres_client(postgres_app: Application) -> AsyncIterator[Client]:
    made = await keys.create_account(postgres_app.services, "Test marketplace")
    client = Client(postgres_app, made.sandbox_secret)
    yield client
    await client.http.aclose()


def tea(price: str = "11.90") -> EnteredLine:
    return EnteredLine(description="Tea", quantity=Decimal(1), unit_price=Decimal(price))


def an_order(
    seller: str | None, number: str, clock: Clock, *, buyer: str = "erika", price: str = "11.90"
) -> OrderInput:
    return OrderInput(
        entity_id=seller,
        external_id=number,
        placed_at=clock(),
        customer=CustomerInput(name="Erika", external_id=buyer, address=AddressInput(country="DE")),
        lines=[tea(price)],
    )


async def all_of(work: Iterable[Awaitable[Any]]) -> list[Any]:
    """Results and errors, of calls that begin together."""
    return await asyncio.gather(*work, return_exceptions=True)


class Statements:
    """The statements of each transaction that has ended since it was made."""

    def __init__(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        self.writes: list[int] = []
        close = Session.close

        def count(session: Session) -> None:
            if session.writable:
                self.writes.append(session.statements)
            close(session)

        monkeypatch.setattr(Session, "close", count)

    def of_batches(self) -> list[int]:
        """Those that are more than a pass of the relay."""
        return [count for count in self.writes if count > 3]


async def some_drafts(client: Client, sellers: int, each: int) -> list[str]:
    made = []
    for _ in range(sellers):
        seller = await factories.entity(client)
        buyer = await factories.customer(client, seller)
        made += [await factories.draft(client, seller, buyer) for _ in range(each)]
    return made


async def test_orders_reported_at_once_share_transactions_and_are_numbered_without_a_gap(
    client: Client, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    sellers = [await factories.entity(client) for _ in range(3)]
    waiting = await some_drafts(client, 2, 5)
    scope, services = await books.scope_of(client), client.app.services
    statements = Statements(client.app.database, monkeypatch)

    rows = await all_of(
        [
            *(orders.create(services, scope, an_order(sellers[n % 3], f"o-{n}", clock), key=None) for n in range(30)),
            *(finalize.finalize(services, scope, draft, expected_total=None, key=None) for draft in waiting),
        ]
    )

    assert [row for row in rows if isinstance(row, BaseException)] == []
    assert [row.external_id for row in rows[:30]] == [f"o-{n}" for n in range(30)]
    numbers = await books.checked(client)
    assert [len(numbers[seller]) for seller in sellers] == [10, 10, 10]
    assert sum(len(found) for found in numbers.values()) == 40
    # All orders in one transaction, and all drafts in another.
    assert len(statements.of_batches()) == 2


async def test_the_same_new_order_reported_at_once_is_stored_once(client: Client, clock: Clock) -> None:
    seller = await factories.entity(client)
    scope, services = await books.scope_of(client), client.app.services
    same = an_order(seller, "o-1", clock)

    rows = await all_of([orders.create(services, scope, same, key=None) for _ in range(12)])

    assert len({row.id for row in rows}) == 1
    assert await books.checked(client) == {seller: ["INV-001"]}


async def test_other_content_under_the_same_order_id_is_refused_alone(client: Client, clock: Clock) -> None:
    seller = await factories.entity(client)
    scope, services = await books.scope_of(client), client.app.services
    given = [an_order(seller, "same", clock, price=f"{n + 1}.00") for n in range(3)]

    rows = await all_of(
        [orders.create(services, scope, order, key=None) for order in [*given, an_order(seller, "other", clock)]]
    )

    assert [type(row) for row in rows[1:3]] == [AlreadyExists, AlreadyExists]
    assert (rows[0].external_id, rows[3].external_id) == ("same", "other")
    assert len((await books.checked(client))[seller]) == 2


async def test_orders_of_one_new_buyer_make_one_customer_even_when_the_first_is_refused(
    client: Client, clock: Clock
) -> None:
    seller = await factories.entity(client)
    scope, services = await books.scope_of(client), client.app.services
    refused = replace(an_order(seller, "refused", clock, buyer="new"), currency="XXX")

    rows = await all_of(
        orders.create(services, scope, order, key=None)
        for order in [
            an_order(seller, "goes ahead", clock, buyer="another"),
            refused,
            *(an_order(seller, f"o-{n}", clock, buyer="new") for n in range(4)),
        ]
    )

    assert isinstance(rows[1], InvoicingError)
    assert len({row.customer_id for row in rows[2:]}) == 1
    data = await client.ask("{ customers { nodes { externalId } } }")
    assert sorted(node["externalId"] for node in data["customers"]["nodes"]) == ["another", "new"]


async def test_a_buyer_changed_by_orders_at_once_is_as_the_last_one_says(client: Client, clock: Clock) -> None:
    seller = await factories.entity(client)
    scope, services = await books.scope_of(client), client.app.services
    await orders.create(services, scope, an_order(seller, "first", clock), key=None)

    def renamed(n: int) -> OrderInput:
        buyer = CustomerInput(name=f"Erika {n}", external_id="erika", address=AddressInput(country="DE"))
        return replace(an_order(seller, f"o-{n}", clock), customer=buyer)

    rows = await all_of([orders.create(services, scope, renamed(n), key=None) for n in range(6)])

    assert len({row.customer_id for row in rows}) == 1
    data = await client.ask("{ customers { nodes { name version } } }")
    assert data["customers"]["nodes"] == [{"name": "Erika 5", "version": 7}]


async def test_callers_of_one_transaction_keep_their_own_sight(client: Client, clock: Clock) -> None:
    mine, others = await factories.entity(client), await factories.entity(client, externalId="others")
    sellers_client = client.with_key(await factories.key(client, mine))
    services = client.app.services
    operator, seller = await books.scope_of(client), await books.scope_of(sellers_client)

    rows = await all_of(
        [
            orders.create(services, operator, an_order(others, "o-1", clock), key=None),
            orders.create(services, operator, an_order(others, "o-2", clock), key=None),
            orders.create(services, seller, an_order(others, "foreign", clock), key=None),
            orders.create(services, seller, an_order(None, "own", clock), key=None),
            orders.create(services, seller, an_order("ent_0", "none", clock), key=None),
        ]
    )

    assert [getattr(row, "entity_id", None) for row in rows] == [others, others, None, mine, None]
    # A foreign seller is answered exactly as one that does not exist.
    assert isinstance(rows[2], NotFound)
    assert isinstance(rows[4], NotFound)
    assert (rows[2].message, rows[2].field) == (rows[4].message, rows[4].field) == ("no such entity", ("entityId",))
    # Each in its own name.
    async with client.app.database.read(operator) as session:
        found = await session.fetch(
            "SELECT o.external_id AS order_id, e.actor, i.created_by, i.finalized_by FROM event e"
            " JOIN sales_order o ON o.id = e.subject_id JOIN invoice i ON i.order_id = o.id"
            " WHERE e.platform_id = $1 AND e.type = 'order.created' ORDER BY 1",
            operator.platform_id,
        )
    assert [tuple(row) for row in found] == [
        ("o-1", operator.actor, operator.actor, operator.actor),
        ("o-2", operator.actor, operator.actor, operator.actor),
        ("own", seller.actor, seller.actor, seller.actor),
    ]


async def test_drafts_of_others_are_not_found_within_a_shared_transaction(client: Client) -> None:
    mine, others = await factories.entity(client), await factories.entity(client)
    foreign = [await factories.draft(client, others) for _ in range(2)]
    own = await factories.draft(client, mine)
    seller = await books.scope_of(client.with_key(await factories.key(client, mine)))
    operator, services = await books.scope_of(client), client.app.services

    rows = await all_of(
        finalize.finalize(services, scope, draft, expected_total=None, key=None)
        for scope, draft in [(operator, foreign[0]), (seller, foreign[1]), (seller, own), (seller, "inv_0")]
    )

    assert [type(row).__name__ for row in rows] == ["InvoiceRow", "NotFound", "InvoiceRow", "NotFound"]
    assert [row.finalized_by for row in (rows[0], rows[2])] == [operator.actor, seller.actor]


@pytest.mark.parametrize("kind", ["orders", "invoices"])
async def test_idempotency_keys_within_a_shared_transaction(client: Client, clock: Clock, kind: str) -> None:
    seller = await factories.entity(client)
    scope, services = await books.scope_of(client), client.app.services
    made = await some_drafts(client, 1, 4)

    def ask(n: int, key: str | None) -> Awaitable[Any]:
        if kind == "orders":
            return orders.create(services, scope, an_order(seller, f"o-{n}", clock), key=key)
        return finalize.finalize(services, scope, made[n], expected_total=None, key=key)

    first = await ask(0, "done-before")
    rows = await all_of([ask(1, None), ask(0, "done-before"), ask(2, "done-before"), ask(2, "new"), ask(2, "new")])

    assert rows[1].id == first.id
    assert isinstance(rows[2], IdempotencyMismatch)
    assert isinstance(rows[4], InFlight)
    assert (await ask(2, "new")).id == rows[3].id
    assert sum(map(len, (await books.checked(client)).values())) == 3


async def test_a_draft_asked_for_twice_at_once_is_finalized_once(client: Client) -> None:
    made = await some_drafts(client, 1, 2)
    scope, services = await books.scope_of(client), client.app.services

    rows = await all_of(
        finalize.finalize(services, scope, draft, expected_total=None, key=None)
        for draft in [made[0], made[1], made[1], made[1]]
    )

    assert [getattr(row, "number", None) for row in rows] == ["INV-001", "INV-002", None, None]
    assert [type(row) for row in rows[2:]] == [InvalidState, InvalidState]
    await books.checked(client)


async def test_whoever_asks_second_is_told_what_the_draft_really_is(client: Client) -> None:
    made = await some_drafts(client, 1, 3)
    scope, services = await books.scope_of(client), client.app.services
    await finalize.finalize(services, scope, made[0], expected_total=None, key=None)
    async with client.app.database.transaction(scope) as session:
        await session.execute(
            "UPDATE series SET last_issue_date = '2999-01-01' WHERE platform_id = $1", scope.platform_id
        )

    rows = await all_of(
        finalize.finalize(services, scope, draft, expected_total=None, key=None)
        for draft in [made[1], made[2], made[2]]
    )

    assert all(isinstance(row, InvoicingError) for row in rows)
    # It failed, so nobody may be told that it is finalized.
    assert {str(row) for row in rows} == {str(rows[0])}


async def test_a_draft_that_breaks_the_program_fails_alone(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    made = await some_drafts(client, 2, 10)
    scope, services = await books.scope_of(client), client.app.services
    poison = made[7]
    prepare = body._prepare

    def breaking(work: Any, row: Any, *rest: Any) -> Any:
        if row.id == poison:
            raise ZeroDivisionError("a fault of ours")
        return prepare(work, row, *rest)

    monkeypatch.setattr(body, "_prepare", breaking)
    rows = await all_of([finalize.finalize(services, scope, d, expected_total=None, key=None) for d in made])

    assert [draft for draft, row in zip(made, rows, strict=True) if isinstance(row, BaseException)] == [poison]
    assert isinstance(rows[7], ZeroDivisionError)
    assert sorted(map(len, (await books.checked(client)).values())) == [9, 10]


async def test_a_row_that_the_database_refuses_fails_alone(client: Client) -> None:
    made = await some_drafts(client, 1, 8)
    scope, services = await books.scope_of(client), client.app.services
    database = client.app.database
    # A document with a number that the next one will want: what only a unique key can find.
    async with database.transaction(scope) as session:
        await session.execute(
            "UPDATE invoice SET status = 'FINALIZED', number = 'INV-004', sequence_number = 99, content_hash = 'x'"
            " WHERE id = $1",
            made[0],
        )
    rows = await all_of([finalize.finalize(services, scope, d, expected_total=None, key=None) for d in made[1:]])
    # No number is skipped to get past it: the series stops there, and says so.
    assert [getattr(row, "number", None) for row in rows] == ["INV-001", "INV-002", "INV-003", *[None] * 4]
    assert {type(row) for row in rows[3:]} == {AlreadyExists}


async def test_the_statements_of_a_batch_do_not_grow_with_it(
    client: Client, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    seller = await factories.entity(client, settings={"autoInvoice": "NEVER"})
    scope, services = await books.scope_of(client), client.app.services

    async def draft(n: int) -> str:
        # Paid already: its payment is recorded as it is finalized.
        given = replace(an_order(seller, f"o-{n}", clock), paid_at=clock(), payment_reference=f"p-{n}")
        order = await orders.create(services, scope, given, key=None)
        return (await drafts.create(services, scope, InvoiceInput(order_id=order.id), key=None)).id

    made = [await draft(n) for n in range(62)]

    async def ask(n: int) -> Any:
        return await finalize.finalize(services, scope, made[n], expected_total=None, key=f"k-{n}")

    await ask(0)
    statements = Statements(client.app.database, monkeypatch)
    await ask(1)
    (one,) = statements.of_batches()
    rows = await asyncio.gather(*(ask(n) for n in range(2, 62)))

    assert {row.payment_status for row in rows} == {"PAID"}
    # Two batches share them. What is worked on in parts is written part by part: thirty drafts in three, four at most.
    parts = 2 if client.app.database.dialect == "postgres" else 0
    assert statements.of_batches() == [one, one + parts, one + parts]
    # Claims and what they stored; drafts, entities, customers, orders, lines; references, series; and all writes.
    if client.app.database.dialect == "postgres":
        assert one == 10
    else:
        # There, the events' numbers are given in the transaction: the platform's, and the sellers'.
        assert one <= 18
    await books.checked(client)


async def test_a_draft_that_another_transaction_holds_keeps_no_other_waiting(postgres_client: Client) -> None:
    client = postgres_client
    made = await some_drafts(client, 1, 4)
    scope, services = await books.scope_of(client), client.app.services
    async with client.app.database.transaction(scope) as session:
        await session.fetch("SELECT id FROM invoice WHERE id = $1 FOR UPDATE", made[2])
        ask = [asyncio.create_task(finalize.finalize(services, scope, d, expected_total=None, key=None)) for d in made]
        async with asyncio.timeout(5):
            rows = [await ask[n] for n in (0, 1, 3)]
        assert not ask[2].done()
    assert [row.number for row in rows] == ["INV-001", "INV-002", "INV-003"]
    assert (await ask[2]).number == "INV-004"


@pytest.mark.parametrize("key", [None, "a-key"])
async def test_a_commit_whose_acknowledgement_is_lost_gives_one_result(
    postgres_client: Client, clock: Clock, monkeypatch: pytest.MonkeyPatch, key: str | None
) -> None:
    client = postgres_client
    seller = await factories.entity(client)
    (draft,) = await some_drafts(client, 1, 1)
    scope, services = await books.scope_of(client), client.app.services
    end, lost = Database._end, 0

    async def lose_the_answer(database: Database, raw: Any, holder: Any, how: str) -> None:
        nonlocal lost
        await end(database, raw, holder, how)
        if how == "COMMIT" and lost < 2:
            lost += 1
            raise ConnectionResetError("the server went away after it had committed")

    monkeypatch.setattr(Database, "_end", lose_the_answer)
    invoice = await finalize.finalize(services, scope, draft, expected_total=None, key=key)
    lost = 0
    order = await orders.create(services, scope, an_order(seller, "o-1", clock), key=key and f"{key}-2")

    assert (invoice.number, order.status) == ("INV-001", "INVOICED")
    assert sorted((await books.checked(client)).values()) == [["INV-001"], ["INV-001"]]


async def test_connections_killed_in_the_middle_lose_and_double_nothing(
    postgres_client: Client, postgres_server: Any
) -> None:
    client = postgres_client
    made = await some_drafts(client, 2, 60)
    scope, services = await books.scope_of(client), client.app.services
    name = urlsplit(client.app.settings.database_url).path.lstrip("/")
    at_work = f"FROM pg_stat_activity WHERE datname = '{name}' AND state <> 'idle'"

    async def kill() -> None:
        for _ in range(15):
            await asyncio.to_thread(postgres_server.psql, f"SELECT pg_terminate_backend(pid) {at_work} LIMIT 1;")

    killing = asyncio.create_task(kill())
    left, rounds = made, 0
    while left and rounds < 40:
        rows = await all_of(finalize.finalize(services, scope, d, expected_total=None, key=f"k-{d}") for d in left[:20])
        # Whoever fails is told to come again; with the same key it comes to the same.
        assert {type(row) for row in rows if isinstance(row, BaseException)} <= {Unavailable, Contention}
        left = [d for d, row in zip(left, rows, strict=False) if isinstance(row, BaseException)] + left[20:]
        rounds += 1
        await asyncio.sleep(0.1)
    await killing
    assert left == []
    assert sorted(map(len, (await books.checked(client)).values())) == [60, 60]
    await books.all_connections_work(client)
