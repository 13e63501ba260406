"""Invoices that recur: made, changed, paused, resumed, ended; and what happens when an occurrence is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.domain.recurrence import RETRY_AFTER
from tests import catalogue, factories
from tests.catalogue import act, monthly, run_due, shown
from tests.conftest import Clock
from tests.factories import Client, Data

# The clock stands at 10:00 in Berlin on 10 March 2026.
TODAY = "2026-03-10"


async def refused(client: Client, query: str, name: str, /, **given: object) -> list[tuple[str, list[str]]]:
    payload = (await client.ask(query, i=given))[name]
    assert payload["recurringInvoice"] is None
    return [(error["code"], error["field"]) for error in payload["userErrors"]]


async def change(client: Client, recurring_id: str, **given: object) -> Data:
    payload = (await client.ask(catalogue.UPDATE_RECURRING, i={"id": recurring_id, **given}))["recurringInvoiceUpdate"]
    assert payload["userErrors"] == []
    found: Data = payload["recurringInvoice"]
    return found


async def test_a_recurring_invoice_tells_what_it_will_do(client: Client) -> None:
    seller = await factories.entity(client)
    item = await catalogue.item(client, seller)
    buyer = await factories.customer(client, seller)
    made = await catalogue.recurring(
        client,
        seller,
        monthly("2026-03-31", timeOfDay="09:30"),
        customerId=buyer,
        name="Care",
        lines=[{"itemId": item, "quantity": "2"}],
        allowances=[{"percent": "10", "reason": "friend"}],
        note="For {month} {year}",
    )
    assert made["status"] == "ACTIVE"
    assert made["action"] == "DRAFT"
    # Summer time has begun by then.
    assert made["nextRunAt"] == "2026-03-31T07:30:00Z"
    assert made["nextDates"] == ["2026-03-31", "2026-04-30", "2026-05-31"]
    query = (
        "query($id: ID!) { node(id: $id) { ... on RecurringInvoice { name entity { id } customer { id }"
        " schedule { unit every startsOn dayOfMonth timeOfDay endsOn maxOccurrences }"
        " content { currency pricesIncludeTax paymentTermDays note orderReference shipTo { country }"
        " allowances { percent amount reason } charges { percent }"
        " lines { description itemId taxClass supply { kind } } } nextDates(first: 5) } } }"
    )
    assert (await client.ask(query, id=made["id"]))["node"] == {
        "name": "Care",
        "entity": {"id": seller},
        "customer": {"id": buyer},
        "schedule": {
            "unit": "MONTH",
            "every": 1,
            "startsOn": "2026-03-31",
            "dayOfMonth": None,
            "timeOfDay": "09:30",
            "endsOn": None,
            "maxOccurrences": None,
        },
        "content": {
            "currency": "EUR",
            "pricesIncludeTax": True,
            "paymentTermDays": 14,
            "note": "For {month} {year}",
            "orderReference": None,
            "shipTo": None,
            "allowances": [{"percent": "10", "amount": None, "reason": "friend"}],
            "charges": [],
            "lines": [{"description": "Advice", "itemId": item, "taxClass": "STANDARD", "supply": {"kind": "GOODS"}}],
        },
        "nextDates": ["2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30", "2026-07-31"],
    }
    many = "query($id: ID!, $n: Int!) { recurringInvoice(id: $id) { nextDates(first: $n) } }"
    for wrong in (0, 101):
        assert (await client.error(many, id=made["id"], n=wrong))["extensions"]["code"] == "INVALID_INPUT"
    lists = (
        "query($e: ID!) { entity(id: $e) { recurringInvoices(where: { status: { eq: ACTIVE } }) { nodes { id } } }"
        " recurringInvoices(where: { status: { eq: PAUSED } }) { totalCount } }"
    )
    assert await client.ask(lists, e=seller) == {
        "entity": {"recurringInvoices": {"nodes": [{"id": made["id"]}]}},
        "recurringInvoices": {"totalCount": 0},
    }


async def test_what_cannot_recur_is_refused_naming_the_field(client: Client) -> None:
    seller = await factories.entity(client)
    buyer = await factories.customer(client, seller)
    foreign = await catalogue.item(client, await factories.entity(client))
    whole: Data = {"customerId": buyer, "schedule": monthly(TODAY), "lines": [factories.line()]}
    for wrong, code, field in (
        ({"schedule": monthly("2026-03-09")}, "INVALID_INPUT", ["schedule", "startsOn"]),
        ({"schedule": monthly(TODAY, every=0)}, "INVALID_INPUT", ["schedule", "every"]),
        ({"schedule": monthly(TODAY, dayOfMonth=32)}, "INVALID_INPUT", ["schedule", "dayOfMonth"]),
        ({"schedule": monthly(TODAY, timeOfDay="24:00")}, "INVALID_INPUT", ["schedule", "timeOfDay"]),
        ({"schedule": monthly(TODAY, timeOfDay="6")}, "INVALID_INPUT", ["schedule", "timeOfDay"]),
        ({"schedule": monthly(TODAY, maxOccurrences=0)}, "INVALID_INPUT", ["schedule", "maxOccurrences"]),
        (
            {"schedule": monthly(TODAY, maxOccurrences=1, endsOn="2026-04-01")},
            "INVALID_INPUT",
            ["schedule", "maxOccurrences"],
        ),
        ({"schedule": monthly("2026-03-20", endsOn="2026-03-19")}, "INVALID_INPUT", ["schedule", "endsOn"]),
        ({"lines": []}, "INVALID_INPUT", ["lines"]),
        ({"lines": [{"itemId": foreign, "quantity": "1"}]}, "NOT_FOUND", ["lines", "0", "itemId"]),
        (
            {"lines": [factories.line(supply={"kind": "SERVICES", "nature": "EVENT_ADMISSION"})]},
            "TAX_UNDETERMINED",
            None,
        ),
        ({"note": "x" * 2001}, "INVALID_INPUT", ["note"]),
        ({"customerId": "cus_00000000000000000000000000"}, "NOT_FOUND", ["customerId"]),
    ):
        name = "recurringInvoiceCreate"
        found = await refused(client, catalogue.CREATE_RECURRING, name, **{**whole, **wrong})
        assert [code_ for code_, _ in found] == [code], wrong
        assert field is None or found[0][1] == field, wrong
    # Whoever may not finalize cannot have it done by the clock.
    writer = client.with_key(await factories.key(client, permissions=["INVOICES_READ", "INVOICES_WRITE"]))
    error = await writer.error(catalogue.CREATE_RECURRING, i={**whole, "action": "FINALIZE"})
    assert error["extensions"]["code"] == "PERMISSION_DENIED"
    assert (await client.ask("{ recurringInvoices { totalCount } }"))["recurringInvoices"] == {"totalCount": 0}


async def test_each_occurrence_is_drafted_on_its_day(client: Client, clock: Clock) -> None:
    seller = await factories.entity(client, locale="de")
    made = await catalogue.recurring(
        client,
        seller,
        monthly(TODAY, timeOfDay="10:01", maxOccurrences=2),
        note="Leistung im {month} {year}, fällig seit {date}",
        lines=[factories.line(description="Wartung {month}")],
    )
    assert await run_due(client) == 0
    clock.advance(minutes=1)
    assert await run_due(client) == 1
    assert await run_due(client) == 0
    clock.now = datetime(2026, 4, 20, tzinfo=UTC)
    assert await run_due(client) == 1

    found = await shown(client, made["id"])
    assert [(one["occursOn"], one["status"], one["attempts"]) for one in found["occurrences"]] == [
        ("2026-03-10", "MADE", 1),
        ("2026-04-10", "MADE", 1),
    ]
    invoices = [one["invoice"] for one in found["occurrences"]]
    assert [(one["status"], one["supplyDate"], one["number"]) for one in invoices] == [
        ("DRAFT", "2026-03-10", None),
        ("DRAFT", "2026-04-10", None),
    ]
    assert [one["lines"][0]["description"] for one in invoices] == ["Wartung März", "Wartung April"]
    assert invoices[0]["note"] == "Leistung im März 2026, fällig seit 10.03.2026"
    # Two were to be.
    assert (found["status"], found["nextDates"], found["nextRunAt"]) == ("ENDED", [], None)
    assert (found["occurrenceCount"], found["lastOn"], found["version"]) == (2, "2026-04-10", 1)
    clock.now = datetime(2027, 4, 20, tzinfo=UTC)
    assert await run_due(client) == 0


async def test_a_pause_is_not_made_up_for(client: Client, clock: Clock) -> None:
    made = await catalogue.recurring(client, await factories.entity(client), {"unit": "WEEK", "startsOn": TODAY})
    assert await run_due(client) == 1
    assert (await act(client, "pause", made["id"]))["recurringInvoice"]["status"] == "PAUSED"
    clock.advance(days=30)
    assert await run_due(client) == 0

    resumed = (await act(client, "resume", made["id"]))["recurringInvoice"]
    assert resumed["nextDates"] == ["2026-04-14", "2026-04-21", "2026-04-28"]
    assert await run_due(client) == 0
    clock.advance(days=5)
    assert await run_due(client) == 1
    assert [one["occursOn"] for one in (await shown(client, made["id"]))["occurrences"]] == [TODAY, "2026-04-14"]
    # Once more of each changes nothing.
    assert (await act(client, "resume", made["id"]))["recurringInvoice"]["version"] == resumed["version"]


async def test_what_has_ended_stays_so(client: Client, clock: Clock) -> None:
    seller = await factories.entity(client)
    made = await catalogue.recurring(client, seller, monthly("2026-03-20"))
    assert (await act(client, "end", made["id"]))["recurringInvoice"]["status"] == "ENDED"
    assert (await act(client, "end", made["id"]))["recurringInvoice"]["version"] == 2
    for action in ("pause", "resume"):
        errors = (await act(client, action, made["id"]))["userErrors"]
        assert [error["code"] for error in errors] == ["INVALID_STATE"]
    found = await refused(client, catalogue.UPDATE_RECURRING, "recurringInvoiceUpdate", id=made["id"], name="x")
    assert found == [("INVALID_STATE", ["id"])]
    # A pause that outlasts the last day ends it as well.
    short = await catalogue.recurring(client, seller, monthly("2026-03-20", endsOn="2026-04-01"))
    await act(client, "pause", short["id"])
    clock.advance(days=60)
    assert (await act(client, "resume", short["id"]))["recurringInvoice"]["status"] == "ENDED"


async def test_changes_count_from_the_next_occurrence(client: Client, clock: Clock) -> None:
    seller = await factories.entity(client)
    item = await catalogue.item(client, seller, unitPrice="20")
    made = await catalogue.recurring(client, seller, monthly(TODAY), lines=[{"itemId": item, "quantity": "1"}])
    assert await run_due(client) == 1
    update = "mutation($i: ItemUpdateInput!) { itemUpdate(input: $i) { userErrors { message } } }"
    await client.ask(update, i={"id": item, "unitPrice": "30"})

    clock.now = datetime(2026, 4, 10, 6, tzinfo=UTC)
    assert await run_due(client) == 1
    changed = await change(client, made["id"], lines=[{"itemId": item, "quantity": "1"}], expectedVersion=1)
    assert changed["version"] == 2
    clock.now = datetime(2026, 5, 10, 6, tzinfo=UTC)
    assert await run_due(client) == 1
    found = await shown(client, made["id"])
    # The item's new price counts when it is entered anew, not by itself.
    amounts = [one["invoice"]["grossTotal"]["amount"] for one in found["occurrences"]]
    assert amounts == ["20.00", "20.00", "30.00"]

    # when it is to be weekly from now on
    changed = await change(client, made["id"], schedule={"unit": "WEEK", "startsOn": TODAY})
    assert changed["nextDates"] == ["2026-05-12", "2026-05-19", "2026-05-26"]
    name = "recurringInvoiceUpdate"
    stale = await refused(client, catalogue.UPDATE_RECURRING, name, id=made["id"], expectedVersion=1)
    assert stale == [("VERSION_CONFLICT", ["expectedVersion"])]
    # then one that is due is made by the old schedule first
    clock.now = datetime(2026, 5, 12, 12, tzinfo=UTC)
    found_errors = await refused(
        client, catalogue.UPDATE_RECURRING, name, id=made["id"], schedule=monthly("2026-06-01")
    )
    assert found_errors == [("INVALID_STATE", ["schedule"])]
    assert await run_due(client) == 1
    assert (await change(client, made["id"], schedule=monthly("2026-06-01")))["nextDates"][0] == "2026-06-01"
    # and a schedule with nothing left ends it
    ended = await change(client, made["id"], schedule=monthly("2026-06-01", maxOccurrences=4))
    assert ended["status"] == "ENDED"


async def test_a_failing_occurrence_is_told_retried_and_given_up_without_keeping_others(
    client: Client, clock: Clock
) -> None:
    # given a seller that may not issue for now, and another one
    seller, other = await factories.entity(client), await factories.entity(client)
    bad = await catalogue.recurring(client, seller, monthly(TODAY), action="FINALIZE")
    good = await catalogue.recurring(client, other, monthly(TODAY), action="FINALIZE")
    suspend = "mutation($i: EntityIdInput!) { entitySuspend(input: $i) { entity { id } } }"
    await client.ask(suspend, i={"id": seller})

    # when it is due, then the other one's invoice is made
    assert await run_due(client) == 2
    assert (await shown(client, good["id"]))["occurrences"][0]["invoice"]["number"] == "INV-001"
    failing = await shown(client, bad["id"])
    assert failing["occurrences"] == [
        {
            "occursOn": TODAY,
            "status": "RETRYING",
            "attempts": 1,
            "reason": "the entity is suspended; it cannot issue documents",
            "invoice": None,
        }
    ]
    assert failing["nextRunAt"] == "2026-03-10T09:05:00Z"
    # and it is tried again ever more rarely, and given up in the end
    for wait in RETRY_AFTER:
        clock.advance(seconds=wait.total_seconds() - 1)
        assert await run_due(client) == 0
        clock.advance(seconds=1)
        assert await run_due(client) == 1
    given_up = await shown(client, bad["id"])
    assert (given_up["occurrences"][0]["status"], given_up["occurrences"][0]["attempts"]) == ("FAILED", 6)
    assert given_up["nextDates"][0] == "2026-04-10"
    assert (given_up["status"], given_up["occurrenceCount"]) == ("ACTIVE", 1)
    # and nothing of it is left but what it tells
    assert (await client.ask("query($e: ID!) { entity(id: $e) { invoices { totalCount } } }", e=seller)) == {
        "entity": {"invoices": {"totalCount": 0}}
    }
    await factories.settled(client.app)
    log = "{ events(first: 100) { nodes { type subjectId data } } }"
    told = [
        event["data"]
        for event in (await client.ask(log))["events"]["nodes"]
        if event["type"] == "RECURRING_INVOICE_FAILED"
    ]
    assert [(event["attempts"], event["occursOn"]) for event in told] == [(n, TODAY) for n in range(1, 7)]
    assert told[0]["retryAt"] == "2026-03-10T09:05:00+00:00"
    assert told[-1]["retryAt"] is None


async def test_a_change_lets_a_failing_occurrence_be_tried_at_once(client: Client, clock: Clock) -> None:
    seller = await factories.entity(client)
    made = await catalogue.recurring(client, seller, monthly(TODAY), action="FINALIZE")
    suspend, activate = [
        f"mutation($i: EntityIdInput!) {{ entity{what}(input: $i) {{ entity {{ id }} }} }}"
        for what in ("Suspend", "Activate")
    ]
    await client.ask(suspend, i={"id": seller})
    assert await run_due(client) == 1
    assert await run_due(client) == 0
    await client.ask(activate, i={"id": seller})
    await change(client, made["id"], note="sorry")
    assert await run_due(client) == 1
    (occurrence,) = (await shown(client, made["id"]))["occurrences"]
    assert (occurrence["status"], occurrence["attempts"], occurrence["reason"]) == ("MADE", 2, None)
    assert occurrence["invoice"]["note"] == "sorry"


async def test_a_pause_skips_what_is_being_retried(client: Client, clock: Clock) -> None:
    seller = await factories.entity(client)
    made = await catalogue.recurring(client, seller, monthly(TODAY), action="FINALIZE")
    await client.ask("mutation($i: EntityIdInput!) { entitySuspend(input: $i) { entity { id } } }", i={"id": seller})
    assert await run_due(client) == 1
    await act(client, "pause", made["id"])
    clock.advance(hours=1)
    assert await run_due(client) == 0
    assert (await act(client, "resume", made["id"]))["recurringInvoice"]["nextDates"][0] == "2026-04-10"
    (occurrence,) = (await shown(client, made["id"]))["occurrences"]
    assert occurrence["status"] == "SKIPPED"


async def test_an_invoice_that_waits_for_a_tax_answer_is_sent_when_it_is_finalized(client: Client) -> None:
    # given a buyer whose VAT number nobody has checked
    from tests.graphql.test_invoices import FRENCH_BUSINESS, HELD

    seller = await factories.entity(client, settings=HELD)
    buyer = await factories.customer(client, seller, email="jean@example.com", **FRENCH_BUSINESS)
    made = await catalogue.recurring(client, seller, monthly(TODAY), action="SEND", customerId=buyer)
    assert await run_due(client) == 1
    (occurrence,) = (await shown(client, made["id"]))["occurrences"]
    assert (occurrence["status"], occurrence["invoice"]["status"]) == ("AWAITING", "PENDING")
    messages = "{ emails { nodes { to kind status } } }"
    assert (await client.ask(messages))["emails"]["nodes"] == []

    # when the answer comes and the invoice is finalized
    tax_id = {"value": "FR40303265045", "status": "VALID", "checkedAt": "2026-03-10T09:00:00Z"}
    update = "mutation($i: CustomerUpdateInput!) { customerUpdate(input: $i) { userErrors { message } } }"
    assert (await client.ask(update, i={"id": buyer, "taxId": tax_id}))["customerUpdate"]["userErrors"] == []
    pending = (await client.ask("{ invoices { nodes { id } } }"))["invoices"]["nodes"][0]["id"]
    assert (await factories.finalize(client, pending))["invoice"]["status"] == "FINALIZED"

    # then it is sent once
    assert await run_due(client) == 1
    assert await run_due(client) == 0
    assert (await client.ask(messages))["emails"]["nodes"] == [
        {"to": ["jean@example.com"], "kind": "INVOICE", "status": "QUEUED"}
    ]
    (occurrence,) = (await shown(client, made["id"]))["occurrences"]
    assert (occurrence["status"], occurrence["invoice"]["status"]) == ("MADE", "FINALIZED")


async def test_what_is_sent_without_an_address_is_skipped_visibly(client: Client) -> None:
    seller = await factories.entity(client)
    await catalogue.recurring(client, seller, monthly(TODAY), action="SEND")
    buyer = await factories.customer(client, seller, email="erika@example.com")
    await catalogue.recurring(client, seller, monthly(TODAY), action="SEND", customerId=buyer)
    assert await run_due(client) == 2
    messages = (await client.ask("{ emails { nodes { to status } } }"))["emails"]["nodes"]
    assert sorted(messages, key=lambda one: one["status"]) == [
        {"to": ["erika@example.com"], "status": "QUEUED"},
        {"to": [], "status": "SKIPPED"},
    ]


async def test_the_schedule_makes_it_every_minute(client: Client, clock: Clock) -> None:
    made = await catalogue.recurring(client, await factories.entity(client), monthly(TODAY, timeOfDay="10:05"))
    assert "invoices.recur" in await client.app.scheduler.run_due()
    assert (await shown(client, made["id"]))["occurrences"] == []
    clock.now += timedelta(minutes=5)
    assert "invoices.recur" in await client.app.scheduler.run_due()
    assert len((await shown(client, made["id"]))["occurrences"]) == 1
