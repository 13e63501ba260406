"""Ids sort by the time of their making."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.domain.identity import IdPrefix, first_id_at, is_id, new_id


def test_the_first_id_of_an_instant_divides_those_before_from_those_after() -> None:
    before = datetime.now(UTC) - timedelta(milliseconds=2)
    made = new_id(IdPrefix.EVENT)
    after = datetime.now(UTC) + timedelta(seconds=1)

    assert first_id_at(IdPrefix.EVENT, before) < made < first_id_at(IdPrefix.EVENT, after)
    assert is_id(first_id_at(IdPrefix.EVENT, before), IdPrefix.EVENT)


def test_it_holds_far_from_now_as_well() -> None:
    instants = [datetime(year, 1, 1, tzinfo=UTC) for year in (1970, 2026, 2027, 2199, 9000)]
    ids = [first_id_at(IdPrefix.INVOICE, at) for at in instants]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)
