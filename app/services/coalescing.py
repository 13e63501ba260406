"""Group commit: concurrent requests of one platform share a transaction. Knows no SQL and no use case.

An item that comes while nothing is under way goes at once; those that come meanwhile go together when it is done. There
is no timer, so an idle platform waits for nothing. Each batch takes its items seller by seller in turn, so that one
busy seller does not keep the others waiting.
"""

from __future__ import annotations

import asyncio
import contextvars
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import structlog

from app.domain.errors import Contention, Unavailable

log = structlog.get_logger(__name__)

# Items of one transaction, waiting items in all and of one seller, and transactions at once in one process.
BATCH: Final = 64
WAITING: Final = 2_000
WAITING_PER_SELLER: Final = 1_000
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
class _Platform:
    sellers: OrderedDict[str, deque[_Waiting]] = field(default_factory=OrderedDict)
    task: asyncio.Task[None] | None = None


class Coalescer:
    """Collects items by platform and seller, and runs them in batches."""

    def __init__(self) -> None:
        self._platforms: dict[str, _Platform] = {}
        self._waiting = 0
        self._slots: asyncio.Semaphore | None = None

    async def submit(self, platform_id: str, seller: str, item: Any, run: RunBatch) -> Any:
        """The result of an item, once the batch that carries it is done. Raises its error.

        A caller that is cancelled while the item waits takes it back; once it is in a batch, the work stands. Raises
        Unavailable (retryable) when too much is waiting.
        """
        platform = self._platforms.setdefault(platform_id, _Platform())
        queue = platform.sellers.setdefault(seller, deque())
        if self._waiting >= WAITING or len(queue) >= WAITING_PER_SELLER:
            raise Unavailable("too many documents are being finalized; repeat the request a little later")
        waiting = _Waiting(item, run, asyncio.get_running_loop().create_future())
        queue.append(waiting)
        self._waiting += 1
        if platform.task is None:
            # In a context of its own: a request's carries that request's transaction.
            work = self._work(platform_id, platform)
            platform.task = asyncio.get_running_loop().create_task(work, context=contextvars.Context())
        return await waiting.done

    async def drain(self) -> None:
        """Waits for everything under way."""
        while tasks := [platform.task for platform in self._platforms.values() if platform.task is not None]:
            await asyncio.wait(tasks)

    async def _work(self, platform_id: str, platform: _Platform) -> None:
        if self._slots is None:
            self._slots = asyncio.Semaphore(AT_ONCE)
        try:
            while platform.sellers:
                async with self._slots:
                    batch = self._take(platform)
                    if batch:
                        await self._run(batch)
        finally:
            platform.task = None
            if not platform.sellers:
                self._platforms.pop(platform_id, None)

    def _take(self, platform: _Platform) -> list[_Waiting]:
        """Up to a batch, one item of each seller in turn; without those whose callers have gone."""
        batch: list[_Waiting] = []
        while platform.sellers and len(batch) < BATCH:
            seller, queue = platform.sellers.popitem(last=False)
            waiting = queue.popleft()
            self._waiting -= 1
            if queue:
                platform.sellers[seller] = queue
            if not waiting.done.cancelled():
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
        except BaseException as error:
            # The process is shutting down.
            for waiting in batch:
                waiting.done.cancel(repr(error))
            raise
        for waiting, result in zip(batch, results, strict=True):
            _settle(waiting, result)


async def _again(batch: Sequence[_Waiting]) -> Sequence[Any]:
    """Runs a batch, and again when it lost against another transaction."""
    for attempt in range(_ATTEMPTS):
        try:
            return await batch[0].run([waiting.item for waiting in batch])
        except Contention:
            if attempt == _ATTEMPTS - 1:
                raise
            await asyncio.sleep(_PAUSE_S * 2**attempt)
    raise AssertionError("the last attempt returns or raises")


def _settle(waiting: _Waiting, result: Any) -> None:
    if waiting.done.done():
        return
    if isinstance(result, Exception):
        waiting.done.set_exception(result)
    else:
        waiting.done.set_result(result)
