"""Mutations of invoices."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

import strawberry
from strawberry import UNSET

from app.domain.documents.model import InvoiceType
from app.graphql.context import Info, idempotency_key
from app.graphql.errors import TO_THE_TOP, UserError, errors_field, payload, user_error
from app.graphql.inputs import (
    EXPECTED_VERSION,
    IDEMPOTENCY,
    AllowanceInput,
    LineInput,
    ShipToInput,
    to_service,
)
from app.graphql.scalars import CurrencyCode
from app.graphql.types.email import EmailMessage
from app.graphql.types.invoice import Invoice
from app.services import drafts, emails, finalize, inputs


@strawberry.input(description="A new draft: from lines, or from an order that has no invoice yet.")
class InvoiceCreateInput:
    customer_id: strawberry.ID | None = strawberry.field(
        default=UNSET, description="The buyer; not needed with orderId."
    )
    order_id: strawberry.ID | None = strawberry.field(default=None, description="The order whose lines are billed.")
    entity_id: strawberry.ID | None = strawberry.field(
        default=None, description="The seller; the buyer's own if not told."
    )
    type: InvoiceType = strawberry.field(
        default=InvoiceType.STANDARD, description="STANDARD, PROFORMA, ADVANCE or SELF_BILLED."
    )
    currency: CurrencyCode | None = strawberry.field(default=UNSET, description="The currency; the seller's if none.")
    prices_include_tax: bool | None = strawberry.field(
        default=UNSET, description="Whether the prices are gross; the seller's setting if not told."
    )
    supply_date: date | None = strawberry.field(
        default=UNSET, description="The date of supply; the issue date if none."
    )
    payment_term_days: int | None = strawberry.field(
        default=UNSET, description="Days to pay; the seller's setting if not told."
    )
    lines: list[LineInput] | None = strawberry.field(default=UNSET, description="What is billed.")
    allowances: list[AllowanceInput] | None = strawberry.field(
        default=UNSET, description="What is taken off the document."
    )
    charges: list[AllowanceInput] | None = strawberry.field(default=UNSET, description="What is put on the document.")
    ship_to: ShipToInput | None = strawberry.field(
        default=UNSET, description="Where the goods go, if not to the buyer's address."
    )
    order_reference: str | None = strawberry.field(default=UNSET, description="The order number on the document.")
    note: str | None = strawberry.field(default=UNSET, description="A text to the buyer.")
    agreement_reference: str | None = strawberry.field(
        default=UNSET, description="The agreement on self-billing; a SELF_BILLED invoice needs it to be finalized."
    )
    auto_finalize_at: datetime | None = strawberry.field(
        default=UNSET, description="When the draft is to be finalized by itself; null for never."
    )
    advance_ids: list[strawberry.ID] | None = strawberry.field(
        default=UNSET, description="The finalized ADVANCE invoices that it deducts, up to 50."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="Changes of a draft; what is not given stays as it is.")
class InvoiceUpdateInput:
    id: strawberry.ID = strawberry.field(description="The draft.")
    customer_id: strawberry.ID | None = strawberry.field(default=UNSET, description="The buyer.")
    currency: CurrencyCode | None = strawberry.field(default=UNSET, description="The currency.")
    prices_include_tax: bool | None = strawberry.field(default=UNSET, description="Whether the prices are gross.")
    supply_date: date | None = strawberry.field(default=UNSET, description="The date of supply.")
    payment_term_days: int | None = strawberry.field(default=UNSET, description="Days to pay.")
    lines: list[LineInput] | None = strawberry.field(default=UNSET, description="What is billed; replaces all lines.")
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
    note: str | None = strawberry.field(default=UNSET, description="A text to the buyer.")
    agreement_reference: str | None = strawberry.field(
        default=UNSET, description="The agreement on self-billing; a SELF_BILLED invoice needs it to be finalized."
    )
    auto_finalize_at: datetime | None = strawberry.field(
        default=UNSET, description="When the draft is to be finalized by itself; null for never."
    )
    advance_ids: list[strawberry.ID] | None = strawberry.field(
        default=UNSET, description="The finalized ADVANCE invoices that it deducts, up to 50; replaces all."
    )
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="Which draft.")
class InvoiceDeleteInput:
    id: strawberry.ID = strawberry.field(description="The draft.")
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="Which draft is to be finalized.")
class InvoiceFinalizeInput:
    id: strawberry.ID = strawberry.field(description="The draft.")
    expected_total: Decimal | None = strawberry.field(
        default=None, description="The gross total that was shown; another one stops it."
    )
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)
    issue_date: date | None = strawberry.field(
        default=None,
        description="The date it bears, today in the seller's time zone if not told: not in the future, and not before"
        " the last one of its series. What must wait for an answer on a VAT number bears the day it comes.",
    )
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="Which drafts are to be finalized, of any sellers.")
class InvoicesFinalizeInput:
    ids: list[strawberry.ID] = strawberry.field(description="The drafts, 1 to 500, numbered in this order.")
    issue_dates: list[date | None] | None = strawberry.field(
        default=None,
        description="The dates they bear, draft by draft, null for today; then they are numbered in the order of their"
        " dates.",
    )
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="Which document is sent to whom.")
class InvoiceSendInput:
    id: strawberry.ID = strawberry.field(description="The finalized document.")
    to: list[str] | None = strawberry.field(
        default=None, description="Up to 10 addresses; the buyer's if none are named."
    )
    cc: list[str] | None = strawberry.field(default=None, description="Up to 10 addresses that get a copy.")
    message: str | None = strawberry.field(
        default=None, description="What the seller says besides, as plain text of up to 2,000 characters."
    )
    again: bool = strawberry.field(
        default=False, description="Send it although the same was sent to the same less than ten minutes ago."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.type(description="What became of an invoice.")
class InvoicePayload:
    invoice: Invoice | None = strawberry.field(default=None, description="The invoice; null when there are errors.")
    user_errors: list[UserError] = errors_field()


@strawberry.type(description="What became of a draft that was to be deleted.")
class InvoiceDeletePayload:
    deleted_id: strawberry.ID | None = strawberry.field(default=None, description="The id of the draft that is gone.")
    user_errors: list[UserError] = errors_field()


@strawberry.type(description="What became of one draft of a batch.")
class InvoiceResult:
    index: int = strawberry.field(description="The draft's place in the input, from 0.")
    repeated: bool = strawberry.field(description="Whether the call was a repetition, so that nothing was done.")
    invoice: Invoice | None = strawberry.field(description="The invoice; null when there are errors.")
    user_errors: list[UserError] = strawberry.field(
        description="What kept this one a draft; the others are not touched."
    )


@strawberry.type(description="What became of the drafts of a batch.")
class InvoicesPayload:
    results: list[InvoiceResult] = strawberry.field(
        default_factory=list, description="One result per draft, in their order."
    )
    user_errors: list[UserError] = errors_field()


@strawberry.type(description="What became of a message with a document.")
class InvoiceSendPayload:
    email: EmailMessage | None = strawberry.field(
        default=None, description="The message on its way; null when there are errors."
    )
    invoice: Invoice | None = strawberry.field(default=None, description="The document; null when there are errors.")
    user_errors: list[UserError] = errors_field()


CreateArgument = Annotated[InvoiceCreateInput, strawberry.argument(description="The draft.")]
UpdateArgument = Annotated[InvoiceUpdateInput, strawberry.argument(description="The changes.")]
DeleteArgument = Annotated[InvoiceDeleteInput, strawberry.argument(description="Which draft.")]
FinalizeArgument = Annotated[InvoiceFinalizeInput, strawberry.argument(description="Which draft.")]
FinalizeManyArgument = Annotated[InvoicesFinalizeInput, strawberry.argument(description="Which drafts.")]
SendArgument = Annotated[InvoiceSendInput, strawberry.argument(description="Which document, and to whom.")]


@strawberry.type
class InvoiceMutations:
    @strawberry.mutation(description="Makes a draft with its taxes decided and its totals computed.")
    async def invoice_create(self, info: Info, input: CreateArgument) -> InvoicePayload:
        context = info.context

        async def work() -> InvoicePayload:
            given = to_service(input, inputs.InvoiceInput)
            key = idempotency_key(info, input.idempotency_key)
            return InvoicePayload(
                invoice=Invoice.of(await drafts.create(context.services, context.scope, given, key=key))
            )

        return await payload(InvoicePayload, work)

    @strawberry.mutation(description="Changes a draft and prices it anew.")
    async def invoice_update(self, info: Info, input: UpdateArgument) -> InvoicePayload:
        context = info.context

        async def work() -> InvoicePayload:
            row = await drafts.update(
                context.services,
                context.scope,
                input.id,
                to_service(input, inputs.InvoiceInput),
                expected_version=input.expected_version,
                key=idempotency_key(info, input.idempotency_key),
            )
            return InvoicePayload(invoice=Invoice.of(row))

        return await payload(InvoicePayload, work)

    @strawberry.mutation(description="Deletes a draft; what was finalized is never deleted.")
    async def invoice_delete(self, info: Info, input: DeleteArgument) -> InvoiceDeletePayload:
        context = info.context

        async def work() -> InvoiceDeletePayload:
            key = idempotency_key(info, input.idempotency_key)
            deleted = await drafts.delete(
                context.services, context.scope, input.id, key=key, expected_version=input.expected_version
            )
            return InvoiceDeletePayload(deleted_id=strawberry.ID(deleted))

        return await payload(InvoiceDeletePayload, work)

    @strawberry.mutation(description="Numbers and freezes a draft for ever.")
    async def invoice_finalize(self, info: Info, input: FinalizeArgument) -> InvoicePayload:
        context = info.context

        async def work() -> InvoicePayload:
            row = await finalize.finalize(
                context.services,
                context.scope,
                input.id,
                expected_total=input.expected_total,
                expected_version=input.expected_version,
                key=idempotency_key(info, input.idempotency_key),
                issue_date=input.issue_date,
                asks=True,
            )
            return InvoicePayload(invoice=Invoice.of(row))

        return await payload(InvoicePayload, work)

    @strawberry.mutation(description="Finalizes up to 500 drafts of any sellers in one transaction.")
    async def invoices_finalize(self, info: Info, input: FinalizeManyArgument) -> InvoicesPayload:
        context = info.context

        async def work() -> InvoicesPayload:
            key = idempotency_key(info, input.idempotency_key)
            outcomes = await finalize.finalize_many(
                context.services, context.scope, list(input.ids), key=key, issue_dates=input.issue_dates
            )
            results = []
            for outcome in outcomes:
                if isinstance(outcome.error, TO_THE_TOP):
                    raise outcome.error
                results.append(
                    InvoiceResult(
                        index=outcome.index,
                        repeated=outcome.repeated,
                        invoice=None if outcome.value is None else Invoice.of(outcome.value),
                        user_errors=[] if outcome.error is None else [user_error(outcome.error)],
                    )
                )
            return InvoicesPayload(results=results)

        return await payload(InvoicesPayload, work)

    @strawberry.mutation(
        description="Sends a finalized document as a PDF by e-mail, in the buyer's language and the seller's brand."
    )
    async def invoice_send(self, info: Info, input: SendArgument) -> InvoiceSendPayload:
        context = info.context

        async def work() -> InvoiceSendPayload:
            given = inputs.InvoiceSendInput(
                invoice_id=input.id, to=input.to or (), cc=input.cc or (), message=input.message, again=input.again
            )
            key = idempotency_key(info, input.idempotency_key)
            row, invoice = await emails.send(context.services, context.scope, given, key=key)
            return InvoiceSendPayload(email=EmailMessage.of(row), invoice=Invoice.of(invoice))

        return await payload(InvoiceSendPayload, work)
