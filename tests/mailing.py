"""Mail as tests see it: the product with a mail server of their own, and its jobs done on demand."""

from __future__ import annotations

import email
import email.policy
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

from app import bootstrap, settings
from app.bootstrap import Application
from app.db import accounts
from app.db import jobs as stored
from app.db.aggregates import JOBS
from app.db.where import All, Compare, Eq
from app.domain.jobs import JobStatus
from app.domain.scope import ALL_PERMISSIONS, system_scope
from app.services.job_attempt import Attempt
from app.services.job_kinds import JOB_KINDS
from tests import factories
from tests.conftest import Clock
from tests.factories import Client, Data

SEND = (
    "mutation($i: InvoiceSendInput!) { invoiceSend(input: $i) {"
    " email { id status to cc subject error attempts messageId invoice { number } } invoice { id }"
    " userErrors { code message field } } }"
)
EMAILS = (
    "query($id: ID) { invoice(id: $id) { emails(first: 20) { nodes {"
    " id kind status to cc subject message daysAfterDue attempts error pdfSha256 sentAt nextAttemptAt } } } }"
)


@asynccontextmanager
async def opened(
    database_url: str, clock: Clock, mail_url: str, *, worker: bool = False, **given: str
) -> AsyncIterator[Application]:
    """The product on that database, with mail going there; `given` are further settings."""
    values = {
        "INVOICING_DATABASE_URL": database_url,
        "INVOICING_MAIL_URL": mail_url,
        "INVOICING_MAIL_FROM": "invoices@shop.example",
        "INVOICING_MAIL_BOUNCE_ADDRESS": "bounces@shop.example",
        "INVOICING_MAIL_TIMEOUT_S": "5",
        **given,
    }
    chosen = settings.load(values)
    async with bootstrap.application(chosen, clock=clock) as app, bootstrap.background(app, worker=worker):
        yield app


async def work_off(app: Application) -> int:
    """Runs every job that is due, one after the other, as a worker does; how many ran."""
    kinds = {kind.name: kind for kind in JOB_KINDS}
    ran = 0
    for platform in await accounts.platforms(app.database):
        scope = system_scope(platform.id, platform.mode, "test", ALL_PERMISSIONS)
        due = All((Eq("status", JobStatus.QUEUED), Compare("run_at", "<=", app.services.clock())))
        async with app.database.read(scope) as session:
            found = await JOBS.list(scope, session, due, order=(("id", False),), limit=1_000)
        for job in found:
            now = app.services.clock()
            async with app.database.transaction(scope) as session:
                until, token = now + timedelta(minutes=1), f"test{ran}"
                row = await stored.claim(scope, session, job.id, now=now, lease_until=until, token=token)
            assert row is not None
            await Attempt(app.services, kinds[job.kind], row, scope, lease=timedelta(minutes=1)).run()
            ran += 1
    return ran


async def seller(client: Client, **given: Any) -> str:
    """A seller with a brand and an address to answer to."""
    value = {
        "name": "Kaffeerösterei Morgenrot",
        "email": "hallo@morgenrot.example",
        "branding": {"primaryColor": "#c2410c", "footer": "Amtsgericht Charlottenburg"},
        **given,
    }
    return await factories.entity(client, **value)


async def finalized(client: Client, entity_id: str, **given: Any) -> Data:
    """A finalized invoice of 11.90 to a buyer with an address, and the buyer's id."""
    value = {"email": "erika@example.com", "locale": "de-DE", **given}
    buyer = await factories.customer(client, entity_id, **value)
    draft = await factories.draft(client, entity_id, buyer)
    payload = await factories.finalize(client, draft)
    assert payload["userErrors"] == []
    return {**payload["invoice"], "customerId": buyer}


async def send(client: Client, invoice_id: str, **given: Any) -> Data:
    """The payload of `invoiceSend`."""
    found: Data = (await client.ask(SEND, i={"id": invoice_id, **given}))["invoiceSend"]
    return found


async def emails_of(client: Client, invoice_id: str) -> list[Data]:
    """An invoice's messages, the newest first."""
    found: list[Data] = (await client.ask(EMAILS, id=invoice_id))["invoice"]["emails"]["nodes"]
    return found


async def event_types(client: Client) -> list[str]:
    """The types of the invoices' mail events so far, in their order."""
    await factories.settled(client.app)
    wanted = "INVOICE_SENT, INVOICE_REMINDER_SENT, INVOICE_EMAIL_FAILED"
    data = await client.ask(f"{{ events(first: 100, types: [{wanted}]) {{ nodes {{ type }} }} }}")
    return [event["type"] for event in data["events"]["nodes"]]


def parsed(content: bytes) -> EmailMessage:
    """A message as Python's parser reads it."""
    found = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found
