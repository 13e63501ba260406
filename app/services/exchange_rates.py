"""Keeping the exchange rates that the European Central Bank publishes, and answering what a currency was in another."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import structlog

from app.db import exchange_rates as stored
from app.db.exchange_rates import Added
from app.domain import ecb
from app.domain.errors import Conflict, InvalidInput, InvalidState, NotFound
from app.domain.exchange import ECB, EURO, MAX_AGE, MAX_SOURCE, Conversion, Rates, ReferenceRate
from app.domain.scope import Scope
from app.services import checks
from app.services.context import ServiceContext

log = structlog.get_logger(__name__)

MAX_CURRENCIES: Final = 100
_90_DAYS_REACH: Final = timedelta(days=85)
_RATES_OFF: Final = "no source of exchange rates is set; set INVOICING_EXCHANGE_RATES_URL"


async def take_file(ctx: ServiceContext, content: bytes, *, source: str = ECB) -> Added:
    """Stores what a file in the ECB's format has, all of it or nothing. A rate that is stored with another value stays.

    Raises InvalidInput for a file that is not one, or that has rates of the future.
    """
    if not 1 <= len(source) <= MAX_SOURCE or not (source.isascii() and source.isprintable()):
        raise InvalidInput(f"must have 1 to {MAX_SOURCE} printable ASCII characters", field=("source",))
    rates = await asyncio.to_thread(ecb.parse_rates, content, source=source)
    # It may be tomorrow already where they are published.
    latest = ctx.clock().date() + timedelta(days=1)
    if (ahead := max(one.date for one in rates)) > latest:
        raise InvalidInput(f"the file has rates of {ahead}, which lies in the future", field=("file",))
    added = await stored.add(ctx.database, rates, ctx.clock())
    for before, given in added.differing:
        log.warning(
            "exchange_rate_differs",
            source=given.source,
            date=str(given.date),
            currency=given.currency,
            stored=str(before.rate),
            given=str(given.rate),
        )
    return added


async def fetch(ctx: ServiceContext, name: str) -> Added:
    """Asks the source for one of its files and stores it. Raises InvalidState where none is set, Unavailable."""
    if ctx.rates is None:
        raise InvalidState(_RATES_OFF)
    return await take_file(ctx, await ctx.rates.fetch(name))


async def refresh(ctx: ServiceContext) -> int:
    """Fetches what is missing up to today: how many rates are new. Does nothing where no source is set.

    Raises Conflict, after storing the others, when the source now publishes another value for a stored rate.
    """
    if ctx.rates is None:
        return 0
    latest, today = await stored.latest_day(ctx.database), ctx.clock().date()
    if latest is not None and latest >= today:
        return 0
    added = await fetch(ctx, _file_for(latest, today))
    if added.differing:
        raise Conflict(f"{len(added.differing)} stored exchange rates differ from what is published now; they stay")
    return added.new


def _file_for(latest: date | None, today: date) -> str:
    """The smallest file that leaves no gap between the last day that is stored and today."""
    if latest is None:
        return ecb.LAST_90_DAYS
    working_day = today - timedelta(days=1)
    while working_day.weekday() > 4:
        working_day -= timedelta(days=1)
    if latest >= working_day:
        return ecb.DAILY
    return ecb.LAST_90_DAYS if today - latest <= _90_DAYS_REACH else ecb.HISTORY


async def rates_of(
    ctx: ServiceContext, scope: Scope, day: date, currencies: Sequence[str] | None
) -> Sequence[ReferenceRate]:
    """What the ECB last published on that day or before; all its currencies, or those asked for."""
    for index, currency in enumerate(currencies or ()):
        checks.currency(currency, ("currencies", str(index)))
    if currencies is not None and len(currencies) > MAX_CURRENCIES:
        raise InvalidInput(f"name {MAX_CURRENCIES} currencies at most", field=("currencies",))
    async with ctx.database.read(scope) as session:
        found = await stored.of_day(scope, session, day)
    return [one for one in found if currencies is None or one.currency in currencies]


async def rate_between(ctx: ServiceContext, scope: Scope, of: str, into: str, day: date) -> Conversion:
    """What one of a currency was in another by the last rates published. Raises NotFound where none are known."""
    checks.currency(of, ("from",))
    checks.currency(into, ("to",))
    async with ctx.database.read(scope) as session:
        rates = Rates(await stored.around(scope, session, {of, into} - {EURO}, [day]))
    found = rates.find(of, into, day)
    if found is None:
        raise NotFound(
            f"no exchange rate from {of} to {into} is known of {day} or the {MAX_AGE.days} days before", field=("date",)
        )
    return found
