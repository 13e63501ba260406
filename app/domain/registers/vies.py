"""The answers of VIES, the Commission's register of VAT numbers, over its REST interface.

Errors come with HTTP 200. `valid: false` beside an error is no answer: only the error INVALID, or `valid: false`
without any error, says that a number does not exist
(https://ec.europa.eu/taxation_customs/vies/#/technical-information).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from app.domain.registers.model import MAX_RAW, AnswerKind, VatAnswer, VatNumber

SOURCE: Final = "VIES"
# What the question itself was refused for. Every other error passes, and is worth asking again.
REFUSED: Final = frozenset({"INVALID_INPUT", "INVALID_REQUESTER_INFO", "VAT_BLOCKED", "IP_BLOCKED"})
# What VIES puts where a state tells nothing.
_NOTHING: Final = frozenset({"", "---", "N/A"})


def read(body: bytes, now: datetime, asked: VatNumber | None = None) -> VatAnswer:
    """The answer to POST check-vat-number or to GET ms/{state}/vat/{number}; what cannot be read is UNAVAILABLE.

    So is an answer that says it is about another number than was asked.
    """
    raw = body[:MAX_RAW].decode("utf-8", "replace")
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return unavailable("NOT_JSON", now, raw)
    if not isinstance(content, dict):
        return unavailable("NOT_AN_OBJECT", now, raw)
    error = _error(content)
    if error is not None and error != "INVALID":
        kind = AnswerKind.REFUSED if error in REFUSED else AnswerKind.UNAVAILABLE
        return VatAnswer(kind=kind, answered_at=now, source=SOURCE, code=error[:80], raw=raw)
    if asked is not None and _about(content) not in (None, str(asked)):
        return unavailable("ANOTHER_NUMBER", now, raw)
    valid = content.get("valid", content.get("isValid"))
    if error == "INVALID":
        valid = False
    if not isinstance(valid, bool):
        return unavailable("NO_VERDICT", now, raw)
    return VatAnswer(
        kind=AnswerKind.VALID if valid else AnswerKind.INVALID,
        answered_at=now,
        source=SOURCE,
        consultation_number=_text(content.get("requestIdentifier"), 80),
        name=_text(content.get("name"), 200),
        address=_text(content.get("address"), 500),
        raw=raw,
    )


def _about(content: Mapping[str, Any]) -> str | None:
    """The number that an answer names; None where it names none, as the older interface does."""
    state, number = content.get("countryCode"), content.get("vatNumber")
    if not isinstance(state, str) or not isinstance(number, str):
        return None
    return "".join(letter for letter in (state + number).upper() if letter.isalnum() or letter in "+*")


def unavailable(code: str, now: datetime, raw: str = "") -> VatAnswer:
    """No answer, for a reason that passes."""
    return VatAnswer(kind=AnswerKind.UNAVAILABLE, answered_at=now, source=SOURCE, code=code, raw=raw)


def _error(content: Mapping[str, Any]) -> str | None:
    """VIES's name of the error, in either interface: VALID is the word of the older one for none."""
    wrappers = content.get("errorWrappers")
    if content.get("actionSucceed") is False or wrappers:
        first = wrappers[0] if isinstance(wrappers, list) and wrappers else None
        error = first.get("error") if isinstance(first, dict) else None
        return str(error) if error else "UNKNOWN_ERROR"
    error = content.get("userError")
    return None if error in (None, "", "VALID") else str(error)


def _text(value: object, most: int) -> str | None:
    if not isinstance(value, str):
        return None
    text = " ".join(value.split())[:most]
    return None if text in _NOTHING else text
