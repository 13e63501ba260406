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

    def get(self, name: str) -> Any:
        """The value, or None when it is not known or was learned too long ago."""
        found = self._values.get(name)
        if found is None or self._clock() - found[0] > self._seconds:
            return None
        return found[1]

    def keep(self, name: str, value: Any) -> None:
        """Remembers a value from now on."""
        self._values[name] = (self._clock(), value)
        self._values.move_to_end(name)
        if len(self._values) > _MAX_KNOWN:
            self._values.popitem(last=False)

    def forget(self, name: str) -> None:
        """Forgets a value at once."""
        self._values.pop(name, None)
