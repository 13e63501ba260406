"""Where the parts say what they are at, for tracing; and what it costs while nobody listens: next to nothing.

Without a tracer every span is the same object, which does nothing: a block costs two calls and allocates nothing.
What takes work to say is said only where `recorded`. Nothing here imports a tracing library.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from types import TracebackType
from typing import Final, Protocol, Self, TypeAlias

Value: TypeAlias = str | int | float | bool


class Role(Enum):
    """What a span is to others: work inside, an answer to a request, a request to another system, a job taken."""

    INTERNAL = "internal"
    SERVER = "server"
    CLIENT = "client"
    CONSUMER = "consumer"


class Span:
    """A piece of work from the beginning of a `with` block to its end; this one is that of which nothing is kept."""

    __slots__ = ()

    recorded: bool = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def rename(self, name: str) -> None:
        """Gives it a name of which there are few, such as a route."""

    def note(self, name: str, value: Value) -> None:
        """Says something of it."""

    def failed(self, error_type: str) -> None:
        """Says that it went wrong, by a word of which there are few; messages may hold what is nobody's business."""

    def lasts(self) -> None:
        """Says that it lasts as long as its client likes: what happens within is told in traces of its own."""


NOTHING: Final = Span()


class Tracer(Protocol):
    """What keeps spans."""

    def span(
        self,
        name: str,
        *,
        role: Role,
        headers: Sequence[tuple[bytes, bytes]],
        origins: Sequence[object | None],
        apart: bool,
    ) -> Span:
        """See `span`."""

    def statement(self, dialect: str, sql: str) -> Span:
        """See `statement`."""

    def here(self) -> object | None:
        """See `here`."""

    def ids(self) -> dict[str, str]:
        """The ids of the trace and the span that the caller is in, as lines of the log have them; or none."""


_tracer: Tracer | None = None


def install(tracer: Tracer | None) -> None:
    """Has the spans of this process kept from now on, or no longer."""
    global _tracer
    _tracer = tracer


def listening() -> bool:
    """Whether spans are kept at all."""
    return _tracer is not None


def span(
    name: str,
    *,
    role: Role = Role.INTERNAL,
    headers: Sequence[tuple[bytes, bytes]] = (),
    origins: Sequence[object | None] = (),
    apart: bool = False,
) -> Span:
    """A span within the one that the caller is in, or the first of a trace.

    `headers` of a request may name the trace it belongs to. Work done for several at once gives their `origins`
    (`here`, where each was asked for): it belongs to the first and is linked to the others. `apart` begins a trace.
    """
    if _tracer is None:
        return NOTHING
    return _tracer.span(name, role=role, headers=headers, origins=origins, apart=apart)


def statement(dialect: str, sql: str) -> Span:
    """A span of one SQL statement, whose text must hold no values; nothing where the caller is in no span."""
    return NOTHING if _tracer is None else _tracer.statement(dialect, sql)


def here() -> object | None:
    """The span that the caller is in, to be given as an origin later."""
    return None if _tracer is None else _tracer.here()


def ids() -> dict[str, str] | None:
    """`trace_id` and `span_id` for a line of the log; None without tracing, empty outside of any span."""
    return None if _tracer is None else _tracer.ids()
