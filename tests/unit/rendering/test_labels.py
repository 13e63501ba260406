"""Every language is complete, and every word of it can be printed."""

from __future__ import annotations

import dataclasses
import string
from datetime import date
from decimal import Decimal

import pytest

from app.domain.documents.model import (
    Brand,
    DocumentAllowance,
    DocumentExchange,
    DocumentTax,
    InvoiceType,
    PrecedingDocument,
)
from app.domain.documents.registry import document_type
from app.domain.tax.model import TaxTreatment
from app.rendering.labels import LANGUAGES, labels_for
from app.rendering.labels.model import Labels
from app.rendering.text import check_text, less_advance, type_mention
from tests.documents import decision, document
from tests.unit.rendering.reading import pages

PLACEHOLDERS = {
    "page": {"page", "pages"},
    "pay_by": {"date"},
    "less_advance": {"number", "date"},
    "vat_in": {"currency"},
}
# What is part of a document's content already when it is printed.
CONTENT = {"self_billing", "less_advance"}
WORDS = [field.name for field in dataclasses.fields(Labels)]
each_language = pytest.mark.parametrize("labels", LANGUAGES, ids=lambda labels: labels.language)


def test_the_languages_are_these() -> None:
    assert [labels.language for labels in LANGUAGES] == (
        "bg cs da de el en es et fi fr hr hu it lt lv nl pl pt ro sk sl sv".split()
    )


@each_language
def test_every_label_is_there_and_can_be_printed(labels: Labels) -> None:
    for name in WORDS:
        text = getattr(labels, name)
        assert text.strip() == text != "", name
        check_text(text)
        assert {part for _, part, _, _ in string.Formatter().parse(text) if part} == PLACEHOLDERS.get(name, set()), name


@each_language
def test_every_language_prints_every_label(labels: Labels) -> None:
    categories = (("S", 19), ("Z", 0), ("E", 0), ("AE", 0), ("K", 0), ("G", 0), ("O", None))
    taxes = tuple(
        DocumentTax(
            category=code, percent=None if rate is None else Decimal(rate), country=None, base_minor=1, tax_minor=0
        )
        for code, rate in categories
    )
    bare = (DocumentAllowance(amount_minor=100),)
    exchange = DocumentExchange(
        currency="PLN", rate=Decimal("4.2685"), date=date(2026, 3, 9), source="ECB", tax_minor=3082
    )
    content = document(
        locale=labels.language, taxes=taxes, allowances=bare, charges=bare, prepaid_minor=1, exchange=exchange
    )
    original = PrecedingDocument(type=InvoiceType.STANDARD, number="2026/041", issue_date=date(2026, 3, 2))
    content = dataclasses.replace(content, preceding=(original,), reason="Broken")
    buyer = dataclasses.replace(content.buyer, tax_id="FR40303265045")
    content = dataclasses.replace(content, buyer=buyer, agreement_reference="SB-1")
    found = " ".join(pages(content, Brand(template="compact")))
    for kind in InvoiceType:
        gross = kind is InvoiceType.ADVANCE
        changed = dataclasses.replace(content, type=kind, prices_include_tax=gross)
        found += " ".join(pages(changed, draft=kind is InvoiceType.STANDARD, void=gross))
    stated = dataclasses.replace(decision(), treatment=TaxTreatment.GIVEN)
    lines = tuple(dataclasses.replace(line, decision=stated) for line in content.lines)
    found += " ".join(pages(dataclasses.replace(content, lines=lines, prepaid_minor=0)))
    printed = "".join(found.split())
    for name in WORDS:
        if name != "language" and name not in CONTENT:
            text = getattr(labels, name).format(page=1, pages=1, date="\0", currency="PLN").split("\0")[0]
            assert "".join(text.split()) in printed, name


@pytest.mark.parametrize(
    ("locale", "text", "mention"),
    [
        ("en-GB", "Less advance invoice ADV-001 of 5 January 2026", "Self-billing"),
        ("de", "Abzüglich Anzahlungsrechnung ADV-001 vom 5. Januar 2026", "Gutschrift"),
        ("fr", "À déduire : facture d’acompte ADV-001 du 5 janvier 2026", "Autofacturation"),
        ("hu", "Levonva: ADV-001 előlegszámla, 2026. január 5.", "Önszámlázás"),
        ("ja", "Less advance invoice ADV-001 of January 5, 2026", "Self-billing"),
    ],
)
def test_content_is_said_in_the_documents_language(locale: str, text: str, mention: str) -> None:
    # The mentions are those of Directive 2006/112/EC, art. 226 (10a), in the languages that it is published in.
    assert less_advance(locale, number="ADV-001", issue_date=date(2026, 1, 5)) == text
    assert type_mention(document_type(InvoiceType.SELF_BILLED), locale) == mention
    assert type_mention(document_type(InvoiceType.STANDARD), locale) is None


@pytest.mark.parametrize(
    ("locale", "language"),
    [("de-AT", "de"), ("de_CH", "de"), ("EN-gb", "en"), ("pt-BR", "pt"), ("ja", "en"), ("xx-YY", "en"), ("", "en")],
)
def test_a_locale_speaks_its_language_or_english(locale: str, language: str) -> None:
    assert labels_for(locale).language == language


@pytest.mark.parametrize(
    ("locale", "title", "day"),
    [
        ("de-AT", "Rechnung", "10. März 2026"),
        ("en-GB", "Invoice", "10 March 2026"),
        ("ja", "Invoice", "March 10, 2026"),
        ("pt", "Fatura", "10 de março de 2026"),
        ("bg", "Фактура", "10 март 2026\u00a0г."),
        ("el", "Τιμολόγιο", "10 Μαρτίου 2026"),
    ],
)
def test_words_and_dates_are_of_one_language(locale: str, title: str, day: str) -> None:
    (page,) = pages(document(locale=locale))
    assert title in page
    assert f" {day}\n" in page
