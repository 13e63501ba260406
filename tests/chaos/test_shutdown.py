"""Real processes that are told to end: what is under way is answered, long-lived connections resume elsewhere."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import aiohttp
import pytest

from app import bootstrap, settings
from app.services import keys
from tests import factories
from tests.chaos.processes import Cluster, Replica, cluster, free_port, wait_until_ready

pytestmark = pytest.mark.slow

TOKEN = "a-token-of-some-length"
EVENTS = "subscription($after: String) { events(after: $after) { cursor type } }"
ORDER = f"mutation($i: OrderCreateInput!) {{ orderCreate(input: $i) {{ {factories.ORDER} {factories.ERRORS} }} }}"
ENTITY = "mutation($i: EntityCreateInput!) { entityCreate(input: $i) { entity { id } userErrors { message } } }"
SELLER = {
    "name": "Morgenrot",
    "externalId": "morgenrot",
    "address": {"country": "DE", "line1": "Hauptstraße 1", "postcode": "10115", "city": "Berlin"},
    "currency": "EUR",
    "settings": {"autoInvoice": "ON_ORDER"},
}


@pytest.fixture(scope="module")
def running() -> Iterator[Cluster]:
    """Two replicas and a worker. In a thread, whose event loop is not the tests'."""
    with ThreadPoolExecutor(1) as threads:
        made = cluster(replicas=2, workers=1, INVOICING_METRICS_TOKEN=TOKEN)
        entered = threads.submit(made.__enter__).result()
        yield entered
        threads.submit(made.__exit__, None, None, None).result()


class Api:
    """The API of the replicas, asked with one key."""

    def __init__(self, http: aiohttp.ClientSession, secret: str) -> None:
        self.http = http
        self.secret = secret

    async def ask(self, replica: Replica, query: str, **variables: Any) -> Any:
        headers = {"authorization": f"Bearer {self.secret}"}
        body = {"query": query, "variables": variables}
        async with self.http.post(f"{replica.url}/graphql", json=body, headers=headers) as response:
            found = await response.json()
        assert "errors" not in found, found
        return found["data"]

    async def socket(self, replica: Replica) -> aiohttp.ClientWebSocketResponse:
        socket = await self.http.ws_connect(f"{replica.url}/graphql", protocols=["graphql-transport-ws"])
        await socket.send_json({"type": "connection_init", "payload": {"authorization": f"Bearer {self.secret}"}})
        assert (await socket.receive_json(timeout=10))["type"] == "connection_ack"
        return socket


@pytest.fixture
async def api(running: Cluster) -> AsyncIterator[Api]:
    await asyncio.to_thread(running.start)
    chosen = settings.load(running.environment)
    async with bootstrap.application(chosen) as app:
        account = await keys.create_account(app.services, "Test marketplace")
    async with aiohttp.ClientSession() as http:
        yield Api(http, account.sandbox_secret)


def order(entity_id: str, name: str) -> dict[str, Any]:
    return {**factories.order_input(entity_id), "externalId": name, "idempotencyKey": name}


async def seller(api: Api, replica: Replica) -> str:
    return str((await api.ask(replica, ENTITY, i=SELLER))["entityCreate"]["entity"]["id"])


async def test_a_mutation_under_way_is_answered_and_the_process_ends_well(running: Cluster, api: Api) -> None:
    # given a replica whose orders cannot commit, since their seller's numbering is locked
    leaving, other = running.replicas
    entity_id = await seller(api, other)
    await api.ask(other, ORDER, i=order(entity_id, "first"))
    asyncpg = pytest.importorskip("asyncpg")
    held = await asyncpg.connect(running.url)
    await held.execute("BEGIN; SELECT id FROM series FOR UPDATE")
    over_http = asyncio.create_task(api.ask(leaving, ORDER, i=order(entity_id, "http")))
    socket = await api.socket(leaving)
    subscribe = {"query": ORDER, "variables": {"i": order(entity_id, "socket")}}
    await socket.send_json({"type": "subscribe", "id": "1", "payload": subscribe})
    await asyncio.sleep(0.5)
    assert not over_http.done()

    # when it is told to end, and the lock is given up a while later
    leaving.tell()
    await asyncio.sleep(0.5)
    with pytest.raises(aiohttp.ClientConnectorError):
        await api.ask(leaving, "{ viewer { mode } }")
    assert leaving.running
    await held.execute("COMMIT")
    await held.close()

    # then both are answered before the process ends with 0
    assert (await over_http)["orderCreate"]["order"]["invoices"][0]["status"] == "FINALIZED"
    answer = await socket.receive_json(timeout=10)
    assert answer["payload"]["data"]["orderCreate"]["order"]["invoices"][0]["status"] == "FINALIZED"
    assert (await socket.receive_json(timeout=10)) == {"type": "complete", "id": "1"}
    closing = await socket.receive(timeout=10)
    assert (closing.data, closing.extra) == (
        1012,
        "The server restarts; connect again and resume after your last cursor",
    )
    assert await asyncio.to_thread(leaving.wait) == 0


async def test_a_websocket_subscriber_resumes_on_another_replica(running: Cluster, api: Api) -> None:
    # given a subscriber on one replica, and a writer on the other
    leaving, other = running.replicas
    entity_id = await seller(api, other)
    socket = await api.socket(leaving)
    await socket.send_json({"type": "subscribe", "id": "1", "payload": {"query": EVENTS}})
    await asyncio.sleep(0.3)
    writing = asyncio.create_task(_orders(api, other, entity_id, 30))
    seen = [await _next(socket) for _ in range(5)]

    # when the replica is told to end while it streams
    leaving.tell()
    while (event := await _next(socket)) is not None:
        seen.append(event)
    assert (socket.close_code, await asyncio.to_thread(leaving.wait)) == (1012, 0)
    await writing

    # then the other one goes on after the last cursor, and nothing is lost or doubled
    again = await api.socket(other)
    payload = {"query": EVENTS, "variables": {"after": seen[-1]["cursor"]}}
    await again.send_json({"type": "subscribe", "id": "1", "payload": payload})
    logged = await _log(api, other)
    wanted = logged[logged.index(seen[0]) :]
    while len(seen) < len(wanted):
        event = await _next(again)
        assert event is not None
        seen.append(event)
    await again.close()
    assert seen == wanted


async def test_an_event_stream_ends_with_the_cursor_to_resume_after(running: Cluster, api: Api) -> None:
    leaving, other = running.replicas
    entity_id = await seller(api, other)
    headers = {"authorization": f"Bearer {api.secret}", "accept": "text/event-stream"}
    async with api.http.post(f"{leaving.url}/graphql", json={"query": EVENTS}, headers=headers) as response:
        await asyncio.sleep(0.3)
        await _orders(api, other, entity_id, 1)
        await asyncio.sleep(0.5)
        leaving.tell()
        text = await asyncio.wait_for(response.text(), 10)
    frames = [json.loads(part.removeprefix("data: ")) for part in text.splitlines() if part.startswith("data: {")]
    last = frames[-1]["errors"][0]
    assert last["extensions"] == {
        "code": "UNAVAILABLE",
        "retryable": True,
        "resumeAfter": frames[-2]["data"]["events"]["cursor"],
    }
    assert text.endswith("event: complete\ndata:\n\n")
    assert await asyncio.to_thread(leaving.wait) == 0


async def test_a_worker_that_is_told_to_end_does(running: Cluster, api: Api) -> None:
    (worker,) = running.workers
    async with asyncio.timeout(20):
        while "the worker is running" not in worker.log.read_text(encoding="utf-8"):  # noqa: ASYNC110  # a file tells
            await asyncio.sleep(0.05)
    worker.tell()
    assert await asyncio.to_thread(worker.wait) == 0


async def test_a_database_that_is_away_makes_a_replica_unready_until_it_is_back(running: Cluster, api: Api) -> None:
    replica = running.replicas[0]
    await asyncio.to_thread(running.postgres.crash)
    await asyncio.sleep(1.1)  # longer than an answer is kept
    async with api.http.get(f"{replica.url}/readyz") as response:
        assert response.status == 503
        body = await response.json()
    assert body == {"ready": False, "parts": {"database": {"ok": False, "detail": "the database is away"}}}
    async with api.http.get(f"{replica.url}/healthz") as response:
        assert response.status == 200
    # What only the database knows is missing from the figures, nothing else.
    async with api.http.get(f"{replica.url}/metrics", headers={"authorization": f"Bearer {TOKEN}"}) as response:
        figures = await response.text()
    assert "invoicing_database_up 0.0" in figures
    assert "invoicing_log_position" not in figures
    await asyncio.to_thread(running.postgres.start)
    async with asyncio.timeout(10):
        while not await asyncio.to_thread(replica.ready):  # noqa: ASYNC110  # a process of its own
            await asyncio.sleep(0.1)


async def test_a_worker_tells_how_it_is_on_its_own_port(running: Cluster, api: Api) -> None:
    port = free_port()
    environment = {**running.environment, "INVOICING_WORKER_PORT": str(port)}
    worker = Replica("watched", ("worker",), environment, running.folder, port=port)
    worker.start()
    try:
        await asyncio.to_thread(wait_until_ready, worker)
        async with api.http.get(f"{worker.url}/metrics") as response:
            assert response.status == 401
        async with api.http.get(f"{worker.url}/metrics", headers={"authorization": f"Bearer {TOKEN}"}) as response:
            figures = await response.text()
        assert "invoicing_webhook_lag_seconds_count 0.0" in figures
        assert "invoicing_http_requests" not in figures
        worker.tell()
        assert await asyncio.to_thread(worker.wait) == 0
    finally:
        worker.kill()


async def test_a_second_signal_ends_a_process_at_once(running: Cluster, api: Api) -> None:
    # given a replica with a request that does not end
    leaving, other = running.replicas
    entity_id = await seller(api, other)
    await api.ask(other, ORDER, i=order(entity_id, "before"))
    asyncpg = pytest.importorskip("asyncpg")
    held = await asyncpg.connect(running.url)
    await held.execute("BEGIN; SELECT id FROM series FOR UPDATE")
    under_way = asyncio.create_task(api.ask(leaving, ORDER, i=order(entity_id, "hanging")))
    await asyncio.sleep(0.3)

    leaving.tell()
    await asyncio.sleep(0.5)
    assert leaving.running
    leaving.tell(signal.SIGTERM)
    assert await asyncio.to_thread(leaving.wait, 3) == 128 + signal.SIGTERM
    with pytest.raises(aiohttp.ClientError):
        await under_way
    await held.execute("ROLLBACK")
    await held.close()


async def test_several_processes_end_together(running: Cluster, api: Api) -> None:
    first = running.replicas[0]
    command = ("serve", "--processes", "2")
    replica = Replica("several", command, first.environment, running.folder, fresh=True, port=first.port)
    first.kill()
    replica.start()
    try:
        await asyncio.to_thread(wait_until_ready, replica)
        assert (await api.ask(replica, "{ viewer { mode } }")) == {"viewer": {"mode": "SANDBOX"}}
        replica.tell()
        assert await asyncio.to_thread(replica.wait) == 0
    finally:
        replica.kill()


async def _orders(api: Api, replica: Replica, entity_id: str, count: int) -> None:
    for n in range(count):
        await api.ask(replica, ORDER, i=order(entity_id, f"order-{n}"))


async def _next(socket: aiohttp.ClientWebSocketResponse) -> Any:
    """The next event; None when the socket is closed."""
    message = await socket.receive(timeout=10)
    if message.type is not aiohttp.WSMsgType.TEXT:
        return None
    return json.loads(message.data)["payload"]["data"]["events"]


async def _log(api: Api, replica: Replica) -> list[Any]:
    """All events, once every committed one has its place."""
    query = (
        "query($after: String) { events(first: 100, after: $after) {"
        " nodes { cursor type } pageInfo { hasNextPage endCursor } } }"
    )
    await asyncio.sleep(0.5)
    found: list[Any] = []
    after = None
    while True:
        page = (await api.ask(replica, query, after=after))["events"]
        found += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return found
