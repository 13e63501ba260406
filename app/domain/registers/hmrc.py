"""The answers of HMRC's "Check a UK VAT number" interface, version 2.

https://developer.service.hmrc.gov.uk/api-documentation/docs/api/service/vat-registered-companies-api/2.0
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Final

from app.domain.registers.model import MAX_RAW, AnswerKind, VatAnswer

SOURCE: Final = "HMRC"


def read(status: int, body: bytes, now: datetime) -> VatAnswer:
    """The answer to a look-up with that HTTP status. Only NOT_FOUND says that a number does not exist."""
    raw = body[:MAX_RAW].decode("utf-8", "replace")
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        return _answer(AnswerKind.UNAVAILABLE, now, raw, code=f"HTTP_{status}")
    target = content.get("target")
    if status == 200 and isinstance(target, dict):
        number = content.get("consultationNumber")
        return _answer(
            AnswerKind.VALID,
            now,
            raw,
            consultation_number=number[:80] if isinstance(number, str) else None,
            name=_text(target.get("name"), 200),
            address=_address(target.get("address")),
        )
    code = str(content.get("code") or f"HTTP_{status}")[:80]
    if status == 404 and code == "NOT_FOUND":
        return _answer(AnswerKind.INVALID, now, raw)
    # 400 and 403 blame the question; 401, 429 and the rest pass.
    kind = AnswerKind.REFUSED if status in (400, 403) else AnswerKind.UNAVAILABLE
    return _answer(kind, now, raw, code=code)


def unavailable(code: str, now: datetime) -> VatAnswer:
    """No answer, for a reason that passes."""
    return _answer(AnswerKind.UNAVAILABLE, now, "", code=code)


def _answer(kind: AnswerKind, now: datetime, raw: str, **found: Any) -> VatAnswer:
    return VatAnswer(kind=kind, answered_at=now, source=SOURCE, raw=raw, **found)


def _address(value: object) -> str | None:
    if not isinstance(value, dict):
        return None
    parts = [str(value[name]) for name in sorted(value) if name != "countryCode" and value[name]]
    return _text(", ".join([*parts, str(value.get("countryCode") or "")]).strip(", "), 500)


def _text(value: object, most: int) -> str | None:
    return " ".join(value.split())[:most] or None if isinstance(value, str) else None
