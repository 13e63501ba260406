"""When an unpaid document is due for a reminder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from app.domain.errors import InvalidInput

DEFAULT_DAYS: Final = (7, 21)
MAX_STEPS: Final = 5
MAX_DAYS: Final = 365
# A step is taken up to this many days late: that bridges an outage, and whoever switches reminders on does not thereby
# write to everybody who ever was late.
CATCH_UP_DAYS: Final = 7
# In the seller's time zone: nobody is dunned at night.
_HOUR: Final = time(9)


def check_days(values: Sequence[int], field: tuple[str | int, ...]) -> list[int]:
    """The days after the due date on which to remind: 1 to 5 of them, each from 1 to 365, growing."""
    if not 1 <= len(values) <= MAX_STEPS:
        raise InvalidInput(f"needs 1 to {MAX_STEPS} days", field=field)
    for i, value in enumerate(values):
        if not 1 <= value <= MAX_DAYS:
            raise InvalidInput(f"must be from 1 to {MAX_DAYS}", field=(*field, i))
        if i and value <= values[i - 1]:
            raise InvalidInput("must grow from step to step", field=(*field, i))
    return list(values)


def due_dates(step: int, today: date) -> tuple[date, date]:
    """The first and the last due date whose step of that many days is to be taken today."""
    last = today - timedelta(days=step)
    return last - timedelta(days=CATCH_UP_DAYS), last


def send_at(now: datetime, time_zone: str) -> datetime:
    """When a reminder that is due today goes out: now, but not before nine in the seller's morning."""
    local = now.astimezone(ZoneInfo(time_zone))
    morning = datetime.combine(local.date(), _HOUR, tzinfo=local.tzinfo)
    return max(now, morning.astimezone(now.tzinfo))
