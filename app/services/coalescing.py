"""Group commit: concurrent requests of one platform share a transaction. Knows no SQL and no use case.

An item that comes while nothing is under way goes at once; those that come meanwhile go together when it is done. There
is no timer, so an idle platform waits for nothing. A queue that allows it has a second batch under way once enough is
waiting: while one is computed, the database works on the other. Each batch takes its items in turns, one of each party
that asks and round again until it is full: whoever sends many neither keeps others waiting nor, alone, is held to small
batches.

What becomes of a batch that fails as a whole:

- the database was away, or the transaction lost against another one: the batch again, after a pause;
- anything else: its halves, until the item that is to blame is alone with its error.
"""

from __future__ import annotations

import asyncio
import contextvars
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Coroutine, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import structlog

from app.domain.errors import Contention, Unavailable
from app.running import spans
from app.running.measures import SIZES, Histogram

log = structlog.get_logger(__name__)

# Items of one transaction, waiting items in all and of one party, and transactions at once in one process.
BATCH: Final = 64
WAITING: Final = 2_000
WAITING_PER_PARTY: Final = 1_000
AT_ONCE: Final = 4
# What must be waiting for a second batch: the statements of a batch cost about as much as eight of its items.
ENOUGH: Final = 8
_ATTEMPTS: Final = 4
_PAUSE_S: Final = 0.02

# What runs a batch: the result of each item, or the error that it alone has.
RunBatch: TypeAlias = Callable[[Sequence[Any]], Awaitable[Sequence[Any]]]


@dataclass(slots=True)
class _Waiting:
    item: Any
    run: RunBatch
    done: asyncio.Future[Any]
    # The span it was asked for in.
    origin: object | None


@dataclass(slots=True)
class _Queue:
    lanes: int
    parties: OrderedDict[str, deque[_Waiting]] = field(default_factory=OrderedDict)
    waiting: int = 0
    # Lanes that are open, and those of them whose batch is under way.
    working: int = 0
    running: int = 0

    def wants_lane(self) -> bool:
        """Whether one more batch of it should be under way beside those that are."""
        return self.waiting > 0 if self.working == 0 else self.working < self.lanes and self.waiting >= ENOUGH

    def size(self) -> int:
        """How many the next batch takes: half where another is to begin beside it, so that both are of a size."""
        if self.running == self.lanes - 1 or self.waiting < 2 * ENOUGH:
            return BATCH
        return min(BATCH, (self.waiting + 1) // 2)


class Coalescer:
    """Collects items by queue and party, and runs them in batches: of a queue as many at once as it has lanes."""

    def __init__(self) -> None:
        self._queues: dict[Hashable, _Queue] = {}
        self._waiting = 0
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self.sizes = Histogram(SIZES)

    async def submit(self, queue_name: Hashable, party: str, item: Any, run: RunBatch, *, lanes: int = 1) -> Any:
        """The result of an item, once the batch that carries it is done. Raises its error.

        A queue holds what can be done in one transaction, and all of it is run in the same way, in as many batches at
        once as it has `lanes`. `party` takes turns with the others of the queue. A caller that is cancelled while its
        item waits takes it back; once it is in a batch, the work stands. Raises Unavailable (retryable) when too much
        is waiting.
        """
        queue = self._queues.get(queue_name)
        line = None if queue is None else queue.parties.get(party)
        if self._waiting >= WAITING or (line is not None and len(line) >= WAITING_PER_PARTY):
            raise Unavailable("too many documents are being finalized; repeat the request a little later")
        if queue is None:
            queue = self._queues[queue_name] = _Queue(lanes)
        if line is None:
            line = queue.parties[party] = deque()
        waiting = _Waiting(item, run, asyncio.get_running_loop().create_future(), spans.here())
        line.append(waiting)
        self._waiting += 1
        queue.waiting += 1
        self._open_lane(queue_name, queue)
        return await waiting.done

    async def drain(self) -> None:
        """Waits for everything under way, and for what was waiting for it."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        # In a context of its own: a request's carries that request's transaction.
        task = asyncio.get_running_loop().create_task(work, context=contextvars.Context())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _open_lane(self, queue_name: Hashable, queue: _Queue) -> None:
        if queue.wants_lane():
            queue.working += 1
            self._start(self._work(queue_name, queue))

    async def _work(self, queue_name: Hashable, queue: _Queue) -> None:
        try:
            while queue.waiting >= (1 if queue.working == 1 else ENOUGH):
                async with self._slots:
                    batch = self._take(queue, queue.size())
                    self._open_lane(queue_name, queue)
                    if batch:
                        self.sizes.observe(len(batch))
                        queue.running += 1
                        try:
                            await self._run(batch)
                        finally:
                            queue.running -= 1
        finally:
            queue.working -= 1
            if queue.working == 0:
                # Nothing is left unless the process is being shut down.
                while left := self._take(queue, BATCH):
                    _refuse(left)
                del self._queues[queue_name]

    def _take(self, queue: _Queue, size: int) -> list[_Waiting]:
        """Up to so many, one item of each party in turn; without those whose callers have gone."""
        batch: list[_Waiting] = []
        while queue.parties and len(batch) < size:
            party, line = queue.parties.popitem(last=False)
            waiting = line.popleft()
            self._waiting -= 1
            queue.waiting -= 1
            if line:
                queue.parties[party] = line
            if not waiting.done.done():
                batch.append(waiting)
        return batch

    async def _run(self, batch: Sequence[_Waiting]) -> None:
        """Runs a batch; one that fails as a whole is halved until the failing item is alone."""
        try:
            results = await _again(batch)
        except Exception as error:
            # A database that is away is nobody's fault: to halve the batch would only ask it more often.
            if len(batch) == 1 or isinstance(error, Unavailable):
                for waiting in batch:
                    _settle(waiting, error)
                return
            log.info("batch_halved", items=len(batch), error=repr(error))
            middle = len(batch) // 2
            await self._run(batch[:middle])
            await self._run(batch[middle:])
            return
        except BaseException:
            _refuse(batch)
            raise
        for waiting, result in zip(batch, results, strict=True):
            if isinstance(result, Contention) and len(batch) > 1:
                # It waits for what another transaction holds; the others of its queue must not wait with it.
                self._start(self._run_alone(waiting))
            else:
                _settle(waiting, result)

    async def _run_alone(self, waiting: _Waiting) -> None:
        async with self._slots:
            await self._run([waiting])


async def _again(batch: Sequence[_Waiting]) -> Sequence[Any]:
    """Runs a batch, and again when the database was away or another transaction won."""
    for attempt in range(_ATTEMPTS):
        try:
            with _traced(batch):
                results = await batch[0].run([waiting.item for waiting in batch])
        except Unavailable:
            if attempt == _ATTEMPTS - 1:
                raise
            await asyncio.sleep(_PAUSE_S * 2**attempt)
        else:
            if len(results) != len(batch):
                raise RuntimeError(f"{len(batch)} items have {len(results)} results")
            return results
    raise AssertionError("the last attempt returns or raises")


def _traced(batch: Sequence[_Waiting]) -> spans.Span:
    """A span of the first request's trace, linked to the others'."""
    if not spans.listening():
        return spans.NOTHING
    span = spans.span("batch", origins=[waiting.origin for waiting in batch])
    span.note("invoicing.batch.size", len(batch))
    return span


def _settle(waiting: _Waiting, result: Any) -> None:
    if waiting.done.done():
        return
    if isinstance(result, Exception):
        waiting.done.set_exception(result)
    else:
        waiting.done.set_result(result)


def _refuse(batch: Sequence[_Waiting]) -> None:
    for waiting in batch:
        _settle(waiting, Unavailable("the process is shutting down; repeat the request"))
