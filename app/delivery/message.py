"""The body of a webhook: the event as the log has it, or what the endpoint's selection made of it, in an envelope."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

import orjson

from app.db.rows import EventRow
from app.db.webhook_rows import EndpointRow
from app.domain.scope import Mode, Scope
from app.domain.webhooks.revisions import payload_at, undone_at

# What a selection may make of one event, in bytes of JSON.
MAX_SELECTED: Final = 262_144


class SelectionFailed(Exception):
    """An endpoint's selection could not be answered for an event: nothing is sent in its stead. Says why."""


# What an endpoint's selection makes of an event, as JSON. Raises SelectionFailed, and Unavailable for what may pass.
Render: TypeAlias = Callable[[Scope, EndpointRow, EventRow], Awaitable[str]]


def webhook_body(
    event: EventRow, mode: Mode, *, for_seller: bool, api_version: str, selected: str | None = None
) -> bytes:
    """JSON with `type`, `timestamp` and `data` as Standard Webhooks has them, and the event's place in the log.

    A seller is not told that place, only the one among its own events: the gaps between them would say how busy the
    other sellers are. `data` is
    what was selected, or else the event's own payload in the shape that it has in that API version, whose number
    `version` then is.
    """
    undone = undone_at(api_version, event.type, event.schema_version)
    data: object = orjson.Fragment(event.payload if selected is None else selected)
    if undone and selected is None:
        data = payload_at(orjson.loads(event.payload), undone)
    return orjson.dumps(
        {
            "id": event.id,
            "type": event.type,
            "timestamp": event.occurred_at.isoformat(),
            "sequence": None if for_seller else event.seq,
            "entitySequence": event.entity_seq,
            "version": event.schema_version - len(undone),
            "mode": mode.value,
            "entityId": event.entity_id,
            "data": data,
        }
    )
