"""The returns of the One-Stop-Shop: of a quarter for the Union scheme, of a month for imports.

Sources: Directive 2006/112/EC, art. 369g-369h and 369t-369u; Implementing Regulation (EU) 2020/194, annex III.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from app.db import law_reports as stored
from app.db.rows import EntityRow
from app.domain.exchange import EURO
from app.domain.law_reports import OssRate, OssScheme, OssSupply, TaxPeriod, is_correctable, period_with
from app.domain.numbering_law import Severity
from app.domain.scope import Scope
from app.domain.tax.territories import is_member
from app.services.context import ServiceContext
from app.services.law_reports.conversion import Converter, LeftOut, UsedRate
from app.services.law_reports.sellers import is_over, own_number, seller
from app.services.readiness import Finding

_CONVERSION: Final = {
    OssScheme.UNION: "Directive 2006/112/EC, art. 369h",
    OssScheme.IMPORT: "Directive 2006/112/EC, art. 369u",
}
_CONTENT: Final = {
    OssScheme.UNION: "Directive 2006/112/EC, art. 369g",
    OssScheme.IMPORT: "Directive 2006/112/EC, art. 369t",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OssRow:
    """What was supplied to one member state at one rate, in euro cents. `dispatched_from` is told of goods."""

    member_state: str
    supply: OssSupply
    dispatched_from: str | None
    rate_type: OssRate
    percent: Decimal
    base_minor: int
    tax_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OssCorrection:
    """By how much the VAT of an earlier return changes, in euro cents at that return's own rates."""

    member_state: str
    period: TaxPeriod
    tax_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OssReturn:
    """One return. `tax_minor` is what is due by it, corrections included, where nothing is left out."""

    entity: EntityRow
    scheme: OssScheme
    period: TaxPeriod
    vat_number: str | None
    member_state: str | None
    rows: Sequence[OssRow]
    corrections: Sequence[OssCorrection]
    tax_minor: int
    rates: Sequence[UsedRate]
    left_out: Sequence[LeftOut]
    findings: Sequence[Finding]


async def oss_return(
    ctx: ServiceContext, scope: Scope, entity_id: str, period: TaxPeriod, scheme: OssScheme
) -> OssReturn:
    """A seller's return of a period. Raises NotFound when there is no such seller.

    What was credited or voided later than the period of its supply corrects that period's return; what came within it
    is in the figures.
    """
    async with ctx.database.read(scope) as session:
        entity = await seller(scope, session, entity_id)
        sums = await stored.oss_sums(scope, session, entity.id, period.start, period.end, scheme)
        wanted = [(one.currency, _declared(one, period).end) for one in sums]
        converter = await Converter.load(scope, session, EURO, wanted, following=True)
    rows: dict[tuple[str, OssSupply, str | None, OssRate, Decimal], list[int]] = {}
    corrections: dict[tuple[TaxPeriod, str], int] = {}
    for one in sums:
        declared = _declared(one, period)
        converted = converter.convert([one.base_minor, one.tax_minor], one.currency, declared.end)
        if converted is None:
            continue
        state = one.country or ""
        if declared < period:
            corrections[declared, state] = corrections.get((declared, state), 0) + converted[1]
            continue
        total = rows.setdefault((state, *_heading(one, scheme)), [0, 0])
        total[0], total[1] = total[0] + converted[0], total[1] + converted[1]
    listed = [_row(key, base, tax) for key, (base, tax) in sorted(rows.items(), key=_order) if base or tax]
    corrected = [
        OssCorrection(member_state=state, period=of, tax_minor=tax)
        for (of, state), tax in sorted(corrections.items())
        if tax
    ]
    number = own_number(entity, importing=scheme is OssScheme.IMPORT)
    return OssReturn(
        entity=entity,
        scheme=scheme,
        period=period,
        vat_number=number,
        member_state=_identification(entity, scheme, period.end),
        rows=listed,
        corrections=corrected,
        tax_minor=sum(row.tax_minor for row in listed) + sum(one.tax_minor for one in corrected),
        rates=converter.used,
        left_out=converter.left_out,
        findings=[
            *converter.findings(_CONVERSION[scheme]),
            *_findings(ctx, entity, scheme, period, number, listed, corrected),
        ],
    )


def _declared(one: stored.OssSum, period: TaxPeriod) -> TaxPeriod:
    """The period whose return declares it, or is corrected by it; not later than the one asked for."""
    return min(period_with(date.fromisoformat(f"{one.month}-01"), period), period)


def _heading(one: stored.OssSum, scheme: OssScheme) -> tuple[OssSupply, str | None, OssRate, Decimal]:
    # What is imported comes from outside the EU: the return does not ask from where.
    told = one.is_goods and scheme is OssScheme.UNION and one.origin is not None
    return (
        OssSupply.GOODS if one.is_goods else OssSupply.SERVICES,
        (one.origin or "").partition("-")[0] if told else None,
        OssRate.STANDARD if one.is_standard_rate else OssRate.REDUCED,
        one.percent or Decimal(0),
    )


def _order(
    item: tuple[tuple[str, OssSupply, str | None, OssRate, Decimal], list[int]],
) -> tuple[str, str, str, Decimal]:
    (state, supply, origin, _, percent), _ = item
    return state, supply.value, origin or "", -percent


def _row(key: tuple[str, OssSupply, str | None, OssRate, Decimal], base: int, tax: int) -> OssRow:
    state, supply, origin, rate_type, percent = key
    return OssRow(
        member_state=state,
        supply=supply,
        dispatched_from=origin,
        rate_type=rate_type,
        percent=percent,
        base_minor=base,
        tax_minor=tax,
    )


def _identification(entity: EntityRow, scheme: OssScheme, day: date) -> str | None:
    """The member state in which the seller is registered for the scheme: its own. Others register through somebody."""
    return entity.country if is_member(entity.country, day) else None


def _findings(
    ctx: ServiceContext,
    entity: EntityRow,
    scheme: OssScheme,
    period: TaxPeriod,
    number: str | None,
    rows: Sequence[OssRow],
    corrections: Sequence[OssCorrection],
) -> list[Finding]:
    source = _CONTENT[scheme]
    found = []
    if not is_over(ctx, entity, period.end):
        message = f"{period.name} is not over: the return will have more"
        found.append(Finding(rule="LAW-OPEN", severity=Severity.WARNING, message=message, source=source))
    if number is None:
        what = "number of the import scheme (IM…)" if scheme is OssScheme.IMPORT else "VAT number"
        message = f"the seller has no {what} of its own among its tax numbers"
        fix = "Add it to taxIds with entityUpdate."
        found.append(
            Finding(
                rule="OSS-NUMBER", severity=Severity.ERROR, message=message, fix=fix, field=("taxIds",), source=source
            )
        )
    for row in rows:
        if row.base_minor < 0 or row.tax_minor < 0:
            message = (
                f"{row.member_state} at {row.percent:f} % is negative: more was taken back than supplied in this period"
            )
            fix = "Returns take no negative supplies; ask the tax office how to declare it."
            found.append(
                Finding(rule="OSS-NEGATIVE", severity=Severity.WARNING, message=message, fix=fix, source=source)
            )
    for one in corrections:
        if not is_correctable(one.period, period):
            message = f"{one.period.name} of {one.member_state} was due more than three years ago"
            fix = "It cannot be corrected in a return any more; ask that member state."
            found.append(
                Finding(rule="OSS-TOO-OLD", severity=Severity.WARNING, message=message, fix=fix, source=source)
            )
    return found
