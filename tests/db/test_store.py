"""Pages, transactions, idempotency and the event log on both databases."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import pytest

from app.bootstrap import Application
from app.db import event_log, idempotency, query
from app.db.aggregates import CUSTOMERS, ENTITIES
from app.db.event_log import NewEvent
from app.db.idempotency import Claim
from app.db.paging import Order, PageRequest, fetch_page
from app.db.transaction import is_transient
from app.db.where import Eq
from app.db.writes import write
from app.domain.errors import IdempotencyMismatch, InvalidInput
from app.domain.events import ApiKeyRevoked
from app.domain.scope import Scope
from app.services import keys as api_keys
from app.services import once
from app.services.keys import NewAccount
from tests import factories
from tests.factories import Client


@pytest.fixture
async def scope(app_on: Application, account: NewAccount) -> Scope:
    return (await api_keys.authenticate(app_on.services, f"Bearer {account.sandbox_secret}")).scope


@pytest.mark.parametrize("size", [1, 3, 7, 100])
async def test_pages_forward_and_backward_show_every_row_once(client: Client, scope: Scope, size: int) -> None:
    for n in range(10):
        # Ties in the name, so that the id must break them.
        await factories.entity(client, name=f"Shop {n % 3}")
    order = Order("NAME_ASC", ("name", "id"))
    async with client.app.database.read(scope) as session:
        whole = await fetch_page(scope, session, ENTITIES, PageRequest(first=100), order)
        ids = [row.id for row in whole.rows]
        forward: list[str] = []
        cursor: str | None = None
        while True:
            page = await fetch_page(scope, session, ENTITIES, PageRequest(first=size, after=cursor), order)
            forward += [row.id for row in page.rows]
            cursor = page.cursors[-1]
            if not page.has_next:
                break
        backward: list[str] = []
        cursor = None
        while True:
            page = await fetch_page(scope, session, ENTITIES, PageRequest(last=size, before=cursor), order)
            backward = [row.id for row in page.rows] + backward
            cursor = page.cursors[0]
            if not page.has_previous:
                break
    assert forward == ids
    assert backward == ids
    assert [row.name for row in whole.rows] == sorted(row.name for row in whole.rows)


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (PageRequest(first=-1), "first"),
        (PageRequest(first=101), "first"),
        (PageRequest(first=1, last=1), "last"),
        (PageRequest(first=1, after="nonsense"), "after"),
        (PageRequest(first=1, after="00"), "after"),
        (PageRequest(last=1, before=b'["NAME_ASC", 1]'.hex()), "before"),
        (PageRequest(first=1, after=b'["NEWEST", null]'.hex()), "after"),
        (PageRequest(first=1, after=b'["NEWEST", "a\\u0000"]'.hex()), "after"),
    ],
)
async def test_bad_pages_are_refused_by_name(
    app_on: Application, scope: Scope, request_: PageRequest, field: str
) -> None:
    from app.db.paging import NEWEST

    async with app_on.database.read(scope) as session:
        with pytest.raises(InvalidInput) as raised:
            await fetch_page(scope, session, CUSTOMERS, request_, NEWEST)
    assert raised.value.field == (field,)


async def test_no_query_runs_without_a_scope(app_on: Application, scope: Scope) -> None:
    nobody: Any = None
    async with app_on.database.read(scope) as session:
        with pytest.raises(TypeError, match="needs a Scope"):
            await query.select(nobody, session, "entity", limit=1)


async def test_an_error_inside_a_transaction_leaves_nothing(client: Client, scope: Scope) -> None:
    entity = await factories.entity(client)

    async def fail() -> None:
        async with client.app.database.transaction(scope) as session:
            await ENTITIES.change(scope, session, entity, {"name": "half written"})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with client.app.database.read(scope) as session:
        row = await ENTITIES.get(scope, session, entity)
    assert row is not None
    assert row.name != "half written"


@pytest.mark.slow
async def test_transactions_survive_hundreds_of_cancellations(client: Client, scope: Scope) -> None:
    entity = await factories.entity(client)
    database = client.app.database
    dice = random.Random(11)

    async def change(n: int) -> None:
        async with database.transaction(scope) as session:
            await ENTITIES.change(scope, session, entity, {"name": f"name {n}", "legal_name": f"name {n}"})
            await asyncio.sleep(dice.random() * 0.002)

    async def cancelled(n: int) -> None:
        task = asyncio.ensure_future(change(n))
        await asyncio.sleep(dice.random() * 0.02)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    for start in range(0, 400, 20):
        await asyncio.gather(*(cancelled(n) for n in range(start, start + 20)))
    await asyncio.wait_for(change(999), 10)
    async with database.read(scope) as session:
        row = await ENTITIES.get(scope, session, entity)
    assert row is not None
    assert (row.name, row.legal_name) == ("name 999", "name 999")


async def test_the_log_has_no_gap_and_no_repetition_under_concurrent_writers(client: Client, scope: Scope) -> None:
    database = client.app.database
    count = 40

    async def write(n: int) -> None:
        async with database.transaction(scope) as session:
            data = ApiKeyRevoked(id=f"k{n}", entity_id=None, name="x", last_four="xxxx")
            await event_log.append(scope, session, [NewEvent(data, None)] * 3, client.app.services.clock())
            # Commits come out of order.
            await asyncio.sleep(random.random() * 0.01)
        session_ids.append(n)
        client.app.relay.ask(scope.platform_id)

    session_ids: list[int] = []
    reader = asyncio.create_task(_read(client.app, scope, count * 3))
    await asyncio.gather(*(write(n) for n in range(count)))
    seen = await asyncio.wait_for(reader, 20)
    assert [seq for seq, _ in seen] == list(range(seen[0][0], seen[0][0] + count * 3))
    assert len({event_id for _, event_id in seen}) == count * 3


async def _read(app: Application, scope: Scope, count: int) -> list[tuple[int, str]]:
    """Reads the log as a subscriber does, from its beginning, while it is written."""
    seen: list[tuple[int, str]] = []
    last = 0
    while len(seen) < count:
        async with app.database.read(scope) as session:
            rows = await event_log.after(scope, session, last, limit=100)
        for row in rows:
            if row.type == "api_key.revoked":
                seen.append((row.seq or 0, row.id))
            last = row.seq or last
        await asyncio.sleep(0.002)
    return seen


async def test_a_key_runs_its_mutation_once_and_refuses_another_input(client: Client) -> None:
    seller = await factories.entity(client)
    buyer = await factories.customer(client, seller)
    mutation = "mutation($i: InvoiceCreateInput!) { invoiceCreate(input: $i) { invoice { id } userErrors { code } } }"
    value = {"customerId": buyer, "lines": [factories.line()], "idempotencyKey": "once"}

    answers = await asyncio.gather(*(client.ask(mutation, i=value) for _ in range(8)))
    other = await client.ask(mutation, i={**value, "lines": [factories.line("1.00")]})

    made = {answer["invoiceCreate"]["invoice"]["id"] for answer in answers if answer["invoiceCreate"]["invoice"]}
    refused = {error["code"] for answer in answers for error in answer["invoiceCreate"]["userErrors"]}
    assert len(made) == 1
    assert refused <= {"IN_FLIGHT"}
    assert other["invoiceCreate"] == {"invoice": None, "userErrors": [{"code": "IDEMPOTENCY_MISMATCH"}]}
    assert (await client.ask("{ invoices { totalCount } }"))["invoices"]["totalCount"] == 1


async def test_a_remembered_key_belongs_to_its_actor(client: Client, scope: Scope) -> None:
    async with client.app.database.transaction(scope) as session:
        fingerprint = once.fingerprint_input("op", {"a": 1})
        assert await idempotency.claim(scope, session, "k", "op", fingerprint) is None
        claim = Claim(actor=scope.actor, key="k", operation="op", fingerprint=fingerprint)
        now = client.app.services.clock()
        await write(scope, session, [idempotency.remembering(scope, [(claim, {"id": "x"})], now)])
    async with client.app.database.transaction(scope) as session:
        with pytest.raises(IdempotencyMismatch):
            await idempotency.claim(scope, session, "k", "op", once.fingerprint_input("op", {"a": 2}))
        done = await idempotency.claim(scope, session, "k", "op", fingerprint)
        assert done is not None
    async with client.app.database.read(scope) as session:
        assert await ENTITIES.count(scope, session, Eq("id", "x")) == 0


@pytest.mark.parametrize(
    "error", [ConnectionResetError(), ConnectionRefusedError(), FileNotFoundError(), TimeoutError(), OSError(113, "x")]
)
def test_a_database_that_cannot_be_reached_is_worth_another_try(error: OSError) -> None:
    assert is_transient(error)
    assert not is_transient(ValueError("a fault of ours"))
