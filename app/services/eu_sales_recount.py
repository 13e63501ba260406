"""The counts of cross-border sales compared with the documents they come from, and put right on request.

Seller by seller and in bounded steps. It fills the counts of documents that were finalized before there were any, and
counts those whose exchange rate has become known since. A rate that was used stays.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Final, TypeVar

from app.db import eu_sales as stored
from app.db import exchange_rates, query
from app.db.aggregates import ENTITIES, EU_SALES, EU_SALES_DOCUMENTS, INVOICES, Aggregate
from app.db.eu_sales_rows import EuSalesDocumentRow, EuSalesRow
from app.db.invoice_lines import lines_of
from app.db.records import changed
from app.db.rows import InvoiceLineRow, InvoiceRow
from app.db.transaction import Session
from app.db.where import All, Compare, Condition, Eq, OneOf
from app.domain.documents.model import InvoiceType
from app.domain.documents.registry import DOCUMENT_TYPES
from app.domain.exchange import EURO, Conversion, Rates, plain
from app.domain.lifecycle import InvoiceStatus
from app.domain.scope import Scope
from app.domain.tax.threshold import LIMIT_MINOR
from app.services.context import ServiceContext
from app.services.eu_sales import sums
from app.services.eu_sales_documents import credited, net_of, sold
from app.services.once import Work, run

# Differences that a report tells; beyond, they are counted.
MAX_DIFFERENCES: Final = 1_000
_PAGE: Final = 200
_COUNTING: Final = tuple(kind.type for kind in DOCUMENT_TYPES if kind.is_tax_document)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Difference:
    """A document or a year of a seller whose count is not what its documents say; None where there is nothing."""

    entity_id: str
    what: str
    counted: str | None
    expected: str | None


@dataclass(slots=True)
class Recount:
    """What was looked at, the first `MAX_DIFFERENCES` differences, and how many there are."""

    entities: int = 0
    documents: int = 0
    found: int = 0
    differences: list[Difference] = field(default_factory=list)

    def add(self, difference: Difference) -> None:
        """Notes a difference."""
        self.found += 1
        if len(self.differences) < MAX_DIFFERENCES:
            self.differences.append(difference)


async def recount(ctx: ServiceContext, scope: Scope, *, entity_id: str | None = None, repair: bool = False) -> Recount:
    """Counts the cross-border sales of a platform's sellers, or of one; with `repair`, differences are put right."""
    report = Recount()
    where: Condition = All(()) if entity_id is None else Eq("id", entity_id)
    async for entities in _pages(ctx, scope, ENTITIES, where):
        for entity in entities:
            report.entities += 1
            await _documents(ctx, scope, entity.id, report, repair=repair)
            await _superfluous(ctx, scope, entity.id, report, repair=repair)
            await _years(ctx, scope, entity.id, report, repair=repair)
    return report


async def _pages(ctx: ServiceContext, scope: Scope, table: Aggregate[R], where: Condition) -> AsyncIterator[list[R]]:
    """The rows that match in pages by id, each in a transaction of its own."""
    after = ""
    while True:
        async with ctx.database.read(scope) as session:
            page = await table.list(
                scope, session, All((where, Compare("id", ">", after))), order=(("id", False),), limit=_PAGE
            )
        if page:
            yield page
        if len(page) < _PAGE:
            return
        after = str(page[-1].id)  # type: ignore[attr-defined]  # every row type has an id


async def _documents(ctx: ServiceContext, scope: Scope, entity_id: str, report: Recount, *, repair: bool) -> None:
    """Documents that count and are not counted so."""
    where = All((Eq("entity_id", entity_id), Eq("status", InvoiceStatus.FINALIZED), OneOf("type", _COUNTING)))
    async for page in _pages(ctx, scope, INVOICES, where):
        report.documents += len(page)
        async with ctx.database.read(scope) as session:
            differing = await _differing(scope, session, page)
        for invoice_id, (before, after) in differing.items():
            report.add(Difference(entity_id, f"document {invoice_id}", _shown(before), _shown(after)))
        if repair and differing:
            await run(ctx, scope, partial(_count_anew, ids=sorted(differing)))


async def _count_anew(work: Work, ids: Sequence[str]) -> None:
    """Stores what documents add, under their locks: one may have become void meanwhile."""
    found = await INVOICES.by_ids(work.scope, work.session, ids, lock=True)
    page = [row for row in found.values() if row.status is InvoiceStatus.FINALIZED]
    differing = await _differing(work.scope, work.session, page)
    if not differing:
        return
    await query.delete(work.scope, work.session, "eu_sales_document", OneOf("id", sorted(differing)))
    await EU_SALES_DOCUMENTS.insert(work.scope, work.session, [after for _, after in differing.values()])


async def _differing(
    scope: Scope, session: Session, page: Sequence[InvoiceRow]
) -> dict[str, tuple[EuSalesDocumentRow | None, EuSalesDocumentRow]]:
    """What the documents among these that count are counted as, and should be, where that differs, by id."""
    named = sorted({row.corrected_invoice_id for row in page if row.corrected_invoice_id is not None})
    originals = await INVOICES.by_ids(scope, session, named)
    known = {**originals, **{row.id: row for row in page}}
    lines = await lines_of(scope, session, [(row.entity_id, row.id) for row in known.values()])
    nets = {id_: net for id_, row in known.items() if (net := net_of(row, lines[id_])) is not None}
    if not nets:
        return {}
    before = await EU_SALES_DOCUMENTS.by_ids(scope, session, sorted(nets))
    rates = await _rates(scope, session, [known[id_] for id_ in nets])
    found = {}
    for row in page:
        after = _expected(row, known, nets, before, rates)
        if after is not None and before.get(row.id) != after:
            found[row.id] = (before.get(row.id), after)
    return found


def _expected(
    row: InvoiceRow,
    known: Mapping[str, InvoiceRow],
    nets: Mapping[str, int],
    before: Mapping[str, EuSalesDocumentRow],
    rates: Rates,
) -> EuSalesDocumentRow | None:
    net = nets.get(row.id)
    if net is None or row.issue_date is None or row.finalized_at is None:
        return None
    if row.type is not InvoiceType.CREDIT_NOTE:
        return _at_its_rate(sold(row, net, row.issue_date, rates, row.finalized_at), before.get(row.id))
    original = known.get(row.corrected_invoice_id or "")
    if original is None:
        return None
    theirs = _expected(original, known, nets, before, rates)
    return None if theirs is None else credited(theirs, row, -net, row.finalized_at)


def _at_its_rate(expected: EuSalesDocumentRow, before: EuSalesDocumentRow | None) -> EuSalesDocumentRow:
    """The same at the rate at which it was counted: a nearer one that became known later does not count."""
    if before is None or before.exchange_rate is None or before.exchange_date is None:
        return expected
    used = Conversion(rate=plain(before.exchange_rate), date=before.exchange_date, source="")
    return changed(
        expected,
        exchange_rate=before.exchange_rate,
        exchange_date=before.exchange_date,
        eur_minor=used.convert(expected.net_minor, expected.currency, EURO),
    )


async def _rates(scope: Scope, session: Session, invoices: Sequence[InvoiceRow]) -> Rates:
    foreign = [row for row in invoices if row.currency != EURO and row.issue_date is not None]
    if not foreign:
        return Rates()
    days = {min(row.supply_date or row.issue_date, row.issue_date) for row in foreign if row.issue_date is not None}
    return Rates(await exchange_rates.around(scope, session, {row.currency for row in foreign}, days))


async def _superfluous(ctx: ServiceContext, scope: Scope, entity_id: str, report: Recount, *, repair: bool) -> None:
    """Documents that are counted and do not count."""
    async for page in _pages(ctx, scope, EU_SALES_DOCUMENTS, Eq("entity_id", entity_id)):
        async with ctx.database.read(scope) as session:
            idle = await _idle(scope, session, [row.id for row in page])
        for row in page:
            if row.id in idle:
                report.add(Difference(entity_id, f"document {row.id}", _shown(row), None))
        if repair and idle:
            await run(ctx, scope, partial(_forget, ids=sorted(idle)))


async def _idle(scope: Scope, session: Session, ids: Sequence[str]) -> set[str]:
    invoices = await INVOICES.by_ids(scope, session, ids)
    finalized = {
        id_: row for id_, row in invoices.items() if row.status is InvoiceStatus.FINALIZED and row.type in _COUNTING
    }
    lines: Mapping[str, Sequence[InvoiceLineRow]] = await lines_of(
        scope, session, [(row.entity_id, id_) for id_, row in finalized.items()]
    )
    return {id_ for id_ in ids if id_ not in finalized or net_of(finalized[id_], lines[id_]) is None}


async def _forget(work: Work, ids: Sequence[str]) -> None:
    await INVOICES.by_ids(work.scope, work.session, ids, lock=True)
    idle = await _idle(work.scope, work.session, ids)
    await query.delete(work.scope, work.session, "eu_sales_document", OneOf("id", sorted(idle)))


async def _years(ctx: ServiceContext, scope: Scope, entity_id: str, report: Recount, *, repair: bool) -> None:
    """Years whose sums are not those of their documents."""
    async with ctx.database.read(scope) as session:
        differing = await _differing_years(scope, session, entity_id)
    for year, (before, after) in differing.items():
        report.add(Difference(entity_id, f"year {year}", _shown_year(before), _shown_year(after)))
    if repair and differing:
        await run(ctx, scope, partial(_sum_anew, entity_id=entity_id, years=sorted(differing)))


async def _sum_anew(work: Work, entity_id: str, years: Sequence[int]) -> None:
    keys = [(entity_id, year) for year in years]
    rows = await stored.lock(work.scope, work.session, keys, work.now, create=keys)
    # In a later statement: nobody adds to them now.
    for year, (_, after) in (await _differing_years(work.scope, work.session, entity_id)).items():
        if (entity_id, year) in rows:
            columns = {name: getattr(after, name) for name in _SUMMED} | {"updated_at": work.now}
            await EU_SALES.change(work.scope, work.session, rows[entity_id, year].id, columns)


_SUMMED: Final = ("net_minor", "documents", "uncounted", "approaching_at", "exceeded_at")


async def _differing_years(
    scope: Scope, session: Session, entity_id: str
) -> dict[int, tuple[EuSalesRow | None, stored.YearSum]]:
    where = Eq("entity_id", entity_id)
    before = {row.year: row for row in await EU_SALES.list(scope, session, where, limit=_PAGE)}
    after = {one.year: one for one in await sums(scope, session, entity_id)}
    found: dict[int, tuple[EuSalesRow | None, stored.YearSum]] = {}
    for year in sorted({*before, *after}):
        row, one = before.get(year), after.get(year) or stored.YearSum(year, 0, 0, 0, None, None)
        if _sums_differ(row, one):
            found[year] = (row, one)
    return found


def _sums_differ(row: EuSalesRow | None, one: stored.YearSum) -> bool:
    if row is None:
        return True
    if (row.net_minor, row.documents, row.uncounted) != (one.net_minor, one.documents, one.uncounted):
        return True
    # When it was passed, the transactions' order tells, of which the instants know nearly all.
    return row.exceeded_at is None and one.net_minor > LIMIT_MINOR


def _shown(row: EuSalesDocumentRow | None) -> str | None:
    if row is None:
        return None
    at = "no known rate" if row.exchange_rate is None else f"{plain(row.exchange_rate):f} of {row.exchange_date}"
    return f"{row.year}: {row.net_minor} {row.currency} at {at}, {row.eur_minor} EUR, {_instant(row.counted_at)}"


def _shown_year(row: Any) -> str | None:
    if row is None:
        return None
    return f"{row.net_minor} EUR, {row.documents} documents, {row.uncounted} uncounted"


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
