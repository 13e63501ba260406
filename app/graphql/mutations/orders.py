"""Mutations of orders: one, a basket of many sellers', a batch, and what happens to one later."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import strawberry

from app.domain.errors import InvoicingError
from app.graphql.context import Info, idempotency_key
from app.graphql.errors import TO_THE_TOP, UserError, errors_field, payload, user_error
from app.graphql.inputs import (
    IDEMPOTENCY,
    AllowanceInput,
    LineInput,
    OrderCustomerInput,
    ShipToInput,
    to_service,
)
from app.graphql.scalars import CurrencyCode
from app.graphql.types.order import Order
from app.services import inputs, orders


@strawberry.input(
    description="An order of one seller. Reporting the same externalId again answers the stored order and does nothing."
)
class OrderCreateInput:
    external_id: str = strawberry.field(description="The marketplace's own id of the order, unique per seller.")
    placed_at: datetime = strawberry.field(description="When it was placed.")
    lines: list[LineInput] = strawberry.field(description="What was bought, 1 to 1,000 lines.")
    entity_id: strawberry.ID | None = strawberry.field(
        default=None, description="The seller; or name it by entityExternalId."
    )
    entity_external_id: str | None = strawberry.field(
        default=None, description="The seller by the marketplace's own id."
    )
    customer_id: strawberry.ID | None = strawberry.field(default=None, description="The buyer; or give it as customer.")
    customer: OrderCustomerInput | None = strawberry.field(
        default=None, description="The buyer: made, or changed when its externalId is known."
    )
    cart_id: str | None = strawberry.field(default=None, description="The basket the order was part of.")
    currency: CurrencyCode | None = strawberry.field(default=None, description="The currency; the seller's if none.")
    prices_include_tax: bool | None = strawberry.field(
        default=None, description="Whether the prices are gross; the seller's setting if not told."
    )
    allowances: list[AllowanceInput] | None = strawberry.field(default=None, description="What is taken off the order.")
    charges: list[AllowanceInput] | None = strawberry.field(default=None, description="What is put on the order.")
    ship_to: ShipToInput | None = strawberry.field(
        default=None, description="Where the goods go, if not to the buyer's address."
    )
    paid_at: datetime | None = strawberry.field(default=None, description="When it was paid, if it was.")
    payment_method: str | None = strawberry.field(default=None, description="How it was paid.")
    payment_reference: str | None = strawberry.field(
        default=None, description="The payment's reference, unique per seller."
    )
    fulfilled_at: datetime | None = strawberry.field(default=None, description="When it was fulfilled, if it was.")
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="A line of a basket, with its seller.")
class CartLineInput:
    line: LineInput = strawberry.field(description="The line.")
    entity_id: strawberry.ID | None = strawberry.field(
        default=None, description="The seller; or name it by entityExternalId."
    )
    entity_external_id: str | None = strawberry.field(
        default=None, description="The seller by the marketplace's own id."
    )


@strawberry.input(description="One basket of many sellers' lines; it becomes one order per seller.")
class CartCreateInput:
    external_id: str = strawberry.field(description="The marketplace's own id of the basket; each order bears it.")
    placed_at: datetime = strawberry.field(description="When it was placed.")
    customer: OrderCustomerInput = strawberry.field(description="The buyer, who becomes a customer of each seller.")
    lines: list[CartLineInput] = strawberry.field(description="What was bought, of whom.")
    currency: CurrencyCode | None = strawberry.field(
        default=None, description="The currency; each seller's own if none."
    )
    prices_include_tax: bool | None = strawberry.field(
        default=None, description="Whether the prices are gross; each seller's setting if not told."
    )
    ship_to: ShipToInput | None = strawberry.field(
        default=None, description="Where the goods go, if not to the buyer's address."
    )
    paid_at: datetime | None = strawberry.field(default=None, description="When it was paid, if it was.")
    payment_method: str | None = strawberry.field(default=None, description="How it was paid.")
    payment_reference: str | None = strawberry.field(default=None, description="The payment's reference.")
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.input(description="What happened to an order. Each can be told once.")
class OrderUpdateInput:
    id: strawberry.ID | None = strawberry.field(
        default=None, description="The order; or name it by externalId and its seller."
    )
    external_id: str | None = strawberry.field(default=None, description="The marketplace's own id of the order.")
    entity_id: strawberry.ID | None = strawberry.field(
        default=None, description="The seller of the order named by externalId; or name it by entityExternalId."
    )
    entity_external_id: str | None = strawberry.field(
        default=None, description="The seller by the marketplace's own id."
    )
    paid_at: datetime | None = strawberry.field(default=None, description="When it was paid.")
    payment_method: str | None = strawberry.field(default=None, description="How it was paid.")
    payment_reference: str | None = strawberry.field(
        default=None, description="The payment's reference, unique per seller."
    )
    fulfilled_at: datetime | None = strawberry.field(default=None, description="When it was fulfilled.")
    cancelled_at: datetime | None = strawberry.field(
        default=None, description="When it was cancelled; only before it is invoiced."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=IDEMPOTENCY)


@strawberry.type(description="What became of an order.")
class OrderPayload:
    order: Order | None = strawberry.field(default=None, description="The order; null when there are errors.")
    user_errors: list[UserError] = errors_field()


@strawberry.type(description="What became of one order of a batch.")
class OrderResult:
    index: int = strawberry.field(description="The order's place in the input, from 0.")
    repeated: bool = strawberry.field(description="Whether the order was known already, so that nothing was done.")
    order: Order | None = strawberry.field(description="The order; null when there are errors.")
    user_errors: list[UserError] = strawberry.field(description="What kept this order out; the others are not touched.")


@strawberry.type(description="What became of the orders of a batch.")
class OrdersPayload:
    results: list[OrderResult] = strawberry.field(
        default_factory=list, description="One result per order, in their order."
    )
    user_errors: list[UserError] = errors_field()


@strawberry.type(description="What became of one seller's share of a basket.")
class CartResult:
    entity_id: strawberry.ID | None = strawberry.field(description="The seller as the input named it.")
    entity_external_id: str | None = strawberry.field(description="The seller as the input named it.")
    order: Order | None = strawberry.field(description="The seller's order; null when there are errors.")
    user_errors: list[UserError] = strawberry.field(description="What kept this share out; the others are not touched.")


@strawberry.type(description="What became of a basket.")
class CartPayload:
    results: list[CartResult] = strawberry.field(default_factory=list, description="One result per seller.")
    user_errors: list[UserError] = errors_field()


def _errors(error: InvoicingError | None) -> list[UserError]:
    if error is None:
        return []
    if isinstance(error, TO_THE_TOP):
        raise error
    return [user_error(error)]


def _order(given: OrderCreateInput) -> inputs.OrderInput:
    return to_service(given, inputs.OrderInput)


def _cart(given: CartCreateInput) -> inputs.CartInput:
    return to_service(given, inputs.CartInput)


CreateArgument = Annotated[OrderCreateInput, strawberry.argument(description="The order.")]
CartArgument = Annotated[CartCreateInput, strawberry.argument(description="The basket.")]
BatchArgument = Annotated[list[OrderCreateInput], strawberry.argument(description="The orders, 1 to 500.")]
UpdateArgument = Annotated[OrderUpdateInput, strawberry.argument(description="What happened.")]


@strawberry.type
class OrderMutations:
    @strawberry.mutation(
        description="Takes an order of one seller; by the seller's setting it is invoiced and finalized at once."
    )
    async def order_create(self, info: Info, input: CreateArgument) -> OrderPayload:
        context = info.context

        async def work() -> OrderPayload:
            key = idempotency_key(info, input.idempotency_key)
            return OrderPayload(
                order=Order.of(await orders.create(context.services, context.scope, _order(input), key=key))
            )

        return await payload(OrderPayload, work)

    @strawberry.mutation(description="Splits a basket of many sellers' lines into one order per seller.")
    async def cart_create(self, info: Info, input: CartArgument) -> CartPayload:
        context = info.context

        async def work() -> CartPayload:
            key = idempotency_key(info, input.idempotency_key)
            outcomes = await orders.create_cart(context.services, context.scope, _cart(input), key=key)
            results = [
                CartResult(
                    entity_id=None if outcome.entity_id is None else strawberry.ID(outcome.entity_id),
                    entity_external_id=outcome.entity_external_id,
                    order=None if outcome.value is None else Order.of(outcome.value),
                    user_errors=_errors(outcome.error),
                )
                for outcome in outcomes
            ]
            return CartPayload(results=results)

        return await payload(CartPayload, work)

    @strawberry.mutation(
        description="Takes up to 500 orders of any sellers in one transaction, each with its own result."
    )
    async def orders_create(self, info: Info, input: BatchArgument) -> OrdersPayload:
        context = info.context

        async def work() -> OrdersPayload:
            keys = [given.idempotency_key for given in input]
            given = [_order(order) for order in input]
            key = idempotency_key(info, None)
            outcomes = await orders.create_many(context.services, context.scope, given, keys=keys, key=key)
            results = [
                OrderResult(
                    index=outcome.index,
                    repeated=outcome.repeated,
                    order=None if outcome.value is None else Order.of(outcome.value),
                    user_errors=_errors(outcome.error),
                )
                for outcome in outcomes
            ]
            return OrdersPayload(results=results)

        return await payload(OrdersPayload, work)

    @strawberry.mutation(
        description="Tells that an order was paid, fulfilled or cancelled; by the seller's setting it is then invoiced."
    )
    async def order_update(self, info: Info, input: UpdateArgument) -> OrderPayload:
        context = info.context

        async def work() -> OrderPayload:
            given = to_service(input, inputs.OrderUpdateInput)
            key = idempotency_key(info, input.idempotency_key)
            row = await orders.update(context.services, context.scope, input.id, given, key=key)
            return OrderPayload(order=Order.of(row))

        return await payload(OrderPayload, work)
