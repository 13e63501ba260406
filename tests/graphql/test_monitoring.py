"""What an operator's machines are told: readiness, figures, request ids and log lines."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from app.asgi import create_app
from app.bootstrap import Application
from app.db import event_log
from app.db.event_log import NewEvent
from app.db.transaction import Registry
from app.domain.events import WebhookEndpointDisabled
from app.monitoring.exposition import CONTENT_TYPE
from app.running import named
from app.services import keys
from tests import factories
from tests.books import scope_of
from tests.factories import Client

TOKEN = "a-token-of-some-length"
AUTHORIZED = {"authorization": f"Bearer {TOKEN}"}


@pytest.fixture
async def watched(client: Client) -> AsyncIterator[Client]:
    """The same client, of a server whose figures may be read with a token."""
    settings = dataclasses.replace(client.app.settings, metrics_token=TOKEN)
    transport = httpx.ASGITransport(app=create_app(settings, running=client.app))
    made = client.with_key(client.secret)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
        made.http = http
        await begun(client.app)
        yield made


async def begun(app: Application) -> None:
    """Waits until the relay has looked for events once, as it does a moment after the start."""
    async with asyncio.timeout(10):
        while app.database.dialect == "postgres" and app.relay.measures.looked_at is None:  # noqa: ASYNC110  # it has no event
            await asyncio.sleep(0.01)


async def readiness(client: Client, **headers: str) -> tuple[int, dict[str, Any]]:
    response = await client.http.get("/readyz", headers=headers)
    return response.status_code, response.json()


async def test_a_process_that_lives_says_so_and_one_that_can_work_is_ready(watched: Client) -> None:
    await factories.settled(watched.app)
    assert (await watched.http.get("/healthz")).json() == {"ok": True, "version": "0.1.0"}
    status, body = await readiness(watched)
    relay = {"ok": True}
    if watched.app.database.dialect == "sqlite":
        relay["detail"] = "not needed: events are numbered as they are written"  # type: ignore[assignment]
    wanted = {
        "database": {"ok": True},
        "migrations": {"ok": True},
        "relay": relay,
        "queue": {"ok": True},
        "storage": {"ok": True},
    }
    assert (status, body) == (200, {"ready": True, "parts": wanted})


async def test_how_busy_it_is_is_told_to_who_has_the_token(watched: Client) -> None:
    await factories.settled(watched.app)
    await factories.job(watched, run_at=watched.app.services.clock() - timedelta(seconds=90))
    _, body = await readiness(watched, **AUTHORIZED)
    assert body["parts"]["queue"] == {
        "ok": True,
        "events_waiting": 0,
        "oldest_event_s": 0.0,
        "deliveries_due": 0,
        "oldest_delivery_s": 0.0,
        "jobs_due": 1,
        "oldest_job_s": 90.0,
    }
    assert body["parts"]["database"]["ms"] > 0


async def test_a_process_that_is_ending_is_not_ready(watched: Client) -> None:
    watched.app.lifetime.end()
    assert await readiness(watched) == (
        503,
        {"ready": False, "parts": {"process": {"ok": False, "detail": "it is ending"}}},
    )


async def test_a_migration_that_is_missing_is_named(watched: Client) -> None:
    if watched.app.database.dialect == "postgres":
        pytest.skip("there, the application's role may not change what is applied")
    async with watched.app.database.transaction(Registry()) as session:
        await session.execute("UPDATE aerich SET version = '9_later.py'")
    status, body = await readiness(watched)
    assert status == 503
    assert body["parts"]["migrations"]["ok"] is False
    assert body["parts"]["migrations"]["detail"].startswith("missing: 0_20261123000000_init")


async def test_a_relay_that_is_stuck_makes_it_unready(postgres_app: Application) -> None:
    postgres_app.relay.measures.looked_at = -1000.0
    (relay,) = [part for part in await postgres_app.health.parts() if part.name == "relay"]
    # The relay of the fixture runs, and looks again within a fifth of a second.
    assert relay.ok is False or postgres_app.relay.measures.looked_at > 0


async def test_events_without_a_place_are_counted_with_their_age(postgres_url: str, clock: Any) -> None:
    # given an event that no relay has seen
    from app import bootstrap, settings

    chosen = settings.load({"INVOICING_DATABASE_URL": postgres_url})
    async with bootstrap.application(chosen, clock=clock) as app:
        account = await keys.create_account(app.services, "Test marketplace")
        scope = await scope_of(Client(app, account.sandbox_secret))
        async with app.database.transaction(scope) as session:
            data = WebhookEndpointDisabled(id="whe_1", url="https://example.com", reason="410")
            await event_log.append(scope, session, [NewEvent(data, None)], clock())
        clock.advance(seconds=40)
        parts = {part.name: part for part in await app.health.parts()}
    assert parts["queue"].figures is not None
    assert parts["queue"].figures["oldest_event_s"] == 40.0
    # Accounts announce their first keys too.
    assert parts["queue"].figures["events_waiting"] >= 1
    assert (parts["relay"].ok, parts["relay"].detail) == (False, "it has not begun")


async def test_figures_are_for_who_has_the_token(watched: Client, client: Client) -> None:
    assert (await client.http.get("/metrics")).status_code == 404
    assert (await watched.http.get("/metrics")).status_code == 401
    wrong = {"authorization": "Bearer another-token-of-that"}
    assert (await watched.http.get("/metrics", headers=wrong)).status_code == 401
    # An API key opens no figures.
    key = {"authorization": f"Bearer {watched.secret}"}
    assert (await watched.http.get("/metrics", headers=key)).status_code == 401
    response = await watched.http.get("/metrics", headers=AUTHORIZED)
    assert (response.status_code, response.headers["content-type"]) == (200, CONTENT_TYPE)


async def test_requests_operations_errors_and_batches_are_counted(watched: Client) -> None:
    seller = await factories.entity(watched)
    await factories.order(watched, seller)
    await watched.raw("query Mine { viewer { mode } }")
    await watched.raw("{ nothing }")
    await watched.raw("{ invoices { nodes { id } } viewer { mode } }")
    await watched.http.get("/no-such-page")
    await factories.settled(watched.app)
    lines = (await watched.http.get("/metrics", headers=AUTHORIZED)).text.splitlines()
    for wanted in (
        'invoicing_http_requests_total{method="POST",route="/graphql",status="200"} 5.0',
        'invoicing_http_requests_total{method="GET",route="other",status="404"} 1.0',
        'invoicing_http_request_seconds_count{route="/graphql"} 5.0',
        'invoicing_graphql_operation_seconds_count{field="orderCreate",kind="mutation",outcome="ok"} 1.0',
        'invoicing_graphql_operation_seconds_count{field="viewer",kind="query",outcome="ok"} 1.0',
        'invoicing_graphql_operation_seconds_count{field="several",kind="query",outcome="ok"} 1.0',
        'invoicing_graphql_errors_total{code="GRAPHQL_VALIDATION_FAILED"} 1.0',
        'invoicing_subscriptions{what="sockets"} 0.0',
        "invoicing_batch_items_count 1.0",
        "invoicing_batch_items_sum 1.0",
        "invoicing_relay_waiting_events 0.0",
        "invoicing_webhook_due_deliveries 0.0",
        "invoicing_database_up 1.0",
    ):
        assert wanted in lines, wanted
    postgres = watched.app.database.dialect == "postgres"
    assert ('invoicing_database_connections{state="most"} 12.0' in lines) == postgres
    assert "process_resident_memory_bytes" in "".join(lines)


async def test_a_request_keeps_the_id_that_it_came_with(client: Client) -> None:
    given = await client.http.get("/healthz", headers={"x-request-id": "lb-7f3a/1"})
    assert given.headers["x-request-id"] == "lb-7f3a/1"
    made = await client.http.get("/healthz")
    assert len(made.headers["x-request-id"]) == 16


@pytest.mark.parametrize("bad", ["", "a b", "x" * 129, "naïve", 'a"b'])
async def test_a_request_id_that_could_harm_a_log_is_replaced(client: Client, bad: str) -> None:
    response = await client.http.get("/healthz", headers=[(b"x-request-id", bad.encode())])
    assert len(response.headers["x-request-id"]) == 16


async def test_every_line_within_a_request_says_whose_it_is(client: Client) -> None:
    seller = await factories.entity(client)
    scope = await scope_of(client)
    secret = await factories.key(client, seller)
    headers = {"authorization": f"Bearer {secret}", "x-request-id": "r-1"}
    with capture_logs(processors=[named.merge]) as lines:
        await client.http.post("/graphql", json={"query": "query Mine { viewer { mode } }"}, headers=headers)
    (line,) = [line for line in lines if line["event"] == "request"]
    ms, operation_id = line.pop("ms"), line.pop("operation_id")
    assert line == {
        "event": "request",
        "log_level": "info",
        "request_id": "r-1",
        "platform": scope.platform_id,
        "entity": seller,
        "operation": "query viewer",
        "operation_name": "Mine",
        "method": "POST",
        "path": "/graphql",
        "status": 200,
    }
    assert ms > 0
    assert "-" in operation_id


async def test_a_request_leaves_nothing_for_the_next_and_no_secret_in_the_log(client: Client) -> None:
    with capture_logs(processors=[named.merge]) as lines:
        await client.raw("{ viewer { mode } }")
        await client.http.get("/graphql", params={"query": "{ secretInQuery }"}, headers={"authorization": "Bearer x"})
    first, second = [line for line in lines if line["event"] == "request"]
    assert "platform" in first
    assert client.secret not in str(lines)
    assert "secretInQuery" not in str(lines)
    assert (second["path"], second["status"]) == ("/graphql", 401)


async def test_a_masked_error_is_logged_with_its_reference_and_request(client: Client) -> None:
    # given a bug, here a clock that fails
    def broken() -> Any:
        raise ZeroDivisionError

    seller = await factories.entity(client)
    services = dataclasses.replace(client.app.services, clock=broken)
    failing = Client(dataclasses.replace(client.app, services=services), client.secret)
    mutation = "mutation($i: OrderCreateInput!) { orderCreate(input: $i) { order { id } } }"
    with capture_logs(processors=[named.merge]) as lines:
        response = await failing.raw(mutation, {"x-request-id": "r-2"}, i=factories.order_input(seller))
    await failing.http.aclose()
    error = response["errors"][0]["extensions"]
    (line,) = [line for line in lines if line["event"] == "unexpected error"]
    assert (line["reference"], line["request_id"]) == (error["reference"], "r-2")
