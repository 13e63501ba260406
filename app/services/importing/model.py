"""What a reader gives: orders with the rows they come from, and rows that are no order, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TextIO

from app.services.inputs import EntityInput, OrderInput


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOrder:
    """An order and the numbers of the rows that it was read from, counted from 1 for the file's first line."""

    rows: tuple[int, ...]
    order: OrderInput


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedRow:
    """A row that is no part of any order."""

    row: int
    reason: str


Read = ReadOrder | RejectedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What a reader is told besides the file: over how many sellers a format without sellers spreads its lines."""

    sellers: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFormat:
    """One format of order files. `sellers` are made when they are missing; most formats name existing ones."""

    name: str
    description: str
    read: Callable[[TextIO, ReadOptions], Iterator[Read]]
    sellers: Callable[[ReadOptions], Iterable[EntityInput]] = lambda options: ()
