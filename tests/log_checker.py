"""Proves the order in which a reader saw a log: no gap, no loss, no doubling, no effect before its cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Protocol

# What must be seen first of the same object.
CAUSES: Final = {"invoice.paid": "invoice.finalized"}


@dataclass(frozen=True, slots=True)
class Faults:
    """What was wrong with what a reader saw; all empty when nothing was."""

    gaps: Sequence[tuple[int, int]] = ()
    losses: frozenset[tuple[str, str]] = frozenset()
    doublings: Sequence[str] = ()
    inversions: Sequence[str] = ()


class Seen(Protocol):
    """What the checker looks at of an event."""

    @property
    def id(self) -> str: ...
    @property
    def seq(self) -> int | None: ...
    @property
    def entity_seq(self) -> int | None: ...
    @property
    def type(self) -> str: ...
    @property
    def subject_id(self) -> str: ...


class LogChecker:
    """A reader's own record: show it every event in the order of reading.

    With `of_entity` the reader sees one entity's events only, and their own sequence is the one without a gap.
    """

    def __init__(self, *, of_entity: bool = False) -> None:
        self._of_entity = of_entity
        self._seen: list[tuple[int, str, tuple[str, str]]] = []

    def __len__(self) -> int:
        return len(self._seen)

    def see(self, row: Seen) -> None:
        """The next event that was read."""
        seq = row.entity_seq if self._of_entity else row.seq
        self._seen.append((-1 if seq is None else seq, row.id, (row.type, row.subject_id)))

    def faults(self, committed: Iterable[tuple[str, str]]) -> Faults:
        """What is wrong, given the (type, object) of all events that were committed and should have been seen."""
        numbers = [seq for seq, _, _ in self._seen]
        facts = [fact for _, _, fact in self._seen]
        ids = Counter(event_id for _, event_id, _ in self._seen)
        return Faults(
            gaps=tuple((a, b) for a, b in pairwise(numbers) if b != a + 1),
            losses=frozenset(committed) - set(facts),
            doublings=tuple(event_id for event_id, count in ids.items() if count > 1),
            inversions=_inversions(facts),
        )


def _inversions(facts: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    known: set[tuple[str, str]] = set()
    found = []
    for kind, subject in facts:
        cause = CAUSES.get(kind)
        if cause is not None and (cause, subject) not in known:
            found.append(subject)
        known.add((kind, subject))
    return tuple(found)
