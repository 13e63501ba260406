"""What messages say, in every language, as text and as HTML."""

from __future__ import annotations

import dataclasses
import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest

from app.domain.documents.model import Brand, InvoiceType
from app.domain.mail.model import EmailKind
from app.domain.parties import PaymentDetails
from app.rendering.labels import LANGUAGES as DOCUMENT_LANGUAGES
from app.rendering.mail.letter import Letter, invoice_letter, notice_letter
from app.rendering.mail.page import html_page, plain_text
from app.rendering.mail.words import LANGUAGES, words_of
from app.rendering.mail.words.model import Words
from tests.documents import document

WORDS = [field.name for field in dataclasses.fields(Words)]
PAYMENT = PaymentDetails(holder="Morgenrot Kaffee GmbH", iban="DE02120300000000202051", bic="BYLADEM1001")
each_language = pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.language)


def letter(content: Any = None, **given: Any) -> Letter:
    values: dict[str, Any] = {
        "kind": EmailKind.INVOICE,
        "locale": "de-DE",
        "due_minor": 4760,
        "message": None,
        "answerable": True,
        "sandbox": False,
        "brand": Brand(primary_color="#c2410c", footer="Amtsgericht <Charlottenburg>"),
        **given,
    }
    content = content or dataclasses.replace(document(), payment=PAYMENT)
    return invoice_letter(content, values.pop("brand"), **values)


def visible(page: str) -> str:
    """What a reader sees of an HTML page, blanks folded."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.split("<body", 1)[1].split(">", 1)[1])).split())


def test_messages_speak_the_languages_of_documents() -> None:
    assert [words.language for words in LANGUAGES] == [labels.language for labels in DOCUMENT_LANGUAGES]


@each_language
def test_every_word_is_there_once_and_is_plain(words: Words) -> None:
    texts = [getattr(words, name) for name in WORDS]
    assert len(set(texts)) == len(texts)
    for text in texts:
        assert text.strip() == text != ""
        assert not set(text) & set("{}<>\n")


@each_language
@pytest.mark.parametrize("kind", [EmailKind.INVOICE, EmailKind.REMINDER])
def test_every_language_says_all_it_must_in_text_and_in_html(words: Words, kind: EmailKind) -> None:
    found = letter(kind=kind, locale=words.language, message="Danke & <bis bald>!")
    said = [words.greeting, words.questions, words.closing]
    said += [words.overdue, words.please_pay, words.crossed] if kind is EmailKind.REMINDER else [words.attached]
    text, page = plain_text(found), html_page(found)

    assert (words.reminder in found.subject) is (kind is EmailKind.REMINDER)
    for part in (*said, "DE02 1203 0000 0000 2020 51", "Danke & <bis bald>!", found.headline[1]):  # type: ignore[index]
        assert " ".join(part.split()) in " ".join(text.split())
        assert " ".join(part.split()) in visible(page)
    assert f'<html lang="{words.language}">' in page


def test_a_german_invoice_reads_so() -> None:
    assert letter().subject == "Rechnung 2026/042 · Kaffeerösterei Morgenrot"
    assert plain_text(letter()) == (
        "Guten Tag,\n\n"
        "im Anhang dieser Nachricht finden Sie das Dokument als PDF.\n\n"
        "Zahlbetrag: 47,60\u00a0EUR\n\n"
        "Nummer: 2026/042\nRechnungsdatum: 10. März 2026\nFällig am: 24. März 2026\nBestellung: M-1001\n\n"
        "Kontoinhaber: Morgenrot Kaffee GmbH\nIBAN: DE02 1203 0000 0000 2020 51\nBIC: BYLADEM1001\n"
        "Verwendungszweck: 2026/042\n\n"
        "Bei Fragen antworten Sie einfach auf diese Nachricht.\n\n"
        "Mit freundlichen Grüßen\n\n"
        "-- \nKaffeerösterei Morgenrot\nAmtsgericht <Charlottenburg>\n"
    )


def test_what_is_paid_is_not_asked_for_again() -> None:
    found = letter(due_minor=0)

    assert found.headline == ("Gesamtbetrag", "45,22\u00a0EUR")
    assert ("Zahlbetrag", words_of("de").settled) in found.facts
    assert found.payment == ()
    assert "IBAN" not in html_page(found)


def test_a_credit_note_says_what_comes_back() -> None:
    credit = dataclasses.replace(document(), type=InvoiceType.CREDIT_NOTE, payment=PAYMENT)
    found = letter(credit)

    assert found.subject == "Rechnungskorrektur 2026/042 · Kaffeerösterei Morgenrot"
    assert found.headline == ("Erstattungsbetrag", "45,22\u00a0EUR")
    assert found.payment == ()


def test_without_an_address_to_answer_to_nobody_is_told_to_answer() -> None:
    assert words_of("de").questions not in plain_text(letter(answerable=False))


def test_a_message_of_the_sandbox_says_so() -> None:
    found = letter(sandbox=True)

    assert found.subject == "[TEST] Rechnung 2026/042 · Kaffeerösterei Morgenrot"
    assert plain_text(found).startswith("TEST – this message comes from the sandbox")
    assert "TEST – this message comes from the sandbox" in visible(html_page(found))


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&amp;", "' onload='"]
)
def test_whatever_comes_from_outside_is_text(hostile: str) -> None:
    content = document(order_reference=hostile)
    content = dataclasses.replace(content, seller=dataclasses.replace(content.seller, name=f"N{hostile}"))
    page = html_page(letter(content, message=f"M{hostile}", brand=Brand(footer=f"F{hostile}", logo=b"\x89PNG")))

    for mark in ("N", "M", "F", ""):
        assert f"{mark}{hostile}" in unescape(page)
    reader = Tags()
    reader.feed(page)
    assert reader.tags <= set("html head meta title body div table tr td h1 img br".split())
    assert reader.attributes["src"] == {"cid:logo"}
    assert set(reader.attributes) <= set(
        "lang charset name content style role width height cellpadding cellspacing bgcolor align valign src alt".split()
    )


class Tags(HTMLParser):
    """The tags of a page, and their attributes' values, as a browser reads them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: dict[str, set[str | None]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, set()).add(value)


def test_a_subject_is_one_line_of_bounded_length() -> None:
    content = document()
    content = dataclasses.replace(
        content, seller=dataclasses.replace(content.seller, name="A\r\nBcc: x@y.example" * 20)
    )
    subject = letter(content).subject

    assert len(subject) == 200
    assert subject.isprintable()


@pytest.mark.parametrize("color", ["#ffffff", "#ffff00", "#000000", None])
def test_a_page_can_be_read_whatever_the_brands_colour(color: str | None) -> None:
    # The accent writes in a darkened shade where the brand is too light for white paper (WCAG 2.2, 1.4.3).
    page = html_page(letter(brand=Brand(primary_color=color)))
    written = re.search(r"font-size:30px;line-height:38px;font-weight:700;color:#(\w{6})", page)
    assert written is not None
    assert written.group(1) not in ("ffffff", "ffff00")


def test_the_operator_is_told_of_a_disabled_endpoint() -> None:
    found = notice_letter(
        url="https://shop.example/hook?a=<b>", reason="the endpoint answered 410 Gone", since="now", sandbox=False
    )

    assert found.subject == "Webhook endpoint disabled · Marketplace invoicing"
    text = plain_text(found)
    assert "Endpoint: https://shop.example/hook?a=<b>\nReason: the endpoint answered 410 Gone\n" in text
    assert "https://shop.example/hook?a=<b>" in visible(html_page(found))
