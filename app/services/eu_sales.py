"""Cross-border sales to consumers, counted per seller and calendar year in the transaction that finalizes them.

Directive 2006/112/EC, art. 59c: below EUR 10,000 they are taxed where the seller is. What counts is decided in
`app.domain.tax.threshold`; here it is read, locked, added up and announced. The counts are locked after the documents
and their orders, and before the series. A batch in which nothing could count costs a look at each document, and no
statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, Protocol

from app.db import eu_sales as stored
from app.db import exchange_rates, query
from app.db.aggregates import EU_SALES, EU_SALES_DOCUMENTS
from app.db.eu_sales import Key
from app.db.eu_sales_rows import EuSalesDocumentRow, EuSalesRow
from app.db.records import changed
from app.db.rows import CustomerRow, EntityRow, InvoiceLineRow, InvoiceRow, OrderLineRow, OrderRow
from app.db.transaction import Session
from app.db.where import Eq
from app.db.writes import Change, Insert
from app.domain import numbering
from app.domain.documents.model import InvoiceType
from app.domain.documents.registry import document_type
from app.domain.exchange import EURO, Rates
from app.domain.registers.registers import Registers
from app.domain.scope import Scope
from app.domain.tax.threshold import (
    APPROACHING_MINOR,
    LIMIT_MINOR,
    Turnover,
    may_count,
    threshold_passed,
)
from app.domain.tax_events import TaxThresholdApproaching, TaxThresholdEvent, TaxThresholdExceeded
from app.services.eu_sales_documents import credited, line_counts, net_of, net_of_priced, sold
from app.services.invoice_rows import (
    Draft,
    DraftContent,
    content_columns,
    money_payload,
    price_content,
    repriced_lines,
)
from app.services.once import Work
from app.services.taxation import Priced


class Price(Protocol):
    """Prices a document below the threshold or above it."""

    def __call__(self, threshold_exceeded: bool | None) -> Priced: ...


_COLUMNS: Final = ("net_minor", "documents", "uncounted", "approaching_at", "exceeded_at", "updated_at")
_NO_RATES: Final = Rates()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document whose lines could count: its seller's year, and the day and currency of the rate that it would need.

    The year is that of its tax point: the day of the supply, or of the invoice where there is none.
    """

    key: Key
    currency: str
    rate_day: date


def candidate(
    entity: EntityRow,
    customer: CustomerRow,
    destinations: Iterable[str | None],
    *,
    currency: str,
    supply_date: date | None,
    issue_date: date,
    deducts: bool = False,
) -> Candidate | None:
    """The document as one that could count; None when it cannot, which nearly all can be told at a glance.

    One that `deducts` an advance that counts does so in any case, wherever its buyer is now.
    """
    day = supply_date or issue_date
    if not deducts and not may_count(entity, (customer.country, *destinations), day):
        return None
    # As for the VAT total in the national currency: no rate is known of a day to come.
    return Candidate((entity.id, day.year), currency, min(day, issue_date))


def of_stored(invoice: InvoiceRow, parts: Mapping[str, Any], issue_date: date) -> Candidate | None:
    """A stored draft as one that could count."""
    if invoice.type is InvoiceType.CREDIT_NOTE:
        # It takes off what its original added, whose row it needs.
        return None
    return candidate(
        parts["entity"],
        parts["customer"],
        (invoice.ship_to_country, *(line.supply["ship_to"] for line in parts["lines"])),
        currency=invoice.currency,
        supply_date=invoice.supply_date,
        issue_date=issue_date,
        deducts=any(line.advance_id is not None and line_counts(line) for line in parts["lines"]),
    )


def of_content(entity: EntityRow, customer: CustomerRow, content: DraftContent, issue_date: date) -> Candidate | None:
    """A document yet to be priced as one that could count."""
    ship_to = None if content.ship_to is None else content.ship_to.country
    return candidate(
        entity,
        customer,
        (ship_to, *(line.supply.ship_to for line in content.lines)),
        currency=content.currency,
        supply_date=content.supply_date,
        issue_date=issue_date,
    )


def of_order(
    entity: EntityRow, customer: CustomerRow, order: OrderRow, lines: Sequence[OrderLineRow], now: datetime
) -> Candidate | None:
    """An order that is to be invoiced at that instant as one that could count."""
    return candidate(
        entity,
        customer,
        (order.ship_to_country, *(line.supply["ship_to"] for line in lines)),
        currency=order.currency,
        supply_date=numbering.local_issue_date(order.fulfilled_at or order.placed_at, entity.time_zone),
        issue_date=numbering.local_issue_date(now, entity.time_zone),
    )


class Sales:
    """What is known of the counts that some documents could be added to; it grows as they are counted."""

    def __init__(
        self, rows: Mapping[Key, EuSalesRow] | None = None, *, keys: Iterable[Key] = (), rates: Rates = _NO_RATES
    ) -> None:
        self._rows = dict(rows or {})
        self._keys = frozenset(keys)
        self._rates = rates
        self._originals: dict[str, EuSalesDocumentRow] = {}
        self._touched: dict[Key, EuSalesRow] = {}
        self._documents: list[EuSalesDocumentRow] = []
        self._news: list[tuple[TaxThresholdEvent, str]] = []

    def exceeded(self, entity: EntityRow, day: date, currency: str, rate_day: date) -> bool | None:
        """Whether the threshold is passed for a sale of that day in that currency, before it is counted itself; None if
        that is not known, nor where the rate is not by which it would be counted.

        The seller's own statement counts first: what it sells elsewhere is not counted here.
        """
        if entity.eu_threshold_exceeded:
            return True
        if not self.covers(entity, day):
            return None
        rows = [self._rows.get((entity.id, year)) for year in (day.year, day.year - 1)]
        this_year, last_year = (None if row is None else turnover_of(row) for row in rows)
        passed = threshold_passed(this_year, last_year)
        return passed if passed or self._rates.find(currency, EURO, rate_day) is not None else None

    def covers(self, entity: EntityRow, day: date) -> bool:
        """Whether a sale of that day could count, so that the seller's count was read."""
        return (entity.id, day.year) in self._keys

    def crossed_by(self, entity: EntityRow, net: int | None, currency: str, day: date, rate_day: date) -> bool:
        """Whether a document of that net, in minor units, is taxed above the threshold: it, or one before it, passes.

        One whose rate is not known passes nothing.
        """
        if net is None or not self.covers(entity, day):
            return False
        if self.exceeded(entity, day, currency, rate_day):
            return True
        found = self._rates.find(currency, EURO, rate_day)
        before = self._rows.get((entity.id, day.year))
        own = 0 if found is None else found.convert(net, currency, EURO)
        return found is not None and (0 if before is None else before.net_minor) + own > LIMIT_MINOR

    def priced(
        self,
        entity: EntityRow,
        price: Price,
        currency: str,
        day: date,
        rate_day: date,
        *,
        adjusted: bool,
    ) -> Priced:
        """What `price` says of a sale of that day, above the threshold where it would pass that itself."""
        exceeded = self.exceeded(entity, day, currency, rate_day)
        found = price(threshold_exceeded=exceeded)
        if exceeded or not self.covers(entity, day):
            return found
        crossed = self.crossed_by(entity, net_of_priced(found, adjusted=adjusted), currency, day, rate_day)
        return price(threshold_exceeded=True) if crossed else found

    def crossed_by_draft(self, draft: Draft, issue_date: date) -> bool:
        """The same of a priced draft that is issued on that day."""
        invoice = draft.invoice
        day = invoice.supply_date or issue_date
        net = net_of(invoice, draft.lines)
        return self.crossed_by(draft.entity, net, invoice.currency, day, min(day, issue_date))

    def settled(self, draft: Draft, issue_date: date) -> Draft:
        """The draft as it is to be issued now that those before it are counted: priced anew if the threshold is passed.

        Raises what pricing raises: above the threshold a seller may lack a registration.
        """
        if draft.above is None or not self.crossed_by_draft(draft, issue_date):
            return draft
        return draft.above()

    def count(self, work: Work, invoice: InvoiceRow, lines: Sequence[InvoiceLineRow]) -> None:
        """Adds a document that was just finalized; `writes` stores that, and `announce` says what it passed."""
        found = self._contribution(work, invoice, lines)
        if found is None:
            return
        key = (found.entity_id, found.year)
        before = self._rows.get(key)
        if before is None:
            raise RuntimeError(f"{invoice.id} counts, and the count of its seller's year is not locked")
        net = before.net_minor + (found.eur_minor or 0)
        approaching = before.approaching_at is None and net >= APPROACHING_MINOR
        exceeded = before.exceeded_at is None and net > LIMIT_MINOR
        after = changed(
            before,
            net_minor=net,
            documents=before.documents + 1,
            uncounted=before.uncounted + (found.eur_minor is None),
            approaching_at=work.now if approaching else before.approaching_at,
            exceeded_at=work.now if exceeded else before.exceeded_at,
            updated_at=work.now,
        )
        self._rows[key] = self._touched[key] = after
        self._documents.append(found)
        passed = [TaxThresholdApproaching] * approaching + [TaxThresholdExceeded] * exceeded
        self._news += [(_event(kind, after, invoice), invoice.finalized_by or work.actor) for kind in passed]

    def _contribution(
        self, work: Work, invoice: InvoiceRow, lines: Sequence[InvoiceLineRow]
    ) -> EuSalesDocumentRow | None:
        if invoice.issue_date is None or not document_type(invoice.type).is_tax_document:
            return None
        net = net_of(invoice, lines)
        if net is None:
            return None
        if invoice.type is InvoiceType.CREDIT_NOTE:
            original = self._originals.get(invoice.corrected_invoice_id or "")
            return None if original is None else credited(original, invoice, -net, work.now)
        return sold(invoice, net, invoice.issue_date, self._rates, work.now)

    def writes(self) -> list[Insert | Change]:
        """What was counted since the last time, to be stored."""
        touched, documents = list(self._touched.values()), self._documents
        self._touched, self._documents = {}, []
        return [EU_SALES.changing(_COLUMNS, touched), EU_SALES_DOCUMENTS.inserting(documents)] if documents else []

    def announce(self, work: Work) -> None:
        """Says which counts have come to the threshold since the last time, after the documents that did it."""
        news, self._news = self._news, []
        before = work.actor
        for data, work.actor in news:
            work.emit(data, data.id)
        work.actor = before

    def remember(self, original: EuSalesDocumentRow) -> None:
        """What a document added that is to be credited."""
        self._originals[original.id] = original


def turnover_of(row: EuSalesRow) -> Turnover:
    """A stored count as the rules see it."""
    return Turnover(row.net_minor, row.exceeded_at is not None, row.uncounted)


def _event(kind: type[TaxThresholdEvent], row: EuSalesRow, invoice: InvoiceRow) -> TaxThresholdEvent:
    return kind(
        id=row.entity_id,
        year=row.year,
        net_total=money_payload(row.net_minor, EURO),
        limit=money_payload(LIMIT_MINOR, EURO),
        uncounted_documents=row.uncounted,
        invoice_id=invoice.id,
    )


async def known(scope: Scope, session: Session, candidates: Iterable[Candidate | None]) -> Sales:
    """The counts as they are now, for drafts and previews; no statement where nothing could count."""
    found = [one for one in candidates if one is not None]
    if not found:
        return Sales()
    keys = {one.key for one in found}
    rows = await stored.read(scope, session, _with_last_years(keys))
    return Sales(rows, keys=keys, rates=await _rates(scope, session, found))


async def lock(work: Work, candidates: Iterable[Candidate | None]) -> Sales:
    """The counts, locked until the transaction ends, for documents that are being finalized."""
    found = [one for one in candidates if one is not None]
    if not found:
        return Sales()
    keys = {one.key for one in found}
    rows = await stored.lock(work.scope, work.session, _with_last_years(keys), work.now, create=keys)
    return Sales(rows, keys=keys, rates=await _rates(work.scope, work.session, found))


async def lock_original(work: Work, original: InvoiceRow, note_lines: Sequence[InvoiceLineRow]) -> Sales:
    """The count that a document was added to, locked, for a credit note of it with these lines."""
    if not any(line_counts(line) for line in note_lines):
        return Sales()
    document = await EU_SALES_DOCUMENTS.get(work.scope, work.session, original.id)
    if document is None:
        return Sales()
    key = (document.entity_id, document.year)
    sales = Sales(await stored.lock(work.scope, work.session, [key], work.now, create=[key]), keys=[key])
    sales.remember(document)
    return sales


def _with_last_years(keys: Iterable[Key]) -> set[Key]:
    return {(entity_id, some) for entity_id, year in keys for some in (year - 1, year)}


async def _rates(scope: Scope, session: Session, candidates: Sequence[Candidate]) -> Rates:
    foreign = [one for one in candidates if one.currency != EURO]
    currencies, days = {one.currency for one in foreign}, {one.rate_day for one in foreign}
    return Rates(await exchange_rates.around(scope, session, currencies, days)) if foreign else _NO_RATES


def priced(
    sales: Sales,
    entity: EntityRow,
    customer: CustomerRow,
    content: DraftContent,
    today: date,
    issue_date: date,
    registers: Registers,
) -> Priced:
    """Taxes and totals of a document, above the threshold where it would pass that itself.

    `today` is its tax point while it has no date of supply. Raises what pricing raises.
    """
    day = content.supply_date or issue_date
    return sales.priced(
        entity,
        lambda threshold_exceeded: price_content(entity, customer, content, today, threshold_exceeded, registers),
        content.currency,
        day,
        min(day, issue_date),
        adjusted=bool(content.allowances or content.charges),
    )


def with_above(sales: Sales, draft: Draft, content: DraftContent, today: date, registers: Registers) -> Draft:
    """A draft that was just priced, with how it is priced above the threshold where it may come to that."""
    day = content.supply_date or today
    if not sales.covers(draft.entity, day):
        return draft

    def above() -> Draft:
        found = price_content(draft.entity, draft.customer, content, today, True, registers)
        invoice = changed(draft.invoice, **content_columns(content, found))
        return replace(draft, invoice=invoice, lines=repriced_lines(draft.lines, found), decisions=found.decisions)

    return replace(draft, above=above)


async def price(work: Work, entity: EntityRow, customer: CustomerRow, content: DraftContent, today: date) -> Priced:
    """Taxes and totals of a draft, by the seller's count as it is now. Raises what pricing raises."""
    sales = await known(work.scope, work.session, [of_content(entity, customer, content, today)])
    return priced(sales, entity, customer, content, today, today, work.ctx.registers)


async def take_back(work: Work, row: InvoiceRow) -> None:
    """Takes a document that becomes void out of its seller's count, under the count's lock.

    Had it never been issued, the threshold might not have been passed: then it is not.
    """
    document = await EU_SALES_DOCUMENTS.get(work.scope, work.session, row.id)
    if document is None:
        return
    key = (document.entity_id, document.year)
    before = (await stored.lock(work.scope, work.session, [key], work.now, create=[key]))[key]
    await query.delete(work.scope, work.session, "eu_sales_document", Eq("id", document.id))
    columns: dict[str, Any] = {
        "net_minor": before.net_minor - (document.eur_minor or 0),
        "documents": before.documents - 1,
        "uncounted": before.uncounted - (document.eur_minor is None),
        "updated_at": work.now,
    }
    if before.approaching_at is not None:
        left = next(iter(await sums(work.scope, work.session, document.entity_id, year=document.year)), None)
        columns["approaching_at"] = None if left is None else left.approaching_at
        columns["exceeded_at"] = None if left is None else left.exceeded_at
    await EU_SALES.change(work.scope, work.session, before.id, columns)


async def sums(scope: Scope, session: Session, entity_id: str, *, year: int | None = None) -> Sequence[stored.YearSum]:
    """What a seller's counted documents come to by year, with when they came to the threshold."""
    return await stored.sums(
        scope, session, entity_id, approaching_minor=APPROACHING_MINOR, limit_minor=LIMIT_MINOR, year=year
    )
