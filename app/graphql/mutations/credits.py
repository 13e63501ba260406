"""Mutations that take something back: credit notes, and refunds and cancellations of orders."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated

import strawberry

from app.domain.ledger import CreditSettlement
from app.graphql.context import Info, idempotency_key
from app.graphql.errors import UserError, errors_field, payload
from app.graphql.inputs import EXPECTED_VERSION, IDEMPOTENCY, to_service
from app.graphql.mutations.orders import OrderPayload
from app.graphql.types.invoice import Invoice
from app.graphql.types.order import Order
from app.graphql.types.refund import OrderRefund
from app.services import credit_inputs, credits, refunds

_SETTLEMENT = "Where goes what was paid already; what is not paid yet is not due any more."
_ORDER = "The order; or name it by externalId and its seller."
_EXTERNAL = "The marketplace's own id of the order."
_ENTITY = "The seller of the order named by externalId; or name it by entityExternalId."
_ENTITY_EXTERNAL = "The seller by the marketplace's own id."


@strawberry.input(description="A line that is credited: so many of it, or an amount; all that is left without either.")
class CreditLineInput:
    line_id: strawberry.ID = strawberry.field(description="The line of the document.")
    quantity: Decimal | None = strawberry.field(
        default=None, description="How many; negative where the line's quantity is."
    )
    amount: Decimal | None = strawberry.field(default=None, description="How much, with tax.")


@strawberry.input(description="What is credited of a document: lines, or an amount; all that is left without either.")
class InvoiceCreditInput:
    id: strawberry.ID = strawberry.field(description="The document.")
    lines: list[CreditLineInput] | None = strawberry.field(default=None, description="Which lines, and how much.")
    amount: Decimal | None = strawberry.field(
        default=None, description="How much, with tax, spread over all lines in proportion to what is left of them."
    )
    reason: str | None = strawberry.field(default=None, description="Why; it stands on the credit note.")
    settlement: CreditSettlement = strawberry.field(default=CreditSettlement.BALANCE, description=_SETTLEMENT)
    reference: str | None = strawberry.field(
        default=None, description="The reference of the refund, such as the payment provider's."
    )
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="A line of an order that is refunded: so many, or an amount; all of it without either.")
class OrderRefundLineInput:
    line_id: strawberry.ID | None = strawberry.field(
        default=None, description="The line of the order; or name it by externalId."
    )
    external_id: str | None = strawberry.field(
        default=None, description="The marketplace's own id of the line, or the article number that only it has."
    )
    quantity: Decimal | None = strawberry.field(default=None, description="How many.")
    amount: Decimal | None = strawberry.field(default=None, description="How much, with tax.")


@strawberry.input(
    description="What was refunded of an order: exactly one of lines, amount and full. The same reference again "
    "answers the stored refund and does nothing."
)
class OrderRefundInput:
    id: strawberry.ID | None = strawberry.field(default=None, description=_ORDER)
    external_id: str | None = strawberry.field(default=None, description=_EXTERNAL)
    entity_id: strawberry.ID | None = strawberry.field(default=None, description=_ENTITY)
    entity_external_id: str | None = strawberry.field(default=None, description=_ENTITY_EXTERNAL)
    lines: list[OrderRefundLineInput] | None = strawberry.field(default=None, description="Which lines, and how much.")
    amount: Decimal | None = strawberry.field(
        default=None, description="How much, with tax, spread over all lines in proportion to what is left of them."
    )
    full: bool = strawberry.field(default=False, description="All that is left.")
    reason: str | None = strawberry.field(default=None, description="Why; it stands on the credit note.")
    reference: str | None = strawberry.field(
        default=None, description="The marketplace's reference of the refund, unique per order."
    )
    refunded_at: datetime | None = strawberry.field(default=None, description="When; now if not told.")
    settlement: CreditSettlement = strawberry.field(default=CreditSettlement.BALANCE, description=_SETTLEMENT)
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="An order that was cancelled.")
class OrderCancelInput:
    id: strawberry.ID | None = strawberry.field(default=None, description=_ORDER)
    external_id: str | None = strawberry.field(default=None, description=_EXTERNAL)
    entity_id: strawberry.ID | None = strawberry.field(default=None, description=_ENTITY)
    entity_external_id: str | None = strawberry.field(default=None, description=_ENTITY_EXTERNAL)
    cancelled_at: datetime | None = strawberry.field(default=None, description="When; now if not told.")
    reason: str | None = strawberry.field(default=None, description="Why; it stands on the credit note.")
    settlement: CreditSettlement = strawberry.field(default=CreditSettlement.BALANCE, description=_SETTLEMENT)
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.type(description="What became of a credit.")
class InvoiceCreditPayload:
    credit_note: Invoice | None = strawberry.field(
        default=None, description="The credit note, finalized; null when there are errors."
    )
    invoice: Invoice | None = strawberry.field(
        default=None, description="The document it credits, as it now stands; null when there are errors."
    )
    user_errors: list[UserError] = errors_field()


@strawberry.type(description="What became of a refund.")
class OrderRefundPayload:
    refund: OrderRefund | None = strawberry.field(
        default=None, description="The refund with its credit note; null when there are errors."
    )
    order: Order | None = strawberry.field(default=None, description="The order; null when there are errors.")
    user_errors: list[UserError] = errors_field()


CreditArgument = Annotated[InvoiceCreditInput, strawberry.argument(description="What is credited.")]
RefundArgument = Annotated[OrderRefundInput, strawberry.argument(description="What was refunded.")]
CancelArgument = Annotated[OrderCancelInput, strawberry.argument(description="Which order.")]


@strawberry.type
class CreditMutations:
    @strawberry.mutation(
        description="Credits a finalized document with a credit note, which is finalized at once. Never more than what "
        "is left of each line and VAT group."
    )
    async def invoice_credit(self, info: Info, input: CreditArgument) -> InvoiceCreditPayload:
        context = info.context

        async def work() -> InvoiceCreditPayload:
            given = to_service(input, credit_inputs.CreditInput, invoice_id=input.id)
            key = idempotency_key(info, input.idempotency_key)
            done = await credits.credit(context.services, context.scope, given, key=key)
            return InvoiceCreditPayload(credit_note=Invoice.of(done.credit_note), invoice=Invoice.of(done.original))

        return await payload(InvoiceCreditPayload, work)

    @strawberry.mutation(
        description="Refunds an order: what is invoiced is credited line by line, what is not is taken off the order "
        "and its draft."
    )
    async def order_refund(self, info: Info, input: RefundArgument) -> OrderRefundPayload:
        context = info.context

        async def work() -> OrderRefundPayload:
            given = to_service(input, credit_inputs.RefundInput)
            key = idempotency_key(info, input.idempotency_key)
            done = await refunds.refund(context.services, context.scope, input.id, given, key=key)
            return OrderRefundPayload(refund=OrderRefund.of(done.refund), order=Order.of(done.order))

        return await payload(OrderRefundPayload, work)

    @strawberry.mutation(
        description="Cancels an order: its drafts are deleted, and what is left of its invoice is credited."
    )
    async def order_cancel(self, info: Info, input: CancelArgument) -> OrderPayload:
        context = info.context

        async def work() -> OrderPayload:
            given = to_service(input, credit_inputs.CancelInput)
            key = idempotency_key(info, input.idempotency_key)
            return OrderPayload(
                order=Order.of(await refunds.cancel(context.services, context.scope, input.id, given, key=key))
            )

        return await payload(OrderPayload, work)
