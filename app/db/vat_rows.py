"""The rows of answers about VAT numbers, as they leave `db`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.registers.model import AnswerKind


@dataclass(frozen=True, slots=True, kw_only=True)
class VatCheckRow:
    """What a register answered about a buyer's number, which begins with the letters of its `state` as in VIES."""

    platform_id: str
    id: str
    entity_id: str
    customer_id: str
    state: str
    number: str
    requester: str | None
    kind: AnswerKind
    code: str | None
    source: str
    consultation_number: str | None
    name: str | None
    address: str | None
    raw_answer: str
    answered_at: datetime
