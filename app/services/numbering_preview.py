"""What numbers a format would give a seller's documents, and what stands against it, before anything is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.db.aggregates import ENTITIES, SERIES
from app.db.number_bearers import Bearer, bearers
from app.db.records import changed
from app.db.rows import EntityRow, SeriesRow
from app.db.series_keys import SeriesKey
from app.db.transaction import Session
from app.db.where import All, Eq
from app.domain import numbering, numbering_law
from app.domain.compliance.model import Finding
from app.domain.documents.model import InvoiceType
from app.domain.errors import InvalidInput, NotFound
from app.domain.numbering import NumberingReset
from app.domain.numbering_countries import EU
from app.domain.numbering_law import Severity
from app.domain.scope import Permission, Scope
from app.services.context import ServiceContext
from app.services.issuing import last_number_of, series_key
from app.services.number_formats import already_used
from app.services.readiness import numbering_finding

_PORTUGAL = "Portaria 195/2020; DL 28/2019 art. 35"


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberingPreviewInput:
    """Which seller's documents of which type; the format in use, and today, unless told."""

    entity_id: str
    type: InvoiceType = InvoiceType.STANDARD
    pattern: str | None = None
    issue_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberingPreview:
    """The series that would number the documents: `series` as it is, or None while it is to be opened; then it begins
    with the first of `next_numbers`, of which there are none for what is no pattern.
    """

    type: InvoiceType
    pattern: str
    issue_date: date
    period: str = ""
    reset: NumberingReset | None = None
    series: SeriesRow | None = None
    last_number: str | None = None
    next_numbers: Sequence[str] = ()
    findings: Sequence[Finding] = ()


async def preview(ctx: ServiceContext, scope: Scope, given: NumberingPreviewInput) -> NumberingPreview:
    """Looks, and stores nothing. Raises NotFound when there is no such seller."""
    scope.require(Permission.ENTITIES_READ)
    async with ctx.database.read(scope) as session:
        entity = await ENTITIES.get(scope, session, given.entity_id)
        if entity is None:
            raise NotFound("no such entity", field=("entityId",))
        issue_date = given.issue_date or numbering.local_issue_date(ctx.clock(), entity.time_zone)
        kind = numbering_law.series_type(entity.country, given.type)
        pattern = given.pattern or numbering_law.pattern_of(entity.number_formats, entity.country, given.type)
        try:
            parsed = numbering.parse(pattern)
        except InvalidInput as error:
            stop = Finding(
                rule="NUM-FORM",
                severity=Severity.ERROR,
                message=f"the pattern {error.message}",
                field=("pattern",),
                source=EU.source,
            )
            return NumberingPreview(type=kind, pattern=pattern, issue_date=issue_date, findings=[stop])
        asked = changed(entity, number_formats={**entity.number_formats, kind.value: pattern})
        key = series_key(asked, given.type, issue_date)
        found = _of_law(asked, kind, pattern, issue_date)
        row = await _series(scope, session, key)
        bearer = (await bearers(scope, session, [key])).get(key)
        before = await _series(scope, session, series_key(entity, given.type, issue_date))
    used = row.last_number if row else 0
    if bearer is not None and (row is None or row.last_number == row.start_number):
        # A series without a document begins after what another format has given.
        used = max(used, bearer.counter)
    numbers = () if any(one.rule == "NUM-ROOM" for one in found) else parsed.next_numbers(used, issue_date)
    found += _of_use(row, bearer, pattern, issue_date)
    found += _of_registration(asked, given.type, row)
    if before is not None and numbers and before.pattern != pattern and last_number_of(before):
        found.append(_new_series(before, row, pattern, numbers[0]))
    return NumberingPreview(
        type=kind,
        pattern=pattern,
        issue_date=issue_date,
        period=key.period,
        reset=parsed.reset,
        series=row,
        last_number=last_number_of(row) if row else None,
        next_numbers=numbers,
        findings=found,
    )


async def _series(scope: Scope, session: Session, key: SeriesKey) -> SeriesRow | None:
    named = {"entity_id": key.entity_id, "type": key.type, "pattern": key.pattern, "period": key.period}
    rows = await SERIES.list(scope, session, All(tuple(Eq(name, value) for name, value in named.items())), limit=1)
    return rows[0] if rows else None


def _of_law(asked: EntityRow, kind: InvoiceType, pattern: str, issue_date: date) -> list[Finding]:
    law = numbering_law.findings(numbering.parse(pattern), asked.country, type_=kind, on=issue_date)
    together = numbering_law.findings_together(asked.number_formats, asked.country)
    return [numbering_finding(one, "pattern") for one in (*law, *together)]


def _of_use(row: SeriesRow | None, bearer: Bearer | None, pattern: str, issue_date: date) -> list[Finding]:
    """What numbers and dates that are used already mean for the next document."""
    found = []
    if bearer is not None and (row is None or row.last_number == row.start_number):
        message = f"{bearer.number} has this form already: the new series begins after it"
        found.append(_finding("NUM-USED", Severity.WARNING, message, "pattern"))
    elif bearer is not None and row is not None and bearer.counter > row.last_number:
        found.append(_finding("NUM-USED", Severity.ERROR, already_used(pattern, bearer), "pattern"))
    if row is not None and row.last_issue_date is not None and issue_date < row.last_issue_date:
        message = f"the last document of the series, {last_number_of(row)}, is of {row.last_issue_date}"
        found.append(_finding("NUM-DATE", Severity.ERROR, message, "issueDate"))
    return found


def _of_registration(entity: EntityRow, type_: InvoiceType, row: SeriesRow | None) -> list[Finding]:
    if entity.country not in numbering_law.REGISTERING or type_ not in numbering_law.TAX_DOCUMENTS:
        return []
    if row is not None and row.validation_code is not None:
        return []
    return [
        Finding(
            rule="NUM-REGISTERED",
            severity=Severity.ERROR,
            message="the series has no validation code of the tax authority; its documents cannot be finalized",
            field=("pattern",),
            fix="State the code with seriesRegister.",
            source=_PORTUGAL,
        )
    ]


def _new_series(before: SeriesRow, row: SeriesRow | None, pattern: str, first: str) -> Finding:
    """That a changed format leaves one series and opens, or goes on with, another."""
    ends = f"{before.pattern} ends at {last_number_of(before)}"
    if before.last_issue_date is not None:
        ends += f" of {before.last_issue_date}"
    goes = "begins at" if row is None else "goes on with"
    return _finding("NUM-NEW-SERIES", Severity.INFO, f"{ends}; {pattern} {goes} {first}", "pattern")


def _finding(rule: str, severity: Severity, message: str, field: str) -> Finding:
    return Finding(rule=rule, severity=severity, message=message, field=(field,), source=EU.source)
