"""A finalized document goes to its buyer by e-mail: from the mutation to what a mail server took of it."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from app import bootstrap, settings
from app.bootstrap import Application
from app.db import emails
from app.db.email_rows import EmailRow
from app.domain.scope import Mode, system_scope
from app.services import keys
from app.services.email_delivery import LEASE, give_up_orphans
from tests import factories
from tests.conftest import Clock
from tests.factories import Client
from tests.mailing import emails_of, event_types, finalized, opened, parsed, seller, send, work_off
from tests.scenarios.mail_server import MailServer, mail_server

LOGO = Path(bootstrap.__file__).parent / "commands" / "demo" / "morgenrot.png"


@pytest.fixture
async def mx() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


@pytest.fixture
async def shop(database_url: str, clock: Clock, mx: MailServer) -> AsyncIterator[Client]:
    async with opened(database_url, clock, mx.url) as app:
        client = Client(app, (await keys.create_account(app.services, "Marketplace")).live_secret)
        yield client
        await client.http.aclose()


@pytest.fixture
async def small(sqlite_url: str, clock: Clock, mx: MailServer) -> AsyncIterator[Client]:
    """On SQLite only, for what no database decides."""
    async with opened(sqlite_url, clock, mx.url) as app:
        client = Client(app, (await keys.create_account(app.services, "Marketplace")).live_secret)
        yield client
        await client.http.aclose()


async def test_the_buyer_gets_the_very_pdf_in_the_sellers_brand(shop: Client, mx: MailServer) -> None:
    # given a finalized invoice of a seller with a logo
    logo = base64.b64encode(LOGO.read_bytes()).decode()
    entity = await seller(shop, branding={"primaryColor": "#c2410c", "footer": "Amtsgericht", "logo": logo})
    invoice = await finalized(shop, entity)

    # when it is sent
    payload = await send(shop, invoice["id"], cc=["steuer@example.com"], message="Danke!\n<Bis bald>")
    assert payload["userErrors"] == []
    assert payload["email"]["status"] == "QUEUED"
    assert payload["invoice"] == {"id": invoice["id"]}
    assert mx.received == []
    assert await work_off(shop.app) == 1

    # then the mail server took one message for both, and what it says is true
    (received,) = mx.received
    assert received.sender == f"bounces+{payload['email']['id']}@shop.example"
    assert received.recipients == ("erika@example.com", "steuer@example.com")
    message = parsed(received.content)
    assert message["Subject"] == "Rechnung INV-001 · Kaffeerösterei Morgenrot" == payload["email"]["subject"]
    assert message["From"] == "Kaffeerösterei Morgenrot <invoices@shop.example>"
    assert message["Reply-To"] == "Kaffeerösterei Morgenrot <hallo@morgenrot.example>"
    assert (message["To"], message["Cc"]) == ("erika@example.com", "steuer@example.com")
    assert message["Message-ID"] == payload["email"]["messageId"] == f"<{payload['email']['id']}@shop.example>"
    assert message["Date"] == "Tue, 10 Mar 2026 09:00:00 +0000"
    html, plain = message.get_body(("html",)), message.get_body(("plain",))
    assert html is not None
    assert plain is not None
    assert "Danke!<br>&lt;Bis bald&gt;" in html.get_content()
    assert "11,90\u00a0EUR" in html.get_content()
    assert "#c2410c" in html.get_content()
    assert "Danke!\r\n<Bis bald>" in plain.get_content()
    (picture,) = [part for part in message.walk() if part.get_content_type() == "image/png"]
    assert picture.get_payload(decode=True) == LOGO.read_bytes()

    # and the PDF is byte for byte the one that the API serves
    (pdf,) = message.iter_attachments()
    assert (pdf.get_filename(), pdf.get_content_type()) == ("INV-001.pdf", "application/pdf")
    served = (await shop.get(f"/invoices/{invoice['id']}.pdf")).content
    content = pdf.get_payload(decode=True)
    assert content == served
    (stored,) = await emails_of(shop, invoice["id"])
    assert stored["pdfSha256"] == hashlib.sha256(served).hexdigest()
    assert (stored["status"], stored["attempts"], stored["sentAt"]) == ("SENT", 1, "2026-03-10T09:00:00Z")
    assert await event_types(shop) == ["INVOICE_SENT"]


async def test_a_message_speaks_the_buyers_language(small: Client, mx: MailServer) -> None:
    entity = await seller(small, locale="de-DE")
    for locale, subject in (("fr-FR", "Facture INV-001"), ("bg", "Фактура INV-002"), (None, "Rechnung INV-003")):
        invoice = await finalized(small, entity, locale=locale)
        payload = await send(small, invoice["id"])
        assert payload["email"]["subject"] == f"{subject} · Kaffeerösterei Morgenrot"
    await work_off(small.app)
    assert [parsed(received.content)["Content-Language"] for received in mx.received] == ["fr", "bg", "de"]


async def test_answers_go_where_the_seller_says(small: Client, mx: MailServer) -> None:
    entity = await seller(small, settings={"autoInvoice": "NEVER", "replyTo": "buchhaltung@morgenrot.example"})
    await send(small, (await finalized(small, entity))["id"])
    silent = await seller(small, email=None)
    await send(small, (await finalized(small, silent))["id"])
    await work_off(small.app)

    first, second = [parsed(received.content) for received in mx.received]
    assert first["Reply-To"].addresses[0].addr_spec == "buchhaltung@morgenrot.example"
    assert second["Reply-To"] is None


async def test_the_sandbox_marks_its_messages(database_url: str, clock: Clock, mx: MailServer) -> None:
    async with opened(database_url, clock, mx.url) as app:
        client = Client(app, (await keys.create_account(app.services, "Marketplace")).sandbox_secret)
        await send(client, (await finalized(client, await seller(client)))["id"])
        await work_off(app)
        await client.http.aclose()

    assert parsed(mx.received[0].content)["Subject"] == "[TEST] Rechnung INV-001 · Kaffeerösterei Morgenrot"


REFUSED: list[tuple[dict[str, Any], str, list[str]]] = [
    ({"to": ["erika"]}, "INVALID_INPUT", ["to", "0"]),
    ({"to": ["a@example.com", "b@example.com\r\nBcc: c@example.com"]}, "INVALID_INPUT", ["to", "1"]),
    ({"cc": ["Erika <erika@example.com>"]}, "INVALID_INPUT", ["cc", "0"]),
    ({"to": [f"x{n}@example.com" for n in range(11)]}, "INVALID_INPUT", ["to"]),
    ({"cc": [f"x{n}@example.com" for n in range(11)]}, "INVALID_INPUT", ["cc"]),
    ({"message": "x" * 2_001}, "INVALID_INPUT", ["message"]),
    ({"message": "a\x1bb"}, "INVALID_INPUT", ["message"]),
]


async def test_what_cannot_be_sent_is_refused_naming_the_field(small: Client, mx: MailServer) -> None:
    entity = await seller(small)
    invoice = await finalized(small, entity)
    nobody = await finalized(small, entity, email=None)
    draft = await factories.draft(small, entity)

    for given, code, field in REFUSED:
        (error,) = (await send(small, invoice["id"], **given))["userErrors"]
        assert (error["code"], error["field"]) == (code, field), given
    (error,) = (await send(small, nobody["id"]))["userErrors"]
    assert (error["code"], error["field"]) == ("INVALID_INPUT", ["to"])
    (error,) = (await send(small, draft))["userErrors"]
    assert error["code"] == "INVALID_STATE"
    assert error["message"] == "cannot send this document: finalize it first"

    assert await emails_of(small, invoice["id"]) == []
    assert await work_off(small.app) == 0
    assert mx.received == []


async def test_a_key_that_may_only_read_sends_nothing(small: Client) -> None:
    invoice = await finalized(small, await seller(small))
    reader = small.with_key(await factories.key(small, permissions=["INVOICES_READ"]))

    error = await reader.error(
        "mutation($id: ID!) { invoiceSend(input: { id: $id }) { email { id } } }", id=invoice["id"]
    )
    assert error["extensions"]["code"] == "PERMISSION_DENIED"
    assert await emails_of(small, invoice["id"]) == []


async def test_whoever_presses_twice_means_once(shop: Client, clock: Clock, mx: MailServer) -> None:
    invoice = await finalized(shop, await seller(shop))
    first = await send(shop, invoice["id"], idempotencyKey="k-1")

    # the same request again is answered with the first message; another one for the same buyer is refused
    assert await send(shop, invoice["id"], idempotencyKey="k-1") == first
    (error,) = (await send(shop, invoice["id"]))["userErrors"]
    assert (error["code"], error["field"]) == ("ALREADY_EXISTS", ["to"])
    assert first["email"]["id"] in error["message"]

    # other addresses, a repetition that is meant, and a later one are sent
    assert (await send(shop, invoice["id"], to=["other@example.com"]))["userErrors"] == []
    assert (await send(shop, invoice["id"], again=True))["userErrors"] == []
    clock.advance(minutes=10)
    assert (await send(shop, invoice["id"]))["userErrors"] == []
    await work_off(shop.app)
    assert len(mx.received) == 4


async def test_a_server_that_is_busy_gets_it_later(shop: Client, clock: Clock, mx: MailServer) -> None:
    # given a mail server that has no time for one recipient, then for nobody
    mx.answers = {"RCPT b@example.com": ["450 later"]}
    invoice = await finalized(shop, await seller(shop))
    await send(shop, invoice["id"], to=["a@example.com", "b@example.com"])

    await work_off(shop.app)
    (stored,) = await emails_of(shop, invoice["id"])
    assert (stored["status"], stored["attempts"], stored["error"]) == ("QUEUED", 1, "b@example.com: 450 later")
    assert await work_off(shop.app) == 0

    # when its time has come: only who has not got it yet
    mx.answers = {"CONNECT": ["drop"]}
    clock.advance(minutes=2)
    assert await work_off(shop.app) == 1
    clock.advance(minutes=7)
    assert await work_off(shop.app) == 1

    # then both have it once, and it was announced once
    assert [received.recipients for received in mx.received] == [("a@example.com",), ("b@example.com",)]
    ids = {parsed(received.content)["Message-ID"] for received in mx.received}
    assert len(ids) == 1
    (stored,) = await emails_of(shop, invoice["id"])
    assert (stored["status"], stored["attempts"], stored["error"]) == ("SENT", 3, None)
    assert await event_types(shop) == ["INVOICE_SENT"]


async def test_what_is_refused_for_good_has_bounced(shop: Client, mx: MailServer) -> None:
    mx.answers = {"RCPT a@example.com": ["550 5.1.1 unknown user"]}
    invoice = await finalized(shop, await seller(shop))
    await send(shop, invoice["id"], to=["a@example.com", "b@example.com"])
    await work_off(shop.app)

    (stored,) = await emails_of(shop, invoice["id"])
    assert (stored["status"], stored["error"]) == ("BOUNCED", "a@example.com: 550 5.1.1 unknown user")
    assert [received.recipients for received in mx.received] == [("b@example.com",)]
    assert await event_types(shop) == ["INVOICE_SENT", "INVOICE_EMAIL_FAILED"]
    failed = await shop.ask("{ events(first: 9, types: [INVOICE_EMAIL_FAILED]) { nodes { subjectId data } } }")
    (event,) = failed["events"]["nodes"]
    assert event["subjectId"] == invoice["id"]
    assert event["data"]["reason"] == "a@example.com: 550 5.1.1 unknown user"
    assert event["data"]["emailStatus"] == "BOUNCED"


async def test_a_server_that_never_comes_back_is_given_up_after_nine_attempts(
    small: Client, clock: Clock, mx: MailServer
) -> None:
    mx.answers, mx.for_ever = {"CONNECT": ["421 closed"]}, True
    invoice = await finalized(small, await seller(small))
    await send(small, invoice["id"])
    for _ in range(9):
        assert await work_off(small.app) == 1
        clock.advance(hours=29)

    assert await work_off(small.app) == 0
    (stored,) = await emails_of(small, invoice["id"])
    assert (stored["status"], stored["attempts"]) == ("FAILED", 9)
    assert stored["error"] == "erika@example.com: 421 closed"
    assert await event_types(small) == ["INVOICE_EMAIL_FAILED"]


async def test_without_a_mail_server_messages_are_files(sqlite_url: str, clock: Clock, tmp_path: Path) -> None:
    assert settings.load({}).mail_url == "file://var/mail"
    async with opened(sqlite_url, clock, f"file://{tmp_path / 'mail'}") as app:
        client = Client(app, (await keys.create_account(app.services, "Marketplace")).live_secret)
        payload = await send(client, (await finalized(client, await seller(client)))["id"])
        await work_off(app)
        await client.http.aclose()

    (path,) = (tmp_path / "mail").iterdir()
    assert path.name == f"{payload['email']['id']}.eml"
    assert parsed(path.read_bytes())["Subject"] == "Rechnung INV-001 · Kaffeerösterei Morgenrot"


async def limited(url: str, clock: Clock, mx: MailServer, **given: Any) -> AsyncIterator[tuple[Application, Client]]:
    async with opened(url, clock, mx.url, **given) as app:
        client = Client(app, (await keys.create_account(app.services, "Marketplace")).live_secret)
        yield app, client
        await client.http.aclose()


async def test_what_is_above_the_platforms_limit_waits(database_url: str, clock: Clock, mx: MailServer) -> None:
    # given two messages a minute, and seven to send
    async for app, client in limited(database_url, clock, mx, INVOICING_MAIL_PER_MINUTE="2"):
        entity = await seller(client)
        for _ in range(7):
            await send(client, (await finalized(client, entity))["id"])

        # then they go two by two, each asked for twice at most, and none is lost
        sent, ran = [], 0
        for _ in range(4):
            ran += await work_off(app)
            sent.append(len(mx.received))
            clock.advance(minutes=1)
        assert sent == [2, 4, 6, 7]
        assert ran == 12
        assert await work_off(app) == 0
        data = await client.ask("{ emails(first: 9, where: { status: { eq: SENT } }) { totalCount } }")
        assert data == {"emails": {"totalCount": 7}}


async def test_what_is_above_a_sellers_limit_waits_and_holds_no_other_seller_up(
    database_url: str, clock: Clock, mx: MailServer
) -> None:
    async for app, client in limited(database_url, clock, mx, INVOICING_MAIL_PER_ENTITY_PER_DAY="1"):
        busy, quiet = await seller(client), await seller(client, name="Quiet")
        for entity in (busy, busy, busy, quiet):
            await send(client, (await finalized(client, entity))["id"])
        await work_off(app)
        assert len(mx.received) == 2
        clock.advance(hours=23)
        assert await work_off(app) == 0
        clock.advance(hours=1)
        await work_off(app)
        assert len(mx.received) == 3
        clock.advance(hours=24)
        await work_off(app)
        assert len(mx.received) == 4


async def test_a_worker_that_dies_while_sending_loses_no_message(small: Client, clock: Clock, mx: MailServer) -> None:
    # given a worker that claimed a message and was never heard of again
    invoice = await finalized(small, await seller(small))
    email_id = (await send(small, invoice["id"]))["email"]["id"]
    platform = (await small.ask("{ viewer { platformId } }"))["viewer"]["platformId"]
    scope = system_scope(platform, Mode.LIVE, "test")
    limits: dict[str, Any] = {"lease": LEASE, "per_minute": 9, "per_entity_per_day": 9}
    async with small.app.database.transaction(scope) as session:
        claimed = await emails.claim(scope, session, email_id, clock.now, **limits)
    assert isinstance(claimed, EmailRow)

    # when another one finds its job, it waits until the first can be taken for dead, and then sends
    await work_off(small.app)
    assert mx.received == []
    clock.advance(minutes=7)
    await work_off(small.app)
    assert len(mx.received) == 1

    # and the first one, should it come back, changes nothing any more
    async with small.app.database.transaction(scope) as session:
        assert not await emails.finish(scope, session, claimed, {"error": "too late"})
    (stored,) = await emails_of(small, invoice["id"])
    assert (stored["status"], stored["attempts"], stored["error"]) == ("SENT", 2, None)


async def test_a_sellers_own_key_sends_its_invoices(shop: Client, mx: MailServer) -> None:
    entity = await seller(shop)
    invoice = await finalized(shop, entity)
    own = shop.with_key(await factories.key(shop, entity))

    assert (await send(own, invoice["id"]))["userErrors"] == []
    await work_off(shop.app)

    assert len(mx.received) == 1
    assert [row["status"] for row in await emails_of(own, invoice["id"])] == ["SENT"]


async def test_a_running_worker_sends_without_being_asked(database_url: str, clock: Clock, mx: MailServer) -> None:
    async with opened(database_url, clock, mx.url, worker=True) as app:
        client = Client(app, (await keys.create_account(app.services, "Marketplace")).live_secret)
        invoice = await finalized(client, await seller(client))
        await send(client, invoice["id"])
        async with asyncio.timeout(20):
            while [row["status"] for row in await emails_of(client, invoice["id"])] != ["SENT"]:  # noqa: ASYNC110
                await asyncio.sleep(0.05)  # it happens in the worker
        await client.http.aclose()

    assert [received.recipients for received in mx.received] == [("erika@example.com",)]


async def test_a_message_whose_job_was_cancelled_is_given_up_after_an_hour(shop: Client, clock: Clock) -> None:
    # given two messages, one of whose jobs somebody cancels
    entity = await seller(shop)
    invoice, other = await finalized(shop, entity), await finalized(shop, entity)
    await send(shop, invoice["id"])
    job = (await shop.ask("{ jobs(first: 1) { nodes { id } } }"))["jobs"]["nodes"][0]["id"]
    await shop.ask("mutation($id: ID!) { jobCancel(input: { id: $id }) { userErrors { message } } }", id=job)
    await send(shop, other["id"])
    platform = (await shop.ask("{ viewer { platformId } }"))["viewer"]["platformId"]
    scope = system_scope(platform, Mode.LIVE, "test")

    # then it is given up, not at once, since the job can be run again; the other one waits for its worker
    assert await give_up_orphans(shop.app.services, scope) == 0
    clock.advance(hours=1, minutes=1)
    assert [await give_up_orphans(shop.app.services, scope) for _ in range(2)] == [1, 0]
    assert [row["status"] for row in await emails_of(shop, other["id"])] == ["QUEUED"]
    (stored,) = await emails_of(shop, invoice["id"])
    assert (stored["status"], stored["error"]) == ("FAILED", "its job was cancelled or failed")
    assert await event_types(shop) == ["INVOICE_EMAIL_FAILED"]


async def test_nobody_gets_it_twice_and_no_invoice_is_an_excuse_for_any_number(small: Client, mx: MailServer) -> None:
    # given an invoice that is sent to the same address in several spellings
    invoice = await finalized(small, await seller(small))
    named = {"to": ["A@example.com", "a@Example.com"], "cc": ["a@example.com", "b@example.com"]}
    payload = await send(small, invoice["id"], **named)
    assert (payload["email"]["to"], payload["email"]["cc"]) == (["A@example.com"], ["b@example.com"])
    await work_off(small.app)
    assert [received.recipients for received in mx.received] == [("A@example.com", "b@example.com")]

    # when it is sent again and again
    codes = []
    for _ in range(50):
        codes += [error["code"] for error in (await send(small, invoice["id"], again=True))["userErrors"]]

    # then there is an end to it
    assert codes == ["LIMIT_EXCEEDED"]
