"""Logos, colours and fonts: readable, of one width, and never what a file says but what its bytes are."""

from __future__ import annotations

import io

import pytest
from fontTools.ttLib import TTFont
from fpdf.enums import ResourceAccessPolicy
from PIL import Image
from pypdf import PdfReader

from app.domain.documents.model import Brand
from app.domain.errors import InvalidInput
from app.rendering.color import INK, PAPER, contrast, palette
from app.rendering.fonts import FAMILY, FILES, STYLES, check_fonts, font_path, letters
from app.rendering.invoice import render_invoice
from app.rendering.page import Sheet
from app.rendering.picture import picture as decoded
from tests.documents import document
from tests.unit.rendering.reading import CREATED, picture


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG\r\n\x1a\nbroken",
        b"\xff\xd8\xffbroken",
        picture((400, 400))[:200],
        b"<svg/>",
        b"GIF89a",
        b"/etc/hostname",
    ],
)
def test_a_broken_logo_is_an_error(content: bytes) -> None:
    with pytest.raises(InvalidInput) as raised:
        render_invoice(document(), Brand(logo=content), created=CREATED)
    assert raised.value.field == ("branding", "logo")
    assert raised.value.message == "the logo is not a readable PNG or JPEG image"


@pytest.mark.parametrize("size", [(5000, 4001), (10_000, 10_000), (14_000, 14_000)])
def test_a_logo_of_too_many_pixels_is_an_error(size: tuple[int, int]) -> None:
    file = io.BytesIO()
    Image.new("1", size).save(file, "PNG")
    with pytest.raises(InvalidInput, match="20000000 pixels at most"):
        decoded(file.getvalue())


@pytest.mark.parametrize(
    ("mode", "form", "expected"),
    [
        ("RGBA", "PNG", (200, 80, 20, 128)),
        ("RGB", "PNG", (200, 80, 20)),
        ("I;16", "PNG", (117, 117, 117)),
    ],
)
def test_a_logo_keeps_its_colours(mode: str, form: str, expected: tuple[int, ...]) -> None:
    assert decoded(picture(mode=mode, form=form)).getpixel((5, 5)) == expected


def test_a_cmyk_logo_becomes_rgb_and_a_large_one_smaller() -> None:
    found = decoded(picture((3400, 400), mode="CMYK", form="JPEG"))
    assert (found.mode, found.size) == ("RGB", (1700, 200))


@pytest.mark.parametrize("size", [(600, 100), (100, 600), (200, 200)])
def test_a_logo_keeps_its_shape(size: tuple[int, int]) -> None:
    pdf = render_invoice(document(), Brand(logo=picture(size, mode="RGB")), created=CREATED)
    drawn = []

    def visit(operator: bytes, _: object, matrix: list[float], __: object) -> None:
        if operator == b"Do":
            drawn.append((matrix[0], matrix[3]))

    PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_operand_before=visit)
    ((width, height),) = drawn
    assert width / height == pytest.approx(size[0] / size[1], rel=0.01)
    # The box is 70 mm wide and 20 mm high.
    assert (width / 72 * 25.4 <= 70.1, height / 72 * 25.4 <= 20.1) == (True, True)


def test_the_sheet_reads_no_files_and_fetches_nothing() -> None:
    sheet = Sheet(CREATED, title="", author="", language="de")
    sheet.close()
    assert sheet.pdf.resource_access_policy == ResourceAccessPolicy.NONE


@pytest.mark.parametrize("color", ["#ffe000", "#ffffff", "#000000", "#c2541c", "#9be7c4", "#808080", "#FF9ECB", None])
def test_any_brand_colour_stays_readable(color: str | None) -> None:
    colors = palette(color)
    assert contrast(colors.text, PAPER) >= 4.5
    assert contrast(colors.fill, colors.on_fill) >= 4.5
    assert contrast(INK, colors.tint) >= 7


@pytest.mark.parametrize("color", ["red", "#fff", "", "#12345g", "#1234567"])
def test_what_is_no_colour_is_an_error(color: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        palette(color)
    assert raised.value.field == ("branding", "primaryColor")


@pytest.mark.parametrize("style", STYLES)
def test_all_digits_have_one_width(style: str) -> None:
    with TTFont(font_path(FAMILY, style)) as font:
        cmap, widths = font.getBestCmap(), font["hmtx"]
        assert len({widths[cmap[ord(digit)]][0] for digit in "0123456789"}) == 1


def test_the_letters_of_every_language_of_the_union_are_there() -> None:
    alphabets = "ÀÉĦŻĊĠŁØÅÆßŐŰŘŽĎŤŇĀĒĢĶĻŅȘȚŠČĐËĄĘĮŲ" + "ΑΒΓΔΩάέήίόύώ" + "ЪЬЮЯЩйѝ" + "€£₽₴₺«»„“”‚‘’–—…№"
    assert {ord(letter) for letter in alphabets + alphabets.lower()} <= letters()


def test_the_fonts_are_there_and_small() -> None:
    assert check_fonts() == []
    sizes = []
    for family, style in FILES:
        with open(font_path(family, style), "rb") as file:
            sizes.append(len(file.read()))
    assert sum(sizes) < 2_000_000
