"""What is kept of webhooks for a time only: deliveries with their attempts, and secrets that were replaced."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from app.db import query
from app.db.aggregates import DELIVERIES, ENDPOINTS
from app.db.transaction import Session
from app.db.where import All, Compare, OneOf
from app.domain.identity import IdPrefix, first_id_at
from app.domain.scope import Scope
from app.domain.webhooks.rotation import valid
from app.domain.webhooks.status import DeliveryStatus

# Deliveries, with their attempts, that are forgotten in one go, and endpoints whose secrets are looked at.
CHUNK: Final = 1_000


async def forget(scope: Scope, session: Session, before: datetime) -> int:
    """Deletes the oldest deliveries that were finished before, with their attempts, one chunk of them; how many.

    Ids grow with time, so that what is old is found by them.
    """
    old = All(
        (
            Compare("id", "<", first_id_at(IdPrefix.WEBHOOK_DELIVERY, before)),
            Compare("status", "<>", DeliveryStatus.PENDING),
            Compare("finished_at", "<", before),
        )
    )
    rows = await DELIVERIES.list(scope, session, old, order=(("id", False),), limit=CHUNK)
    ids = [row.id for row in rows]
    if ids:
        await query.delete(scope, session, "webhook_attempt", OneOf("delivery_id", ids))
        await query.delete(scope, session, "webhook_delivery", OneOf("id", ids))
    return len(ids)


async def erase_secrets(scope: Scope, session: Session, now: datetime) -> int:
    """Erases the former secrets whose time is up, which sign nothing any more; how many."""
    erased = 0
    rotating = Compare("retired_secrets", "<>", [])
    for row in await ENDPOINTS.list(scope, session, rotating, order=(("id", False),), limit=CHUNK, lock=True):
        kept = valid(row.retired_secrets, now)
        if len(kept) < len(row.retired_secrets):
            await ENDPOINTS.change(scope, session, row.id, {"retired_secrets": kept})
            erased += len(row.retired_secrets) - len(kept)
    return erased
