"""What single countries ask of invoice numbers, as findings on a pattern.

Sources stand with each rule. Where a rule holds for some sellers only (cash sales in Slovenia and Croatia, registered
series in Portugal), it is a warning: refusing would stop sellers who are right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.domain.numbering import NumberPattern


class Severity(StrEnum):
    """An ERROR keeps the pattern from being used; a WARNING is shown."""

    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberingFinding:
    """What a country's law finds wrong with a pattern; `rule` is stable, `source` the law."""

    rule: str
    severity: Severity
    message: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberingLaw:
    """One country's rule for the form of numbers, and whether dates may not go back within a series."""

    source: str
    severity: Severity = Severity.ERROR
    regex: re.Pattern[str] | None = None
    max_length: int | None = None
    form: str = ""
    chronological: bool = False


# The longest counter a pattern is checked with: a seller with ten million documents in one period.
_LARGEST: Final = 9_999_999
_SAMPLE_DATE: Final = date(2026, 12, 31)

LAWS: Final[Mapping[str, NumberingLaw]] = {
    "FR": NumberingLaw(
        source="CGI ann. II art. 242 nonies A I 7°; BR-FR-01",
        regex=re.compile(r"[A-Za-z0-9\-+_/]{1,35}"),
        form="at most 35 letters, digits, and - + _ /",
        chronological=True,
    ),
    "IT": NumberingLaw(
        source="DPR 633/1972 art. 21(2)(b); FatturaPA String20Type",
        regex=re.compile(r"(?=.*[0-9])[\x20-\x7e]{1,20}"),
        form="at most 20 characters, one of them a digit",
        chronological=True,
    ),
    "ES": NumberingLaw(
        source="RD 1619/2012 art. 6(1)(a); VeriFactu NumSerieFactura",
        max_length=60,
        form="at most 60 characters",
        chronological=True,
    ),
    "HU": NumberingLaw(source="NAV Online Számla 3.0, invoiceNumber", max_length=50, form="at most 50 characters"),
    "BG": NumberingLaw(
        source="ZDDS art. 114(1)(2); PPZDDS art. 78",
        regex=re.compile(r"[0-9]{10}"),
        form="exactly 10 digits",
        chronological=True,
    ),
    "PT": NumberingLaw(
        source="CIVA art. 36(5)(b); DL 28/2019 art. 35",
        severity=Severity.WARNING,
        regex=re.compile(r"(FT|FS|FR|NC|ND) [^\s/]+/[1-9][0-9]*"),
        form="<type> <series>/<n>, such as FT 2026A/123, in a series registered with the tax authority",
        chronological=True,
    ),
    "SI": NumberingLaw(
        source="ZDavPR art. 5(3)-(5)",
        severity=Severity.WARNING,
        regex=re.compile(r"[0-9A-Za-z]{1,20}-[0-9A-Za-z]{1,20}-[1-9][0-9]*"),
        form="premise-device-number when paid in cash or by card",
        chronological=True,
    ),
    "HR": NumberingLaw(
        source="Zakon o fiskalizaciji art. 9",
        severity=Severity.WARNING,
        regex=re.compile(r"[1-9][0-9]*[-/][0-9A-Za-z]{1,20}[-/][1-9][0-9]{0,19}"),
        form="number-premise-device when paid in cash or by card",
        chronological=True,
    ),
    "GR": NumberingLaw(
        source="L. 4308/2014 art. 9; Peppol BIS, GR rules",
        severity=Severity.WARNING,
        regex=re.compile(r"[0-9]{9}\|[0-9]{2}/[0-9]{2}/[0-9]{4}\|[0-9]+\|[0-9.]+\|[^|]+\|[^|]+"),
        form="six segments separated by | in e-invoices over Peppol",
        chronological=True,
    ),
    "BE": NumberingLaw(source="KB nr. 1 art. 5 § 1, 1°", chronological=True),
}


def findings(pattern: NumberPattern, country: str) -> tuple[NumberingFinding, ...]:
    """What the country's law finds in a pattern, looking at its first number and at its ten-millionth."""
    law = LAWS.get(country)
    if law is None:
        return ()
    for counter in (1, _LARGEST):
        number = pattern.render(counter, _SAMPLE_DATE)
        too_long = law.max_length is not None and len(number) > law.max_length
        if too_long or (law.regex is not None and not law.regex.fullmatch(number)):
            message = f"{country} wants {law.form}; this pattern gives {number}"
            finding = NumberingFinding(
                rule=f"NUM-{country}-01", severity=law.severity, message=message, source=law.source
            )
            return (finding,)
    return ()


def chronological(country: str) -> bool:
    """Whether the country's law forbids dates that go back within a series; we let them nowhere."""
    law = LAWS.get(country)
    return law is not None and law.chronological
