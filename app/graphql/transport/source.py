"""Source streams that read a log: what lets several subscribers share one, and one subscriber resume."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.errors import UnknownCursor


@dataclass(frozen=True, slots=True)
class SourceEvent:
    """An event of a log: its place, the cursor by which clients name that place, and what is executed upon."""

    position: int
    cursor: str
    value: Any


@dataclass(frozen=True, slots=True)
class SourcePage:
    """Events in the log's order. Up to `position` nothing is missing; `more` may follow at once.

    `ticket` is what `LogSource.wait` waits with.
    """

    events: Sequence[SourceEvent]
    position: int
    more: bool
    ticket: Any


class LogSource(ABC):
    """What the resolver of a subscription returns: a stream of values, each with its place in a log.

    Two sources with the same `topic` and the same `authority` bring the same events from any position on, and executing
    the same selection upon them gives the same payload. Everything else that a payload depends on, the document and the
    variables beneath the root field, is compared by the transport.
    """

    def __init__(self, *, topic: Hashable, authority: Hashable, start: int) -> None:
        self.topic = topic
        self.authority = authority
        self.start = start

    @abstractmethod
    async def read(self, position: int) -> SourcePage:
        """What follows a position. Raises an InvoicingError that is retryable while the log is away."""

    @abstractmethod
    async def wait(self, page: SourcePage) -> None:
        """Returns when there may be more after the last page read."""

    async def resume(self, cursor: str) -> None:
        """Begins after that cursor instead. Raises an InvoicingError for one that it does not know."""
        raise UnknownCursor(field=())

    @abstractmethod
    def context(self) -> Any:
        """The context to execute one event in, the same whoever of the same authority asks."""

    async def __aiter__(self) -> AsyncIterator[Any]:
        """The values alone, as graphql-core's own `subscribe` takes them."""
        position = self.start
        while True:
            page = await self.read(position)
            for event in page.events:
                yield event.value
            position = page.position
            if not page.more:
                await self.wait(page)
