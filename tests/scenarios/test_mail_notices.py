"""Bounces that come back later, and what operators are told of disabled webhook endpoints."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from app.bootstrap import Application
from app.domain.errors import InvalidInput
from app.domain.scope import ALL_PERMISSIONS, Mode, system_scope
from app.services import bounces, keys
from app.services.endpoint_notices import tell_operators
from app.services.keys import NewAccount
from tests import factories
from tests.conftest import Clock
from tests.factories import Client
from tests.mailing import emails_of, event_types, finalized, opened, parsed, seller, send, work_off
from tests.scenarios.mail_server import MailServer, mail_server


@pytest.fixture
async def mx() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


@pytest.fixture
async def app(database_url: str, clock: Clock, mx: MailServer) -> AsyncIterator[Application]:
    async with opened(database_url, clock, mx.url, INVOICING_WEBHOOK_ALLOW_PRIVATE="true") as made:
        yield made


@pytest.fixture
async def operator(app: Application) -> NewAccount:
    return await keys.create_account(app.services, "Marketplace", contact_email="ops@marketplace.example")


@pytest.fixture
async def shop(app: Application, operator: NewAccount) -> AsyncIterator[Client]:
    client = Client(app, operator.live_secret)
    yield client
    await client.http.aclose()


def bounce_of(email_id: str, *, action: str = "failed") -> bytes:
    """A delivery status notification (RFC 3464) of that message."""
    return f"""From: MAILER-DAEMON@mx.example
To: bounces+{email_id}@shop.example
Content-Type: multipart/report; report-type=delivery-status; boundary="=b"

--=b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; erika@example.com
Action: {action}
Status: 5.2.2
Diagnostic-Code: smtp; 552 mailbox full

--=b--
""".encode()


async def test_a_bounce_that_comes_back_marks_its_message_once(app: Application, shop: Client) -> None:
    # given a message that the mail server took
    invoice = await finalized(shop, await seller(shop))
    email_id = (await send(shop, invoice["id"]))["email"]["id"]
    await work_off(app)

    # when it comes back, twice
    with pytest.raises(InvalidInput, match="no delivery status notification of a failure"):
        await bounces.take_bounce(app.services, bounce_of(email_id, action="delayed"))
    for _ in range(2):
        found = await bounces.take_bounce(app.services, bounce_of(email_id))
        assert found.email_id == email_id

    # then it says so, and it was announced once
    (stored,) = await emails_of(shop, invoice["id"])
    assert stored["status"] == "BOUNCED"
    assert stored["error"] == "erika@example.com: 5.2.2 552 mailbox full"
    assert await event_types(shop) == ["INVOICE_SENT", "INVOICE_EMAIL_FAILED"]


async def test_a_bounce_of_a_message_that_is_not_ours_is_refused(app: Application, shop: Client) -> None:
    email_id = (await send(shop, (await finalized(shop, await seller(shop)))["id"]))["email"]["id"]
    other = email_id[:-1] + ("0" if email_id[-1] != "0" else "1")

    with pytest.raises(InvalidInput, match="is no message of this installation"):
        await bounces.take_bounce(app.services, bounce_of(other))


async def test_the_command_takes_bounces_from_a_mail_servers_pipe(sqlite_url: str, clock: Clock) -> None:
    async with mail_server() as mx, opened(sqlite_url, clock, mx.url) as app:
        client = Client(app, (await keys.create_account(app.services, "Marketplace")).live_secret)
        invoice = await finalized(client, await seller(client))
        email_id = (await send(client, invoice["id"]))["email"]["id"]
        await work_off(app)

        done = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-m", "app.cli", "mail", "bounce"],
            input=bounce_of(email_id),
            env={"INVOICING_DATABASE_URL": sqlite_url, "COLUMNS": "200"},
            capture_output=True,
            timeout=60,
            check=False,
        )
        (stored,) = await emails_of(client, invoice["id"])
        await client.http.aclose()

    assert done.returncode == 0, done.stderr
    assert done.stdout.decode() == f"{email_id} did not reach erika@example.com: 5.2.2 552 mailbox full\n"
    assert stored["status"] == "BOUNCED"


ENDPOINT = (
    "mutation($url: String!) { webhookEndpointCreate(input: { url: $url })"
    " { webhookEndpoint { id } userErrors { message } } }"
)
TOLD = (
    "{ emails(first: 9, where: { kind: { eq: ENDPOINT_DISABLED } })"
    " { nodes { status to subject error entity { id } invoice { id } } } }"
)


async def disabled(shop: Client, clock: Clock) -> str:
    """Has the worker give an endpoint up after five days of nothing but failure; its URL."""
    with socket.socket() as unheard:
        # Bound, and nobody listens: it refuses.
        unheard.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unheard.getsockname()[1]}/hook"
        endpoint = await shop.ask(ENDPOINT, url=url)
        assert endpoint["webhookEndpointCreate"]["userErrors"] == []
        await factories.order(shop, await factories.entity(shop))
        await factories.settled(shop.app)
        for _ in range(2):
            await shop.app.worker.deliver_once()
            await shop.app.worker.settle()
            clock.now += timedelta(days=5)
    await factories.settled(shop.app)
    return url


async def test_the_operator_is_told_once_of_an_endpoint_that_was_given_up(
    app: Application, operator: NewAccount, shop: Client, clock: Clock, mx: MailServer
) -> None:
    # given an endpoint that was given up, and one that its owner disabled
    url = await disabled(shop, clock)
    own = (await shop.ask(ENDPOINT, url="http://127.0.0.1:9009/own"))["webhookEndpointCreate"]["webhookEndpoint"]["id"]
    await shop.ask(
        "mutation($i: WebhookEndpointUpdateInput!) { webhookEndpointUpdate(input: $i) { userErrors { message } } }",
        i={"id": own, "status": "DISABLED"},
    )
    scope = system_scope(operator.live.id, Mode.LIVE, "test", ALL_PERMISSIONS)

    # when the schedule runs, twice
    assert await tell_operators(app.services, scope) == 1
    assert await tell_operators(app.services, scope) == 0
    await work_off(app)

    # then there is one message to the operator
    (received,) = mx.received
    message = parsed(received.content)
    assert (message["To"], message["Subject"]) == (
        "ops@marketplace.example",
        "Webhook endpoint disabled · Marketplace invoicing",
    )
    plain = message.get_body(("plain",))
    assert plain is not None
    assert f"Endpoint: {url}\r\n" in plain.get_content()
    assert "Failing since: 2026-03-10 09:00 UTC\r\n" in plain.get_content()
    assert list(message.iter_attachments()) == []
    (told,) = (await shop.ask(TOLD))["emails"]["nodes"]
    assert (told["status"], told["to"], told["invoice"]) == ("SENT", ["ops@marketplace.example"], None)


async def test_without_a_contact_address_the_message_is_skipped_visibly(
    app: Application, operator: NewAccount, shop: Client, clock: Clock, mx: MailServer
) -> None:
    await keys.set_contact(app.services, operator.account.id, None)
    await disabled(shop, clock)
    scope = system_scope(operator.live.id, Mode.LIVE, "test", ALL_PERMISSIONS)

    assert await tell_operators(app.services, scope) == 1
    await work_off(app)

    (told,) = (await shop.ask(TOLD))["emails"]["nodes"]
    assert told["status"] == "SKIPPED"
    assert told["error"] == "the account has no contact address; set it with `invoicing account contact`"
    assert mx.received == []


async def test_a_seller_does_not_see_what_the_operator_is_told(
    app: Application, operator: NewAccount, shop: Client, clock: Clock
) -> None:
    await disabled(shop, clock)
    scope = system_scope(operator.live.id, Mode.LIVE, "test", ALL_PERMISSIONS)
    await tell_operators(app.services, scope)
    entity = (await shop.ask("{ entities(first: 1) { nodes { id } } }"))["entities"]["nodes"][0]["id"]

    asking = shop.with_key(await factories.key(shop, entity))
    assert (await asking.ask(TOLD))["emails"]["nodes"] == []
