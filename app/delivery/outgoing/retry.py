"""When a failed delivery is tried again: eight attempts over about 28 hours, never sooner than the peer asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from app.delivery.outgoing.model import AttemptResult

# The wait before each attempt, the first included. Seconds to bridge a restart, hours to bridge a night.
SCHEDULE: Final = (
    timedelta(0),
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=10),
)
MAX_ATTEMPTS: Final = len(SCHEDULE)
# A wait is stretched or shortened by up to a fifth, so that what failed together does not come back together.
JITTER: Final = 0.2
MAX_RETRY_AFTER_S: Final = 24 * 60 * 60


def next_attempt_at(
    attempt_number: int, now: datetime, result: AttemptResult, *, jitter: Callable[[], float]
) -> datetime | None:
    """When to try again after attempt `attempt_number` (from 1) ended in `result`; None when nothing is left to try:
    it succeeded, the endpoint is gone, or all attempts are used up.

    `jitter` gives numbers from 0 up to 1, as `random.random` does: 0 shortens the wait by 20 %, 0.5 keeps it, 1 would
    lengthen it by 20 %. Retry-After is a lower bound (RFC 9110, 10.2.3): a wait it sets is only ever lengthened.
    """
    if attempt_number < 1:
        raise ValueError("attempts are counted from 1")
    if result.ok or result.gone or attempt_number >= MAX_ATTEMPTS:
        return None
    spread = jitter()
    wait = SCHEDULE[attempt_number] * (1 - JITTER + 2 * JITTER * spread)
    if result.retry_after_s is not None:
        asked = timedelta(seconds=min(result.retry_after_s, MAX_RETRY_AFTER_S))
        wait = max(wait, asked * (1 + JITTER * spread))
    return now + wait


def parse_retry_after(value: str | None, now: datetime) -> int | None:
    """The seconds that a Retry-After header asks for, between 0 and a day; None when it is absent or unreadable.

    RFC 9110, 10.2.3: a number of seconds, or a date.
    """
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        # Nine digits are decades already; more would only cost time to convert.
        return MAX_RETRY_AFTER_S if len(text) > 9 else min(int(text), MAX_RETRY_AFTER_S)
    try:
        date = parsedate_to_datetime(text)
        if date.tzinfo is None:
            date = date.replace(tzinfo=UTC)
        seconds = (date - now).total_seconds()
    except (ValueError, OverflowError):
        return None
    return int(min(max(seconds, 0), MAX_RETRY_AFTER_S))
