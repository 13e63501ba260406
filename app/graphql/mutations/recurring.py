"""Mutations of recurring invoices."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated, Any

import strawberry
from strawberry import UNSET

from app.db.recurring_rows import RecurringRow
from app.domain.recurrence import RecurrenceUnit, RecurringAction
from app.graphql.context import Info, idempotency_key
from app.graphql.errors import UserError, errors_field, payload
from app.graphql.inputs import EXPECTED_VERSION, IDEMPOTENCY, AllowanceInput, LineInput, ShipToInput, to_service
from app.graphql.scalars import CurrencyCode
from app.graphql.types.recurring import RecurringInvoice
from app.services import inputs, recurring
from app.services.recurring_inputs import RecurringInput

_LINES = "What is billed, 1 to 1,000 lines; {month}, {year} and {date} in their descriptions are filled in."
_NOTE = "A text to the buyer; {month}, {year} and {date} in it are filled in."


@strawberry.input(description="When an invoice recurs. Give one of endsOn and maxOccurrences, or neither.")
class RecurringScheduleInput:
    unit: RecurrenceUnit = strawberry.field(description="What is counted.")
    starts_on: date = strawberry.field(description="The day from which it counts; today or later.")
    every: int = strawberry.field(default=1, description="How many units lie between two occurrences.")
    day_of_month: int | None = strawberry.field(
        default=None,
        description="1 to 31, of MONTH and YEAR: the day, or the month's last where it is shorter. That of the first"
        " day if not told.",
    )
    time_of_day: str = strawberry.field(
        default="06:00", description="When on that day, in the seller's time zone, as HH:MM."
    )
    ends_on: date | None = strawberry.field(default=None, description="The last day on which it may recur.")
    max_occurrences: int | None = strawberry.field(
        default=None, description="After how many it ends, 1 to 10,000; those of a pause are not counted."
    )


@strawberry.input(description="An invoice that is to recur.")
class RecurringInvoiceCreateInput:
    customer_id: strawberry.ID = strawberry.field(description="The buyer.")
    schedule: RecurringScheduleInput = strawberry.field(description="When it recurs.")
    lines: list[LineInput] = strawberry.field(description=_LINES)
    action: RecurringAction | None = strawberry.field(
        default=UNSET, description="What is made of each occurrence; DRAFT if not told."
    )
    name: str | None = strawberry.field(default=UNSET, description="What the seller calls it.")
    entity_id: strawberry.ID | None = strawberry.field(
        default=None, description="The seller; the buyer's own if not told."
    )
    currency: CurrencyCode | None = strawberry.field(default=UNSET, description="The currency; the seller's if none.")
    prices_include_tax: bool | None = strawberry.field(
        default=UNSET, description="Whether the prices are gross; the seller's setting if not told."
    )
    payment_term_days: int | None = strawberry.field(
        default=UNSET, description="Days to pay; the seller's setting of today if not told."
    )
    allowances: list[AllowanceInput] | None = strawberry.field(
        default=UNSET, description="What is taken off the document."
    )
    charges: list[AllowanceInput] | None = strawberry.field(default=UNSET, description="What is put on the document.")
    ship_to: ShipToInput | None = strawberry.field(
        default=UNSET, description="Where the goods go, if not to the buyer's address."
    )
    order_reference: str | None = strawberry.field(default=UNSET, description="The order number on the document.")
    note: str | None = strawberry.field(default=UNSET, description=_NOTE)
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="Changes of a recurring invoice, from its next occurrence on; the rest stays as it is.")
class RecurringInvoiceUpdateInput:
    id: strawberry.ID = strawberry.field(description="The recurring invoice.")
    customer_id: strawberry.ID | None = strawberry.field(default=UNSET, description="The buyer.")
    schedule: RecurringScheduleInput | None = strawberry.field(
        default=UNSET, description="When it recurs, counted from now on; replaced as a whole."
    )
    lines: list[LineInput] | None = strawberry.field(default=UNSET, description=_LINES)
    action: RecurringAction | None = strawberry.field(default=UNSET, description="What is made of each occurrence.")
    name: str | None = strawberry.field(default=UNSET, description="What the seller calls it.")
    currency: CurrencyCode | None = strawberry.field(default=UNSET, description="The currency.")
    prices_include_tax: bool | None = strawberry.field(default=UNSET, description="Whether the prices are gross.")
    payment_term_days: int | None = strawberry.field(default=UNSET, description="Days to pay.")
    allowances: list[AllowanceInput] | None = strawberry.field(
        default=UNSET, description="What is taken off the document; replaces all."
    )
    charges: list[AllowanceInput] | None = strawberry.field(
        default=UNSET, description="What is put on the document; replaces all."
    )
    ship_to: ShipToInput | None = strawberry.field(
        default=UNSET, description="Where the goods go; null for the buyer's address."
    )
    order_reference: str | None = strawberry.field(default=UNSET, description="The order number on the document.")
    note: str | None = strawberry.field(default=UNSET, description=_NOTE)
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="Which recurring invoice.")
class RecurringInvoiceIdInput:
    id: strawberry.ID = strawberry.field(description="The recurring invoice.")
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.type(description="What became of a recurring invoice.")
class RecurringInvoicePayload:
    recurring_invoice: RecurringInvoice | None = strawberry.field(
        default=None, description="The recurring invoice; null when there are errors."
    )
    user_errors: list[UserError] = errors_field()


CreateArgument = Annotated[RecurringInvoiceCreateInput, strawberry.argument(description="What is to recur.")]
UpdateArgument = Annotated[RecurringInvoiceUpdateInput, strawberry.argument(description="The changes.")]
IdArgument = Annotated[RecurringInvoiceIdInput, strawberry.argument(description="Which recurring invoice.")]

_Change = Callable[..., Awaitable[RecurringRow]]


def _given(input: Any) -> RecurringInput:
    return to_service(input, RecurringInput, content=to_service(input, inputs.InvoiceInput))


async def _do(info: Info, change: _Change, input: RecurringInvoiceIdInput) -> RecurringInvoicePayload:
    context = info.context

    async def work() -> RecurringInvoicePayload:
        key = idempotency_key(info, input.idempotency_key)
        row = await change(context.services, context.scope, input.id, key=key)
        return RecurringInvoicePayload(recurring_invoice=RecurringInvoice.of(row))

    return await payload(RecurringInvoicePayload, work)


@strawberry.type
class RecurringMutations:
    @strawberry.mutation(
        description="Makes an invoice recur. It is checked and priced as a draft; items are copied now."
    )
    async def recurring_invoice_create(self, info: Info, input: CreateArgument) -> RecurringInvoicePayload:
        context = info.context

        async def work() -> RecurringInvoicePayload:
            key = idempotency_key(info, input.idempotency_key)
            row = await recurring.create(context.services, context.scope, _given(input), key=key)
            return RecurringInvoicePayload(recurring_invoice=RecurringInvoice.of(row))

        return await payload(RecurringInvoicePayload, work)

    @strawberry.mutation(description="Changes a recurring invoice from its next occurrence on.")
    async def recurring_invoice_update(self, info: Info, input: UpdateArgument) -> RecurringInvoicePayload:
        context = info.context

        async def work() -> RecurringInvoicePayload:
            row = await recurring.update(
                context.services,
                context.scope,
                input.id,
                _given(input),
                expected_version=input.expected_version,
                key=idempotency_key(info, input.idempotency_key),
            )
            return RecurringInvoicePayload(recurring_invoice=RecurringInvoice.of(row))

        return await payload(RecurringInvoicePayload, work)

    @strawberry.mutation(description="Makes no invoices for now. What is due in a pause is not made up for.")
    async def recurring_invoice_pause(self, info: Info, input: IdArgument) -> RecurringInvoicePayload:
        return await _do(info, recurring.pause, input)

    @strawberry.mutation(description="Makes invoices again, from the first occurrence that is not over yet.")
    async def recurring_invoice_resume(self, info: Info, input: IdArgument) -> RecurringInvoicePayload:
        return await _do(info, recurring.resume, input)

    @strawberry.mutation(description="Ends a recurring invoice for good; its invoices stay as they are.")
    async def recurring_invoice_end(self, info: Info, input: IdArgument) -> RecurringInvoicePayload:
        return await _do(info, recurring.end, input)
