"""The catalogue of events and the mutations: each event is emitted, each mutation announces what it changed."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web

from app import bootstrap
from app.db import event_log
from app.db.aggregates import EVENTS
from app.db.job_rows import JobRow
from app.db.rows import EventRow
from app.domain.errors import InvalidInput
from app.domain.events import BY_TYPE, CATALOGUE, EVENT_TYPES
from app.domain.payloads import json_schema
from app.domain.scope import ALL_PERMISSIONS, Scope, system_scope
from app.graphql.schema import make_schema
from app.services import bounces, jobs, keys
from app.services.jobs import JobKind, JobRun
from app.services.once import Work, run
from app.services.reminders import remind
from tests import event_payloads, factories, mailing
from tests.conftest import Clock
from tests.factories import Client, Data
from tests.graphql.documents_story import documents
from tests.graphql.numbering_story import numbering
from tests.graphql.story_compliance import compliance
from tests.graphql.story_credits import credits_refunds_and_cancellations
from tests.graphql.story_items import items_and_recurring_invoices
from tests.graphql.story_ledger import balances
from tests.graphql.story_threshold import cross_border_sales
from tests.graphql.story_vat import verified_numbers
from tests.graphql.test_invoices import FRENCH_BUSINESS, HELD
from tests.scenarios.mail_server import mail_server
from tests.scenarios.receivers import receiver
from tests.scenarios.test_mail_notices import bounce_of
from tests.scenarios.test_reminders import REMINDED

# Mutations that change nothing a reader of the log could see, and why.
SILENT: dict[str, str] = {
    "auditStart": "an audit changes nothing; its job is watched by jobProgress",
    "customersVerifyTaxIds": "its job tells what it found of each buyer",
    "jobCancel": "a job is watched by jobProgress; only that it was given up is a fact of the log",
    "jobRetry": "the same",
    "orderChannelCreate": "a channel is how orders come in; they are announced themselves",
    "orderChannelUpdate": "the same",
    "orderChannelRotate": "the same",
    "orderChannelDelete": "the same",
    "webhookReplay": "what is sent again is in the log already",
}
GERMAN: Data = {"country": "DE"}
BUYER: Data = {"name": "Erika Mustermann", "externalId": "erika", "address": {"country": "DE"}}
TYPES = ["ORDER_CREATED"]
AT = "2026-03-09T10:00:00Z"
# Tea for 11.90 of a seller whose cross-border threshold is passed, to a buyer in France: nobody said what tax applies.
UNDECIDED: Data = {"tax": {"euThresholdExceeded": True, "pricesIncludeTax": True}, "autoInvoice": "ON_ORDER"}


class Story:
    """Asks mutations one after the other, and tells what each appended to the log."""

    def __init__(self, client: Client, scope: Scope, clock: Clock) -> None:
        self.client = client
        self.clock = clock
        self.scope = scope
        self.asked: set[str] = set()
        self.seen: set[str] = set()
        self._seq = 0

    async def do(self, name: str, selected: str, /, **given: Any) -> tuple[Any, list[tuple[str, str]]]:
        """The payload of a mutation without errors, and the events it caused: (type, the object's id)."""
        self.asked.add(name)
        kind = make_schema()._schema.mutation_type.fields[name].args["input"].type  # type: ignore[union-attr]
        document = f"mutation($i: {kind}) {{ {name}(input: $i) {{ {selected} userErrors {{ code message field }} }} }}"
        many = given.get("many")
        payload = (await self.client.ask(document, i=many if many is not None else given))[name]
        assert payload["userErrors"] == []
        return payload, await self.heard()

    async def heard(self) -> list[tuple[str, str]]:
        """What the log has gained."""
        await factories.settled(self.client.app)
        async with self.client.app.database.read(self.scope) as session:
            rows = await event_log.after(self.scope, session, self._seq, limit=100)
        self._seq = rows[-1].seq or 0 if rows else self._seq
        self.seen |= {row.type for row in rows}
        return [(row.type, row.subject_id) for row in rows]


@pytest.fixture
async def story(client: Client, clock: Clock) -> Story:
    principal = await keys.authenticate(client.app.services, f"Bearer {client.secret}")
    return Story(client, system_scope(principal.scope.platform_id, principal.scope.mode, "test"), clock)


async def test_every_mutation_announces_what_it_changed_and_every_event_is_emitted(story: Story) -> None:
    await sellers_and_buyers(story)
    await compliance(story)
    await drafts_and_payments(story)
    await balances(story)
    await documents(story)
    await orders(story)
    await credits_refunds_and_cancellations(story)
    await access(story)
    await an_endpoint_that_is_gone(story)
    await mail(story)
    await what_the_clock_brings(story)
    await numbering(story)
    await a_job_that_is_given_up(story)
    await items_and_recurring_invoices(story)
    await verified_numbers(story)
    await cross_border_sales(story)
    fields = make_schema()._schema.mutation_type.fields  # type: ignore[union-attr]
    assert story.asked | set(SILENT) == set(fields)
    assert story.seen == set(EVENT_TYPES)


async def sellers_and_buyers(story: Story) -> None:
    entity, caused = await story.do("entityCreate", "entity { id }", name="A", currency="EUR", address=GERMAN)
    seller = entity["entity"]["id"]
    assert caused == [("entity.created", seller)]
    assert (await story.do("entityUpdate", "entity { id }", id=seller, name="B"))[1] == [("entity.updated", seller)]
    assert (await story.do("entitySuspend", "entity { id }", id=seller))[1] == [("entity.suspended", seller)]
    assert (await story.do("entityActivate", "entity { id }", id=seller))[1] == [("entity.updated", seller)]
    made, caused = await story.do(
        "customerCreate", "customer { id }", entityId=seller, name="C", address={"country": "DE"}
    )
    buyer = made["customer"]["id"]
    assert caused == [("customer.created", buyer)]
    assert (await story.do("customerUpdate", "customer { id }", id=buyer, name="D"))[1] == [("customer.updated", buyer)]
    # given a key of its own, archiving ends both
    key, caused = await story.do("apiKeyCreate", "apiKey { id } secret", name="k", entityId=seller)
    assert caused == [("api_key.created", key["apiKey"]["id"])]
    assert (await story.do("entityArchive", "entity { id }", id=seller))[1] == [
        ("entity.archived", seller),
        ("api_key.revoked", key["apiKey"]["id"]),
    ]
    error = await story.client.with_key(key["secret"]).error("{ viewer { mode } }")
    assert error["extensions"]["code"] == "UNAUTHENTICATED"


async def drafts_and_payments(story: Story) -> None:
    seller = await factories.entity(story.client, settings=HELD)
    buyer = await factories.customer(story.client, seller)
    business = await factories.customer(story.client, seller, **FRENCH_BUSINESS)
    await story.heard()
    line = [factories.line("100.00")]
    made, caused = await story.do("invoiceCreate", "invoice { id }", customerId=buyer, lines=line)
    draft = made["invoice"]["id"]
    assert caused == [("invoice.created", draft)]
    assert (await story.do("invoiceUpdate", "invoice { id }", id=draft, note="x"))[1] == [("invoice.updated", draft)]
    assert (await story.do("invoiceFinalize", "invoice { id }", id=draft))[1] == [("invoice.finalized", draft)]
    part, caused = await story.do("paymentRecord", "payment { id }", invoiceId=draft, amount="10")
    assert caused == [("payment.recorded", part["payment"]["id"]), ("invoice.partially_paid", draft)]
    rest, caused = await story.do("paymentRecord", "payment { id }", invoiceId=draft)
    assert caused == [("payment.recorded", rest["payment"]["id"]), ("invoice.paid", draft)]
    other, held = [
        (await story.do("invoiceCreate", "invoice { id }", customerId=who, lines=line))[0]["invoice"]["id"]
        for who in (buyer, business)
    ]
    selected = "results { invoice { id } userErrors { message } }"
    assert (await story.do("invoicesFinalize", selected, ids=[held]))[1] == [("invoice.pending", held)]
    assert (await story.do("invoiceDelete", "deletedId", id=other))[1] == [("invoice.deleted", other)]


async def orders(story: Story) -> None:
    seller, undecided = await factories.entity(story.client), await factories.entity(story.client, settings=UNDECIDED)
    await story.heard()
    given = factories.order_input(seller, customer=BUYER)
    selected = "order { id customer { id } invoices { id } }"
    taken, caused = await story.do("orderCreate", selected, **given)
    order, invoice = taken["order"]["id"], taken["order"]["invoices"][0]["id"]
    buyer = taken["order"]["customer"]["id"]
    ordered = [("order.created", order), ("invoice.created", invoice), ("invoice.finalized", invoice)]
    assert caused == [("customer.created", buyer), *ordered, ("order.invoiced", order)]
    given = factories.order_input(seller, customer={**BUYER, "name": "Erika Beispiel"}, paidAt=AT)
    taken, caused = await story.do("ordersCreate", f"results {{ {selected} userErrors {{ message }} }}", many=[given])
    order, invoice = (taken["results"][0]["order"][name] for name in ("id", "invoices"))
    assert [kind for kind, _ in caused] == [
        "customer.updated",
        "order.created",
        "invoice.created",
        "invoice.finalized",
        "order.invoiced",
        "payment.recorded",
        "invoice.paid",
    ]
    assert {subject for kind, subject in caused if kind.startswith("order.")} == {order}
    assert {subject for kind, subject in caused if kind.startswith("invoice.")} == {invoice[0]["id"]}
    cart = {
        "externalId": "cart-1",
        "placedAt": AT,
        "customer": {"name": "Jean", "address": {"country": "FR"}},
        "lines": [{"entityId": undecided, "line": factories.line()}],
    }
    taken, caused = await story.do("cartCreate", "results { order { id } userErrors { message } }", **cart)
    failed = taken["results"][0]["order"]["id"]
    assert caused[1:] == [("order.created", failed), ("order.failed", failed)]
    assert (await story.do("orderUpdate", "order { id }", id=failed, cancelledAt=AT))[1] == [
        ("order.updated", failed),
        ("order.cancelled", failed),
    ]


async def access(story: Story) -> None:
    key = (await story.do("apiKeyCreate", "apiKey { id }", name="k"))[0]["apiKey"]["id"]
    assert (await story.do("apiKeyRevoke", "apiKey { id }", id=key))[1] == [("api_key.revoked", key)]
    assert (await story.do("apiKeyRevoke", "apiKey { id }", id=key))[1] == []
    url = "http://127.0.0.1:9009/hook"
    made, caused = await story.do(
        "webhookEndpointCreate", "webhookEndpoint { id }", url=url, eventTypes=["ORDER_CREATED"]
    )
    endpoint = made["webhookEndpoint"]["id"]
    assert caused == [("webhook.endpoint_created", endpoint)]
    changed = await story.do("webhookEndpointUpdate", "webhookEndpoint { id }", id=endpoint, status="DISABLED")
    assert changed[1] == [("webhook.endpoint_updated", endpoint)]
    rotated = await story.do("webhookSecretRotate", "signingSecret", id=endpoint)
    assert rotated[1] == [("webhook.endpoint_updated", endpoint)]
    # Nobody listens there.
    assert (await story.do("webhookTest", "delivery { id }", endpointId=endpoint))[1] == [("webhook.test", endpoint)]
    gone = await story.do("webhookEndpointDelete", "deletedId", id=endpoint)
    assert gone[1] == [("webhook.endpoint_deleted", endpoint)]
    last = await newest(story)
    assert last.payload == (
        f'{{"entityId":null,"eventTypes":["order.created"],"id":"{endpoint}","status":"DISABLED","url":"{url}"}}'
    )


async def newest(story: Story) -> EventRow:
    async with story.client.app.database.read(story.scope) as session:
        return (await EVENTS.list(story.scope, session, order=(("position", True),), limit=1))[0]


async def an_endpoint_that_is_gone(story: Story) -> None:
    async def gone(_: web.Request) -> web.Response:
        return web.Response(status=410)

    worker = story.client.app.worker
    async with receiver(gone) as port:
        url = f"http://127.0.0.1:{port}/"
        made, _ = await story.do("webhookEndpointCreate", "webhookEndpoint { id }", url=url)
        await story.do("entityCreate", "entity { id }", name="News", currency="EUR", address=GERMAN)
        while await worker.deliver_once():
            await worker.settle()
    assert await story.heard() == [("webhook.endpoint_disabled", made["webhookEndpoint"]["id"])]


async def mail(story: Story) -> None:
    scope = replace(story.scope, permissions=ALL_PERMISSIONS)
    url = story.client.app.settings.database_url
    async with mail_server() as mx, mailing.opened(url, story.clock, mx.url) as app:
        seller = await mailing.seller(story.client, settings=REMINDED)
        invoice = (await mailing.finalized(story.client, seller))["id"]
        # The questions about VAT numbers that the parts before left, and what their answers release.
        while await mailing.work_off(app):
            pass
        await story.heard()
        sent, caused = await story.do("invoiceSend", "email { id }", id=invoice)
        # It is told when the mail server has taken it.
        assert caused == []
        await mailing.work_off(app)
        assert await story.heard() == [("invoice.sent", invoice)]
        await bounces.take_bounce(app.services, bounce_of(sent["email"]["id"]))
        assert await story.heard() == [("invoice.email_failed", invoice)]
        story.clock.advance(days=21)
        while await remind(app.services, scope):
            pass
        await mailing.work_off(app)
        assert ("invoice.reminder_sent", invoice) in await story.heard()


async def what_the_clock_brings(story: Story) -> None:
    seller = await factories.entity(story.client)
    order = await factories.order(story.client, seller)
    await story.heard()
    story.clock.advance(days=60)
    await story.client.app.scheduler.run_due()
    assert ("invoice.overdue", order["invoices"][0]["id"]) in await story.heard()


async def a_job_that_is_given_up(story: Story) -> None:
    async def wrong(run: JobRun) -> None:
        raise InvalidInput("is no colour")

    async def body(work: Work) -> JobRow:
        return await jobs.enqueue(work, "wrong", entity_id=None, input={})

    kinds, chosen = [JobKind(name="wrong", handler=wrong)], story.client.app.settings
    async with (
        bootstrap.application(chosen, clock=story.clock, kinds=kinds, schedules=()) as app,
        bootstrap.background(app, worker=True),
    ):
        job = await run(app.services, story.scope, body)
        async with asyncio.timeout(10):
            while not (caused := await story.heard()):  # noqa: ASYNC110  # another task appends it
                await asyncio.sleep(0.05)
    assert caused == [("job.failed", job.id)]


def test_a_schema_tells_all_that_a_payload_has() -> None:
    """Given a payload with a field that its schema does not tell of, or without one, then the tests' check fails."""
    schema = json_schema(BY_TYPE["api_key.created"])
    assert schema["$id"] == "urn:marketplace-invoicing:event:api_key.created:1"
    assert schema["required"] == ["id", "entityId", "name", "lastFour"]
    validator = event_payloads.VALIDATORS["api_key.created", 1]
    whole = {"id": "key_1", "entityId": None, "name": "k", "lastFour": "abcd"}
    assert validator.is_valid(whole)
    assert not validator.is_valid({**whole, "secret": "sk_live_x"})
    assert not validator.is_valid({name: value for name, value in whole.items() if name != "entityId"})
    assert not validator.is_valid({**whole, "name": 1})
    inner = event_payloads.VALIDATORS["payment.recorded", 2]
    paid: Data = {"amount": {"amount": "1.00", "currency": "EUR"}, "method": "card", "reference": None, "paidAt": AT}
    paid |= {"id": "pay_1", "entityId": "ent_1", "invoiceId": "inv_1", "customerId": "cus_1"}
    paid |= {"unallocated": {"amount": "0.00", "currency": "EUR"}, "allocations": []}
    assert inner.is_valid(paid)
    some = {"invoiceId": "inv_1", "amount": {"amount": "1.00", "currency": "EUR"}}
    assert inner.is_valid({**paid, "allocations": [some]})
    assert not inner.is_valid({**paid, "allocations": [{**some, "minor": 100}]})
    assert not inner.is_valid({**paid, "amount": {"amount": "1.00", "currency": "EUR", "minor": 100}})


@pytest.mark.parametrize("event", CATALOGUE, ids=lambda event: event.type)
async def test_a_server_gives_the_schemas_to_anybody(sqlite_client: Client, event: Any) -> None:
    response = await sqlite_client.http.get(f"/events/schema/{event.type}.json")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/schema+json"
    assert response.json() == json_schema(event)


async def test_an_unknown_schema_is_not_found(sqlite_client: Client) -> None:
    response = await sqlite_client.http.get("/events/schema/nonsense.json")
    assert (response.status_code, response.json()["error"]["code"]) == (404, "NOT_FOUND")
