"""The lists of the API: which filters and orders each kind of object can be asked in, whatever it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final

import strawberry

from app.db.orders import ENTITY_ORDERS, INVOICE_ORDERS, ITEM_ORDERS, LOG, ORDER_ORDERS
from app.db.where import All, Condition, Eq
from app.graphql.context import GraphQLContext
from app.graphql.fields import page
from app.graphql.filters import (
    AuditWhere,
    CustomerWhere,
    EmailWhere,
    EntityOrder,
    EntityWhere,
    InvoiceOrder,
    InvoiceWhere,
    ItemOrder,
    ItemWhere,
    JobWhere,
    OrderOrder,
    OrderWhere,
    RecurringInvoiceWhere,
    WebhookDeliveryWhere,
    condition_of,
)

_ORDER: Final = strawberry.argument(description="In which order.")


def _filtered(where: Any, description: str) -> Callable[..., Condition | None]:
    """What makes a condition of a field's argument `where`, which is of that type."""

    def which(context: GraphQLContext, where: Any = None) -> Condition | None:
        return condition_of(where, context.services.clock().date(), context.scope)

    which.__annotations__["where"] = Annotated[where | None, strawberry.argument(description=description)]
    return which


_ENTITIES: Final = _filtered(EntityWhere, "Which entities.")
_CUSTOMERS: Final = _filtered(CustomerWhere, "Which customers.")
_ORDERS: Final = _filtered(OrderWhere, "Which orders.")
_INVOICES: Final = _filtered(InvoiceWhere, "Which invoices.")
_ITEMS: Final = _filtered(ItemWhere, "Which items.")
_RECURRING: Final = _filtered(RecurringInvoiceWhere, "Which recurring invoices.")
_EMAILS: Final = _filtered(EmailWhere, "Which messages.")
_JOBS: Final = _filtered(JobWhere, "Which jobs.")
_HISTORY: Final = _filtered(AuditWhere, "Which entries.")
_DELIVERIES: Final = _filtered(WebhookDeliveryWhere, "Which deliveries.")


def entities(column: str | None = None, *, description: str) -> Any:
    """A list of sellers."""
    order_by = (Annotated[EntityOrder, _ORDER], EntityOrder.NEWEST, ENTITY_ORDERS)
    return page(column, description=description, which=_ENTITIES, order_by=order_by)


def customers(column: str | None = None, *, description: str) -> Any:
    """A list of buyers, the newest first."""
    return page(column, description=description, which=_CUSTOMERS)


def orders(column: str | None = None, *, description: str) -> Any:
    """A list of orders."""
    order_by = (Annotated[OrderOrder, _ORDER], OrderOrder.NEWEST, ORDER_ORDERS)
    return page(column, description=description, which=_ORDERS, order_by=order_by)


def invoices(column: str | None = None, *, description: str) -> Any:
    """A list of invoices."""
    order_by = (Annotated[InvoiceOrder, _ORDER], InvoiceOrder.NEWEST, INVOICE_ORDERS)
    return page(column, description=description, which=_INVOICES, order_by=order_by)


def payments(column: str | None = None, *, description: str) -> Any:
    """A list of payments and refunds, the newest first."""
    return page(column, description=description)


def items(column: str | None = None, *, description: str) -> Any:
    """A list of items."""
    order_by = (Annotated[ItemOrder, _ORDER], ItemOrder.NEWEST, ITEM_ORDERS)
    return page(column, description=description, which=_ITEMS, order_by=order_by)


def recurring_invoices(column: str | None = None, *, description: str) -> Any:
    """A list of recurring invoices, the newest first."""
    return page(column, description=description, which=_RECURRING)


def emails(column: str | None = None, *, description: str) -> Any:
    """A list of messages, the newest first."""
    return page(column, description=description, which=_EMAILS)


def jobs(column: str | None = None, *, description: str) -> Any:
    """A list of background jobs, the newest first."""
    return page(column, description=description, which=_JOBS)


def history(
    column: str | None = None, *, description: str = "What was changed of it, by whom, the newest first."
) -> Any:
    """A list of entries of the history, the newest first."""
    return page(column, description=description, which=_HISTORY)


def deliveries(column: str | None = None, *, description: str) -> Any:
    """A list of webhook deliveries, the newest first."""
    return page(column, description=description, which=_DELIVERIES)


def deliveries_of_endpoint(*, description: str) -> Any:
    """The same list of the endpoint that an argument names."""

    def which(
        context: GraphQLContext,
        endpoint_id: Annotated[strawberry.ID, strawberry.argument(description="The endpoint.")],
        where: Annotated[WebhookDeliveryWhere | None, strawberry.argument(description="Which deliveries.")] = None,
    ) -> Condition:
        condition = condition_of(where, context.services.clock().date())
        return All((Eq("endpoint_id", endpoint_id), *(() if condition is None else (condition,))))

    return page(description=description, which=which)


def events(column: str | None = None, *, which: Callable[..., Condition | None], description: str) -> Any:
    """A part of the event log in its order."""
    return page(column, description=description, which=which, order=LOG, forward=True)
