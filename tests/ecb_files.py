"""Files in the European Central Bank's format, with few currencies and days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" \
xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
\t<gesmes:subject>Reference rates</gesmes:subject>
\t<gesmes:Sender>
\t\t<gesmes:name>European Central Bank</gesmes:name>
\t</gesmes:Sender>
\t<Cube>
"""
_TAIL = "\t</Cube>\n</gesmes:Envelope>\n"

FRIDAY = {"USD": "1.0821", "JPY": "159.94", "PLN": "4.2685", "HUF": "399.05", "GBP": "0.83883", "CZK": "25.031"}
MONDAY = {"USD": "1.0912", "JPY": "160.11", "PLN": "4.1905", "HUF": "400.20", "GBP": "0.84050", "CZK": "25.100"}


def ecb_file(days: Mapping[date, Mapping[str, str]]) -> bytes:
    """A file as `eurofxref-hist.xml`, or as `eurofxref-daily.xml` when it has one day."""
    cubes = "".join(
        f"\t\t<Cube time='{day}'>\n"
        + "".join(f"\t\t\t<Cube currency='{code}' rate='{rate}'/>\n" for code, rate in rates.items())
        + "\t\t</Cube>\n"
        for day, rates in days.items()
    )
    return (_HEAD + cubes + _TAIL).encode()
