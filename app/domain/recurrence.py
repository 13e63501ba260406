"""When something recurs: dates counted from an anchor, never from the one before, and their instants in a time zone."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from app.domain.errors import InvalidInput


class RecurrenceUnit(StrEnum):
    """What a schedule counts."""

    DAY = "DAY"
    WEEK = "WEEK"
    MONTH = "MONTH"
    YEAR = "YEAR"


class RecurringStatus(StrEnum):
    """ACTIVE makes invoices; PAUSED makes none and makes up for none; ENDED is over for good."""

    ACTIVE = "ACTIVE"
    PAUSED = "PAUSED"
    ENDED = "ENDED"


class RecurringAction(StrEnum):
    """What is made of each occurrence: a draft, a finalized invoice, or one that is also sent to the buyer."""

    DRAFT = "DRAFT"
    FINALIZE = "FINALIZE"
    SEND = "SEND"


class OccurrenceStatus(StrEnum):
    """MADE has its invoice; AWAITING has one that is sent once it is finalized; RETRYING is tried again.

    FAILED was given up, SKIPPED was due while its recurring invoice was paused or ended.
    """

    MADE = "MADE"
    AWAITING = "AWAITING"
    RETRYING = "RETRYING"
    FAILED = "FAILED"
    SKIPPED = "SKIPPED"


# The longest distance of two occurrences, by unit.
MAX_EVERY: Final = {
    RecurrenceUnit.DAY: 366,
    RecurrenceUnit.WEEK: 53,
    RecurrenceUnit.MONTH: 60,
    RecurrenceUnit.YEAR: 10,
}
MAX_OCCURRENCES: Final = 10_000
# How long after each failure an occurrence is tried again; after one more failure it is given up.
RETRY_AFTER: Final = (
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)
_STEPS: Final = {RecurrenceUnit.DAY: 1, RecurrenceUnit.WEEK: 7, RecurrenceUnit.MONTH: 1, RecurrenceUnit.YEAR: 12}
_BY_DAYS: Final = (RecurrenceUnit.DAY, RecurrenceUnit.WEEK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """Dates every so many units from `starts_on`, numbered from 0, to `ends_on` at most (which is included).

    By months and years they fall on `day_of_month` (that of `starts_on` if None), or on the month's last day where the
    month is shorter: 31 January, 28 February, 31 March. Where `day_of_month` is before the first day, the first date is
    that of the next month, or year.
    """

    unit: RecurrenceUnit
    every: int
    starts_on: date
    day_of_month: int | None = None
    ends_on: date | None = None

    def date_of(self, index: int) -> date | None:
        """The date of an occurrence; None where there is none any more."""
        found = self._date_of(index)
        return None if found is None or (self.ends_on is not None and found > self.ends_on) else found

    def first_from(self, day: date) -> int:
        """The number of the first occurrence on or after a day, whether or not the end comes before it."""
        if self.unit in _BY_DAYS:
            passed = (day - self.starts_on).days
            step = self.every * _STEPS[self.unit]
        else:
            passed = day.year * 12 + day.month - 1 - self._first_month()
            step = self.every * _STEPS[self.unit]
        # One before what the division says: its day may lie on either side.
        index = max(passed // step - 1, 0)
        while (found := self._date_of(index)) is not None and found < day:
            index += 1
        return index

    def _date_of(self, index: int) -> date | None:
        step = index * self.every * _STEPS[self.unit]
        if self.unit in _BY_DAYS:
            days = self.starts_on.toordinal() + step
            return date.fromordinal(days) if days <= date.max.toordinal() else None
        return _day_in(self._first_month() + step, self._day())

    def _day(self) -> int:
        return self.day_of_month or self.starts_on.day

    def _first_month(self) -> int:
        """The month of the first occurrence, counted from the year 0."""
        month = self.starts_on.year * 12 + self.starts_on.month - 1
        first = _day_in(month, self._day())
        return month if first is None or first >= self.starts_on else month + _STEPS[self.unit]


def _day_in(months: int, day: int) -> date | None:
    year, month = divmod(months, 12)
    if year > date.max.year:
        return None
    return date(year, month + 1, min(day, monthrange(year, month + 1)[1]))


def check_recurrence(given: Recurrence) -> None:
    """Raises InvalidInput naming the field for a schedule that makes no sense."""
    if not 1 <= given.every <= MAX_EVERY[given.unit]:
        raise InvalidInput(f"must be from 1 to {MAX_EVERY[given.unit]} for this unit", field=("every",))
    if given.day_of_month is not None:
        if given.unit in _BY_DAYS:
            raise InvalidInput("belongs to the units MONTH and YEAR", field=("dayOfMonth",))
        if not 1 <= given.day_of_month <= 31:
            raise InvalidInput("must be from 1 to 31; 31 is the last day of every month", field=("dayOfMonth",))
    if given.date_of(0) is None:
        raise InvalidInput("lies before the first occurrence", field=("endsOn",))


def instant_of(day: date, at: time, time_zone: str) -> datetime:
    """The instant (UTC) of a time of day in a time zone.

    A time that the clocks leave out counts as if they had not been changed yet: 02:30 becomes 03:30. Of a time that
    comes twice it is the first.
    """
    return datetime.combine(day, at, ZoneInfo(time_zone)).astimezone(UTC)


def retry_at(attempts: int, now: datetime) -> datetime | None:
    """When an occurrence that has failed so often is tried again; None when it is given up."""
    return now + RETRY_AFTER[attempts - 1] if attempts <= len(RETRY_AFTER) else None
