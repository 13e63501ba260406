"""Subscriptions: the event log as it grows."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from typing import Final

import strawberry

from app.db.aggregates import INVOICES
from app.domain.errors import InvalidInput
from app.domain.scope import Permission
from app.graphql.context import Info
from app.graphql.enums import EventType
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


@strawberry.type(description="Everything that can be watched.")
class Subscription:
    @strawberry.subscription(description="Events as they happen, or all after a cursor and then as they happen.")
    async def events(
        self, info: Info, after: EventsAfter = None, types: Types = None, entity_id: EntityId = None
    ) -> AsyncGenerator[Event, None]:
        context = info.context
        context.scope.require(Permission.EVENTS_READ)
        names = [event_type.value for event_type in types or []]
        async for row in context.broker.subscribe(context.scope, after=after, types=names, entity_id=entity_id):
            yield Event.of(row)

    @strawberry.subscription(description="What happens to invoices, as it happens, or after a cursor.")
    async def invoice_events(
        self, info: Info, after: EventsAfter = None, types: Types = None, entity_id: EntityId = None
    ) -> AsyncGenerator[InvoiceEvent, None]:
        context = info.context
        context.scope.require(Permission.EVENTS_READ, Permission.INVOICES_READ)
        names = _invoice_types(types)
        async for row in context.broker.subscribe(context.scope, after=after, types=names, entity_id=entity_id):
            # Read anew for each event: a loader would remember the invoice of an earlier one.
            async with context.services.database.read(context.scope) as session:
                invoice = await INVOICES.get(context.scope, session, row.subject_id)
            yield InvoiceEvent(
                cursor=row.id,
                type=EventType(row.type),
                event=Event.of(row),
                invoice=None if invoice is None else Invoice.of(invoice),
            )


def _invoice_types(types: Sequence[EventType] | None) -> list[str]:
    for i, event_type in enumerate(types or []):
        if event_type not in INVOICE_TYPES:
            raise InvalidInput(f"{event_type.value} does not happen to invoices", field=("types", i))
    return [event_type.value for event_type in types or INVOICE_TYPES]
