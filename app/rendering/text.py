"""Texts of a document: written as its locale writes them, and checked against the font before anything is drawn."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal

from app.domain.documents.model import Brand, Document
from app.domain.errors import InvalidInput
from app.domain.money import currency_digits, from_minor
from app.domain.parties import Address, Party
from app.rendering.fonts import glyphs
from app.rendering.labels import labels_for
from app.rendering.labels.model import Labels

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """A document's language: its labels and its locale's formats."""

    labels: Labels
    locale: Locale
    currency: str

    def day(self, value: date) -> str:
        """A date, in digits, with the year in full."""
        return format_date(value, "long", locale=self.locale)

    def amount(self, minor: int) -> str:
        """An amount without its currency, with ISO 4217's digits."""
        digits = currency_digits(self.currency)
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return plain(format_decimal(from_minor(minor, self.currency), pattern, locale=self.locale))

    def money(self, minor: int) -> str:
        """An amount with the currency's code behind it, as contracts write it."""
        return f"{self.amount(minor)}\u00a0{self.currency}"

    def price(self, value: Decimal) -> str:
        """A unit price: at least the currency's digits, at most six."""
        digits = currency_digits(self.currency)
        pattern = "#,##0" + ("." + "0" * digits + "#" * (6 - digits))
        return plain(format_decimal(value, pattern, locale=self.locale))

    def number(self, value: Decimal) -> str:
        """A quantity or percentage without trailing zeros."""
        return plain(format_decimal(value, "#,##0.######", locale=self.locale))

    def percent(self, value: Decimal | None) -> str:
        """A rate; a dash where none applies."""
        return "–" if value is None else f"{self.number(value)}\u00a0%"

    def country(self, code: str) -> str:
        """A country's name."""
        return str(self.locale.territories.get(code, code))


def voice_of(document: Document) -> Voice:
    """How a document speaks: its locale's formats, and its language's labels or the English ones."""
    labels = labels_for(document.locale)
    try:
        locale = Locale.parse(document.locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse(labels.language)
    if locale.language != labels.language:
        # Words and formats of one document are of one language.
        locale = Locale.parse("en")
    return Voice(labels, locale, document.currency)


def plain(text: str) -> str:
    """The text composed (NFC); the narrow no-break space that some locales group digits by becomes an ordinary one."""
    return unicodedata.normalize("NFC", text).replace("\u202f", "\u00a0")


def check_glyphs(document: Document, brand: Brand) -> None:
    """Raises InvalidInput for the first character that no font can show: it would vanish from the document."""
    known = glyphs()
    for path, text in _texts(document, brand):
        for character in plain(text):
            if character != "\n" and ord(character) not in known:
                raise InvalidInput(
                    f"the character {character!r} (U+{ord(character):04X}) cannot be printed", field=path
                )


def _texts(document: Document, brand: Brand) -> Iterator[tuple[Path, str]]:
    yield from _party("seller", document.seller)
    yield from _party("buyer", document.buyer)
    for i, line in enumerate(document.lines):
        for name, text in (("description", line.description), ("sku", line.sku), ("unit", line.unit)):
            yield ("lines", i, name), text or ""
        for allowance in (*line.allowances, *line.charges):
            yield ("lines", i, "allowances"), allowance.reason or ""
    for allowance in (*document.allowances, *document.charges):
        yield ("allowances",), allowance.reason or ""
    for i, mention in enumerate(document.mentions):
        yield ("mentions", i), mention
    yield ("number",), document.number or ""
    yield ("orderReference",), document.order_reference or ""
    yield ("note",), document.note or ""
    yield ("branding", "footer"), brand.footer or ""
    if document.payment is not None:
        yield ("paymentDetails", "holder"), document.payment.holder or ""


def _party(name: str, party: Party) -> Iterator[tuple[Path, str]]:
    for part in ("name", "legal_name", "tax_id", "registration", "email", "phone", "website"):
        yield (name, part), getattr(party, part) or ""
    for part in ("name", "line1", "line2", "postcode", "city"):
        yield (name, "address", part), getattr(party.address, part) or ""


def address_lines(address: Address, voice: Voice, *, home: str | None) -> list[str]:
    """An address as it is written on a letter; the country's name only when it is another than `home`."""
    town = " ".join(part for part in (address.postcode, address.city) if part)
    lines = [address.name, address.line1, address.line2, town]
    if home != address.country:
        lines.append(voice.country(address.country))
    return [plain(line) for line in lines if line]
