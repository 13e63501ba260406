"""Invoice numbers: patterns such as `INV-{nnn}` or `{yyyy}/{nnn}`, their periods, and what they render.

Tokens: `{yyyy}` and `{yy}` the year of the issue date, `{mm}` its month, `{n…}` the counter, zero-padded to the count
of n; all else is literal. A counter that outgrows its padding grows on: INV-999, INV-1000.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.domain.errors import InvalidInput

MAX_PATTERN: Final = 60
MAX_NUMBER: Final = 60
MAX_PADDING: Final = 12
_TOKEN: Final = re.compile(r"\{([^{}]*)\}")
_COUNTER: Final = re.compile(r"n+")
_DATE_TOKENS: Final = ("yyyy", "yy", "mm")
_FIELD: Final = ("pattern",)
# What a counter may reach: as many documents as nobody issues, and far below what the database can count to.
MAX_COUNTER: Final = 999_999_999_999
_EXAMPLE_DAY: Final = date(2026, 1, 1)
_PERIOD: Final = re.compile(r"[0-9]{4}(-[0-9]{2})?")


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a pattern: a literal text, a date token, or the counter with its padding."""

    kind: str
    text: str


class NumberingReset(StrEnum):
    """How often a series of a pattern begins anew, which follows from its date tokens."""

    NEVER = "NEVER"
    YEARLY = "YEARLY"
    MONTHLY = "MONTHLY"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a number says of itself: its counter, and the period of its series."""

    counter: int
    period: str


@dataclass(frozen=True, slots=True)
class NumberPattern:
    """A checked pattern. It resets by what its date tokens say: monthly, yearly, or never."""

    source: str
    tokens: tuple[Token, ...]

    @property
    def reset(self) -> NumberingReset:
        """How often the counter starts anew."""
        kinds = {token.kind for token in self.tokens}
        if "mm" in kinds:
            return NumberingReset.MONTHLY
        return NumberingReset.YEARLY if kinds & {"yyyy", "yy"} else NumberingReset.NEVER

    def period_key(self, issue_date: date) -> str:
        """What the counter starts anew for: `2024-03`, `2024`, or the empty text when it never does."""
        match self.reset:
            case NumberingReset.MONTHLY:
                return f"{issue_date.year:04d}-{issue_date.month:02d}"
            case NumberingReset.YEARLY:
                return f"{issue_date.year:04d}"
            case NumberingReset.NEVER:
                return ""

    def affixes(self, period: str) -> tuple[str, str]:
        """What stands before and after the counter in every number of that period: its date tokens never vary in it."""
        day, sides, side = day_of(period), ["", ""], 0
        for token in self.tokens:
            if token.kind == "n":
                side = 1
            else:
                sides[side] += _render(token, 0, day)
        return sides[0], sides[1]

    def read(self, number: str) -> Reading:
        """The counter and the period of a number of this pattern. Raises InvalidInput for one that is not of it."""
        match = re.fullmatch("".join(_expression(token) for token in self.tokens), number)
        counter = int(match["n"]) if match else 0
        if match is None or not 1 <= counter <= MAX_COUNTER:
            raise InvalidInput(f"is not a number of the pattern {self.source}, such as {self.example()}", field=_FIELD)
        found = match.groupdict()
        year = int(found.get("yyyy") or f"20{found.get('yy') or '00'}")
        try:
            period = self.period_key(date(year, int(found.get("mm") or 1), 1))
        except ValueError:
            raise InvalidInput(f"{number} names no year and month", field=_FIELD) from None
        if self.render(counter, day_of(period)) != number:
            raise InvalidInput(f"would be written {self.render(counter, day_of(period))}", field=_FIELD)
        return Reading(counter, period)

    def counter_in(self, number: str, period: str) -> int | None:
        """The counter of a number of that period; None for one that the pattern does not give in it."""
        try:
            found = self.read(number)
        except InvalidInput:
            return None
        return found.counter if found.period == period else None

    def example(self) -> str:
        """A number of the pattern, to show what its numbers look like."""
        return self.render(1, _EXAMPLE_DAY)

    def render(self, counter: int, issue_date: date) -> str:
        """The number with that counter, from 1. Raises InvalidInput when it has grown too long."""
        if counter < 1:
            raise ValueError("counters start at 1")
        number = "".join(_render(token, counter, issue_date) for token in self.tokens)
        if len(number) > MAX_NUMBER:
            raise InvalidInput(f"a number may have {MAX_NUMBER} characters at most", field=_FIELD)
        return number

    def next_numbers(self, last: int, issue_date: date, count: int = 3) -> list[str]:
        """The next numbers after counter `last`, as they would be on that date."""
        return [self.render(last + step, issue_date) for step in range(1, count + 1)]


def day_of(period: str) -> date:
    """A day in a period, from which its numbers can be rendered. Raises ValueError for a text that is no period."""
    if not period:
        return _EXAMPLE_DAY
    if not _PERIOD.fullmatch(period):
        raise ValueError(f"{period!r} is no period")
    return date.fromisoformat(f"{period}-01" if "-" in period else f"{period}-01-01")


def _expression(token: Token) -> str:
    match token.kind:
        case "literal":
            return re.escape(token.text)
        case "n":
            return rf"(?P<n>[0-9]{{{len(token.text)},}})"
    return rf"(?P<{token.kind}>[0-9]{{{len(token.kind)}}})"


def _render(token: Token, counter: int, issue_date: date) -> str:
    match token.kind:
        case "literal":
            return token.text
        case "yyyy":
            return f"{issue_date.year:04d}"
        case "yy":
            return f"{issue_date.year % 100:02d}"
        case "mm":
            return f"{issue_date.month:02d}"
    return str(counter).zfill(len(token.text))


@lru_cache(maxsize=4_096)
def period_of(pattern: str, issue_date: date) -> str:
    """The period of a pattern's series on that day; remembered, since every document asks."""
    return parse(pattern).period_key(issue_date)


@lru_cache(maxsize=1024)
def parse(pattern: str) -> NumberPattern:
    """The pattern, checked. Raises InvalidInput saying what is wrong with it."""
    _check_text(pattern)
    tokens = tuple(_tokens(pattern))
    kinds = [token.kind for token in tokens]
    if kinds.count("n") != 1:
        raise InvalidInput("needs exactly one counter, such as {nnn}", field=_FIELD)
    for kind in _DATE_TOKENS:
        if kinds.count(kind) > 1:
            raise InvalidInput(f"has {{{kind}}} twice", field=_FIELD)
    if "yyyy" in kinds and "yy" in kinds:
        raise InvalidInput("has the year twice", field=_FIELD)
    if "mm" in kinds and not {"yyyy", "yy"} & set(kinds):
        # The counter starts anew each month: without the year, January would repeat last January's numbers.
        raise InvalidInput("has {mm} without a year; its numbers would repeat every year", field=_FIELD)
    _check_digits_apart(tokens)
    return NumberPattern(pattern, tokens)


def _check_text(pattern: str) -> None:
    if not pattern or pattern != pattern.strip():
        raise InvalidInput("must not be empty, nor begin or end with a blank", field=_FIELD)
    if len(pattern) > MAX_PATTERN:
        raise InvalidInput(f"may have {MAX_PATTERN} characters at most", field=_FIELD)
    if not pattern.isprintable():
        raise InvalidInput("must not contain control characters", field=_FIELD)


def _tokens(pattern: str) -> Sequence[Token]:
    tokens: list[Token] = []
    position = 0
    for match in _TOKEN.finditer(pattern):
        _literal(tokens, pattern[position : match.start()])
        name = match.group(1)
        if name in _DATE_TOKENS:
            tokens.append(Token(name, name))
        elif _COUNTER.fullmatch(name):
            if len(name) > MAX_PADDING:
                raise InvalidInput(f"a counter may be padded to {MAX_PADDING} digits at most", field=_FIELD)
            tokens.append(Token("n", name))
        else:
            raise InvalidInput(f"does not know {{{name}}}; known are {{yyyy}}, {{yy}}, {{mm}}, {{nnn}}", field=_FIELD)
        position = match.end()
    _literal(tokens, pattern[position:])
    return tokens


def _literal(tokens: list[Token], text: str) -> None:
    if "{" in text or "}" in text:
        raise InvalidInput("has a brace without its partner", field=_FIELD)
    if text:
        tokens.append(Token("literal", text))


def _check_digits_apart(tokens: Sequence[Token]) -> None:
    """Refuses digits right after the counter, which has no fixed width: 1 then 12 would read like 11 then 2.

    Before the counter stand a year and month of fixed width, or a literal, which is the same in every number.
    """
    for left, right in pairwise(tokens):
        if left.kind == "n" and (right.kind in _DATE_TOKENS or right.text[:1].isdigit()):
            raise InvalidInput("has digits right after the counter; put a separator between them", field=_FIELD)


def local_issue_date(instant: datetime, time_zone: str) -> date:
    """The calendar date of an instant where the seller is: 31 December 23:30 UTC is next year in Tallinn.

    Raises InvalidInput for an unknown time zone, ValueError for an instant without one.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    try:
        return instant.astimezone(ZoneInfo(time_zone)).date()
    except (ZoneInfoNotFoundError, ValueError):
        raise InvalidInput(f"{time_zone!r} is not a known time zone", field=("timeZone",)) from None
