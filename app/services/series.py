"""Numbering series that begin elsewhere: at a number that another system used before, or registered with an authority.

Lock order: the seller, then its series; finalizing locks no seller, so the two never wait for each other in a circle.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.db import sequences
from app.db.aggregates import ENTITIES, SERIES
from app.db.rows import EntityRow, SeriesRow
from app.db.series_keys import SeriesKey
from app.db.where import All, Eq
from app.domain import events, numbering, numbering_law
from app.domain.documents.model import InvoiceType
from app.domain.errors import AlreadyExists, InvalidInput, InvalidState, NotFound
from app.domain.history import AuditAction, AuditSubject
from app.domain.numbering import Reading
from app.domain.parties import EntityStatus
from app.domain.scope import Permission, Scope
from app.services.context import ServiceContext
from app.services.issuing import last_number_of, series_key
from app.services.once import Work, once

# The Portuguese authority's codes have 8 letters and digits or more (Portaria 195/2020 art. 3).
_CODE: Final = re.compile(r"[A-Z0-9]{8,20}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesStartInput:
    """Where a seller's numbers go on: the next number, and the date of the last document before it."""

    entity_id: str
    next_number: str
    type: InvoiceType = InvoiceType.STANDARD
    last_issue_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRegisterInput:
    """A series that was communicated to the tax authority: its first number, and the code that came back."""

    entity_id: str
    validation_code: str
    type: InvoiceType = InvoiceType.STANDARD
    first_number: str | None = None


async def start(ctx: ServiceContext, scope: Scope, given: SeriesStartInput, *, key: str | None) -> SeriesRow:
    """Lets a series that has no document go on after numbers that were used elsewhere; it can be raised only.

    The number tells the series: it is one of the format in use. Raises InvalidInput for a number that is none, that
    lies before what is used, or that the country's law does not allow; InvalidState once the series has a document,
    since the numbers left out would be a gap.
    """
    scope.require(Permission.ENTITIES_WRITE)

    async def body(work: Work) -> str:
        entity = await _seller(work, given.entity_id)
        row, reading = await _named(work, entity, given.type, given.next_number, "nextNumber")
        if _used(row):
            message = f"the series has documents up to {last_number_of(row)}: what is left out would be a gap"
            raise InvalidState(f"{message}; a changed number format opens a new series", field=("nextNumber",))
        _check_raised(row, reading, "nextNumber")
        last_issue_date = _last_issue_date(work, entity, row, given.last_issue_date)
        await _begin(work, row, reading, last_issue_date=last_issue_date)
        work.emit(events.SeriesStarted(**_told(row), next_number=given.next_number), entity.id)
        _record(work, entity, row, "firstCounter", row.start_number + 1, reading.counter)
        return row.id

    return await _after(ctx, scope, await once(ctx, scope, "seriesStart", key, given, body))


async def register(ctx: ServiceContext, scope: Scope, given: SeriesRegisterInput, *, key: str | None) -> SeriesRow:
    """States the authority's code of a series, which its documents bear as `code-n` (ATCUD, Portaria 195/2020).

    It is stated once: documents bear it for ever. Raises InvalidState where the seller's country registers no series
    and for a series that has another code, InvalidInput for a code or a first number that is none, AlreadyExists when
    another series has the code.
    """
    scope.require(Permission.ENTITIES_WRITE)

    async def body(work: Work) -> str:
        entity = await _seller(work, given.entity_id)
        if entity.country not in numbering_law.REGISTERING or given.type not in numbering_law.TAX_DOCUMENTS:
            raise InvalidState(f"{given.type} documents of sellers in {entity.country} need no registered series")
        if not _CODE.fullmatch(given.validation_code):
            raise InvalidInput("must be 8 to 20 capital letters and digits", field=("validationCode",))
        row, reading = await _named(work, entity, given.type, given.first_number, "firstNumber")
        if row.validation_code is not None and _used(row):
            raise InvalidState(f"the series has documents with the code {row.validation_code}; it stays")
        if given.first_number is not None and reading.counter != row.start_number + 1:
            if _used(row):
                raise InvalidState(f"the series has documents up to {last_number_of(row)}", field=("firstNumber",))
            _check_raised(row, reading, "firstNumber")
        await _check_code_free(work, row, given.validation_code)
        await _begin(work, row, reading, validation_code=given.validation_code)
        told = events.SeriesRegistered(**_told(row), validation_code=given.validation_code)
        work.emit(told, entity.id)
        _record(work, entity, row, "validationCode", row.validation_code, given.validation_code)
        return row.id

    return await _after(ctx, scope, await once(ctx, scope, "seriesRegister", key, given, body))


async def _seller(work: Work, entity_id: str) -> EntityRow:
    """The seller, locked, so that its formats stay what they are."""
    row = await ENTITIES.get(work.scope, work.session, entity_id, lock=True)
    if row is None:
        raise NotFound("no such entity", field=("entityId",))
    if row.status is EntityStatus.ARCHIVED:
        raise InvalidState("an archived entity cannot be changed", field=("entityId",))
    return row


async def _named(
    work: Work, entity: EntityRow, type_: InvoiceType, number: str | None, field: str
) -> tuple[SeriesRow, Reading]:
    """The series of the format in use that a number belongs to, or today's, locked; and what the number says."""
    today = numbering.local_issue_date(work.now, entity.time_zone)
    key = series_key(entity, type_, today)
    if number is not None:
        reading = _read(key.pattern, number, field)
        key = series_key(entity, type_, numbering.day_of(reading.period))
        _check_form(entity, key, number, field)
    rows = await sequences.lock_series(work.scope, work.session, [key], work.now)
    row = rows[key]
    return row, reading if number is not None else Reading(row.start_number + 1, row.period)


def _read(pattern: str, number: str, field: str) -> Reading:
    try:
        return numbering.parse(pattern).read(number)
    except InvalidInput as error:
        raise InvalidInput(error.message, field=(field,)) from None


def _check_form(entity: EntityRow, key: SeriesKey, number: str, field: str) -> None:
    found = numbering_law.finding_of_number(number, entity.country, key.type)
    if found is not None:
        raise InvalidInput(f"{found.message} ({found.source})", field=(field,))


def _used(row: SeriesRow) -> bool:
    return row.last_number > row.start_number


def _check_raised(row: SeriesRow, reading: Reading, field: str) -> None:
    if reading.counter <= row.last_number:
        last = last_number_of(row)
        raise InvalidInput(f"can only be raised: numbers up to {last} count as used", field=(field,))


def _last_issue_date(work: Work, entity: EntityRow, row: SeriesRow, given: date | None) -> date | None:
    """The date before which no document of the series may lie."""
    if given is None:
        return row.last_issue_date
    field = ("lastIssueDate",)
    if given > numbering.local_issue_date(work.now, entity.time_zone):
        raise InvalidInput(f"{given} lies in the future", field=field)
    if numbering.period_of(row.pattern, given) != row.period:
        raise InvalidInput(f"{given} does not lie in {row.period}, as the number does", field=field)
    if row.last_issue_date is not None and given < row.last_issue_date:
        raise InvalidInput(f"lies before {row.last_issue_date}, which was stated before", field=field)
    return given


async def _begin(work: Work, row: SeriesRow, reading: Reading, **columns: object) -> None:
    if not _used(row):
        columns |= {"start_number": reading.counter - 1, "last_number": reading.counter - 1}
    await SERIES.change(work.scope, work.session, row.id, columns)


async def _check_code_free(work: Work, row: SeriesRow, code: str) -> None:
    where = All((Eq("entity_id", row.entity_id), Eq("validation_code", code)))
    for other in await SERIES.list(work.scope, work.session, where, limit=1):
        if other.id != row.id:
            message = f"the series {other.pattern} {other.period}".rstrip() + " has this code"
            raise AlreadyExists(message, field=("validationCode",))


def _told(row: SeriesRow) -> dict[str, str]:
    return {
        "id": row.id,
        "entity_id": row.entity_id,
        "document_type": row.type.value,
        "pattern": row.pattern,
        "period": row.period,
    }


async def _after(ctx: ServiceContext, scope: Scope, done: tuple[str, bool]) -> SeriesRow:
    async with ctx.database.read(scope) as session:
        row = await SERIES.get(scope, session, done[0])
    if row is None:
        raise NotFound("no such series", field=("id",))
    return row


def _record(
    work: Work, entity: EntityRow, row: SeriesRow, what: str, before: str | int | None, after: str | int | None
) -> None:
    """Tells the seller's history of what was stated of one of its series."""
    name = f"series.{row.type}.{row.period or 'all'}.{what}"
    work.audit(AuditSubject.ENTITY, entity, entity, action=AuditAction.UPDATED, further=({name: before}, {name: after}))
