"""What each country's law says of invoice numbers, with its source, and what this product does about it.

Only what is known is stated; `form` rules are checked against the numbers that a pattern would give.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.domain.documents.model import InvoiceType


class Severity(StrEnum):
    """An ERROR keeps the pattern from being used; a WARNING is shown."""

    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRule:
    """What numbers must look like, as words and as a test; it holds for documents issued from `since` on."""

    form: str
    source: str
    severity: Severity = Severity.ERROR
    regex: re.Pattern[str] | None = None
    max_length: int | None = None
    since: date | None = None

    def allows(self, number: str) -> bool:
        """Whether a number has the form."""
        if self.max_length is not None and len(number) > self.max_length:
            return False
        return self.regex is None or self.regex.fullmatch(number) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberingLaw:
    """One country's law of invoice numbers.

    `gapless`, `series` and `resets` say in words what it wants of holes, of several series and of beginning anew.
    `chronological`: dates may not go back within a series. `shares_series`: all tax documents are numbered in one
    sequence. `separate_series`: credit notes may not look like invoices. `registers_series`: a series needs the
    authority's code before its first document. `resets_yearly`: it must begin anew each year. `patterns` are the
    formats of sellers who chose none, where the usual ones would not do.
    """

    source: str
    gapless: str
    chronological: bool
    series: str = "allowed"
    resets: str = "allowed"
    rules: tuple[FormRule, ...] = ()
    shares_series: bool = False
    separate_series: bool = False
    registers_series: bool = False
    resets_yearly: bool = False
    patterns: Mapping[InvoiceType, str] | None = None
    product: str = "gapless per series, dates never go back"


_FOUR_PATTERNS_PT: Final = {
    InvoiceType.STANDARD: "FT {yyyy}/{n}",
    InvoiceType.CREDIT_NOTE: "NC {yyyy}/{n}",
    InvoiceType.ADVANCE: "FT AD{yyyy}/{n}",
    InvoiceType.SELF_BILLED: "FT AF{yyyy}/{n}",
}

# What the Directive asks of every Member State.
EU: Final = NumberingLaw(
    source='Directive 2006/112/EC art. 226(2): "a sequential number, based on one or more series"; art. 219',
    gapless="sequential, unique",
    chronological=False,
)

LAWS: Final[Mapping[str, NumberingLaw]] = {
    "AT": NumberingLaw(source="UStG § 11(1) Z 3 lit. h", gapless="sequential, unique", chronological=False),
    "BE": NumberingLaw(source="KB nr. 1 art. 5 § 1, 1° and art. 9", gapless="required", chronological=True),
    "BG": NumberingLaw(
        source="ZDDS art. 114(1)(2); PPZDDS art. 78",
        gapless="required",
        chronological=True,
        series="ranges per outlet",
        resets="none",
        rules=(
            FormRule(
                form="exactly 10 digits",
                source="ZDDS art. 114(1)(2); PPZDDS art. 78",
                regex=re.compile(r"[0-9]{10}"),
            ),
        ),
        shares_series=True,
        patterns={InvoiceType.STANDARD: "{nnnnnnnnnn}"},
        product="ten digits; credit notes are numbered in the sequence of the invoices; seriesStart chooses the range",
    ),
    "CH": NumberingLaw(source="MWSTG art. 26", gapless="no number required", chronological=False),
    "CY": NumberingLaw(source="VAT Regulations", gapless="sequential", chronological=False),
    "CZ": NumberingLaw(source="zákon 235/2004 § 29(1)(c)", gapless="unique", chronological=False),
    "DE": NumberingLaw(
        source="UStG § 14(4) Nr. 4; UStAE 14.5(10)-(14)",
        gapless="unique; gaps explainable (GoBD)",
        chronological=False,
    ),
    "DK": NumberingLaw(source="Momsbekendtgørelsen § 58(1) nr. 2", gapless="sequential", chronological=False),
    "EE": NumberingLaw(source="KMS § 37(7) 1)", gapless="sequential, unique", chronological=False),
    "ES": NumberingLaw(
        source="RD 1619/2012 art. 6(1)(a); RD 1007/2023",
        gapless="required per series",
        chronological=True,
        series="own series for rectifying invoices and self-billing",
        rules=(FormRule(form="at most 60 characters", source="VeriFactu NumSerieFactura", max_length=60),),
        separate_series=True,
        product="own series per type; one format for invoices and credit notes is refused; hash chain",
    ),
    "FI": NumberingLaw(source="AVL 209 e § 2", gapless="sequential", chronological=False),
    "FR": NumberingLaw(
        source="CGI ann. II art. 242 nonies A I 7°; BOI-TVA-DECLA-30-20-20-10",
        gapless="required",
        chronological=True,
        series="allowed, if the conditions of activity justify them",
        rules=(
            FormRule(
                form="at most 35 letters, digits, and - + _ /",
                source="CGI ann. II art. 242 nonies A I 7°; BR-FR-01",
                regex=re.compile(r"[A-Za-z0-9\-+_/]{1,35}"),
            ),
        ),
    ),
    "GB": NumberingLaw(
        source="VAT Regulations 1995 reg. 14(1)(a); Notice 700 s. 16",
        gapless="sequential; spoiled numbers explained",
        chronological=False,
    ),
    "GR": NumberingLaw(
        source="L. 4308/2014 art. 9; myDATA A.1138/2020",
        gapless="required per series",
        chronological=True,
        rules=(
            FormRule(
                form="six segments separated by | in e-invoices over Peppol",
                source="Peppol BIS, GR-R-001",
                severity=Severity.WARNING,
                regex=re.compile(r"[0-9]{9}\|[0-9]{2}/[0-9]{2}/[0-9]{4}\|[0-9]+\|[0-9.]+\|[^|]+\|[^|]+"),
            ),
        ),
        product="warns; the six segments are an e-invoice's, not the number's",
    ),
    "HR": NumberingLaw(
        source="Zakon o fiskalizaciji art. 9; Zakon o PDV-u art. 79",
        gapless="required per premise or device and year",
        chronological=True,
        series="per premise or device",
        resets="yearly, required",
        rules=(
            FormRule(
                form="number-premise-device when paid in cash or by card",
                source="Zakon o fiskalizaciji art. 9",
                severity=Severity.WARNING,
                regex=re.compile(r"[1-9][0-9]*[-/][0-9A-Za-z]{1,20}[-/][1-9][0-9]{0,19}"),
            ),
            FormRule(
                form="no blanks in e-invoices",
                source="HR-CIUS HR-BR-1; Fiskalizacija 2.0",
                regex=re.compile(r"\S+"),
                since=date(2026, 1, 1),
            ),
        ),
        resets_yearly=True,
        product="warns; a year within the premise, as in {n}-{yyyy}P1-1, gives both the form and the reset",
    ),
    "HU": NumberingLaw(
        source="Áfa tv. § 169 b); 23/2014. NGM",
        gapless="required",
        chronological=True,
        rules=(FormRule(form="at most 50 characters", source="NAV Online Számla 3.0", max_length=50),),
    ),
    "IE": NumberingLaw(
        source="VAT Regulations 2010 reg. 20", gapless="sequential, one or more series", chronological=False
    ),
    "IT": NumberingLaw(
        source="DPR 633/1972 art. 21(2)(b); Ris. AE 1/E 2013",
        gapless="progressive, unique",
        chronological=True,
        resets="allowed, per year or continuous",
        rules=(
            FormRule(
                form="at most 20 characters, one of them a digit",
                source="DPR 633/1972 art. 21(2)(b); FatturaPA String20Type",
                regex=re.compile(r"(?=.*[0-9])[\x20-\x7e]{1,20}"),
            ),
        ),
    ),
    "LT": NumberingLaw(
        source="PVM įst. 80; Resolution 780",
        gapless="required per series",
        chronological=True,
        series="letters of the series and a number",
    ),
    "LU": NumberingLaw(source="Loi TVA art. 63(8)", gapless="sequential", chronological=False),
    "LV": NumberingLaw(source="PVN lik. 125", gapless="unique", chronological=False),
    "MT": NumberingLaw(source="VAT Act, 12th Schedule", gapless="sequential", chronological=False),
    "NL": NumberingLaw(source="Wet OB art. 35a(1)(b)", gapless="gaps explainable", chronological=False),
    "PL": NumberingLaw(
        source="ustawa o VAT art. 106e(1)(2); KSeF 2.0",
        gapless="successive",
        chronological=False,
        rules=(FormRule(form="at most 256 characters", source="FA(3), P_2", max_length=256),),
        product="gapless per series, dates never go back; the KSeF number is KSeF's and another one",
    ),
    "PT": NumberingLaw(
        source="CIVA art. 36(5)(b); DL 28/2019 art. 7, 35; Portaria 195/2020",
        gapless="required per series",
        chronological=True,
        series="allowed, each registered before its first document",
        rules=(
            FormRule(
                form="<type> <series>/<n>, such as FT 2026A/123",
                source="CIVA art. 36(5)(b); DL 28/2019 art. 35",
                regex=re.compile(r"(FT|FS|FR|NC|ND) [^\s/]+/[1-9][0-9]*"),
                max_length=60,
            ),
        ),
        registers_series=True,
        patterns=_FOUR_PATTERNS_PT,
        product="no document before seriesRegister; the ATCUD, code-n, stands on every page",
    ),
    "RO": NumberingLaw(
        source="Cod fiscal art. 319(20)(a); OMFP 2634/2015",
        gapless="required; ranges by internal decision",
        chronological=True,
        rules=(
            FormRule(
                form="at least one digit, at most 200 characters",
                source="CIUS-RO BR-RO-010",
                regex=re.compile(r".*[0-9].*"),
                max_length=200,
            ),
        ),
    ),
    "SE": NumberingLaw(source="ML 17 kap. 24 § 2", gapless="sequential, unique", chronological=False),
    "SI": NumberingLaw(
        source="ZDDV-1 art. 82; ZDavPR art. 5(3)-(5)",
        gapless="required per premise or device and year",
        chronological=True,
        resets="allowed, by an internal act",
        rules=(
            FormRule(
                form="premise-device-number when paid in cash or by card",
                source="ZDavPR art. 5(3)-(5)",
                severity=Severity.WARNING,
                regex=re.compile(r"[0-9A-Za-z]{1,20}-[0-9A-Za-z]{1,20}-[1-9][0-9]*"),
            ),
        ),
        product="warns; documents that are not paid in cash or by card may have any form",
    ),
    "SK": NumberingLaw(source="zákon 222/2004 § 74(1)(c)", gapless="unique", chronological=False),
}
