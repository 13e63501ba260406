"""Businesses with VAT numbers, and a product on a live platform that asks a VIES of the tests' own about them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from app import bootstrap, settings
from app.db.aggregates import INVOICES, JOBS
from app.db.job_rows import JobRow
from app.db.where import All, Eq
from app.services import keys, vat_jobs, vat_revalidation
from app.services.job_kinds import JOB_KINDS
from app.services.jobs import JobKind
from tests import books, event_payloads, factories
from tests.factories import Client, Data
from tests.scenarios.vies_server import ViesServer

# A number with right check digits of each of these states.
NUMBERS: Final = {
    "AT": "ATU13585627",
    "BE": "BE0428759497",
    "DK": "DK13585628",
    "ES": "ESB58378431",
    "FI": "FI20774740",
    "FR": "FR40303265045",
    "IE": "IE6433435F",
    "IT": "IT00743110157",
    "LU": "LU15027442",
    "NL": "NL004495445B01",
    "PL": "PL8567346215",
    "PT": "PT501964843",
    "SE": "SE123456789701",
    "SI": "SI50223054",
}
_PAUSE: Final = (timedelta(milliseconds=30),)


def belgian(n: int) -> str:
    """The n-th of many Belgian numbers."""
    base = 10_000_000 + n
    return f"BE{base:08}{97 - base % 97:02}"


class Moving:
    """The present moment from 2026-03-10 on, which can be moved on besides."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._began = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self._began + timedelta(seconds=time.monotonic() - self._start)

    def advance(self, **by: float) -> None:
        """Moves it on."""
        self._began += timedelta(**by)


def impatient() -> list[JobKind]:
    """The kinds of jobs, which ask again after a moment instead of minutes."""
    asking = (vat_jobs.CHECK, vat_revalidation.REVALIDATE)
    return [replace(kind, retry=_PAUSE) if kind.name in asking else kind for kind in JOB_KINDS]


@asynccontextmanager
async def asking(url: str, vies: ViesServer | None, clock: Moving, **given: str) -> AsyncIterator[Client]:
    """A client of a live platform whose product asks that VIES; breakers forget a thousand times as fast."""
    chosen = settings.load(
        {
            "INVOICING_DATABASE_URL": url,
            "INVOICING_STORAGE_URL": "memory://",
            **({} if vies is None else {"INVOICING_VIES_URL": vies.url}),
            "INVOICING_VIES_TIMEOUT_S": "1",
            **given,
        }
    )
    async with bootstrap.application(
        chosen, clock=clock, kinds=impatient(), schedules=(), monotonic=lambda: time.monotonic() * 1_000
    ) as app:
        account = await keys.create_account(app.services, "Test marketplace")
        client = Client(app, account.live_secret)
        yield client
        await client.http.aclose()
        await event_payloads.check_all(app)


@asynccontextmanager
async def working(client: Client) -> AsyncIterator[None]:
    """Workers run while the block does."""
    async with bootstrap.background(client.app, worker=True):
        yield


async def account(client: Client) -> Client:
    """The same product, asked for the live platform of another operator."""
    return client.with_key((await keys.create_account(client.app.services, "Another marketplace")).live_secret)


async def until(check: Callable[[], Awaitable[bool]], *, seconds: float = 20) -> None:
    """Waits until something holds."""
    async with asyncio.timeout(seconds):
        while not await check():  # noqa: ASYNC110  # the database has no event for it
            await asyncio.sleep(0.02)


async def seller(client: Client, policy: str = "HOLD", **given: Any) -> str:
    """A German seller with net prices that invoices on order, and does so by that policy."""
    tax = {"whenUnverified": policy, "oss": True, "pricesIncludeTax": False}
    return await factories.entity(client, settings={"autoInvoice": "ON_ORDER", "tax": tax}, **given)


def business(country: str, number: str | None = None, **tax_id: Any) -> Data:
    """A business buyer of that state, named by its number."""
    value = number or NUMBERS[country]
    return {
        "name": f"Business {value}",
        "externalId": value,
        "kind": "BUSINESS",
        "address": {"country": country},
        "taxId": {"value": value, **tax_id},
    }


async def order(client: Client, entity_id: str, buyer: Data, **given: Any) -> Data:
    """An order of goods for 100.00 net by that buyer."""
    return await factories.order(client, entity_id, customer=buyer, lines=[factories.line("100.00")], **given)


SHOWN: Final = """query($e: ID!) { entity(id: $e) { invoices(first: 100) { nodes {
  id number status taxTotal { amount } grossTotal { amount } mentions
  lines { taxDecision { treatment category explanation evidence } }
  customer { externalId taxId { status checkedAt consultationNumber } } } } } }"""


async def invoices(client: Client, entity_id: str) -> dict[str, Data]:
    """A seller's invoices by their buyers' external ids."""
    nodes = (await client.ask(SHOWN, e=entity_id))["entity"]["invoices"]["nodes"]
    return {node["customer"]["externalId"]: node for node in nodes}


def treatment(invoice: Data) -> str:
    """How the first line of an invoice is taxed."""
    return str(invoice["lines"][0]["taxDecision"]["treatment"])


async def held(client: Client, entity_id: str) -> int:
    """How many documents of a seller are not finalized, by the database: a query beside workers may meet two states."""
    scope = await books.scope_of(client)
    async with client.app.database.read(scope) as session:
        where = All((Eq("entity_id", entity_id), Eq("number", None)))
        return await INVOICES.count(scope, session, where)


async def released(client: Client, entity_id: str) -> None:
    """Waits until all documents of a seller are finalized."""

    async def none_held() -> bool:
        return await held(client, entity_id) == 0

    await until(none_held)


async def job_row(client: Client, job_id: str) -> JobRow:
    """A job as it stands."""
    scope = await books.scope_of(client)
    async with client.app.database.read(scope) as session:
        row = await JOBS.get(scope, session, job_id)
    assert row is not None
    return row


CUSTOMER: Final = """query($e: ID!) { customers(first: 100, where: { entityId: { eq: $e } }) { nodes {
  id externalId version taxId { value status checkedAt consultationNumber registeredName }
  taxIdChecks(first: 50) { totalCount nodes {
    id number state requester kind code source consultationNumber raw } } } } }"""


async def customers(client: Client, entity_id: str) -> dict[str, Data]:
    """A seller's buyers by their external ids."""
    nodes = (await client.ask(CUSTOMER, e=entity_id))["customers"]["nodes"]
    return {node["externalId"]: node for node in nodes}


VERIFY: Final = """mutation($i: CustomerVerifyTaxIdInput!) { customerVerifyTaxId(input: $i) {
  customer { id taxId { status consultationNumber } } check { kind code source }
  userErrors { code message retryable field } } }"""


async def verify(client: Client, customer_id: str, **given: Any) -> Data:
    """The payload of asking about a buyer's number now."""
    found: Data = (await client.ask(VERIFY, i={"id": customer_id, **given}))["customerVerifyTaxId"]
    return found
