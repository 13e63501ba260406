"""Entries of the ledger as plain frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.ledger import EntryKind, LedgerAccount


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntryRow:
    """One amount in minor units that moved from the account credited to the account debited."""

    platform_id: str
    id: str
    entity_id: str
    customer_id: str
    invoice_id: str | None
    payment_id: str | None
    kind: EntryKind
    debit: LedgerAccount
    credit: LedgerAccount
    amount_minor: int
    currency: str
    occurred_at: datetime
    created_at: datetime
    created_by: str
    reverses_id: str | None
    reference: str | None
