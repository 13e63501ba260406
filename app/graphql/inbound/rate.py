"""How many messages each sender may send, in one process."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

_MAX_SENDERS: Final = 10_000
# A sender that was quiet may send what it could have sent in these seconds at once.
_BURST_S: Final = 2.0


class Rate:
    """A bucket of messages per sender, which fills at a steady rate."""

    def __init__(self, per_second: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = float(per_second)
        self._size = self._rate * _BURST_S
        self._clock = clock
        # What was left, and when.
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait_s(self, sender: str) -> float:
        """Takes one message of a sender; 0 when it may be sent, else the seconds until one may."""
        now = self._clock()
        left, at = self._left.get(sender, (self._size, now))
        left = min(self._size, left + (now - at) * self._rate)
        allowed = left >= 1
        self._left[sender] = (left - 1 if allowed else left, now)
        self._left.move_to_end(sender)
        if len(self._left) > _MAX_SENDERS:
            # Whoever sent nothing for the longest time has a full bucket again, or nearly.
            self._left.popitem(last=False)
        return 0.0 if allowed else (1 - left) / self._rate
