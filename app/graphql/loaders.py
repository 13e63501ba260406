"""Relations by batches: one statement for all rows of a kind that an operation asks for, inside its scope."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final, TypeVar

from strawberry.dataloader import DataLoader

from app.db import balances
from app.db.aggregates import (
    ATTEMPTS,
    CUSTOMERS,
    ENDPOINTS,
    ENTITIES,
    EVENTS,
    INVOICE_LINES,
    INVOICES,
    ORDER_LINES,
    ORDERS,
    PAYMENTS,
    SERIES,
    Aggregate,
)
from app.db.rows import (
    AttemptRow,
    CustomerRow,
    EndpointRow,
    EntityRow,
    EventRow,
    InvoiceLineRow,
    InvoiceRow,
    OrderLineRow,
    OrderRow,
    PaymentRow,
    SeriesRow,
)
from app.db.transaction import Database
from app.db.where import OneOf
from app.domain.errors import LimitExceeded
from app.domain.scope import Permission, Scope

R = TypeVar("R")

# Ids looked up in one statement, and rows that one statement may bring for them.
MAX_KEYS: Final = 1_000
MAX_CHILDREN: Final = 50_000


class Loaders:
    """The loaders of one operation. What its key may not read raises PermissionDenied when it is asked for."""

    def __init__(self, database: Database, scope: Scope) -> None:
        self._database = database
        self._scope = scope
        self.entity: DataLoader[str, EntityRow | None] = self._one(ENTITIES, Permission.ENTITIES_READ)
        self.customer: DataLoader[str, CustomerRow | None] = self._one(CUSTOMERS, Permission.CUSTOMERS_READ)
        self.order: DataLoader[str, OrderRow | None] = self._one(ORDERS, Permission.ORDERS_READ)
        self.invoice: DataLoader[str, InvoiceRow | None] = self._one(INVOICES, Permission.INVOICES_READ)
        self.endpoint: DataLoader[str, EndpointRow | None] = self._one(ENDPOINTS, Permission.WEBHOOKS_READ)
        self.event: DataLoader[str, EventRow | None] = self._one(EVENTS, Permission.EVENTS_READ)
        self.order_lines: DataLoader[str, list[OrderLineRow]] = self._many(
            ORDER_LINES, "order_id", "position", Permission.ORDERS_READ
        )
        self.order_invoices: DataLoader[str, list[InvoiceRow]] = self._many(
            INVOICES, "order_id", "id", Permission.INVOICES_READ
        )
        self.invoice_lines: DataLoader[str, list[InvoiceLineRow]] = self._many(
            INVOICE_LINES, "invoice_id", "position", Permission.INVOICES_READ
        )
        self.payments: DataLoader[str, list[PaymentRow]] = self._many(
            PAYMENTS, "invoice_id", "id", Permission.PAYMENTS_READ
        )
        self.credit_notes: DataLoader[str, list[InvoiceRow]] = self._many(
            INVOICES, "corrected_invoice_id", "id", Permission.INVOICES_READ
        )
        self.series: DataLoader[str, list[SeriesRow]] = self._many(SERIES, "entity_id", "id", Permission.ENTITIES_READ)
        self.attempts: DataLoader[str, list[AttemptRow]] = self._many(
            ATTEMPTS, "delivery_id", "number", Permission.WEBHOOKS_READ
        )
        self.balance: DataLoader[str, list[tuple[str, int]]] = self._loader(self._balances)

    def _loader(self, load: Callable[[list[str]], Awaitable[Sequence[Any]]]) -> DataLoader[str, Any]:
        return DataLoader(load_fn=load, max_batch_size=MAX_KEYS)

    def _one(self, aggregate: Aggregate[R], permission: Permission) -> DataLoader[str, R | None]:
        async def load(ids: list[str]) -> list[R | None]:
            self._scope.require(permission)
            async with self._database.read(self._scope) as session:
                found = await aggregate.by_ids(self._scope, session, ids)
            return [found.get(row_id) for row_id in ids]

        return self._loader(load)

    def _many(
        self, aggregate: Aggregate[R], parent: str, order: str, permission: Permission
    ) -> DataLoader[str, list[R]]:
        async def load(ids: list[str]) -> list[list[R]]:
            self._scope.require(permission)
            async with self._database.read(self._scope) as session:
                found = await aggregate.list(
                    self._scope,
                    session,
                    OneOf(parent, sorted(set(ids))),
                    order=((parent, False), (order, False)),
                    limit=MAX_CHILDREN + 1,
                )
            if len(found) > MAX_CHILDREN:
                raise LimitExceeded(f"one operation reads {MAX_CHILDREN} rows of {aggregate.table} at most")
            children: dict[str, list[R]] = {row_id: [] for row_id in ids}
            for row in found:
                children[getattr(row, parent)].append(row)
            return [children[row_id] for row_id in ids]

        return self._loader(load)

    async def _balances(self, ids: list[str]) -> list[list[tuple[str, int]]]:
        self._scope.require(Permission.INVOICES_READ)
        async with self._database.read(self._scope) as session:
            found = await balances.by_customer(self._scope, session, ids)
        return [found[row_id] for row_id in ids]
