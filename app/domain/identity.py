"""Public ids: typed and time-ordered text, `inv_01h455vb4pex5vsknk084sn02q`.

A TypeID (https://github.com/jetify-com/typeid): a prefix, `_`, and a UUIDv7 in Crockford's base32, 26 characters.
The public id *is* the primary key, so an id says its type and sorts by time of creation under `COLLATE "C"`.
"""

from __future__ import annotations

import re
import secrets
import threading
import time
from datetime import datetime
from enum import StrEnum
from typing import Final

_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_SHAPE: Final = re.compile(r"([a-z]{2,8})_([0-7][0-9a-hjkmnp-tv-z]{25})")


class IdPrefix(StrEnum):
    """What an id names, by its first letters."""

    ACCOUNT = "acct"
    PLATFORM = "plat"
    API_KEY = "key"
    ENTITY = "ent"
    CUSTOMER = "cus"
    ORDER = "ord"
    ORDER_LINE = "ordl"
    ORDER_REFUND = "rfd"
    INVOICE = "inv"
    INVOICE_LINE = "invl"
    SERIES = "ser"
    PAYMENT = "pay"
    LEDGER_ENTRY = "lent"
    EVENT = "evt"
    WEBHOOK_ENDPOINT = "whe"
    WEBHOOK_DELIVERY = "whd"
    WEBHOOK_ATTEMPT = "wha"
    ORDER_CHANNEL = "chn"
    IDEMPOTENCY = "idem"
    LOGO = "logo"
    JOB = "job"
    EMAIL = "eml"
    FILE = "file"
    ITEM = "item"
    RECURRING = "rec"
    OCCURRENCE = "occ"
    AUDIT = "aud"
    VAT_CHECK = "vat"
    EU_SALES = "eus"
    TAX_ENTRY = "txe"


class _Clock:
    """Milliseconds and a counter, so that ids of one process grow strictly (RFC 9562, 6.2, method 1)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._millis = 0
        self._counter = 0

    def next(self) -> tuple[int, int]:
        """The next (milliseconds, 12-bit counter), greater than every one before."""
        with self._lock:
            now = time.time_ns() // 1_000_000
            if now > self._millis:
                self._millis, self._counter = now, secrets.randbits(11)
            else:
                self._counter += 1
                if self._counter > 0xFFF:
                    self._millis, self._counter = self._millis + 1, 0
            return self._millis, self._counter


_clock: Final = _Clock()


def new_id(prefix: IdPrefix) -> str:
    """A fresh id of that type, greater than every id this process made before."""
    millis, counter = _clock.next()
    value = (millis << 80) | (0x7 << 76) | (counter << 64) | (0b10 << 62) | secrets.randbits(62)
    return f"{prefix}_{_encode(value)}"


def first_id_at(prefix: IdPrefix, at: datetime) -> str:
    """What no id of that type made at that instant or later is less than, and every one made before is."""
    return f"{prefix}_{_encode(int(at.timestamp() * 1000) << 80)}"


def is_id(text: str, prefix: IdPrefix) -> bool:
    """Whether `text` is a well-formed id of that type (it need not exist)."""
    return prefix_of(text) is prefix


def prefix_of(text: str) -> IdPrefix | None:
    """The type an id names, or None when it is no id of ours."""
    match = _SHAPE.fullmatch(text)
    if match is None:
        return None
    try:
        return IdPrefix(match.group(1))
    except ValueError:
        return None


# Two characters of base32 by the ten bits that they stand for.
_PAIRS: Final = tuple(high + low for high in _ALPHABET for low in _ALPHABET)
_SHIFTS: Final = tuple(range(120, -1, -10))


def _encode(value: int) -> str:
    return "".join([_PAIRS[(value >> shift) & 0x3FF] for shift in _SHIFTS])
