"""What was read a moment ago, and is asked for again and again."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Final

# How long what is known of a key counts: the longest that a key works after another process has revoked it.
KNOWN_S: Final = 1.0
_MAX_KNOWN: Final = 10_000


class Known:
    """Values by name for a short while, the longest known one forgotten when there are too many."""

    def __init__(self, *, seconds: float = KNOWN_S, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._values: OrderedDict[str, tuple[float, Any]] = OrderedDict()

    def now(self) -> float:
        """The moment to give to `keep`: taken before a value is looked up."""
        return self._clock()

    def get(self, name: str) -> Any:
        """The value, or None when it is not known or was looked up too long ago."""
        found = self._values.get(name)
        if found is None or self._clock() - found[0] > self._seconds:
            return None
        return found[1]

    def keep(self, name: str, value: Any, asked_at: float) -> None:
        """Remembers a value as it was at that moment, unless it has been forgotten since."""
        found = self._values.get(name)
        if found is None or found[0] < asked_at:
            self._set(name, value, asked_at)

    def forget(self, name: str) -> None:
        """Forgets a value at once, and what a look-up that is under way will find."""
        self._set(name, None, self._clock())

    def _set(self, name: str, value: Any, at: float) -> None:
        self._values[name] = (at, value)
        self._values.move_to_end(name)
        if len(self._values) > _MAX_KNOWN:
            self._values.popitem(last=False)
