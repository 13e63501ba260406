"""An endpoint goes on receiving the shape of payload that it knows."""

from __future__ import annotations

from collections import defaultdict

import pytest

from app.domain.errors import InvalidInput
from app.domain.events import CATALOGUE
from app.domain.webhooks.revisions import (
    API_VERSIONS,
    REVISIONS,
    Revision,
    check_api_version,
    payload_at,
    undone_at,
)

# A history as it may come to be: a field renamed, later another one taken away.
RENAMED = Revision("invoice.paid", 2, "2027-01-01", lambda new: {"id": new["id"], "total": new["grossTotal"], "x": 1})
SHORTER = Revision("invoice.paid", 3, "2027-06-01", lambda new: {**new, "x": 1})
OTHER = Revision("order.created", 2, "2027-01-01", lambda new: new)
HISTORY = (RENAMED, SHORTER, OTHER)


@pytest.mark.parametrize(
    ("pinned", "written", "version", "payload"),
    [
        ("2026-11-25", 3, 1, {"id": "inv_1", "total": "5.00", "x": 1}),
        ("2027-01-01", 3, 2, {"id": "inv_1", "grossTotal": "5.00", "x": 1}),
        ("2027-06-01", 3, 3, {"id": "inv_1", "grossTotal": "5.00"}),
        # What was written before a change stays as it was written.
        ("2027-06-01", 2, 2, {"id": "inv_1", "grossTotal": "5.00"}),
    ],
)
def test_later_changes_are_undone_one_after_the_other(
    pinned: str, written: int, version: int, payload: dict[str, object]
) -> None:
    undone = undone_at(pinned, "invoice.paid", written, HISTORY)
    assert written - len(undone) == version
    assert payload_at({"id": "inv_1", "grossTotal": "5.00"}, undone) == payload


def test_every_version_of_the_catalogue_has_its_way_back() -> None:
    steps: dict[str, list[int]] = defaultdict(list)
    for revision in REVISIONS:
        assert revision.since in API_VERSIONS
        steps[revision.type].append(revision.version)
    assert {kind.type: list(range(2, kind.version + 1)) for kind in CATALOGUE if kind.version > 1} == steps
    assert list(API_VERSIONS) == sorted(API_VERSIONS)


def test_an_unknown_version_is_refused() -> None:
    assert check_api_version(API_VERSIONS[-1]) == API_VERSIONS[-1]
    with pytest.raises(InvalidInput):
        check_api_version("2020-01-01")
