"""Whether the keys of long-lived connections still work."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, Final, TypeAlias
from weakref import WeakValueDictionary

# A key is looked up again before an event is sent, but not more often than this.
RECHECK_S: Final = 1.0

StillValid: TypeAlias = Callable[[Any], Awaitable[bool]]


class _LookUp:
    """One question to the database, and its answer for all who wait for it."""

    def __init__(self) -> None:
        self.answered = asyncio.Event()
        self.works = False
        self.failure: Exception | None = None


class KeyCheck:
    """One key on as many connections as use it: before an event goes out on any, it is known to have worked a moment
    ago, and one look-up tells all of them.
    """

    def __init__(self, still_valid: StillValid, principal: Any) -> None:
        self._still_valid = still_valid
        self._principal = principal
        self._current: _LookUp | None = None
        self._task: asyncio.Task[None] | None = None
        self._worked_at = time.monotonic()

    async def works(self) -> bool:
        """Whether the key works. Raises what the look-up raised: who cannot be checked gets nothing."""
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
            look_up.works = await self._still_valid(self._principal)
        except Exception as error:
            look_up.failure = error
        else:
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
        if found is None:
            found = self._checks[identity] = KeyCheck(self._still_valid, principal)
        return found
