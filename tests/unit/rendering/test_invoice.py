"""The PDF says everything, keeps its blocks whole, and is the same bytes for the same content."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from fontTools.ttLib import TTFont
from PIL import Image
from pypdf import PdfReader

from app.domain.documents.model import Brand, DocumentTax, InvoiceType
from app.domain.errors import InvalidInput
from app.domain.parties import Address, Party
from app.rendering.fonts import FILES, font_path
from app.rendering.invoice import render_invoice
from app.rendering.labels import LANGUAGES, labels_for
from app.rendering.page import PAPER, _contrast, palette
from tests.documents import document, line

CREATED = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


def texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def logo() -> bytes:
    file = io.BytesIO()
    Image.new("RGBA", (60, 20), (200, 80, 20, 255)).save(file, "PNG")
    return file.getvalue()


def test_a_page_says_everything_that_article_226_wants() -> None:
    (page,) = texts(render_invoice(document(), Brand(primary_color="#c2541c", logo=logo()), created=CREATED))
    for wanted in (
        "Rechnung",
        "2026/042",
        "10. März 2026",
        "9. März 2026",
        "24. März 2026",
        "Morgenrot Kaffee GmbH",
        "DE136695976",
        "Erika Mustermann",
        "51147 Köln",
        "Espresso, 1 kg",
        "SKU-1",
        "Herbstaktion (10\u00a0%)",
        "-2,00",
        "38,00",
        "USt. 19\u00a0%",
        "7,22\u00a0EUR",
        "45,22\u00a0EUR",
        "DE89 3704 0044 0532 0130 00",
        "Seite 1 von 1",
    ):
        assert wanted in page, wanted


def test_the_same_content_gives_the_same_bytes() -> None:
    brand = Brand(logo=logo())
    assert render_invoice(document(), brand, created=CREATED) == render_invoice(document(), brand, created=CREATED)


def test_sixty_lines_repeat_the_head_and_count_the_pages() -> None:
    lines = tuple(line(i, f"Artikel {i}") for i in range(1, 61))
    pages = texts(render_invoice(document(lines), Brand(), created=CREATED))
    assert len(pages) == 4
    for number, page in enumerate(pages, 1):
        assert f"Seite {number} von 4" in page
    assert all("Beschreibung" in page for page in pages[:3])
    joined = "\n".join(pages)
    assert all(f"Artikel {i}\n" in joined for i in range(1, 61))


@pytest.mark.parametrize("count", range(8, 34))
def test_totals_are_never_torn_apart(count: int) -> None:
    lines = tuple(line(i) for i in range(1, count + 1))
    pages = texts(render_invoice(document(lines), Brand(), created=CREATED))
    (together,) = [page for page in pages if "Zahlbetrag" in page]
    assert "Summe netto" in together


@pytest.mark.parametrize("labels", LANGUAGES, ids=lambda labels: labels.language)
def test_every_language_prints_every_label(labels: object) -> None:
    language = labels.language  # type: ignore[attr-defined]  # a Labels
    (page,) = texts(render_invoice(document(locale=language), Brand(), created=CREATED))
    spoken = labels_for(language)
    for word in (spoken.invoice, spoken.description, spoken.net_total, spoken.amount_due, spoken.tax_summary):
        assert word in page


def test_an_unknown_language_speaks_english_throughout() -> None:
    (page,) = texts(render_invoice(document(locale="ja"), Brand(), created=CREATED))
    assert "Invoice" in page
    assert "March 10, 2026" in page


def test_greek_and_cyrillic_are_printed() -> None:
    buyer = Party(name="Ελένη Παπαδοπούλου", address=Address(country="BG", city="София", line1="бул. Витоша 15"))
    (page,) = texts(render_invoice(document(buyer=buyer), Brand(), created=CREATED))
    assert "Ελένη Παπαδοπούλου" in page
    assert "бул. Витоша 15" in page
    assert "Bulgarien" in page


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"buyer": Party(name="山田太郎", address=Address(country="JP"))}, ("buyer", "name")),
        ({"note": "🙂"}, ("note",)),
        ({"lines": (line(1, "茶"),)}, ("lines", "0", "description")),
    ],
)
def test_a_character_that_cannot_be_printed_is_an_error_and_never_vanishes(
    changed: dict[str, object], field: tuple[str, ...]
) -> None:
    with pytest.raises(InvalidInput, match="cannot be printed") as raised:
        render_invoice(document(**changed), Brand(), created=CREATED)  # type: ignore[arg-type]  # by name
    assert raised.value.field == field


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\nbroken", b"\xff\xd8\xffbroken", b"<svg/>"])
def test_a_broken_logo_is_an_error(content: bytes) -> None:
    with pytest.raises(InvalidInput) as raised:
        render_invoice(document(), Brand(logo=content), created=CREATED)
    assert raised.value.field == ("branding", "logo")


def test_drafts_and_void_documents_are_stamped() -> None:
    assert "ENTWURF" in texts(render_invoice(document(number=None), Brand(), created=CREATED, draft=True))[0]
    assert "STORNIERT" in texts(render_invoice(document(), Brand(), created=CREATED, void=True))[0]


def test_a_credit_note_asks_for_no_payment() -> None:
    (page,) = texts(render_invoice(document(type=InvoiceType.CREDIT_NOTE), Brand(), created=CREATED))
    assert "Gutschrift" in page
    assert "Gutschriftsbetrag" in page
    assert "Fällig am" not in page


def test_currencies_and_mentions_are_printed_as_they_are() -> None:
    tax = DocumentTax(category="AE", percent=Decimal(0), country="FR", base_minor=4000, tax_minor=0)
    changed = replace(
        document(locale="en"), currency="JPY", taxes=(tax,), mentions=("Reverse charge",), tax_minor=0, net_minor=4000,
        payable_minor=4000, gross_minor=4000,
    )  # fmt: skip
    (page,) = texts(render_invoice(changed, Brand(), created=CREATED))
    assert "4,000\u00a0JPY" in page
    assert "Reverse charge" in page
    assert "AE · 0\u00a0% · FR" in page


@pytest.mark.parametrize("color", ["#ffe000", "#ffffff", "#000000", "#c2541c", "#9be7c4"])
def test_any_brand_colour_stays_readable(color: str) -> None:
    colors = palette(color)
    assert _contrast(colors.text, PAPER) >= 4.5
    assert _contrast(colors.fill, colors.on_fill) >= 4.5


def test_all_digits_have_one_width() -> None:
    for style in FILES:
        with TTFont(font_path(style)) as font:
            cmap, widths = font.getBestCmap(), font["hmtx"]
            assert len({widths[cmap[ord(digit)]][0] for digit in "0123456789"}) == 1
    assert date(2026, 3, 10) == document().issue_date
