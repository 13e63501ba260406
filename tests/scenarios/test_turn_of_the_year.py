"""The last days of a year and the first of the next, where it comes first and where it comes last."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests import factories
from tests.conftest import Clock
from tests.factories import Client

DOCUMENT = "number issueDate supplyDate dueDate contentHash previousHash"
FINALIZE = (
    f"mutation($i: InvoiceFinalizeInput!) {{ invoiceFinalize(input: $i) {{ invoice {{ {DOCUMENT} }}"
    " userErrors { message } } }"
)
YEARLY = {"autoInvoice": "NEVER", "numberFormats": [{"type": "STANDARD", "pattern": "{yyyy}/{nnn}"}]}
MONTHLY = {"autoInvoice": "NEVER", "numberFormats": [{"type": "STANDARD", "pattern": "{yy}{mm}-{nn}"}]}


async def issued(client: Client, clock: Clock, seller: str, buyer: str, at: datetime) -> dict[str, Any]:
    """A document drafted and finalized at that instant."""
    clock.now = at
    draft = await factories.draft(client, seller, buyer, paymentTermDays=14)
    payload = (await client.ask(FINALIZE, i={"id": draft}))["invoiceFinalize"]
    assert payload["userErrors"] == []
    found: dict[str, Any] = payload["invoice"]
    return found


@pytest.mark.parametrize(
    ("zone", "instants"),
    [
        # New Zealand's summer time is 13 hours ahead: midnight there is 11:00 UTC.
        ("Pacific/Auckland", [(31, 10, 59), (31, 11, 0), (31, 11, 1)]),
        # Hawaii is 10 hours behind: there the old year lasts until 10:00 UTC on the first of January.
        ("Pacific/Honolulu", [(32, 9, 59), (32, 10, 0), (32, 10, 1)]),
    ],
)
async def test_the_year_of_a_number_is_the_sellers_year(
    client: Client, clock: Clock, zone: str, instants: list[tuple[int, int, int]]
) -> None:
    seller = await factories.entity(client, timeZone=zone, settings=YEARLY)
    buyer = await factories.customer(client, seller)
    when = [
        datetime(2025, 12, day, hour, minute, tzinfo=UTC)
        if day < 32
        else datetime(2026, 1, 1, hour, minute, tzinfo=UTC)
        for day, hour, minute in instants
    ]
    early = await issued(client, clock, seller, buyer, datetime(2025, 12, 30, 12, 0, tzinfo=UTC))

    before, at, after = [await issued(client, clock, seller, buyer, instant) for instant in when]

    assert early["number"] == "2025/001"
    assert (before["number"], before["issueDate"], before["dueDate"]) == ("2025/002", "2025-12-31", "2026-01-14")
    assert (at["number"], at["issueDate"], at["supplyDate"]) == ("2026/001", "2026-01-01", "2026-01-01")
    assert after["number"] == "2026/002"
    # Each year is a series, and a chain, of its own.
    assert before["previousHash"] == early["contentHash"]
    assert at["previousHash"] is None
    assert after["previousHash"] == at["contentHash"]


async def test_two_sellers_at_one_instant_are_in_two_years(client: Client, clock: Clock) -> None:
    zones = ("Pacific/Auckland", "Europe/Tallinn", "Pacific/Honolulu")
    sellers = {zone: await factories.entity(client, timeZone=zone, settings=MONTHLY) for zone in zones}
    buyers = {zone: await factories.customer(client, seller) for zone, seller in sellers.items()}
    # Half past eleven in the evening of 31 December in Greenwich: half past one in Tallinn.
    instant = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)

    found = {zone: await issued(client, clock, sellers[zone], buyers[zone], instant) for zone in zones}

    assert {zone: (one["number"], one["issueDate"]) for zone, one in found.items()} == {
        "Pacific/Auckland": ("2601-01", "2026-01-01"),
        "Europe/Tallinn": ("2601-01", "2026-01-01"),
        "Pacific/Honolulu": ("2512-01", "2025-12-31"),
    }


async def test_a_draft_of_december_finalized_in_january_is_a_document_of_january(client: Client, clock: Clock) -> None:
    seller = await factories.entity(client, timeZone="Pacific/Auckland", settings=YEARLY)
    buyer = await factories.customer(client, seller)
    clock.now = datetime(2025, 12, 20, tzinfo=UTC)
    draft = await factories.draft(client, seller, buyer, supplyDate="2025-12-19")
    clock.now = datetime(2026, 1, 5, tzinfo=UTC)

    found = (await client.ask(FINALIZE, i={"id": draft}))["invoiceFinalize"]["invoice"]

    assert (found["number"], found["issueDate"], found["supplyDate"]) == ("2026/001", "2026-01-05", "2025-12-19")
