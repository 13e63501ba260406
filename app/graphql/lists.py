"""The lists of the API: which filters and orders each kind of object can be asked in, whatever it belongs to."""

from __future__ import annotations

from typing import Annotated, Any, Final

import strawberry

from app.db.orders import ENTITY_ORDERS, INVOICE_ORDERS, ORDER_ORDERS
from app.graphql.filters import (
    CustomerWhere,
    EntityOrder,
    EntityWhere,
    InvoiceOrder,
    InvoiceWhere,
    OrderOrder,
    OrderWhere,
    WebhookDeliveryWhere,
)
from app.graphql.sources import page

_ORDER: Final = strawberry.argument(description="In which order.")


def entities(column: str | None = None, *, description: str) -> Any:
    """A list of sellers."""
    where = Annotated[EntityWhere | None, strawberry.argument(description="Which entities.")]
    order_by = (Annotated[EntityOrder, _ORDER], EntityOrder.NEWEST, ENTITY_ORDERS)
    return page(column, description=description, where=where, order_by=order_by)


def customers(column: str | None = None, *, description: str) -> Any:
    """A list of buyers, the newest first."""
    where = Annotated[CustomerWhere | None, strawberry.argument(description="Which customers.")]
    return page(column, description=description, where=where)


def orders(column: str | None = None, *, description: str) -> Any:
    """A list of orders."""
    where = Annotated[OrderWhere | None, strawberry.argument(description="Which orders.")]
    order_by = (Annotated[OrderOrder, _ORDER], OrderOrder.NEWEST, ORDER_ORDERS)
    return page(column, description=description, where=where, order_by=order_by)


def invoices(column: str | None = None, *, description: str) -> Any:
    """A list of invoices."""
    where = Annotated[InvoiceWhere | None, strawberry.argument(description="Which invoices.")]
    order_by = (Annotated[InvoiceOrder, _ORDER], InvoiceOrder.NEWEST, INVOICE_ORDERS)
    return page(column, description=description, where=where, order_by=order_by)


def deliveries(column: str | None = None, *, description: str) -> Any:
    """A list of webhook deliveries, the newest first."""
    where = Annotated[WebhookDeliveryWhere | None, strawberry.argument(description="Which deliveries.")]
    return page(column, description=description, where=where)
