"""Webhook endpoints and what was delivered to them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import strawberry
from strawberry.scalars import JSON

from app.db.aggregates import ATTEMPTS, DELIVERIES, ENDPOINTS
from app.db.rows import AttemptRow, DeliveryRow, EndpointRow
from app.domain.identity import IdPrefix
from app.domain.scope import Permission
from app.domain.webhooks.status import DeliveryStatus, EndpointStatus
from app.graphql import lists
from app.graphql.connections import Connection
from app.graphql.enums import EventType
from app.graphql.fields import column, computed, to_many, to_one
from app.graphql.node import Node
from app.graphql.sources import OfRow, stored
from app.graphql.types.entity import Entity
from app.graphql.types.event import Event


def _event_type(row: DeliveryRow) -> EventType:
    return EventType(row.event_type)


def _event_types(row: EndpointRow) -> list[EventType]:
    return [EventType(name) for name in row.event_types]


def _headers(row: EndpointRow) -> Any:
    return dict.fromkeys(row.headers, "hidden")


@stored(ATTEMPTS, Permission.WEBHOOKS_READ)
@strawberry.type(description="One HTTP request of a delivery, and what came back.")
class WebhookAttempt(OfRow):
    number: int = strawberry.field(description="The attempt's number, from 1.")
    succeeded: bool = column("ok", description="Whether a 2xx came back in time.")
    response_status: int | None = strawberry.field(description="The HTTP status that came back.")
    response_body: str | None = strawberry.field(description="The beginning of the response, up to 20 kB.")
    error: str | None = strawberry.field(description="What went wrong.")
    duration_ms: int = strawberry.field(description="How long it took, in milliseconds.")
    started_at: datetime = strawberry.field(description="When it began.")
    row: strawberry.Private[AttemptRow]


@stored(DELIVERIES, Permission.WEBHOOKS_READ, prefix=IdPrefix.WEBHOOK_DELIVERY)
@strawberry.type(description="One event on its way to one endpoint.")
class WebhookDelivery(OfRow, Node):
    event_type: EventType = computed(_event_type, "event_type", description="The type of the event.")
    status: DeliveryStatus = strawberry.field(description="Whether it arrived.")
    attempt_count: int = strawberry.field(description="How often it was tried.")
    next_attempt_at: datetime | None = strawberry.field(description="When it is tried next.")
    response_status: int | None = strawberry.field(description="The HTTP status of the last attempt.")
    error: str | None = strawberry.field(description="What went wrong at the last attempt.")
    created_at: datetime = strawberry.field(description="When it was taken from the event log.")
    finished_at: datetime | None = strawberry.field(description="When it arrived or was given up.")
    row: strawberry.Private[DeliveryRow]

    endpoint: Annotated[WebhookEndpoint, strawberry.lazy(__name__)] = to_one(
        "endpoint_id", description="The endpoint it goes to."
    )
    event: Event = to_one("event_id", description="The event it carries.")
    attempts: list[WebhookAttempt] = to_many(
        "delivery_id", order="number", description="Its attempts, the first one first."
    )


@stored(ENDPOINTS, Permission.WEBHOOKS_READ, prefix=IdPrefix.WEBHOOK_ENDPOINT)
@strawberry.type(description="An address that receives events, signed by Standard Webhooks.")
class WebhookEndpoint(OfRow, Node):
    url: str = strawberry.field(description="Where events are sent.")
    description: str | None = strawberry.field(description="What it is for.")
    event_types: list[EventType] = computed(
        _event_types, "event_types", description="Which types it receives; none named means all."
    )
    headers: JSON = computed(
        _headers, "headers", description="The names of further headers that are sent, their values hidden."
    )
    status: EndpointStatus = strawberry.field(description="Whether it receives anything.")
    disabled_reason: str | None = strawberry.field(description="Why it was disabled.")
    failing_since: datetime | None = strawberry.field(description="Since when nothing arrived.")
    created_at: datetime = strawberry.field(description="When it was made.")
    updated_at: datetime = strawberry.field(description="When it last changed.")
    version: int = strawberry.field(description="Grows with every change; give it as expectedVersion.")
    row: strawberry.Private[EndpointRow]

    entity: Entity | None = to_one(
        "entity_id", description="The seller whose events it receives; null means all sellers'."
    )
    deliveries: Connection[WebhookDelivery] = lists.deliveries(
        "endpoint_id", description="What was sent to it, the newest first."
    )
