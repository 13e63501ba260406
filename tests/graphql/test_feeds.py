"""Feeds over a log of numbers: what happens when the log is away, and who is asked whether a key still works."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, Sequence
from typing import Any

import orjson
import pytest
import strawberry

from app.domain.errors import Unavailable
from app.graphql.transport import Limits
from app.graphql.transport.engine import Engine, OperationRequest, RequestError
from app.graphql.transport.feeds import Feeds
from app.graphql.transport.frames import Frame
from app.graphql.transport.recheck import RECHECK_S, KeyChecks
from app.graphql.transport.source import LogSource, SourceEvent, SourcePage
from app.graphql.transport.subscriber import MAX_BYTES, Interrupted, Subscriber


class Log:
    """A log of numbers from 1, which can be away, for readers or while an event is executed."""

    def __init__(self) -> None:
        self.last = 0
        self.readings = 0
        self.failures = 0
        self.field_failures = 0
        self.grown = asyncio.Event()

    def grow(self, count: int = 1) -> None:
        self.last += count
        self.grown.set()
        self.grown = asyncio.Event()


class Numbers(LogSource):
    def __init__(self, log: Log, start: int) -> None:
        super().__init__(topic="numbers", authority="everybody", start=start)
        self._log = log

    async def read(self, position: int) -> SourcePage:
        self._log.readings += 1
        ticket = self._log.grown
        if self._log.failures:
            self._log.failures -= 1
            raise Unavailable("the log is away")
        events = [SourceEvent(n, f"c{n}", n) for n in range(position + 1, self._log.last + 1)]
        return SourcePage(events, self._log.last, False, ticket)

    async def wait(self, page: SourcePage) -> None:
        ticket: asyncio.Event = page.ticket
        await ticket.wait()

    def context(self) -> Log:
        return self._log


@strawberry.type
class Number:
    value: int

    @strawberry.field
    def half(self, info: strawberry.Info[Log, None]) -> int:
        if info.context.field_failures:
            info.context.field_failures -= 1
            raise Unavailable("away for a moment")
        if self.value == 13:
            raise ZeroDivisionError
        return self.value // 2


@strawberry.type
class Query:
    nothing: int = 0


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def numbers(self, info: strawberry.Info[Log, None], start: int | None = None) -> AsyncIterable[int]:
        return Numbers(info.context, info.context.last if start is None else start)

    @strawberry.subscription
    async def halves(self, info: strawberry.Info[Log, None]) -> AsyncIterable[Number]:
        return Halves(info.context, info.context.last)

    @strawberry.subscription
    async def plain(self, info: strawberry.Info[Log, None]) -> AsyncGenerator[int, None]:
        for n in range(2):
            yield n


class Halves(Numbers):
    async def read(self, position: int) -> SourcePage:
        page = await super().read(position)
        events = [SourceEvent(event.position, event.cursor, Number(value=event.value)) for event in page.events]
        return SourcePage(events, page.position, page.more, page.ticket)


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def feeds() -> Feeds:
    schema = strawberry.Schema(query=Query, subscription=Subscription)
    return Feeds(Engine(schema, Limits()), pauses_s=(0.01, 0.01))


async def opened(feeds: Feeds, log: Log, query: str, **variables: Any) -> AsyncGenerator[Frame | None, None]:
    prepared = feeds._engine.prepare(OperationRequest(query=query, variables=variables))
    return await feeds.open(prepared, log)


async def data(frames: AsyncGenerator[Frame | None, None], count: int) -> list[Any]:
    """The data of the next responses."""
    found = []
    async with asyncio.timeout(5):
        for _ in range(count):
            frame = await anext(frames)
            assert frame is not None
            found.append(orjson.loads(frame.payload)["data"])
    return found


async def test_a_log_that_is_away_for_a_moment_leaves_no_hole(feeds: Feeds, log: Log) -> None:
    """Given two subscribers, when the log fails twice, then they get what follows without noticing."""
    one, two = [await opened(feeds, log, "subscription { numbers }") for _ in range(2)]
    waiting = [asyncio.create_task(data(frames, 3)) for frames in (one, two)]
    await asyncio.sleep(0.02)
    log.grow()
    await asyncio.sleep(0.02)
    log.failures = 2
    log.grow(2)
    assert [await task for task in waiting] == [[{"numbers": 1}, {"numbers": 2}, {"numbers": 3}]] * 2
    for frames in (one, two):
        await frames.aclose()


async def test_a_log_that_stays_away_ends_its_subscribers_with_a_cursor(feeds: Feeds, log: Log) -> None:
    """Given a subscriber that has had an event, when the log stays away, then it learns after what to resume."""
    frames = await opened(feeds, log, "subscription { numbers }")
    waiting = asyncio.create_task(data(frames, 1))
    await asyncio.sleep(0.02)
    log.grow()
    assert await waiting == [{"numbers": 1}]
    log.failures = 3
    log.grow()
    with pytest.raises(Interrupted) as raised:
        await data(frames, 1)
    assert raised.value.errors == [
        {
            "message": "the log is away; subscribe again after the cursor in resumeAfter to miss nothing",
            "extensions": {"code": "UNAVAILABLE", "retryable": True, "resumeAfter": "c1"},
        }
    ]
    assert len(feeds) == 0
    again = await opened(feeds, log, "subscription($start: Int) { numbers(start: $start) }", start=1)
    assert await data(again, 1) == [{"numbers": 2}]
    await again.aclose()


async def test_a_field_that_is_away_for_a_moment_is_asked_again_and_a_bug_is_told(feeds: Feeds, log: Log) -> None:
    """Given fields that fail, then what may pass is executed again, and a bug is an error of its event only."""
    frames = await opened(feeds, log, "subscription { halves { half } }")
    waiting = asyncio.create_task(data(frames, 14))
    await asyncio.sleep(0.02)
    log.field_failures = 2
    log.grow(14)
    found = await waiting
    assert found == [{"halves": {"half": n // 2}} if n != 13 else None for n in range(1, 15)]
    await frames.aclose()


async def test_a_thousand_subscribers_read_and_execute_once(feeds: Feeds, log: Log) -> None:
    """Given many subscribers, of whom some are behind, then what is new is read once and is one frame for all."""
    log.grow(5)
    query = "subscription($start: Int) { numbers(start: $start) }"
    everybody = [await opened(feeds, log, query, start=n % 6) for n in range(1_000)]
    behind = [asyncio.create_task(data(frames, 5 - n % 6 + 1)) for n, frames in enumerate(everybody)]
    await asyncio.sleep(0.2)
    before = log.readings
    log.grow()
    await asyncio.gather(*behind)
    for n, task in enumerate(behind):
        assert task.result() == [{"numbers": number} for number in range(n % 6 + 1, 7)]
    assert log.readings - before == 1
    log.grow()
    same = {id(await anext(frames)) for frames in everybody}
    assert len(same) == 1
    for frames in everybody:
        await frames.aclose()
    assert len(feeds) == 0


async def test_a_source_that_is_no_log_is_followed_as_it_is(feeds: Feeds, log: Log) -> None:
    """Given a subscription whose resolver is a generator, then its subscriber has it for itself, up to its end."""
    frames = await opened(feeds, log, "subscription { plain }")
    assert await data(frames, 2) == [{"plain": 0}, {"plain": 1}]
    assert [frame async for frame in frames] == []
    with pytest.raises(RequestError):
        await opened(feeds, log, "subscription { numbers(start: 1.5) }")


async def test_silence_is_told_when_it_is_asked_for(feeds: Feeds, log: Log) -> None:
    """Given a subscriber that wants to hear of silence, then it gets None for every while without a frame."""
    prepared = feeds._engine.prepare(OperationRequest(query="subscription { numbers }"))
    frames = await feeds.open(prepared, log, idle_s=0.01)
    assert [await anext(frames) for _ in range(2)] == [None, None]
    await frames.aclose()


def test_the_bytes_that_wait_are_bounded_too() -> None:
    """Given frames of half the bound, then two may wait, and the third gives all up; one of any size is let through."""
    subscriber = Subscriber(after=0)
    half = Frame(b"x" * (MAX_BYTES // 2), position=1, cursor="c1")
    for _ in range(3):
        subscriber.push(half)
    with pytest.raises(Interrupted):
        asyncio.run(subscriber.next(None))
    large = Subscriber(after=0)
    large.push(Frame(b"x" * (MAX_BYTES + 1), position=1))
    assert asyncio.run(large.next(None)) is not None


def test_a_frame_is_the_same_for_every_id_but_for_the_id() -> None:
    """Given one frame, then both protocols carry its payload, and ids are quoted."""
    frame = Frame(b'{"data":{"n":1}}')
    assert frame.websocket("1") == '{"type":"next","id":"1","payload":{"data":{"n":1}}}'
    assert frame.websocket('"\n') == '{"type":"next","id":"\\"\\n","payload":{"data":{"n":1}}}'
    assert frame.event() == b'event: next\ndata: {"data":{"n":1}}\n\n'


async def test_one_look_up_answers_for_all_connections_of_a_key() -> None:
    """Given connections of two keys, when one key stops working, then one question a second tells all of its own."""
    asked: list[str] = []
    works = {"a": True, "b": True}

    async def still_valid(principals: Sequence[str]) -> list[bool]:
        asked.extend(principals)
        await asyncio.sleep(0.01)
        return [works[principal] for principal in principals]

    checks = KeyChecks(still_valid, lambda principal: principal)
    connections = [checks.of("a") for _ in range(100)] + [checks.of("b")]
    assert all([await check.works() for check in connections])
    assert asked == []
    works["a"] = False
    await asyncio.sleep(RECHECK_S)
    answers = await asyncio.gather(*(check.works() for check in connections))
    assert answers == [False] * 100 + [True]
    assert sorted(asked) == ["a", "b"]
