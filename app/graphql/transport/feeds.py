"""Live feeds: subscribers of the same operation with the same authority share one execution and one encoding."""

from __future__ import annotations

import asyncio
import contextvars
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Hashable, Sequence
from contextlib import aclosing
from typing import Any, Final, TypeAlias

import orjson
import structlog

from app.domain.errors import InvoicingError
from app.graphql.transport.engine import Engine, Prepared
from app.graphql.transport.errors import unexpected
from app.graphql.transport.frames import Frame
from app.graphql.transport.source import LogSource, SourceEvent, SourcePage
from app.graphql.transport.stream import Stream
from app.graphql.transport.subscriber import Interrupted, Subscriber

log = structlog.get_logger(__name__)

# Beyond this many different operations a subscriber follows the log by itself, as if nobody else were there.
MAX_FEEDS: Final = 5_000
# Pauses in which a feed waits for a failure to pass; after the last one subscribers are told.
PAUSES_S: Final = (0.1, 0.3, 1.0, 3.0, 5.0)
# A failure so long after another one is counted as the first.
FORGOTTEN_S: Final = 30.0

_RESTARTING: Final[dict[str, Any]] = {
    "message": "the server restarts",
    "extensions": {"code": "UNAVAILABLE", "retryable": True},
}

Execute: TypeAlias = Callable[[SourceEvent], Awaitable[Frame]]


class Feed:
    """One reading, execution and encoding of what all its subscribers see; it ends with the last of them.

    `position` is the place up to which everything has been handed to whoever had joined.
    """

    def __init__(
        self,
        source: LogSource,
        execute: Execute,
        position: int,
        *,
        pauses_s: Sequence[float],
        ended: Callable[[], None],
    ) -> None:
        self._execute = execute
        self._source = source
        self._pauses_s = pauses_s
        self._ended = ended
        self._subscribers: set[Subscriber] = set()
        self.position = position
        # Not in the context of the request that happens to be the first: it outlives it.
        self._task = asyncio.create_task(self._run(), name="feed", context=contextvars.Context())

    def join(self, subscriber: Subscriber) -> int:
        """From now on the subscriber gets every frame; the position after which they are."""
        self._subscribers.add(subscriber)
        return self.position

    def leave(self, subscriber: Subscriber) -> None:
        """The subscriber gets no more; without subscribers the feed ends."""
        self._subscribers.discard(subscriber)
        if not self._subscribers:
            self.stop()

    def stop(self) -> None:
        """Reads no further."""
        self._end()
        self._task.cancel()

    def _end(self) -> None:
        # Told once; whoever is told holds this feed, and is let go for it to be freed.
        ended, self._ended = self._ended, _nothing
        ended()

    async def _run(self) -> None:
        failures, failed_at = 0, -FORGOTTEN_S
        while True:
            try:
                await self._follow()
            except InvoicingError as error:
                now = time.monotonic()
                failures = failures + 1 if now - failed_at < FORGOTTEN_S else 1
                failed_at = now
                if not error.retryable or failures > len(self._pauses_s):
                    self.interrupt(Interrupted.by(error).errors[0])
                    return
                log.warning("feed_interrupted", failures=failures, exc_info=True)
                await asyncio.sleep(self._pauses_s[failures - 1])
            except Exception as error:
                self.interrupt(unexpected(error))
                return

    async def _follow(self) -> None:
        """Hands out what follows the position, until something fails."""
        while True:
            page = await self._source.read(self.position)
            for event in page.events:
                frame = await self._execute(event)
                self.position = event.position
                for subscriber in self._subscribers:
                    subscriber.push(frame)
                # Everybody sends this one before the next is executed.
                await asyncio.sleep(0)
            self.position = page.position
            if not page.more:
                await self._source.wait(page)

    def interrupt(self, error: dict[str, Any]) -> None:
        """Tells all subscribers that no more comes."""
        self._end()
        for subscriber in self._subscribers:
            subscriber.interrupt(error)


def _nothing() -> None: ...


class Feeds:
    """The feeds of one process, by what makes subscribers identical."""

    def __init__(self, engine: Engine, *, pauses_s: Sequence[float] = PAUSES_S) -> None:
        self._engine = engine
        self._pauses_s = pauses_s
        self._feeds: dict[Hashable, Feed] = {}
        self._closed = False
        self._open_count = 0

    def __len__(self) -> int:
        """How many feeds are running."""
        return len(self._feeds)

    @property
    def open_count(self) -> int:
        """How many subscriptions are open."""
        return self._open_count

    @property
    def closed(self) -> bool:
        """Whether subscribers are to go elsewhere."""
        return self._closed

    def close(self) -> None:
        """Ends all subscriptions with an error that says where to resume; for shutting down."""
        self._closed = True
        for feed in list(self._feeds.values()):
            feed.interrupt(_RESTARTING)
            feed.stop()

    async def open(
        self, prepared: Prepared, context: Any, *, idle_s: float | None = None, resume: str | None = None
    ) -> AsyncGenerator[Frame | None, None]:
        """A subscription's responses in the log's order, each once; None whenever there was none for `idle_s`.

        With `resume`, after that cursor whatever the operation's arguments say: where a client came back by itself.

        Raises RequestError when it cannot begin; they raise Interrupted when they cannot go on.
        """
        if self._closed:
            raise Interrupted(_RESTARTING)
        stream = await self._engine.open(prepared, context)
        if isinstance(stream.source, LogSource):
            if resume is not None:
                await _resume(stream.source, resume)
            return self._logged(stream, stream.source, idle_s)
        return self._unshared(stream, idle_s)

    async def _unshared(self, stream: Stream, idle_s: float | None) -> AsyncGenerator[Frame | None, None]:
        """A source that is no log is followed as it is, by each subscriber alone."""
        next_one: asyncio.Future[dict[str, Any]] | None = None
        async with aclosing(self._engine.responses(stream)) as responses:
            try:
                while True:
                    next_one = asyncio.ensure_future(anext(responses))
                    while not (await asyncio.wait({next_one}, timeout=idle_s))[0]:
                        self._check()
                        yield None
                    try:
                        response = next_one.result()
                    except StopAsyncIteration:
                        return
                    yield Frame(orjson.dumps(response))
            finally:
                if next_one is not None and not next_one.done():
                    next_one.cancel()
                    await asyncio.wait({next_one})

    async def _logged(
        self, stream: Stream, source: LogSource, idle_s: float | None
    ) -> AsyncGenerator[Frame | None, None]:
        """Alone up to where the feed is, then with it.

        The seam: the subscriber joins at a moment when it has read at least as far as the feed has handed out. What it
        has read up to the feed's position is its own to execute; all that is after comes from the feed, whose frames
        wait in its buffer meanwhile.
        """
        cursor = None
        position, key = source.start, _key(stream, source)
        self._open_count += 1

        async def execute(event: SourceEvent) -> Frame:
            response = await self._engine.respond(stream, event.value, source.context())
            return Frame(orjson.dumps(response), position=event.position, cursor=event.cursor)

        try:
            while True:
                page = await source.read(position)
                self._check()
                if (feed := self._feed(key, source, execute, page)) is not None:
                    break
                for event in page.events:
                    frame = await execute(event)
                    yield frame
                    cursor = frame.cursor
                    self._check()
                position = page.position
                if not page.more:
                    await source.wait(page)
                    if idle_s is not None:
                        yield None
            subscriber = Subscriber(after=position)
            joined_at = feed.join(subscriber)
            try:
                for event in page.events:
                    if event.position <= joined_at:
                        frame = await execute(event)
                        yield frame
                        cursor = frame.cursor
                while True:
                    shared = await subscriber.next(idle_s)
                    yield shared
                    if shared is not None:
                        cursor = shared.cursor
            finally:
                feed.leave(subscriber)
        except InvoicingError as error:
            raise Interrupted.by(error, cursor) from error
        except Interrupted as interrupted:
            raise Interrupted(interrupted.errors[0], cursor) from None
        finally:
            self._open_count -= 1

    def _check(self) -> None:
        """Raises Interrupted when the process is ending: whoever is still catching up hears of it here."""
        if self._closed:
            raise Interrupted(_RESTARTING)

    def _feed(self, key: Hashable, source: LogSource, execute: Execute, page: SourcePage) -> Feed | None:
        """The feed to join for a subscriber that has read that page; None while it must go on alone."""
        feed = self._feeds.get(key)
        if feed is None and not page.more and len(self._feeds) < MAX_FEEDS:
            feed = self._feeds[key] = Feed(
                source, execute, page.position, pauses_s=self._pauses_s, ended=lambda: self._remove(key, feed)
            )
        return feed if feed is not None and page.position >= feed.position else None

    def _remove(self, key: Hashable, feed: Feed | None) -> None:
        if self._feeds.get(key) is feed:
            del self._feeds[key]


async def _resume(source: LogSource, cursor: str) -> None:
    try:
        await source.resume(cursor)
    except InvoicingError as error:
        raise Interrupted.by(error) from error


def _key(stream: Stream, source: LogSource) -> Hashable:
    return (stream.operation_key, type(source), source.topic, source.authority)
