"""Documents that bear numbers which another series would give as well: what a changed format must not repeat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.db.aggregates import SERIES
from app.db.series_keys import SeriesKey
from app.db.tables import TABLES, decode_value
from app.db.transaction import Session
from app.db.where import All, Compare, OneOf
from app.domain import numbering
from app.domain.scope import Scope


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who bears a number that a series would give: a document with its date, or one that another system issued before
    the series began here, whose date may not be known. `counter` is the number's place in the series.
    """

    number: str
    issue_date: date | None
    counter: int


async def bearers(scope: Scope, session: Session, keys: Sequence[SeriesKey]) -> dict[SeriesKey, Bearer]:
    """By series, the bearer with the highest counter among those outside it whose numbers it would give as well.

    Series without one are left out. Two statements on PostgreSQL; asked only while a series has no document and when a
    format is chosen.
    """
    found = await _documents(scope, session, keys)
    for key, bearer in (await _elsewhere(scope, session, keys)).items():
        if key not in found or bearer.counter > found[key].counter:
            found[key] = bearer
    return found


async def _elsewhere(scope: Scope, session: Session, keys: Sequence[SeriesKey]) -> dict[SeriesKey, Bearer]:
    """The last numbers of other systems, after which series of other formats began here."""
    by_seller: dict[str, list[SeriesKey]] = defaultdict(list)
    for key in keys:
        by_seller[key.entity_id].append(key)
    where = All((OneOf("entity_id", sorted(by_seller)), Compare("start_number", ">", 0)))
    found: dict[SeriesKey, Bearer] = {}
    for row in await SERIES.list(scope, session, where, limit=_MOST):
        number = numbering.parse(row.pattern).render(row.start_number, numbering.day_of(row.period))
        for key in by_seller[row.entity_id]:
            if (row.type, row.pattern) == (key.type, key.pattern) or row.type not in (key.types or (key.type,)):
                continue
            counter = numbering.parse(key.pattern).counter_in(number, key.period)
            if counter is not None and (key not in found or counter > found[key].counter):
                found[key] = Bearer(number, None, counter)
    return found


async def _documents(scope: Scope, session: Session, keys: Sequence[SeriesKey]) -> dict[SeriesKey, Bearer]:
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


_MOST: Final = 100_000
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
