"""The rows of recurring invoices and their occurrences, as they leave `db`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.domain.recurrence import OccurrenceStatus, RecurrenceUnit, RecurringAction, RecurringStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurringRow:
    """An invoice that recurs. `content` is what each of its invoices says.

    `next_index` is the number of the occurrence that comes next, `last_on` the date of the last one that was dealt
    with, `occurrences` how many were made or given up; `next_run_at` is when a worker looks at it, a retry included.
    """

    platform_id: str
    id: str
    entity_id: str
    customer_id: str
    name: str | None
    content: Mapping[str, Any]
    unit: RecurrenceUnit
    every: int
    starts_on: date
    day_of_month: int | None
    minute_of_day: int
    ends_on: date | None
    max_occurrences: int | None
    action: RecurringAction
    status: RecurringStatus
    next_index: int
    last_on: date | None
    occurrences: int
    next_run_at: datetime | None
    version: int
    created_at: datetime
    created_by: str
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OccurrenceRow:
    """One occurrence that was due: its invoice, or the reason why there is none."""

    platform_id: str
    id: str
    entity_id: str
    recurring_id: str
    occurs_on: date
    status: OccurrenceStatus
    invoice_id: str | None
    attempts: int
    reason: str | None
    created_at: datetime
    updated_at: datetime
