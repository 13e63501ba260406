"""When invoices recur: the dates, held against a reference that walks day by day, and their instants."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import InvalidInput
from app.domain.recurrence import (
    RETRY_AFTER,
    Recurrence,
    RecurrenceUnit,
    check_recurrence,
    instant_of,
    retry_at,
)

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def reference(schedule: Recurrence, until: date) -> Iterator[date]:
    """The dates by another way: every day is asked whether it is one."""
    wanted = schedule.day_of_month or schedule.starts_on.day
    day, counted = schedule.starts_on, None
    while day <= until and (schedule.ends_on is None or day <= schedule.ends_on):
        match schedule.unit:
            case RecurrenceUnit.DAY:
                hit = (day - schedule.starts_on).days % schedule.every == 0
            case RecurrenceUnit.WEEK:
                hit = (day - schedule.starts_on).days % (7 * schedule.every) == 0
            case _:
                last = monthrange(day.year, day.month)[1]
                hit = day.day == min(wanted, last)
                if schedule.unit is RecurrenceUnit.YEAR:
                    hit = hit and day.month == schedule.starts_on.month
                if hit:
                    number = day.year if schedule.unit is RecurrenceUnit.YEAR else day.year * 12 + day.month
                    counted = number if counted is None else counted
                    hit = (number - counted) % schedule.every == 0
        if hit:
            yield day
        day += timedelta(days=1)


@st.composite
def schedules(draw: st.DrawFn) -> Recurrence:
    unit = draw(st.sampled_from(list(RecurrenceUnit)))
    by_month = unit in (RecurrenceUnit.MONTH, RecurrenceUnit.YEAR)
    starts_on = draw(st.dates(date(2019, 1, 1), date(2028, 12, 31)))
    return Recurrence(
        unit=unit,
        every=draw(st.integers(1, 5)),
        starts_on=starts_on,
        day_of_month=draw(st.none() | st.integers(1, 31)) if by_month else None,
        ends_on=draw(st.none() | st.dates(starts_on, starts_on + timedelta(days=2000))),
    )


@given(schedules())
@settings(deadline=None)
def test_the_dates_are_those_of_the_reference(schedule: Recurrence) -> None:
    expected = list(reference(schedule, schedule.starts_on + timedelta(days=2500)))
    assert [schedule.date_of(n) for n in range(len(expected))] == expected
    following = schedule.date_of(len(expected))
    assert following is None or following > schedule.starts_on + timedelta(days=2500)


@given(schedules(), st.integers(-400, 4000))
@settings(deadline=None)
def test_the_first_date_from_a_day_is_the_first(schedule: Recurrence, offset: int) -> None:
    day = schedule.starts_on + timedelta(days=offset)
    index = schedule.first_from(day)
    found = schedule.date_of(index)
    assert found is None or found >= day
    if index > 0:
        before = schedule.date_of(index - 1)
        assert before is None or before < day


def dates(schedule: Recurrence, count: int) -> list[str]:
    return [str(schedule.date_of(n)) for n in range(count)]


def test_the_last_day_of_a_month_does_not_wear_off() -> None:
    monthly = Recurrence(unit=RecurrenceUnit.MONTH, every=1, starts_on=date(2027, 12, 31))
    assert dates(monthly, 5) == ["2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]
    yearly = Recurrence(unit=RecurrenceUnit.YEAR, every=1, starts_on=date(2024, 2, 29))
    assert dates(yearly, 5) == ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]


def test_a_day_of_the_month_before_the_first_day_comes_a_month_later() -> None:
    monthly = Recurrence(unit=RecurrenceUnit.MONTH, every=2, starts_on=date(2026, 1, 15), day_of_month=10)
    assert dates(monthly, 2) == ["2026-02-10", "2026-04-10"]
    yearly = Recurrence(unit=RecurrenceUnit.YEAR, every=1, starts_on=date(2026, 1, 15), day_of_month=10)
    assert dates(yearly, 2) == ["2027-01-10", "2028-01-10"]
    last = Recurrence(unit=RecurrenceUnit.MONTH, every=1, starts_on=date(2026, 2, 28), day_of_month=31)
    assert dates(last, 2) == ["2026-02-28", "2026-03-31"]


def test_nothing_comes_after_the_end_or_the_calendars() -> None:
    ending = Recurrence(unit=RecurrenceUnit.DAY, every=1, starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 2))
    assert dates(ending, 3) == ["2026-01-01", "2026-01-02", "None"]
    for unit in RecurrenceUnit:
        late = Recurrence(unit=unit, every=10, starts_on=date(9990, 1, 1))
        assert late.date_of(10_000) is None


@pytest.mark.parametrize(
    ("day", "at", "zone", "expected"),
    [
        # The clocks leave 02:30 out: it counts as 03:30. Of the 02:30 that comes twice it is the first.
        (date(2026, 3, 29), time(2, 30), "Europe/Berlin", "2026-03-29T01:30:00+00:00"),
        (date(2026, 10, 25), time(2, 30), "Europe/Berlin", "2026-10-25T00:30:00+00:00"),
        (date(2026, 3, 31), time(6), "Europe/Berlin", "2026-03-31T04:00:00+00:00"),
        (date(2026, 2, 28), time(6), "Europe/Berlin", "2026-02-28T05:00:00+00:00"),
        # Midnight itself is left out in Cairo; the day stays the same.
        (date(2026, 4, 24), time(0), "Africa/Cairo", "2026-04-23T22:00:00+00:00"),
        (date(2026, 1, 31), time(6), "Pacific/Auckland", "2026-01-30T17:00:00+00:00"),
        (date(2026, 1, 31), time(6), "Pacific/Honolulu", "2026-01-31T16:00:00+00:00"),
    ],
)
def test_a_time_of_day_is_the_sellers(day: date, at: time, zone: str, expected: str) -> None:
    instant = instant_of(day, at, zone)
    assert instant.isoformat() == expected
    assert instant.astimezone(ZoneInfo(zone)).date() == day


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"every": 0}, "every"),
        ({"every": 61}, "every"),
        ({"day_of_month": 32}, "dayOfMonth"),
        ({"day_of_month": 0}, "dayOfMonth"),
        ({"unit": RecurrenceUnit.WEEK, "day_of_month": 1}, "dayOfMonth"),
        ({"ends_on": date(2026, 1, 1)}, "endsOn"),
    ],
)
def test_a_schedule_that_makes_no_sense_names_its_field(wrong: dict[str, object], field: str) -> None:
    values: dict[str, object] = {"unit": RecurrenceUnit.MONTH, "every": 1, "starts_on": date(2026, 1, 2), **wrong}
    with pytest.raises(InvalidInput) as refused:
        check_recurrence(Recurrence(**values))  # type: ignore[arg-type]  # a table of wrong values
    assert refused.value.field == (field,)


def test_tries_become_rarer_and_end() -> None:
    waits = [retry_at(n, NOON) for n in range(1, len(RETRY_AFTER) + 2)]
    assert [None if wait is None else wait - NOON for wait in waits] == [*RETRY_AFTER, None]
