"""Plain rows of messages, as they leave `db`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.mail.model import EmailKind, EmailStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailRow:
    """A message: `step` is the reminder's days after the due date, `details` what a notice to the operator tells."""

    platform_id: str
    id: str
    entity_id: str | None
    invoice_id: str | None
    kind: EmailKind
    step: int | None
    once_key: str | None
    locale: str
    to_addresses: Sequence[str]
    cc_addresses: Sequence[str]
    subject: str
    message: str | None
    details: Mapping[str, str]
    status: EmailStatus
    attempts: int
    accepted: Sequence[str]
    refused: Mapping[str, str]
    error: str | None
    message_id: str
    pdf_sha256: str | None
    attempted_at: datetime | None
    next_attempt_at: datetime | None
    held_by: str | None
    created_at: datetime
    created_by: str
    sent_at: datetime | None
