"""A year of invoices that recur, across changes of the clock and a downtime; and workers that cross or are cut off."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app import bootstrap
from app.domain.scope import ALL_PERMISSIONS, Scope
from app.services.recurring_runs import make_due
from tests import catalogue, factories
from tests.catalogue import monthly, run_due, shown, worker_scope
from tests.conftest import Clock
from tests.factories import Client, Data

LAST_DAYS = [
    *("2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"),
    *("2026-07-31", "2026-08-31", "2026-09-30", "2026-10-31", "2026-11-30", "2026-12-31"),
]
# At six in the morning there, in winter and in summer: the hour of UTC, and whether it is the day before.
ZONES = {
    "Europe/Berlin": {"2026-01-31": "2026-01-31T05:00", "2026-07-31": "2026-07-31T04:00"},
    "Pacific/Auckland": {"2026-01-31": "2026-01-30T17:00", "2026-07-31": "2026-07-30T18:00"},
    "Pacific/Honolulu": {"2026-01-31": "2026-01-31T16:00", "2026-07-31": "2026-07-31T16:00"},
}


@pytest.mark.parametrize("zone", ZONES)
async def test_a_year_from_31_january_with_three_months_of_downtime(client: Client, clock: Clock, zone: str) -> None:
    # given a seller somewhere, and an invoice on the last day of every month
    clock.now = datetime(2026, 1, 15, 12, tzinfo=UTC)
    seller = await factories.entity(client, timeZone=zone, locale="en", currency="EUR")
    made = await catalogue.recurring(
        client,
        seller,
        monthly("2026-01-31", maxOccurrences=12),
        action="FINALIZE",
        lines=[factories.line(description="Care in {month} {year}")],
    )

    # when a worker looks every hour, but from April to June not at all
    issued: dict[str, str] = {}
    for index, day in enumerate(LAST_DAYS):
        due = datetime.combine(date.fromisoformat(day), datetime.min.time(), ZoneInfo(zone)) + timedelta(hours=6)
        moment = due.astimezone(UTC)
        if day in ZONES[zone]:
            assert moment.isoformat()[:16] == ZONES[zone][day]
        if 3 <= index <= 5:
            continue
        clock.now = moment - timedelta(seconds=1)
        missed = 3 if index == 6 else 0
        assert await run_due(client) == missed, day
        clock.now = moment
        assert await run_due(client) == 1, day
        assert await run_due(client) == 0, day
        issued[day] = moment.astimezone(ZoneInfo(zone)).date().isoformat()

    # then each month has its invoice, of its own date of supply, numbered in order
    found = await shown(client, made["id"])
    assert [one["occursOn"] for one in found["occurrences"]] == LAST_DAYS
    assert {one["status"] for one in found["occurrences"]} == {"MADE"}
    invoices = [one["invoice"] for one in found["occurrences"]]
    assert [one["number"] for one in invoices] == [f"INV-{n:03}" for n in range(1, 13)]
    assert [one["supplyDate"] for one in invoices] == LAST_DAYS
    assert [one["lines"][0]["description"] for one in invoices][1:4] == [
        "Care in February 2026",
        "Care in March 2026",
        "Care in April 2026",
    ]
    # What was missed is issued when the worker is back, never backdated.
    assert [one["issueDate"] for one in invoices][3:6] == [issued["2026-07-31"]] * 3
    assert [one["issueDate"] for one in invoices][:3] == LAST_DAYS[:3]
    assert (found["status"], found["occurrenceCount"]) == ("ENDED", 12)


async def books(client: Client) -> tuple[list[Data], list[Data]]:
    """All recurring invoices with their occurrences, and all invoices."""
    query = (
        "{ recurringInvoices(first: 100) { nodes { id occurrenceCount lastOn"
        " occurrences(first: 100) { nodes { occursOn status invoice { id number supplyDate } } } } }"
        " invoices(first: 100) { nodes { id number } totalCount } }"
    )
    found = await client.ask(query)
    assert found["invoices"]["totalCount"] <= 100
    return found["recurringInvoices"]["nodes"], found["invoices"]["nodes"]


async def check(client: Client, count: int, days: list[str]) -> None:
    """Every recurring invoice has each of these days once, and nothing else was made."""
    recurring, invoices = await books(client)
    assert len(recurring) == count
    for one in recurring:
        occurrences = sorted(one["occurrences"]["nodes"], key=lambda item: item["occursOn"])
        assert [item["occursOn"] for item in occurrences] == days
        assert [item["invoice"]["supplyDate"] for item in occurrences] == days
        # In order, though others came in between.
        numbers = [item["invoice"]["number"] for item in occurrences]
        assert numbers == sorted(numbers)
        assert one["occurrenceCount"] == len(days)
    assert {one["id"] for one in invoices} == {
        item["invoice"]["id"] for one in recurring for item in one["occurrences"]["nodes"]
    }
    assert sorted(one["number"] for one in invoices) == [f"INV-{n:03}" for n in range(1, count * len(days) + 1)]


async def work_through(app: Any, scope: Scope, chunk: int) -> None:
    while await make_due(app.services, scope, chunk=chunk):
        pass


async def daily(client: Client, seller: str, count: int, clock: Clock, days: int) -> list[str]:
    """That many daily invoices of one seller, none made for that many days; the days."""
    today = clock.now.date()
    buyer = await factories.customer(client, seller)
    for _ in range(count):
        await catalogue.recurring(
            client, seller, {"unit": "DAY", "startsOn": today.isoformat()}, action="FINALIZE", customerId=buyer
        )
    clock.advance(days=days - 1)
    return [(today + timedelta(days=n)).isoformat() for n in range(days)]


async def test_two_workers_at_once_make_each_occurrence_once(client: Client, clock: Clock) -> None:
    # given eight recurring invoices with six days to make up for, and a second process
    seller = await factories.entity(client, settings={"tax": {"pricesIncludeTax": True}})
    days = await daily(client, seller, 8, clock, 6)
    scope = await worker_scope(client)
    async with bootstrap.application(client.app.settings, clock=clock) as other:
        # when four workers of both go through what is due
        apps = [client.app, other, client.app, other]
        await asyncio.gather(*(work_through(app, scope, chunk) for app, chunk in zip(apps, (3, 8, 50, 1), strict=True)))
        await work_through(client.app, scope, 50)
    # then each was made once, in order
    await check(client, 8, days)


async def test_workers_that_are_cut_off_leave_nothing_out_and_nothing_double(client: Client, clock: Clock) -> None:
    # given six recurring invoices with ten days to make up for
    seller = await factories.entity(client, settings={"tax": {"pricesIncludeTax": True}})
    days = await daily(client, seller, 6, clock, 10)
    scope, dice, cut = await worker_scope(client), random.Random(1), 0

    # when workers are cancelled anywhere, two at a time
    for _ in range(60):
        tasks = [asyncio.create_task(work_through(client.app, scope, 4)) for _ in range(2)]
        await asyncio.sleep(dice.random() * 0.03)
        for task in tasks:
            cut += task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    await work_through(client.app, scope, 50)

    # then it is as if nothing had been
    assert cut > 0
    await check(client, 6, days)


async def test_one_that_raises_what_nobody_thought_of_does_not_keep_the_others(client: Client, clock: Clock) -> None:
    # given two recurring invoices, the content of one of which cannot be read
    seller = await factories.entity(client)
    bad = await catalogue.recurring(client, seller, {"unit": "DAY", "startsOn": "2026-03-10"})
    good = await catalogue.recurring(client, seller, {"unit": "DAY", "startsOn": "2026-03-10"})
    scope = await worker_scope(client)
    assert scope.permissions == ALL_PERMISSIONS
    async with client.app.database.transaction(scope) as session:
        await session.execute(
            "UPDATE recurring_invoice SET content = '{}' WHERE platform_id = $1 AND id = $2",
            scope.platform_id,
            bad["id"],
        )

    # when they are due
    assert await run_due(client) == 2

    # then the other one's invoice is made, and this one says that it failed, but not how the product is made
    query = "query($id: ID!) { recurringInvoice(id: $id) { occurrences { nodes { status reason } } } }"
    failed = (await client.ask(query, id=bad["id"]))["recurringInvoice"]["occurrences"]["nodes"]
    assert failed == [{"status": "RETRYING", "reason": "an internal error; it was logged"}]
    assert [one["status"] for one in (await shown(client, good["id"]))["occurrences"]] == ["MADE"]
