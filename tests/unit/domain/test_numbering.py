"""Patterns: parsed, refused with the reason, rendered, and the period they start anew for."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.domain.documents.model import InvoiceType
from app.domain.errors import InvalidInput
from app.domain.numbering import local_issue_date, parse
from app.domain.numbering_law import Severity, findings, findings_together

DAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("pattern", "number", "period"),
    [
        ("INV-{nnn}", "INV-007", ""),
        ("{yyyy}/{nnn}", "2026/007", "2026"),
        ("F{yy}{mm}-{nnnn}", "F2603-0007", "2026-03"),
        ("{n}", "7", ""),
        ("FV {nnn}/{mm}/{yyyy}", "FV 007/03/2026", "2026-03"),
    ],
)
def test_patterns_render_and_reset(pattern: str, number: str, period: str) -> None:
    parsed = parse(pattern)
    assert parsed.render(7, DAY) == number
    assert parsed.period_key(DAY) == period


def test_the_next_three_numbers_outgrow_their_padding() -> None:
    assert parse("INV-{nnn}").next_numbers(998, DAY) == ["INV-999", "INV-1000", "INV-1001"]


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("INV", "needs exactly one counter"),
        ("{nn}-{nn}", "needs exactly one counter"),
        ("{mm}-{nnn}", "without a year"),
        ("{yyyy}{yyyy}-{n}", "twice"),
        ("{yyyy}{yy}-{n}", "the year twice"),
        ("{nnn}{yyyy}", "digits right after the counter"),
        ("{nnn}1", "digits right after the counter"),
        ("{dd}-{nnn}", "does not know"),
        ("INV-{nnn", "brace without its partner"),
        ("", "must not be empty"),
        (" {nnn}", "must not be empty"),
        ("{nnn}\n", "must not"),
    ],
)
def test_patterns_that_would_repeat_or_mislead_are_refused(pattern: str, reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason):
        parse(pattern)


def test_the_issue_date_is_the_sellers() -> None:
    instant = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
    assert local_issue_date(instant, "Europe/Tallinn") == date(2026, 1, 1)
    assert local_issue_date(instant, "America/New_York") == date(2025, 12, 31)
    with pytest.raises(InvalidInput, match="not a known time zone"):
        local_issue_date(instant, "Mars/Olympus")


@pytest.mark.parametrize(
    ("country", "pattern", "severity"),
    [
        ("DE", "INV-{nnn}", None),
        ("FR", "FA-{yyyy}-{nnnnn}", None),
        ("FR", "FA n° {nnn}", Severity.ERROR),
        ("BG", "{nnnnnnnnnn}", None),
        ("BG", "INV-{nnn}", Severity.ERROR),
    ],
)
def test_national_law_on_patterns(country: str, pattern: str, severity: Severity | None) -> None:
    found = findings(parse(pattern), country)
    assert (found[0].severity if found else None) is severity


def test_a_rule_holds_from_its_day_on() -> None:
    pattern = parse("{n} 1 1")
    before = {one.rule for one in findings(pattern, "HR", on=date(2025, 12, 31))}
    assert {one.rule for one in findings(pattern, "HR", on=date(2026, 1, 1))} - before == {"NUM-HR-02"}


def test_the_law_of_invoices_does_not_hold_for_proformas() -> None:
    assert findings(parse("PRO-{nnn}"), "BG", type_=InvoiceType.PROFORMA) == ()


def test_formats_beside_one_another() -> None:
    alike = {"STANDARD": "R{nnn}", "ADVANCE": "R{nnn}"}
    assert [(one.rule, one.severity) for one in findings_together(alike, "DE")] == [("NUM-ALIKE", Severity.WARNING)]
    assert [one.severity for one in findings_together(alike, "ES")] == [Severity.ERROR]
    assert [one.rule for one in findings_together(alike, "BG")] == ["NUM-SHARED"]
    assert findings_together({"STANDARD": "R{nnn}"}, "DE") == ()
