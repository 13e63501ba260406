"""When mail is tried again, and when reminders are due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.errors import InvalidInput
from app.domain.mail.reminders import check_days, due_dates, send_at
from app.domain.mail.retry import MAX_ATTEMPTS, next_attempt_at

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


def test_nine_attempts_over_two_days() -> None:
    waits = [next_attempt_at(n, NOW, spread=lambda most: 0) for n in range(1, MAX_ATTEMPTS + 1)]

    assert [None if at is None else (at - NOW).total_seconds() / 60 for at in waits] == [
        1, 5, 30, 60, 240, 480, 720, 1440, None,
    ]  # fmt: skip


def test_waits_are_stretched_by_a_fifth_at_most() -> None:
    assert next_attempt_at(3, NOW, spread=lambda most: most) == NOW + timedelta(minutes=36)
    with pytest.raises(ValueError, match="counted from 1"):
        next_attempt_at(0, NOW, spread=lambda most: 0)


def test_a_step_is_due_on_its_day_and_for_a_week_after() -> None:
    assert due_dates(7, date(2026, 3, 31)) == (date(2026, 3, 17), date(2026, 3, 24))
    assert due_dates(21, date(2026, 3, 31)) == (date(2026, 3, 3), date(2026, 3, 10))


@pytest.mark.parametrize(
    ("hour", "zone", "sent"),
    [
        (3, "Europe/Berlin", datetime(2026, 3, 10, 8, 0, tzinfo=UTC)),
        (8, "Europe/Berlin", datetime(2026, 3, 10, 8, 0, tzinfo=UTC)),
        (14, "Europe/Berlin", datetime(2026, 3, 10, 14, 0, tzinfo=UTC)),
        (20, "Asia/Tokyo", datetime(2026, 3, 11, 0, 0, tzinfo=UTC)),
        (3, "America/New_York", datetime(2026, 3, 10, 3, 0, tzinfo=UTC)),
    ],
)
def test_nobody_is_dunned_before_nine_in_the_sellers_morning(hour: int, zone: str, sent: datetime) -> None:
    assert send_at(datetime(2026, 3, 10, hour, 0, tzinfo=UTC), zone) == sent


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ([], ("d",)),
        ([1, 2, 3, 4, 5, 6], ("d",)),
        ([0], ("d", "0")),
        ([366], ("d", "0")),
        ([7, 7], ("d", "1")),
        ([21, 7], ("d", "1")),
    ],
)
def test_days_that_make_no_schedule_are_refused(days: Sequence[int], field: tuple[str, ...]) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_days(days, ("d",))
    assert caught.value.field == field


def test_days_that_make_one_are_taken() -> None:
    assert check_days((3, 10, 17, 30, 365), ("d",)) == [3, 10, 17, 30, 365]
