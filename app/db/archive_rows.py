"""Rows of the archive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.archive import FileKind


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFileRow:
    """The file of a finalized document."""

    platform_id: str
    id: str
    entity_id: str
    subject_id: str
    kind: FileKind
    sha256: str
    size: int
    media_type: str
    created_at: datetime
    retained_until: date
    deleted_at: datetime | None
