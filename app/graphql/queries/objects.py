"""Objects by id, and lists of them."""

from __future__ import annotations

from typing import Annotated, Final

import strawberry

from app.db.where import All, Condition, Eq
from app.domain.errors import InvalidInput
from app.domain.identity import IdPrefix
from app.graphql import lists
from app.graphql.connections import Connection
from app.graphql.context import GraphQLContext, Info
from app.graphql.fields import by_id, by_ids, one, page
from app.graphql.node import Node
from app.graphql.sources import STORED, StoredType
from app.graphql.types.api_key import ApiKey, Viewer
from app.graphql.types.channel import OrderChannel
from app.graphql.types.customer import Customer
from app.graphql.types.email import EmailMessage
from app.graphql.types.entity import Entity
from app.graphql.types.history import AuditEntry
from app.graphql.types.invoice import Invoice
from app.graphql.types.item import Item
from app.graphql.types.job import BackgroundJob
from app.graphql.types.order import Order
from app.graphql.types.payment import Payment
from app.graphql.types.recurring import RecurringInvoice
from app.graphql.types.refund import OrderRefund
from app.graphql.types.series import Series
from app.graphql.types.webhook import WebhookDelivery, WebhookEndpoint

# Every type that is found by its id; those that no other query names are among them.
NODE_TYPES: Final[dict[IdPrefix, StoredType]] = {kind.prefix: kind for kind in STORED.values() if kind.prefix}
assert {Payment, OrderRefund, Series} <= {kind.type for kind in NODE_TYPES.values()}

OptionalId = Annotated[strawberry.ID | None, strawberry.argument(description="Its id.")]
ExternalId = Annotated[str | None, strawberry.argument(description="The marketplace's own id of it.")]
Number = Annotated[str | None, strawberry.argument(description="Its number; needs entityId with a platform key.")]
Sku = Annotated[str | None, strawberry.argument(description="Its article number; needs entityId with a platform key.")]
RequiredId = Annotated[strawberry.ID, strawberry.argument(description="Its id.")]
OfEntity = Annotated[strawberry.ID | None, strawberry.argument(description="The seller whose number it is.")]


def _which_entity(context: GraphQLContext, id: OptionalId = None, external_id: ExternalId = None) -> Condition:
    if (id is None) == (external_id is None):
        raise InvalidInput("give either id or externalId", field=("id",))
    return Eq("id", id) if id is not None else Eq("external_id", external_id)


def _which_invoice(
    context: GraphQLContext, id: OptionalId = None, number: Number = None, entity_id: OfEntity = None
) -> Condition:
    if (id is None) == (number is None):
        raise InvalidInput("give either id or number", field=("id",))
    if id is not None:
        return Eq("id", id)
    seller = entity_id or context.scope.entity_id
    if seller is None:
        raise InvalidInput("a number is unique per seller only; name the seller", field=("entityId",))
    return All((Eq("entity_id", seller), Eq("number", number)))


def _which_item(
    context: GraphQLContext, id: OptionalId = None, sku: Sku = None, entity_id: OfEntity = None
) -> Condition:
    if (id is None) == (sku is None):
        raise InvalidInput("give either id or sku", field=("id",))
    if id is not None:
        return Eq("id", id)
    seller = entity_id or context.scope.entity_id
    if seller is None:
        raise InvalidInput("an article number is unique per seller only; name the seller", field=("entityId",))
    return All((Eq("entity_id", seller), Eq("sku", sku)))


def _which_recurring(context: GraphQLContext, id: RequiredId) -> Condition:
    return Eq("id", id)


@strawberry.type
class ObjectQueries:
    node: Node | None = by_id(description="The object with this id; null when it does not exist for whoever asks.")
    nodes: list[Node | None] = by_ids(
        description="The objects with these ids, in their order; null for each that does not exist."
    )

    @strawberry.field(description="Who is asking, and what it may do.")
    def viewer(self, info: Info) -> Viewer:
        scope = info.context.scope
        return Viewer(
            platform_id=strawberry.ID(scope.platform_id),
            mode=scope.mode,
            permissions=sorted(scope.permissions),
            api_key=ApiKey.of(info.context.key),
        )

    entities: Connection[Entity] = lists.entities(description="The sellers.")
    entity: Entity | None = one(
        _which_entity, description="One seller, by its id or by the marketplace's; null when it does not exist."
    )
    customers: Connection[Customer] = lists.customers(
        description="The buyers of all sellers in sight, the newest first."
    )
    orders: Connection[Order] = lists.orders(description="The orders of all sellers in sight.")
    invoices: Connection[Invoice] = lists.invoices(description="The invoices of all sellers in sight.")
    invoice: Invoice | None = one(
        _which_invoice, description="One invoice, by its id or by its number; null when it does not exist."
    )
    items: Connection[Item] = lists.items(description="The items of all sellers in sight.")
    item: Item | None = one(
        _which_item, description="One item, by its id or by its article number; null when it does not exist."
    )
    recurring_invoices: Connection[RecurringInvoice] = lists.recurring_invoices(
        description="The recurring invoices of all sellers in sight, the newest first."
    )
    recurring_invoice: RecurringInvoice | None = one(
        _which_recurring, description="One recurring invoice; null when it does not exist."
    )
    emails: Connection[EmailMessage] = lists.emails(
        description="The messages of all sellers in sight and, with a platform key, to the operator; the newest first."
    )
    webhook_endpoints: Connection[WebhookEndpoint] = page(description="The webhook endpoints, the newest first.")
    jobs: Connection[BackgroundJob] = lists.jobs(
        description="The background jobs of all sellers in sight, the newest first."
    )
    order_channels: Connection[OrderChannel] = page(description="The channels for signed orders, the newest first.")
    audit_entries: Connection[AuditEntry] = lists.history(
        description="What was changed of whatever is in sight, by whom, the newest first; of deleted objects too."
    )
    webhook_deliveries: Connection[WebhookDelivery] = lists.deliveries_of_endpoint(
        description="What was sent to a webhook endpoint, the newest first; nothing when there is no such endpoint."
    )
    api_keys: Connection[ApiKey] = page(description="The API keys, the newest first.")
