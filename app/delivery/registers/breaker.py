"""A circuit breaker per state: where a register fails again and again, it is left alone for a while."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

# So many failures in a row open it; it then stays open for the first of these times, then for the next, and so on.
FAILURES: Final = 5
OPEN_FOR_S: Final = (15.0, 30.0, 60.0, 120.0, 300.0)


@dataclass(slots=True)
class _State:
    failures: int = 0
    opened: int = 0
    until: float = 0.0
    probing: bool = False


class Breaker:
    """Says for each name whether it may be asked now. After its time one question goes through, and decides."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._states: dict[str, _State] = {}

    def may_ask(self, name: str) -> bool:
        """Whether to ask; a true answer must be followed by `succeeded`, `failed` or `spared`."""
        state = self._states.get(name)
        if state is None or not state.opened:
            return True
        if state.probing or self._monotonic() < state.until:
            return False
        state.probing = True
        return True

    def succeeded(self, name: str) -> None:
        """It answered: whatever it failed before is forgotten."""
        self._states.pop(name, None)

    def spared(self, name: str) -> None:
        """It was not asked after all: nothing is learned, and another question may be the one that goes through."""
        state = self._states.get(name)
        if state is not None:
            state.probing = False

    def failed(self, name: str) -> None:
        """It did not answer."""
        state = self._states.setdefault(name, _State())
        state.failures += 1
        if state.opened == 0 and state.failures < FAILURES:
            return
        state.probing = False
        state.until = self._monotonic() + OPEN_FOR_S[min(state.opened, len(OPEN_FOR_S) - 1)]
        state.opened += 1
