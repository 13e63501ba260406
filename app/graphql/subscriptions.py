"""Subscriptions: the event log as it grows."""

from __future__ import annotations

from collections.abc import AsyncIterable, Sequence
from typing import Final

import strawberry

from app.db.aggregates import INVOICES
from app.db.rows import EventRow
from app.domain.errors import InvalidInput
from app.domain.scope import Permission
from app.graphql.context import GraphQLContext, Info
from app.graphql.enums import EventType
from app.graphql.event_stream import EventStream
from app.graphql.types.event import EntityId, Event, EventsAfter, Types
from app.graphql.types.invoice import Invoice

INVOICE_TYPES: Final = tuple(member for member in EventType if member.value.startswith("invoice."))


@strawberry.type(description="Something that happened to an invoice.")
class InvoiceEvent:
    cursor: str = strawberry.field(description="The event's place in the log; subscribe again after it.")
    type: EventType = strawberry.field(description="What happened.")
    event: Event = strawberry.field(description="The event with the invoice as it was then.")
    invoice: Invoice | None = strawberry.field(
        description="The invoice as it is now; null when it was a draft that is deleted."
    )


async def _events(context: GraphQLContext, rows: Sequence[EventRow]) -> list[Event]:
    return [Event.of(row) for row in rows]


async def _invoice_events(context: GraphQLContext, rows: Sequence[EventRow]) -> list[InvoiceEvent]:
    # Read anew for each page: a loader would remember the invoice of an earlier one.
    async with context.services.database.read(context.scope) as session:
        invoices = await INVOICES.by_ids(context.scope, session, [row.subject_id for row in rows])
    return [
        InvoiceEvent(
            cursor=row.id,
            type=EventType(row.type),
            event=Event.of(row),
            invoice=Invoice.of(invoices[row.subject_id]) if row.subject_id in invoices else None,
        )
        for row in rows
    ]


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
        wanted = _invoice_types(types)
        return await EventStream.open(info.context, _invoice_events, after=after, types=wanted, entity_id=entity_id)


def _invoice_types(types: Sequence[EventType] | None) -> Sequence[EventType]:
    for i, event_type in enumerate(types or ()):
        if event_type not in INVOICE_TYPES:
            raise InvalidInput(f"{event_type.value} does not happen to invoices", field=("types", i))
    return types or INVOICE_TYPES
