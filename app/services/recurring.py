"""Invoices that recur: made, changed from the next occurrence on, paused, resumed and ended."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Final

from app.db.aggregates import CUSTOMERS, OCCURRENCES, RECURRING
from app.db.recurring_rows import RecurringRow
from app.db.rows import CustomerRow, EntityRow
from app.db.where import All, Eq
from app.domain import numbering, recurring_events
from app.domain.errors import InvalidInput, InvalidState, NotFound, VersionConflict
from app.domain.identity import IdPrefix, new_id
from app.domain.recurrence import (
    MAX_OCCURRENCES,
    OccurrenceStatus,
    Recurrence,
    RecurringAction,
    RecurringStatus,
    check_recurrence,
    instant_of,
)
from app.domain.recurring_events import RecurringInvoiceEvent
from app.domain.scope import Permission, Scope
from app.services import checks, drafts, eu_sales
from app.services.context import ServiceContext
from app.services.customers import entity_for
from app.services.inputs import UNSET
from app.services.invoice_rows import DraftContent
from app.services.once import Work, once
from app.services.recurring_content import content_from_json, content_on, content_to_json
from app.services.recurring_inputs import RecurringInput, ScheduleInput

_SCHEDULE: Final = ("unit", "every", "starts_on", "day_of_month", "minute_of_day", "ends_on", "max_occurrences")


async def create(ctx: ServiceContext, scope: Scope, given: RecurringInput, *, key: str | None) -> RecurringRow:
    """Makes an invoice recur. What it says is checked and priced as a draft's; items are copied now.

    Raises InvalidInput naming the field, NotFound, TaxUndetermined.
    """
    scope.require(Permission.INVOICES_WRITE)

    async def body(work: Work) -> str:
        action = RecurringAction.DRAFT if given.action is UNSET else given.action
        _require_action(scope, action)
        if given.schedule is UNSET:
            raise InvalidInput("is required", field=("schedule",))
        entity, customer, content = await drafts.content_from_lines(work, given.content)
        await _check_content(work, entity, customer, content)
        columns = _schedule_columns(given.schedule, earliest=_today(work, entity))
        row = RecurringRow(
            platform_id=scope.platform_id,
            id=new_id(IdPrefix.RECURRING),
            entity_id=entity.id,
            customer_id=customer.id,
            name=None if given.name is UNSET else checks.optional_text(given.name, ("name",), 200),
            content=content_to_json(content),
            action=action,
            status=RecurringStatus.ACTIVE,
            next_index=0,
            last_on=None,
            occurrences=0,
            next_run_at=None,
            version=1,
            created_at=work.now,
            created_by=work.actor,
            updated_at=work.now,
            **columns,
        )
        row = replace(row, **upcoming(row, entity))
        await RECURRING.insert(scope, work.session, [row])
        work.emit(recurring_event(recurring_events.RecurringInvoiceCreated, row), row.entity_id)
        return row.id

    return await _after(ctx, scope, await once(ctx, scope, "recurringInvoiceCreate", key, given, body))


async def update(
    ctx: ServiceContext,
    scope: Scope,
    recurring_id: str,
    given: RecurringInput,
    *,
    expected_version: int | None,
    key: str | None,
) -> RecurringRow:
    """Changes what is given, from the next occurrence on.

    A new schedule counts from today; it raises InvalidState while an occurrence of the old one is due and not made.
    """

    async def change(work: Work, row: RecurringRow) -> None:
        if expected_version is not None and expected_version != row.version:
            raise VersionConflict(
                f"the recurring invoice is at version {row.version}; read it again", field=("expectedVersion",)
            )
        if row.status is RecurringStatus.ENDED:
            raise InvalidState("this recurring invoice has ended; make a new one", field=("id",))
        action = row.action if given.action is UNSET else given.action
        _require_action(scope, action)
        entity, customer = await parties(work, row)
        if given.content.customer_id is not UNSET:
            found = await CUSTOMERS.get(scope, work.session, given.content.customer_id)
            if found is None or found.entity_id != row.entity_id:
                raise NotFound("no such customer of this entity", field=("customerId",))
            customer = found
        content = await drafts.changed_content(work, row.entity_id, content_from_json(row.content), given.content)
        await _check_content(work, entity, customer, content)
        columns: dict[str, Any] = {
            "customer_id": customer.id,
            "content": content_to_json(content),
            "action": action,
            "name": row.name if given.name is UNSET else checks.optional_text(given.name, ("name",), 200),
        }
        if given.schedule is not UNSET:
            columns |= _rescheduled(work, row, entity, given.schedule)
        changed = replace(row, **columns)
        if changed.status is RecurringStatus.ACTIVE:
            # An occurrence that is being retried is tried at once: what was wrong may have been put right.
            columns |= upcoming(changed, entity)
        await _store(work, row, columns, recurring_events.RecurringInvoiceUpdated)

    fingerprint = (recurring_id, given, expected_version)
    return await _on(ctx, scope, "recurringInvoiceUpdate", recurring_id, key, fingerprint, change)


async def pause(ctx: ServiceContext, scope: Scope, recurring_id: str, *, key: str | None) -> RecurringRow:
    """Makes no invoices from now on; what was due and is not made yet is skipped."""

    async def change(work: Work, row: RecurringRow) -> None:
        if row.status is RecurringStatus.ENDED:
            raise InvalidState("this recurring invoice has ended", field=("id",))
        if row.status is RecurringStatus.ACTIVE:
            await _skip_retries(work, row)
            columns = {"status": RecurringStatus.PAUSED, "next_run_at": None}
            await _store(work, row, columns, recurring_events.RecurringInvoicePaused)

    return await _on(ctx, scope, "recurringInvoicePause", recurring_id, key, recurring_id, change)


async def resume(ctx: ServiceContext, scope: Scope, recurring_id: str, *, key: str | None) -> RecurringRow:
    """Makes invoices again, from the first occurrence that is not over yet; those of the pause are not made up for.

    Where none is left, it ends.
    """

    async def change(work: Work, row: RecurringRow) -> None:
        if row.status is RecurringStatus.ENDED:
            raise InvalidState("this recurring invoice has ended; make a new one", field=("id",))
        if row.status is RecurringStatus.ACTIVE:
            return
        entity = await entity_for(work, row.entity_id)
        index = _first_ahead(row, entity, work.now)
        columns: dict[str, Any] = {"status": RecurringStatus.ACTIVE, "next_index": index}
        columns |= upcoming(replace(row, **columns), entity)
        await _store(work, row, columns, recurring_events.RecurringInvoiceResumed)

    return await _on(ctx, scope, "recurringInvoiceResume", recurring_id, key, recurring_id, change)


async def end(ctx: ServiceContext, scope: Scope, recurring_id: str, *, key: str | None) -> RecurringRow:
    """Ends it for good; its invoices stay as they are."""

    async def change(work: Work, row: RecurringRow) -> None:
        if row.status is not RecurringStatus.ENDED:
            await _skip_retries(work, row)
            columns = {"status": RecurringStatus.ENDED, "next_run_at": None}
            await _store(work, row, columns, recurring_events.RecurringInvoiceEnded)

    return await _on(ctx, scope, "recurringInvoiceEnd", recurring_id, key, recurring_id, change)


async def _on(
    ctx: ServiceContext,
    scope: Scope,
    operation: str,
    recurring_id: str,
    key: str | None,
    fingerprint: object,
    change: Callable[[Work, RecurringRow], Awaitable[None]],
) -> RecurringRow:
    scope.require(Permission.INVOICES_WRITE)

    async def body(work: Work) -> str:
        row = await RECURRING.get(scope, work.session, recurring_id, lock=True)
        if row is None:
            raise NotFound("no such recurring invoice", field=("id",))
        await change(work, row)
        return row.id

    return await _after(ctx, scope, await once(ctx, scope, operation, key, fingerprint, body))


async def _after(ctx: ServiceContext, scope: Scope, done: tuple[str, bool]) -> RecurringRow:
    async with ctx.database.read(scope) as session:
        row = await RECURRING.get(scope, session, done[0])
    if row is None:
        raise NotFound("no such recurring invoice", field=("id",))
    return row


async def _store(work: Work, row: RecurringRow, columns: Mapping[str, Any], kind: type[RecurringInvoiceEvent]) -> None:
    changes = {**columns, "version": row.version + 1, "updated_at": work.now}
    await RECURRING.change(work.scope, work.session, row.id, changes, version=row.version)
    changed = replace(row, **changes)
    work.emit(recurring_event(kind, changed), row.entity_id)
    if changed.status is RecurringStatus.ENDED and kind is not recurring_events.RecurringInvoiceEnded:
        # No occurrence was left.
        work.emit(recurring_event(recurring_events.RecurringInvoiceEnded, changed), row.entity_id)


async def _skip_retries(work: Work, row: RecurringRow) -> None:
    """Marks the occurrence that is being retried, if there is one, as skipped."""
    where = All(
        (
            Eq("entity_id", row.entity_id),
            Eq("recurring_id", row.id),
            Eq("status", OccurrenceStatus.RETRYING),
        )
    )
    for occurrence in await OCCURRENCES.list(work.scope, work.session, where, limit=1):
        changes = {"status": OccurrenceStatus.SKIPPED, "updated_at": work.now}
        await OCCURRENCES.change(work.scope, work.session, occurrence.id, changes)


async def parties(work: Work, row: RecurringRow) -> tuple[EntityRow, CustomerRow]:
    """The seller and the buyer as they are now. Raises InvalidState for an archived seller."""
    entity = await entity_for(work, row.entity_id)
    customers = await CUSTOMERS.by_ids(work.scope, work.session, [row.customer_id])
    return entity, customers[row.customer_id]


def recurrence_of(row: RecurringRow) -> Recurrence:
    """The dates of a recurring invoice."""
    return Recurrence(
        unit=row.unit, every=row.every, starts_on=row.starts_on, day_of_month=row.day_of_month, ends_on=row.ends_on
    )


def next_dates(row: RecurringRow, count: int) -> list[date]:
    """The dates of the next occurrences, at most `count`; none unless it is ACTIVE."""
    if row.status is not RecurringStatus.ACTIVE:
        return []
    if row.max_occurrences is not None:
        count = min(count, row.max_occurrences - row.occurrences)
    recurrence = recurrence_of(row)
    found = (recurrence.date_of(row.next_index + n) for n in range(count))
    return [day for day in found if day is not None]


def occurs_at(row: RecurringRow, day: date, entity: EntityRow) -> datetime:
    """The instant at which the occurrence of a date is due."""
    return instant_of(day, time(*divmod(row.minute_of_day, 60)), entity.time_zone)


def upcoming(row: RecurringRow, entity: EntityRow) -> dict[str, Any]:
    """The columns that follow from the number of the next occurrence: when it is due, or that all is over."""
    days = next_dates(row, 1)
    if not days:
        return {"status": RecurringStatus.ENDED, "next_run_at": None}
    return {"status": RecurringStatus.ACTIVE, "next_run_at": occurs_at(row, days[0], entity)}


def _first_ahead(row: RecurringRow, entity: EntityRow, now: datetime) -> int:
    """The number of the first occurrence after the last one that is not over yet."""
    recurrence = recurrence_of(row)
    index = recurrence.first_from(numbering.local_issue_date(now, entity.time_zone))
    while (day := recurrence.date_of(index)) is not None and (
        occurs_at(row, day, entity) < now or (row.last_on is not None and day <= row.last_on)
    ):
        index += 1
    return index


def _require_action(scope: Scope, action: RecurringAction) -> None:
    if action is not RecurringAction.DRAFT:
        scope.require(Permission.INVOICES_FINALIZE)


def _today(work: Work, entity: EntityRow) -> date:
    return numbering.local_issue_date(work.now, entity.time_zone)


async def _check_content(work: Work, entity: EntityRow, customer: CustomerRow, content: DraftContent) -> None:
    """Raises what making an invoice of it today would raise."""
    today = _today(work, entity)
    await eu_sales.price(work, entity, customer, content_on(content, today, customer.locale or entity.locale), today)


def _schedule_columns(given: ScheduleInput, *, earliest: date | None) -> dict[str, Any]:
    """The checked columns of a schedule, which may not start before `earliest`."""
    try:
        if earliest is not None and given.starts_on < earliest:
            raise InvalidInput(f"must not lie in the past; today is {earliest}", field=("startsOn",))
        check_recurrence(
            Recurrence(
                unit=given.unit,
                every=given.every,
                starts_on=given.starts_on,
                day_of_month=given.day_of_month,
                ends_on=given.ends_on,
            )
        )
        if given.max_occurrences is not None:
            if given.ends_on is not None:
                raise InvalidInput("give either endsOn or maxOccurrences", field=("maxOccurrences",))
            checks.between(given.max_occurrences, 1, MAX_OCCURRENCES, ("maxOccurrences",))
        minute = _minute_of(given.time_of_day)
    except InvalidInput as error:
        raise error.under("schedule") from None
    return {
        "unit": given.unit,
        "every": given.every,
        "starts_on": given.starts_on,
        "day_of_month": given.day_of_month,
        "minute_of_day": minute,
        "ends_on": given.ends_on,
        "max_occurrences": given.max_occurrences,
    }


def _minute_of(text: str) -> int:
    try:
        found = datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007  # a time of day, of no zone yet
    except ValueError:
        raise InvalidInput(f"{text!r} is not a time of day such as 06:00", field=("timeOfDay",)) from None
    return found.hour * 60 + found.minute


def _rescheduled(work: Work, row: RecurringRow, entity: EntityRow, given: ScheduleInput) -> dict[str, Any]:
    """The columns of another schedule, whose first occurrence is after the last one and not before today."""
    today = _today(work, entity)
    # The first day may stay in the past, or the end alone could not be changed.
    columns = _schedule_columns(given, earliest=None if given.starts_on == row.starts_on else today)
    if all(getattr(row, name) == columns[name] for name in _SCHEDULE):
        return {}
    waiting = next_dates(row, 1)
    if waiting and occurs_at(row, waiting[0], entity) <= work.now:
        raise InvalidState(
            f"the occurrence of {waiting[0]} is due and not made yet; change the schedule once it is, or pause first",
            field=("schedule",),
        )
    changed = replace(row, **columns)
    if changed.max_occurrences is not None and changed.max_occurrences < row.occurrences:
        raise InvalidInput(f"{row.occurrences} occurrences have been already", field=("schedule", "maxOccurrences"))
    return columns | {"next_index": _first_ahead(changed, entity, work.now)}


def recurring_event(kind: type[RecurringInvoiceEvent], row: RecurringRow, **further: Any) -> RecurringInvoiceEvent:
    """An event about a recurring invoice as it stands, with what that kind tells besides."""
    days = next_dates(row, 1)
    return kind(
        id=row.id,
        entity_id=row.entity_id,
        customer_id=row.customer_id,
        name=row.name,
        action=row.action,
        status=row.status,
        occurrences=row.occurrences,
        next_on=days[0].isoformat() if days else None,
        **further,
    )
