"""Signatures by Standard Webhooks: whoever holds the secret can tell that a message is ours, unchanged and recent.

Signed is `id.timestamp.body` with HMAC-SHA-256; `webhook-signature` holds `v1,<base64>`, several while a secret is
being rotated. Secrets are `whsec_` and the base64 of 24 to 64 bytes.

Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets as random_source
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from app.domain.errors import InvalidInput, Unauthenticated

SECRET_PREFIX: Final = "whsec_"
SECRET_BYTES: Final = 24
TOLERANCE_S: Final = 300
# Signatures that are looked at in one message: a rotation needs two.
MAX_SIGNATURES: Final = 20

_TIMESTAMP: Final = re.compile(r"[0-9]{1,12}", re.ASCII)


def new_secret() -> str:
    """A fresh secret of 24 random bytes."""
    return SECRET_PREFIX + base64.b64encode(random_source.token_bytes(SECRET_BYTES)).decode("ascii")


def sign(message_id: str, at: datetime, body: bytes, secrets: Sequence[str]) -> dict[str, str]:
    """The three headers that sign `body`, with one signature for each secret, in their order.

    `at` is an aware datetime. Raises InvalidInput when a secret is malformed and ValueError when there is none:
    nothing leaves unsigned.
    """
    if not secrets:
        raise ValueError("a webhook needs a secret to be signed with")
    if at.tzinfo is None:
        raise ValueError("a signature needs an aware datetime")
    timestamp = str(int(at.timestamp()))
    return {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(_signature(secret, message_id, timestamp, body) for secret in secrets),
    }


def verify(
    headers: Mapping[str, str], body: bytes, secret: str, *, now: datetime, tolerance_s: int = TOLERANCE_S
) -> None:
    """As `verify_any`, with one secret."""
    verify_any(headers, body, [secret], now=now, tolerance_s=tolerance_s)


def verify_any(
    headers: Mapping[str, str], body: bytes, secrets: Sequence[str], *, now: datetime, tolerance_s: int = TOLERANCE_S
) -> None:
    """Returns when one of the signatures in `headers` was made with one of `secrets` over this body, no more than
    `tolerance_s` seconds before or after `now`; raises Unauthenticated otherwise, InvalidInput for a bad secret.

    Names of headers are found in any case. Reject ids that were seen before as well: a message may be repeated within
    the tolerance. What is missing or too old is told whatever the secrets are.
    """
    given = {name.lower(): value for name, value in headers.items()}
    message_id, timestamp, signatures = (given.get(f"webhook-{part}") for part in ("id", "timestamp", "signature"))
    if not (message_id and timestamp and signatures):
        raise Unauthenticated("the headers webhook-id, webhook-timestamp and webhook-signature are needed")
    if not _TIMESTAMP.fullmatch(timestamp):
        raise Unauthenticated("webhook-timestamp is not a number of seconds")
    if abs(now.timestamp() - int(timestamp)) > tolerance_s:
        raise Unauthenticated("webhook-timestamp is too far from the present")
    candidates = [candidate.encode("utf-8", "replace") for candidate in signatures.split()]
    if len(candidates) > MAX_SIGNATURES:
        raise Unauthenticated(f"webhook-signature may hold {MAX_SIGNATURES} signatures")
    expected = [_signature(secret, message_id, timestamp, body).encode() for secret in secrets]
    # Bytes, since compare_digest refuses text that is not ASCII. Every pair is compared, in constant time.
    matches = [hmac.compare_digest(one, candidate) for one in expected for candidate in candidates]
    if not any(matches):
        raise Unauthenticated("no signature matches")


def _signature(secret: str, message_id: str, timestamp: str, body: bytes) -> str:
    digest = hmac.new(_key(secret), f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode('ascii')}"


def _key(secret: str) -> bytes:
    try:
        if not secret.startswith(SECRET_PREFIX):
            raise ValueError
        key = base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
    except (ValueError, binascii.Error):
        key = b""
    if not 24 <= len(key) <= 64:
        raise InvalidInput("a secret is whsec_ and the base64 of 24 to 64 bytes", field=("secret",))
    return key
