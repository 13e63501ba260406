"""Orders."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import strawberry

from app.db.aggregates import ORDER_LINES, ORDERS
from app.db.rows import OrderLineRow, OrderRow
from app.domain.identity import IdPrefix
from app.domain.lifecycle import OrderStatus
from app.domain.scope import Permission
from app.domain.tax.model import TaxClass
from app.graphql.fields import amount, computed, to_many, to_one
from app.graphql.node import Node
from app.graphql.sources import OfRow, stored
from app.graphql.types.customer import Customer
from app.graphql.types.entity import Entity
from app.graphql.types.item import Item
from app.graphql.types.money import Money
from app.graphql.types.tax import Supply, supply_of

if TYPE_CHECKING:
    from app.graphql.types.invoice import Invoice
    from app.graphql.types.refund import OrderRefund


@stored(ORDER_LINES, Permission.ORDERS_READ)
@strawberry.type(description="One line of an order, as the marketplace reported it.")
class OrderLine(OfRow):
    id: strawberry.ID = strawberry.field(description="The line's id.")
    position: int = strawberry.field(description="The line's place in the order, from 1.")
    external_id: str | None = strawberry.field(description="The marketplace's own id of the line.")
    sku: str | None = strawberry.field(description="The article number.")
    description: str = strawberry.field(description="What was bought.")
    quantity: Decimal = strawberry.field(description="How many.")
    unit: str | None = strawberry.field(description="Of what unit.")
    unit_price: Decimal = strawberry.field(description="The price of one, gross when the order's prices include tax.")
    supply: Supply = computed(supply_of, "supply", description="What is supplied, as far as the tax depends on it.")
    tax_class: TaxClass = strawberry.field(description="Which rate of a country the product falls under.")
    row: strawberry.Private[OrderLineRow]

    item: Item | None = to_one("item_id", description="The item it was copied from, as that is today.")


@stored(ORDERS, Permission.ORDERS_READ, prefix=IdPrefix.ORDER)
@strawberry.type(description="What a buyer bought of one seller, as the marketplace reported it.")
class Order(OfRow, Node):
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
    total: Money = amount("total_minor", description="Its total as entered: gross when prices include tax, else net.")
    refunded_total: Money = amount(
        "refunded_minor",
        description="What was refunded of it: credited of its invoice, with tax, or taken off before it was invoiced.",
    )
    failure: str | None = strawberry.field(description="Why it could not be invoiced.")
    created_at: datetime = strawberry.field(description="When it was reported.")
    version: int = strawberry.field(description="Grows with every change.")
    row: strawberry.Private[OrderRow]

    entity: Entity = to_one("entity_id", description="The seller.")
    customer: Customer = to_one("customer_id", description="The buyer.")
    lines: list[OrderLine] = to_many("order_id", order="position", description="Its lines.")
    invoices: list[Annotated[Invoice, strawberry.lazy("app.graphql.types.invoice")]] = to_many(
        "order_id", description="The documents of it: what bills it, and the credit notes of that."
    )
    refunds: list[Annotated[OrderRefund, strawberry.lazy("app.graphql.types.refund")]] = to_many(
        "order_id", description="What was refunded of it, each time."
    )
