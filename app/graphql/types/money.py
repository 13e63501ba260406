"""Amounts."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

import strawberry
from babel.core import Locale, UnknownLocaleError
from babel.numbers import format_currency

from app.domain.errors import InvalidInput
from app.domain.money import Money as DomainMoney
from app.domain.money import currency_digits
from app.graphql.scalars import CurrencyCode


@strawberry.type(description="An amount in a currency.")
class Money:
    amount: Decimal = strawberry.field(description="The amount in major units with the currency's digits, as text.")
    currency: CurrencyCode = strawberry.field(description="The currency.")

    @strawberry.field(description="The amount as people of a locale write it.")
    def formatted(
        self,
        locale: Annotated[
            str | None, strawberry.argument(description="A locale such as de or en-GB; en if none.")
        ] = None,
    ) -> str:
        return format_money(self.amount, self.currency, locale)


def money(minor: int, currency: str) -> Money:
    """An amount of minor units."""
    return Money(amount=DomainMoney(minor, currency).amount, currency=CurrencyCode(currency))


def of(value: DomainMoney) -> Money:
    """An amount of the domain."""
    return Money(amount=value.amount, currency=CurrencyCode(value.currency))


def format_money(amount: Decimal, currency: str, locale: str | None) -> str:
    """Text of an amount in a locale, with ISO 4217's digits. Raises InvalidInput for a locale that does not exist."""
    try:
        parsed = Locale.parse((locale or "en").replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        raise InvalidInput(f"{locale!r} is not a known locale", field=("locale",)) from None
    pattern = parsed.currency_formats["standard"].pattern
    digits = currency_digits(currency)
    # The locale's pattern with the currency's digits: CLDR and ISO 4217 disagree on some, such as HUF.
    fraction = "." + "0" * digits if digits else ""
    return format_currency(amount, currency, pattern.replace(".00", fraction), locale=parsed, currency_digits=False)
