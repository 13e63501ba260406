"""Which shape of an event's payload an endpoint gets: that of the API version it was made with, until it is changed.

A payload's schema version grows when its shape changes in a way that would break a reader. The change is then listed in
`REVISIONS` with the way back, under a new API version, and endpoints pinned to an earlier one go on receiving what they
know. What was written to the log before the change stays as it was written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.domain.errors import InvalidInput

# Oldest first; a new endpoint gets the last one.
API_VERSIONS: Final = ("2026-11-25", "2026-11-26")


@dataclass(frozen=True, slots=True)
class Revision:
    """How an event type's payload came to the schema version `version`, with the API version `since`.

    `undo` makes of such a payload one of the schema version before.
    """

    type: str
    version: int
    since: str
    undo: Callable[[Mapping[str, Any]], Mapping[str, Any]]


def _payment_of_one_invoice(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """A payment as it was when each paid one invoice; `invoiceId` is null for one that pays none."""
    later = ("customerId", "allocations", "unallocated")
    return {name: value for name, value in payload.items() if name not in later}


# Each type in the order of its versions, from 2 on; a test holds them against the catalogue of events.
REVISIONS: Final[tuple[Revision, ...]] = (
    Revision(type="payment.recorded", version=2, since="2026-11-26", undo=_payment_of_one_invoice),
)


def check_api_version(version: str) -> str:
    """The version itself. Raises InvalidInput on `("apiVersion",)` for one that there is not."""
    if version not in API_VERSIONS:
        raise InvalidInput(f"is none of {', '.join(API_VERSIONS)}", field=("apiVersion",))
    return version


def undone_at(
    api_version: str, event_type: str, schema_version: int, revisions: Sequence[Revision] = REVISIONS
) -> Sequence[Revision]:
    """What is to be undone, in that order, for an endpoint of that API version; nothing when it knows the shape."""
    later = [
        revision
        for revision in revisions
        if revision.type == event_type and revision.version <= schema_version and revision.since > api_version
    ]
    return sorted(later, key=lambda revision: -revision.version)


def payload_at(payload: Mapping[str, Any], undone: Sequence[Revision]) -> Mapping[str, Any]:
    """The payload with those revisions undone, one after the other."""
    for revision in undone:
        payload = revision.undo(payload)
    return payload
