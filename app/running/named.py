"""What lines of the log call the request and the operation that they belong to.

One mapping for each request, which its parts add to: structlog's own context costs several microseconds a name.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any, Final

import structlog

_names: Final[ContextVar[dict[str, Any] | None]] = ContextVar("names", default=None)


def begin(**names: Any) -> None:
    """Names what the caller begins to answer, and all that it does for it."""
    _names.set(names)


def add(**names: Any) -> None:
    """Says more of what is being answered; outside of a request nothing."""
    found = _names.get()
    if found is not None:
        found.update(names)


def within(**names: Any) -> None:
    """Says more of one of several things that go on in the same request, such as on a socket: of the caller's task."""
    _names.set({**(_names.get() or {}), **names})


def request_id() -> str | None:
    """What the request is called that the caller answers; None outside of one."""
    found = _names.get()
    return None if found is None else found.get("request_id")


def here() -> dict[str, Any]:
    """The names of what the caller is at, and none that it may change."""
    return dict(_names.get() or {})


def merge(_: Any, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """A processor of structlog's, that puts the names into a line where it says nothing else of them."""
    for name, value in (_names.get() or {}).items():
        event.setdefault(name, value)
    return event
