"""Invoices become overdue where their seller is, and that is announced once."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from app.domain.scope import ALL_PERMISSIONS, Mode, Scope, system_scope
from app.services import overdue
from app.services.keys import NewAccount
from tests import factories
from tests.conftest import Clock
from tests.factories import Client

PAY = "mutation($i: PaymentRecordInput!) { paymentRecord(input: $i) { userErrors { message } } }"
EVENTS = "{ events(first: 100, types: [INVOICE_OVERDUE]) { nodes { subjectId occurredAt } } }"


def scope_of(account: NewAccount) -> Scope:
    return system_scope(account.sandbox.id, Mode.SANDBOX, "test", ALL_PERMISSIONS)


async def announced(client: Client) -> list[str]:
    await factories.settled(client.app)
    return [node["subjectId"] for node in (await client.ask(EVENTS))["events"]["nodes"]]


async def finalized(client: Client, time_zone: str) -> str:
    """The id of an invoice of a seller there, due in a day."""
    settings = {"autoInvoice": "NEVER", "paymentTermDays": 1}
    entity = await factories.entity(client, timeZone=time_zone, settings=settings)
    invoice = await factories.draft(client, entity)
    assert (await factories.finalize(client, invoice))["userErrors"] == []
    return invoice


async def test_the_day_ends_where_the_seller_is(client: Client, account: NewAccount, clock: Clock) -> None:
    # given invoices of sellers around the world, issued at nine in the morning of the tenth in UTC
    scope, services = scope_of(account), client.app.services
    auckland = await finalized(client, "Pacific/Auckland")
    berlin = await finalized(client, "Europe/Berlin")
    angeles = await finalized(client, "America/Los_Angeles")
    due = await client.ask(
        "query($a: ID!, $b: ID!) { a: invoice(id: $a) { dueDate } b: invoice(id: $b) { dueDate } }",
        a=auckland,
        b=berlin,
    )
    assert due == {"a": {"dueDate": "2026-03-11"}, "b": {"dueDate": "2026-03-11"}}

    # then each is announced in the first moment of the twelfth of its seller, and not again
    for instant, expected in (
        ("2026-03-11T10:59:59+00:00", []),
        ("2026-03-11T11:00:00+00:00", [auckland]),
        ("2026-03-11T22:59:59+00:00", [auckland]),
        ("2026-03-11T23:00:00+00:00", [auckland, berlin]),
        # Summer time there since the eighth of March.
        ("2026-03-12T06:59:59+00:00", [auckland, berlin]),
        ("2026-03-12T07:00:00+00:00", [auckland, berlin, angeles]),
        ("2026-04-12T07:00:00+00:00", [auckland, berlin, angeles]),
    ):
        clock.now = datetime.fromisoformat(instant)
        while await overdue.announce(services, scope):
            pass
        assert await announced(client) == expected, instant


async def test_only_what_is_still_to_be_paid_is_overdue(client: Client, account: NewAccount, clock: Clock) -> None:
    # given an invoice that is paid, one paid in part, and a draft
    paid, part = await finalized(client, "UTC"), await finalized(client, "UTC")
    assert (await client.ask(PAY, i={"invoiceId": paid}))["paymentRecord"]["userErrors"] == []
    assert (await client.ask(PAY, i={"invoiceId": part, "amount": "1.00"}))["paymentRecord"]["userErrors"] == []
    await factories.draft(client, await factories.entity(client))

    # when their day has passed
    clock.now = datetime(2026, 5, 1, tzinfo=UTC)
    assert await overdue.announce(client.app.services, scope_of(account)) == 1

    # then one is overdue, with what is due of it, and stays announced when it is paid later
    assert await announced(client) == [part]
    assert (await client.ask(PAY, i={"invoiceId": part}))["paymentRecord"]["userErrors"] == []
    assert await overdue.announce(client.app.services, scope_of(account)) == 0


async def test_many_at_once_announce_nothing_twice(client: Client, account: NewAccount, clock: Clock) -> None:
    # given some invoices whose day has passed
    invoices = sorted([await finalized(client, "UTC") for _ in range(6)])
    clock.now = datetime(2026, 5, 1, tzinfo=UTC)

    # when many announce at the same time
    counts = await asyncio.gather(*[overdue.announce(client.app.services, scope_of(account)) for _ in range(6)])

    # then each was announced once
    assert sum(counts) == 6
    assert sorted(await announced(client)) == invoices
