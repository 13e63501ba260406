"""Documents that waited for an answer on their buyers' VAT numbers, finalized by the path of all others."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import structlog

from app.db.aggregates import INVOICES
from app.db.vat_checks import forgotten, held_of
from app.domain import events
from app.domain.errors import InvalidState, InvoicingError, NotFound, VersionConflict
from app.domain.lifecycle import InvoiceStatus
from app.domain.scope import Scope
from app.services import finalize
from app.services.context import ServiceContext
from app.services.invoice_rows import invoice_event
from app.services.jobs import JobRun, Retryable
from app.services.once import Work, run

log = structlog.get_logger(__name__)

# As many as share one transaction.
CHUNK: Final = 64
TIME_LIMIT: Final = timedelta(minutes=30)
# A document that waits this long, and for which no job asks, is looked at again; one whose question was refused less
# often, since what was refused rarely changes.
OVERLOOKED: Final = timedelta(minutes=15)
REFUSED: Final = timedelta(days=1)
# Forgotten documents that one run looks at.
MOST_FORGOTTEN: Final = 1_000
_MAX_REASON: Final = 1_000
# Somebody else was there first.
_OVERTAKEN: Final = (InvalidState, NotFound, VersionConflict)


async def release_job(job: JobRun) -> Mapping[str, Any] | None:
    """Finalizes what waits of the buyer that the job's input names; what still must wait goes on waiting.

    A document that cannot be finalized stays PENDING, and that is told by an event.
    """
    customer_id, entity_id = job.job.input["customerId"], job.job.entity_id or ""
    released, after = 0, ""
    again: InvoicingError | None = None
    while True:
        async with job.ctx.database.read(job.scope) as session:
            held = await held_of(job.scope, session, entity_id, customer_id, after=after, limit=CHUNK)
        if not held:
            break
        outcomes = await _finalize(job.ctx, job.scope, held)
        released += sum(outcome is None for outcome in outcomes)
        for (invoice_id, _), outcome in zip(held, outcomes, strict=True):
            if isinstance(outcome, InvoicingError) and outcome.retryable:
                again = outcome
            elif outcome is not None and not isinstance(outcome, _StillWaiting):
                await _tell(job.ctx, job.scope, invoice_id, str(outcome))
        after = held[-1][0]
        await job.progress(0, f"{released} documents")
    if again is not None:
        raise Retryable(str(again))
    return {"finalized": released}


async def look_again(ctx: ServiceContext, scope: Scope) -> int:
    """Finalizes, or has asked about anew, what waits though nobody asks for it: its job ended without an answer, or an
    answer came at the very moment at which it began to wait, or the seller's policy is another one now.

    One pass over a bounded number of documents of a platform; 0, since there is nothing left to do at once.
    """
    now = ctx.clock()
    async with ctx.database.read(scope) as session:
        held = await forgotten(
            scope, session, before=now - OVERLOOKED, refused_since=now - REFUSED, limit=MOST_FORGOTTEN
        )
    for start in range(0, len(held), CHUNK):
        outcomes = await _finalize(ctx, scope, held[start : start + CHUNK])
        log.info("held_documents_looked_at", finalized=sum(outcome is None for outcome in outcomes))
    return 0


class _StillWaiting(Exception):
    """The answer is not there yet, or somebody else has seen to the document."""


async def _finalize(ctx: ServiceContext, scope: Scope, held: list[tuple[str, int]]) -> list[Exception | None]:
    """What keeps each of these documents from being finalized; None for one that is finalized now."""
    return list(await asyncio.gather(*(_finalize_one(ctx, scope, *found) for found in held)))


async def _finalize_one(ctx: ServiceContext, scope: Scope, invoice_id: str, version: int) -> Exception | None:
    try:
        row = await finalize.finalize(ctx, scope, invoice_id, expected_total=None, key=None, expected_version=version)
    except _OVERTAKEN as error:
        return _StillWaiting(str(error)) if await _is_done(ctx, scope, invoice_id, version) else error
    except InvoicingError as error:
        return error
    return None if row.status is not InvoiceStatus.PENDING else _StillWaiting()


async def _is_done(ctx: ServiceContext, scope: Scope, invoice_id: str, version: int) -> bool:
    async with ctx.database.read(scope) as session:
        row = await INVOICES.get(scope, session, invoice_id)
    return row is None or row.status is not InvoiceStatus.PENDING or row.version != version


async def _tell(ctx: ServiceContext, scope: Scope, invoice_id: str, reason: str) -> None:
    async def body(work: Work) -> None:
        row = await INVOICES.get(scope, work.session, invoice_id)
        if row is None or row.status is not InvoiceStatus.PENDING:
            return
        event = invoice_event(events.InvoiceAutoFinalizeFailed, row, reason=reason[:_MAX_REASON])
        work.emit(event, row.entity_id)

    await run(ctx, scope, body)
