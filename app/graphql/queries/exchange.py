"""Exchange rates as they were published."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

import strawberry

from app.domain.exchange import plain
from app.graphql.context import Info
from app.graphql.scalars import CurrencyCode
from app.services import exchange_rates


@strawberry.type(description="What one unit of a currency was in another.")
class ExchangeRate:
    base: CurrencyCode = strawberry.field(description="The currency of which it is one unit.")
    currency: CurrencyCode = strawberry.field(description="The currency it is worth.")
    rate: Decimal = strawberry.field(description="Units of `currency` for one of `base`.")
    date: date = strawberry.field(description="The day for which it was published.")
    source: str = strawberry.field(description="Who published it, such as ECB.")


Day = Annotated[
    date, strawberry.argument(name="date", description="The day; without rates of its own, the last before.")
]
Currencies = Annotated[
    list[CurrencyCode] | None,
    strawberry.argument(description="Only these, at most 100; all that are published if none."),
]
Of = Annotated[CurrencyCode, strawberry.argument(name="from", description="The currency of which it is one unit.")]
Into = Annotated[CurrencyCode, strawberry.argument(name="to", description="The currency it is worth.")]


@strawberry.type
class ExchangeQueries:
    @strawberry.field(
        description="The European Central Bank's reference rates that hold for a day, by currency: units for one euro."
    )
    async def exchange_rates(self, info: Info, day: Day, currencies: Currencies = None) -> list[ExchangeRate]:
        found = await exchange_rates.rates_of(info.context.services, info.context.scope, day, currencies)
        return [
            ExchangeRate(
                base=CurrencyCode("EUR"),
                currency=CurrencyCode(one.currency),
                rate=plain(one.rate),
                date=one.date,
                source=one.source,
            )
            for one in found
        ]

    @strawberry.field(
        description="One currency in another by the rates that hold for a day: through the euro, 8 significant digits."
    )
    async def exchange_rate(self, info: Info, of: Of, into: Into, day: Day) -> ExchangeRate:
        found = await exchange_rates.rate_between(info.context.services, info.context.scope, of, into, day)
        return ExchangeRate(base=of, currency=into, rate=found.rate, date=found.date, source=found.source)
