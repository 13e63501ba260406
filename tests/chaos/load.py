"""Writers that report orders, finalize drafts and record payments, and remember what they were told."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import aiohttp

from tests import factories

# Answers that say: ask again with the same key.
RETRYABLE: Final = frozenset({"UNAVAILABLE", "IN_FLIGHT"})
_PAUSE_S: Final = 0.1
_TIMEOUT_S: Final = 20.0

MUTATIONS: Final = {
    "orderCreate": (
        "mutation($i: OrderCreateInput!) { orderCreate(input: $i) {"
        " order { id invoices { id } } userErrors { code message field } } }"
    ),
    "invoiceCreate": (
        "mutation($i: InvoiceCreateInput!) { invoiceCreate(input: $i) {"
        " invoice { id } userErrors { code message field } } }"
    ),
    "invoiceFinalize": (
        "mutation($i: InvoiceFinalizeInput!) { invoiceFinalize(input: $i) {"
        " invoice { id number contentHash } userErrors { code message field } } }"
    ),
    "paymentRecord": (
        "mutation($i: PaymentRecordInput!) { paymentRecord(input: $i) {"
        " payment { id } userErrors { code message field } } }"
    ),
}
OBJECTS: Final = {
    "orderCreate": "order",
    "invoiceCreate": "invoice",
    "invoiceFinalize": "invoice",
    "paymentRecord": "payment",
}


@dataclass
class Write:
    """One mutation with its key: how often it went unanswered, and what it was answered, if it was."""

    name: str
    input: Mapping[str, Any]
    unanswered: int = 0
    answer: Any = None

    @property
    def acknowledged(self) -> bool:
        """Whether the client was told that it is done."""
        return self.answer is not None


class Unexpected(AssertionError):
    """An answer that is neither a success nor one that asks to be repeated."""


@dataclass
class Client:
    """Asks the replicas in turn, with one key."""

    http: aiohttp.ClientSession
    urls: Sequence[str]
    secret: str
    _turn: Any = field(default_factory=itertools.count)

    async def ask(self, query: str, variables: Mapping[str, Any]) -> Any:
        """The data of an answer. Raises Unexpected for errors, aiohttp's errors where there is none."""
        url = self.urls[next(self._turn) % len(self.urls)]
        async with self.http.post(
            f"{url}/graphql",
            json={"query": query, "variables": dict(variables)},
            headers={"authorization": f"Bearer {self.secret}"},
            timeout=aiohttp.ClientTimeout(total=_TIMEOUT_S),
        ) as response:
            found = await response.json(content_type=None)
        if "errors" in found:
            if all(error["extensions"].get("retryable") for error in found["errors"]):
                return None
            raise Unexpected(found["errors"])
        return found["data"]

    async def once(self, write: Write) -> Any:
        """One try at a mutation: the object, or None for an answer that did not come or asks to be repeated."""
        try:
            data = await self.ask(MUTATIONS[write.name], {"i": write.input})
        except (aiohttp.ClientError, TimeoutError, OSError):
            return None
        if data is None:
            return None
        payload = data[write.name]
        if any(error["code"] not in RETRYABLE for error in payload["userErrors"]):
            raise Unexpected(write.name, write.input, payload["userErrors"])
        return None if payload["userErrors"] else payload[OBJECTS[write.name]]


class Load:
    """Writers that go on until they are stopped."""

    def __init__(self, client: Client, sellers: Sequence[str], customers: Sequence[str], *, seed: int) -> None:
        self._client = client
        self._sellers = sellers
        self._customers = customers
        self._random = random.Random(seed)
        self._seed = seed
        self._count = itertools.count(1)
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = False
        self.writes: list[Write] = []

    def start(self, writers: int) -> None:
        """Begins."""
        self._tasks = [asyncio.create_task(self._write()) for _ in range(writers)]

    async def stop(self) -> None:
        """Ends it; what is unanswered then stays so. Raises what went wrong."""
        self._stopping = True
        await asyncio.gather(*self._tasks)

    async def _write(self) -> None:
        while not self._stopping:
            if self._random.random() < 0.5:
                order = await self._send("orderCreate", self._order())
                invoice_id = order["invoices"][0]["id"] if order and order["invoices"] else None
            else:
                draft = {"customerId": self._random.choice(self._customers), "lines": [factories.line()]}
                invoice = await self._send("invoiceCreate", draft)
                if invoice is None:
                    continue
                invoice_id = invoice["id"]
                if await self._send("invoiceFinalize", {"id": invoice_id}) is None:
                    continue
            if invoice_id is not None:
                # In part, and without a reference: nothing but its key keeps a second one from being recorded.
                await self._send("paymentRecord", {"invoiceId": invoice_id, "amount": "1.00"})

    def _order(self) -> dict[str, Any]:
        return {
            "entityId": self._random.choice(self._sellers),
            "externalId": self._name("order"),
            "placedAt": "2026-03-09T10:00:00Z",
            "customer": {"name": "Erika Mustermann", "externalId": "erika", "address": {"country": "DE"}},
            "lines": [factories.line()],
        }

    def _name(self, what: str) -> str:
        return f"{what}-{self._seed}-{next(self._count)}"

    async def _send(self, name: str, given: Mapping[str, Any]) -> Any:
        """The object, asked for until it is answered or the load ends."""
        write = Write(name, {**given, "idempotencyKey": self._name("key")})
        self.writes.append(write)
        while True:
            found = await self._client.once(write)
            if found is not None:
                write.answer = found
                return found
            write.unanswered += 1
            if self._stopping:
                return None
            await asyncio.sleep(_PAUSE_S)
