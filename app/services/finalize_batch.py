"""Stored drafts finalized in batches: any number of drafts of any sellers of one platform, in one transaction.

The order of the steps is the order of the locks: drafts, then their orders, then the series. Everything is read first,
in a bounded number of statements; each draft is decided in memory, where one that cannot be finalized falls out alone;
then numbers are given, and everything is written at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from app.db.aggregates import INVOICE_LINES, INVOICES, ORDERS, PAYMENTS
from app.db.records import changed
from app.db.rows import InvoiceLineRow, InvoiceRow, OrderRow, PaymentRow
from app.domain import events
from app.domain.errors import AlreadyExists, Contention, InvoicingError, NotFound
from app.domain.lifecycle import InvoiceAction, InvoiceStatus, OrderStatus, require
from app.domain.scope import Scope
from app.services import loading, payments
from app.services.invoice_rows import LINE_AMOUNTS, Draft, invoice_event
from app.services.issuing import Issued, check_issuable, issue
from app.services.once import Work
from app.services.order_events import order_event
from app.services.outcomes import ItemOutcome

# What finalizing, or the payment that comes with it, changes of an invoice's row.
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
    "allowances",
    "charges",
    "taxes",
    "mentions",
    "net_minor",
    "tax_minor",
    "gross_minor",
    "paid_minor",
    "due_minor",
    "snapshot",
    "content_hash",
    "previous_hash",
    "finalized_at",
    "finalized_by",
    "updated_at",
)
_PENDING: Final = ("version", "status", "updated_at")
_ORDER: Final = ("status", "failure", "version", "updated_at")


@dataclass(slots=True)
class Asked:
    """A document to finalize, for whoever asks.

    `attempted` is the hash that a transaction gave the document whose end is not known: its connection was lost.
    """

    invoice_id: str
    scope: Scope
    expected_total: Decimal | None = None
    attempted: str | None = None


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
    """Finalizes drafts inside the running transaction, in the order given; a failing one is alone in its failure.

    Its writes are deferred: `work.flush()` or `work.finish()` carries them out. A bounded number of statements,
    whatever the number of drafts. Without `wait`, a draft that another transaction has locked answers Contention.
    """
    rows = await loading.lock_invoices(work, sorted({item.invoice_id for item in asked}), wait=wait)
    parts = await loading.unpriced(work, list(rows.values()), lock_orders=True)
    outcomes: dict[int, ItemOutcome[InvoiceRow]] = {}
    drafts: list[tuple[int, Draft]] = []
    taken: set[str] = set()
    for index, item in enumerate(asked):
        try:
            row = _visible(item, rows, wait=wait)
            if _is_done(item, row):
                outcomes[index] = ItemOutcome(index=index, value=row)
                continue
            if row.id in taken:
                # Asked for twice in one transaction: the second finds it finalized.
                require(InvoiceAction.FINALIZE, InvoiceStatus.FINALIZED)
            drafts.append((index, _prepare(work, row, parts, item.expected_total)))
            taken.add(row.id)
        except InvoicingError as error:
            outcomes[index] = ItemOutcome(index=index, error=error)
    drafts = await _with_fresh_references(work, drafts, outcomes)
    actors = [asked[index].scope.actor for index, _ in drafts]
    issued = await issue(work, [draft for _, draft in drafts], actors)
    done: list[tuple[int, _Done]] = []
    for (index, _), actor, result in zip(drafts, actors, issued, strict=True):
        if result.error is not None:
            outcomes[index] = ItemOutcome(index=index, error=result.error)
        else:
            done.append((index, _conclude(work, result, actor)))
            asked[index].attempted = None if result.invoice is None else result.invoice.content_hash
    _mark_orders(work, [item for _, item in done], parts)
    _defer(work, [item for _, item in done], parts)
    for index, concluded in done:
        outcomes[index] = ItemOutcome(index=index, value=_announce(work, concluded))
    work.actor = work.scope.actor
    return [outcomes[index] for index in range(len(asked))]


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


def _prepare(work: Work, row: InvoiceRow, parts: Mapping[str, Mapping[str, Any]], expected: Decimal | None) -> Draft:
    require(InvoiceAction.FINALIZE, row.status)
    draft = loading.reprice(work, row, parts[row.id])
    check_issuable(draft, expected)
    return draft


async def _with_fresh_references(
    work: Work, drafts: Sequence[tuple[int, Draft]], outcomes: dict[int, ItemOutcome[InvoiceRow]]
) -> list[tuple[int, Draft]]:
    """The drafts whose order's payment can be recorded; the others answer that its reference is taken."""
    wanted = [
        (draft.invoice.entity_id, draft.paid_order.payment_reference)
        for _, draft in drafts
        if draft.paid_order is not None and draft.paid_order.payment_reference is not None
    ]
    taken = await payments.taken_references(work, wanted)
    kept = []
    for index, draft in drafts:
        reference = None if draft.paid_order is None else draft.paid_order.payment_reference
        if reference is not None and (draft.invoice.entity_id, reference) in taken:
            error = AlreadyExists(f"a payment with the reference {reference!r} exists", field=("reference",))
            outcomes[index] = ItemOutcome(index=index, error=error)
            continue
        if reference is not None:
            taken.add((draft.invoice.entity_id, reference))
        kept.append((index, draft))
    return kept


def _conclude(work: Work, issued: Issued, actor: str) -> _Done:
    """The row to store: finalized, and paid when its order says so; or waiting for the answer on the VAT number."""
    before = issued.draft.invoice
    row = None if issued.invoice is None else changed(issued.invoice, version=before.version + 1)
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


def _mark_orders(work: Work, done: Sequence[_Done], parts: Mapping[str, Mapping[str, Any]]) -> None:
    """Marks the orders of finalized documents as invoiced, each once."""
    marked: set[str] = set()
    for item in done:
        order: OrderRow | None = parts[item.draft.invoice.id]["order"]
        if item.finalized is None or order is None or order.id in marked:
            continue
        marked.add(order.id)
        if order.status is not OrderStatus.INVOICED:
            item.order = changed(
                order, status=OrderStatus.INVOICED, failure=None, version=order.version + 1, updated_at=work.now
            )


def _defer(work: Work, done: Sequence[_Done], parts: Mapping[str, Mapping[str, Any]]) -> None:
    finalized = [item for item in done if item.finalized is not None]
    waiting = [item for item in done if item.finalized is None and item.stored is not None]
    lines: list[InvoiceLineRow] = []
    for item in finalized:
        before = parts[item.draft.invoice.id]["lines"]
        # Only those whose amounts or decisions have changed since they were drafted.
        lines += [line for old, line in zip(before, item.draft.lines, strict=True) if line is not old]
    work.defer(
        INVOICES.changing(_CHANGED, [item.stored for item in finalized if item.stored], versions=_versions(finalized)),
        INVOICE_LINES.changing(LINE_AMOUNTS, lines),
        ORDERS.changing(_ORDER, [item.order for item in finalized if item.order is not None]),
        PAYMENTS.inserting([item.payment for item in finalized if item.payment is not None]),
    )
    if waiting:
        rows = [item.stored for item in waiting if item.stored is not None]
        work.defer(INVOICES.changing(_PENDING, rows, versions=_versions(waiting)))


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
