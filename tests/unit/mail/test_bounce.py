"""Bounces that come back as messages (RFC 3464)."""

from __future__ import annotations

from typing import Final

import pytest

from app.domain.errors import InvalidInput
from app.domain.identity import IdPrefix, new_id
from app.domain.mail.bounce import MAX_BYTES, message_id, read_bounce, return_path

ID: Final = new_id(IdPrefix.EMAIL)


def notification(
    *, action: str = "failed", returned: str | None = None, to: str = "bounces@shop.example", kind: str = "headers"
) -> bytes:
    """A delivery status notification as Postfix writes one."""
    headers = returned if returned is not None else f"Message-ID: {message_id(ID, 'invoices@shop.example')}"
    part = "text/rfc822-headers" if kind == "headers" else "message/rfc822"
    return f"""From: MAILER-DAEMON@mx.example (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=b"

--=b
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--=b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Tue, 10 Mar 2026 09:00:00 +0000

Final-Recipient: rfc822; erika@example.com
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <erika@example.com>: Recipient address
 rejected: User unknown

--=b
Content-Type: {part}

From: Seller <invoices@shop.example>
Subject: Rechnung 2026/001
{headers}

--=b--
""".replace("\n", "\r\n").encode()


@pytest.mark.parametrize("kind", ["headers", "whole message"])
def test_a_failure_names_the_message_the_recipient_and_the_reason(kind: str) -> None:
    bounce = read_bounce(notification(kind=kind))

    assert bounce.email_id == ID
    assert bounce.recipient == "erika@example.com"
    assert bounce.words == "5.1.1 550 5.1.1 <erika@example.com>: Recipient address rejected: User unknown"


def test_where_the_message_does_not_come_back_its_own_return_address_tells() -> None:
    to = return_path(ID, "bounces@shop.example")

    assert to == f"bounces+{ID}@shop.example"
    assert read_bounce(notification(returned="X-Other: 1", to=to)).email_id == ID


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
def test_what_is_no_failure_is_refused(action: str) -> None:
    with pytest.raises(InvalidInput, match="no delivery status notification of a failure"):
        read_bounce(notification(action=action))


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\xff\xfe", b"Subject: Out of office\r\n\r\nI am away.", b"Content-Type: multipart/report; boundary=x"],
)
def test_other_mail_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidInput, match="no delivery status notification"):
        read_bounce(content)


@pytest.mark.parametrize(
    "returned",
    ["Message-ID: <other@shop.example>", f"Message-ID: <{ID[:-1]}!@shop.example>"],
    ids=["another's", "malformed"],
)
def test_a_bounce_of_somebody_elses_message_is_refused(returned: str) -> None:
    with pytest.raises(InvalidInput, match="names no message of this product"):
        read_bounce(notification(returned=returned))


def test_a_bounce_is_read_within_bounds() -> None:
    with pytest.raises(InvalidInput, match="bytes at most"):
        read_bounce(b"x" * (MAX_BYTES + 1))
    parts = "--=b\r\nContent-Type: text/plain\r\n\r\nx\r\n" * 300
    with pytest.raises(InvalidInput, match="more than 200 parts"):
        read_bounce(f'Content-Type: multipart/mixed; boundary="=b"\r\n\r\n{parts}--=b--'.encode())
