"""Makes the occurrences of recurring invoices that are due: each exactly once, in order, however long none were made.

An occurrence is one transaction. It locks its recurring invoice, before the new invoice and its series; nobody takes
these locks in another order. What it makes and that it was made are committed together, so a worker that is cut off
leaves either both or neither. A failing occurrence keeps back the later ones of its own recurring invoice, and no
other's: it is tried again after a while, and given up in the end.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import structlog

from app.db import recurring as stored
from app.db.aggregates import CUSTOMERS, ENTITIES, INVOICES, OCCURRENCES, RECURRING
from app.db.history import lines_state
from app.db.recurring_rows import OccurrenceRow, RecurringRow
from app.db.rows import CustomerRow, EntityRow, InvoiceRow
from app.db.where import All, Eq
from app.domain import numbering
from app.domain.errors import InvoicingError, Unavailable
from app.domain.history import AuditSubject
from app.domain.identity import IdPrefix, new_id
from app.domain.lifecycle import InvoiceStatus
from app.domain.mail.address import check_address, is_address
from app.domain.mail.model import EmailKind
from app.domain.recurrence import OccurrenceStatus, RecurringAction, RecurringStatus, retry_at
from app.domain.recurring_events import RecurringInvoiceEnded, RecurringInvoiceFailed
from app.domain.scope import Scope
from app.services import drafts, emails, eu_sales, finalize
from app.services.context import ServiceContext
from app.services.invoice_rows import new_draft
from app.services.once import Work, run
from app.services.recurring import next_dates, parties, recurring_event, upcoming
from app.services.recurring_content import content_from_json, content_on

log = structlog.get_logger(__name__)

# Recurring invoices that one pass looks at, one occurrence of each.
CHUNK: Final = 50
_MAX_REASON: Final = 1_000


@dataclass(slots=True)
class _Attempt:
    """One try at an occurrence; `version` is that of the recurring invoice it was made with."""

    recurring_id: str
    version: int | None = None


async def make_due(ctx: ServiceContext, scope: Scope, *, chunk: int = CHUNK) -> int:
    """Deals with the next occurrence of each of a chunk of a platform's recurring invoices that are due; how many.

    It sends what waited for a tax answer as well.
    """
    async with ctx.database.read(scope) as session:
        ids = await stored.due(scope, session, ctx.clock(), limit=chunk)
        awaited = bool(await stored.sendable(scope, session, limit=1, lock=False))
    done = 0
    for recurring_id in ids:
        done += await _make_one(ctx, scope, recurring_id)
    return done + (await _send_awaited(ctx, scope, chunk) if awaited else 0)


async def _make_one(ctx: ServiceContext, scope: Scope, recurring_id: str) -> int:
    attempt = _Attempt(recurring_id)
    try:
        made: int = await run(ctx, scope, lambda work: _make(work, attempt))
        return made
    except Unavailable:
        # The database's trouble is nobody's failure: the next pass finds it due still.
        raise
    except InvoicingError as error:
        reason = str(error)
    except Exception:
        # One recurring invoice's trouble is not the others'.
        log.exception("recurring_failed", recurring=recurring_id, platform=scope.platform_id)
        reason = "an internal error; it was logged"
    failed: int = await run(ctx, scope, lambda work: _fail(work, attempt, reason[:_MAX_REASON]))
    return failed


async def _lock_due(work: Work, recurring_id: str) -> RecurringRow | None:
    """The recurring invoice if it is due and nobody else is at it."""
    found = await RECURRING.by_ids(work.scope, work.session, [recurring_id], lock=True, wait=False)
    row = found.get(recurring_id)
    if row is None or row.status is not RecurringStatus.ACTIVE or row.next_run_at is None:
        return None
    return row if row.next_run_at <= work.now else None


async def _make(work: Work, attempt: _Attempt) -> int:
    row = await _lock_due(work, attempt.recurring_id)
    if row is None:
        return 0
    attempt.version = row.version
    day = next_dates(row, 1)[0]
    entity, customer = await parties(work, row)
    invoice = await _invoice(work, row, entity, customer, day)
    status = OccurrenceStatus.MADE
    if row.action is RecurringAction.SEND:
        if invoice.status is InvoiceStatus.FINALIZED:
            await _send(work, entity, customer, invoice)
        else:
            status = OccurrenceStatus.AWAITING
    await _note(work, row, day, {"status": status, "invoice_id": invoice.id, "reason": None})
    await _go_on(work, row, entity, day)
    return 1


async def _invoice(work: Work, row: RecurringRow, entity: EntityRow, customer: CustomerRow, day: date) -> InvoiceRow:
    """The invoice of an occurrence, stored: a draft, or finalized when it is to be. Raises what either raises."""
    content = content_on(content_from_json(row.content), day, customer.locale or entity.locale)
    today = numbering.local_issue_date(work.now, entity.time_zone)
    draft = new_draft(
        entity=entity,
        customer=customer,
        content=content,
        priced=await eu_sales.price(work, entity, customer, content, today),
        order_id=None,
        order_line_ids=[None] * len(content.lines),
        now=work.now,
        actor=work.actor,
    )
    await drafts.store_new(work, draft)
    if row.action is RecurringAction.DRAFT:
        # Others see this one as a draft; one that is finalized at once never was one.
        work.audit(AuditSubject.INVOICE, None, draft.invoice, further=({}, lines_state(draft.lines)))
        return draft.invoice
    outcome = (await finalize.finalize_ids(work, [draft.invoice.id]))[0]
    if outcome.error is not None or outcome.value is None:
        raise outcome.error or RuntimeError("an outcome has a value or an error")
    return outcome.value


async def _fail(work: Work, attempt: _Attempt, reason: str) -> int:
    """Records a failure and puts the occurrence off, or gives it up after the last try."""
    row = await _lock_due(work, attempt.recurring_id)
    if row is None or attempt.version not in (None, row.version):
        # It was changed in the meantime: then it may succeed.
        return 0
    day = next_dates(row, 1)[0]
    known = await _occurrence(work, row, day)
    attempts = 1 if known is None else known.attempts + 1
    again = retry_at(attempts, work.now)
    status = OccurrenceStatus.FAILED if again is None else OccurrenceStatus.RETRYING
    await _note(work, row, day, {"status": status, "invoice_id": None, "reason": reason})
    told = recurring_event(
        RecurringInvoiceFailed,
        row,
        occurs_on=day.isoformat(),
        attempts=attempts,
        reason=reason,
        retry_at=None if again is None else again.isoformat(),
    )
    work.emit(told, row.entity_id)
    if again is not None:
        await RECURRING.change(work.scope, work.session, row.id, {"next_run_at": again})
        return 1
    entity = (await ENTITIES.by_ids(work.scope, work.session, [row.entity_id]))[row.entity_id]
    await _go_on(work, row, entity, day)
    return 1


async def _occurrence(work: Work, row: RecurringRow, day: date) -> OccurrenceRow | None:
    where = All((Eq("entity_id", row.entity_id), Eq("recurring_id", row.id), Eq("occurs_on", day)))
    found = await OCCURRENCES.list(work.scope, work.session, where, limit=1)
    return found[0] if found else None


async def _note(work: Work, row: RecurringRow, day: date, columns: dict[str, Any]) -> None:
    """Writes down what became of an occurrence; its key keeps it from being written twice."""
    known = await _occurrence(work, row, day)
    if known is not None:
        changes = {**columns, "attempts": known.attempts + 1, "updated_at": work.now}
        await OCCURRENCES.change(work.scope, work.session, known.id, changes)
        return
    occurrence = OccurrenceRow(
        platform_id=row.platform_id,
        id=new_id(IdPrefix.OCCURRENCE),
        entity_id=row.entity_id,
        recurring_id=row.id,
        occurs_on=day,
        attempts=1,
        created_at=work.now,
        updated_at=work.now,
        **columns,
    )
    await OCCURRENCES.insert(work.scope, work.session, [occurrence])


async def _go_on(work: Work, row: RecurringRow, entity: EntityRow, day: date) -> None:
    """Moves on to the next occurrence, or ends after the last one."""
    passed: dict[str, Any] = {"next_index": row.next_index + 1, "occurrences": row.occurrences + 1, "last_on": day}
    changes = passed | upcoming(replace(row, **passed), entity)
    await RECURRING.change(work.scope, work.session, row.id, changes)
    if changes["status"] is RecurringStatus.ENDED:
        work.emit(recurring_event(RecurringInvoiceEnded, replace(row, **changes)), row.entity_id)


async def _send(work: Work, entity: EntityRow, customer: CustomerRow, invoice: InvoiceRow) -> None:
    """Makes the message to the buyer; without an address it is skipped visibly, as a reminder is."""
    to = [check_address(customer.email, ())] if customer.email and is_address(customer.email) else []
    await emails.queue(work, emails.new_email(work, entity, customer, invoice, kind=EmailKind.INVOICE, to=to))


async def _send_awaited(ctx: ServiceContext, scope: Scope, chunk: int) -> int:
    async def body(work: Work) -> int:
        found = await stored.sendable(scope, work.session, limit=chunk, lock=True)
        ids = [occurrence.invoice_id for occurrence in found if occurrence.invoice_id is not None]
        invoices = await INVOICES.by_ids(scope, work.session, ids)
        entities = await ENTITIES.by_ids(scope, work.session, [row.entity_id for row in invoices.values()])
        customers = await CUSTOMERS.by_ids(scope, work.session, [row.customer_id for row in invoices.values()])
        for occurrence in found:
            invoice = invoices.get(occurrence.invoice_id or "")
            # A draft that was deleted, or a document that was voided, is not sent.
            if invoice is not None and invoice.status is InvoiceStatus.FINALIZED:
                await _send(work, entities[invoice.entity_id], customers[invoice.customer_id], invoice)
            changes = {"status": OccurrenceStatus.MADE, "updated_at": work.now}
            await OCCURRENCES.change(scope, work.session, occurrence.id, changes)
        return len(found)

    sent: int = await run(ctx, scope, body)
    return sent
