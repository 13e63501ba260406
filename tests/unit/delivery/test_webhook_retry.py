"""When failed deliveries are tried again, to the second."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.delivery.outgoing.model import AttemptResult
from app.delivery.outgoing.retry import MAX_ATTEMPTS, next_attempt_at, parse_retry_after

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
DAY_S = 86_400


def result(*, ok: bool = False, status: int | None = 500, retry_after_s: int | None = None) -> AttemptResult:
    return AttemptResult(
        ok=ok,
        status=status,
        error=None if ok else "HTTP 500",
        request_headers={},
        response_body="",
        response_headers={},
        duration_ms=12,
        retry_after_s=retry_after_s,
        gone=status == 410,
        started_at=NOW,
    )


def wait_s(attempt_number: int, outcome: AttemptResult, spread: float) -> float | None:
    at = next_attempt_at(attempt_number, NOW, outcome, jitter=lambda: spread)
    return None if at is None else (at - NOW).total_seconds()


@pytest.mark.parametrize(
    ("attempt_number", "shortest", "middle", "longest"),
    [
        (1, 4, 5, 6),
        (2, 240, 300, 360),
        (3, 1_440, 1_800, 2_160),
        (4, 5_760, 7_200, 8_640),
        (5, 14_400, 18_000, 21_600),
        (6, 28_800, 36_000, 43_200),
        (7, 28_800, 36_000, 43_200),
    ],
)
def test_each_attempt_has_its_wait(attempt_number: int, shortest: int, middle: int, longest: int) -> None:
    waits = [wait_s(attempt_number, result(), spread) for spread in (0.0, 0.5, 1.0)]

    assert waits == [shortest, middle, longest]


@pytest.mark.parametrize("attempt_number", [8, 9, 100])
def test_after_the_eighth_attempt_nothing_is_left(attempt_number: int) -> None:
    assert MAX_ATTEMPTS == 8
    assert wait_s(attempt_number, result(), 0.5) is None


def test_success_and_gone_end_it_at_once() -> None:
    assert wait_s(1, result(ok=True, status=204), 0.5) is None
    assert wait_s(1, result(status=410, retry_after_s=60), 0.5) is None


def test_a_failure_without_an_answer_is_retried() -> None:
    assert wait_s(1, result(status=None), 0.5) == 5


@pytest.mark.parametrize(
    ("attempt_number", "retry_after_s", "spread", "wait"),
    [
        (1, 120, 0.0, 120),  # longer than the schedule: the peer's, never shortened
        (1, 120, 0.5, 132),
        (1, 120, 1.0, 144),
        (2, 120, 0.5, 300),  # shorter than the schedule: the schedule
        (2, 0, 0.5, 300),
        (1, 10 * DAY_S, 0.0, DAY_S),  # bounded by a day
        (7, DAY_S, 0.0, DAY_S),
    ],
)
def test_retry_after_is_a_lower_bound(attempt_number: int, retry_after_s: int, spread: float, wait: int) -> None:
    assert wait_s(attempt_number, result(status=429, retry_after_s=retry_after_s), spread) == wait


def test_retry_after_does_not_add_attempts() -> None:
    assert wait_s(8, result(status=503, retry_after_s=60), 0.5) is None


def test_attempts_are_counted_from_one() -> None:
    with pytest.raises(ValueError, match="counted from 1"):
        next_attempt_at(0, NOW, result(), jitter=lambda: 0.5)


def test_the_whole_schedule_takes_almost_28_hours() -> None:
    at = NOW
    for number in range(1, MAX_ATTEMPTS):
        following = next_attempt_at(number, at, result(), jitter=lambda: 0.5)
        assert following is not None
        at = following

    assert at - NOW == timedelta(hours=27, minutes=35, seconds=5)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("0", 0),
        ("120", 120),
        (" 7 ", 7),
        ("86400", DAY_S),
        ("86401", DAY_S),
        ("9" * 5000, DAY_S),
        ("Sun, 01 Mar 2026 12:01:30 GMT", 90),
        ("Sun, 01 Mar 2026 13:01:30 +0100", 90),
        ("Sun, 01 Mar 2026 12:01:30 -0000", 90),
        ("Sunday, 01-Mar-26 12:01:30 GMT", 90),
        ("Sun Mar  1 12:01:30 2026", 90),
        ("Sun, 01 Mar 2026 11:59:00 GMT", 0),
        ("Mon, 01 Mar 2100 00:00:00 GMT", DAY_S),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("٣", None),
        ("Sun, 99 Mar 2026 12:00:00 GMT", None),
        ("Sun, 01 Mar 0000 12:00:00 GMT", 0),
    ],
)
def test_retry_after_is_read_as_seconds_or_date(value: str | None, seconds: int | None) -> None:
    assert parse_retry_after(value, NOW) == seconds
