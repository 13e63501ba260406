"""The rows of a seller's catalogue, as they leave `db`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from app.domain.items import ItemStatus
from app.domain.tax.model import TaxClass


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """Something that a seller sells. `description` is its text on documents; without one that is the name."""

    platform_id: str
    id: str
    entity_id: str
    external_id: str | None
    sku: str | None
    name: str
    description: str | None
    unit: str | None
    unit_price: Decimal
    currency: str
    price_includes_tax: bool
    supply: Mapping[str, Any]
    tax_class: TaxClass
    status: ItemStatus
    version: int
    created_at: datetime
    updated_at: datetime
