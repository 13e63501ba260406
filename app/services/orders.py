"""Orders as the marketplace reports them: alone, as a basket of many sellers, or in batches."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

from app.db.aggregates import CUSTOMERS, ENTITIES, ORDER_LINES, ORDERS
from app.db.idempotency import Claim
from app.db.rows import OrderRow
from app.db.where import All, Eq
from app.domain import events
from app.domain.errors import AlreadyExists, InvalidInput, InvalidState, InvoicingError, NotFound, VersionConflict
from app.domain.lifecycle import InvoiceStatus, OrderAction, OrderStatus, require_order
from app.domain.scope import Permission, Scope
from app.services import checks, drafts, eu_sales, finalize, loading, payments, sharing
from app.services.context import MAX_BATCH, ServiceContext
from app.services.inputs import CartInput, CartLineInput, OrderInput, OrderUpdateInput
from app.services.once import Work, once
from app.services.order_batch import create_for, draft_of, invoices_now
from app.services.order_events import order_event
from app.services.order_lookup import Reported, id_of
from app.services.outcomes import CartOutcome, ItemOutcome
from app.services.sharing import Request, request_of

T = TypeVar("T")

# Two requests that report the same new order at once: the second finds what the first stored.
_ATTEMPTS: Final = 3
_CREATE: Final = "orderCreate"


async def create(ctx: ServiceContext, scope: Scope, given: OrderInput, *, key: str | None) -> OrderRow:
    """Stores one order of one seller, invoiced at once when the seller's setting says so.

    Concurrent calls of one platform share a transaction, its sellers taking turns. Idempotent by the marketplace's
    order id: the same order again answers the stored one; other content raises AlreadyExists. An order that cannot be
    invoiced is kept, FAILED with the reason. Raises Unavailable when too many are waiting.
    """
    scope.require(Permission.ORDERS_WRITE)
    request = request_of(scope, Reported(scope, given), _CREATE, key, given)
    row: OrderRow = await ctx.coalescer.submit(
        (scope.platform_id, _CREATE),
        given.entity_id or given.entity_external_id or scope.entity_id or scope.actor,
        request,
        lambda batch: _again(lambda: sharing.together(ctx, batch, _create, _created)),
    )
    return row


async def _create(work: Work, requests: Sequence[Request[Reported]]) -> list[ItemOutcome[OrderRow]]:
    return await create_for(work, [request.asked for request in requests])


async def _created(work: Work, ids: Sequence[str]) -> Mapping[str, OrderRow]:
    return await ORDERS.by_ids(work.scope, work.session, ids)


async def _again(work: Callable[[], Awaitable[T]]) -> T:
    """Runs a use case anew when another one has just stored the same order or buyer; then it is found."""
    for _ in range(_ATTEMPTS - 1):
        try:
            return await work()
        except (AlreadyExists, VersionConflict) as error:
            # With a field it is the caller's contradiction; without one, the database spoke.
            if error.field:
                raise
    return await work()


async def create_many(
    ctx: ServiceContext, scope: Scope, given: Sequence[OrderInput], *, keys: Sequence[str | None], key: str | None
) -> list[ItemOutcome[OrderRow]]:
    """Stores up to MAX_BATCH orders in one transaction, each with its own outcome; idempotent by order id.

    `key` is the call's idempotency key, `keys` those of the orders, which are the same as with `create`.
    """
    scope.require(Permission.ORDERS_WRITE)
    if not 1 <= len(given) <= MAX_BATCH:
        raise InvalidInput(f"give 1 to {MAX_BATCH} orders")
    call = sharing.claim_of(scope, "ordersCreate", key, given)
    outcomes: dict[int, ItemOutcome[OrderRow]] = {}
    requests: dict[int, Request[Reported]] = {}
    for index, (order, own) in enumerate(zip(given, keys, strict=True)):
        try:
            requests[index] = request_of(scope, Reported(scope, order), _CREATE, own, order)
        except InvalidInput as error:
            outcomes[index] = ItemOutcome(index=index, error=error)
    stored = await _batch(ctx, scope, call, list(requests.values()))
    for index, outcome in zip(requests, stored, strict=True):
        outcomes[index] = replace(outcome, index=index)
    return [outcomes[index] for index in range(len(given))]


async def _batch(
    ctx: ServiceContext, scope: Scope, call: Claim | None, requests: Sequence[Request[Reported]], first: int = 0
) -> list[ItemOutcome[OrderRow]]:
    """One transaction for all; when the database refuses it, halves, so that one order never keeps others out.

    What a second half does is not remembered under the call's key: repeated, its orders are found by their own ids.
    """
    if not requests:
        return []
    try:
        return await _again(
            lambda: sharing.each(ctx, scope, requests, _create, _created, call=call, first=first),
        )
    except (AlreadyExists, VersionConflict) as error:
        if len(requests) == 1:
            return [ItemOutcome(index=0, error=error)]
        middle = len(requests) // 2
        return [
            *await _batch(ctx, scope, call, requests[:middle], first),
            *await _batch(ctx, scope, call, requests[middle:], first + middle),
        ]


async def create_cart(
    ctx: ServiceContext, scope: Scope, given: CartInput, *, key: str | None
) -> list[CartOutcome[OrderRow]]:
    """Splits a basket into one order per seller, each with its own outcome; idempotent by the basket's id."""
    scope.require(Permission.ORDERS_WRITE)
    shares = _shares(given)
    if not 1 <= len(shares) <= MAX_BATCH:
        raise InvalidInput(f"a basket holds lines of 1 to {MAX_BATCH} sellers", field=("lines",))
    call = sharing.claim_of(scope, "cartCreate", key, given)
    requests = [Request(scope, Reported(scope, order), None) for _, order in shares]
    results = await _batch(ctx, scope, call, requests)
    return [
        CartOutcome(
            entity_id=line.entity_id,
            entity_external_id=line.entity_external_id,
            value=result.value,
            error=result.error,
        )
        for (line, _), result in zip(shares, results, strict=True)
    ]


def _shares(given: CartInput) -> list[tuple[CartLineInput, OrderInput]]:
    """One order per seller, in the order in which the sellers first appear."""
    by_seller: dict[tuple[str | None, str | None], list[CartLineInput]] = {}
    for line in given.lines:
        by_seller.setdefault((line.entity_id, line.entity_external_id), []).append(line)
    return [
        (
            lines[0],
            OrderInput(
                external_id=given.external_id,
                cart_id=given.external_id,
                entity_id=entity_id,
                entity_external_id=entity_external_id,
                placed_at=given.placed_at,
                customer=given.customer,
                lines=[line.line for line in lines],
                currency=given.currency,
                prices_include_tax=given.prices_include_tax,
                ship_to=given.ship_to,
                paid_at=given.paid_at,
                payment_method=given.payment_method,
                # One payment of the buyer pays many sellers; a reference is unique per seller, so it may repeat.
                payment_reference=given.payment_reference,
            ),
        )
        for (entity_id, entity_external_id), lines in by_seller.items()
    ]


async def update(
    ctx: ServiceContext, scope: Scope, order_id: str | None, given: OrderUpdateInput, *, key: str | None
) -> OrderRow:
    """Tells that an order was paid, fulfilled or cancelled; by the seller's setting it is then invoiced.

    It is named by its id, or by the marketplace's id and its seller.
    A failed order is tried again. Cancelling raises InvalidState once an invoice is finalized: that needs a credit.
    """
    scope.require(Permission.ORDERS_WRITE)

    async def body(work: Work) -> str:
        found = await id_of(work, order_id, given)
        # Its invoice first: finalizing locks in this order too.
        await loading.invoice_of_order(work, found, lock=True)
        order = await ORDERS.get(scope, work.session, found, lock=True)
        if order is None:
            raise NotFound("no such order", field=("id",))
        if given.cancelled_at is not None:
            await _cancel(work, order, given)
        else:
            await _progress(work, order, given)
        return order.id

    done = await once(ctx, scope, "orderUpdate", key, (order_id, given), body)
    return await _after(ctx, scope, done[0])


async def _after(ctx: ServiceContext, scope: Scope, order_id: str) -> OrderRow:
    async with ctx.database.read(scope) as session:
        row = await ORDERS.get(scope, session, order_id)
    if row is None:
        raise NotFound("no such order", field=("id",))
    return row


async def _cancel(work: Work, order: OrderRow, given: OrderUpdateInput) -> None:
    require_order(OrderAction.CANCEL, order.status)
    invoice = await loading.invoice_of_order(work, order.id, lock=True)
    if invoice is not None:
        if invoice.status not in (InvoiceStatus.DRAFT, InvoiceStatus.PENDING):
            message = "this order is invoiced; orderCancel cancels it with a credit note"
            raise InvalidState(message, field=("id",))
        await drafts.delete_known(work, invoice)
    news = {"status": OrderStatus.CANCELLED, "cancelled_at": given.cancelled_at, "failure": None}
    cancelled = await _change(work, order, news)
    work.emit(order_event(events.OrderCancelled, cancelled, credit_note_id=None, reason=None), order.entity_id)


async def _progress(work: Work, order: OrderRow, given: OrderUpdateInput) -> None:
    require_order(OrderAction.PROGRESS, order.status)
    news: dict[str, Any] = {}
    for name in ("paid_at", "fulfilled_at"):
        value = getattr(given, name)
        if value is not None and getattr(order, name) is None:
            news[name] = value
    if "paid_at" in news:
        news |= {
            "payment_method": checks.optional_text(given.payment_method, ("paymentMethod",), 40),
            "payment_reference": checks.optional_text(given.payment_reference, ("paymentReference",), 200),
        }
    current = replace(order, **news)
    entity = (await ENTITIES.by_ids(work.scope, work.session, [order.entity_id]))[order.entity_id]
    invoice = await loading.invoice_of_order(work, order.id, lock=True)
    if news:
        await _change(work, order, news)
    if invoice is not None:
        if "paid_at" in news and invoice.number is not None and invoice.due_minor > 0:
            await payments.record_in(work, invoice, payments.of_order(current, invoice.id))
    elif invoices_now(entity, current) or order.status is OrderStatus.FAILED:
        outcome = await _invoice(work, current)
        if outcome:
            await _change(work, current, outcome)


async def _invoice(work: Work, order: OrderRow) -> dict[str, Any]:
    """Drafts and finalizes an order's invoice, with its payment when it was paid; what a failure makes of the order."""
    scope, session = work.scope, work.session
    entity = (await ENTITIES.by_ids(scope, session, [order.entity_id]))[order.entity_id]
    customer = (await CUSTOMERS.by_ids(scope, session, [order.customer_id]))[order.customer_id]
    lines = await ORDER_LINES.list(
        scope,
        session,
        All((Eq("entity_id", order.entity_id), Eq("order_id", order.id))),
        order=(("position", False),),
        limit=work.ctx.max_lines,
    )
    try:
        # What was refunded whole before it was invoiced has no quantity left.
        billed = [line for line in lines if line.quantity]
        # Finalizing locks the count, and prices anew.
        candidate = eu_sales.of_order(entity, customer, order, billed, work.now)
        sales = await eu_sales.known(scope, session, [candidate])
        draft = draft_of(work, entity, customer, order, billed, sales, actor=work.actor)
    except InvoicingError as error:
        return {"status": OrderStatus.FAILED, "failure": str(error)[:1000]}
    await drafts.store_new(work, draft)
    outcome = (await finalize.finalize_ids(work, [draft.invoice.id]))[0]
    if outcome.error is not None:
        await drafts.delete_in(work, draft.invoice)
        return {"status": OrderStatus.FAILED, "failure": str(outcome.error)[:1000]}
    return {}


async def _change(work: Work, order: OrderRow, news: dict[str, Any]) -> OrderRow:
    stored = await ORDERS.get(work.scope, work.session, order.id)
    current = stored or order
    changes = news | {"version": current.version + 1, "updated_at": work.now}
    await ORDERS.change(work.scope, work.session, order.id, changes)
    changed = replace(current, **changes)
    kind = events.OrderFailed if news.get("status") is OrderStatus.FAILED else events.OrderUpdated
    work.emit(order_event(kind, changed), order.entity_id)
    return changed
