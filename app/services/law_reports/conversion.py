"""Sums of several currencies in one: what has no exchange rate is left out, and said to be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.db import exchange_rates
from app.db.transaction import Session
from app.domain.exchange import EURO, MAX_AGE, Conversion, Rates
from app.domain.numbering_law import Severity
from app.domain.scope import Scope
from app.services.readiness import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What a report lacks since a currency has no exchange rate of a day: amounts in minor units of that currency."""

    currency: str
    date: date
    base_minor: int
    tax_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedRate:
    """An exchange rate that a report was made with: `currency` in the report's, wanted of `of_date`."""

    currency: str
    of_date: date
    conversion: Conversion


class Converter:
    """Amounts of any currency in one, at the rates of given days.

    `following` takes the next day of publication where a day has none, as the One-Stop-Shop does (Directive
    2006/112/EC, art. 369h (2)); otherwise the last one before (art. 91 (2)).
    """

    def __init__(self, into: str, rates: Rates, *, following: bool) -> None:
        self.into = into
        self._rates = rates
        self._following = following
        self._used: dict[tuple[str, date], Conversion] = {}
        self._left_out: dict[tuple[str, date], tuple[int, int]] = {}

    @classmethod
    async def load(
        cls, scope: Scope, session: Session, into: str, wanted: Iterable[tuple[str, date]], *, following: bool
    ) -> Converter:
        """One that has the rates of these currencies on these days: one statement, none where all is in `into`."""
        pairs = {(currency, day) for currency, day in wanted if currency != into}
        currencies = {currency for currency, _ in pairs} | ({into} if pairs else set())
        days = {day + MAX_AGE if following else day for _, day in pairs}
        found = await exchange_rates.around(scope, session, currencies - {EURO}, days)
        return cls(into, Rates(found), following=following)

    def again(self) -> Converter:
        """One with the same rates that has not converted anything yet."""
        return Converter(self.into, self._rates, following=self._following)

    def convert(self, amounts: Sequence[int], currency: str, day: date | None) -> Sequence[int] | None:
        """Base and tax, or one of them, in minor units of `into`; None, and noted as left out, without a rate."""
        if currency == self.into:
            return amounts
        if day is None:
            raise ValueError("an amount in a foreign currency needs the day of its rate")
        find = self._rates.find_following if self._following else self._rates.find
        found = self._used.get((currency, day)) or find(currency, self.into, day)
        if found is None:
            base, tax = self._left_out.get((currency, day), (0, 0))
            self._left_out[currency, day] = (base + amounts[0], tax + sum(amounts[1:]))
            return None
        self._used[currency, day] = found
        return [found.convert(amount, currency, self.into) for amount in amounts]

    @property
    def used(self) -> list[UsedRate]:
        """The rates that were used, by currency and day."""
        return [
            UsedRate(currency=currency, of_date=day, conversion=found)
            for (currency, day), found in sorted(self._used.items())
        ]

    @property
    def left_out(self) -> list[LeftOut]:
        """What could not be converted, by currency and day."""
        return [
            LeftOut(currency=currency, date=day, base_minor=base, tax_minor=tax)
            for (currency, day), (base, tax) in sorted(self._left_out.items())
        ]

    def findings(self, source: str) -> list[Finding]:
        """That amounts are left out, one finding per currency."""
        found = []
        for currency in sorted({currency for currency, _ in self._left_out}):
            days = sorted(day for one, day in self._left_out if one == currency)
            when = f"of {days[0]}" if len(days) == 1 else f"of {len(days)} days from {days[0]} to {days[-1]}"
            found.append(
                Finding(
                    rule="LAW-RATE",
                    severity=Severity.ERROR,
                    message=f"amounts in {currency} are left out: no exchange rate to {self.into} {when} is known",
                    fix="Load the rates with `invoicing rates fetch` or `invoicing rates import`, then ask again.",
                    source=source,
                )
            )
        return found
