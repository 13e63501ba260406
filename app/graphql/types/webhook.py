"""Webhook endpoints and what was delivered to them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

import strawberry
from strawberry.scalars import JSON

from app.db.aggregates import DELIVERIES
from app.db.paging import NEWEST, PageRequest
from app.db.rows import AttemptRow, DeliveryRow, EndpointRow
from app.db.where import All, Condition, Eq
from app.domain.scope import Permission
from app.domain.webhooks.status import DeliveryStatus, EndpointStatus
from app.graphql.connections import After, Before, Connection, First, Last, connect
from app.graphql.context import Info
from app.graphql.enums import EventType
from app.graphql.filters import WebhookDeliveryWhere, condition_of
from app.graphql.node import Node
from app.graphql.types.customer import entity_of
from app.graphql.types.entity import Entity
from app.graphql.types.event import Event


@strawberry.type(description="One HTTP request of a delivery, and what came back.")
class WebhookAttempt:
    number: int = strawberry.field(description="The attempt's number, from 1.")
    succeeded: bool = strawberry.field(description="Whether a 2xx came back in time.")
    response_status: int | None = strawberry.field(description="The HTTP status that came back.")
    response_body: str | None = strawberry.field(description="The beginning of the response, up to 20 kB.")
    error: str | None = strawberry.field(description="What went wrong.")
    duration_ms: int = strawberry.field(description="How long it took, in milliseconds.")
    started_at: datetime = strawberry.field(description="When it began.")

    @classmethod
    def of(cls, row: AttemptRow) -> Self:
        """An attempt from its row."""
        return cls(
            number=row.number,
            succeeded=row.ok,
            response_status=row.response_status,
            response_body=row.response_body,
            error=row.error,
            duration_ms=row.duration_ms,
            started_at=row.started_at,
        )


@strawberry.type(description="One event on its way to one endpoint.")
class WebhookDelivery(Node):
    event_type: EventType = strawberry.field(description="The type of the event.")
    status: DeliveryStatus = strawberry.field(description="Whether it arrived.")
    attempt_count: int = strawberry.field(description="How often it was tried.")
    next_attempt_at: datetime | None = strawberry.field(description="When it is tried next.")
    response_status: int | None = strawberry.field(description="The HTTP status of the last attempt.")
    error: str | None = strawberry.field(description="What went wrong at the last attempt.")
    created_at: datetime = strawberry.field(description="When it was taken from the event log.")
    finished_at: datetime | None = strawberry.field(description="When it arrived or was given up.")
    row: strawberry.Private[DeliveryRow]

    @classmethod
    def of(cls, row: DeliveryRow) -> Self:
        """A delivery from its row."""
        return cls(
            id=strawberry.ID(row.id),
            event_type=EventType(row.event_type),
            status=row.status,
            attempt_count=row.attempt_count,
            next_attempt_at=row.next_attempt_at,
            response_status=row.response_status,
            error=row.error,
            created_at=row.created_at,
            finished_at=row.finished_at,
            row=row,
        )

    @strawberry.field(description="The endpoint it goes to.")
    async def endpoint(self, info: Info) -> Annotated[WebhookEndpoint, strawberry.lazy(__name__)]:
        row = await info.context.loaders.endpoint.load(self.row.endpoint_id)
        if row is None:
            raise LookupError(f"no endpoint {self.row.endpoint_id} in the scope of its own delivery")
        return WebhookEndpoint.of(row)

    @strawberry.field(description="The event it carries.")
    async def event(self, info: Info) -> Event:
        row = await info.context.loaders.event.load(self.row.event_id)
        if row is None:
            raise LookupError(f"no event {self.row.event_id} in the scope of its own delivery")
        return Event.of(row, info.context.scope)

    @strawberry.field(description="Its attempts, the first one first.")
    async def attempts(self, info: Info) -> list[WebhookAttempt]:
        return [WebhookAttempt.of(row) for row in await info.context.loaders.attempts.load(str(self.id))]


DeliveryArgument = Annotated[WebhookDeliveryWhere | None, strawberry.argument(description="Which deliveries.")]


@strawberry.type(description="An address that receives events, signed by Standard Webhooks.")
class WebhookEndpoint(Node):
    url: str = strawberry.field(description="Where events are sent.")
    description: str | None = strawberry.field(description="What it is for.")
    event_types: list[EventType] = strawberry.field(description="Which types it receives; none named means all.")
    headers: JSON = strawberry.field(description="The names of further headers that are sent, their values hidden.")
    status: EndpointStatus = strawberry.field(description="Whether it receives anything.")
    disabled_reason: str | None = strawberry.field(description="Why it was disabled.")
    failing_since: datetime | None = strawberry.field(description="Since when nothing arrived.")
    created_at: datetime = strawberry.field(description="When it was made.")
    updated_at: datetime = strawberry.field(description="When it last changed.")
    version: int = strawberry.field(description="Grows with every change; give it as expectedVersion.")
    row: strawberry.Private[EndpointRow]

    @classmethod
    def of(cls, row: EndpointRow) -> Self:
        """An endpoint from its row, without its secrets."""
        return cls(
            id=strawberry.ID(row.id),
            url=row.url,
            description=row.description,
            event_types=[EventType(name) for name in row.event_types],
            headers=JSON(dict.fromkeys(row.headers, "hidden")),
            status=row.status,
            disabled_reason=row.disabled_reason,
            failing_since=row.failing_since,
            created_at=row.created_at,
            updated_at=row.updated_at,
            version=row.version,
            row=row,
        )

    @strawberry.field(description="The seller whose events it receives; null means all sellers'.")
    async def entity(self, info: Info) -> Entity | None:
        return None if self.row.entity_id is None else await entity_of(info, self.row.entity_id)

    @strawberry.field(description="What was sent to it, the newest first.")
    async def deliveries(
        self,
        info: Info,
        where: DeliveryArgument = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[WebhookDelivery]:
        own: Condition = Eq("endpoint_id", str(self.id))
        asked = condition_of(where, info.context.services.clock().date())
        return await connect(
            info,
            DELIVERIES,
            Permission.WEBHOOKS_READ,
            WebhookDelivery.of,
            request=PageRequest(first=first, after=after, last=last, before=before),
            order=NEWEST,
            where=own if asked is None else All((own, asked)),
        )
