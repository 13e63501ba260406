"""The recapitulative statement, or EC sales list: what was supplied to buyers identified in other member states.

Sources: Directive 2006/112/EC, art. 262-264; art. 91 (2) for amounts in foreign currencies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.db import law_reports as stored
from app.db.rows import EntityRow
from app.domain.errors import InvalidInput
from app.domain.exchange import national_currency
from app.domain.law_reports import EcSale, TaxPeriod
from app.domain.numbering_law import Severity
from app.domain.scope import Scope
from app.services.context import ServiceContext
from app.services.law_reports.conversion import Converter, LeftOut, UsedRate
from app.services.law_reports.sellers import is_over, own_number, seller
from app.services.readiness import Finding

MAX_ROWS: Final = 10_000
_SOURCE: Final = "Directive 2006/112/EC, art. 262-264"


@dataclass(frozen=True, slots=True, kw_only=True)
class EcSalesRow:
    """What was supplied to one VAT number, in minor units of the statement's currency; negative if more was credited.

    `member_state` is where the statement is handed in: where goods left from, or the seller's own. `vat_number` is that
    of the documents, not what the customer has today.
    """

    member_state: str
    vat_number: str | None
    sale: EcSale
    value_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EcSalesList:
    """The statement of a period, in the seller's national currency."""

    entity: EntityRow
    period: TaxPeriod
    vat_number: str | None
    currency: str
    rows: Sequence[EcSalesRow]
    value_minor: int
    rates: Sequence[UsedRate]
    left_out: Sequence[LeftOut]
    findings: Sequence[Finding]


async def ec_sales_list(ctx: ServiceContext, scope: Scope, entity_id: str, period: TaxPeriod) -> EcSalesList:
    """A seller's statement. Raises NotFound when there is no such seller, InvalidInput where it is too long."""
    async with ctx.database.read(scope) as session:
        entity = await seller(scope, session, entity_id)
        own = national_currency(entity.country, period.end) or entity.currency
        sums = await stored.ec_sums(scope, session, entity.id, period.start, period.end, own=own)
        wanted = [(one.currency, one.of_date) for one in sums if one.of_date is not None]
        converter = await Converter.load(scope, session, own, wanted, following=False)
    values: dict[tuple[str, str, EcSale], int] = {}
    for one in sums:
        converted = converter.convert([one.base_minor], one.currency, one.of_date)
        if converted is not None:
            state = entity.country if one.origin is None else one.origin.partition("-")[0]
            key = (state, one.buyer_tax_id or "", one.sale)
            values[key] = values.get(key, 0) + converted[0]
    rows = [
        EcSalesRow(member_state=state, vat_number=number or None, sale=sale, value_minor=value)
        for (state, number, sale), value in sorted(values.items())
        if value
    ]
    if len(rows) > MAX_ROWS:
        raise InvalidInput(f"the statement has more than {MAX_ROWS} rows; ask for a month", field=("month",))
    return EcSalesList(
        entity=entity,
        period=period,
        vat_number=own_number(entity),
        currency=own,
        rows=rows,
        value_minor=sum(row.value_minor for row in rows),
        rates=converter.used,
        left_out=converter.left_out,
        findings=[
            *converter.findings("Directive 2006/112/EC, art. 91 (2)"),
            *_findings(ctx, entity, period, rows),
        ],
    )


def _findings(ctx: ServiceContext, entity: EntityRow, period: TaxPeriod, rows: Sequence[EcSalesRow]) -> list[Finding]:
    found = []
    if not is_over(ctx, entity, period.end):
        message = f"{period.name} is not over: the statement will have more"
        found.append(Finding(rule="LAW-OPEN", severity=Severity.WARNING, message=message, source=_SOURCE))
    if any(row.vat_number is None for row in rows):
        message = "documents without the buyer's VAT number are in the statement"
        fix = "Ask the buyer for it, and correct the documents."
        found.append(Finding(rule="EC-NUMBER", severity=Severity.ERROR, message=message, fix=fix, source=_SOURCE))
    return found
