"""Secrets that are being replaced: the former ones sign beside the new one until their time is up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from app.domain.errors import InvalidInput, LimitExceeded

MAX_OVERLAP_HOURS: Final = 168
# Secrets that may sign beside the newest one.
MAX_RETIRED: Final = 3

Retired = Sequence[Mapping[str, Any]]


def rotated(
    secrets: Sequence[str], retired: Retired, new: str, *, overlap_hours: int, now: datetime
) -> tuple[list[str], list[dict[str, Any]]]:
    """The secrets and the retired ones after a rotation; with no overlap every former secret is gone at once.

    Otherwise the former one signs for `overlap_hours`, and those that were retired before keep the time they had.
    Raises InvalidInput for an overlap out of bounds, LimitExceeded when too many would sign.
    """
    if not 0 <= overlap_hours <= MAX_OVERLAP_HOURS:
        raise InvalidInput(f"must be from 0 to {MAX_OVERLAP_HOURS}", field=("overlapHours",))
    if overlap_hours == 0:
        return [new], []
    until = (now + timedelta(hours=overlap_hours)).isoformat()
    kept = [{"secret": secret, "until": until} for secret in secrets] + [dict(old) for old in valid(retired, now)]
    if len(kept) > MAX_RETIRED:
        raise LimitExceeded(
            f"{MAX_RETIRED} former secrets sign already; wait for one to end, or rotate without an overlap",
            field=("overlapHours",),
        )
    return [new], kept


def valid(retired: Retired, now: datetime) -> list[Mapping[str, Any]]:
    """Those of the retired secrets whose time is not up."""
    return [old for old in retired if datetime.fromisoformat(old["until"]) > now]


def signing_secrets(secrets: Sequence[str], retired: Retired, now: datetime) -> tuple[str, ...]:
    """The secrets that sign at that instant, newest first."""
    return (*secrets, *(str(old["secret"]) for old in valid(retired, now)))


def last_ends_at(retired: Retired, now: datetime) -> datetime | None:
    """When the last of the former secrets stops signing; None when only the newest one does."""
    return max((datetime.fromisoformat(old["until"]) for old in valid(retired, now)), default=None)
