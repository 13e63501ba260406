"""What an export format is: how tables are written, record by record, so that any length takes little memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

Cell = str | int | Decimal | date | bool | None
# Bytes that are gathered before they are handed on.
_PART: Final = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format by its name: what begins a table, and what a row is in it. File names end with the name up to a dash."""

    name: str
    media_type: str
    heading: Callable[[Sequence[str]], bytes]
    line: Callable[[Sequence[Cell]], bytes]

    @property
    def extension(self) -> str:
        """How names of its files end, without a dot."""
        return self.name.partition("-")[0]

    async def write(self, columns: Sequence[str], rows: AsyncIterator[Sequence[Cell]]) -> AsyncIterator[bytes]:
        """The table's bytes in parts of some 64 kB."""
        part = bytearray(self.heading(columns))
        async for row in rows:
            part += self.line(row)
            if len(part) >= _PART:
                yield bytes(part)
                part.clear()
        if part:
            yield bytes(part)
