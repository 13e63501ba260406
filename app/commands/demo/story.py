"""The demo's steps on the real product: the same use cases that the API calls."""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Final

from app import bootstrap, settings
from app.bootstrap import Application
from app.commands.demo.listener import Listener, listening
from app.commands.demo.sellers import ORDERS, sellers
from app.db.aggregates import DELIVERIES, INVOICES
from app.db.aggregates import ORDERS as ORDER_ROWS
from app.db.paging import PageRequest
from app.db.rows import EntityRow, InvoiceRow
from app.db.where import All, Compare, Eq
from app.domain.lifecycle import InvoiceStatus
from app.domain.scope import Scope
from app.domain.webhooks.status import DeliveryStatus
from app.services import documents, drafts, entities, finalize, keys, payments, reports, webhooks
from app.services.importing.model import ReadOptions
from app.services.importing.run import FORMATS, ImportReport, import_orders
from app.services.inputs import InvoiceInput, PaymentInput, WebhookEndpointInput
from app.services.keys import NewAccount
from app.services.reports import EntityFigures, PlatformFigures

WAIT_S: Final = 15.0
_LIMIT: Final = 1_000


@dataclass(slots=True, kw_only=True)
class Result:
    """What the demo has made."""

    folder: Path
    account: NewAccount
    sellers: list[EntityRow] = field(default_factory=list)
    imported: ImportReport = field(default_factory=ImportReport)
    repeated: ImportReport = field(default_factory=ImportReport)
    by_hand: list[InvoiceRow] = field(default_factory=list)
    paid: int = 0
    pdfs: list[Path] = field(default_factory=list)
    webhooks: dict[str, int] = field(default_factory=dict)
    refused_webhooks: int = 0
    undelivered: int = 0
    figures: PlatformFigures | None = None
    by_seller: list[EntityFigures] = field(default_factory=list)
    seconds: float = 0.0


async def tell(folder: Path, say: Callable[[str], None]) -> Result:
    """Runs the whole story in a folder, whose earlier demo it replaces. `say` is told each step."""
    began = time.monotonic()
    database = folder / "invoicing.sqlite3"
    _clear(folder)
    chosen = settings.load({"INVOICING_DATABASE_URL": f"sqlite://{database}", "INVOICING_LOG_LEVEL": "WARNING"})
    bootstrap.configure_logging(chosen)
    await bootstrap.migrate(chosen)
    async with (
        bootstrap.application(chosen) as app,
        listening() as listener,
        bootstrap.background(app, worker=True),
    ):
        result = await _run(app, listener, folder, say)
    result.seconds = time.monotonic() - began
    return result


def _clear(folder: Path) -> None:
    """Removes what an earlier demo left, and nothing else."""
    for old in (*folder.glob("invoicing.sqlite3*"), *(folder / "pdf").glob("*.pdf")):
        old.unlink()
    (folder / "pdf").mkdir(parents=True, exist_ok=True)


async def _run(app: Application, listener: Listener, folder: Path, say: Callable[[str], None]) -> Result:
    account = await keys.create_account(app.services, "Demo marketplace")
    scope = (await keys.authenticate(app.services, f"Bearer {account.sandbox_secret}")).scope
    result = Result(folder=folder, account=account)
    say("creating sellers and a webhook endpoint")
    endpoint = WebhookEndpointInput(url=listener.url)
    _, secret = await webhooks.create(app.services, scope, endpoint, key="demo-endpoint")
    listener.secret = secret or ""
    for seller in sellers():
        key = f"demo-{seller.external_id}"
        result.sellers.append(await entities.create(app.services, scope, seller, key=key))
    say("importing orders, twice")
    result.imported = await _import(app, scope)
    result.repeated = await _import(app, scope)
    say("finalizing drafts and recording payments")
    result.by_hand = await _invoice_by_hand(app, scope, result.sellers)
    result.paid = await _pay_some(app, scope)
    say("rendering PDFs")
    result.pdfs = await _render(app, scope, folder / "pdf")
    say("waiting for the webhooks")
    result.undelivered = await _wait_for_webhooks(app, scope, listener)
    result.webhooks = dict(sorted(listener.received.items()))
    result.refused_webhooks = listener.refused
    await _report(app, scope, result)
    return result


async def _import(app: Application, scope: Scope) -> ImportReport:
    text = (resources.files("app.commands.demo") / ORDERS).read_text(encoding="utf-8")
    (csv_format,) = (order_format for order_format in FORMATS if order_format.name == "csv")
    return await import_orders(app.services, scope, io.StringIO(text), csv_format, ReadOptions())


async def _invoice_by_hand(app: Application, scope: Scope, made: list[EntityRow]) -> list[InvoiceRow]:
    """Drafts and finalizes the orders of the seller that does not invoice by itself."""
    (seller,) = (row for row in made if row.external_id == "holzwerk")
    async with app.database.read(scope) as session:
        orders = await ORDER_ROWS.list(scope, session, Eq("entity_id", seller.id), order=(("id", False),), limit=_LIMIT)
    invoices = []
    for order in orders:
        draft = await drafts.create(app.services, scope, InvoiceInput(order_id=order.id), key=f"draft-{order.id}")
        invoices.append(
            await finalize.finalize(app.services, scope, draft.id, expected_total=None, key=f"finalize-{draft.id}")
        )
    return invoices


async def _pay_some(app: Application, scope: Scope) -> int:
    """Pays every other open invoice, the first of them in part only."""
    async with app.database.read(scope) as session:
        due = All((Eq("status", InvoiceStatus.FINALIZED), Compare("due_minor", ">", 0)))
        found = await INVOICES.list(scope, session, due, order=(("id", False),), limit=_LIMIT)
    for n, invoice in enumerate(found[::2]):
        amount = Decimal("100.00") if n == 0 and invoice.due_minor > 10_000 else None
        payment = PaymentInput(invoice_id=invoice.id, amount=amount, reference=f"transfer-{invoice.id}")
        await payments.record(app.services, scope, payment, key=f"pay-{invoice.id}")
    return len(found[::2])


async def _render(app: Application, scope: Scope, folder: Path) -> list[Path]:
    async with app.database.read(scope) as session:
        found = await INVOICES.list(scope, session, order=(("id", False),), limit=_LIMIT)
    paths = []
    for invoice in found:
        pdf = await documents.render_pdf(app.services, scope, invoice.id)
        path = folder / f"{invoice.entity_id[-6:]}-{pdf.file_name}"
        path.write_bytes(pdf.content)
        paths.append(path)
    return paths


async def _wait_for_webhooks(app: Application, scope: Scope, listener: Listener) -> int:
    """Waits until nothing is on its way any more, at most WAIT_S; how many deliveries have not arrived."""
    until = time.monotonic() + WAIT_S
    while True:
        async with app.database.read(scope) as session:
            total = await DELIVERIES.count(scope, session)
            arrived = await DELIVERIES.count(scope, session, Eq("status", DeliveryStatus.SUCCEEDED))
        done = total > 0 and arrived == total and listener.received.total() >= total
        if done or time.monotonic() > until:
            return total - arrived
        await asyncio.sleep(0.1)


async def _report(app: Application, scope: Scope, result: Result) -> None:
    today = datetime.now(UTC).date()
    start, end = date(2026, 11, 1), max(today, date(2026, 11, 30))
    result.figures = await reports.platform_report(app.services, scope, start, end, currency=None, time_zone=None)
    page = await reports.entity_figures(
        app.services, scope, start, end, currency=None, request=PageRequest(first=100), order="NAME_ASC"
    )
    result.by_seller = list(page.rows)
