"""Which secrets sign at which instant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.domain.errors import InvalidInput, LimitExceeded
from app.domain.webhooks.rotation import MAX_RETIRED, last_ends_at, rotated, signing_secrets

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)


def test_former_secrets_keep_the_time_they_were_given() -> None:
    secrets, retired = rotated(["a"], [], "b", overlap_hours=10, now=NOW)
    secrets, retired = rotated(secrets, retired, "c", overlap_hours=1, now=NOW + timedelta(hours=5))

    assert signing_secrets(secrets, retired, NOW + timedelta(hours=5)) == ("c", "b", "a")
    assert signing_secrets(secrets, retired, NOW + timedelta(hours=6)) == ("c", "a")
    assert signing_secrets(secrets, retired, NOW + timedelta(hours=10)) == ("c",)
    assert last_ends_at(retired, NOW) == NOW + timedelta(hours=10)
    assert last_ends_at(retired, NOW + timedelta(hours=10)) is None


def test_no_overlap_ends_all_of_them() -> None:
    secrets, retired = rotated(
        ["a"], [{"secret": "z", "until": "2026-03-02T00:00:00+00:00"}], "b", overlap_hours=0, now=NOW
    )
    assert (secrets, retired) == (["b"], [])


def test_so_many_sign_at_once_and_those_that_have_ended_do_not_count() -> None:
    secrets: list[str] = ["0"]
    retired: list[dict[str, Any]] = []
    for n in range(MAX_RETIRED):
        secrets, retired = rotated(secrets, retired, f"{n + 1}", overlap_hours=n + 1, now=NOW)
    with pytest.raises(LimitExceeded):
        rotated(secrets, retired, "next", overlap_hours=1, now=NOW)
    later = NOW + timedelta(hours=1)
    secrets, retired = rotated(secrets, retired, "next", overlap_hours=1, now=later)
    assert signing_secrets(secrets, retired, later) == ("next", "3", "2", "1")


@pytest.mark.parametrize("hours", [-1, 169])
def test_an_overlap_is_bounded(hours: int) -> None:
    with pytest.raises(InvalidInput) as caught:
        rotated(["a"], [], "b", overlap_hours=hours, now=NOW)
    assert caught.value.field == ("overlapHours",)
