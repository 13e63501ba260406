"""Bounces that come back later as messages: which message of ours did not arrive, and why (RFC 3464)."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage, Message
from typing import Final

from app.domain.errors import InvalidInput
from app.domain.identity import IdPrefix, is_id
from app.domain.mail.address import header_text

MAX_BYTES: Final = 20 * 1024 * 1024
_MAX_PARTS: Final = 200
_MAX_WORDS: Final = 400
# Our ids in `Message-ID: <eml_…@host>` and in an address of the form bounces+eml_…@host.
_ID: Final = re.compile(rf"\b({IdPrefix.EMAIL}_[0-9a-z]{{26}})@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """A report that a message could not be delivered: the message's id, the recipient, and the server's words."""

    email_id: str
    recipient: str | None
    words: str


def message_id(email_id: str, sender: str) -> str:
    """The Message-ID of a message, which names it in whatever comes back: `<eml_…@host>`."""
    return f"<{email_id}@{sender.rpartition('@')[2]}>"


def return_path(email_id: str, bounce_address: str) -> str:
    """The address that bounces of one message go to, `bounces+eml_…@host` (VERP)."""
    local, _, host = bounce_address.rpartition("@")
    return f"{local}+{email_id}@{host}"


def read_bounce(content: bytes) -> Bounce:
    """The final failure that a delivery status notification reports.

    Raises InvalidInput when it is none (such as an out-of-office note), reports a mere delay, or names no message of
    ours.
    """
    if len(content) > MAX_BYTES:
        raise InvalidInput(f"a bounce has {MAX_BYTES} bytes at most", field=("message",))
    message = email.message_from_bytes(content, policy=email.policy.default)
    parts = list(_parts(message))
    failed = [block for part in parts for block in _recipients(part) if _field(block, "Action").lower() == "failed"]
    if not failed:
        raise InvalidInput("is no delivery status notification of a failure (RFC 3464)", field=("message",))
    email_id = _our_id(message, parts)
    if email_id is None:
        raise InvalidInput("names no message of this product", field=("message",))
    recipient = _typed(_field(failed[0], "Final-Recipient") or _field(failed[0], "Original-Recipient"))
    reason = _typed(_field(failed[0], "Diagnostic-Code")) or "no reason given"
    words = f"{_field(failed[0], 'Status')} {reason}".strip()
    return Bounce(email_id=email_id, recipient=recipient or None, words=header_text(words, _MAX_WORDS))


def _parts(message: Message) -> Iterator[Message]:
    for count, part in enumerate(message.walk()):
        if count >= _MAX_PARTS:
            raise InvalidInput(f"has more than {_MAX_PARTS} parts", field=("message",))
        yield part


def _recipients(part: Message) -> list[Message]:
    # RFC 3464, 2.1: the first block is about the message, each further one about a recipient.
    if part.get_content_type() != "message/delivery-status":
        return []
    blocks = part.get_payload()
    return [block for block in blocks[1:] if isinstance(block, Message)] if isinstance(blocks, list) else []


def _our_id(message: EmailMessage | Message, parts: list[Message]) -> str | None:
    """The id in the returned message or its headers, else in the address that the bounce was sent to."""
    for part in parts:
        if part.get_content_type() == "text/rfc822-headers":
            text = str(part.get_payload())
            returned = email.message_from_string(text, policy=email.policy.default)
            if found := _id_in(_field(returned, "Message-ID")):
                return found
        elif part is not message and (found := _id_in(_field(part, "Message-ID"))):
            return found
    for name in ("Delivered-To", "X-Original-To", "To"):
        if found := _id_in(_field(message, name)):
            return found
    return None


def _id_in(text: str) -> str | None:
    match = _ID.search(text[:2000])
    return match.group(1) if match and is_id(match.group(1), IdPrefix.EMAIL) else None


def _field(part: Message, name: str) -> str:
    return str(part.get(name, "")).strip()


def _typed(value: str) -> str:
    """The value of a typed field such as `rfc822; a@b.example` (RFC 3464, 2.1.2)."""
    kind, separator, rest = value.partition(";")
    return rest.strip() if separator and kind.strip().replace("-", "").isalnum() else value
