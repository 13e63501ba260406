"""Traces of what the product does, on both databases: what is in them, what belongs together, what is never told."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextvars import Context
from typing import Any

import aiohttp
import pytest
from opentelemetry.trace import SpanKind, StatusCode
from structlog.testing import capture_logs

from app.running import logs
from tests import endpoints, factories
from tests.books import scope_of
from tests.factories import Client
from tests.graphql.test_subscriptions import connected, subscribe
from tests.tracing import Kept, id_of, keeping, parent_of, said_of, trace_of

TRACE = "0af7651916cd43dd8448eb211c80319c"
CALLER = "b7ad6b7169203331"
ENTITIES = "{ entities(first: 1) { nodes { id } } }"
INVOICES = "query Mine($n: Int!) { invoices(first: $n) { nodes { id number } } }"


@pytest.fixture
def kept() -> Iterator[Kept]:
    with keeping() as found:
        yield found


async def ended(kept: Kept, name: str, count: int = 1) -> None:
    async with asyncio.timeout(5):
        while len(kept.named(name)) < count:  # noqa: ASYNC110  # the server has no event for it
            await asyncio.sleep(0.01)


async def test_a_request_its_operation_and_its_statements_are_one_trace(client: Client, kept: Kept) -> None:
    seller = await factories.entity(client)
    secret = await factories.key(client, seller)
    scope, dialect = await scope_of(client), client.app.database.dialect
    kept.clear()

    # when a request comes that belongs to a trace
    asker = client.with_key(secret)
    headers = {"traceparent": f"00-{TRACE}-{CALLER}-01", "x-request-id": "r-1"}
    assert (await asker.raw(INVOICES, headers, n=7))["data"] == {"invoices": {"nodes": []}}

    # then its span goes on with it
    request = kept.one("POST /graphql")
    assert (f"{trace_of(request):032x}", parent_of(request)) == (TRACE, int(CALLER, 16))
    assert request.kind is SpanKind.SERVER
    whose = {"invoicing.request_id": "r-1", "invoicing.platform": scope.platform_id, "invoicing.entity": seller}
    operation = kept.one("query invoices")
    operation_id = said_of(operation)["invoicing.operation_id"]
    assert said_of(request) == {
        "http.request.method": "POST",
        "http.route": "/graphql",
        "http.response.status_code": 200,
        "invoicing.operation_id": operation_id,
        **whose,
    }
    assert parent_of(operation) == id_of(request)
    said = said_of(operation)
    assert said.pop("invoicing.cost") > 0
    assert said == {
        "graphql.operation.type": "query",
        "graphql.operation.name": "Mine",
        "invoicing.planned": True,
        "invoicing.operation_id": operation_id,
        **whose,
    }
    # The key is looked up before there is an operation.
    assert kept.within(request)[:3] == ["BEGIN", "SELECT", "COMMIT"]
    planned = next(span for span in kept.all if parent_of(span) == id_of(operation))
    system = {"postgres": "postgresql", "sqlite": "sqlite"}[dialect]
    assert (planned.kind, said_of(planned)["db.system.name"]) == (SpanKind.CLIENT, system)
    assert "FROM" in said_of(planned)["db.query.text"]


async def test_nothing_of_what_was_said_is_told(client: Client, kept: Kept) -> None:
    seller = await factories.entity(client, name="Geheimrat GmbH")
    await factories.customer(client, seller, name="Erika Verschwiegen", email="erika@secret.example")
    await client.raw('{ node(id: "cus_verborgen") { id } }')
    await client.ask('{ invoices(first: 1, where: {number: {eq: "Verschwiegen-1"}}) { nodes { id } } }')
    await client.get("/invoices/inv_01h455vb4pex5vsknk084sn02q.pdf")
    # A violated constraint names the values, which end in no message of a span either.
    await client.raw(
        'mutation { customerCreate(input: {entityId: "ent_x", name: "Verschwiegen"}) { userErrors { code } } }'
    )

    texts = [span.to_json() for span in kept.all]
    assert len([span for span in kept.all if "db.query.text" in said_of(span)]) > 10
    for secret in ("Geheimrat", "erschwiegen", "secret.example", "verborgen", "01h455vb4pex", client.secret[8:]):
        assert [text for text in texts if secret in text] == [], secret
    # The text that begins a transaction holds the platform and the hash of the key.
    assert {said_of(span)["db.query.text"] for span in kept.named("BEGIN")} == {"BEGIN"}


async def test_an_error_is_told_by_its_code(client: Client, kept: Kept) -> None:
    await client.raw("{ nothing }")
    reader = client.with_key(await factories.key(client, None, ["INVOICES_READ"]))
    assert (await reader.error(ENTITIES))["extensions"]["code"] == "PERMISSION_DENIED"
    operation = kept.one("query entities")
    assert operation.status.status_code is StatusCode.ERROR
    assert operation.status.description is None
    assert (said_of(operation)["error.type"], said_of(operation)["invoicing.planned"]) == ("PERMISSION_DENIED", False)
    # What cannot be executed is no operation.
    assert [span.name for span in kept.all if span.name.startswith("query")] == ["query entities"]


async def test_probes_and_what_a_process_does_by_itself_leave_no_trace(client: Client, kept: Kept) -> None:
    await client.http.get("/healthz")
    await client.http.get("/readyz")
    # The relay and the loops of the worker look for work.
    await client.app.worker.deliver_once()
    await asyncio.sleep(0.3)
    assert kept.all == ()


async def test_a_trace_that_its_caller_does_not_record_is_not_recorded(client: Client, kept: Kept) -> None:
    await client.raw(INVOICES, {"traceparent": f"00-{TRACE}-{CALLER}-00"}, n=1)
    assert kept.all == ()


async def test_a_batch_belongs_to_its_first_request_and_is_linked_to_the_others(client: Client, kept: Kept) -> None:
    seller = await factories.entity(client)
    kept.clear()
    # The first goes at once; the others come while it is under way, and go together.
    await asyncio.gather(*(factories.order(client, seller) for _ in range(5)))
    operations = {id_of(span): span for span in kept.named("mutation orderCreate")}
    batches = kept.named("batch")
    sizes = sorted(said_of(batch)["invoicing.batch.size"] for batch in batches)
    assert (len(operations), sum(sizes)) == (5, 5)
    assert sizes[-1] > 1
    joined = []
    for batch in batches:
        parent = operations[parent_of(batch) or 0]
        assert trace_of(batch) == trace_of(parent)
        linked = [link.context.span_id for link in batch.links]
        assert len(linked) == said_of(batch)["invoicing.batch.size"] - 1
        joined += [id_of(parent), *linked]
        assert kept.within(batch)[0] == "BEGIN"
        assert kept.within(batch)[-1] == "COMMIT"
    assert sorted(joined) == sorted(operations)


async def test_each_operation_of_a_socket_is_a_trace_linked_to_it(client: Client, server: str, kept: Kept) -> None:
    async with aiohttp.ClientSession() as http:
        socket = await connected(http, server, client.secret)
        for number in ("1", "2"):
            await socket.send_json(subscribe(number, INVOICES, n=1))
            assert (await socket.receive_json(timeout=5))["type"] == "next"
            assert (await socket.receive_json(timeout=5))["type"] == "complete"
        await socket.close()
        await ended(kept, "socket /graphql")
    opened = kept.one("socket /graphql")
    assert (opened.kind, said_of(opened)["http.route"]) == (SpanKind.SERVER, "/graphql")
    first, second = kept.named("query invoices")
    assert len({trace_of(opened), trace_of(first), trace_of(second)}) == 3
    for operation in (first, second):
        assert operation.parent is None
        assert [link.context.span_id for link in operation.links] == [id_of(opened)]
        assert kept.within(operation) != []
    # Looking up the key, again and again for as long as the socket lasts, is part of no trace.
    assert kept.within(opened) == []


async def test_events_of_a_subscription_are_traces_of_their_own(client: Client, server: str, kept: Kept) -> None:
    seller = await factories.entity(client)
    kept.clear()
    headers = {"authorization": f"Bearer {client.secret}", "accept": "text/event-stream"}
    query = "subscription { orderEvents { cursor type order { id } } }"
    async with aiohttp.ClientSession() as http, http.post(server, json={"query": query}, headers=headers) as stream:
        await factories.order(client, seller)
        async with asyncio.timeout(10):
            while b"event: next" not in await stream.content.readline():
                pass
        stream.close()
        # One for the order, and one for the stream.
        await ended(kept, "POST /graphql", 2)
    event = kept.named("subscription event")[0]
    assert event.parent is None
    begun, request = kept.one("subscription orderEvents"), kept.named("POST /graphql")[-1]
    assert begun.parent is None
    assert [link.context.span_id for link in begun.links] == [id_of(request)]


async def test_a_webhook_is_told_by_its_host_and_carries_no_trace(client: Client, kept: Kept) -> None:
    async with endpoints.receiving() as receiver:
        url = receiver.url + "?token=hidden"
        await endpoints.make(client, url, eventTypes=["API_KEY_CREATED"])
        await factories.settled(client.app)
        (event_id,) = await endpoints.emit(client, 1)
        kept.clear()
        receiver.status(503)
        # As a worker, which is in no request.
        await asyncio.create_task(endpoints.deliver(client.app), context=Context())
    attempt = kept.one("POST webhook")
    assert (attempt.kind, attempt.parent, attempt.status.status_code) == (SpanKind.CLIENT, None, StatusCode.ERROR)
    assert said_of(attempt) == {
        "http.request.method": "POST",
        "http.response.status_code": 503,
        "server.address": "127.0.0.1",
        "server.port": int(receiver.url.split(":")[2].strip("/")),
        "invoicing.event": event_id,
        "error.type": "503",
    }
    (received,) = receiver.received
    assert {"traceparent", "tracestate", "baggage"} & set(received.headers) == set()


async def test_lines_of_the_log_name_their_trace(client: Client, kept: Kept) -> None:
    with capture_logs(processors=[logs.within_its_trace]) as lines:
        await client.raw(INVOICES, {"traceparent": f"00-{TRACE}-{CALLER}-01"}, n=1)
        logs.within_its_trace(None, "", {})
    (line,) = [line for line in lines if line["event"] == "request"]
    request = kept.one("POST /graphql")
    assert (line["trace_id"], line["span_id"]) == (TRACE, f"{id_of(request):016x}")
    outside: dict[str, Any] = {}
    assert logs.within_its_trace(None, "", outside) == {}
