"""Announces that invoices have become overdue: in the seller's time zone, and each once."""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

from app.db import overdue as stored
from app.domain.documents.model import InvoiceType
from app.domain.documents.registry import NEVER_OVERDUE
from app.domain.events import InvoiceOverdue
from app.domain.scope import Scope
from app.services.context import ServiceContext
from app.services.invoice_rows import invoice_event
from app.services.once import Work, run

CHUNK: Final = 200
_TYPES: Final = tuple(kind for kind in InvoiceType if kind not in NEVER_OVERDUE)


async def announce(ctx: ServiceContext, scope: Scope) -> int:
    """Announces a chunk of a platform's finalized, unpaid invoices whose due date has passed; how many.

    An invoice is overdue from the first moment of the day after its due date where its seller is.
    """

    async def body(work: Work) -> int:
        count = 0
        for zone in await stored.time_zones(scope, work.session):
            today = work.now.astimezone(ZoneInfo(zone)).date()
            late = await stored.mark(
                scope,
                work.session,
                time_zone=zone,
                before=today,
                types=_TYPES,
                now=work.now,
                limit=CHUNK - count,
            )
            for invoice in late:
                work.emit(invoice_event(InvoiceOverdue, invoice), invoice.entity_id)
            count += len(late)
            if count >= CHUNK:
                break
        return count

    announced: int = await run(ctx, scope, body)
    return announced
