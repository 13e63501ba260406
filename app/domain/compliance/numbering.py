"""Number formats against the law of the seller's country: `numbering_law`'s findings as rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Final

from app.domain import numbering
from app.domain.compliance.model import Issue, IssueFacts, Rule, SellerFacts
from app.domain.documents.model import InvoiceType
from app.domain.numbering_countries import EU, LAWS, NumberingLaw, Severity
from app.domain.numbering_law import (
    TAX_DOCUMENTS,
    NumberingFinding,
    findings,
    findings_together,
    pattern_of,
    series_type,
)

FIELD: Final = ("settings", "numberFormats")
_Formats = tuple[tuple[str, str], ...]


@lru_cache(maxsize=4_096)
def _alone(formats: _Formats, country: str, on: date) -> tuple[tuple[InvoiceType, NumberingFinding], ...]:
    """What the law says of each format that a seller chose, and of its invoices' in any case."""
    chosen = dict(formats)
    kinds = sorted({InvoiceType.STANDARD, *(InvoiceType(name) for name in chosen)})
    return tuple(
        (kind, found)
        for kind in kinds
        if series_type(country, kind) is kind
        for found in findings(numbering.parse(pattern_of(chosen, country, kind)), country, type_=kind, on=on)
    )


def _found_alone(number: str) -> Callable[[SellerFacts], Iterator[Issue]]:
    def check(facts: SellerFacts) -> Iterator[Issue]:
        for kind, found in _alone(facts.number_formats, facts.country, facts.on):
            if found.rule == number:
                yield Issue(found.message, (*FIELD, kind.value), found.severity)

    return check


def _found_together(number: str) -> Callable[[SellerFacts], Iterator[Issue]]:
    def check(facts: SellerFacts) -> Iterator[Issue]:
        for found in findings_together(dict(facts.number_formats), facts.country):
            if found.rule == number:
                yield Issue(found.message, FIELD, found.severity)

    return check


@lru_cache(maxsize=4_096)
def _refused(formats: _Formats, country: str, kind: InvoiceType, on: date) -> tuple[str, ...]:
    """Why the law refuses the numbers that a document of this type would get."""
    chosen, numbered = dict(formats), series_type(country, kind)
    pattern = pattern_of(chosen, country, kind)
    found = [
        one.message
        for one in findings(numbering.parse(pattern), country, type_=numbered, on=on)
        if one.severity is Severity.ERROR
    ]
    if LAWS.get(country, EU).separate_series and kind in TAX_DOCUMENTS:
        others = [
            other for other in TAX_DOCUMENTS if other is not kind and pattern_of(chosen, country, other) == pattern
        ]
        found += [
            f"{kind} and {other} have the format {pattern}: two documents would bear one number" for other in others
        ]
    return tuple(found)


def refused_format(facts: IssueFacts) -> Iterator[Issue]:
    """Why the country's law refuses the number that the document would get; a correction is always possible."""
    if facts.type is InvoiceType.CREDIT_NOTE:
        return
    for message in _refused(facts.number_formats, facts.country, facts.type, facts.on):
        yield Issue(message)


def _of_country(country: str, law: NumberingLaw) -> Iterator[Rule[SellerFacts]]:
    for place, rule in enumerate(law.rules, 1):
        number = f"NUM-{country}-{place:02d}"
        since = "" if rule.since is None else f" from {rule.since} on"
        yield Rule(
            number=number,
            severity=rule.severity,
            asks=f"{country} wants {rule.form}{since}.",
            fix=_FIX,
            source=rule.source,
            check=_found_alone(number),
        )
    if law.resets_yearly:
        number = f"NUM-{country}-{len(law.rules) + 1:02d}"
        yield Rule(
            number=number,
            severity=Severity.WARNING,
            asks=f"{country} wants numbers to begin anew each year.",
            fix="Put the year into the pattern with entityUpdate.",
            source=law.source,
            check=_found_alone(number),
        )


def _of_countries(laws: Mapping[str, NumberingLaw]) -> Iterator[Rule[SellerFacts]]:
    for country, law in laws.items():
        yield from _of_country(country, law)


_FIX: Final = "Choose another number format with entityUpdate; numberingPreview shows what a format gives."

NUMBERING_RULES: Final[tuple[Rule[SellerFacts], ...]] = (
    Rule(
        number="NUM-ROOM",
        severity=Severity.ERROR,
        asks=f"A format leaves room for a counter of ten digits in {numbering.MAX_NUMBER} characters.",
        fix=_FIX,
        source=EU.source,
        check=_found_alone("NUM-ROOM"),
    ),
    Rule(
        number="NUM-SHARED",
        severity=Severity.WARNING,
        asks="Where one sequence numbers all tax documents, no format is chosen that is never used.",
        fix="Choose a format for STANDARD only.",
        source=LAWS["BG"].source,
        check=_found_together("NUM-SHARED"),
    ),
    Rule(
        number="NUM-ALIKE",
        severity=Severity.WARNING,
        asks="Two types of tax documents have formats that differ; an ERROR where the law wants series of their own.",
        fix=_FIX,
        source=f"{EU.source}; ES: {LAWS['ES'].source}",
        check=_found_together("NUM-ALIKE"),
    ),
    *_of_countries(LAWS),
)
