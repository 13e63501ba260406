"""Rows made and changed quickly are the rows that the dataclass itself makes."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from typing import Any

import pytest

from app.db import ledger_rows, rows
from app.db.records import changed, field_names, maker, values_of

ROWS = [kind for place in (rows, ledger_rows) for name, kind in vars(place).items() if name.endswith("Row")]


@pytest.mark.parametrize("kind", ROWS, ids=lambda kind: kind.__name__)
def test_a_row_is_the_same_however_it_is_made(kind: Any) -> None:
    values = {name: f"{name}'s value" for name in field_names(kind)}
    row = kind(**values)
    assert maker(kind)(values.values()) == row
    assert values_of(row) == tuple(values.values())
    first = field_names(kind)[0]
    assert changed(row, **{first: 1}) == dataclasses.replace(row, **{first: 1})
    assert row == kind(**values)
    # What fills slots directly leaves nothing out: no defaults, and nothing is checked or derived.
    assert all(field.default is dataclasses.MISSING for field in dataclasses.fields(kind))
    assert not hasattr(kind, "__post_init__")


def test_a_wrong_number_of_values_makes_no_row() -> None:
    with pytest.raises(ValueError, match="values to unpack"):
        maker(rows.SeriesRow)(["too few"])
    account = rows.AccountRow(id="a", name="b", created_at=datetime(2026, 3, 10, tzinfo=UTC), contact_email=None)
    with pytest.raises(KeyError):
        changed(account, nothing=1)
