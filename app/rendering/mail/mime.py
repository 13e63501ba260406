"""A letter as the bytes that are sent (RFC 5322, MIME): text and HTML as alternatives, files attached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from app.domain.mail.address import header_text
from app.rendering.mail.letter import Letter
from app.rendering.mail.page import LOGO_ID, html_page, plain_text

MAX_BYTES: Final = 20 * 1024 * 1024
_MAX_NAME: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file of a message: its name, its media type such as `application/pdf`, its bytes."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Headers:
    """Who writes to whom and when. Addresses are checked ones; names may be anything."""

    message_id: str
    sender: str
    sender_name: str
    reply_to: str | None
    to: Sequence[str]
    cc: Sequence[str]
    date: datetime


def message_bytes(letter: Letter, headers: Headers, attachments: Sequence[Attachment]) -> bytes:
    """The message with CRLF line ends, ASCII throughout. Raises ValueError beyond `MAX_BYTES`."""
    message = EmailMessage(policy=SMTP)
    _set_headers(message, letter, headers)
    message.set_content(plain_text(letter), cte="quoted-printable")
    message.add_alternative(html_page(letter), subtype="html", cte="quoted-printable")
    if letter.brand.logo is not None:
        html = message.get_payload()[1]  # type: ignore[index]  # multipart/alternative: the text, then the HTML
        html.add_related(  # type: ignore[union-attr]  # a part is an EmailMessage, as its policy makes them
            letter.brand.logo, "image", _image_kind(letter.brand.logo), cid=f"<{LOGO_ID}>", disposition="inline"
        )
    for attachment in attachments:
        main, _, sub = attachment.media_type.partition("/")
        message.add_attachment(
            attachment.content, maintype=main, subtype=sub, filename=header_text(attachment.name, _MAX_NAME)
        )
    # Last, since the parts take the Content-… headers that are there when they are made.
    message["Content-Language"] = letter.language
    content = message.as_bytes()
    if len(content) > MAX_BYTES:
        raise ValueError(f"the message has {len(content)} bytes; {MAX_BYTES} are the limit")
    return content


def _set_headers(message: EmailMessage, letter: Letter, headers: Headers) -> None:
    name = header_text(headers.sender_name, _MAX_NAME)
    message["From"] = Address(display_name=name, addr_spec=headers.sender)
    if headers.reply_to is not None:
        message["Reply-To"] = Address(display_name=name, addr_spec=headers.reply_to)
    message["To"] = [Address(addr_spec=address) for address in headers.to]
    if headers.cc:
        message["Cc"] = [Address(addr_spec=address) for address in headers.cc]
    message["Subject"] = header_text(letter.subject, 250)
    message["Date"] = format_datetime(headers.date)
    message["Message-ID"] = headers.message_id
    # RFC 3834: out-of-office notes stay unsent.
    message["Auto-Submitted"] = "auto-generated"


def _image_kind(content: bytes) -> str:
    return "png" if content.startswith(b"\x89PNG") else "jpeg"
