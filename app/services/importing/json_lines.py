"""JSON lines: one order per line, with the names of the API's `OrderCreateInput`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final, TextIO

from app.domain.errors import InvalidInput
from app.services.importing.model import OrderFormat, Read, ReadOptions, ReadOrder, RejectedRow
from app.services.importing.plain import from_plain
from app.services.inputs import OrderInput

MAX_LINE: Final = 1_000_000


def read(file: TextIO, options: ReadOptions) -> Iterator[Read]:
    """An order per line; empty lines are no rows."""
    number = 0
    while line := file.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            yield RejectedRow(row=number, reason=f"has more than {MAX_LINE} characters")
            while line and not line.endswith("\n"):
                line = file.readline(MAX_LINE)
            continue
        if not line.strip():
            continue
        try:
            # Numbers as text, so that no price passes through binary floating point.
            value = json.loads(line, parse_float=str)
            yield ReadOrder(rows=(number,), order=from_plain(OrderInput, value))
        except json.JSONDecodeError as error:
            yield RejectedRow(row=number, reason=f"is not JSON: {error.msg} at character {error.pos + 1}")
        except (InvalidInput, RecursionError) as error:
            yield RejectedRow(row=number, reason=str(error))


FORMAT: Final = OrderFormat(name="jsonl", description="one order per line, as in OrderCreateInput", read=read)
