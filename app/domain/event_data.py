"""What all events have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyPayload:
    """An amount as a decimal string with its ISO 4217 currency."""

    amount: str
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventData:
    """A fact about one object; `id` is that object's id."""

    type: ClassVar[str]
    version: ClassVar[int] = 1

    id: str
