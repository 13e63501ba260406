"""Objects that tests need, made through the API as a marketplace makes them."""

from __future__ import annotations

import asyncio
import itertools
from decimal import Decimal
from typing import Any

import httpx

from app.asgi import create_app
from app.bootstrap import Application
from app.db import event_log, jobs
from app.db.job_rows import JobRow
from app.domain.identity import IdPrefix, new_id
from app.domain.jobs import JobStatus
from app.services import keys

_count = itertools.count(1)

Data = dict[str, Any]


class Client:
    """A client of the API in process, with one key."""

    def __init__(self, app: Application, secret: str) -> None:
        self.app = app
        self.secret = secret
        transport = httpx.ASGITransport(app=create_app(app.settings, running=app))
        self.http = httpx.AsyncClient(transport=transport, base_url="http://test", timeout=60)

    def with_key(self, secret: str) -> Client:
        """The same server, asked with another key."""
        other = Client.__new__(Client)
        other.app, other.secret, other.http = self.app, secret, self.http
        return other

    async def raw(self, query: str, headers: dict[str, str] | None = None, **variables: Any) -> Data:
        """The whole response."""
        response = await self.http.post(
            "/graphql",
            json={"query": query, "variables": variables},
            headers={"authorization": f"Bearer {self.secret}", **(headers or {})},
        )
        found: Data = response.json()
        return found

    async def ask(self, query: str, **variables: Any) -> Data:
        """The data of a response that has no errors."""
        response = await self.raw(query, **variables)
        assert "errors" not in response, response["errors"]
        data: Data = response["data"]
        return data

    async def error(self, query: str, **variables: Any) -> Data:
        """The first error of a response."""
        response = await self.raw(query, **variables)
        found: Data = response["errors"][0]
        return found

    async def get(self, path: str) -> httpx.Response:
        """A file."""
        return await self.http.get(path, headers={"authorization": f"Bearer {self.secret}"})


async def settled(app: Application) -> None:
    """Waits until the log has given every committed event its place."""
    async with asyncio.timeout(10):
        while await event_log.platforms_with_pending(app.database):  # noqa: ASYNC110  # it happens in the database
            await asyncio.sleep(0.01)


ERRORS = "userErrors { code message field }"


async def entity(client: Client, **given: Any) -> str:
    """A seller's id; German and invoicing on order, with gross prices, unless told."""
    n = next(_count)
    value: Data = {
        "name": f"Seller {n}",
        "externalId": f"seller-{n}",
        "address": {"country": "DE", "line1": "Hauptstraße 1", "postcode": "10115", "city": "Berlin"},
        "currency": "EUR",
        "timeZone": "Europe/Berlin",
        "taxIds": [{"value": "DE136695976", "country": "DE"}],
        "settings": {"autoInvoice": "ON_ORDER", "tax": {"pricesIncludeTax": True}},
        **given,
    }
    mutation = f"mutation($i: EntityCreateInput!) {{ entityCreate(input: $i) {{ entity {{ id }} {ERRORS} }} }}"
    payload = (await client.ask(mutation, i=value))["entityCreate"]
    assert payload["userErrors"] == []
    return str(payload["entity"]["id"])


async def customer(client: Client, entity_id: str, **given: Any) -> str:
    """A buyer's id; a German consumer unless told."""
    value: Data = {
        "entityId": entity_id,
        "name": "Erika Mustermann",
        "address": {"country": "DE", "line1": "Heidestraße 17", "postcode": "51147", "city": "Köln"},
        **given,
    }
    mutation = f"mutation($i: CustomerCreateInput!) {{ customerCreate(input: $i) {{ customer {{ id }} {ERRORS} }} }}"
    payload = (await client.ask(mutation, i=value))["customerCreate"]
    assert payload["userErrors"] == []
    return str(payload["customer"]["id"])


def line(price: str = "11.90", quantity: str = "1", **given: Any) -> Data:
    """A line."""
    return {"description": "Tea", "quantity": quantity, "unitPrice": price, **given}


def order_input(entity_id: str, **given: Any) -> Data:
    """An order of one line by a consumer."""
    n = next(_count)
    return {
        "entityId": entity_id,
        "externalId": f"order-{n}",
        "placedAt": "2026-03-09T10:00:00Z",
        "customer": {"name": "Erika Mustermann", "externalId": "erika", "address": {"country": "DE"}},
        "lines": [line()],
        **given,
    }


ORDER = (
    "order { id externalId status failure invoices { id number status paymentStatus grossTotal { amount }"
    " amountDue { amount } } }"
)


async def order(client: Client, entity_id: str, **given: Any) -> Data:
    """An order that was taken, with its invoices."""
    mutation = f"mutation($i: OrderCreateInput!) {{ orderCreate(input: $i) {{ {ORDER} {ERRORS} }} }}"
    payload = (await client.ask(mutation, i=order_input(entity_id, **given)))["orderCreate"]
    assert payload["userErrors"] == []
    found: Data = payload["order"]
    return found


async def draft(client: Client, entity_id: str, customer_id: str | None = None, **given: Any) -> str:
    """A draft's id."""
    value: Data = {
        "customerId": customer_id or await customer(client, entity_id),
        "lines": [line()],
        **given,
    }
    mutation = f"mutation($i: InvoiceCreateInput!) {{ invoiceCreate(input: $i) {{ invoice {{ id }} {ERRORS} }} }}"
    payload = (await client.ask(mutation, i=value))["invoiceCreate"]
    assert payload["userErrors"] == []
    return str(payload["invoice"]["id"])


FINALIZE = (
    "mutation($i: InvoiceFinalizeInput!) { invoiceFinalize(input: $i) {"
    " invoice { id number status version contentHash previousHash } userErrors { code message field } } }"
)


async def finalize(client: Client, invoice_id: str, **given: Any) -> Data:
    """The payload of a finalization."""
    found: Data = (await client.ask(FINALIZE, i={"id": invoice_id, **given}))["invoiceFinalize"]
    return found


async def job(client: Client, entity_id: str | None = None, **given: Any) -> JobRow:
    """A job as a use case would make it, of a kind that nobody runs."""
    scope = (await keys.authenticate(client.app.services, f"Bearer {client.secret}")).scope
    now = client.app.services.clock()
    values: Data = {
        "platform_id": scope.platform_id,
        "id": new_id(IdPrefix.JOB),
        "entity_id": entity_id,
        "kind": "test.kind",
        "input": {"n": 1},
        "status": JobStatus.QUEUED,
        "progress": Decimal(0),
        "message": None,
        "attempts": 0,
        "max_attempts": 8,
        "run_at": now,
        "unique_key": None,
        "error": None,
        "result": None,
        "requested_by": scope.actor,
        "cancel_requested": False,
        "lease_token": None,
        "lease_until": None,
        "created_at": now,
        "started_at": None,
        "finished_at": None,
    }
    row = JobRow(**(values | given))
    async with client.app.database.transaction(scope) as session:
        await jobs.insert(scope, session, [row])
    return row


async def key(client: Client, entity_id: str | None = None, permissions: list[str] | None = None) -> str:
    """The secret of a new key."""
    mutation = "mutation($i: ApiKeyCreateInput!) { apiKeyCreate(input: $i) { secret userErrors { message } } }"
    value = {"name": "a key", "entityId": entity_id, "permissions": permissions}
    payload = (await client.ask(mutation, i=value))["apiKeyCreate"]
    assert payload["userErrors"] == []
    return str(payload["secret"])
