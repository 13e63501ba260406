"""The PDF says everything that its document does, in its language, and is the same bytes for the same content."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from pypdf import PdfReader

from app.domain.documents.model import Brand, DocumentAllowance, DocumentTax, InvoiceType, PrecedingDocument
from app.domain.errors import InvalidInput
from app.domain.parties import Address, Party, PaymentDetails
from app.rendering.invoice import render_invoice
from app.rendering.labels import LANGUAGES
from app.rendering.labels.model import Labels
from tests.documents import SELLER, decision, document, line
from tests.unit.rendering.reading import CREATED, pages, picture


def test_a_page_says_exactly_this() -> None:
    (page,) = pages(document(note="Vielen Dank!\nBis bald."), Brand(footer="DE-ÖKO-006", logo=picture()))
    assert page.replace("\u00a0", " ").split("\n") == [
        "Rechnung",
        "Morgenrot Kaffee GmbH · Schönhauser Allee 112 · 10437 Berlin · Deutschland",
        "Erika Mustermann",
        "Heidestraße 17",
        "51147 Köln",
        "Nummer 2026/042",
        "Rechnungsdatum 10. März 2026",
        "Lieferdatum 9. März 2026",
        "Fällig am 24. März 2026",
        "Bestellung M-1001",
        "45,22 EUR Bitte zahlen Sie bis 24. März 2026.",
        "# Beschreibung Menge Einzelpreis USt. Nettobetrag",
        "1 Espresso, 1 kg 2 10,00 19 % 20,00",
        "SKU-1",
        "2 Tamper 2 10,00 19 % 18,00",
        "SKU-2",
        "Herbstaktion (10 %): -2,00 EUR",
        "Summe netto 38,00 EUR",
        "USt. 19 % 7,22 EUR",
        "Gesamtbetrag 45,22 EUR",
        "Zahlbetrag 45,22 EUR",
        "Steuerübersicht Bemessungsgrundlage USt.",
        "19 % 38,00 7,22",
        "S · Deutschland",
        "Zahlung",
        "Kontoinhaber",
        "Morgenrot Kaffee GmbH",
        "IBAN",
        "DE89 3704 0044 0532 0130 00",
        "BIC",
        "COBADEFFXXX",
        "Zahlbetrag",
        "45,22 EUR",
        "Fällig am",
        "24. März 2026",
        "Verwendungszweck",
        "2026/042",
        "Vielen Dank!",
        "Bis bald.",
        "Morgenrot Kaffee GmbH",
        "Schönhauser Allee 112",
        "10437 Berlin",
        "Deutschland",
        "hallo@morgenrot.example USt-IdNr. DE136695976",
        "HRB 12345 B",
        "DE-ÖKO-006 Seite 1 von 1",
    ]


def test_the_file_says_what_it_is_and_when_it_was_made() -> None:
    reader = PdfReader(io.BytesIO(render_invoice(document(), Brand(), created=CREATED)))
    assert reader.metadata == {
        "/Title": "Rechnung 2026/042",
        "/Author": "Morgenrot Kaffee GmbH",
        "/Producer": "Marketplace invoicing",
        "/CreationDate": "D:20260310090000Z",
    }
    assert str(reader.root_object["/Lang"]) == "de"


def test_the_same_content_gives_the_same_bytes_in_every_thread() -> None:
    brand = Brand(logo=picture(), template="compact")
    (first, second) = (render_invoice(document(), brand, created=CREATED) for _ in range(2))
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: render_invoice(document(), brand, created=CREATED), range(12)))
    assert {first, second, *found} == {first}
    assert render_invoice(document(), brand, created=CREATED + timedelta(seconds=1)) != first


def test_prices_that_include_tax_are_listed_gross() -> None:
    shipping = DocumentAllowance(amount_minor=490, reason="Versand")
    rebate = DocumentAllowance(amount_minor=227, percent=Decimal(5))
    (page,) = pages(document(prices_include_tax=True, charges=(shipping,), allowances=(rebate,)))
    for wanted in (
        "Einzelpreis USt. Bruttobetrag",
        "1 Espresso, 1 kg 2 10,00 19\u00a0% 23,80",
        "Zwischensumme 45,22\u00a0EUR\nNachlass (5\u00a0%) -2,27\u00a0EUR\nVersand 4,90\u00a0EUR\nSumme netto",
    ):
        assert wanted in page, wanted


def test_what_is_paid_is_told_and_not_asked_for_again() -> None:
    (page,) = pages(document(prepaid_minor=4522, payable_minor=0))
    assert "45,22\u00a0EUR Bereits bezahlt" in page
    assert "Gesamtbetrag 45,22\u00a0EUR\nBereits bezahlt -45,22\u00a0EUR\nZahlbetrag 0,00\u00a0EUR" in page
    assert "Fällig am" not in page
    assert "IBAN" not in page


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (InvoiceType.STANDARD, "Invoice"),
        (InvoiceType.CREDIT_NOTE, "Credit note"),
        (InvoiceType.PROFORMA, "Pro forma invoice"),
        (InvoiceType.ADVANCE, "Advance invoice"),
        (InvoiceType.SELF_BILLED, "Self-billed invoice"),
    ],
)
def test_each_type_has_its_title(kind: InvoiceType, title: str) -> None:
    (page,) = pages(document(type=kind, locale="en"), Brand(logo=picture()))
    assert page.split("\n")[0] == title


def test_a_credit_note_asks_for_no_payment() -> None:
    (page,) = pages(document(type=InvoiceType.CREDIT_NOTE))
    assert "45,22\u00a0EUR Erstattungsbetrag" in page
    assert "Erstattungsbetrag 45,22\u00a0EUR" in page
    for unwanted in ("Fällig am", "IBAN", "Bitte zahlen", "Zahlbetrag"):
        assert unwanted not in page, unwanted


@pytest.mark.parametrize("template", ["classic", "compact"])
@pytest.mark.parametrize("labels", LANGUAGES, ids=lambda labels: str(labels.language))
def test_a_credit_note_names_what_it_credits_and_why(labels: Labels, template: str) -> None:
    original = PrecedingDocument(type=InvoiceType.STANDARD, number="2026/041", issue_date=date(2026, 3, 2))
    credit = document(
        type=InvoiceType.CREDIT_NOTE, locale=labels.language, preceding=(original,), reason="Broken: " + "glass " * 60
    )
    text = " ".join(pages(credit, Brand(template=template))[0].split())
    assert labels.credit_note in text
    assert f"{labels.original_invoice} 2026/041, " in text
    assert f"{labels.reason}: Broken: glass glass" in text
    assert f"{labels.credited} 45" in text


def test_a_void_invoice_asks_for_no_payment() -> None:
    (page,) = pages(document(), void=True)
    for unwanted in ("Fällig am", "IBAN", "Bitte zahlen"):
        assert unwanted not in page, unwanted


def test_vat_is_summed_up_by_category_rate_and_country() -> None:
    taxes = (
        DocumentTax(category="S", percent=Decimal("25.5"), country="FI", base_minor=10000, tax_minor=2550),
        DocumentTax(category="K", percent=Decimal(0), country="FR", base_minor=500, tax_minor=0),
        DocumentTax(category="O", percent=None, country=None, base_minor=300, tax_minor=0),
    )
    (page,) = pages(document(taxes=taxes))
    assert "25,5\u00a0% 100,00 25,50\nS · Finnland" in page
    assert "0\u00a0% 5,00 0,00\nK · Frankreich · Innergemeinschaftliche Lieferung" in page
    assert "– 3,00 0,00\nO · Nicht steuerbar" in page
    assert "USt. 25,5\u00a0% (FI) 25,50\u00a0EUR\nUSt. 0\u00a0% (FR) 0,00\u00a0EUR\nGesamtbetrag" in page
    assert "10,00 DE 19\u00a0% 20,00" in page


def test_mentions_and_reasons_of_exemption_are_printed_once() -> None:
    reason = "Intra-Community supply exempt: Art. 138 Directive 2006/112/EC"
    tax = DocumentTax(
        category="K", percent=Decimal(0), country="FR", base_minor=3800, tax_minor=0, exemption_reason=reason
    )
    changed = document(locale="en", taxes=(tax,), mentions=(reason, "Self-billing"))
    changed = replace(changed, buyer=replace(changed.buyer, tax_id="FR40303265045"))
    (page,) = pages(changed)
    assert page.count(reason) == 1
    assert f"{reason}\nSelf-billing\nPayment" in page
    assert "Customer VAT ID FR40303265045" in page


@pytest.mark.parametrize(
    ("currency", "locale", "amount", "price"),
    [
        ("JPY", "en", "4,522\u00a0JPY", "10"),
        ("KWD", "de", "4,522\u00a0KWD", "10,000"),
        ("EUR", "fr", "45,22\u00a0EUR", "10,00"),
        ("CHF", "de-CH", "45.22\u00a0CHF", "10.00"),
    ],
)
def test_amounts_have_the_digits_of_their_currency(currency: str, locale: str, amount: str, price: str) -> None:
    (page,) = pages(document(currency=currency, locale=locale))
    assert amount in page
    assert f"1 Espresso, 1 kg 2 {price} 19" in page


def test_quantities_and_prices_keep_their_decimals() -> None:
    changed = line(1, quantity=Decimal("1234.5"), unit="kg", unit_price=Decimal("0.123456"))
    (page,) = pages(document((changed,)))
    assert "1 Espresso, 1 kg 1.234,5 kg 0,123456 19\u00a0% 20,00" in page


def test_greek_cyrillic_and_signs_are_printed() -> None:
    buyer = Party(name="Ελένη Παπαδοπούλου", address=Address(country="BG", city="София", line1="бул. Витоша 15"))
    (page,) = pages(document((line(1, "Tee ✓ → ★ ≥ 80 °C − ½"),), buyer=buyer))
    for wanted in ("Ελένη Παπαδοπούλου\nбул. Витоша 15\nСофия\nBulgarien", "Tee ✓ → ★ ≥ 80 °C − ½"):
        assert wanted in page


def test_braces_in_a_text_stay_what_they_are() -> None:
    (page,) = pages(document((line(1, "Karton {nb} **fett**"),)))
    assert "1 Karton {nb} **fett** 2 10,00" in page


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"buyer": Party(name="山田太郎", address=Address(country="JP"))}, "buyer.name", "U+5C71"),
        ({"buyer": Party(name="x", address=Address(country="JP", city="東京"))}, "buyer.address.city", "U+6771"),
        ({"seller": replace(SELLER, registration="注")}, "seller.registration", "U+6CE8"),
        ({"note": "danke 🙂"}, "note", "U+1F642"),
        ({"note": "tab\there"}, "note", "U+0009"),
        ({"note": "abc\u202egpj.exe"}, "note", "U+202E"),
        ({"order_reference": "注文"}, "order_reference", "U+6CE8"),
        ({"lines": (line(1), line(2, "茶"))}, "lines.1.description", "U+8336"),
        ({"lines": (line(1, unit="個"),)}, "lines.0.unit", "U+500B"),
        ({"charges": (DocumentAllowance(amount_minor=1, reason="送料"),)}, "charges.0.reason", "U+9001"),
        ({"mentions": ("免税",)}, "mentions.0", "U+514D"),
        ({"payment": PaymentDetails(holder="山田")}, "payment.holder", "U+5C71"),
    ],
)
def test_a_character_that_cannot_be_printed_is_an_error_and_never_vanishes(
    changed: dict[str, object], field: str, code: str
) -> None:
    with pytest.raises(InvalidInput) as raised:
        render_invoice(document(**changed), Brand(), created=CREATED)  # type: ignore[arg-type]  # by name
    assert ".".join(raised.value.field) == field
    assert f"({code}) cannot be printed" in raised.value.message


def test_a_footer_that_cannot_be_printed_is_an_error() -> None:
    with pytest.raises(InvalidInput) as raised:
        render_invoice(document(), Brand(footer="ありがとう"), created=CREATED)
    assert raised.value.field == ("branding", "footer")


@pytest.mark.parametrize("lines", [1, 40])
def test_every_page_of_drafts_and_void_documents_is_stamped(lines: int) -> None:
    content = document(tuple(line(i) for i in range(1, lines + 1)))
    draft = pages(replace(content, number=None, issue_date=None), draft=True)
    assert all("ENTWURF" in page for page in draft)
    assert all("STORNIERT" in page for page in pages(content, void=True))
    assert not any(word in page for page in pages(content) for word in ("ENTWURF", "STORNIERT"))
    assert "Nummer" not in draft[0]


def test_a_line_outside_the_scope_of_vat_has_no_rate() -> None:
    (page,) = pages(document((line(1, decision=decision(None, "O")),)))
    assert "1 Espresso, 1 kg 2 10,00 – 20,00" in page
