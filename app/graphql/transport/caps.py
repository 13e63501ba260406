"""How much one key may hold open at once in one process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from contextlib import contextmanager

from app.domain.errors import LimitExceeded


class Cap:
    """So many of a thing for each key."""

    def __init__(self, what: str, limit: int) -> None:
        self._what = what
        self._limit = limit
        self._held: Counter[Hashable] = Counter()

    def count(self, key: Hashable) -> int:
        """How many a key holds."""
        return self._held[key]

    @contextmanager
    def held(self, key: Hashable) -> Iterator[None]:
        """One more of a key's until the block ends. Raises LimitExceeded when it has all it may have."""
        if self._held[key] >= self._limit:
            raise LimitExceeded(f"a key may have {self._limit} {self._what} at once")
        self._held[key] += 1
        try:
            yield
        finally:
            self._held[key] -= 1
            if not self._held[key]:
                del self._held[key]


class Caps:
    """The caps of one process: sockets, and subscriptions over whatever transport."""

    def __init__(self, *, sockets: int, streams: int) -> None:
        self.sockets = Cap("sockets", sockets)
        self.streams = Cap("subscriptions", streams)
