"""Headers that a customer adds to its webhooks: enough to authenticate us, never enough to reshape the request."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from app.domain.errors import InvalidInput

MAX_HEADERS: Final = 20
MAX_BYTES: Final = 4096

# RFC 9110, 5.1 and 5.6.2 (token), 5.5 (field value), without obs-text: visible ASCII, spaces inside.
_NAME: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}", re.ASCII)
_VALUE: Final = re.compile(r"[\x21-\x7e]+(?:[ \t]+[\x21-\x7e]+)*")

# Those of the connection (RFC 9110, 7.6.1), those that say where a message begins and ends, and those we set.
_RESERVED: Final = frozenset(
    "connection keep-alive te trailer transfer-encoding upgrade "
    "host content-length content-type content-encoding accept-encoding expect user-agent cookie".split()
)
_RESERVED_PREFIXES: Final = ("webhook-", "proxy-", "sec-")


def check_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The same headers once each is allowed: at most 20, at most 4096 bytes together, no name twice.

    Raises InvalidInput on `("headers",)` or `("headers", name)`.
    """
    if len(headers) > MAX_HEADERS:
        raise InvalidInput(f"at most {MAX_HEADERS} headers", field=("headers",))
    seen: set[str] = set()
    for name, value in headers.items():
        lower = name.lower()
        if not _NAME.fullmatch(name):
            raise InvalidInput("this is not a valid header name", field=("headers", name))
        if lower in _RESERVED or lower.startswith(_RESERVED_PREFIXES):
            raise InvalidInput("this header is set by the sender", field=("headers", name))
        if lower in seen:
            raise InvalidInput("this header is given twice", field=("headers", name))
        if not _VALUE.fullmatch(value):
            raise InvalidInput("a header value is visible ASCII on one line", field=("headers", name))
        seen.add(lower)
    # As on the wire: "name: value" and the line end.
    if sum(len(name) + len(value) + 4 for name, value in headers.items()) > MAX_BYTES:
        raise InvalidInput(f"headers have at most {MAX_BYTES} bytes together", field=("headers",))
    return dict(headers)
