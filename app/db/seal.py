"""The seal of a finalized document: SHA-256 over every column that is frozen, of its row and of its lines.

It stands in the document's canonical text, so that the chain of hashes covers what that text does not say: ids, who
made it and when, to which order, customer and series it belongs. Sealed are the values as the finalizing transaction
stores them, in all columns of `FROZEN` but the text that holds the seal and the two hashes over that text. Columns
without a value are left out: a column that is added later changes no seal. Decimals, dates and instants have one form
each, whatever the database makes of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

import orjson

from app.db.frozen import FROZEN
from app.db.rows import InvoiceLineRow, InvoiceRow
from app.db.tables import TABLES, Kind
from app.domain.money import decimal_text

# They are made from the seal; the chain is what guards them.
UNSEALED: Final = frozenset({"snapshot", "content_hash", "previous_hash"})
SEALED: Final[dict[str, tuple[str, ...]]] = {
    table: tuple(sorted(name for name in names if name not in UNSEALED)) for table, names in FROZEN.items()
}
_OPTIONS: Final = orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS


def sealed_text(invoice: InvoiceRow, lines: Sequence[InvoiceLineRow]) -> str:
    """What is sealed, as JSON with sorted keys and no blanks; `lines` in the order of their positions."""
    return _sealed(invoice, lines).decode()


def seal_of(invoice: InvoiceRow, lines: Sequence[InvoiceLineRow]) -> str:
    """The seal in hexadecimal; some ten microseconds for a document of one line."""
    return hashlib.sha256(_sealed(invoice, lines)).hexdigest()


def _sealed(invoice: InvoiceRow, lines: Sequence[InvoiceLineRow]) -> bytes:
    content = {"invoice": _INVOICE(invoice), "lines": [_LINE(line) for line in lines]}
    return orjson.dumps(content, default=_json_default, option=_OPTIONS)


def _json_default(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"{type(value).__name__} has no sealed form")


def _instant(value: datetime) -> str:
    return (value if value.tzinfo is UTC else value.astimezone(UTC)).isoformat(timespec="microseconds")


_FORMS: Final = {
    Kind.DECIMAL: "decimal({})",
    Kind.INSTANT: "instant({})",
    Kind.DATE: "{}.isoformat()",
    Kind.ENUM: "{}.value",
}


def _reader(table: str) -> Callable[[Any], dict[str, Any]]:
    """What reads the sealed columns of a row, compiled once: a line of Python for each column."""
    columns = TABLES[table].columns
    always, sometimes = [], []
    for name in SEALED[table]:
        written = _FORMS.get(columns[name].kind, "{}").format(f"row.{name}")
        if columns[name].nullable:
            sometimes.append(f"    if row.{name} is not None: sealed[{name!r}] = {written}")
        else:
            always.append(f"{name!r}: {written}")
    lines = ["def read(row):", f"    sealed = {{{', '.join(always)}}}", *sometimes, "    return sealed"]
    known: dict[str, Any] = {"decimal": decimal_text, "instant": _instant}
    exec("\n".join(lines), known)
    read: Callable[[Any], dict[str, Any]] = known["read"]
    return read


_INVOICE: Final = _reader("invoice")
_LINE: Final = _reader("invoice_line")
