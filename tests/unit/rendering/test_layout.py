"""Where things stand: rows whole, totals together, nothing beyond its margins, two templates that differ."""

from __future__ import annotations

import io
import time
from decimal import Decimal
from typing import Final

import pytest
from babel import Locale
from pypdf import PdfReader

from app.domain.documents.model import Brand, Document, DocumentAllowance, DocumentTax
from app.domain.errors import InvalidInput
from app.domain.parties import Address, Party
from app.rendering.invoice import render_invoice
from tests.documents import SELLER, document, line
from tests.unit.rendering.reading import CREATED, pages, placed

TEMPLATES: Final = ("classic", "compact")
LONG: Final = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


def many(count: int) -> Document:
    return document(tuple(line(i, f"Artikel {i}") for i in range(1, count + 1)))


def test_a_row_stands_where_it_always_stood() -> None:
    (page,) = placed(document())
    (head,) = {y for _, y, _, text in page if text == "Beschreibung"}
    first, *_ = sorted({y for _, y, _, text in page if text == "Espresso, 1 kg"})
    assert head == 526.1
    assert [(x, size, text) for x, y, size, text in page if y == first] == [
        (56.7, 9.0, "1"),
        (75.1, 9.0, "Espresso, 1 kg"),
        (383.6, 9.0, "2"),
        (420.3, 9.0, "10,00"),
        (457.5, 9.0, "19\u00a0%"),
        (515.6, 9.0, "20,00"),
    ]
    assert first == 503.9


def test_the_recipient_stands_in_the_window_of_an_envelope() -> None:
    # DIN 5008, form B: from 45 to 90 mm below the upper edge, from 20 to 105 mm of the left one.
    (page,) = placed(document())
    found = {text: ((297 - y / 72 * 25.4), x / 72 * 25.4) for x, y, _, text in page}
    for text in ("Erika Mustermann", "Heidestraße 17", "51147 Köln"):
        top, left = found[text]
        assert 45 < top < 90
        assert round(left) == 20


@pytest.mark.parametrize(("template", "count"), [("classic", 4), ("compact", 2)])
def test_sixty_lines_repeat_the_head_and_count_the_pages(template: str, count: int) -> None:
    found = pages(many(60), Brand(template=template))
    assert len(found) == count
    for number, page in enumerate(found, 1):
        assert f"Seite {number} von {count}" in page
        assert "# Beschreibung Menge Einzelpreis USt. Nettobetrag" in page
        assert "HRB 12345 B" in page
    for page in found[1:]:
        assert page.startswith("Kaffeerösterei Morgenrot Rechnung 2026/042")
    listed = [text for page in placed(many(60), Brand(template=template)) for *_, text in page if "Artikel" in text]
    assert listed == [f"Artikel {i}" for i in range(1, 61)]


def test_every_page_carries_the_same_footer_in_the_same_size() -> None:
    feet = [[(x, y, size) for x, y, size, text in page if text == "HRB 12345 B"] for page in placed(many(60))]
    assert feet == [[(377.9, 56.1, 7.0)]] * 4


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("count", [*range(2, 30, 2), *range(33, 60, 3)])
def test_totals_are_never_torn_apart_nor_alone(template: str, count: int) -> None:
    found = pages(many(count), Brand(template=template))
    (together,) = [page for page in found if "Summe netto" in page]
    for wanted in ("USt. 19\u00a0%", "Gesamtbetrag", "Zahlbetrag", "Steuerübersicht", f"Artikel {count}"):
        assert wanted in together, wanted


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("count", [8, 11, 13, 15])
def test_rows_are_never_torn_apart(template: str, count: int) -> None:
    lines = tuple(
        line(i, f"Anfang {i}\n" + "\n".join("Mitte" for _ in range(i % 5)) + f"\nEnde {i}", sku=None)
        for i in range(count)
    )
    found = pages(document(lines), Brand(template=template))
    for i in range(count):
        (start,) = [number for number, page in enumerate(found) if f"Anfang {i} " in page]
        assert f"Ende {i}\n" in found[start]


def test_a_row_that_no_page_can_hold_goes_on_over_the_next() -> None:
    off = tuple(DocumentAllowance(amount_minor=1, reason=f"Nachlass {i}") for i in range(150))
    joined = "\n".join(pages(document((line(1, allowances=off),))))
    assert all(f"Nachlass {i}: -0,01\u00a0EUR" in joined for i in range(150))


def test_sales_to_all_of_europe_list_every_rate() -> None:
    countries = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()
    taxes = tuple(
        DocumentTax(category="S", percent=Decimal(rate), country=country, base_minor=100 * i, tax_minor=i)
        for i, (country, rate) in enumerate((country, rate) for country in countries for rate in (10, 20))
    )
    content = document(taxes=taxes, locale="en")
    texts = [text for page in placed(content) for *_, text in page]
    names = Locale("en").territories
    for i, tax in enumerate(taxes):
        row = [f"{tax.percent}%", f"S · {names[tax.country]}", f"{i}.00", f"0.{i:02}"]
        assert any(texts[n : n + 4] == row for n in range(len(texts))), row
    found = pages(content)
    (totals,) = [page for page in found if "Amount due" in page and "Total without VAT" in page]
    assert "VAT 7.22\u00a0EUR" in totals


@pytest.mark.parametrize("template", TEMPLATES)
def test_nothing_leaves_its_place_however_long_it_is(template: str) -> None:
    address = Address(country="DE", name=LONG, line1=LONG * 2, line2=LONG, postcode="51147", city=LONG)
    seller = Party(
        name=LONG * 2, legal_name=LONG * 2, address=address, registration=LONG, email=f"{LONG}@x.example", tax_id="DE1"
    )
    huge = line(
        1,
        LONG * 3,
        sku="X" * 200,
        unit="Kubikdezimetermasse",
        quantity=Decimal("999999999999.999999"),
        unit_price=Decimal("999999999999.999999"),
        net_minor=10**14,
        allowances=(DocumentAllowance(amount_minor=10**14, reason=LONG * 2),),
    )
    content = document(
        (huge,), seller=seller, buyer=Party(name=LONG * 2, address=address), order_reference="9" * 80,
        net_minor=10**14, gross_minor=10**14, payable_minor=10**14, note=LONG * 10,
        charges=(DocumentAllowance(amount_minor=10**14, reason=LONG * 2),),
    )  # fmt: skip
    for page in placed(content, Brand(template=template, footer=f"{LONG}\n{LONG * 8}")):
        for x, y, _, text in page:
            assert 36 < x < 560, text
            assert 25 < y < 830, text
    joined = "".join(pages(content, Brand(template=template))).replace("\n", "")
    assert "1.000.000.000.000,00\u00a0EUR" in joined
    assert "Kubikdezimetermasse" in joined


def test_a_footer_of_very_many_lines_leaves_room_for_the_document() -> None:
    found = pages(document(), Brand(footer="\n".join(f"Z{i}" for i in range(250))))
    assert len(found) == 1
    assert "Z0 · Z1 · Z2" in found[0]
    assert "Z249 Seite 1 von 1" in found[0]


def test_the_templates_differ_in_what_they_show_first() -> None:
    classic, compact = (pages(document(), Brand(template=name))[0] for name in TEMPLATES)
    assert "Bitte zahlen Sie bis" in classic
    assert "Bitte zahlen Sie bis" not in compact
    assert "Verkäufer\nMorgenrot Kaffee GmbH" in compact
    assert "Espresso, 1 kg SKU-1" in compact
    assert "Espresso, 1 kg SKU-1" not in classic


def test_an_unknown_template_is_an_error() -> None:
    with pytest.raises(InvalidInput) as raised:
        pages(document(), Brand(template="baroque"))
    assert raised.value.field == ("branding", "template")
    assert raised.value.message == "'baroque' is not a template; there are classic, compact"


def test_without_a_logo_the_name_stands_in_its_place() -> None:
    (page,) = pages(document(seller=SELLER))
    assert page.startswith("Kaffeerösterei Morgenrot Rechnung\n")


@pytest.mark.slow
def test_a_thousand_lines_are_drawn_in_seconds() -> None:
    content = many(1000)
    begun = time.perf_counter()
    pdf = render_invoice(content, Brand(), created=CREATED)
    # Some 2 s are usual; the bound is what a caller may rely on.
    assert time.perf_counter() - begun < 10
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 54
