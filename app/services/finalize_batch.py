"""Stored drafts finalized in batches: any number of drafts of any sellers of one platform, in one transaction.

The order of the steps is the order of the locks: drafts, their orders, the counts of cross-border sales, the series.
Everything is read first, in a bounded number of statements; each draft is decided in memory, where one that cannot be
finalized falls out alone; then numbers are given, and everything is written at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any, Final

from app.db.aggregates import INVOICE_LINES, INVOICES, LEDGER, ORDERS, PAYMENTS
from app.db.records import changed
from app.db.rows import CustomerRow, InvoiceLineRow, InvoiceRow, OrderRow, PaymentRow
from app.domain import events, numbering
from app.domain.documents.registry import document_type
from app.domain.errors import AlreadyExists, Contention, InvoicingError, NotFound
from app.domain.lifecycle import InvoiceAction, InvoiceStatus, OrderStatus, require
from app.domain.scope import Scope
from app.services import eu_sales, ledger, loading, payments, tax_currency
from app.services.checks import check_version
from app.services.eu_sales import Sales
from app.services.invoice_rows import LINE_AMOUNTS, Draft, invoice_event
from app.services.issuing import Heads, Issued, check_issue_date, issuable, issue, lock_heads
from app.services.once import Work
from app.services.order_events import order_event
from app.services.outcomes import ItemOutcome
from app.services.vat_jobs import ask_later

# What finalizing changes of an invoice's row.
_CHANGED: Final = (
    "version",
    "status",
    "payment_status",
    "series_id",
    "sequence_number",
    "number",
    "issue_date",
    "supply_date",
    "due_date",
    "snapshot",
    "content_hash",
    "previous_hash",
    "finalized_at",
    "finalized_by",
    "updated_at",
)
# What it changes where a draft is priced anew, or a payment comes with it: most have their amounts already.
_AMOUNTS: Final = (
    "allowances",
    "charges",
    "taxes",
    "mentions",
    "net_minor",
    "tax_minor",
    "gross_minor",
    "paid_minor",
    "due_minor",
)
_amounts_of: Final = attrgetter(*_AMOUNTS)
# Drafts that are worth a statement of their own, and statements that one batch takes at most.
_PART: Final = 8
_MOST_PARTS: Final = 4
_PENDING: Final = ("version", "status", "updated_at")
_ORDER: Final = ("status", "failure", "version", "updated_at")


@dataclass(slots=True)
class Asked:
    """A document to finalize, for whoever asks, with today's date or with `issue_date`.

    `attempted` is the hash that a transaction gave the document whose end is not known: its connection was lost.
    """

    invoice_id: str
    scope: Scope
    expected_total: Decimal | None = None
    expected_version: int | None = None
    attempted: str | None = None
    issue_date: date | None = None


@dataclass(slots=True)
class _Done:
    """What became of a draft: the row as finalized, and as it is stored once its order's payment is taken off."""

    draft: Draft
    actor: str
    finalized: InvoiceRow | None = None
    stored: InvoiceRow | None = None
    payment: PaymentRow | None = None
    order: OrderRow | None = None


async def finalize_in(work: Work, asked: Sequence[Asked], *, wait: bool = True) -> list[ItemOutcome[InvoiceRow]]:
    """Finalizes drafts inside the running transaction, in the order given, or where dates are named in the order of
    their dates; a failing one is alone in its failure.

    Its writes are deferred: `work.flush()` or `work.finish()` carries them out. A bounded number of statements,
    whatever the number of drafts. Without `wait`, a draft that another transaction has locked answers Contention; one
    that is asked for a second time always does.

    Many drafts are worked on in parts: while one part is computed, the database writes the one before.
    """
    rows = await loading.lock_invoices(work, sorted({item.invoice_id for item in asked}), wait=wait)
    parts = await loading.unpriced(work, list(rows.values()), lock_orders=True)
    places: Sequence[int] = range(len(asked))
    if any(item.issue_date is not None for item in asked):
        # A document of yesterday takes its number before those of today, whoever asked first.
        days = [_day(work, item, parts) for item in asked]
        places = sorted(places, key=days.__getitem__)
        asked = [asked[place] for place in places]
    batch = _Batch(work, asked, rows, parts, wait)
    await batch.read_references()
    await batch.lock_sales()
    locking = await work.session.ahead(batch.lock_heads())
    first, *others = _parts(len(asked), whole=work.session.dialect == "sqlite")
    batch.prepare(first)
    heads = await locking
    batch.issue(first, heads)
    for part in others:
        await work.write_ahead()
        batch.prepare(part)
        batch.issue(part, heads)
    await ask_later(work, batch.waiting)
    work.actor = work.scope.actor
    if isinstance(places, range):
        return [batch.outcomes[index] for index in places]
    ordered = sorted((place, index) for index, place in enumerate(places))
    return [replace(batch.outcomes[index], index=place) for place, index in ordered]


def _day(work: Work, item: Asked, parts: Mapping[str, Mapping[str, Any]]) -> date:
    if item.issue_date is not None:
        return item.issue_date
    found = parts.get(item.invoice_id)
    return numbering.local_issue_date(work.now, "UTC" if found is None else found["entity"].time_zone)


def _parts(count: int, *, whole: bool) -> list[range]:
    """The places of so many drafts in a few parts of equal size, or in one where they are few or SQLite's."""
    if whole or count < 2 * _PART:
        return [range(count)]
    parts = min(_MOST_PARTS, count // _PART)
    # Nothing is computed while the last part is written: it is half as large as the others.
    share = 2 * count / (2 * parts - 1)
    ends = [round(share * n) for n in range(1, parts)]
    return [range(start, end) for start, end in zip([0, *ends], [*ends, count], strict=True)]


class _Batch:
    """Drafts on their way through one transaction, by their places in what was asked."""

    def __init__(
        self,
        work: Work,
        asked: Sequence[Asked],
        rows: Mapping[str, InvoiceRow],
        parts: dict[str, dict[str, Any]],
        wait: bool,
    ) -> None:
        self._work = work
        self._asked = asked
        self._rows = rows
        self._parts = parts
        self._wait = wait
        self._drafts: dict[int, Draft] = {}
        self._taken: set[str] = set()
        self._marked: set[str] = set()
        self._references: set[tuple[str, str]] = set()
        self.outcomes: dict[int, ItemOutcome[InvoiceRow]] = {}
        # The buyers whose documents wait for an answer on their numbers.
        self.waiting: list[CustomerRow] = []
        # The dates that documents are to bear, and what is wrong with them; whoever asks for one first decides.
        self._dates: dict[str, date] = {}
        self._misdated: dict[str, InvoicingError] = {}
        self._sales = Sales()
        self._take_dates()

    def _take_dates(self) -> None:
        for item in self._asked:
            if item.issue_date is None or item.invoice_id in self._dates or item.invoice_id not in self._rows:
                continue
            self._dates[item.invoice_id] = item.issue_date
            try:
                check_issue_date(item.issue_date, self._parts[item.invoice_id]["entity"], self._work.now)
            except InvoicingError as error:
                self._misdated[item.invoice_id] = error

    async def read_references(self) -> None:
        """Reads which references of payments are taken among those that come with what is finalized."""
        orders = (self._parts[row.id]["order"] for row in self._rows.values())
        wanted = [(order.entity_id, order.payment_reference) for order in orders if order and order.payment_reference]
        self._references = await payments.taken_references(self._work, wanted)

    async def lock_sales(self) -> None:
        """Locks the counts of cross-border sales that the drafts could be added to."""
        drafts = [row for row in self._rows.values() if row.number is None and row.id not in self._misdated]
        self._sales = await eu_sales.lock(
            self._work, [eu_sales.of_stored(row, self._parts[row.id], self._day(row)) for row in drafts]
        )

    def _day(self, row: InvoiceRow) -> date:
        zone = self._parts[row.id]["entity"].time_zone
        return self._dates.get(row.id) or numbering.local_issue_date(self._work.now, zone)

    async def lock_heads(self) -> Heads:
        """Locks the series of all that may be finalized; to lock one in vain allocates nothing."""
        drafts = [row for row in self._rows.values() if row.number is None and row.id not in self._misdated]
        sellers = [(self._parts[row.id]["entity"], row) for row in drafts]
        return await lock_heads(self._work, sellers, self._sales, self._dates)

    def prepare(self, places: range) -> None:
        """Decides the taxes and totals of the drafts at these places."""
        for index in places:
            item = self._asked[index]
            try:
                row = _visible(item, self._rows, wait=self._wait)
                if _is_done(item, row):
                    self.outcomes[index] = ItemOutcome(index=index, value=row)
                    continue
                if row.id in self._taken:
                    # What becomes of it is not known yet: whoever asks second looks once it is.
                    raise Contention("this draft is being finalized")
                if row.id in self._misdated:
                    raise self._misdated[row.id]
                draft = _prepare(self._work, row, self._parts, item, self._dates.get(row.id), self._sales)
                self._take_reference(draft)
                self._drafts[index] = draft
                self._taken.add(row.id)
            except InvoicingError as error:
                self.outcomes[index] = ItemOutcome(index=index, error=error)

    def _take_reference(self, draft: Draft) -> None:
        """Raises AlreadyExists when the payment that comes with a draft has a reference that is taken."""
        order = draft.paid_order
        if order is None or order.payment_reference is None:
            return
        named = (draft.invoice.entity_id, order.payment_reference)
        if named in self._references:
            message = f"a payment with the reference {order.payment_reference!r} exists"
            raise AlreadyExists(message, field=("reference",))
        self._references.add(named)

    def issue(self, places: range, heads: Heads) -> None:
        """Numbers the drafts at these places; what becomes of them is deferred, and told."""
        work = self._work
        indexes = [index for index in places if index in self._drafts]
        actors = [self._asked[index].scope.actor for index in indexes]
        issued = issue(work, [self._drafts[index] for index in indexes], heads, actors, stored=True)
        done: list[tuple[int, _Done]] = []
        for index, actor, result in zip(indexes, actors, issued, strict=True):
            if result.error is not None:
                self.outcomes[index] = ItemOutcome(index=index, error=result.error)
            else:
                done.append((index, _conclude(work, result, actor)))
                if result.pending:
                    self.waiting.append(result.draft.customer)
                self._asked[index].attempted = None if result.invoice is None else result.invoice.content_hash
        items = [item for _, item in done]
        self._mark_orders(items)
        _defer(work, items, self._rows, self._parts)
        for index, concluded in done:
            self.outcomes[index] = ItemOutcome(index=index, value=_announce(work, concluded))
        self._sales.announce(work)

    def _mark_orders(self, done: Sequence[_Done]) -> None:
        """Marks the orders of finalized documents as invoiced, each once."""
        for item in done:
            order: OrderRow | None = self._parts[item.draft.invoice.id]["order"]
            if item.finalized is None or order is None or order.id in self._marked:
                continue
            if not document_type(item.finalized.type).is_tax_document:
                # An offer in an invoice's clothes does not invoice the order.
                continue
            self._marked.add(order.id)
            if order.status is not OrderStatus.INVOICED:
                item.order = changed(
                    order,
                    status=OrderStatus.INVOICED,
                    failure=None,
                    version=order.version + 1,
                    updated_at=self._work.now,
                )


def _visible(item: Asked, rows: Mapping[str, InvoiceRow], *, wait: bool) -> InvoiceRow:
    row = rows.get(item.invoice_id)
    if row is None and not wait:
        # It does not exist, or another transaction has it: only one that waits can tell.
        raise Contention("this draft is being changed")
    if row is None or item.scope.entity_id not in (None, row.entity_id):
        raise NotFound("no such invoice", field=("id",))
    return row


def _is_done(item: Asked, row: InvoiceRow) -> bool:
    """Whether an earlier attempt of this very request has committed after all, its acknowledgement lost."""
    return item.attempted is not None and (row.content_hash, row.finalized_by) == (item.attempted, item.scope.actor)


def _prepare(
    work: Work,
    row: InvoiceRow,
    parts: Mapping[str, Mapping[str, Any]],
    item: Asked,
    issue_date: date | None,
    sales: Sales,
) -> Draft:
    require(InvoiceAction.FINALIZE, row.status)
    check_version(row, item.expected_version)
    draft = loading.reprice(work, row, parts[row.id], issue_date, sales=sales)
    on = issue_date or numbering.local_issue_date(work.now, draft.entity.time_zone)
    return issuable(draft, on, item.expected_total)


def _conclude(work: Work, issued: Issued, actor: str) -> _Done:
    """The row to store: finalized, and paid when its order says so; or waiting for the answer on the VAT number."""
    before = issued.draft.invoice
    row = issued.invoice
    if row is None:
        if before.status is InvoiceStatus.PENDING:
            return _Done(issued.draft, actor)
        stored = changed(before, status=InvoiceStatus.PENDING, version=before.version + 1, updated_at=work.now)
        return _Done(issued.draft, actor, stored=stored)
    order = issued.draft.paid_order
    if order is None or row.due_minor <= 0:
        return _Done(issued.draft, actor, finalized=row, stored=row)
    payment = replace(payments.new_payment(work, row, payments.of_order(order, row.id)), created_by=actor)
    return _Done(issued.draft, actor, finalized=row, stored=payments.paid(row, payment, work.now), payment=payment)


def _defer(
    work: Work, done: Sequence[_Done], rows: Mapping[str, InvoiceRow], parts: Mapping[str, Mapping[str, Any]]
) -> None:
    finalized = [item for item in done if item.finalized is not None]
    waiting = [item for item in done if item.finalized is None and item.stored is not None]
    lines: list[InvoiceLineRow] = []
    for item in finalized:
        before = parts[item.draft.invoice.id]["lines"]
        # Only those whose amounts or decisions have changed since they were drafted.
        lines += [line for old, line in zip(before, item.draft.lines, strict=True) if line is not old]
    stored = [item.stored for item in finalized if item.stored is not None]
    columns: tuple[str, ...] = _CHANGED
    if any(_amounts_of(row) != _amounts_of(rows[row.id]) for row in stored):
        columns += _AMOUNTS
    # Documents in the sellers' own currencies need not write five columns that stay empty.
    if any(row.tax_currency is not None for row in stored):
        columns += tax_currency.COLUMNS
    work.defer(
        INVOICES.changing(columns, stored, versions=_versions(finalized)),
        INVOICE_LINES.changing(LINE_AMOUNTS, lines),
        ORDERS.changing(_ORDER, [item.order for item in finalized if item.order is not None]),
        PAYMENTS.inserting([item.payment for item in finalized if item.payment is not None]),
        LEDGER.inserting(
            ledger.of_finalized(
                work, [(item.finalized, item.payment, item.actor) for item in finalized if item.finalized]
            )
        ),
    )
    if waiting:
        pending = [item.stored for item in waiting if item.stored is not None]
        work.defer(INVOICES.changing(_PENDING, pending, versions=_versions(waiting)))


def _versions(done: Sequence[_Done]) -> list[int]:
    return [item.draft.invoice.version for item in done]


def _announce(work: Work, item: _Done) -> InvoiceRow:
    """Says what happened to a document, in the name of whoever asked for it; the row as it is stored."""
    work.actor = item.actor
    row = item.finalized
    if row is None:
        if item.stored is None:
            return item.draft.invoice
        work.emit(invoice_event(events.InvoicePending, item.stored), item.stored.entity_id)
        return item.stored
    work.emit(invoice_event(events.InvoiceFinalized, row), row.entity_id)
    if row.due_minor == 0:
        work.emit(invoice_event(events.InvoicePaid, row), row.entity_id)
    if item.order is not None:
        work.emit(order_event(events.OrderInvoiced, item.order), item.order.entity_id)
    if item.payment is not None and item.stored is not None:
        payments.announce(work, item.stored, item.payment)
    return item.stored or row
