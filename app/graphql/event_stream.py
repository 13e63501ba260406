"""The event log as the source stream of a subscription."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Any, TypeAlias

from app.db.rows import EventRow
from app.delivery.broker import Page, Reader
from app.graphql.context import GraphQLContext
from app.graphql.enums import EventType
from app.graphql.transport.source import LogSource, SourceEvent, SourcePage

Shape: TypeAlias = Callable[[GraphQLContext, Sequence[EventRow]], Awaitable[Sequence[Any]]]


class EventStream(LogSource):
    """Events that a context's scope may see, each shaped into the object that the subscription shows."""

    def __init__(
        self,
        context: GraphQLContext,
        reader: Reader,
        shape: Shape,
        *,
        topic: Hashable,
        start: int,
    ) -> None:
        super().__init__(topic=topic, authority=context.authority, start=start)
        self._context = context.shared()
        self._reader = reader
        self._shape = shape

    @classmethod
    async def open(
        cls,
        context: GraphQLContext,
        shape: Shape,
        *,
        after: str | None,
        types: Sequence[EventType],
        entity_id: str | None,
    ) -> EventStream:
        """The stream after a cursor, or from now on. Raises UnknownCursor for one that is not of the log."""
        names = sorted({event_type.value for event_type in types})
        reader = context.broker.reader(context.scope, types=names, entity_id=entity_id)
        topic = (shape, tuple(names), entity_id)
        return cls(context, reader, shape, topic=topic, start=await reader.start(after))

    async def resume(self, cursor: str) -> None:
        self.start = await self._reader.start(cursor)

    async def read(self, position: int) -> SourcePage:
        page = await self._reader.read(position)
        values = await self._shape(self._context, page.rows) if page.rows else ()
        events = [SourceEvent(row.seq or position, row.id, value) for row, value in zip(page.rows, values, strict=True)]
        return SourcePage(events, page.seq, page.more, page)

    async def wait(self, page: SourcePage) -> None:
        found: Page = page.ticket
        await self._reader.wait(found)

    def context(self) -> GraphQLContext:
        return self._context.shared()
