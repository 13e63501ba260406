"""The rows of the count of cross-border sales, as they leave `db`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class EuSalesRow:
    """A seller's cross-border sales of one calendar year, in minor units of the euro.

    `uncounted` of its `documents` are not in `net_minor`, for want of an exchange rate.
    """

    platform_id: str
    id: str
    entity_id: str
    year: int
    net_minor: int
    documents: int
    uncounted: int
    approaching_at: datetime | None
    exceeded_at: datetime | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EuSalesDocumentRow:
    """What the document with this id adds to a year's count: below zero for a credit note.

    `eur_minor` is `net_minor` of `currency` at `exchange_rate`, None while no rate of its day is known.
    """

    platform_id: str
    id: str
    entity_id: str
    year: int
    currency: str
    net_minor: int
    exchange_rate: Decimal | None
    exchange_date: date | None
    eur_minor: int | None
    counted_at: datetime
