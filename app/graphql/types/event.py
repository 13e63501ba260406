"""Events of the log."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

import orjson
import strawberry
from strawberry.scalars import JSON

from app.db import event_log
from app.db.aggregates import EVENTS
from app.db.paging import Page, PageRequest
from app.db.rows import EventRow
from app.db.where import All, Compare, Condition
from app.domain.scope import Permission, Scope
from app.graphql.connections import Connection, to_connection
from app.graphql.context import Info
from app.graphql.enums import EventType
from app.graphql.node import Node
from app.graphql.types.customer import entity_of
from app.graphql.types.entity import Entity

Types = Annotated[list[EventType] | None, strawberry.argument(description="Only these types; all if none are named.")]
EventsAfter = Annotated[str | None, strawberry.argument(description="Begin after the event with this cursor.")]
EntityId = Annotated[strawberry.ID | None, strawberry.argument(description="Only what concerns this seller.")]


@strawberry.type(description="A fact of the platform's event log.")
class Event(Node):
    cursor: str = strawberry.field(description="The event's place in the log; subscribe or read on after it.")
    sequence: int | None = strawberry.field(
        description="The event's number in the platform's log, without a gap; null for a seller's key."
    )
    type: EventType = strawberry.field(description="What happened to what.")
    subject_id: strawberry.ID = strawberry.field(description="The id of the object it happened to.")
    data: JSON = strawberry.field(description="The object as it was then; the same as in the webhook's data.")
    actor: str = strawberry.field(description="Who caused it: an API key's id, or system:… for the product itself.")
    occurred_at: datetime = strawberry.field(description="When it happened.")
    row: strawberry.Private[EventRow]

    @classmethod
    def of(cls, row: EventRow, scope: Scope) -> Self:
        """An event from its row, for whoever asks: the log's numbers would tell a seller how busy the others are."""
        return cls(
            id=strawberry.ID(row.id),
            cursor=row.id,
            sequence=row.seq if scope.entity_id is None else None,
            type=EventType(row.type),
            subject_id=strawberry.ID(row.subject_id),
            data=JSON(orjson.loads(row.payload)),
            actor=row.actor,
            occurred_at=row.occurred_at,
            row=row,
        )

    @strawberry.field(description="The seller it concerns, if it concerns one.")
    async def entity(self, info: Info) -> Entity | None:
        return None if self.row.entity_id is None else await entity_of(info, self.row.entity_id)


async def events_page(info: Info, where: Condition, *, first: int | None, after: str | None) -> Connection[Event]:
    """A page of the log in its order, inside the caller's scope."""
    scope, database = info.context.scope, info.context.services.database
    scope.require(Permission.EVENTS_READ)
    size = PageRequest(first=first).checked().first or 0
    async with database.read(scope) as session:
        condition = where
        if after is not None:
            condition = All((where, Compare("seq", ">", await event_log.seq_of(scope, session, after))))
        found = await EVENTS.list(scope, session, condition, order=(("seq", False),), limit=size + 1)
    rows = found[:size]
    page = Page(rows, [row.id for row in rows], len(found) > size, after is not None)

    async def count() -> int:
        async with database.read(scope) as session:
            return await EVENTS.count(scope, session, where)

    return to_connection(page, lambda row: Event.of(row, scope), count)
