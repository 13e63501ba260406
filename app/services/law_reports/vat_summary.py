"""All that a seller supplied in some days, by treatment, country and rate: what a VAT return is filled in from.

Sources: Directive 2006/112/EC, art. 250; art. 230 for the VAT in the national currency, art. 91 (2) for the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from app.db import law_reports as stored
from app.db.rows import EntityRow
from app.db.transaction import Session
from app.domain.errors import InvalidInput
from app.domain.exchange import Conversion, national_currency
from app.domain.numbering_law import Severity
from app.domain.scope import Scope
from app.domain.tax.model import TaxTreatment
from app.services.context import ServiceContext
from app.services.law_reports.conversion import Converter, LeftOut, UsedRate
from app.services.law_reports.sellers import is_over, seller
from app.services.readiness import Finding

MAX_DAYS: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalAmounts:
    """Base and VAT in minor units of the seller's national currency."""

    base_minor: int
    tax_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VatRow:
    """What was supplied under one treatment at one rate, in minor units of `currency`.

    `document_count` are the documents, less those that were voided later than the days that had them. `national` is
    None where an exchange rate is missing for some of it.
    """

    treatment: TaxTreatment
    category: str
    country: str | None
    percent: Decimal | None
    currency: str
    document_count: int
    base_minor: int
    tax_minor: int
    national: NationalAmounts | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VatTotal:
    """All of it in one currency."""

    currency: str
    base_minor: int
    tax_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VatSummary:
    """A seller's supplies of some days, both included. `national` lacks what is left out."""

    entity: EntityRow
    start: date
    end: date
    national_currency: str
    rows: Sequence[VatRow]
    totals: Sequence[VatTotal]
    national: NationalAmounts
    rates: Sequence[UsedRate]
    left_out: Sequence[LeftOut]
    findings: Sequence[Finding]


@dataclass(slots=True)
class _Row:
    document_count: int = 0
    base: int = 0
    tax: int = 0
    national_base: int = 0
    national_tax: int = 0
    whole: bool = True


async def vat_summary(ctx: ServiceContext, scope: Scope, entity_id: str, start: date, end: date) -> VatSummary:
    """A seller's supplies. Raises NotFound when there is no such seller, InvalidInput for days that are none."""
    if end < start:
        raise InvalidInput("lies before from", field=("to",))
    if (end - start).days >= MAX_DAYS:
        raise InvalidInput(f"a summary covers {MAX_DAYS} days at most", field=("to",))
    async with ctx.database.read(scope) as session:
        entity = await seller(scope, session, entity_id)
        own = national_currency(entity.country, end) or entity.currency
        sums = await stored.vat_sums(scope, session, entity.id, start, end, own=own)
        converter = await _converter(scope, session, own, sums)
    found: dict[tuple[str, str, str, Decimal, str], _Row] = {}
    for one in sums:
        percent = Decimal(-1) if one.percent is None else one.percent
        row = found.setdefault((one.treatment, one.category, one.country or "", percent, one.currency), _Row())
        row.document_count += one.document_count
        row.base, row.tax = row.base + one.base_minor, row.tax + one.tax_minor
        national = _national(one, own, converter)
        if national is None:
            row.whole = False
        else:
            row.national_base += national.base_minor
            row.national_tax += national.tax_minor
    kept = {key: row for key, row in sorted(found.items()) if row.base or row.tax or row.document_count}
    rows = [_shown(key, row) for key, row in kept.items()]
    open_ = [] if is_over(ctx, entity, end) else [_open(end)]
    return VatSummary(
        entity=entity,
        start=start,
        end=end,
        national_currency=own,
        rows=rows,
        totals=_totals(rows),
        # Of a row without all its rates, what has one is in the total, and the rest is left out.
        national=NationalAmounts(
            base_minor=sum(row.national_base for row in found.values()),
            tax_minor=sum(row.national_tax for row in found.values()),
        ),
        rates=converter.used,
        left_out=converter.left_out,
        findings=[*converter.findings("Directive 2006/112/EC, art. 91 (2)"), *open_],
    )


async def _converter(scope: Scope, session: Session, own: str, sums: Sequence[stored.VatSum]) -> Converter:
    wanted = [(one.currency, one.of_date) for one in sums if one.of_date is not None]
    return await Converter.load(scope, session, own, wanted, following=False)


def _national(one: stored.VatSum, own: str, converter: Converter) -> NationalAmounts | None:
    """The sum in the national currency: the VAT as the documents state it, the base at their rate."""
    rate, tax = one.exchange_rate, one.tax_currency_minor
    if rate is not None and tax is not None and one.tax_currency == own:
        # Its day and source are the documents' own.
        frozen = Conversion(rate=rate, date=date.min, source="")
        return NationalAmounts(base_minor=frozen.convert(one.base_minor, one.currency, own), tax_minor=tax)
    converted = converter.convert([one.base_minor, one.tax_minor], one.currency, one.of_date)
    return None if converted is None else NationalAmounts(base_minor=converted[0], tax_minor=converted[1])


def _shown(key: tuple[str, str, str, Decimal, str], row: _Row) -> VatRow:
    treatment, category, country, percent, currency = key
    return VatRow(
        treatment=TaxTreatment(treatment),
        category=category,
        country=country or None,
        percent=None if percent < 0 else percent,
        currency=currency,
        document_count=row.document_count,
        base_minor=row.base,
        tax_minor=row.tax,
        national=NationalAmounts(base_minor=row.national_base, tax_minor=row.national_tax) if row.whole else None,
    )


def _totals(rows: Sequence[VatRow]) -> list[VatTotal]:
    sums: dict[str, list[int]] = {}
    for row in rows:
        total = sums.setdefault(row.currency, [0, 0])
        total[0], total[1] = total[0] + row.base_minor, total[1] + row.tax_minor
    return [
        VatTotal(currency=currency, base_minor=base, tax_minor=tax) for currency, (base, tax) in sorted(sums.items())
    ]


def _open(end: date) -> Finding:
    return Finding(
        rule="LAW-OPEN",
        severity=Severity.WARNING,
        message=f"{end} is not over: the summary will have more",
        source="Directive 2006/112/EC, art. 250",
    )
