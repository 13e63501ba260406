"""What tests of the ledger share: its check, its entries, and credit notes as they are stored."""

from __future__ import annotations

from dataclasses import replace

from app.bootstrap import Application
from app.db import ledger as stored
from app.db.aggregates import ENTITIES, INVOICES, LEDGER
from app.db.ledger_rows import LedgerEntryRow
from app.db.rows import InvoiceRow
from app.domain.documents.model import InvoiceType
from app.domain.identity import IdPrefix, new_id
from app.domain.ledger import CreditSettlement
from app.domain.lifecycle import PaymentStatus
from app.domain.scope import Scope
from app.services import ledger, loading
from app.services.keys import authenticate
from app.services.once import Work, run
from tests.factories import Client


async def scope_of(client: Client) -> Scope:
    """What the client's key may see."""
    return (await authenticate(client.app.services, f"Bearer {client.secret}")).scope


async def findings(app: Application, scope: Scope) -> list[str]:
    """What is wrong with the ledgers of all sellers."""
    async with app.database.read(scope) as session:
        sellers = await ENTITIES.list(scope, session, limit=1_000)
        return [found for seller in sellers for found in await stored.check(scope, session, seller.id)]


async def entries(app: Application, scope: Scope) -> list[LedgerEntryRow]:
    """All entries as they were booked."""
    async with app.database.read(scope) as session:
        return await LEDGER.list(scope, session, order=(("created_at", False), ("id", False)), limit=1_000)


async def invoice(app: Application, scope: Scope, invoice_id: str) -> InvoiceRow:
    """The document as it is stored."""
    async with app.database.read(scope) as session:
        row = await INVOICES.get(scope, session, invoice_id)
    assert row is not None
    return row


async def credit(
    app: Application,
    scope: Scope,
    invoice_id: str,
    amount_minor: int,
    settlement: CreditSettlement = CreditSettlement.BALANCE,
    reference: str | None = None,
) -> InvoiceRow:
    """Settles a credit note of that amount, whose lines and hash do not matter here; the original as it then stands."""

    async def body(work: Work) -> InvoiceRow:
        original = (await loading.lock_invoices(work, [invoice_id]))[invoice_id]
        note_id = new_id(IdPrefix.INVOICE)
        note = replace(
            original,
            id=note_id,
            type=InvoiceType.CREDIT_NOTE,
            corrected_invoice_id=original.id,
            series_id=None,
            number=f"CN-{note_id}",
            gross_minor=amount_minor,
            paid_minor=amount_minor,
            credited_minor=0,
            due_minor=0,
            payment_status=PaymentStatus.PAID,
        )
        await INVOICES.insert(work.scope, work.session, [note])
        return await ledger.settle_credit(work, original, note, settlement, reference)

    row: InvoiceRow = await run(app.services, scope, body)
    return row
