"""What callers hand to the use cases of items and recurring invoices: plain data, checked there and not before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.domain.recurrence import RecurrenceUnit, RecurringAction
from app.domain.tax.model import TaxClass
from app.services.inputs import UNSET, InvoiceInput, SupplyInput, UnsetType


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemInput:
    """An item of a seller's catalogue. On creation name and price are required."""

    external_id: str | UnsetType | None = UNSET
    sku: str | UnsetType | None = UNSET
    name: str | UnsetType = UNSET
    description: str | UnsetType | None = UNSET
    unit: str | UnsetType | None = UNSET
    unit_price: Decimal | UnsetType = UNSET
    currency: str | UnsetType = UNSET
    price_includes_tax: bool | UnsetType = UNSET
    supply: SupplyInput | UnsetType = UNSET
    tax_class: TaxClass | UnsetType = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleInput:
    """When an invoice recurs; `time_of_day` is HH:MM in the seller's time zone."""

    unit: RecurrenceUnit
    starts_on: date
    every: int = 1
    day_of_month: int | None = None
    time_of_day: str = "06:00"
    ends_on: date | None = None
    max_occurrences: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurringInput:
    """An invoice that recurs: its content as a draft's, its schedule, and what is made of each occurrence."""

    content: InvoiceInput
    schedule: ScheduleInput | UnsetType = UNSET
    action: RecurringAction | UnsetType = UNSET
    name: str | UnsetType | None = UNSET
