"""Webhook endpoints and what was delivered to them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry
from strawberry.scalars import JSON

from app.db.aggregates import ATTEMPTS, DELIVERIES, ENDPOINTS
from app.db.webhook_rows import AttemptRow, DeliveryRow, EndpointRow
from app.delivery.message import webhook_body
from app.delivery.outgoing.webhook import HIDDEN
from app.domain.identity import IdPrefix
from app.domain.scope import Permission
from app.domain.webhooks.rotation import last_ends_at
from app.domain.webhooks.status import DeliveryStatus, EndpointStatus
from app.graphql import lists
from app.graphql.connections import Connection
from app.graphql.context import GraphQLContext
from app.graphql.enums import EventType
from app.graphql.fields import column, computed, to_many, to_one
from app.graphql.node import Node
from app.graphql.sources import STORED, OfRow, stored
from app.graphql.types.entity import Entity
from app.graphql.types.event import Event

if TYPE_CHECKING:
    from app.graphql.types.history import AuditEntry


def _event_type(row: DeliveryRow) -> EventType:
    return EventType(row.event_type)


def _event_types(row: EndpointRow) -> list[EventType]:
    return [EventType(name) for name in row.event_types]


def _headers(row: EndpointRow) -> Any:
    return dict.fromkeys(row.headers, HIDDEN)


def _overlap_until(row: EndpointRow, context: GraphQLContext) -> datetime | None:
    return last_ends_at(row.retired_secrets, context.services.clock())


def _replaying(row: EndpointRow) -> bool:
    return row.replay_seq is not None


def _request_headers(row: AttemptRow) -> Any:
    return row.request_headers


def _response_headers(row: AttemptRow) -> Any:
    return row.response_headers


async def _body(row: DeliveryRow, context: GraphQLContext) -> str | None:
    event = await context.loaders.one(STORED["Event"], row.event_id)
    if event is None:
        return None
    if row.payload is not None:
        endpoint = await context.loaders.one(STORED["WebhookEndpoint"], row.endpoint_id)
        # What was selected is for those who could have read it themselves.
        context.scope.require(*map(Permission, endpoint.permissions))
    seller = row.entity_id is not None
    body = webhook_body(event, context.scope.mode, for_seller=seller, api_version=row.api_version, selected=row.payload)
    return body.decode()


@stored(ATTEMPTS, Permission.WEBHOOKS_READ)
@strawberry.type(description="One HTTP request of a delivery, and what came back.")
class WebhookAttempt(OfRow):
    number: int = strawberry.field(description="The attempt's number, from 1.")
    succeeded: bool = column("ok", description="Whether a 2xx came back in time.")
    response_status: int | None = strawberry.field(description="The HTTP status that came back.")
    request_headers: JSON = computed(
        _request_headers,
        "request_headers",
        description="The headers of the request, the endpoint's own with their values hidden; none when nothing was"
        " sent. The body is the delivery's.",
    )
    response_headers: JSON = computed(
        _response_headers, "response_headers", description="The headers of the response, up to 8 kB."
    )
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
    api_version: str = strawberry.field(description="The API version in whose shape it carries the event.")
    body: str | None = computed(
        _body,
        "event_id",
        "endpoint_id",
        "entity_id",
        "api_version",
        "payload",
        description="The body of its requests, the same at every attempt. What a selection makes of the event is in it"
        " from the first attempt on. Null when the event is out of sight. Needs events:read as well, and what the"
        " endpoint's selection needs.",
    )
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
    ordered: bool = strawberry.field(
        description="Whether it receives one event at a time, in the log's order; the next one when the one before is"
        " accepted or given up."
    )
    api_version: str = strawberry.field(
        description="The API version whose payloads it receives: that of its making, until it is changed."
    )
    selection: str | None = strawberry.field(
        description="The selection on the event that the data of its webhooks is made of; null for the event's own."
    )
    previous_secrets_sign_until: datetime | None = computed(
        _overlap_until,
        "retired_secrets",
        description="Until when former secrets sign beside the newest; null when they do not.",
    )
    replaying: bool = computed(
        _replaying, "replay_seq", description="Whether a replay is still being taken from the event log."
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
    history: Connection[Annotated[AuditEntry, strawberry.lazy("app.graphql.types.history")]] = lists.history(
        "subject_id"
    )
