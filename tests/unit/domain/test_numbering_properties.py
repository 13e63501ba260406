"""What holds of every pattern: numbers are unique, in order, and read back; periods follow the seller's time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import InvalidInput
from app.domain.numbering import MAX_COUNTER, NumberPattern, day_of, local_issue_date, parse

LITERALS = st.text(alphabet="ABxyz-/_. |0129é", max_size=6)
DATES = st.dates(min_value=date(2001, 1, 1), max_value=date(2098, 12, 31))
COUNTERS = st.integers(min_value=1, max_value=MAX_COUNTER)


@st.composite
def patterns(draw: st.DrawFn) -> NumberPattern:
    """A pattern that is accepted: a counter, perhaps a year, perhaps a month, and literals between them."""
    year = draw(st.sampled_from(["", "{yyyy}", "{yy}"]))
    tokens = ["{" + "n" * draw(st.integers(1, 8)) + "}", year, draw(st.sampled_from(["", "{mm}"])) if year else ""]
    parts = [draw(LITERALS)]
    for token in draw(st.permutations(tokens)):
        parts += [token, draw(LITERALS)]
    try:
        return parse("".join(parts).strip())
    except InvalidInput:
        # Digits right after the counter; a separator makes it one that is accepted.
        return parse("-".join(part for part in ("S", *tokens, "E") if part))


@settings(max_examples=400, deadline=None)
@given(patterns(), COUNTERS, COUNTERS, DATES, DATES)
def test_two_documents_never_bear_one_number(
    pattern: NumberPattern, one: int, other: int, day: date, later: date
) -> None:
    """Given two places in the series of a pattern, then their numbers are equal only if the places are."""
    same_place = (one, pattern.period_key(day)) == (other, pattern.period_key(later))
    assert (pattern.render(one, day) == pattern.render(other, later)) is same_place


@settings(max_examples=400, deadline=None)
@given(patterns(), COUNTERS, DATES)
def test_a_number_is_read_back(pattern: NumberPattern, counter: int, day: date) -> None:
    """Given a number, then it tells its counter and period, and stands between the affixes of the period."""
    number, period = pattern.render(counter, day), pattern.period_key(day)
    found = pattern.read(number)
    assert (found.counter, found.period) == (counter, period)
    before, after = pattern.affixes(period)
    assert number.startswith(before)
    assert number.endswith(after)
    assert int(number[len(before) : len(number) - len(after)]) == counter
    assert pattern.period_key(day_of(period)) == period


@settings(max_examples=400, deadline=None)
@given(patterns(), st.integers(min_value=1, max_value=MAX_COUNTER - 1), DATES)
def test_of_two_numbers_the_later_is_longer_or_sorts_after(pattern: NumberPattern, counter: int, day: date) -> None:
    """Given neighbours in a series, then their order is that of their length, and of their text where it is equal."""
    one, other = pattern.render(counter, day), pattern.render(counter + 1, day)
    assert (len(one), one) < (len(other), other)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([("Pacific/Auckland", 13), ("Pacific/Honolulu", -10), ("Europe/Tallinn", 2), ("UTC", 0)]),
    st.integers(min_value=-48 * 60, max_value=48 * 60),
    st.integers(min_value=2010, max_value=2090),
)
def test_the_year_turns_where_the_seller_is(zone: tuple[str, int], minutes: int, year: int) -> None:
    """Given an instant around New Year, then its period is that of the seller's own calendar."""
    name, hours = zone
    instant = datetime(year, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    local = (instant + timedelta(hours=hours)).date()
    assert local_issue_date(instant, name) == local
    assert parse("{yyyy}{mm}-{n}").period_key(local_issue_date(instant, name)) == f"{local.year:04d}-{local.month:02d}"


@pytest.mark.parametrize("period", ["26", "2026-13", "2026-3", "x", "2026-01-01"])
def test_a_text_that_is_no_period_has_no_day(period: str) -> None:
    with pytest.raises(ValueError, match=r"is no period|month must be|Invalid isoformat"):
        day_of(period)
