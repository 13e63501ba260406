"""The rows of what the rules make of sellers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.compliance.model import ComplianceStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplianceRow:
    """What the rules make of one seller's master data; `id` is the seller's."""

    platform_id: str
    id: str
    entity_id: str
    status: ComplianceStatus
    rules: str
    law: str
    checked_at: datetime
