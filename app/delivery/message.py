"""The body of a webhook: the event as the log has it, in an envelope."""

from __future__ import annotations

import orjson

from app.db.rows import EventRow
from app.domain.scope import Mode


def webhook_body(event: EventRow, mode: Mode, *, for_seller: bool) -> bytes:
    """JSON with `type`, `timestamp` and `data` as Standard Webhooks has them, and the event's place in the log.

    A seller is not told that place, only the one among its own events: the gaps between them would say how busy the
    other sellers are.
    """
    return orjson.dumps(
        {
            "id": event.id,
            "type": event.type,
            "timestamp": event.occurred_at.isoformat(),
            "sequence": None if for_seller else event.seq,
            "entitySequence": event.entity_seq,
            "version": event.schema_version,
            "mode": mode.value,
            "entityId": event.entity_id,
            "data": orjson.Fragment(event.payload),
        }
    )
