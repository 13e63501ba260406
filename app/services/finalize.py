"""Finalizing stored drafts: alone, or many at once with an outcome each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from app.db import idempotency
from app.db.aggregates import INVOICE_LINES, INVOICES, ORDERS
from app.db.idempotency import Claim
from app.db.rows import InvoiceRow, OrderRow
from app.domain import events
from app.domain.errors import InvalidInput, InvoicingError, NotFound
from app.domain.lifecycle import InvoiceAction, InvoiceStatus, OrderStatus, require
from app.domain.scope import Permission, Scope
from app.services import loading, payments
from app.services.context import MAX_BATCH, ServiceContext
from app.services.invoice_rows import Draft, invoice_event
from app.services.issuing import Issued, check_issuable, issue
from app.services.once import Work, check_key, fingerprint_input, once
from app.services.order_events import order_event
from app.services.outcomes import ItemOutcome

# What finalizing changes of an invoice's row.
_FROZEN: Final = (
    "id",
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
    "due_minor",
    "snapshot",
    "content_hash",
    "previous_hash",
    "finalized_at",
    "finalized_by",
    "updated_at",
)
_LINE_AMOUNTS: Final = ("id", "net_minor", "tax_minor", "gross_minor", "allowances", "charges", "decision")


@dataclass(frozen=True, slots=True)
class _Request:
    """One document to finalize: who asks, what total is expected, and what keeps it from being done twice."""

    scope: Scope
    invoice_id: str
    expected_total: Decimal | None
    claim: Claim | None


async def finalize(
    ctx: ServiceContext, scope: Scope, invoice_id: str, *, expected_total: Decimal | None, key: str | None
) -> InvoiceRow:
    """Numbers and freezes a draft, or marks it PENDING when it must wait for the answer on the buyer's VAT number.

    Concurrent calls of one platform share a transaction. Raises NotFound, InvalidState when it is no draft,
    TaxUndetermined, InvalidInput when the total is not the expected, Unavailable when too many are waiting.
    """
    scope.require(Permission.INVOICES_FINALIZE)
    check_key(key)
    claim = None
    if key is not None:
        fingerprint = fingerprint_input("invoiceFinalize", (invoice_id, expected_total))
        claim = Claim(actor=scope.actor, key=key, operation="invoiceFinalize", fingerprint=fingerprint)
    request = _Request(scope, invoice_id, expected_total, claim)
    row: InvoiceRow = await ctx.coalescer.submit(
        scope.platform_id, scope.entity_id or "", request, lambda batch: _finalize_batch(ctx, batch)
    )
    return row


async def _finalize_batch(ctx: ServiceContext, requests: Sequence[_Request]) -> list[InvoiceRow | InvoicingError]:
    """Each request's row or error; all of them in one transaction. Raises what makes the transaction fail whole."""
    first = requests[0].scope
    platform = Scope(platform_id=first.platform_id, mode=first.mode, actor=first.actor, permissions=first.permissions)
    answers: dict[int, InvoiceRow | InvoicingError] = {}
    async with ctx.database.transaction(platform) as session:
        work = Work(ctx, platform, session)
        claimed = [(index, request.claim) for index, request in enumerate(requests) if request.claim is not None]
        found = await idempotency.claim_many(platform, session, [claim for _, claim in claimed])
        repeated: dict[int, str] = {}
        for (index, _), answer in zip(claimed, found, strict=True):
            if isinstance(answer, InvoicingError):
                answers[index] = answer
            elif answer is not None:
                repeated[index] = str(answer.outcome["id"])
        todo = [index for index in range(len(requests)) if index not in answers and index not in repeated]
        asked = [_Asked(requests[i].invoice_id, requests[i].scope, requests[i].expected_total) for i in todo]
        outcomes = await finalize_in(work, asked)
        done: list[tuple[Claim, dict[str, object]]] = []
        for index, outcome in zip(todo, outcomes, strict=True):
            answers[index] = _answer(outcome)
            claim = requests[index].claim
            if claim is not None and outcome.value is not None:
                done.append((claim, {"id": outcome.value.id}))
        await work.append_events()
        await idempotency.remember_many(platform, session, done, work.now)
        rows = await INVOICES.by_ids(platform, session, list(repeated.values()))
        for index, invoice_id in repeated.items():
            answers[index] = rows.get(invoice_id) or NotFound("no such invoice", field=("id",))
    return [answers[index] for index in range(len(requests))]


def _answer(outcome: ItemOutcome[InvoiceRow]) -> InvoiceRow | InvoicingError:
    if outcome.error is not None:
        return outcome.error
    if outcome.value is None:
        raise RuntimeError("an outcome without a value has an error")
    return outcome.value


async def finalize_many(
    ctx: ServiceContext, scope: Scope, ids: Sequence[str], *, key: str | None
) -> list[ItemOutcome[InvoiceRow]]:
    """Finalizes drafts in one transaction, each with its own outcome; at most MAX_BATCH.

    Repeating it is harmless: what is finalized already answers with its number.
    """
    scope.require(Permission.INVOICES_FINALIZE)
    if not 1 <= len(ids) <= MAX_BATCH:
        raise InvalidInput(f"name 1 to {MAX_BATCH} invoices", field=("ids",))
    if len(set(ids)) != len(ids):
        raise InvalidInput("names an invoice twice", field=("ids",))
    outcomes: list[ItemOutcome[InvoiceRow]] = []

    async def body(work: Work) -> str:
        outcomes.extend(await finalize_ids(work, ids))
        return ids[0]

    _, repeated = await once(ctx, scope, "invoicesFinalize", key, list(ids), body)
    if not repeated:
        return outcomes
    async with ctx.database.read(scope) as session:
        rows = await INVOICES.by_ids(scope, session, ids)
    return [_repeated(index, rows.get(invoice_id)) for index, invoice_id in enumerate(ids)]


def _repeated(index: int, row: InvoiceRow | None) -> ItemOutcome[InvoiceRow]:
    if row is None:
        return ItemOutcome(index=index, error=NotFound("no such invoice", field=("ids", index)))
    return ItemOutcome(index=index, value=row, repeated=True)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A document to finalize in the running transaction, for whoever asks."""

    invoice_id: str
    scope: Scope
    expected_total: Decimal | None = None


async def finalize_ids(work: Work, ids: Sequence[str]) -> list[ItemOutcome[InvoiceRow]]:
    """Finalizes drafts inside the running transaction for the one whose transaction it is."""
    return await finalize_in(work, [_Asked(invoice_id, work.scope) for invoice_id in ids])


async def finalize_in(work: Work, asked: Sequence[_Asked]) -> list[ItemOutcome[InvoiceRow]]:
    """Finalizes drafts inside the running transaction, in the order given; a failing one is alone in its failure.

    A bounded number of statements, whatever the number of drafts.
    """
    rows = await loading.lock_invoices(work, sorted({item.invoice_id for item in asked}))
    parts = await loading.unpriced(work, list(rows.values()))
    outcomes: dict[int, ItemOutcome[InvoiceRow]] = {}
    drafts: list[tuple[int, Draft]] = []
    taken: set[str] = set()
    for index, item in enumerate(asked):
        try:
            row = _visible(item, rows)
            if row.id in taken:
                # Asked for twice in one transaction: the second finds it finalized.
                require(InvoiceAction.FINALIZE, InvoiceStatus.FINALIZED)
            drafts.append((index, _prepare(work, row, parts, item.expected_total)))
            taken.add(row.id)
        except InvoicingError as error:
            outcomes[index] = ItemOutcome(index=index, error=error)
    issued = await issue(work, [draft for _, draft in drafts])
    stored: list[tuple[int, Issued]] = []
    for (index, _), result in zip(drafts, issued, strict=True):
        if result.error is not None:
            outcomes[index] = ItemOutcome(index=index, error=result.error)
            continue
        invoice = result.invoice
        if invoice is not None:
            version = result.draft.invoice.version + 1
            invoice = replace(invoice, finalized_by=asked[index].scope.actor, version=version)
        stored.append((index, replace(result, invoice=invoice)))
    finalized = [result for _, result in stored if result.invoice is not None]
    await _store(work, finalized, parts)
    orders = await _mark_orders(work, [result.invoice for result in finalized if result.invoice is not None])
    for index, result in stored:
        work.actor = asked[index].scope.actor
        value = await _announce(work, result, orders)
        outcomes[index] = ItemOutcome(index=index, value=value)
    work.actor = work.scope.actor
    return [outcomes[index] for index in range(len(asked))]


def _visible(item: _Asked, rows: Mapping[str, InvoiceRow]) -> InvoiceRow:
    row = rows.get(item.invoice_id)
    if row is None or item.scope.entity_id not in (None, row.entity_id):
        raise NotFound("no such invoice", field=("id",))
    return row


def _prepare(work: Work, row: InvoiceRow, parts: Mapping[str, Mapping[str, Any]], expected: Decimal | None) -> Draft:
    require(InvoiceAction.FINALIZE, row.status)
    draft = loading.reprice(work, row, parts[row.id])
    check_issuable(draft, expected)
    return draft


async def _store(work: Work, finalized: Sequence[Issued], parts: Mapping[str, Mapping[str, Any]]) -> None:
    """Writes the frozen documents and those of their lines whose amounts or decisions have changed."""
    invoices, versions, lines = [], [], []
    for result in finalized:
        if result.invoice is None:
            continue
        invoices.append({name: getattr(result.invoice, name) for name in _FROZEN})
        versions.append(result.draft.invoice.version)
        for before, line in zip(parts[result.invoice.id]["lines"], result.draft.lines, strict=True):
            if line != before:
                lines.append({name: getattr(line, name) for name in _LINE_AMOUNTS})
    await INVOICES.change_many(work.scope, work.session, invoices, versions=versions)
    await INVOICE_LINES.change_many(work.scope, work.session, lines)


async def _mark_orders(work: Work, invoices: Sequence[InvoiceRow]) -> dict[str, OrderRow]:
    """Marks the orders of these invoices as invoiced; those that were not yet, by id."""
    ids = [invoice.order_id for invoice in invoices if invoice.order_id is not None]
    found = await ORDERS.by_ids(work.scope, work.session, ids, lock=True)
    marked = {
        order.id: replace(
            order, status=OrderStatus.INVOICED, failure=None, version=order.version + 1, updated_at=work.now
        )
        for order in found.values()
        if order.status is not OrderStatus.INVOICED
    }
    names = ("id", "status", "failure", "version", "updated_at")
    rows = [{name: getattr(order, name) for name in names} for order in marked.values()]
    await ORDERS.change_many(work.scope, work.session, rows)
    return marked


async def _announce(work: Work, issued: Issued, orders: Mapping[str, OrderRow]) -> InvoiceRow:
    """Says what happened to a document, and takes off it what its order says was paid."""
    row = issued.invoice
    if row is None:
        return await _store_pending(work, issued.draft.invoice)
    work.emit(invoice_event(events.InvoiceFinalized, row), row.entity_id)
    if row.due_minor == 0:
        work.emit(invoice_event(events.InvoicePaid, row), row.entity_id)
    order = orders.get(row.order_id or "")
    if order is not None:
        work.emit(order_event(events.OrderInvoiced, order), order.entity_id)
    paid_order = issued.draft.paid_order
    if paid_order is not None and row.due_minor > 0:
        row, _ = await payments.record_in(work, row, payments.of_order(paid_order, row.id))
    return row


async def _store_pending(work: Work, before: InvoiceRow) -> InvoiceRow:
    if before.status is InvoiceStatus.PENDING:
        return before
    row = replace(before, status=InvoiceStatus.PENDING, version=before.version + 1, updated_at=work.now)
    columns = {"status": row.status, "version": row.version, "updated_at": row.updated_at}
    await INVOICES.change(work.scope, work.session, row.id, columns, version=before.version)
    work.emit(invoice_event(events.InvoicePending, row), row.entity_id)
    return row
