"""When a message that a mail server did not take yet is tried again: nine attempts over about two days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

# The wait after each failed attempt. The first bridges a restart and greylisting, the last a weekend's night.
# RFC 5321, 4.5.4.1 asks for at least half an hour in the long run, and for some days before giving up.
SCHEDULE: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=8),
    timedelta(hours=12),
    timedelta(hours=24),
)
MAX_ATTEMPTS: Final = len(SCHEDULE) + 1
# Within this time the same to the same is taken for a second press of the button.
AGAIN_AFTER: Final = timedelta(minutes=10)
# A wait is stretched by up to a fifth, so that what failed together does not come back together. In thousandths.
_SPREAD: Final = 200


def next_attempt_at(attempts: int, now: datetime, *, spread: Callable[[int], int]) -> datetime | None:
    """When to try again after that many attempts; None when all are used up.

    `spread(n)` gives a number from 0 up to n, as `secrets.randbelow` does.
    """
    if attempts < 1:
        raise ValueError("attempts are counted from 1")
    if attempts >= MAX_ATTEMPTS:
        return None
    wait = SCHEDULE[attempts - 1]
    return now + wait + wait * spread(_SPREAD) / 1000
