"""Drafts finalized at the time set for them, by the same path and with the same guards as those somebody asks for."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Final

import structlog

from app.db.aggregates import INVOICES
from app.db.due_drafts import due
from app.domain import events
from app.domain.errors import InvoicingError
from app.domain.history import AuditSubject
from app.domain.lifecycle import InvoiceStatus
from app.domain.scope import Scope
from app.services import finalize
from app.services.context import ServiceContext
from app.services.invoice_rows import invoice_event
from app.services.once import Work, run

log = structlog.get_logger(__name__)

# As many as share one transaction.
CHUNK: Final = 64
_MAX_REASON: Final = 1_000
_INTERNAL: Final = "an internal error; it is logged"


async def finalize_due(ctx: ServiceContext, scope: Scope) -> int:
    """Finalizes a chunk of a platform's drafts whose time has come; how many are done with.

    A draft that was changed or deleted meanwhile is left: its new version has a time of its own. One that cannot be
    finalized stays a draft without a time, and that is told; one that only another transaction stood in the way of
    waits for the next run.
    """
    async with ctx.database.read(scope) as session:
        drafts = await due(scope, session, now=ctx.clock(), limit=CHUNK)
    done = await asyncio.gather(*(finalize_found(ctx, scope, draft_id, version) for draft_id, version in drafts))
    return sum(done)


async def finalize_found(ctx: ServiceContext, scope: Scope, draft_id: str, version: int) -> bool:
    """Finalizes a draft that was found due at that version; whether it need not be looked at again."""
    try:
        await finalize.finalize(ctx, scope, draft_id, expected_total=None, key=None, expected_version=version)
    except InvoicingError as error:
        if error.retryable:
            return False
        await _give_up(ctx, scope, draft_id, version, str(error))
    except Exception:
        log.exception("auto_finalize_failed", invoice=draft_id)
        await _give_up(ctx, scope, draft_id, version, _INTERNAL)
    return True


async def _give_up(ctx: ServiceContext, scope: Scope, draft_id: str, version: int, reason: str) -> None:
    """Takes the time off a draft that could not be finalized, and says why; nothing for one that has changed."""

    async def body(work: Work) -> None:
        row = await INVOICES.get(scope, work.session, draft_id, lock=True)
        if row is None or row.status is not InvoiceStatus.DRAFT or row.version != version:
            return
        changed = replace(row, auto_finalize_at=None, version=row.version + 1, updated_at=work.now)
        columns = {name: getattr(changed, name) for name in ("auto_finalize_at", "version", "updated_at")}
        await INVOICES.change(scope, work.session, draft_id, columns, version=version)
        event = invoice_event(events.InvoiceAutoFinalizeFailed, changed, reason=reason[:_MAX_REASON])
        work.emit(event, changed.entity_id)
        work.audit(AuditSubject.INVOICE, row, changed)

    await run(ctx, scope, body)
