"""A letter as the bytes that are sent, read back by Python's own parser."""

from __future__ import annotations

import email
import email.policy
import re
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pytest

from app.domain.documents.model import Brand
from app.domain.mail.model import EmailKind
from app.rendering.mail import mime
from app.rendering.mail.letter import Letter, invoice_letter
from app.rendering.mail.mime import Attachment, Headers, message_bytes
from app.rendering.mail.page import html_page, plain_text
from tests.documents import document

PNG = b"\x89PNG\r\n\x1a\n and the rest"
PDF = Attachment(name="2026-042.pdf", media_type="application/pdf", content=b"%PDF-1.7\r\n\x00\xff\n.\n..\n")


def letter(**brand: Any) -> Letter:
    return invoice_letter(
        document(),
        Brand(**brand),
        kind=EmailKind.INVOICE,
        locale="el",
        due_minor=4522,
        message="Ευχαριστούμε!\n.\nFrom here on",
        answerable=True,
        sandbox=False,
    )


def headers(**given: Any) -> Headers:
    values: dict[str, Any] = {
        "message_id": "<eml_1@shop.example>",
        "sender": "invoices@shop.example",
        "sender_name": "Kaffeerösterei, Morgenrot",
        "reply_to": "hallo@morgenrot.example",
        "to": ["erika@example.com", "buchhaltung@example.com"],
        "cc": ["steuer@example.com"],
        "date": datetime(2026, 3, 10, 9, 0, tzinfo=UTC),
        **given,
    }
    return Headers(**values)


def parsed(content: bytes) -> EmailMessage:
    found = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def test_the_headers_say_who_writes_to_whom_and_that_no_machine_need_answer() -> None:
    message = parsed(message_bytes(letter(), headers(), [PDF]))

    assert message["From"].addresses[0].display_name == "Kaffeerösterei, Morgenrot"
    assert message["From"].addresses[0].addr_spec == "invoices@shop.example"
    assert message["Reply-To"].addresses[0].addr_spec == "hallo@morgenrot.example"
    assert [address.addr_spec for address in message["To"].addresses] == [
        "erika@example.com",
        "buchhaltung@example.com",
    ]
    assert [address.addr_spec for address in message["Cc"].addresses] == ["steuer@example.com"]
    assert message["Subject"] == "Τιμολόγιο 2026/042 · Kaffeerösterei Morgenrot"
    assert message["Date"] == "Tue, 10 Mar 2026 09:00:00 +0000"
    assert message["Message-ID"] == "<eml_1@shop.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "el"
    assert message["Bcc"] is None


def test_text_html_logo_and_pdf_are_where_mail_programs_look_for_them() -> None:
    written = letter(logo=PNG)
    message = parsed(message_bytes(written, headers(), [PDF]))

    assert shape(message) == (
        "multipart/mixed",
        ("multipart/alternative", "text/plain", ("multipart/related", "text/html", "image/png")),
        "application/pdf",
    )
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r\n", "\n") == plain_text(written)
    assert html.get_content().replace("\r\n", "\n") == html_page(written)
    (logo,) = [part for part in message.walk() if part.get_content_type() == "image/png"]
    assert (logo["Content-ID"], logo.get_payload(decode=True)) == ("<logo>", PNG)
    (pdf,) = message.iter_attachments()
    assert (pdf.get_filename(), pdf.get_payload(decode=True)) == ("2026-042.pdf", PDF.content)
    assert pdf.get_content_disposition() == "attachment"


def shape(part: Any) -> Any:
    if not part.is_multipart():
        return part.get_content_type()
    return (part.get_content_type(), *(shape(inner) for inner in part.iter_parts()))


def test_it_passes_every_mail_server() -> None:
    # RFC 5321, 4.5.3.1.6 and 2.3.8: ASCII, lines of at most 1,000 octets that end in CRLF.
    content = message_bytes(letter(logo=PNG, footer="ö" * 1_000), headers(), [PDF])

    assert content.isascii()
    assert not re.search(rb"[^\r]\n|\r[^\n]", content)
    assert max(map(len, content.split(b"\r\n"))) <= 998


@pytest.mark.parametrize(
    "hostile", ["x\r\nBcc: victim@example.com", "x\nTo: victim@example.com", "x\r\n\r\nbody", "\x00"]
)
def test_no_name_makes_a_header_of_its_own(hostile: str) -> None:
    attachment = Attachment(name=f"{hostile}.pdf", media_type="application/pdf", content=b"%PDF")
    message = parsed(message_bytes(letter(), headers(sender_name=hostile), [attachment]))

    plain = parsed(message_bytes(letter(), headers(), [PDF]))
    assert message.keys() == plain.keys()
    assert [address.addr_spec for address in message["To"].addresses] == [
        "erika@example.com",
        "buchhaltung@example.com",
    ]
    assert shape(message) == shape(plain)


def test_an_unsafe_address_cannot_be_written() -> None:
    with pytest.raises(ValueError, match=r"CR or LF|invalid arguments"):
        message_bytes(letter(), headers(to=["x@example.com\r\nBcc: victim@example.com"]), [PDF])


def test_a_message_is_of_bounded_size() -> None:
    large = Attachment(name="a.pdf", media_type="application/pdf", content=bytes(mime.MAX_BYTES))
    with pytest.raises(ValueError, match="are the limit"):
        message_bytes(letter(), headers(), [large])
