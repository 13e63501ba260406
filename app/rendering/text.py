"""Texts of a document: written as its locale writes them, and checked against the font before anything is drawn."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Final

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from app.domain.documents.kind import DocumentType
from app.domain.documents.model import Document, DocumentLine
from app.domain.errors import InvalidInput
from app.domain.money import currency_digits, from_minor
from app.domain.parties import Address, Party
from app.domain.tax.model import TaxTreatment
from app.rendering.fonts import glyphs
from app.rendering.labels import labels_for
from app.rendering.labels.model import Labels

Path = tuple[str | int, ...]

# Taxes other than VAT, by their categories in UNCL5305.
LOCAL_TAXES: Final = {"L": "IGIC", "M": "IPSI"}
# They turn the direction of what follows: a name could print as another one.
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Voice:
    """A document's language: its labels and its locale's formats."""

    labels: Labels
    locale: Locale
    currency: str

    def day(self, value: date) -> str:
        """A date with its month's name."""
        return plain(format_date(value, "long", locale=self.locale))

    def amount(self, minor: int) -> str:
        """An amount without its currency, with ISO 4217's digits."""
        digits = currency_digits(self.currency)
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return plain(format_decimal(from_minor(minor, self.currency), pattern, locale=self.locale))

    def money(self, minor: int) -> str:
        """An amount with its currency's code: a sign such as $ or kr would name several currencies."""
        return f"{self.amount(minor)}\u00a0{self.currency}"

    def price(self, value: Decimal) -> str:
        """A unit price: at least the currency's digits, at most six."""
        digits = currency_digits(self.currency)
        pattern = "#,##0" + ("." + "0" * digits + "#" * (6 - digits))
        return plain(format_decimal(value, pattern, locale=self.locale))

    def number(self, value: Decimal) -> str:
        """A quantity without trailing zeros."""
        return plain(format_decimal(value, "#,##0.######", locale=self.locale))

    def percent(self, value: Decimal | None) -> str:
        """A percentage; a dash where none applies."""
        if value is None:
            return "–"
        pattern = self.locale.percent_formats[None].pattern.replace("#,##0", "#,##0.########")
        return plain(format_percent(value / 100, pattern, locale=self.locale))

    def rate(self, value: Decimal) -> str:
        """An exchange rate, with all its digits."""
        return plain(format_decimal(value, "#,##0.############", locale=self.locale))

    def short_day(self, value: date) -> str:
        """A date with its month's name cut short."""
        return plain(format_date(value, "medium", locale=self.locale))

    def country(self, code: str) -> str:
        """A country's name; its code where the locale has none."""
        return plain(str(self.locale.territories.get(code, code)))

    def pay_by(self, day: date) -> str:
        """The sentence that asks for payment."""
        # Some locales end a date by a full stop of its own: "10 март 2026 г."
        return self.labels.pay_by.format(date=self.day(day)).replace("..", ".")


def voice_of(document: Document) -> Voice:
    """How a document speaks: its locale's formats, and its language's labels or the English ones."""
    voice = _voice(document.locale, document.currency)
    categories = {line.decision.category for line in document.lines}
    if is_stated(document):
        return replace(voice, labels=voice.labels.of_another_tax(None))
    if len(categories) == 1 and categories <= LOCAL_TAXES.keys():
        return replace(voice, labels=voice.labels.of_another_tax(LOCAL_TAXES[categories.pop()]))
    return voice


def is_stated(document: Document) -> bool:
    """Whether all of a document's tax is what the marketplace stated, which is none of the EU's."""
    treatments = [line.decision.treatment for line in document.lines]
    return bool(treatments) and all(treatment is TaxTreatment.GIVEN for treatment in treatments)


def type_mention(kind: DocumentType, locale: str) -> str | None:
    """What a document of that type must say in its language, as part of its content."""
    return None if kind.mention is None else str(getattr(labels_for(locale), kind.mention))


def type_notice(kind: DocumentType, labels: Labels) -> str | None:
    """What a document of that type must say where it is printed."""
    return None if kind.notice is None else str(getattr(labels, kind.notice))


def less_advance(locale: str, *, number: str, issue_date: date) -> str:
    """What a line that deducts an advance invoice is called, in the document's language."""
    voice = _voice(locale, "EUR")
    return voice.labels.less_advance.format(number=number, date=voice.day(issue_date))


def _voice(named: str, currency: str) -> Voice:
    labels = labels_for(named)
    # CLDR's plain "pt" is Brazil's; the labels are Portugal's.
    tag = "pt-PT" if named == "pt" else named
    try:
        locale = Locale.parse(tag.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse(labels.language)
    if locale.language != labels.language:
        # Words and formats of one document are of one language.
        locale = Locale.parse("en")
    return Voice(labels, locale, currency)


def plain(text: str) -> str:
    """The text composed (NFC), with an ordinary no-break space where some locales group digits by a narrow one."""
    return unicodedata.normalize("NFC", text).replace("\u202f", "\u00a0")


def check_glyphs(document: Document, *, footer: str | None) -> None:
    """Raises InvalidInput for the first character that no font can show: it would vanish from the document."""
    if _shown("".join(_bare_texts(document, footer))) and _parties_printable(document):
        return
    if not _parties_printable(document):
        for path, text in (*_party("seller", document.seller), *_party("buyer", document.buyer)):
            check_text(text, path)
    for path, text in _texts(document, footer):
        if text and not _printable(text):
            check_text(text, path)


def _parties_printable(document: Document) -> bool:
    return _party_printable(document.seller) and _party_printable(document.buyer)


def _bare_texts(document: Document, footer: str | None) -> list[str]:
    """What `_texts` finds, without saying where: almost always all of it can be shown."""
    found = [document.number, document.order_reference, document.note, document.reason, footer, *document.mentions]
    found.append(document.agreement_reference)
    found += [tax.exemption_reason for tax in document.taxes]
    found += [item.reason for item in (*document.allowances, *document.charges)]
    for line in document.lines:
        found += (line.description, line.sku, line.unit)
        if line.allowances or line.charges:
            found += [item.reason for item in (*line.allowances, *line.charges)]
    if document.payment is not None:
        found += (document.payment.holder, document.payment.iban, document.payment.bic)
    return [text for text in found if text]


def _shown(text: str) -> bool:
    """Whether every character can surely be shown as it stands; for any other answer they are looked at one by one."""
    if text.isascii() and text.isprintable():
        return True
    return unicodedata.is_normalized("NFC", text) and _characters().issuperset(text)


@cache
def _characters() -> frozenset[str]:
    return frozenset(map(chr, glyphs())) - _TURNING - {"\u202f"} | {"\n"}


@lru_cache(maxsize=4_096)
def _party_printable(party: Party) -> bool:
    texts = [text for _, text in _party("", party)]
    return _shown("".join(texts)) or all(_printable(text) for text in texts)


@lru_cache(maxsize=4_096)
def _printable(text: str) -> bool:
    """Whether every character can be shown; sellers, buyers and products come back on document after document."""
    try:
        check_text(text)
    except InvalidInput:
        return False
    return True


def check_text(text: str, path: Path = ()) -> None:
    """Raises InvalidInput for a character of the text that no font can show; a line break is no character."""
    if text.isascii() and text.isprintable():
        return
    known = glyphs()
    for character in plain(text):
        if character != "\n" and (ord(character) not in known or character in _TURNING):
            raise InvalidInput(f"the character {character!r} (U+{ord(character):04X}) cannot be printed", field=path)


def _texts(document: Document, footer: str | None) -> Iterator[tuple[Path, str]]:
    for i, line in enumerate(document.lines):
        for name in ("description", "sku", "unit"):
            yield ("lines", i, name), getattr(line, name) or ""
        yield from _reasons(line, "lines", i)
    yield from _reasons(document)
    for i, tax in enumerate(document.taxes):
        yield ("taxes", i, "exemption_reason"), tax.exemption_reason or ""
    for i, mention in enumerate(document.mentions):
        yield ("mentions", i), mention
    for name in ("number", "order_reference", "note", "reason", "agreement_reference"):
        yield (name,), getattr(document, name) or ""
    yield ("branding", "footer"), footer or ""
    if document.payment is not None:
        for name in ("holder", "iban", "bic"):
            yield ("payment", name), getattr(document.payment, name) or ""


def _reasons(owner: Document | DocumentLine, *path: str | int) -> Iterator[tuple[Path, str]]:
    for name in ("allowances", "charges"):
        for i, item in enumerate(getattr(owner, name)):
            yield (*path, name, i, "reason"), item.reason or ""


def _party(name: str, party: Party) -> Iterator[tuple[Path, str]]:
    for part in ("name", "legal_name", "tax_id", "registration", "email", "phone", "website"):
        yield (name, part), getattr(party, part) or ""
    for part in ("name", "line1", "line2", "postcode", "city"):
        yield (name, "address", part), getattr(party.address, part) or ""


def address_lines(address: Address, voice: Voice, *, home: str | None) -> list[str]:
    """An address as it is written on a letter; the country's name only when it is another than `home`."""
    lines = [address.name, address.line1, address.line2, *_town(address)]
    if home != address.country:
        lines.append(voice.country(address.country))
    return [plain(line) for line in lines if line]


def _town(address: Address) -> list[str]:
    """Town and postcode as the country's post wants them: in most, the postcode leads."""
    state = (address.region or "").removeprefix(f"{address.country}-")
    if address.country in _POSTCODE_BELOW:
        return [part for part in (address.city, address.postcode) if part]
    if address.country not in _STATE_AFTER_TOWN:
        return [" ".join(part for part in (address.postcode, address.city) if part)]
    comma = "," if address.country == "US" and address.city and state else ""
    return [" ".join(part for part in (f"{address.city or ''}{comma}", state, address.postcode) if part)]


# As the Universal Postal Union describes them.
_POSTCODE_BELOW: Final = frozenset({"GB", "GG", "IE", "IM", "JE"})
_STATE_AFTER_TOWN: Final = frozenset({"AU", "CA", "US"})
