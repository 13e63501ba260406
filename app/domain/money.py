"""Money as integer minor units plus a currency, and the only two places where amounts are rounded.

Sources: ISO 4217 (minor units), EN 16931-1 (half-up on absolute values).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

from app.domain.errors import InvalidInput

# ISO 4217, active codes of states and unions whose minor unit is not 2.
OTHER_DIGITS: Final = {
    **dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split(), 0),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
}
_TWO_DIGITS: Final = frozenset(
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP "
    "CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR "
    "IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN "
    "NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP "
    "STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD XCG YER ZAR ZMW ZWG".split()
)

# A bigint holds it with room for sums of a million documents.
MAX_MINOR: Final = 10**14


def currency_digits(currency: str) -> int:
    """The number of decimals of a currency by ISO 4217: EUR 2, JPY 0, KWD 3. Raises InvalidInput when unknown."""
    if currency in _TWO_DIGITS:
        return 2
    digits = OTHER_DIGITS.get(currency)
    if digits is None:
        raise InvalidInput(f"{currency!r} is not an ISO 4217 currency code", field=("currency",))
    return digits


def round_half_up(value: Decimal, digits: int) -> Decimal:
    """`value` with that many decimals, ties away from zero (EN 16931: half-up on absolute values)."""
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def to_minor(amount: Decimal, currency: str) -> int:
    """An amount in major units as integer minor units, rounded half-up. Raises InvalidInput beyond MAX_MINOR."""
    digits = currency_digits(currency)
    if not amount.is_finite():
        raise InvalidInput("an amount must be a finite number", field=("amount",))
    try:
        minor = int(round_half_up(amount, digits).scaleb(digits))
    except InvalidOperation:
        minor = MAX_MINOR + 1
    if abs(minor) > MAX_MINOR:
        raise InvalidInput(f"an amount may not exceed {MAX_MINOR} minor units", field=("amount",))
    return minor


def to_minor_exact(amount: Decimal, currency: str) -> int:
    """Like `to_minor`, but refuses an amount with more decimals than the currency has."""
    minor = to_minor(amount, currency)
    if from_minor(minor, currency) != amount:
        digits = currency_digits(currency)
        raise InvalidInput(f"{currency} has {digits} decimals; {amount} has more", field=("amount",))
    return minor


def from_minor(minor: int, currency: str) -> Decimal:
    """Minor units as a decimal in major units with exactly the currency's decimals: 1250 EUR → 12.50."""
    return Decimal(minor).scaleb(-currency_digits(currency))


def minor_text(minor: int, currency: str) -> str:
    """Minor units as plain text in major units, with exactly the currency's decimals: 1250 EUR → "12.50"."""
    digits = currency_digits(currency)
    if digits == 0:
        return str(minor)
    whole, part = divmod(abs(minor), 10**digits)
    return f"{'-' if minor < 0 else ''}{whole}.{part:0{digits}d}"


@lru_cache(maxsize=8_192)
def decimal_text(value: Decimal) -> str:
    """A decimal as text, without an exponent and without what its column adds in zeros: 9.990000 → "9.99"."""
    return format(value.normalize(), "f") if value else "0"


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount in integer minor units of one ISO 4217 currency; adding two currencies is an error."""

    minor: int
    currency: str

    @property
    def amount(self) -> Decimal:
        """The amount in major units, with exactly the currency's decimals."""
        return from_minor(self.minor, self.currency)

    def __add__(self, other: Money) -> Money:
        self._same_currency(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same_currency(other)
        return Money(self.minor - other.minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def _same_currency(self, other: Money) -> None:
        if other.currency != self.currency:
            raise InvalidInput(f"cannot combine {self.currency} with {other.currency}", field=("currency",))
