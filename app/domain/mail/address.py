"""Addresses that mail can be sent to: plain `local@domain`, which cannot carry a second header or recipient."""

from __future__ import annotations

import re
from typing import Final

from app.domain.errors import InvalidInput

Path = tuple[str | int, ...]

# RFC 5321, 4.5.3.1: 64 octets before the @, 255 after it, and 254 in all, since a path has 256 with its brackets.
_MAX_LOCAL: Final = 64
_MAX_ADDRESS: Final = 254
# RFC 5322, 3.2.3: dot-atom. Quoted local parts are left out: hardly any mailbox has one, and every parser reads them
# differently.
_LOCAL: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
# They end a line, or turn the direction of what follows, so that a name reads as another one.
_UNSAFE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


def check_address(value: str, field: Path) -> str:
    """An address as SMTP takes it, its domain in lower case and in ASCII (RFC 5891). Raises InvalidInput."""
    cleaned = value.strip()
    local, at, domain = cleaned.rpartition("@")
    if not at or not _LOCAL.fullmatch(local) or len(local) > _MAX_LOCAL:
        raise _refused(value, field)
    try:
        ascii_domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise _refused(value, field) from None
    labels = ascii_domain.split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels) or labels[-1].isdigit():
        raise _refused(value, field)
    address = f"{local}@{ascii_domain}"
    if len(address) > _MAX_ADDRESS:
        raise InvalidInput(f"an e-mail address has {_MAX_ADDRESS} characters at most", field=field)
    return address


def is_address(value: str | None) -> bool:
    """Whether mail can be sent there."""
    if value is None:
        return False
    try:
        check_address(value, ())
    except InvalidInput:
        return False
    return True


def header_text(value: str, limit: int) -> str:
    """A text that may stand in a header: one line, no control characters, at most `limit` characters."""
    line = " ".join(_UNSAFE.sub(" ", value).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def _refused(value: str, field: Path) -> InvalidInput:
    return InvalidInput(f"{header_text(value, 80)!r} is not an e-mail address that mail can be sent to", field=field)
