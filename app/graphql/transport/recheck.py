"""Whether the keys of long-lived connections still work."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Any, Final, TypeAlias
from weakref import WeakValueDictionary

# A key is looked up again before an event is sent, but not more often than this.
RECHECK_S: Final = 1.0
# Keys that are asked about in one question.
AT_ONCE: Final = 1_000

# Whether each of some principals still counts, in their order.
StillValid: TypeAlias = Callable[[Sequence[Any]], Awaitable[Sequence[bool]]]


class _LookUp:
    """One question to the database, and its answer for all who wait for it."""

    def __init__(self) -> None:
        self.answered = asyncio.Event()
        self.works = False
        self.failure: Exception | None = None


class KeyCheck:
    """One key on as many connections as use it: before an event goes out on any, it is known to have worked a moment
    ago, and one look-up tells all of them. Once it has ended it works no more.
    """

    def __init__(self, still_valid: StillValid, identity: Hashable, principal: Any) -> None:
        self._still_valid = still_valid
        self._current: _LookUp | None = None
        self._task: asyncio.Task[None] | None = None
        self._worked_at = time.monotonic()
        self.identity = identity
        self.principal = principal
        self.ended = False

    async def works(self) -> bool:
        """Whether the key works. Raises what the look-up raised: who cannot be checked gets nothing."""
        if self.ended:
            return False
        if time.monotonic() - self._worked_at < RECHECK_S:
            return True
        if self._current is None:
            self._current = _LookUp()
            # A task of its own: the one who asks first may go away while the others wait.
            self._task = asyncio.create_task(self._ask(self._current))
        look_up = self._current
        await look_up.answered.wait()
        if look_up.failure is not None:
            raise look_up.failure.with_traceback(None)
        return look_up.works

    async def _ask(self, look_up: _LookUp) -> None:
        asked_at = time.monotonic()
        try:
            (look_up.works,) = await self._still_valid([self.principal])
        except Exception as error:
            look_up.failure = error
        else:
            self.ended = not look_up.works
            if look_up.works:
                self._worked_at = asked_at
        finally:
            self._current = None
            look_up.answered.set()


class KeyChecks:
    """The checks of one process; `identity` names the key that a principal was authenticated by."""

    def __init__(self, still_valid: StillValid, identity: Callable[[Any], Hashable]) -> None:
        self._still_valid = still_valid
        self._identity = identity
        self._checks: WeakValueDictionary[Hashable, KeyCheck] = WeakValueDictionary()

    def of(self, principal: Any) -> KeyCheck:
        """The check of a principal that has just been authenticated; it is kept as long as somebody holds it."""
        identity = self._identity(principal)
        found = self._checks.get(identity)
        # A key that has ended and was let in again works again, as where it was taken for expired by a wrong clock.
        if found is None or found.ended:
            found = self._checks[identity] = KeyCheck(self._still_valid, identity, principal)
        return found

    async def look(self) -> None:
        """Asks about all keys in use, many at a time: a connection on which nothing happens must end as well.

        Raises what the question raised.
        """
        checks = list(self._checks.values())
        for start in range(0, len(checks), AT_ONCE):
            some = checks[start : start + AT_ONCE]
            answers = await self._still_valid([check.principal for check in some])
            for check, works in zip(some, answers, strict=True):
                # That it works is no news: before the next event it is asked about anew.
                check.ended = check.ended or not works
