"""Checks of single values that several use cases share; each raises InvalidInput naming the field and the reason."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, Final, cast
from zoneinfo import ZoneInfo, available_timezones

import babel
from stdnum import bic as stdnum_bic
from stdnum import get_cc_module
from stdnum import iban as stdnum_iban
from stdnum.exceptions import ValidationError

from app.db.rows import InvoiceRow
from app.domain.compliance.seller import is_ioss_number
from app.domain.countries import check_country
from app.domain.errors import InvalidInput, VersionConflict
from app.domain.money import currency_digits
from app.domain.parties import Address, TaxId, TaxIdStatus
from app.domain.registers.registers import VIES_COUNTRIES, is_test_number, number_of
from app.services.inputs import AddressInput, TaxIdInput

Path = tuple[str | int, ...]

_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_COLOR: Final = re.compile(r"#[0-9a-f]{6}")
_REGION: Final = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,6}")
_POSTCODE: Final = re.compile(r"[A-Za-z0-9 \-]{1,20}")
_MULTILINE: Final = "\n"
_MAX_DIGITS: Final = 12
_AHEAD: Final = timedelta(days=1)


def text(value: str, path: Path, limit: int, *, multiline: bool = False) -> str:
    """The text without surrounding blanks: not empty, at most `limit` characters, no control characters."""
    cleaned = unicodedata.normalize("NFC", value).strip()
    if not cleaned:
        raise InvalidInput("must not be empty", field=path)
    if len(cleaned) > limit:
        raise InvalidInput(f"may have {limit} characters at most; it has {len(cleaned)}", field=path)
    for character in cleaned:
        if unicodedata.category(character) in ("Cc", "Cs") and not (multiline and character == _MULTILINE):
            raise InvalidInput(f"must not contain the control character U+{ord(character):04X}", field=path)
    return cleaned


def optional_text(value: str | None, path: Path, limit: int, *, multiline: bool = False) -> str | None:
    """Like `text`; empty and missing are None."""
    if value is None or not value.strip():
        return None
    return text(value, path, limit, multiline=multiline)


def email(value: str | None, path: Path) -> str | None:
    """An e-mail address, or None."""
    cleaned = optional_text(value, path, 254)
    if cleaned is not None and not _EMAIL.fullmatch(cleaned):
        raise InvalidInput(f"{cleaned!r} is not an e-mail address", field=path)
    return cleaned


def web_address(value: str | None, path: Path) -> str | None:
    """A web address as it is printed on documents, or None."""
    cleaned = optional_text(value, path, 200)
    if cleaned is not None and (" " in cleaned or "." not in cleaned):
        raise InvalidInput(f"{cleaned!r} is not a web address", field=path)
    return cleaned


def color(value: str | None, path: Path) -> str | None:
    """A colour `#rrggbb` in lower case, or None."""
    if value is None:
        return None
    lowered = value.strip().lower()
    if not _COLOR.fullmatch(lowered):
        raise InvalidInput(f"{value!r} is not a colour such as #1a73e8", field=path)
    return lowered


def currency(value: str, path: Path) -> str:
    """An ISO 4217 currency code."""
    try:
        currency_digits(value)
    except InvalidInput as error:
        raise InvalidInput(error.message, field=path) from None
    return value


@cache
def _time_zones() -> frozenset[str]:
    # Looked up on the disk each time it is asked for.
    return frozenset(available_timezones())


def time_zone(value: str, path: Path) -> str:
    """A time zone of the IANA data base."""
    if value not in _time_zones():
        raise InvalidInput(f"{value!r} is not a time zone of the IANA data base, such as Europe/Berlin", field=path)
    ZoneInfo(value)
    return value


def locale(value: str, path: Path) -> str:
    """A language tag that Babel knows, written with a hyphen: `de-AT`."""
    try:
        parsed = babel.Locale.parse(value.replace("-", "_"))
    except (ValueError, babel.UnknownLocaleError):
        raise InvalidInput(f"{value!r} is not a known locale, such as de-AT", field=path) from None
    return str(parsed).replace("_", "-")


def address(value: AddressInput, path: Path) -> Address:
    """A checked postal address. The region is an ISO 3166-2 code of that country."""
    country = check_country(value.country, field=tuple(str(part) for part in (*path, "country")))
    region = optional_text(value.region, (*path, "region"), 10)
    if region is not None and not (_REGION.fullmatch(region) and region.startswith(country)):
        raise InvalidInput(f"{region!r} is not an ISO 3166-2 code of {country}, such as ES-CN", field=(*path, "region"))
    return Address(
        country=country,
        name=optional_text(value.name, (*path, "name"), 200),
        line1=optional_text(value.line1, (*path, "line1"), 200),
        line2=optional_text(value.line2, (*path, "line2"), 200),
        postcode=postcode(value.postcode, (*path, "postcode")),
        city=optional_text(value.city, (*path, "city"), 120),
        region=region,
    )


def postcode(value: str | None, path: Path) -> str | None:
    """A postcode, or None; its form decides special tax territories, so it must be plain."""
    cleaned = optional_text(value, path, 20)
    if cleaned is not None and not _POSTCODE.fullmatch(cleaned):
        raise InvalidInput(f"{cleaned!r} is not a postcode", field=path)
    return cleaned


def tax_id(value: TaxIdInput, default_country: str, path: Path, *, test_numbers: bool = False) -> TaxId:
    """A tax number in compact form; for member states format and check digits must be right, and VIES's prefix is set.

    With `test_numbers`, those of VIES's test service are right as well. A number of the Import One-Stop-Shop, IM and
    ten digits, stays as it is: no register of a member state has it. It is UNVERIFIED unless the caller states an
    answer of VIES, which needs the instant of that answer.
    """
    country = value.country or default_country
    check_country(country, field=tuple(str(part) for part in (*path, "country")))
    compact = re.sub(r"[\s.\-/]", "", text(value.value, (*path, "value"), 40)).upper()
    if not re.fullmatch(r"[A-Z0-9+*]{2,40}", compact):
        raise InvalidInput(f"{value.value!r} is not a tax number", field=(*path, "value"))
    if country == "GB" and compact.startswith("XI"):
        # Northern Ireland's numbers are the Union's for goods.
        country = "XI"
    if country in VIES_COUNTRIES and not is_ioss_number(compact):
        compact = _eu_number(compact, country, (*path, "value"), test_numbers=test_numbers)
    status = value.status or TaxIdStatus.UNVERIFIED
    if status is TaxIdStatus.NONE:
        raise InvalidInput("a number that is given has a status other than NONE", field=(*path, "status"))
    if status is not TaxIdStatus.UNVERIFIED and value.checked_at is None:
        raise InvalidInput(f"a status {status} needs the instant it was checked at", field=(*path, "checkedAt"))
    return TaxId(
        value=compact,
        country=country,
        status=status,
        # Of a number on which no answer is told, none was given at any time.
        checked_at=None if status is TaxIdStatus.UNVERIFIED else value.checked_at,
        consultation_number=None
        if status is TaxIdStatus.UNVERIFIED
        else optional_text(value.consultation_number, (*path, "consultationNumber"), 80),
    )


def _eu_number(compact: str, country: str, path: Path, *, test_numbers: bool) -> str:
    prefix = "EL" if country == "GR" else country
    bare = compact.removeprefix(prefix)
    known = number_of(compact, country)
    if test_numbers and known is not None and is_test_number(known):
        return str(known)
    try:
        # Every member state has a module of its own in python-stdnum.
        number: str = cast(Any, get_cc_module(country.lower(), "vat")).validate(bare)
    except ValidationError as error:
        raise InvalidInput(f"{compact!r} is not a VAT number of {country}: {error}", field=path) from None
    return prefix + number.removeprefix(prefix)


def iban(value: str | None, path: Path) -> str | None:
    """An IBAN in compact form with right check digits, or None."""
    if value is None or not value.strip():
        return None
    try:
        compact: str = stdnum_iban.validate(value)
    except ValidationError as error:
        raise InvalidInput(f"{value!r} is not an IBAN: {error}", field=path) from None
    return compact


def bic(value: str | None, path: Path) -> str | None:
    """A BIC in compact form, or None."""
    if value is None or not value.strip():
        return None
    try:
        compact: str = stdnum_bic.validate(value)
    except ValidationError as error:
        raise InvalidInput(f"{value!r} is not a BIC: {error}", field=path) from None
    return compact


def registrations(values: Sequence[str], path: Path) -> list[str]:
    """Countries of further VAT registrations: known, each once, in order."""
    checked = sorted({check_country(value, field=(*map(str, path), str(i))) for i, value in enumerate(values)})
    if len(checked) > 40:
        raise InvalidInput("at most 40 registrations", field=path)
    return checked


def decimal(value: Decimal, path: Path) -> Decimal:
    """A quantity or price: finite, at most 6 decimals and 12 digits before them."""
    if not value.is_finite():
        raise InvalidInput("must be a finite number", field=path)
    exponent = value.normalize().as_tuple().exponent
    if isinstance(exponent, int) and exponent < -6:
        raise InvalidInput("may have 6 decimals at most", field=path)
    if abs(value) >= Decimal(10) ** _MAX_DIGITS:
        raise InvalidInput(f"may have {_MAX_DIGITS} digits before the decimal point at most", field=path)
    return value


def not_ahead(at: datetime, now: datetime, path: Path) -> datetime:
    """An instant that has come; the clock of a marketplace may run a day ahead of ours at most."""
    if at > now + _AHEAD:
        raise InvalidInput("lies in the future", field=path)
    return at


def between(value: int, low: int, high: int, path: Path) -> int:
    """A whole number within bounds."""
    if not low <= value <= high:
        raise InvalidInput(f"must be from {low} to {high}", field=path)
    return value


def check_version(row: InvoiceRow, expected: int | None) -> None:
    """Raises VersionConflict when the document is not at the version that the caller has read."""
    if expected is not None and expected != row.version:
        raise VersionConflict(f"the invoice is at version {row.version}; read it again", field=("expectedVersion",))
