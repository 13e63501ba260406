"""Drafts finalized at the time set for them: once, in order, and never again and again."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from app import bootstrap
from app.services import auto_finalize
from tests import books, factories
from tests.conftest import Clock
from tests.document_life import BUSINESS, done, read, refused, seller
from tests.factories import Client

EVENTS = """{ events(first: 100, types: [INVOICE_AUTO_FINALIZE_FAILED, INVOICE_FINALIZED]) {
    nodes { type subjectId data } } }"""
DELETE = "mutation($i: InvoiceDeleteInput!) { invoiceDelete(input: $i) { deletedId userErrors { code } } }"


def at(clock: Clock, **later: float) -> str:
    return (clock() + timedelta(**later)).isoformat()


async def told(client: Client) -> list[tuple[str, str]]:
    await factories.settled(client.app)
    return [(node["type"], node["subjectId"]) for node in (await client.ask(EVENTS))["events"]["nodes"]]


async def all_due(client: Client) -> None:
    scope = await books.scope_of(client)
    while await auto_finalize.finalize_due(client.app.services, scope):
        pass


async def test_drafts_are_finalized_when_their_time_has_come(client: Client, clock: Clock) -> None:
    # given three drafts for different times, and one for none
    buyer = await factories.customer(client, await seller(client))
    times = (at(clock, hours=2), at(clock, hours=1), at(clock, hours=1), None)
    drafts = [
        (await done(client, "invoiceCreate", customerId=buyer, lines=[factories.line()], autoFinalizeAt=time))["id"]
        for time in times
    ]

    # when the first time has come, a worker that was away for a while finds two of them
    clock.advance(minutes=59)
    await client.app.scheduler.run_due()
    assert {(await read(client, draft))["status"] for draft in drafts} == {"DRAFT"}
    clock.advance(minutes=2)
    await client.app.scheduler.run_due()
    found = [await read(client, draft) for draft in drafts]
    assert [one["number"] for one in found] == [None, "INV-001", "INV-002", None]

    # and the other one at its own
    clock.advance(days=3)
    await client.app.scheduler.run_due()
    assert (await read(client, drafts[0]))["number"] == "INV-003"
    assert [kind for kind, _ in await told(client)] == ["INVOICE_FINALIZED"] * 3
    await books.checked(client)


async def test_two_workers_finalize_each_draft_once(client: Client, clock: Clock) -> None:
    buyer = await factories.customer(client, await seller(client))
    for _ in range(20):
        given = {"customerId": buyer, "lines": [factories.line()], "autoFinalizeAt": at(clock, minutes=1)}
        await done(client, "invoiceCreate", **given)
    clock.advance(minutes=2)
    async with bootstrap.application(client.app.settings, clock=clock) as other:
        scope = await books.scope_of(client)
        workers = [auto_finalize.finalize_due(app.services, scope) for app in (client.app, other, client.app)]
        await asyncio.gather(*workers)
        await all_due(client)
    assert sorted(map(len, (await books.checked(client)).values())) == [20]
    assert [kind for kind, _ in await told(client)] == ["INVOICE_FINALIZED"] * 20


async def test_what_cannot_be_finalized_is_told_once_and_stays_a_draft(client: Client, clock: Clock) -> None:
    # given a self-billed invoice without its agreement, and a sound one
    buyer = await factories.customer(client, await seller(client))
    given: dict[str, Any] = {"customerId": buyer, "lines": [factories.line()], "autoFinalizeAt": at(clock, minutes=1)}
    bad = await done(client, "invoiceCreate", type="SELF_BILLED", **given)
    good = await done(client, "invoiceCreate", **given)
    clock.advance(minutes=2)

    await all_due(client)

    assert sorted(await told(client)) == [
        ("INVOICE_AUTO_FINALIZE_FAILED", bad["id"]),
        ("INVOICE_FINALIZED", good["id"]),
    ]
    found = await read(client, bad["id"])
    assert (found["status"], found["autoFinalizeAt"], found["version"]) == ("DRAFT", None, bad["version"] + 1)
    clock.advance(days=1)
    await all_due(client)
    assert len(await told(client)) == 2
    data = [node["data"] for node in (await client.ask(EVENTS))["events"]["nodes"] if "FAILED" in node["type"]]
    assert data[0]["reason"] == (
        "agreementReference: name the agreement under which the buyer issues this invoice (Art. 224)"
    )


async def test_a_draft_that_changes_meanwhile_is_left(client: Client, clock: Clock) -> None:
    # given drafts that were found due, of which one is put off then, one deleted, and one finalized by somebody
    buyer = await factories.customer(client, await seller(client))
    given: dict[str, Any] = {"customerId": buyer, "lines": [factories.line()], "autoFinalizeAt": at(clock, minutes=1)}
    changed, deleted, finalized = [await done(client, "invoiceCreate", **given) for _ in range(3)]
    clock.advance(minutes=2)
    await done(client, "invoiceUpdate", id=changed["id"], autoFinalizeAt=at(clock, hours=1))
    await client.ask(DELETE, i={"id": deleted["id"]})
    await done(client, "invoiceFinalize", id=finalized["id"])

    # when a worker comes to them
    scope = await books.scope_of(client)
    for draft in (changed, deleted, finalized):
        assert await auto_finalize.finalize_found(client.app.services, scope, draft["id"], draft["version"])

    # then it does nothing, and complains of nothing
    assert await told(client) == [("INVOICE_FINALIZED", finalized["id"])]
    found = await read(client, changed["id"])
    assert (found["status"], found["autoFinalizeAt"]) == ("DRAFT", "2026-03-10T10:02:00Z")


async def test_a_draft_that_is_held_becomes_pending(client: Client, clock: Clock) -> None:
    # given a draft whose tax waits for the answer on the buyer's VAT number
    buyer = await factories.customer(client, await seller(client), **BUSINESS)
    draft = await done(
        client, "invoiceCreate", customerId=buyer, lines=[factories.line()], autoFinalizeAt=at(clock, minutes=1)
    )
    clock.advance(minutes=2)
    await all_due(client)
    assert (await read(client, draft["id"]))["status"] == "PENDING"

    # then it cannot be changed; once the answer is there it is finalized when somebody asks
    assert (await refused(client, "invoiceUpdate", id=draft["id"], note="x"))["code"] == "INVALID_STATE"
    answer = {"value": "FR40303265045", "status": "VALID", "checkedAt": "2026-03-10T09:00:00Z"}
    change = "mutation($i: CustomerUpdateInput!) { customerUpdate(input: $i) { userErrors { message } } }"
    await client.ask(change, i={"id": buyer, "taxId": answer})
    assert (await done(client, "invoiceFinalize", id=draft["id"]))["number"] == "INV-001"


async def test_a_pending_document_can_be_deleted(client: Client) -> None:
    buyer = await factories.customer(client, await seller(client), **BUSINESS)
    draft = await factories.draft(client, "", buyer)
    assert (await factories.finalize(client, draft))["invoice"]["status"] == "PENDING"
    assert (await client.ask(DELETE, i={"id": draft}))["invoiceDelete"] == {"deletedId": draft, "userErrors": []}


async def test_the_time_lies_ahead_and_can_be_taken_off(client: Client, clock: Clock) -> None:
    buyer = await factories.customer(client, await seller(client))
    given: dict[str, Any] = {"customerId": buyer, "lines": [factories.line()]}
    for wrong in (at(clock), at(clock, days=-1), at(clock, days=732)):
        error = await refused(client, "invoiceCreate", **given, autoFinalizeAt=wrong)
        assert error["message"] == "must lie in the future, at most 731 days ahead"
        assert error["field"] == ["autoFinalizeAt"]
    draft = await done(client, "invoiceCreate", **given, autoFinalizeAt=at(clock, days=1))
    assert draft["autoFinalizeAt"] == "2026-03-11T09:00:00Z"
    assert (await done(client, "invoiceUpdate", id=draft["id"], note="x"))["autoFinalizeAt"] == "2026-03-11T09:00:00Z"
    assert (await done(client, "invoiceUpdate", id=draft["id"], autoFinalizeAt=None))["autoFinalizeAt"] is None
    assert (await done(client, "invoiceDuplicate", id=draft["id"]))["autoFinalizeAt"] is None
