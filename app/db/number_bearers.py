"""Documents that bear numbers which another series would give as well: what a changed format must not repeat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.db.series_keys import SeriesKey
from app.db.tables import TABLES, decode_value
from app.db.transaction import Session
from app.domain import numbering
from app.domain.scope import Scope


@dataclass(frozen=True, slots=True)
class Bearer:
    """A document that bears a number which a series would give: the number, its date, and the counter in it."""

    number: str
    issue_date: date
    counter: int


async def bearers(scope: Scope, session: Session, keys: Sequence[SeriesKey]) -> dict[SeriesKey, Bearer]:
    """By series, the document with the highest counter among those outside it whose numbers it would give as well.

    Series without one are left out. One statement on PostgreSQL; asked only when a series is made or a format chosen.
    """
    wanted = [(str(place), key, str(kind)) for place, key in enumerate(keys) for kind in (key.types or (key.type,))]
    rows = [_wanted(place, key, kind) for place, key, kind in wanted]
    records: list[Mapping[str, Any]] = []
    if session.dialect == "postgres":
        columns = [list(column) for column in zip(*rows, strict=True)]
        arrays = ", ".join(f"${number}::text[]" for number in range(2, 2 + len(_COLUMNS)))
        sql = f"SELECT found.* FROM unnest({arrays}) AS wanted({', '.join(_COLUMNS)}) CROSS JOIN LATERAL ({_BEARER})"
        records += await session.fetch(f"{sql} AS found", scope.platform_id, *columns)
    else:
        given = ", ".join(f"${number} AS {name}" for number, name in enumerate(_COLUMNS, 2))
        for row in rows:
            sql = _BEARER.replace("FROM invoice WHERE", f"FROM (SELECT {given}) AS wanted, invoice WHERE", 1)
            records += await session.fetch(sql, scope.platform_id, *row)
    found: dict[SeriesKey, Bearer] = {}
    column = TABLES["invoice"].columns["issue_date"]
    for record in records:
        key, counter = keys[int(record["place"])], int(record["counter"])
        if key not in found or counter > found[key].counter:
            issue_date = decode_value(column, record["issue_date"], session.dialect)
            found[key] = Bearer(record["number"], issue_date, counter)
    return found


def _wanted(place: str, key: SeriesKey, kind: str) -> tuple[str, ...]:
    before, after = numbering.parse(key.pattern).affixes(key.period)
    least = str(len(before) + len(after) + 1)
    most = str(len(before) + len(after) + len(str(numbering.MAX_COUNTER)))
    # The last of all characters: what begins with `before` lies between the two.
    return place, key.entity_id, kind, before, before + "\U0010ffff", after, least, most, str(key.type), key.pattern


_COLUMNS: Final = (
    "place",
    "entity_id",
    "kind",
    "before",
    "beyond",
    "after",
    "least",
    "most",
    "type",
    "pattern",
)
_DIGITS: Final = (
    "substr(invoice.number, length(wanted.before) + 1,"
    " length(invoice.number) - length(wanted.before) - length(wanted.after))"
)
# Numbers that are the prefix, digits and the suffix: longer digits are higher counters, and of equal length they sort
# as text. No counter reaches beyond MAX_COUNTER, so longer ones are never met. Two periods of one pattern never meet.
_BEARER: Final = (
    f"SELECT wanted.place AS place, invoice.number AS number, invoice.issue_date AS issue_date, {_DIGITS} AS counter"
    " FROM invoice WHERE invoice.platform_id = $1 AND invoice.entity_id = wanted.entity_id"
    " AND invoice.type = wanted.kind AND invoice.number > wanted.before AND invoice.number < wanted.beyond"
    " AND length(invoice.number) BETWEEN CAST(wanted.least AS INTEGER) AND CAST(wanted.most AS INTEGER)"
    " AND substr(invoice.number, length(invoice.number) - length(wanted.after) + 1) = wanted.after"
    f" AND ltrim({_DIGITS}, '0123456789') = ''"
    " AND EXISTS (SELECT 1 FROM series WHERE series.platform_id = $1 AND series.id = invoice.series_id"
    " AND NOT (series.type = wanted.type AND series.pattern = wanted.pattern))"
    # Most sellers never had another format: then no document is looked at.
    " AND EXISTS (SELECT 1 FROM series WHERE series.platform_id = $1 AND series.entity_id = wanted.entity_id"
    " AND NOT (series.type = wanted.type AND series.pattern = wanted.pattern))"
    " ORDER BY length(invoice.number) DESC, invoice.number DESC LIMIT 1"
)
