"""Who may be sent to now: so that what is dead or slow takes no room from the others.

A worker has so many turns in all, and a host so many of them, over all endpoints there. Beyond that:

- A host begins with few turns, and gets more with every answer that says yes; one that does not answer gets one.
- Hosts that are slow share half of all turns. A host is slow while an attempt takes long, and until one does not.
- An endpoint that keeps failing is tried with one delivery at a time, at growing intervals, until one is accepted. Its
  deliveries wait meanwhile, and use none of their attempts up.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from app.delivery.outgoing.model import AttemptResult

START: Final = 2
SLOW_S: Final = 1.0
# Failures in a row from which on an endpoint is only tried, and the longest time between two tries.
FAILING: Final = 3
LONGEST_WAIT: Final = timedelta(seconds=60)
# A Retry-After holds up the endpoint's other deliveries, too, but not longer than this.
LONGEST_HOLD: Final = timedelta(seconds=300)
# Hosts and endpoints that are remembered while nothing is sent to them.
_REMEMBERED: Final = 10_000


@dataclass(eq=False, slots=True)
class Turn:
    """The right to make one attempt, from `began` on."""

    host: str
    endpoint_id: str
    began: float


@dataclass(slots=True)
class _Host:
    turns: int = START
    slow: bool = False
    # In the order in which they began.
    under_way: dict[Turn, None] = field(default_factory=dict)


@dataclass(slots=True)
class _Endpoint:
    under_way: int = 0
    failures: int = 0
    not_before: datetime | None = None


class Lanes:
    """The turns of one worker, of which at most `per_host` are one host's. `monotonic` measures what is slow."""

    def __init__(
        self, *, total: int, per_host: int, clock: Callable[[], datetime], monotonic: Callable[[], float]
    ) -> None:
        self._total = total
        self._per_host = per_host
        self._clock = clock
        self._monotonic = monotonic
        self._hosts: OrderedDict[str, _Host] = OrderedDict()
        self._endpoints: OrderedDict[str, _Endpoint] = OrderedDict()
        # Those to which something is under way.
        self._busy: dict[str, _Host] = {}
        self.under_way = 0

    @property
    def free(self) -> int:
        """Turns that nobody has."""
        return self._total - self.under_way

    def room(self, endpoint_id: str, host_name: str, *, ordered: bool) -> int:
        """How many turns an endpoint could have now; 0 when it is to wait."""
        host, endpoint = self._host(host_name), self._endpoint(endpoint_id)
        if endpoint.not_before is not None and self._clock() < endpoint.not_before:
            return 0
        room = min(self.free, min(host.turns, self._per_host) - len(host.under_way))
        if ordered or endpoint.failures >= FAILING:
            room = min(room, 1 - endpoint.under_way)
        if self._is_slow(host):
            room = min(room, max(1, self._total // 2) - self._slow())
        return max(0, room)

    def take(self, endpoint_id: str, host_name: str, wanted: int, *, ordered: bool) -> list[Turn]:
        """Turns for an endpoint, at most as many as wanted and as there is room; each is to be given back."""
        room = min(wanted, self.room(endpoint_id, host_name, ordered=ordered))
        host, endpoint = self._host(host_name), self._endpoint(endpoint_id)
        now = self._monotonic()
        turns = [Turn(host_name, endpoint_id, now) for _ in range(room)]
        if turns:
            self._busy[host_name] = host
        host.under_way |= dict.fromkeys(turns)
        endpoint.under_way += len(turns)
        self.under_way += len(turns)
        return turns

    def give_back(self, turn: Turn, result: AttemptResult | None = None) -> None:
        """Ends a turn; a result says how the attempt went, None that there was none."""
        host, endpoint = self._host(turn.host), self._endpoint(turn.endpoint_id)
        del host.under_way[turn]
        if not host.under_way:
            del self._busy[turn.host]
        endpoint.under_way -= 1
        self.under_way -= 1
        if result is None:
            return
        host.slow = self._monotonic() - turn.began > SLOW_S
        if result.status is None:
            host.turns = 1
        elif result.ok:
            host.turns = min(self._per_host, host.turns + 1 if host.slow else host.turns * 2)
        self._note(endpoint, result)

    def _note(self, endpoint: _Endpoint, result: AttemptResult) -> None:
        if result.ok:
            endpoint.failures, endpoint.not_before = 0, None
            return
        endpoint.failures += 1
        wait = timedelta(0)
        if endpoint.failures >= FAILING:
            # A limit on the exponent, too: years of failures are no number of seconds.
            wait = min(LONGEST_WAIT, timedelta(seconds=2 ** min(endpoint.failures - FAILING, 10)))
        if result.retry_after_s is not None:
            wait = max(wait, min(LONGEST_HOLD, timedelta(seconds=result.retry_after_s)))
        endpoint.not_before = self._clock() + wait if wait else None

    def _is_slow(self, host: _Host) -> bool:
        first = next(iter(host.under_way), None)
        return host.slow or (first is not None and self._monotonic() - first.began > SLOW_S)

    def _slow(self) -> int:
        return sum(len(host.under_way) for host in self._busy.values() if self._is_slow(host))

    def _host(self, name: str) -> _Host:
        found = self._hosts.pop(name, None) or _Host()
        self._hosts[name] = found
        _forget(self._hosts)
        return found

    def _endpoint(self, endpoint_id: str) -> _Endpoint:
        found = self._endpoints.pop(endpoint_id, None) or _Endpoint()
        self._endpoints[endpoint_id] = found
        _forget(self._endpoints)
        return found


def _forget(known: OrderedDict[str, Any]) -> None:
    """Drops what was not asked about for longest, unless something is under way there."""
    for _ in range(len(known) - _REMEMBERED):
        name, oldest = next(iter(known.items()))
        if oldest.under_way:
            known.move_to_end(name)
        else:
            del known[name]
