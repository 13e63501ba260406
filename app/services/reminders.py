"""Reminders of overdue documents: each step of a seller's schedule once per document, as long as something is due."""

from __future__ import annotations

from typing import Final

from app.db import emails
from app.db.aggregates import CUSTOMERS, ENTITIES
from app.db.rows import CustomerRow, EntityRow, InvoiceRow
from app.domain.documents.registry import DOCUMENT_TYPES
from app.domain.mail.address import check_address, is_address
from app.domain.mail.model import EmailKind
from app.domain.mail.reminders import due_dates, send_at
from app.domain.numbering import local_issue_date
from app.domain.scope import Scope
from app.services.context import ServiceContext
from app.services.emails import new_email, queue
from app.services.once import Work, run

# Documents in one transaction, of any sellers.
CHUNK: Final = 50
_TYPES: Final = tuple(kind.type for kind in DOCUMENT_TYPES if kind.payable)


async def remind(ctx: ServiceContext, scope: Scope, *, chunk: int = CHUNK) -> int:
    """Makes a chunk of a platform's reminders that are due now; how many, those without an address included."""

    async def body(work: Work) -> int:
        count = 0
        for rhythm in await emails.rhythms(scope, work.session):
            today = local_issue_date(work.now, rhythm.time_zone)
            # The latest step comes first: the earlier ones are not due then.
            for step in sorted(rhythm.days, reverse=True):
                late = await emails.to_remind(
                    scope,
                    work.session,
                    rhythm,
                    step=step,
                    due=due_dates(step, today),
                    types=_TYPES,
                    limit=chunk - count,
                )
                await _make(work, late, step)
                count += len(late)
                if count >= chunk:
                    return count
        return count

    made: int = await run(ctx, scope, body)
    return made


async def _make(work: Work, invoices: list[InvoiceRow], step: int) -> None:
    sellers = await ENTITIES.by_ids(work.scope, work.session, [invoice.entity_id for invoice in invoices])
    buyers = await CUSTOMERS.by_ids(work.scope, work.session, [invoice.customer_id for invoice in invoices])
    for invoice in invoices:
        await _make_one(work, sellers[invoice.entity_id], buyers[invoice.customer_id], invoice, step)


async def _make_one(work: Work, seller: EntityRow, buyer: CustomerRow, invoice: InvoiceRow, step: int) -> None:
    to = [check_address(buyer.email, ())] if buyer.email and is_address(buyer.email) else []
    row = new_email(work, seller, buyer, invoice, kind=EmailKind.REMINDER, to=to, step=step)
    await queue(work, row, run_at=send_at(work.now, seller.time_zone))
