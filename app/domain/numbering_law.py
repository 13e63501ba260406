"""What single countries ask of invoice numbers, as findings on a pattern.

Sources stand with each rule. Where a rule holds for some sellers only (cash sales in Slovenia and Croatia), it is a
warning: refusing would stop sellers who are right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from app.domain.documents.model import InvoiceType
from app.domain.documents.registry import DOCUMENT_TYPES, document_type
from app.domain.numbering import MAX_NUMBER, NumberingReset, NumberPattern, day_of
from app.domain.numbering_countries import EU, LAWS, Severity

__all__ = ["LAWS", "NumberingFinding", "Severity", "findings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberingFinding:
    """What is wrong with a pattern, or good to know of it; `rule` is stable, `source` the law."""

    rule: str
    severity: Severity
    message: str
    source: str


# The longest counter a pattern is checked with: a seller with ten million documents in one period.
_LARGEST: Final = 9_999_999
_ROOM: Final = 10
_SHARING: Final = frozenset(country for country, law in LAWS.items() if law.shares_series)
# Where a series needs the authority's code before its first document.
REGISTERING: Final = frozenset(country for country, law in LAWS.items() if law.registers_series)
TAX_DOCUMENTS: Final = tuple(kind.type for kind in DOCUMENT_TYPES if kind.is_tax_document)


def series_type(country: str, type_: InvoiceType) -> InvoiceType:
    """The document type whose series and format number this one: its own, or where the law wants one sequence for all
    tax documents, the invoices' (Bulgaria: ZDDS art. 114, PPZDDS art. 78).
    """
    return InvoiceType.STANDARD if country in _SHARING and type_ in TAX_DOCUMENTS else type_


def types_of_series(country: str, type_: InvoiceType) -> tuple[InvoiceType, ...]:
    """The document types that are numbered in the series of this one, itself among them."""
    return TAX_DOCUMENTS if country in _SHARING and type_ in TAX_DOCUMENTS else (type_,)


@lru_cache(maxsize=1_024)
def default_pattern(country: str, type_: InvoiceType) -> str:
    """The format of documents for which the seller chose none; one that the country's law allows."""
    law = LAWS.get(country, EU)
    return (law.patterns or {}).get(type_) or document_type(type_).default_pattern


def pattern_of(formats: Mapping[str, str], country: str, type_: InvoiceType) -> str:
    """The format in which a seller's documents of a type are numbered."""
    kind = series_type(country, type_)
    return formats.get(kind) or default_pattern(country, kind)


def findings(
    pattern: NumberPattern,
    country: str,
    *,
    type_: InvoiceType = InvoiceType.STANDARD,
    on: date = date(2026, 12, 31),
) -> tuple[NumberingFinding, ...]:
    """What is wrong with a pattern for documents of that type issued on that day, by its first and its ten-millionth
    number. The law of invoices does not hold for what is no tax document.
    """
    found = list(_room(pattern))
    law = LAWS.get(country)
    if found or law is None or type_ not in TAX_DOCUMENTS:
        return tuple(found)
    for place, rule in enumerate(law.rules, 1):
        if rule.since is not None and on < rule.since:
            continue
        numbers = [pattern.render(counter, on) for counter in (1, _LARGEST)]
        wrong = next((number for number in numbers if not rule.allows(number)), None)
        if wrong is not None:
            message = f"{country} wants {rule.form}; this pattern gives {wrong}"
            name = f"NUM-{country}-{place:02d}"
            found.append(NumberingFinding(rule=name, severity=rule.severity, message=message, source=rule.source))
    if law.resets_yearly and pattern.reset is NumberingReset.NEVER:
        message = f"{country} wants numbers to begin anew each year; put the year into the pattern"
        name = f"NUM-{country}-{len(law.rules) + 1:02d}"
        found.append(NumberingFinding(rule=name, severity=Severity.WARNING, message=message, source=law.source))
    return tuple(found)


def finding_of_number(number: str, country: str, type_: InvoiceType) -> NumberingFinding | None:
    """What the country's law finds wrong with one number of a document of that type; None where it allows it."""
    law = LAWS.get(country)
    if law is None or type_ not in TAX_DOCUMENTS:
        return None
    for place, rule in enumerate(law.rules, 1):
        if rule.severity is Severity.ERROR and not rule.allows(number):
            message, name = f"{country} wants {rule.form}", f"NUM-{country}-{place:02d}"
            return NumberingFinding(rule=name, severity=rule.severity, message=message, source=rule.source)
    return None


def _room(pattern: NumberPattern) -> tuple[NumberingFinding, ...]:
    before, after = pattern.affixes(pattern.period_key(day_of("")))
    if len(before) + len(after) + _ROOM <= MAX_NUMBER:
        return ()
    message = f"leaves no room for a counter of {_ROOM} digits in {MAX_NUMBER} characters"
    return (NumberingFinding(rule="NUM-ROOM", severity=Severity.ERROR, message=message, source=EU.source),)


def findings_together(formats: Mapping[str, str], country: str) -> tuple[NumberingFinding, ...]:
    """What is wrong with a seller's formats beside one another: of two kinds of tax documents that look alike, and of
    a format that is never used.
    """
    if country in _SHARING:
        unused = [kind for kind in TAX_DOCUMENTS if kind is not InvoiceType.STANDARD and formats.get(kind)]
        return tuple(
            NumberingFinding(
                rule="NUM-SHARED",
                severity=Severity.WARNING,
                message=f"the format of {kind} is not used: {country} numbers it in the sequence of the invoices",
                source=LAWS[country].source,
            )
            for kind in unused
        )
    law, seen, found = LAWS.get(country, EU), dict[str, InvoiceType](), []
    for kind in TAX_DOCUMENTS:
        pattern = pattern_of(formats, country, kind)
        other = seen.setdefault(pattern, kind)
        if other is not kind:
            found.append(
                NumberingFinding(
                    rule="NUM-ALIKE",
                    severity=Severity.ERROR if law.separate_series else Severity.WARNING,
                    message=f"{other} and {kind} have the format {pattern}: two documents would bear one number",
                    source=law.source if law.separate_series else EU.source,
                )
            )
    return tuple(found)
