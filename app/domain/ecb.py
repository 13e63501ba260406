"""The European Central Bank's files of reference rates (`eurofxref-daily.xml` and its history), read strictly.

A file is either understood whole or refused: it may have no DTD and no entities, and every rate must be one.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final
from xml.parsers import expat

from app.domain.errors import InvalidInput
from app.domain.exchange import ECB, ReferenceRate

DAILY: Final = "eurofxref-daily.xml"
LAST_90_DAYS: Final = "eurofxref-hist-90d.xml"
HISTORY: Final = "eurofxref-hist.xml"
# The whole history since 1999 has some 8 MB and 220,000 rates.
MAX_BYTES: Final = 32_000_000
MAX_RATES: Final = 1_000_000
_CUBE: Final = "http://www.ecb.int/vocabulary/2002-08-01/eurofxref Cube"
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_RATE: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


def parse_rates(content: bytes, *, source: str = ECB) -> list[ReferenceRate]:
    """All rates of a file, which `source` published.

    Raises InvalidInput, which names the line, when it is not such a file from first to last.
    """
    if len(content) > MAX_BYTES:
        raise _refused(f"it has more than {MAX_BYTES} bytes")
    reader = _Reader(source)
    try:
        reader.parser.Parse(content, True)
    except expat.ExpatError as error:
        raise _refused(f"it is not well-formed XML: {error}") from None
    if not reader.rates:
        raise _refused("it has no exchange rates in the European Central Bank's format")
    return list(reader.rates.values())


class _Reader:
    """Collects the rates of one file; what it does not understand it refuses."""

    def __init__(self, source: str) -> None:
        self._source = source
        self.rates: dict[tuple[date, str], ReferenceRate] = {}
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._element
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._doctype
        self._day: date | None = None
        self._depth = 0
        self._day_depth = 0

    def _doctype(self, *_: object) -> None:
        # Entities are declared there, and they can grow without bound or name other files.
        raise self._wrong("a document type declaration is not allowed")

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if name != _CUBE:
            return
        if "time" in attributes:
            try:
                self._day, self._day_depth = date.fromisoformat(attributes["time"]), self._depth
            except ValueError:
                raise self._wrong(f"{attributes['time'][:40]!r} is not a date") from None
        elif attributes:
            self._add(attributes.get("currency", ""), attributes.get("rate", ""))

    def _end(self, name: str) -> None:
        if self._depth == self._day_depth:
            self._day = None
        self._depth -= 1

    def _add(self, currency: str, rate: str) -> None:
        if self._day is None:
            raise self._wrong("a rate stands outside a day")
        if not _CURRENCY.fullmatch(currency):
            raise self._wrong(f"{currency[:40]!r} is not a currency")
        if not _RATE.fullmatch(rate) or not Decimal(rate):
            raise self._wrong(f"{rate[:40]!r} is not a rate of {currency}")
        key = (self._day, currency)
        if key in self.rates:
            raise self._wrong(f"{currency} has two rates for {self._day}")
        if len(self.rates) >= MAX_RATES:
            raise self._wrong(f"more than {MAX_RATES} rates")
        self.rates[key] = ReferenceRate(date=self._day, currency=currency, rate=Decimal(rate), source=self._source)

    def _wrong(self, what: str) -> InvalidInput:
        return _refused(f"line {self.parser.CurrentLineNumber}: {what}")


def _refused(why: str) -> InvalidInput:
    return InvalidInput(f"the file of exchange rates cannot be taken: {why}", field=("file",))
