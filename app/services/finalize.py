"""Finalizing stored drafts: alone, or many at once with an outcome each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

from app.db.aggregates import INVOICES
from app.db.rows import InvoiceRow
from app.domain.errors import AlreadyExists, InvalidInput, InvalidState
from app.domain.lifecycle import InvoiceStatus
from app.domain.scope import Permission, Scope
from app.services import sharing, vat_checks
from app.services.context import MAX_BATCH, ServiceContext
from app.services.finalize_batch import Asked, finalize_in
from app.services.once import Work
from app.services.outcomes import ItemOutcome
from app.services.sharing import Request, request_of

_OPERATION: Final = "invoiceFinalize"
T = TypeVar("T")


async def finalize(
    ctx: ServiceContext,
    scope: Scope,
    invoice_id: str,
    *,
    expected_total: Decimal | None,
    key: str | None,
    expected_version: int | None = None,
    issue_date: date | None = None,
    asks: bool = False,
) -> InvoiceRow:
    """Numbers and freezes a draft, or marks it PENDING when it must wait for the answer on the buyer's VAT number.

    Concurrent calls of one platform share a transaction. They take turns by who asks: which seller a draft is of is
    not known before it is read, and it is the operator's bulk run that must not keep its sellers waiting. Raises
    NotFound, InvalidState when it is no draft or its series has a later date, TaxUndetermined, InvalidInput when the
    total is not the expected or the date has not come, VersionConflict when the version is not, Unavailable when too
    many are waiting.

    Without `issue_date` it bears today's date in the seller's time zone. With `asks`, a draft that waits only because
    the valid answer on its buyer's number is old waits for a new one here, for some seconds, and is then finalized.
    """
    scope.require(Permission.INVOICES_FINALIZE)
    asked = Asked(invoice_id, scope, expected_total, expected_version, issue_date=issue_date)
    # A version or a date makes another request, and none makes the one that it always was.
    further = {"version": expected_version, "issue_date": issue_date}
    told = {name: value for name, value in further.items() if value is not None}
    given = (invoice_id, expected_total, told) if told else (invoice_id, expected_total)
    request = request_of(scope, asked, _OPERATION, key, given)
    row = await _submit(ctx, scope, request)
    if asks and row.status is InvoiceStatus.PENDING and await vat_checks.settle(ctx, scope, row.customer_id):
        again = Asked(invoice_id, scope, issue_date=issue_date)
        try:
            return await _submit(ctx, scope, Request(scope, again, None))
        except InvalidState:
            # The job that the same answer released was faster.
            async with ctx.database.read(scope) as session:
                return await INVOICES.get(scope, session, invoice_id) or row
    return row


async def _submit(ctx: ServiceContext, scope: Scope, request: Request[Asked]) -> InvoiceRow:
    row: InvoiceRow = await _afresh(
        lambda: ctx.coalescer.submit(
            (scope.platform_id, _OPERATION),
            scope.entity_id or scope.actor,
            request,
            lambda batch: sharing.together(ctx, batch, _finalize, _finalized),
            lanes=2,
        )
    )
    return row


async def _afresh(attempt: Callable[[], Awaitable[T]]) -> T:
    """What an attempt gives, or a second one when the first met a number that was given at that very moment.

    That happens while a seller's format is being changed to one that would write the same numbers: a transaction that
    knew the old one cannot commit beside one that knows the new. Read anew, the seller has the new one.
    """
    try:
        return await attempt()
    except AlreadyExists as error:
        if error.field:
            raise
        return await attempt()


async def _finalize(work: Work, requests: Sequence[Request[Asked]]) -> list[ItemOutcome[InvoiceRow]]:
    # What another transaction holds is left to a transaction of its own, so that a batch waits for no one else's draft.
    return await finalize_in(work, [request.asked for request in requests], wait=len(requests) == 1)


async def _finalized(work: Work, ids: Sequence[str]) -> Mapping[str, InvoiceRow]:
    return await INVOICES.by_ids(work.scope, work.session, ids)


async def finalize_many(
    ctx: ServiceContext,
    scope: Scope,
    ids: Sequence[str],
    *,
    key: str | None,
    issue_dates: Sequence[date | None] | None = None,
) -> list[ItemOutcome[InvoiceRow]]:
    """Finalizes drafts in one transaction, each with its own outcome; at most MAX_BATCH.

    `issue_dates` are the dates they bear, draft by draft; they are numbered in the order of their dates, then in the
    order given. Repeated under the same key, what was finalized answers with its number, and what was not is tried
    again.
    """
    scope.require(Permission.INVOICES_FINALIZE)
    if not 1 <= len(ids) <= MAX_BATCH:
        raise InvalidInput(f"name 1 to {MAX_BATCH} invoices", field=("ids",))
    if len(set(ids)) != len(ids):
        raise InvalidInput("names an invoice twice", field=("ids",))
    if issue_dates is not None and len(issue_dates) != len(ids):
        raise InvalidInput(f"names {len(issue_dates)} dates for {len(ids)} invoices", field=("issueDates",))
    given: object = list(ids) if issue_dates is None else [list(ids), list(issue_dates)]
    call = sharing.claim_of(scope, "invoicesFinalize", key, given)
    dates = issue_dates or [None] * len(ids)
    asked = [Asked(invoice_id, scope, issue_date=day) for invoice_id, day in zip(ids, dates, strict=True)]
    requests = [Request(scope, one, None) for one in asked]
    return await _afresh(lambda: sharing.each(ctx, scope, requests, _finalize_all, _finalized, call=call))


async def _finalize_all(work: Work, requests: Sequence[Request[Asked]]) -> list[ItemOutcome[InvoiceRow]]:
    return await finalize_in(work, [request.asked for request in requests])


async def finalize_ids(work: Work, ids: Sequence[str]) -> list[ItemOutcome[InvoiceRow]]:
    """Finalizes drafts inside the running transaction for the one whose transaction it is."""
    outcomes = await finalize_in(work, [Asked(invoice_id, work.scope) for invoice_id in ids])
    await work.flush()
    return outcomes
