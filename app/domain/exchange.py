"""Exchange rates: which currency a seller's VAT is due in, and what one currency is in another.

Rates are units of a currency for one euro, as the European Central Bank publishes them on working days; what it does
not publish may come from another source. Sources: Directive
2006/112/EC, art. 230 (the VAT total in the national currency) and art. 91 (2) (member states accept the ECB's last
published rate, and convert other currencies by the euro rate of each).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Final, Protocol

from app.domain.money import currency_digits, round_half_up

EURO: Final = "EUR"
ECB: Final = "ECB"
# Two of them and a comma stand on a document.
MAX_SOURCE: Final = 18
# Digits of a rate that is computed from two others. With them a tax of up to a million is exact to its last cent.
SIGNIFICANT: Final = 8
# As the database keeps them.
RATE_PLACES: Final = 12
# The ECB's longest pause, Easter or Christmas with their weekends, has five days. An older rate is not the last one
# published: those after it were not fetched.
MAX_AGE: Final = timedelta(days=10)
_PRECISION: Final = 50

# States of the euro area since 2002 at the latest, and those that use it by agreement.
_EURO: Final = frozenset("AT BE DE ES FI FR GR IE IT LU NL PT AD MC SM VA ME XK".split())
# Those that came later: what they had before, and the first day of the euro.
_JOINED: Final = {
    "SI": ("SIT", date(2007, 1, 1)),
    "CY": ("CYP", date(2008, 1, 1)),
    "MT": ("MTL", date(2008, 1, 1)),
    "SK": ("SKK", date(2009, 1, 1)),
    "EE": ("EEK", date(2011, 1, 1)),
    "LV": ("LVL", date(2014, 1, 1)),
    "LT": ("LTL", date(2015, 1, 1)),
    "HR": ("HRK", date(2023, 1, 1)),
    "BG": ("BGN", date(2026, 1, 1)),
}
_OTHERS: Final = {
    "CZ": "CZK",
    "DK": "DKK",
    "HU": "HUF",
    "PL": "PLN",
    "RO": "RON",
    "SE": "SEK",
    "GB": "GBP",
    "XI": "GBP",
    "IM": "GBP",
    "CH": "CHF",
    "LI": "CHF",
    "NO": "NOK",
    "IS": "ISK",
}


def national_currency(country: str, on: date) -> str | None:
    """The currency in which VAT was due in a country on a day; None where no such rule is known to the product."""
    if country in _EURO:
        return EURO
    joined = _JOINED.get(country)
    if joined is not None:
        return EURO if on >= joined[1] else joined[0]
    return _OTHERS.get(country)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceRate:
    """What `source` published for a day: units of `currency` for one euro."""

    date: date
    currency: str
    rate: Decimal
    source: str = ECB


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """One unit of a currency in another, at the rates that `source` published for `date`."""

    rate: Decimal
    date: date
    source: str

    def convert(self, minor: int, currency: str, into: str) -> int:
        """An amount in minor units of `currency` as minor units of `into`, rounded half-up once."""
        with localcontext() as context:
            context.prec = _PRECISION
            exact = (minor * self.rate).scaleb(currency_digits(into) - currency_digits(currency))
            return int(round_half_up(exact, 0))


class RateSource(Protocol):
    """Whoever publishes rates: gives the files of a name as the European Central Bank names them."""

    async def fetch(self, name: str) -> bytes:
        """The file's content. Raises Unavailable when it cannot be had now."""
        ...


class Rates:
    """Reference rates in memory, of some currencies and days.

    `loaded` says whether any rates are kept at all, wherever they are of: without, nobody wants them to be used.
    """

    def __init__(self, rates: Iterable[ReferenceRate] = (), *, loaded: bool = False) -> None:
        self._rates: dict[str, dict[date, ReferenceRate]] = {}
        for one in rates:
            of_currency = self._rates.setdefault(one.currency, {})
            # Art. 91 (2): the European Central Bank's rate is accepted everywhere.
            if one.source == ECB or one.date not in of_currency:
                of_currency[one.date] = one
        self._dates = {currency: sorted(dates) for currency, dates in self._rates.items()}
        self.loaded = loaded or bool(self._rates)

    def find(self, of: str, into: str, on: date) -> Conversion | None:
        """What one `of` is in `into` by the last rates published on that day or before; None where none are known.

        Both legs are of the same day, and not older than MAX_AGE.
        """
        legs = [currency for currency in (of, into) if currency != EURO]
        if not legs or of == into:
            return Conversion(rate=Decimal(1), date=on, source=ECB)
        dates = self._dates.get(legs[0], [])
        for day in reversed(dates[: bisect_right(dates, on)]):
            if day < on - MAX_AGE:
                return None
            if all(day in self._rates.get(leg, {}) for leg in legs):
                rate = cross_rate(self._per_euro(of, day), self._per_euro(into, day))
                sources = dict.fromkeys(self._rates[leg][day].source for leg in legs)
                return Conversion(rate=rate, date=day, source=", ".join(sources))
        return None

    def find_following(self, of: str, into: str, on: date) -> Conversion | None:
        """The same by the rates of that day or the first ones published after it, as the One-Stop-Shop wants them
        (Directive 2006/112/EC, art. 369h (2)); within MAX_AGE.
        """
        legs = [currency for currency in (of, into) if currency != EURO]
        if not legs or of == into:
            return Conversion(rate=Decimal(1), date=on, source=ECB)
        dates = self._dates.get(legs[0], [])
        for day in dates[bisect_left(dates, on) :]:
            if day > on + MAX_AGE:
                return None
            if all(day in self._rates.get(leg, {}) for leg in legs):
                return self.find(of, into, day)
        return None

    def _per_euro(self, currency: str, day: date) -> Decimal:
        return Decimal(1) if currency == EURO else self._rates[currency][day].rate


def cross_rate(of: Decimal, into: Decimal) -> Decimal:
    """One unit of a currency in another, from what a euro is in each.

    From the euro the rate is as published; any other is rounded half-up to 8 significant digits and 12 places at most.
    """
    if of == 1:
        return plain(into)
    with localcontext() as context:
        context.prec = _PRECISION
        exact = into / of
        places = min(RATE_PLACES, SIGNIFICANT - 1 - exact.adjusted())
        return plain(exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))


def plain(rate: Decimal) -> Decimal:
    """The same rate without zeros at its end and without an exponent."""
    return Decimal(format(rate.normalize(), "f"))
