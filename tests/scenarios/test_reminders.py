"""Buyers who have not paid are reminded by the seller's schedule: each step once, and not a day longer than needed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from app.domain.scope import ALL_PERMISSIONS, Mode, system_scope
from app.services import keys
from app.services.reminders import remind
from tests import factories
from tests.conftest import Clock
from tests.factories import Client
from tests.mailing import emails_of, event_types, finalized, opened, parsed, seller, send, work_off
from tests.scenarios.mail_server import MailServer, mail_server

REMINDED = {
    "autoInvoice": "NEVER",
    "paymentTermDays": 14,
    "reminders": {"enabled": True},
    "tax": {"pricesIncludeTax": True},
}
PAY = "mutation($i: PaymentRecordInput!) { paymentRecord(input: $i) { userErrors { message } } }"


class Shop:
    """A marketplace whose clock can be moved and whose schedule is run by hand."""

    def __init__(self, client: Client, clock: Clock, mx: MailServer, platform_id: str) -> None:
        self.client, self.clock, self.mx = client, clock, mx
        self.scope = system_scope(platform_id, Mode.LIVE, "test", ALL_PERMISSIONS)

    async def remind(self) -> int:
        """Runs the schedule once and sends what is due; how many reminders it made."""
        made = 0
        while chunk := await remind(self.client.app.services, self.scope):
            made += chunk
        await work_off(self.client.app)
        return made

    async def on(self, month: int, day: int, hour: int = 9) -> int:
        """The same at that hour (UTC)."""
        self.clock.now = datetime(2026, month, day, hour, tzinfo=UTC)
        return await self.remind()


@pytest.fixture
async def shop(database_url: str, clock: Clock) -> AsyncIterator[Shop]:
    async with mail_server() as mx, opened(database_url, clock, mx.url) as app:
        account = await keys.create_account(app.services, "Marketplace")
        client = Client(app, account.live_secret)
        yield Shop(client, clock, mx, account.live.id)
        await client.http.aclose()


async def test_each_step_is_taken_once_on_its_day(shop: Shop) -> None:
    # given an invoice that is due on 24 March, and another seller's who reminds nobody
    invoice = await finalized(shop.client, await seller(shop.client, settings=REMINDED))
    await finalized(shop.client, await seller(shop.client))

    # when the days go by
    made = {}
    for month, day in ((3, 24), (3, 30), (3, 31), (4, 1), (4, 13), (4, 14), (4, 15), (6, 1)):
        made[month, day] = await shop.on(month, day)
        made[month, day] += await shop.remind()

    # then there were two reminders, on the 7th and the 21st day after
    subject = "Zahlungserinnerung – Rechnung INV-001 · Kaffeerösterei Morgenrot"
    assert {date: count for date, count in made.items() if count} == {(3, 31): 1, (4, 14): 1}
    first, second = [parsed(received.content) for received in shop.mx.received]
    assert first["Subject"] == second["Subject"] == subject
    assert (first["To"], first["Date"]) == ("erika@example.com", "Tue, 31 Mar 2026 09:00:00 +0000")
    (pdf,) = first.iter_attachments()
    assert pdf.get_filename() == "INV-001.pdf"
    stored = await emails_of(shop.client, invoice["id"])
    assert [(row["kind"], row["daysAfterDue"], row["status"]) for row in stored] == [
        ("REMINDER", 21, "SENT"),
        ("REMINDER", 7, "SENT"),
    ]
    assert await event_types(shop.client) == ["INVOICE_REMINDER_SENT", "INVOICE_REMINDER_SENT"]


async def test_whoever_has_paid_is_not_reminded_and_who_paid_a_part_of_the_rest(shop: Shop) -> None:
    entity = await seller(shop.client, settings=REMINDED)
    paid, part = await finalized(shop.client, entity), await finalized(shop.client, entity)
    await shop.client.ask(PAY, i={"invoiceId": paid["id"]})
    await shop.client.ask(PAY, i={"invoiceId": part["id"], "amount": "1.90"})

    assert await shop.on(3, 31) == 1

    assert await emails_of(shop.client, paid["id"]) == []
    html = parsed(shop.mx.received[0].content).get_body(("html",))
    assert html is not None
    assert "10,00\u00a0EUR" in html.get_content()


async def test_a_payment_that_comes_while_the_reminder_waits_stops_it(shop: Shop) -> None:
    # given a reminder that waits for the morning
    invoice = await finalized(shop.client, await seller(shop.client, settings=REMINDED))
    assert await shop.on(3, 31, hour=1) == 1
    assert shop.mx.received == []

    # when the payment comes before it
    await shop.client.ask(PAY, i={"invoiceId": invoice["id"]})
    assert await shop.on(3, 31, hour=9) == 0

    # then nothing is sent, and it can be seen why
    assert shop.mx.received == []
    (stored,) = await emails_of(shop.client, invoice["id"])
    assert (stored["status"], stored["error"]) == ("SKIPPED", "nothing is due any more")
    assert await event_types(shop.client) == []


async def test_a_buyer_without_an_address_is_skipped_visibly(shop: Shop) -> None:
    invoice = await finalized(shop.client, await seller(shop.client, settings=REMINDED), email=None)

    assert await shop.on(3, 31) == 1
    assert await shop.remind() == 0

    (stored,) = await emails_of(shop.client, invoice["id"])
    assert (stored["status"], stored["to"]) == ("SKIPPED", [])
    assert stored["error"] == "the buyer has no e-mail address that mail can be sent to"
    assert shop.mx.received == []


async def test_whoever_switches_reminders_on_does_not_write_to_all_who_ever_were_late(shop: Shop) -> None:
    entity = await seller(shop.client)
    invoice = await finalized(shop.client, entity)
    await shop.on(5, 1)
    update = "mutation($i: EntityUpdateInput!) { entityUpdate(input: $i) { userErrors { field message } } }"
    await shop.client.ask(update, i={"id": entity, "settings": {"reminders": {"enabled": True}}})

    assert await shop.remind() == 0
    assert await emails_of(shop.client, invoice["id"]) == []


async def test_after_an_outage_one_reminder_stands_for_those_that_were_missed(shop: Shop) -> None:
    settings = {**REMINDED, "reminders": {"enabled": True, "daysAfterDue": [2, 5]}}
    invoice = await finalized(shop.client, await seller(shop.client, settings=settings))

    assert await shop.on(3, 30) == 1
    assert await shop.on(3, 31) == 0

    assert [row["daysAfterDue"] for row in await emails_of(shop.client, invoice["id"])] == [5]


async def test_a_step_follows_the_sellers_calendar(shop: Shop) -> None:
    # In Auckland 31 March begins at 11 o'clock UTC on the 30th, and nine in the morning is at 20.
    entity = await seller(shop.client, timeZone="Pacific/Auckland", settings=REMINDED)
    await finalized(shop.client, entity)

    assert await shop.on(3, 30, hour=10) == 0
    assert await shop.on(3, 30, hour=11) == 1
    assert shop.mx.received == []
    await shop.on(3, 30, hour=20)
    assert len(shop.mx.received) == 1


async def test_more_than_one_chunk_of_reminders(shop: Shop) -> None:
    entity = await seller(shop.client, settings=REMINDED)
    buyer = await factories.customer(shop.client, entity, email="erika@example.com")
    for _ in range(5):
        await factories.finalize(shop.client, await factories.draft(shop.client, entity, buyer))
    shop.clock.now = datetime(2026, 3, 31, 9, tzinfo=UTC)

    app = shop.client.app
    assert [await remind(app.services, shop.scope, chunk=2) for _ in range(4)] == [2, 2, 1, 0]
    assert await work_off(app) == 5
    assert len({received.content for received in shop.mx.received}) == 5


async def test_a_reminder_does_not_stand_in_the_way_of_sending(shop: Shop) -> None:
    invoice = await finalized(shop.client, await seller(shop.client, settings=REMINDED))
    await shop.on(3, 31)

    assert (await send(shop.client, invoice["id"]))["userErrors"] == []


async def test_settings_that_make_no_schedule_are_refused_naming_the_field(shop: Shop) -> None:
    entity = await seller(shop.client, settings=REMINDED)
    query = "mutation($i: EntityUpdateInput!) { entityUpdate(input: $i) { userErrors { code field } } }"
    for settings, field in (
        ({"reminders": {"daysAfterDue": [7, 3]}}, ["settings", "reminders", "daysAfterDue", "1"]),
        ({"reminders": {"daysAfterDue": []}}, ["settings", "reminders", "daysAfterDue"]),
        ({"replyTo": "nobody"}, ["settings", "replyTo"]),
        ({"reminders": {"enabled": None}}, ["settings", "reminders", "enabled"]),
    ):
        data = await shop.client.ask(query, i={"id": entity, "settings": settings})
        assert data["entityUpdate"]["userErrors"] == [{"code": "INVALID_INPUT", "field": field}], settings
    shown = "query($id: ID) { entity(id: $id) { settings { replyTo reminders { enabled daysAfterDue } } } }"
    found = (await shop.client.ask(shown, id=entity))["entity"]["settings"]
    assert found == {"replyTo": None, "reminders": {"enabled": True, "daysAfterDue": [7, 21]}}
