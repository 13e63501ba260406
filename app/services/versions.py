"""Optimistic versioning: whoever changes an object says which version it saw, and is told what came between."""

from __future__ import annotations

from typing import Final, Protocol

from app.db import history
from app.db.history_rows import AuditEntryRow
from app.domain.errors import Changed, VersionConflict
from app.domain.history import AuditSubject
from app.services.once import Work

# Fields that a conflict names at most, in its message and as data.
MAX_NAMED: Final = 5
MAX_FIELDS: Final = 50
_NOUNS: Final = {
    AuditSubject.ENTITY: "entity",
    AuditSubject.CUSTOMER: "customer",
    AuditSubject.INVOICE: "invoice",
    AuditSubject.WEBHOOK_ENDPOINT: "endpoint",
    AuditSubject.ORDER_CHANNEL: "channel",
}


class _Versioned(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def version(self) -> int: ...


async def check_version(work: Work, subject: AuditSubject, row: _Versioned, expected: int | None) -> None:
    """Raises VersionConflict, saying what changed since the expected version, by whom and when; None is any version."""
    if expected is None or expected == row.version:
        return
    noun = _NOUNS.get(subject, "object")
    field = ("expectedVersion",)
    if expected > row.version:
        message = f"the {noun} is at version {row.version}; there is no version {expected} yet"
        raise VersionConflict(message, field=field, changed=Changed(row.version, (), None, None))
    entries = await history.since(work.scope, work.session, subject, row.id, expected)
    changed = _changed(row.version, entries)
    named = ", ".join(changed.fields[:MAX_NAMED])
    more = len(changed.fields) - MAX_NAMED
    what = f"{named} and {more} more changed" if more > 0 else f"{named} changed" if named else "it was written"
    who = f", last by {changed.by} at {changed.at:%Y-%m-%d %H:%M:%S} UTC" if changed.at is not None else ""
    message = f"the {noun} is at version {row.version}, not {expected}: {what} since{who}; read it again"
    raise VersionConflict(message, field=field, changed=changed)


def _changed(version: int, entries: list[AuditEntryRow]) -> Changed:
    if not entries:
        return Changed(version, (), None, None)
    fields = dict.fromkeys(change["field"] for entry in reversed(entries) for change in entry.changes)
    last = entries[0]
    return Changed(version, tuple(fields)[:MAX_FIELDS], last.actor, last.created_at)
