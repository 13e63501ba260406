"""Tax entries as plain frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.domain.documents.model import InvoiceType
from app.domain.tax.model import TaxClass


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxEntryRow:
    """One part of a document's VAT in minor units, signed, on the day it counts; `of_date` is that of the supply."""

    platform_id: str
    id: str
    entity_id: str
    invoice_id: str
    type: InvoiceType
    of_date: date
    date: date
    treatment: str
    category: str
    percent: Decimal | None
    country: str | None
    rule: str
    supply_kind: str
    nature: str
    tax_class: TaxClass
    origin: str | None
    buyer_tax_id: str | None
    currency: str
    document_count: int
    base_minor: int
    tax_minor: int
    tax_currency: str | None
    exchange_rate: Decimal | None
    tax_currency_minor: int | None
    reverses_id: str | None
