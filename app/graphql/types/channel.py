"""Channels for signed orders."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from app.db.aggregates import CHANNELS
from app.db.rows import OrderChannelRow
from app.domain.identity import IdPrefix
from app.domain.scope import Permission
from app.graphql import lists
from app.graphql.connections import Connection
from app.graphql.context import GraphQLContext
from app.graphql.fields import computed, to_one
from app.graphql.node import Node
from app.graphql.sources import OfRow, stored
from app.graphql.types.entity import Entity
from app.services import channels

if TYPE_CHECKING:
    from app.graphql.types.history import AuditEntry


def _url(row: OrderChannelRow, context: GraphQLContext) -> str:
    return f"{context.base_url}/orders/{row.id}"


def _previous_until(row: OrderChannelRow, context: GraphQLContext) -> datetime | None:
    return channels.previous_until(row, context.services.clock())


@stored(CHANNELS, Permission.WEBHOOKS_READ, prefix=IdPrefix.ORDER_CHANNEL)
@strawberry.type(
    description="An address that takes orders signed by Standard Webhooks from the marketplace's own system."
)
class OrderChannel(OfRow, Node):
    name: str = strawberry.field(description="What it is called.")
    enabled: bool = strawberry.field(description="Whether it takes orders.")
    url: str = computed(_url, "id", description="Where orders are posted to.")
    previous_secrets_until: datetime | None = computed(
        _previous_until,
        "secrets",
        description="When the secrets before the newest one end; null when only the newest counts.",
    )
    last_used_at: datetime | None = strawberry.field(description="When a message was last accepted, to the minute.")
    last_failed_at: datetime | None = strawberry.field(description="When a message was last refused, to the minute.")
    last_failure: str | None = strawberry.field(description="Why it was refused.")
    created_at: datetime = strawberry.field(description="When it was made.")
    updated_at: datetime = strawberry.field(description="When it last changed.")
    version: int = strawberry.field(description="Grows with every change; give it as expectedVersion.")
    row: strawberry.Private[OrderChannelRow]

    entity: Entity | None = to_one(
        "entity_id", description="The seller whose orders alone it takes; null means all sellers'."
    )
    history: Connection[Annotated[AuditEntry, strawberry.lazy("app.graphql.types.history")]] = lists.history(
        "subject_id"
    )
