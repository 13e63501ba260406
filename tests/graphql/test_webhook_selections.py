"""A stored selection on the event: refused with its place when it is wrong, answered by the endpoint's authority."""

from __future__ import annotations

import pytest

from app.db.aggregates import ENDPOINTS, EVENTS
from app.db.where import Eq
from app.delivery.message import MAX_SELECTED, SelectionFailed
from app.graphql.payload_selection import MAX_LENGTH, check_selection
from app.graphql.schema import make_schema
from app.graphql.selected_payloads import SelectedPayloads
from tests import books, endpoints, factories
from tests.conftest import Clock
from tests.endpoints import receiving
from tests.factories import Client, Data

SCHEMA = make_schema()


async def refused(client: Client, selection: str) -> Data:
    value = {"url": "http://127.0.0.1:9009/", "selection": selection}
    payload = (await client.ask(endpoints.CREATE, i=value))["webhookEndpointCreate"]
    assert payload["webhookEndpoint"] is None
    (error,) = payload["userErrors"]
    found: Data = error
    return found


@pytest.mark.parametrize(
    ("selection", "message"),
    [
        ("", f"a selection has between 1 and {MAX_LENGTH} characters"),
        (" " * (MAX_LENGTH + 1), f"a selection has between 1 and {MAX_LENGTH} characters"),
        ("{ type", "line 1, column 7: Expected Name, found <EOF>."),
        ("{\n  type\n  nmae\n}", "line 3, column 3: Cannot query field 'nmae' on type 'Event'."),
        (
            "{ invoice { customer { name(x: 1) } } }",
            "line 1, column 29: Unknown argument 'x' on field 'Customer.name'.",
        ),
        ("{ type }\n{ id }", "line 2, column 1: write one selection on the event, such as { type data }"),
        ("mutation { type }", "line 1, column 1: write one selection on the event, such as { type data }"),
        ("fragment F on Event { id }", "write one selection on the event, such as { type data }"),
        ("type Query { id: ID }", "line 1, column 1: only a selection and fragments are allowed"),
        ("query($a: Int) { type }", "line 1, column 7: a selection has no variables"),
        ("query @skip(if: true) { type }", "line 1, column 7: the event itself takes no directives"),
        ("{ type ...F }", "line 1, column 11: Unknown fragment 'F'."),
        ("{ __schema { queryType { name } } }", "introspections: 1 is more than the limit of 0"),
        (
            "{ ...F } fragment F on Invoice { number }",
            "line 1, column 3: Fragment 'F' cannot be spread here as objects of type 'Event' can never be of type"
            " 'Invoice'.",
        ),
        (
            "{ entity { invoices(first: 100) { nodes { lines { sku } } } } }",
            "cost: 1203 is more than the limit of 500",
        ),
        ("{" * 200 + " a " + "}" * 200, "line 1, column 2: Expected Name, found '{'."),
        ("{ " + "entity { " * 12 + "id" + " }" * 12 + " }", "depth: 14 is more than the limit of 10"),
        ("{ " + "a: id " * 31 + "}", "aliases: 32 is more than the limit of 30"),
    ],
)
async def test_a_selection_that_cannot_be_answered_is_refused_with_its_place(
    sqlite_client: Client, selection: str, message: str
) -> None:
    error = await refused(sqlite_client, selection)
    assert (error["code"], error["field"], error["message"]) == ("INVALID_INPUT", ["selection"], message)


def test_it_takes_the_permissions_of_what_it_reads_and_no_others() -> None:
    text = """{ type ...I payment { amount { amount } } entity { invoices(first: 1) { nodes { customer { name } } } } }
              fragment I on Event { invoice { order { externalId } } }"""
    assert sorted(check_selection(SCHEMA, text).permissions) == [
        "customers:read",
        "entities:read",
        "events:read",
        "invoices:read",
        "orders:read",
        "payments:read",
    ]
    assert sorted(check_selection(SCHEMA, "{ type data }").permissions) == ["events:read"]


async def test_a_key_stores_no_selection_of_what_it_may_not_read(client: Client) -> None:
    """Given a key that may not read customers, when it stores a selection on them, then nothing is made."""
    narrow = client.with_key(await factories.key(client, None, ["WEBHOOKS_WRITE", "EVENTS_READ", "INVOICES_READ"]))
    value = {"url": "http://127.0.0.1:9009/", "selection": "{ invoice { customer { name } } }"}
    error = await narrow.error(endpoints.CREATE, i=value)
    assert error["extensions"]["code"] == "PERMISSION_DENIED"
    made = await narrow.ask(endpoints.CREATE, i={**value, "selection": "{ invoice { number } }"})
    assert made["webhookEndpointCreate"]["userErrors"] == []
    assert (await client.ask("{ webhookEndpoints { totalCount } }"))["webhookEndpoints"] == {"totalCount": 1}


async def test_a_key_gets_nothing_out_of_a_selection_that_it_may_not_read(client: Client) -> None:
    """Given a selection on invoices, then a key that may not read them neither redirects nor reads what was sent."""
    narrow = client.with_key(await factories.key(client, None, ["WEBHOOKS_WRITE", "WEBHOOKS_READ", "EVENTS_READ"]))
    async with receiving() as receiver:
        endpoint, _ = await endpoints.make(client, receiver.url, selection="{ invoice { number } }")
        await endpoints.emit(client, 1)
        await endpoints.deliver(client.app)

        for given in ({"url": "http://127.0.0.1:9009/"}, {"selection": "{ invoice { id } }"}):
            refused = await narrow.error(endpoints.UPDATE, i={"id": endpoint, **given})
            assert refused["extensions"]["code"] == "PERMISSION_DENIED"
        assert (await client.ask("{ webhookEndpoints { nodes { url version } } }"))["webhookEndpoints"]["nodes"] == [
            {"url": receiver.url, "version": 1}
        ]
        response = await narrow.raw(endpoints.DELIVERIES, id=endpoint)
        assert response["errors"][0]["extensions"]["code"] == "PERMISSION_DENIED"
        assert [one["body"] for one in response["data"]["webhookDeliveries"]["nodes"]] == [None]
        # The rest is its own affair, and so is an endpoint without a selection.
        await endpoints.change(narrow, endpoint, description="x")
        await endpoints.change(narrow, endpoint, url="http://127.0.0.1:9009/", selection=None)


async def test_the_data_is_what_was_selected_the_same_at_every_attempt(client: Client, clock: Clock) -> None:
    """Given a selection on the invoice, when it changes between two attempts, then both carry what the first did."""
    seller = await factories.entity(client)
    selection = "{ what: type invoice { paymentStatus grossTotal { amount } ...B } } fragment B on Invoice { overdue }"
    async with receiving() as receiver:
        endpoint, _ = await endpoints.make(client, receiver.url, eventTypes=["INVOICE_FINALIZED"], selection=selection)
        receiver.status(500)
        order = await factories.order(client, seller)
        await factories.settled(client.app)
        await endpoints.deliver(client.app)
        pay = "mutation($i: PaymentRecordInput!) { paymentRecord(input: $i) { userErrors { message } } }"
        await client.ask(pay, i={"invoiceId": order["invoices"][0]["id"]})
        receiver.status(204)
        clock.advance(seconds=6)
        await endpoints.deliver(client.app)

        first, second = receiver.received
        assert first.body == second.body
        assert first.json["type"] == "invoice.finalized"
        assert first.json["data"] == {
            "what": "INVOICE_FINALIZED",
            "invoice": {"paymentStatus": "UNPAID", "grossTotal": {"amount": "11.90"}, "overdue": False},
        }
        (delivery,) = await endpoints.deliveries(client, endpoint)
        assert delivery["body"].encode() == second.body
        # Sent again, it is made anew.
        await endpoints.replay(client, endpoint, delivery=delivery["id"])
        await endpoints.deliver(client.app)
        assert receiver.received[2].json["data"]["invoice"]["paymentStatus"] == "PAID"


async def test_a_sellers_endpoint_answers_by_the_sellers_sight(client: Client) -> None:
    """Given an endpoint of a seller that the operator made, then its selection sees no sequence of the platform's."""
    seller = await factories.entity(client)
    selection = "{ sequence entity { id invoices(first: 5) { totalCount } } }"
    async with receiving() as receiver, receiving() as whole:
        await endpoints.make(client, receiver.url, eventTypes=["ORDER_INVOICED"], entityId=seller, selection=selection)
        await endpoints.make(client, whole.url, eventTypes=["ORDER_INVOICED"], selection=selection)
        await factories.order(client, await factories.entity(client))
        await factories.order(client, seller)
        await factories.settled(client.app)
        await endpoints.deliver(client.app)

        (received,) = receiver.received
        assert received.json["data"] == {"sequence": None, "entity": {"id": seller, "invoices": {"totalCount": 1}}}
        assert len(whole.received) == 2
        assert all(isinstance(one.json["data"]["sequence"], int) for one in whole.received)


async def test_what_cannot_be_answered_is_not_sent_and_is_tried_again(client: Client, clock: Clock) -> None:
    """Given a selection that the schema no longer knows, then the attempt fails and says why; put right, it is sent."""
    async with receiving() as receiver:
        endpoint, _ = await endpoints.make(client, receiver.url, selection="{ type }")
        async with client.app.database.transaction(await books.scope_of(client)) as session:
            await session.execute("UPDATE webhook_endpoint SET selection = '{ removed }' WHERE id = $1", endpoint)
        await endpoints.emit(client, 1)
        await endpoints.deliver(client.app)

        (delivery,) = await endpoints.deliveries(client, endpoint)
        assert (delivery["status"], delivery["attemptCount"], receiver.received) == ("PENDING", 1, [])
        assert delivery["error"] == (
            "not sent: the selection is not valid any more: line 1, column 3: Cannot query field 'removed' on type"
            " 'Event'."
        )
        assert delivery["attempts"][0]["requestHeaders"] == {}
        await endpoints.change(client, endpoint, selection="{ type }")
        clock.advance(seconds=6)
        await endpoints.deliver(client.app)
        assert [one.json["data"] for one in receiver.received] == [{"type": "API_KEY_CREATED"}]


async def test_a_selection_that_gives_too_much_is_not_sent(client: Client) -> None:
    """Given more data than a body may have, then nothing is sent; without a selection the event's own data is."""
    seller = await factories.entity(client)
    buyer = await factories.customer(client, seller)
    for _ in range(3):
        lines = [factories.line(description="x" * 500) for _ in range(200)]
        await factories.draft(client, seller, buyer, lines=lines)
    await factories.settled(client.app)
    many = "{ entity { invoices(first: 3) { nodes { lines { description again: description } } } } }"
    async with receiving() as receiver:
        endpoint, _ = await endpoints.make(client, receiver.url, selection=many)
        await endpoints.emit(client, 1, seller)
        await endpoints.deliver(client.app)
        (delivery,) = await endpoints.deliveries(client, endpoint)
        assert (delivery["error"], receiver.received) == (
            f"not sent: the selection gives more than {MAX_SELECTED} bytes",
            [],
        )
        await endpoints.change(client, endpoint, selection=None)
        await endpoints.emit(client, 1, seller)
        await endpoints.deliver(client.app)
        assert receiver.received[-1].json["data"]["lastFour"] == "0000"


async def test_a_selection_that_takes_too_long_has_failed(client: Client) -> None:
    """Given no time at all, then the selection fails with a reason, and is not put off as if the database were away."""
    app, scope = client.app, await books.scope_of(client)
    endpoint, _ = await endpoints.make(client, "http://127.0.0.1:9009/", selection="{ entity { name } }")
    (event,) = await endpoints.emit(client, 1)
    async with app.database.read(scope) as session:
        row = await ENDPOINTS.get(scope, session, endpoint)
        (found,) = await EVENTS.list(scope, session, Eq("id", event), limit=1)
    assert row is not None
    hurried = SelectedPayloads(app.database, app.broker, clock=app.services.clock, base_url="http://x", timeout_s=0.0)
    with pytest.raises(SelectionFailed, match="took longer than 0 s"):
        await hurried.render(scope, row, found)
    patient = SelectedPayloads(app.database, app.broker, clock=app.services.clock, base_url="http://x")
    assert await patient.render(scope, row, found) == '{"entity":null}'
