"""Orders."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from app.db.rows import OrderLineRow, OrderRow
from app.domain.lifecycle import OrderStatus
from app.domain.tax.model import TaxClass
from app.graphql.context import Info
from app.graphql.node import Node
from app.graphql.types.customer import Customer, entity_of
from app.graphql.types.entity import Entity
from app.graphql.types.money import Money, money
from app.graphql.types.tax import Supply, supply

if TYPE_CHECKING:
    from app.graphql.types.invoice import Invoice


@strawberry.type(description="One line of an order, as the marketplace reported it.")
class OrderLine:
    id: strawberry.ID = strawberry.field(description="The line's id.")
    position: int = strawberry.field(description="The line's place in the order, from 1.")
    external_id: str | None = strawberry.field(description="The marketplace's own id of the line.")
    sku: str | None = strawberry.field(description="The article number.")
    description: str = strawberry.field(description="What was bought.")
    quantity: Decimal = strawberry.field(description="How many.")
    unit: str | None = strawberry.field(description="Of what unit.")
    unit_price: Decimal = strawberry.field(description="The price of one, gross when the order's prices include tax.")
    supply: Supply = strawberry.field(description="What is supplied, as far as the tax depends on it.")
    tax_class: TaxClass = strawberry.field(description="Which rate of a country the product falls under.")

    @classmethod
    def of(cls, row: OrderLineRow) -> Self:
        """A line from its row."""
        return cls(
            id=strawberry.ID(row.id),
            position=row.position,
            external_id=row.external_id,
            sku=row.sku,
            description=row.description,
            quantity=row.quantity,
            unit=row.unit,
            unit_price=row.unit_price,
            supply=supply(row.supply),
            tax_class=row.tax_class,
        )


@strawberry.type(description="What a buyer bought of one seller, as the marketplace reported it.")
class Order(Node):
    external_id: str = strawberry.field(description="The marketplace's own id of the order, unique per seller.")
    cart_id: str | None = strawberry.field(description="The basket the order was part of.")
    status: OrderStatus = strawberry.field(description="What became of it.")
    placed_at: datetime = strawberry.field(description="When it was placed.")
    paid_at: datetime | None = strawberry.field(description="When the marketplace says it was paid.")
    fulfilled_at: datetime | None = strawberry.field(description="When the marketplace says it was fulfilled.")
    cancelled_at: datetime | None = strawberry.field(description="When it was cancelled.")
    payment_method: str | None = strawberry.field(description="How it was paid.")
    payment_reference: str | None = strawberry.field(description="The payment's reference.")
    prices_include_tax: bool = strawberry.field(description="Whether its prices are gross.")
    total: Money = strawberry.field(description="Its total as entered: gross when prices include tax, else net.")
    failure: str | None = strawberry.field(description="Why it could not be invoiced.")
    created_at: datetime = strawberry.field(description="When it was reported.")
    version: int = strawberry.field(description="Grows with every change.")
    row: strawberry.Private[OrderRow]

    @classmethod
    def of(cls, row: OrderRow) -> Self:
        """An order from its row."""
        return cls(
            id=strawberry.ID(row.id),
            external_id=row.external_id,
            cart_id=row.cart_id,
            status=row.status,
            placed_at=row.placed_at,
            paid_at=row.paid_at,
            fulfilled_at=row.fulfilled_at,
            cancelled_at=row.cancelled_at,
            payment_method=row.payment_method,
            payment_reference=row.payment_reference,
            prices_include_tax=row.prices_include_tax,
            total=money(row.total_minor, row.currency),
            failure=row.failure,
            created_at=row.created_at,
            version=row.version,
            row=row,
        )

    @strawberry.field(description="The seller.")
    async def entity(self, info: Info) -> Entity:
        return await entity_of(info, self.row.entity_id)

    @strawberry.field(description="The buyer.")
    async def customer(self, info: Info) -> Customer:
        return await customer_of(info, self.row.customer_id)

    @strawberry.field(description="Its lines.")
    async def lines(self, info: Info) -> list[OrderLine]:
        return [OrderLine.of(row) for row in await info.context.loaders.order_lines.load(str(self.id))]

    @strawberry.field(description="The invoices that bill it.")
    async def invoices(self, info: Info) -> list[Annotated[Invoice, strawberry.lazy("app.graphql.types.invoice")]]:
        from app.graphql.types.invoice import Invoice

        return [Invoice.of(row) for row in await info.context.loaders.order_invoices.load(str(self.id))]


async def customer_of(info: Info, customer_id: str) -> Customer:
    """The buyer that an object belongs to."""
    row = await info.context.loaders.customer.load(customer_id)
    if row is None:
        raise LookupError(f"no customer {customer_id} in the scope of its own object")
    return Customer.of(row)
