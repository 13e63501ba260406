"""Steps that a cancellation must not cut in two."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final, TypeVar

T = TypeVar("T")


async def to_its_end(work: Coroutine[Any, Any, T]) -> T:
    """Runs `work` to its end whatever happens to this task, and only then lets a cancellation through."""
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as error:
            if task.cancelled():
                raise
            cancelled = error
        except Exception:  # it is raised below, by task.result()
            break
    if cancelled is not None:
        task.exception()
        raise cancelled
    return task.result()


async def begun(begin: Coroutine[Any, Any, T], give_up: Callable[[], Awaitable[None]]) -> T:
    """Begins; when this task is cancelled meanwhile, what was begun is given up by a task of its own."""
    task = asyncio.ensure_future(begin)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        task.add_done_callback(lambda done: _give_up_later(done, give_up))
        raise


_background: Final[set[asyncio.Future[None]]] = set()


def _give_up_later(task: asyncio.Future[Any], give_up: Callable[[], Awaitable[None]]) -> None:
    if task.cancelled() or task.exception() is not None:
        return
    later: asyncio.Future[None] = asyncio.ensure_future(give_up())
    _background.add(later)
    later.add_done_callback(_background.discard)
