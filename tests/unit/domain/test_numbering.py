"""Patterns: parsed, refused with the reason, rendered, and the period they start anew for."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.domain.errors import InvalidInput
from app.domain.numbering import local_issue_date, parse
from app.domain.numbering_law import Severity, findings

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
