"""Group commit: concurrent requests of one platform share a transaction. Knows no SQL and no use case.

An item that comes while nothing is under way goes at once; those that come meanwhile go together when it is done. There
is no timer, so an idle platform waits for nothing. Each batch takes its items in turns, one of each party that asks and
round again until it is full: whoever sends many neither keeps others waiting nor, alone, is held to small batches.

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
from app.running.measures import SIZES, Histogram

log = structlog.get_logger(__name__)

# Items of one transaction, waiting items in all and of one party, and transactions at once in one process.
BATCH: Final = 64
WAITING: Final = 2_000
WAITING_PER_PARTY: Final = 1_000
AT_ONCE: Final = 4
_ATTEMPTS: Final = 4
_PAUSE_S: Final = 0.02

# What runs a batch: the result of each item, or the error that it alone has.
RunBatch: TypeAlias = Callable[[Sequence[Any]], Awaitable[Sequence[Any]]]


@dataclass(slots=True)
class _Waiting:
    item: Any
    run: RunBatch
    done: asyncio.Future[Any]


@dataclass(slots=True)
class _Queue:
    parties: OrderedDict[str, deque[_Waiting]] = field(default_factory=OrderedDict)
    working: bool = False


class Coalescer:
    """Collects items by queue and party, and runs them in batches, one of a queue at a time."""

    def __init__(self) -> None:
        self._queues: dict[Hashable, _Queue] = {}
        self._waiting = 0
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self.sizes = Histogram(SIZES)

    async def submit(self, queue_name: Hashable, party: str, item: Any, run: RunBatch) -> Any:
        """The result of an item, once the batch that carries it is done. Raises its error.

        A queue holds what can be done in one transaction, and all of it is run in the same way. `party` takes turns
        with the others of the queue. A caller that is cancelled while its item waits takes it back; once it is in a
        batch, the work stands. Raises Unavailable (retryable) when too much is waiting.
        """
        queue = self._queues.get(queue_name)
        line = None if queue is None else queue.parties.get(party)
        if self._waiting >= WAITING or (line is not None and len(line) >= WAITING_PER_PARTY):
            raise Unavailable("too many documents are being finalized; repeat the request a little later")
        if queue is None:
            queue = self._queues[queue_name] = _Queue()
        if line is None:
            line = queue.parties[party] = deque()
        waiting = _Waiting(item, run, asyncio.get_running_loop().create_future())
        line.append(waiting)
        self._waiting += 1
        if not queue.working:
            queue.working = True
            self._start(self._work(queue_name, queue))
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

    async def _work(self, queue_name: Hashable, queue: _Queue) -> None:
        try:
            while queue.parties:
                async with self._slots:
                    batch = self._take(queue)
                    if batch:
                        self.sizes.observe(len(batch))
                        await self._run(batch)
        finally:
            # Nothing is left unless the process is being shut down.
            while left := self._take(queue):
                _refuse(left)
            del self._queues[queue_name]

    def _take(self, queue: _Queue) -> list[_Waiting]:
        """Up to a batch, one item of each party in turn; without those whose callers have gone."""
        batch: list[_Waiting] = []
        while queue.parties and len(batch) < BATCH:
            party, line = queue.parties.popitem(last=False)
            waiting = line.popleft()
            self._waiting -= 1
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
