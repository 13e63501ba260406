"""Number formats as sellers choose them: checked against the law, against one another, and against used numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from app.db import sequences
from app.db.aggregates import SERIES
from app.db.number_bearers import Bearer, bearers
from app.db.rows import EntityRow
from app.db.series_keys import SeriesKey
from app.db.where import All, Eq
from app.domain import numbering, numbering_law
from app.domain.documents.model import InvoiceType
from app.domain.errors import InvalidInput
from app.domain.numbering_law import Severity
from app.services.inputs import NumberFormatInput
from app.services.issuing import series_key
from app.services.once import Work

# Series of one format: its periods. A seller with more has changed it monthly for centuries.
_MOST_PERIODS: Final = 5_000


def columns_of(values: Sequence[NumberFormatInput]) -> dict[str, Any]:
    """The formats by type. Raises InvalidInput naming the one that is no pattern, or a type that has two."""
    formats: dict[str, str] = {}
    for i, value in enumerate(values):
        if value.type in formats:
            raise InvalidInput(f"{value.type} has two formats", field=("numberFormats", i, "type"))
        try:
            numbering.parse(value.pattern)
        except InvalidInput as error:
            raise InvalidInput(error.message, field=("numberFormats", i, "pattern")) from None
        formats[value.type] = value.pattern
    return {"number_formats": formats}


def check_law(row: EntityRow) -> None:
    """Raises InvalidInput for a format that the law of the seller's country does not allow."""
    for name, pattern in row.number_formats.items():
        kind = InvoiceType(name)
        for finding in numbering_law.findings(numbering.parse(pattern), row.country, type_=kind):
            if finding.severity is Severity.ERROR:
                raise InvalidInput(f"{finding.message} ({finding.rule})", field=("numberFormats", kind.value))
    for finding in numbering_law.findings_together(row.number_formats, row.country):
        if finding.severity is Severity.ERROR:
            raise InvalidInput(f"{finding.message} ({finding.rule})", field=("numberFormats",))


async def check_used(work: Work, before: EntityRow, after: EntityRow) -> None:
    """Raises InvalidInput when the series that a changed format or country leads back to would come to numbers that
    another format has used since. A series that such a format opens begins after them.

    No statement where the series stay the same.
    """
    today = numbering.local_issue_date(work.now, after.time_zone)
    met_now: list[SeriesKey] = []
    for kind in InvoiceType:
        key = series_key(after, kind, today)
        old = series_key(before, kind, today)
        if key.type is not kind or (key.type, key.pattern, key.types) == (old.type, old.pattern, old.types):
            continue
        where = All((Eq("entity_id", after.id), Eq("type", key.type), Eq("pattern", key.pattern)))
        rows = await SERIES.list(work.scope, work.session, where, limit=_MOST_PERIODS)
        last = {SeriesKey(row.entity_id, row.type, row.pattern, row.period, key.types): row for row in rows}
        found = await bearers(work.scope, work.session, list({**last, key: None}))
        for met, bearer in found.items():
            # One that has no document yet begins after them when it gets its first.
            row = last.get(met)
            if row is not None and row.start_number < row.last_number < bearer.counter:
                raise InvalidInput(already_used(key.pattern, bearer), field=("numberFormats", kind.value))
        if key in found:
            met_now.append(key)
    if met_now:
        # They begin after those at once, so that whoever asks for the next number is told the right one. All together,
        # since series are locked in the order of their keys.
        await sequences.lock_series(work.scope, work.session, met_now, work.now)


def already_used(pattern: str, bearer: Bearer) -> str:
    """Why a format cannot be gone back to."""
    dated = "" if bearer.issue_date is None else f" of {bearer.issue_date}"
    message = f"{pattern} would give {bearer.number} again, which a document{dated} bears in another format"
    return f"{message}; choose a format that differs"
