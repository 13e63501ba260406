"""What the items of a seller's catalogue can be."""

from __future__ import annotations

from enum import StrEnum


class ItemStatus(StrEnum):
    """An ARCHIVED item stands on no new line; documents that have it keep it."""

    ACTIVE = "ACTIVE"
    ARCHIVED = "ARCHIVED"
