"""How a process ends: told once, within a stated time."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Final

# What a process may need beyond its time to close connections and say goodbye; then it is ended from outside the loop.
CLOSING_S: Final = 5.0
# Even a process that is late closes what it holds.
_LEAST_S: Final = 0.5


class Lifetime:
    """Whether the process is ending, and how many seconds are left for what it has in hand."""

    def __init__(self, shutdown_s: float) -> None:
        self._shutdown_s = shutdown_s
        self._deadline: float | None = None

    @property
    def ending(self) -> bool:
        """Whether it was told to end."""
        return self._deadline is not None

    def end(self) -> None:
        """Starts the time that is left; telling it again changes nothing."""
        if self._deadline is None:
            self._deadline = time.monotonic() + self._shutdown_s

    def remaining_s(self) -> float:
        """Seconds left, half a second at least; all of them while it is not ending."""
        if self._deadline is None:
            return self._shutdown_s
        return max(self._deadline - time.monotonic(), _LEAST_S)


def exit_at_once(number: int) -> None:
    """Ends the process without another word, with the exit status of a process that a signal ended."""
    os._exit(128 + number)


def ended_in_time(shutdown_s: float) -> threading.Timer:
    """Begins the last resort: exits with 1 if the process is still there well after its time. Cancel it when done.

    A thread, since what hangs may be the loop itself, or the closing of connections to a database that says nothing.
    """
    timer = threading.Timer(shutdown_s + CLOSING_S, os._exit, (1,))
    timer.daemon = True
    timer.start()
    return timer


def on_signals(told: Callable[[], None]) -> None:
    """Calls `told` at the first SIGTERM or SIGINT in the running loop; the second exits at once."""
    loop = asyncio.get_running_loop()
    signals: list[int] = []

    def handle(number: int) -> None:
        signals.append(number)
        if len(signals) > 1:
            exit_at_once(number)
        told()

    for number in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(number, handle, number)
        except NotImplementedError:
            # Not every platform has signal handlers in the loop; there, an interrupt ends the process.
            return
