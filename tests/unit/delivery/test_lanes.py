"""Who gets turns: nobody dead or slow takes them from the others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.delivery.lanes import FAILING, SLOW_S, START, Lanes, Turn
from app.delivery.outgoing.model import AttemptResult

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)


class Time:
    """A clock and a stopwatch that go together."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def clock(self) -> datetime:
        return NOW + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds


def lanes(time: Time, *, total: int = 20, per_host: int = 8) -> Lanes:
    return Lanes(total=total, per_host=per_host, clock=time.clock, monotonic=time.monotonic)


def result(status: int | None, *, retry_after_s: int | None = None) -> AttemptResult:
    return AttemptResult(
        ok=status == 204,
        status=status,
        error=None if status == 204 else "failed",
        request_headers={},
        response_body="",
        response_headers={},
        duration_ms=1,
        retry_after_s=retry_after_s,
        gone=False,
        started_at=NOW,
    )


def took(found: Lanes, name: str = "a", *, wanted: int = 100, ordered: bool = False) -> list[Turn]:
    return found.take(f"whe_{name}", name, wanted, ordered=ordered)


def answered(found: Lanes, turns: list[Turn], status: int | None, **given: int) -> None:
    for turn in turns:
        found.give_back(turn, result(status, **given))


def test_a_host_begins_with_few_turns_and_gets_more_with_every_answer() -> None:
    found = lanes(Time())
    sizes = []
    for _ in range(4):
        turns = took(found)
        sizes.append(len(turns))
        answered(found, turns[:1], 204)
        for turn in turns[1:]:
            found.give_back(turn)
    assert sizes == [START, 4, 8, 8]
    assert found.free == 20


def test_the_endpoints_of_a_host_share_its_turns() -> None:
    found = lanes(Time())
    one = found.take("whe_1", "same.example", 1, ordered=False)
    two = found.take("whe_2", "same.example", 8, ordered=False)
    three = found.take("whe_3", "same.example", 8, ordered=False)
    assert (len(one), len(two), len(three)) == (1, 1, 0)


def test_a_host_that_does_not_answer_gets_a_single_turn() -> None:
    found = lanes(Time())
    answered(found, took(found), 204)
    answered(found, took(found)[:1], None)
    # Three are under way still, which is more than it may have.
    assert took(found) == []


def test_an_ordered_endpoint_has_one_turn_at_most() -> None:
    found = lanes(Time())
    first = took(found, ordered=True)
    assert (len(first), took(found, ordered=True)) == (1, [])
    answered(found, first, 204)
    assert len(took(found, ordered=True)) == 1


def test_slow_hosts_share_half_of_the_turns() -> None:
    """Given hosts that hang, when they are known to, then half of the turns stay free for whoever answers."""
    time = Time()
    found = lanes(time, total=20)
    hanging = [turn for n in range(8) for turn in took(found, f"slow{n}")]
    assert (len(hanging), found.free) == (16, 4)
    time.seconds += SLOW_S + 0.1

    assert took(found, "slow0") == []
    assert len(took(found, "fast")) == START
    for turn in hanging[:7]:
        found.give_back(turn, result(204))
    # Nine are left, so a slow one may have one more, though it has answered.
    assert len(took(found, "slow0")) == 1
    assert took(found, "slow1") == []
    assert len(took(found, "other")) == START


def test_a_host_is_slow_until_it_answers_in_time() -> None:
    time = Time()
    found = lanes(time, total=2)
    turns = took(found)
    time.seconds += SLOW_S + 0.1
    answered(found, turns, 204)
    turns = took(found)
    assert len(turns) == 1
    answered(found, turns, 204)
    assert len(took(found)) == 2


def test_an_endpoint_that_keeps_failing_is_tried_at_growing_intervals_until_it_answers() -> None:
    time = Time()
    found = lanes(time)
    for _ in range(FAILING):
        answered(found, took(found, wanted=1), 500)
    waits = []
    for _ in range(9):
        waited = 0
        while not (turns := took(found)) and waited < 100:
            time.seconds += 1
            waited += 1
        assert len(turns) == 1
        answered(found, turns, 500)
        waits.append(waited)
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    time.seconds += 60
    answered(found, took(found), 204)
    assert len(took(found)) == 2 * START


def test_retry_after_holds_up_the_endpoint_but_not_for_long_and_no_other() -> None:
    time = Time()
    found = lanes(time)
    answered(found, took(found), 429, retry_after_s=86_400)
    assert took(found) == []
    others = found.take("whe_b", "a", 8, ordered=False)
    assert len(others) == START
    answered(found, others, 204)
    time.seconds += 299
    assert took(found) == []
    time.seconds += 1
    assert len(took(found)) == 8


def test_what_is_idle_is_forgotten_and_what_is_under_way_is_not() -> None:
    found = lanes(Time(), total=20_000)
    kept = took(found, "kept")
    for n in range(10_050):
        answered(found, took(found, f"{n}"), 204)
    assert (len(found._hosts), len(found._endpoints)) == (10_000, 10_000)
    assert len(took(found, "kept")) == 0
    answered(found, kept, 204)
    assert found.free == 20_000
