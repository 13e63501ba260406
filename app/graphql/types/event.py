"""Events of the log, and what they happened to as it is now."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import orjson
import strawberry
from strawberry.scalars import JSON

from app.db.aggregates import EVENTS
from app.db.rows import EventRow
from app.db.where import Condition, IsNull
from app.domain.identity import IdPrefix
from app.domain.scope import Permission
from app.graphql.context import GraphQLContext
from app.graphql.enums import EventType
from app.graphql.fields import column, computed, to_one
from app.graphql.node import Node
from app.graphql.sources import OfRow, stored
from app.graphql.types.entity import Entity

if TYPE_CHECKING:
    from app.graphql.types.customer import Customer
    from app.graphql.types.invoice import Invoice
    from app.graphql.types.order import Order
    from app.graphql.types.payment import Payment

Types = Annotated[list[EventType] | None, strawberry.argument(description="Only these types; all if none are named.")]
EventsAfter = Annotated[str | None, strawberry.argument(description="Begin after the event with this cursor.")]
EntityId = Annotated[strawberry.ID | None, strawberry.argument(description="Only what concerns this seller.")]


def _sequence(row: EventRow, context: GraphQLContext) -> int | None:
    # The log's numbers would tell a seller how busy the others are.
    return row.seq if context.scope.entity_id is None else None


def _type(row: EventRow) -> EventType:
    return EventType(row.type)


def _data(row: EventRow) -> Any:
    return orjson.loads(row.payload)


@stored(EVENTS, Permission.EVENTS_READ, prefix=IdPrefix.EVENT, visible=IsNull("seq", null=False))
@strawberry.type(description="A fact of the platform's event log.")
class Event(OfRow, Node):
    cursor: str = column("id", description="The event's place in the log; subscribe or read on after it.")
    sequence: int | None = computed(
        _sequence,
        "seq",
        description="The event's number in the platform's log, without a gap; null for a seller's key.",
    )
    entity_sequence: int | None = column(
        "entity_seq",
        description="The event's number among those of its seller, without a gap; null when it concerns none.",
    )
    type: EventType = computed(_type, "type", description="What happened to what.")
    subject_id: strawberry.ID = strawberry.field(description="The id of the object it happened to.")
    data: JSON = computed(_data, "payload", description="The object as it was then; the same as in the webhook's data.")
    actor: str = strawberry.field(
        description="Who caused it: an API key's or a channel's id, system:… for the product itself, or command:…."
    )
    occurred_at: datetime = strawberry.field(description="When it happened.")
    row: strawberry.Private[EventRow]

    entity: Entity | None = to_one("entity_id", description="The seller it concerns, if it concerns one.")
    customer: Annotated[Customer, strawberry.lazy("app.graphql.types.customer")] | None = to_one(
        "subject_id", description="The buyer it happened to, as it is now; null when it happened to something else."
    )
    order: Annotated[Order, strawberry.lazy("app.graphql.types.order")] | None = to_one(
        "subject_id", description="The order it happened to, as it is now; null when it happened to something else."
    )
    invoice: Annotated[Invoice, strawberry.lazy("app.graphql.types.invoice")] | None = to_one(
        "subject_id",
        description="The invoice it happened to, as it is now; null when it happened to something else, or when it was"
        " a draft that is deleted.",
    )
    payment: Annotated[Payment, strawberry.lazy("app.graphql.types.payment")] | None = to_one(
        "subject_id", description="The payment it happened to; null when it happened to something else."
    )


def numbered(context: GraphQLContext) -> Condition:
    """What readers see: events that have their place in the log."""
    return IsNull("seq", null=False)
