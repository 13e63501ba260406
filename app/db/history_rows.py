"""Rows of the history as plain frozen data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.db.rows import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntryRow:
    """One change of one object. `changes` are `{field, from, to}` each; `omitted` more were left out."""

    platform_id: str
    id: str
    entity_id: str | None
    subject_type: str
    subject_id: str
    action: str
    changes: Sequence[Json]
    omitted: int
    actor: str
    actor_kind: str
    on_behalf_of: str | None
    version_from: int | None
    version_to: int | None
    request_id: str | None
    created_at: datetime
