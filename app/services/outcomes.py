"""What a batch says of each of its items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from app.domain.errors import InvoicingError

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemOutcome(Generic[T]):
    """One item of a batch: the object, or the error that kept it out. `index` is its place in the input."""

    index: int
    value: T | None = None
    error: InvoicingError | None = None
    # Whether the object existed already, so that nothing was done.
    repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CartOutcome(Generic[T]):
    """One seller's share of a basket: its order, or the error. The seller is named as the input named it."""

    entity_id: str | None
    entity_external_id: str | None
    value: T | None = None
    error: InvoicingError | None = None
