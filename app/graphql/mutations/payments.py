"""Mutations of payments and balances."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated

import strawberry

from app.domain.ledger import Overpayment
from app.graphql.context import Info, idempotency_key
from app.graphql.errors import UserError, errors_field, payload
from app.graphql.inputs import IDEMPOTENCY, to_service
from app.graphql.scalars import CurrencyCode
from app.graphql.types.customer import Customer
from app.graphql.types.invoice import Invoice
from app.graphql.types.payment import Payment
from app.services import balances, inputs, payments


@strawberry.input(description="What a payment pays of one invoice.")
class AllocationInput:
    invoice_id: strawberry.ID = strawberry.field(description="The invoice.")
    amount: Decimal | None = strawberry.field(default=None, description="How much; all that is due if not told.")


@strawberry.input(description="A payment that was received: for an invoice, for several, or on a buyer's balance.")
class PaymentRecordInput:
    invoice_id: strawberry.ID | None = strawberry.field(
        default=None, description="The invoice it pays, where it is one."
    )
    allocations: list[AllocationInput] | None = strawberry.field(
        default=None, description="Up to 100 invoices of one buyer and currency that it pays, where they are several."
    )
    customer_id: strawberry.ID | None = strawberry.field(
        default=None, description="The buyer; with no invoice, all of it goes to the buyer's balance."
    )
    amount: Decimal | None = strawberry.field(
        default=None, description="How much; what its invoices take if not told. Required without an invoice."
    )
    currency: CurrencyCode | None = strawberry.field(
        default=None, description="Its currency, which must be the invoice's. Required without an invoice."
    )
    overpayment: Overpayment = strawberry.field(
        default=Overpayment.REFUSE, description="What becomes of what is more than the invoices take."
    )
    method: str = strawberry.field(default="bank_transfer", description="How it was paid.")
    paid_at: datetime | None = strawberry.field(default=None, description="When; now if not told.")
    reference: str | None = strawberry.field(default=None, description="The payment's reference, unique per seller.")
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="A payment or refund that did not stand, such as a returned direct debit.")
class PaymentReverseInput:
    id: strawberry.ID = strawberry.field(description="The payment or refund.")
    reason: str = strawberry.field(description="Why, in up to 500 characters.")
    reversed_at: datetime | None = strawberry.field(default=None, description="When; now if not told.")
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="An invoice that is to be paid out of its buyer's balance.")
class BalanceApplyInput:
    customer_id: strawberry.ID = strawberry.field(description="The buyer.")
    invoice_id: strawberry.ID = strawberry.field(description="The invoice.")
    amount: Decimal | None = strawberry.field(
        default=None, description="How much; as much as is due and held if not told."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="What goes back to a buyer out of its balance.")
class BalanceRefundInput:
    customer_id: strawberry.ID = strawberry.field(description="The buyer.")
    currency: CurrencyCode = strawberry.field(description="The currency of the balance.")
    amount: Decimal | None = strawberry.field(default=None, description="How much; all that is held if not told.")
    method: str = strawberry.field(default="bank_transfer", description="How it is paid back.")
    reference: str | None = strawberry.field(default=None, description="The refund's reference, unique per seller.")
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.type(description="What became of a payment.")
class PaymentPayload:
    payment: Payment | None = strawberry.field(default=None, description="The payment; null when there are errors.")
    user_errors: list[UserError] = errors_field()


@strawberry.type(description="What became of an invoice that was to be paid out of a balance.")
class BalanceApplyPayload:
    invoice: Invoice | None = strawberry.field(default=None, description="The invoice; null when there are errors.")
    customer: Customer | None = strawberry.field(default=None, description="The buyer; null when there are errors.")
    user_errors: list[UserError] = errors_field()


RecordArgument = Annotated[PaymentRecordInput, strawberry.argument(description="The payment.")]
ReverseArgument = Annotated[PaymentReverseInput, strawberry.argument(description="Which payment, and why.")]
ApplyArgument = Annotated[BalanceApplyInput, strawberry.argument(description="Which invoice.")]
RefundArgument = Annotated[BalanceRefundInput, strawberry.argument(description="What goes back to whom.")]


@strawberry.type
class PaymentMutations:
    @strawberry.mutation(description="Records a payment: of an invoice, of several, or on a buyer's balance.")
    async def payment_record(self, info: Info, input: RecordArgument) -> PaymentPayload:
        context = info.context

        async def work() -> PaymentPayload:
            given = to_service(input, inputs.PaymentInput)
            key = idempotency_key(info, input.idempotency_key)
            return PaymentPayload(
                payment=Payment.of(await payments.record(context.services, context.scope, given, key=key))
            )

        return await payload(PaymentPayload, work)

    @strawberry.mutation(
        description="Takes a payment back that did not stand: what it paid is due again, and it stays visible."
    )
    async def payment_reverse(self, info: Info, input: ReverseArgument) -> PaymentPayload:
        context = info.context

        async def work() -> PaymentPayload:
            given = inputs.PaymentReverseInput(payment_id=input.id, reason=input.reason, reversed_at=input.reversed_at)
            key = idempotency_key(info, input.idempotency_key)
            return PaymentPayload(
                payment=Payment.of(await balances.reverse(context.services, context.scope, given, key=key))
            )

        return await payload(PaymentPayload, work)

    @strawberry.mutation(description="Pays an invoice out of what the seller holds for its buyer.")
    async def balance_apply(self, info: Info, input: ApplyArgument) -> BalanceApplyPayload:
        context = info.context

        async def work() -> BalanceApplyPayload:
            given = to_service(input, inputs.BalanceApplyInput)
            key = idempotency_key(info, input.idempotency_key)
            invoice, customer = await balances.apply(context.services, context.scope, given, key=key)
            return BalanceApplyPayload(invoice=Invoice.of(invoice), customer=Customer.of(customer))

        return await payload(BalanceApplyPayload, work)

    @strawberry.mutation(description="Pays back to a buyer what the seller holds for it.")
    async def balance_refund(self, info: Info, input: RefundArgument) -> PaymentPayload:
        context = info.context

        async def work() -> PaymentPayload:
            given = to_service(input, inputs.BalanceRefundInput)
            key = idempotency_key(info, input.idempotency_key)
            return PaymentPayload(
                payment=Payment.of(await balances.refund(context.services, context.scope, given, key=key))
            )

        return await payload(PaymentPayload, work)
