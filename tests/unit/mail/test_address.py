"""Addresses that mail can be sent to, and texts that may stand in a header."""

from __future__ import annotations

import pytest

from app.domain.errors import InvalidInput
from app.domain.mail.address import check_address, header_text, is_address


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("erika@example.com", "erika@example.com"),
        ("  Erika.Mustermann+rechnung@Example.COM ", "Erika.Mustermann+rechnung@example.com"),
        ("o'hara@mail.example.co.uk", "o'hara@mail.example.co.uk"),
        ("info@bücher.example", "info@xn--bcher-kva.example"),
        ("x" * 64 + "@example.com", "x" * 64 + "@example.com"),
    ],
)
def test_an_address_as_smtp_takes_it(given: str, address: str) -> None:
    assert check_address(given, ("to", 0)) == address


@pytest.mark.parametrize(
    "given",
    [
        "",
        "erika",
        "@example.com",
        "erika@",
        "erika@localhost",
        "erika@example..com",
        "erika@example.com.",
        "erika@-example.com",
        "erika@192.168.0.1",
        "erika@[192.168.0.1]",
        "a@b@example.com",
        '"erika mustermann"@example.com',
        "Erika <erika@example.com>",
        "erika@example.com, hans@example.com",
        "erika@example.com\r\nBcc: hans@example.com",
        "erika\r\n@example.com",
        "erika@exam\nple.com",
        "erika\x00@example.com",
        ".erika@example.com",
        "erika.@example.com",
        "müller@example.com",
        "x" * 65 + "@example.com",
        "x@" + "a" * 64 + ".com",
        "x@" + "a." * 130 + "com",
        "\ud800@example.com",
        "x@\ud800.example",
    ],
)
def test_what_is_none_is_refused_naming_the_field(given: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_address(given, ("to", 0))
    assert caught.value.field == ("to", "0")
    assert not is_address(given)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("Kaffeerösterei", "Kaffeerösterei"),
        ("one\r\nBcc: two", "one Bcc: two"),
        ("a\x00b\x1fc\x7fd\x85e\u2028f\u2029g", "a b c d e f g"),
        ("evil\u202eexe.fdp", "evil exe.fdp"),
        ("\ud800", ""),
        ("  many    blanks ", "many blanks"),
        ("abcdefghijk", "abcdefghi…"),
    ],
)
def test_a_header_is_one_line_of_bounded_length(given: str, text: str) -> None:
    limit = 10 if given == "abcdefghijk" else 100
    assert header_text(given, limit) == text
