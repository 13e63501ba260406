"""Objects by id, and lists of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

import strawberry

from app.db.aggregates import (
    API_KEYS,
    CUSTOMERS,
    DELIVERIES,
    ENDPOINTS,
    ENTITIES,
    EVENTS,
    INVOICES,
    ORDERS,
    PAYMENTS,
    Aggregate,
)
from app.db.orders import ENTITY_ORDERS, INVOICE_ORDERS, ORDER_ORDERS
from app.db.paging import NEWEST, PageRequest
from app.db.where import All, Condition, Eq
from app.domain.errors import InvalidInput, LimitExceeded
from app.domain.identity import IdPrefix, prefix_of
from app.domain.scope import Permission
from app.graphql.connections import After, Before, Connection, First, Last, connect
from app.graphql.context import Info
from app.graphql.filters import (
    EntityOrder,
    EntityWhere,
    InvoiceOrder,
    OrderOrder,
)
from app.graphql.filters import condition_of as _condition_of
from app.graphql.node import Node
from app.graphql.types.api_key import ApiKey, Viewer
from app.graphql.types.customer import Customer
from app.graphql.types.entity import (
    CustomerArgument,
    Entity,
    InvoiceArgument,
    InvoiceOrderArgument,
    OrderArgument,
    OrderOrderArgument,
)
from app.graphql.types.event import Event
from app.graphql.types.invoice import Invoice
from app.graphql.types.order import Order
from app.graphql.types.payment import Payment
from app.graphql.types.webhook import WebhookDelivery, WebhookEndpoint

MAX_NODES: Final = 100


@dataclass(frozen=True, slots=True)
class NodeKind:
    """How an object of one id prefix is read, and made of its row for whoever asks."""

    prefix: IdPrefix
    aggregate: Aggregate[Any]
    permission: Permission
    type: type[Node]
    of: Callable[[Any, Info], Node]


NODE_KINDS: Final[tuple[NodeKind, ...]] = (
    NodeKind(
        IdPrefix.ENTITY,
        ENTITIES,
        Permission.ENTITIES_READ,
        Entity,
        lambda row, info: Entity.of(row, info.context.base_url),
    ),
    NodeKind(IdPrefix.CUSTOMER, CUSTOMERS, Permission.CUSTOMERS_READ, Customer, lambda row, info: Customer.of(row)),
    NodeKind(IdPrefix.ORDER, ORDERS, Permission.ORDERS_READ, Order, lambda row, info: Order.of(row)),
    NodeKind(IdPrefix.INVOICE, INVOICES, Permission.INVOICES_READ, Invoice, lambda row, info: Invoice.of(row)),
    NodeKind(IdPrefix.PAYMENT, PAYMENTS, Permission.PAYMENTS_READ, Payment, lambda row, info: Payment.of(row)),
    NodeKind(
        IdPrefix.EVENT, EVENTS, Permission.EVENTS_READ, Event, lambda row, info: Event.of(row, info.context.scope)
    ),
    NodeKind(
        IdPrefix.WEBHOOK_ENDPOINT,
        ENDPOINTS,
        Permission.WEBHOOKS_READ,
        WebhookEndpoint,
        lambda row, info: WebhookEndpoint.of(row),
    ),
    NodeKind(
        IdPrefix.WEBHOOK_DELIVERY,
        DELIVERIES,
        Permission.WEBHOOKS_READ,
        WebhookDelivery,
        lambda row, info: WebhookDelivery.of(row),
    ),
    NodeKind(IdPrefix.API_KEY, API_KEYS, Permission.API_KEYS_READ, ApiKey, lambda row, info: ApiKey.of(row)),
)
_KIND_OF: Final = {kind.prefix: kind for kind in NODE_KINDS}

NodeId = Annotated[strawberry.ID, strawberry.argument(description="The object's id.")]
NodeIds = Annotated[list[strawberry.ID], strawberry.argument(description="The objects' ids, at most 100.")]
OptionalId = Annotated[strawberry.ID | None, strawberry.argument(description="Its id.")]
ExternalId = Annotated[str | None, strawberry.argument(description="The marketplace's own id of it.")]
Number = Annotated[str | None, strawberry.argument(description="Its number; needs entityId with a platform key.")]
OfEntity = Annotated[strawberry.ID | None, strawberry.argument(description="The seller whose number it is.")]
Entities = Annotated[EntityWhere | None, strawberry.argument(description="Which entities.")]
Sorting = Annotated[EntityOrder, strawberry.argument(description="In which order.")]


async def load_nodes(info: Info, ids: Sequence[str]) -> list[Node | None]:
    """The objects with these ids, in their order; null for what is malformed, foreign or not there."""
    scope, database = info.context.scope, info.context.services.database
    by_kind: dict[IdPrefix, list[str]] = {}
    for node_id in ids:
        prefix = prefix_of(node_id)
        if prefix is not None and prefix in _KIND_OF:
            by_kind.setdefault(prefix, []).append(node_id)
    found: dict[str, Node] = {}
    for prefix, wanted in by_kind.items():
        kind = _KIND_OF[prefix]
        scope.require(kind.permission)
        async with database.read(scope) as session:
            rows = await kind.aggregate.by_ids(scope, session, wanted)
        found |= {row_id: kind.of(row, info) for row_id, row in rows.items() if not _unnumbered(row)}
    return [found.get(node_id) for node_id in ids]


def _unnumbered(row: Any) -> bool:
    # An event that the log has not given its place yet is not there for readers.
    return getattr(row, "seq", 0) is None


def condition_of(info: Info, where: Any) -> Condition | None:
    """The condition of a `where`, as of today."""
    return _condition_of(where, info.context.services.clock().date())


@strawberry.type
class ObjectQueries:
    @strawberry.field(description="The object with this id; null when it does not exist for whoever asks.")
    async def node(self, info: Info, id: NodeId) -> Node | None:
        return (await load_nodes(info, [id]))[0]

    @strawberry.field(description="The objects with these ids, in their order; null for each that does not exist.")
    async def nodes(self, info: Info, ids: NodeIds) -> list[Node | None]:
        if len(ids) > MAX_NODES:
            raise LimitExceeded(f"at most {MAX_NODES} ids", field=("ids",))
        return await load_nodes(info, ids)

    @strawberry.field(description="Who is asking, and what it may do.")
    def viewer(self, info: Info) -> Viewer:
        scope = info.context.scope
        return Viewer(
            platform_id=strawberry.ID(scope.platform_id),
            mode=scope.mode,
            permissions=sorted(scope.permissions),
            api_key=ApiKey.of(info.context.key),
        )

    @strawberry.field(description="The sellers.")
    async def entities(
        self,
        info: Info,
        where: Entities = None,
        order_by: Sorting = EntityOrder.NEWEST,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Entity]:
        base_url = info.context.base_url
        return await connect(
            info,
            ENTITIES,
            Permission.ENTITIES_READ,
            lambda row: Entity.of(row, base_url),
            request=PageRequest(first=first, after=after, last=last, before=before),
            order=ENTITY_ORDERS[order_by.value],
            where=condition_of(info, where),
        )

    @strawberry.field(description="One seller, by its id or by the marketplace's; null when it does not exist.")
    async def entity(self, info: Info, id: OptionalId = None, external_id: ExternalId = None) -> Entity | None:
        if (id is None) == (external_id is None):
            raise InvalidInput("give either id or externalId", field=("id",))
        where = Eq("id", id) if id is not None else Eq("external_id", external_id)
        row = await _first(info, ENTITIES, Permission.ENTITIES_READ, where)
        return None if row is None else Entity.of(row, info.context.base_url)

    @strawberry.field(description="The buyers of all sellers in sight, the newest first.")
    async def customers(
        self,
        info: Info,
        where: CustomerArgument = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Customer]:
        return await connect(
            info,
            CUSTOMERS,
            Permission.CUSTOMERS_READ,
            Customer.of,
            request=PageRequest(first=first, after=after, last=last, before=before),
            order=NEWEST,
            where=condition_of(info, where),
        )

    @strawberry.field(description="The orders of all sellers in sight.")
    async def orders(
        self,
        info: Info,
        where: OrderArgument = None,
        order_by: OrderOrderArgument = OrderOrder.NEWEST,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Order]:
        return await connect(
            info,
            ORDERS,
            Permission.ORDERS_READ,
            Order.of,
            request=PageRequest(first=first, after=after, last=last, before=before),
            order=ORDER_ORDERS[order_by.value],
            where=condition_of(info, where),
        )

    @strawberry.field(description="The invoices of all sellers in sight.")
    async def invoices(
        self,
        info: Info,
        where: InvoiceArgument = None,
        order_by: InvoiceOrderArgument = InvoiceOrder.NEWEST,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Invoice]:
        return await connect(
            info,
            INVOICES,
            Permission.INVOICES_READ,
            Invoice.of,
            request=PageRequest(first=first, after=after, last=last, before=before),
            order=INVOICE_ORDERS[order_by.value],
            where=condition_of(info, where),
        )

    @strawberry.field(description="One invoice, by its id or by its number; null when it does not exist.")
    async def invoice(
        self, info: Info, id: OptionalId = None, number: Number = None, entity_id: OfEntity = None
    ) -> Invoice | None:
        if (id is None) == (number is None):
            raise InvalidInput("give either id or number", field=("id",))
        if id is not None:
            parts: list[Condition] = [Eq("id", id)]
        else:
            seller = entity_id or info.context.scope.entity_id
            if seller is None:
                raise InvalidInput("a number is unique per seller only; name the seller", field=("entityId",))
            parts = [Eq("entity_id", seller), Eq("number", number)]
        row = await _first(info, INVOICES, Permission.INVOICES_READ, All(tuple(parts)))
        return None if row is None else Invoice.of(row)

    @strawberry.field(description="The webhook endpoints, the newest first.")
    async def webhook_endpoints(
        self, info: Info, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[WebhookEndpoint]:
        return await connect(
            info,
            ENDPOINTS,
            Permission.WEBHOOKS_READ,
            WebhookEndpoint.of,
            request=PageRequest(first=first, after=after, last=last, before=before),
            order=NEWEST,
        )

    @strawberry.field(description="The API keys, the newest first.")
    async def api_keys(
        self, info: Info, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[ApiKey]:
        return await connect(
            info,
            API_KEYS,
            Permission.API_KEYS_READ,
            ApiKey.of,
            request=PageRequest(first=first, after=after, last=last, before=before),
            order=NEWEST,
        )


async def _first(info: Info, aggregate: Aggregate[Any], permission: Permission, where: Condition) -> Any:
    scope = info.context.scope
    scope.require(permission)
    async with info.context.services.database.read(scope) as session:
        rows = await aggregate.list(scope, session, where, limit=1)
    return rows[0] if rows else None
