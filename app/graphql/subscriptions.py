"""Subscriptions: the event log as it grows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, Hashable, Sequence
from typing import Annotated, Final, TypeVar

import strawberry

from app.db.aggregates import INVOICES, JOBS, ORDERS, Aggregate
from app.db.job_rows import JobRow
from app.db.rows import EventRow
from app.domain.errors import InvalidInput, NotFound
from app.domain.jobs import UNFINISHED
from app.domain.scope import Permission
from app.graphql.context import GraphQLContext, Info
from app.graphql.enums import EventType
from app.graphql.event_stream import EventStream
from app.graphql.types.event import EntityId, Event, EventsAfter, Types
from app.graphql.types.invoice import Invoice
from app.graphql.types.job import BackgroundJob, Job
from app.graphql.types.order import Order

R = TypeVar("R")
JobId = Annotated[strawberry.ID, strawberry.argument(description="The job.")]
# How often a job that somebody watches is looked at.
JOB_POLL_S: Final = 0.5

INVOICE_TYPES: Final = tuple(member for member in EventType if member.value.startswith("invoice."))
ORDER_TYPES: Final = tuple(member for member in EventType if member.value.startswith("order."))


@strawberry.type(description="Something that happened to an invoice.")
class InvoiceEvent:
    cursor: str = strawberry.field(description="The event's place in the log; subscribe again after it.")
    type: EventType = strawberry.field(description="What happened.")
    event: Event = strawberry.field(description="The event with the invoice as it was then.")
    invoice: Invoice | None = strawberry.field(
        description="The invoice as it is now; null when it was a draft that is deleted."
    )


@strawberry.type(description="Something that happened to an order.")
class OrderEvent:
    cursor: str = strawberry.field(description="The event's place in the log; subscribe again after it.")
    type: EventType = strawberry.field(description="What happened.")
    event: Event = strawberry.field(description="The event with the order as it was then.")
    order: Order | None = strawberry.field(description="The order as it is now.")


async def _events(context: GraphQLContext, rows: Sequence[EventRow]) -> list[Event]:
    return [Event.of(row) for row in rows]


async def _invoice_events(context: GraphQLContext, rows: Sequence[EventRow]) -> list[InvoiceEvent]:
    found = await _subjects(context, INVOICES, rows)
    return [
        InvoiceEvent(
            cursor=row.id,
            type=EventType(row.type),
            event=Event.of(row),
            invoice=Invoice.of(found[row.subject_id]) if row.subject_id in found else None,
        )
        for row in rows
    ]


async def _order_events(context: GraphQLContext, rows: Sequence[EventRow]) -> list[OrderEvent]:
    found = await _subjects(context, ORDERS, rows)
    return [
        OrderEvent(
            cursor=row.id,
            type=EventType(row.type),
            event=Event.of(row),
            order=Order.of(found[row.subject_id]) if row.subject_id in found else None,
        )
        for row in rows
    ]


async def _subjects(context: GraphQLContext, aggregate: Aggregate[R], rows: Sequence[EventRow]) -> dict[str, R]:
    """What the events happened to, as it is now: read anew for each page, since a loader would remember."""
    async with context.services.database.read(context.scope) as session:
        return await aggregate.by_ids(context.scope, session, [row.subject_id for row in rows])


@strawberry.type(description="Everything that can be watched.")
class Subscription:
    @strawberry.subscription(description="Events as they happen, or all after a cursor and then as they happen.")
    async def events(
        self, info: Info, after: EventsAfter = None, types: Types = None, entity_id: EntityId = None
    ) -> AsyncIterable[Event]:
        info.context.scope.require(Permission.EVENTS_READ)
        return await EventStream.open(info.context, _events, after=after, types=types or (), entity_id=entity_id)

    @strawberry.subscription(description="What happens to invoices, as it happens, or after a cursor.")
    async def invoice_events(
        self, info: Info, after: EventsAfter = None, types: Types = None, entity_id: EntityId = None
    ) -> AsyncIterable[InvoiceEvent]:
        info.context.scope.require(Permission.EVENTS_READ, Permission.INVOICES_READ)
        wanted = _checked(types, INVOICE_TYPES, "invoices")
        return await EventStream.open(info.context, _invoice_events, after=after, types=wanted, entity_id=entity_id)

    @strawberry.subscription(description="What happens to orders, as it happens, or after a cursor.")
    async def order_events(
        self, info: Info, after: EventsAfter = None, types: Types = None, entity_id: EntityId = None
    ) -> AsyncIterable[OrderEvent]:
        info.context.scope.require(Permission.EVENTS_READ, Permission.ORDERS_READ)
        wanted = _checked(types, ORDER_TYPES, "orders")
        return await EventStream.open(info.context, _order_events, after=after, types=wanted, entity_id=entity_id)

    @strawberry.subscription(
        description="A background job as it is now and whenever it has come further, until it has ended."
    )
    async def job_progress(self, info: Info, id: JobId) -> AsyncGenerator[Job, None]:
        info.context.scope.require(Permission.JOBS_READ)
        job = await _job(info.context, id)
        while True:
            yield BackgroundJob.of(job)
            seen = _shown(job)
            # Its progress is written where a worker has it in hand, and is no fact of the log: it is looked at again.
            while _shown(job) == seen:
                if job.status not in UNFINISHED:
                    return
                await asyncio.sleep(JOB_POLL_S)
                job = await _job(info.context, id)


async def _job(context: GraphQLContext, job_id: str) -> JobRow:
    async with context.services.database.read(context.scope) as session:
        found = await JOBS.get(context.scope, session, job_id)
    if found is None:
        raise NotFound("no such job", field=("id",))
    return found


def _shown(job: JobRow) -> Hashable:
    return (job.status, job.progress, job.message, job.attempts, job.cancel_requested, job.run_at)


def _checked(types: Sequence[EventType] | None, possible: Sequence[EventType], what: str) -> Sequence[EventType]:
    for i, event_type in enumerate(types or ()):
        if event_type not in possible:
            raise InvalidInput(f"{event_type.value} does not happen to {what}", field=("types", i))
    return types or possible
