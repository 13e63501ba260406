"""How sellers stand to the threshold for cross-border sales, and what they should know of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from app.db import eu_sales as stored
from app.db.aggregates import ENTITIES
from app.db.eu_sales_rows import EuSalesRow
from app.db.rows import EntityRow
from app.domain import numbering
from app.domain.errors import InvalidInput
from app.domain.numbering_law import Severity
from app.domain.scope import Permission, Scope
from app.domain.tax.threshold import LIMIT_MINOR, EuSalesState, state_of
from app.services.context import ServiceContext
from app.services.eu_sales import turnover_of
from app.services.readiness import Finding

_FIRST_YEAR: Final = 2015
_LAST_YEAR: Final = 9999
_SOURCE: Final = "Directive 2006/112/EC, art. 59c"
_SHARE: Final = Decimal("0.0001")


@dataclass(frozen=True, slots=True, kw_only=True)
class EuSalesStatus:
    """A seller's count of one calendar year, in minor units of the euro; `share` is its part of the threshold."""

    year: int
    net_minor: int
    share: Decimal
    state: EuSalesState
    documents: int
    uncounted: int
    approaching_at: datetime | None
    exceeded_at: datetime | None


async def of_entities(
    ctx: ServiceContext, scope: Scope, ids: Sequence[str], year: int | None
) -> dict[str, EuSalesStatus]:
    """The counts of these sellers by their ids: of that year, or of this one where the seller is; two statements.

    Raises InvalidInput.
    """
    scope.require(Permission.INVOICES_READ)
    if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise InvalidInput(f"must be from {_FIRST_YEAR} to {_LAST_YEAR}", field=("year",))
    async with ctx.database.read(scope) as session:
        years = dict.fromkeys(ids, year)
        if year is None:
            entities = await ENTITIES.by_ids(scope, session, ids)
            years = {id_: _this_year(ctx, row) for id_, row in entities.items()}
        keys = {id_: (id_, found) for id_, found in years.items() if found is not None}
        rows = await stored.read(scope, session, keys.values())
    return {id_: _status(key[1], rows.get(key)) for id_, key in keys.items()}


async def findings_of(ctx: ServiceContext, scope: Scope, ids: Sequence[str]) -> dict[str, list[Finding]]:
    """What these sellers should know of this year's count and last year's, by their ids; two statements.

    Nothing for a key that may not read invoices.
    """
    if Permission.INVOICES_READ not in scope.permissions:
        return {id_: [] for id_ in ids}
    async with ctx.database.read(scope) as session:
        entities = await ENTITIES.by_ids(scope, session, ids)
        years = {id_: _this_year(ctx, row) for id_, row in entities.items()}
        keys = [(id_, some) for id_, year in years.items() for some in (year - 1, year)]
        rows = await stored.read(scope, session, keys)
    return {id_: _findings(row, years[id_], rows) for id_, row in entities.items()}


def _this_year(ctx: ServiceContext, entity: EntityRow) -> int:
    return numbering.local_issue_date(ctx.clock(), entity.time_zone).year


def _status(year: int, row: EuSalesRow | None) -> EuSalesStatus:
    net = 0 if row is None else row.net_minor
    return EuSalesStatus(
        year=year,
        net_minor=net,
        share=(Decimal(net) / LIMIT_MINOR).quantize(_SHARE),
        state=EuSalesState.BELOW if row is None else state_of(turnover_of(row)),
        documents=0 if row is None else row.documents,
        uncounted=0 if row is None else row.uncounted,
        approaching_at=None if row is None else row.approaching_at,
        exceeded_at=None if row is None else row.exceeded_at,
    )


def _findings(entity: EntityRow, this_year: int, rows: Mapping[stored.Key, EuSalesRow]) -> list[Finding]:
    years = [rows[key] for key in ((entity.id, this_year - 1), (entity.id, this_year)) if key in rows]
    return [*_uncounted(years), *_passed(entity, this_year, years)]


def _uncounted(years: Sequence[EuSalesRow]) -> list[Finding]:
    return [
        Finding(
            rule="EU-SALES-01",
            severity=Severity.WARNING,
            message=f"{row.uncounted} documents are missing in the count of cross-border sales of {row.year}: no"
            " exchange rate of their days is known",
            field=("euSales",),
            fix="Let the operator run `invoicing rates import` and then `invoicing tax recount --repair`.",
            source=_SOURCE,
        )
        for row in years
        if row.uncounted
    ]


def _passed(entity: EntityRow, this_year: int, years: Sequence[EuSalesRow]) -> list[Finding]:
    """What a seller that does not declare the destination's VAT in the One-Stop-Shop should know."""
    if entity.oss or entity.small_business or not entity.vat_registered:
        return []
    states = {row.year: state_of(turnover_of(row)) for row in years}
    if EuSalesState.EXCEEDED in states.values():
        year = next(year for year, state in states.items() if state is EuSalesState.EXCEEDED)
        rule, severity, message = (
            "EU-SALES-02",
            Severity.WARNING,
            f"the cross-border sales of {year} passed EUR 10,000, so the destination's VAT is due; sales to consumers"
            " in other member states are refused where the seller is not registered",
        )
    elif states.get(this_year) is EuSalesState.APPROACHING:
        rule, severity, message = (
            "EU-SALES-03",
            Severity.INFO,
            "the cross-border sales of this year have come to 80 % of EUR 10,000; above that the destination's VAT is"
            " due",
        )
    else:
        return []
    fix = "Let the seller register for the One-Stop-Shop, then set settings.tax.oss with entityUpdate."
    return [Finding(rule=rule, severity=severity, message=message, field=("euSales",), fix=fix, source=_SOURCE)]
