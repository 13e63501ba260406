"""Orders as the marketplace reports them: alone, as a basket of many sellers, or in batches."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

from app.db.aggregates import CUSTOMERS, ENTITIES, INVOICES, ORDER_LINES, ORDERS
from app.db.rows import InvoiceRow, OrderRow
from app.db.where import All, Eq
from app.domain import events
from app.domain.errors import AlreadyExists, InvalidInput, InvalidState, InvoicingError, NotFound, VersionConflict
from app.domain.lifecycle import InvoiceStatus, OrderAction, OrderStatus, require_order
from app.domain.scope import Permission, Scope
from app.services import checks, drafts, finalize, payments, sharing
from app.services.context import MAX_BATCH, ServiceContext
from app.services.inputs import CartInput, CartLineInput, OrderInput, OrderUpdateInput
from app.services.once import Work, once
from app.services.order_batch import create_for, create_in, draft_of, invoices_now
from app.services.order_events import order_event
from app.services.order_lookup import Reported
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
    ctx: ServiceContext, scope: Scope, given: Sequence[OrderInput], *, keys: Sequence[str | None]
) -> list[ItemOutcome[OrderRow]]:
    """Stores up to MAX_BATCH orders in one transaction, each with its own outcome; idempotent by order id.

    An item with an idempotency key of its own is stored in a transaction of its own.
    """
    scope.require(Permission.ORDERS_WRITE)
    if not 1 <= len(given) <= MAX_BATCH:
        raise InvalidInput(f"give 1 to {MAX_BATCH} orders")
    outcomes: dict[int, ItemOutcome[OrderRow]] = {}
    for index, key in enumerate(keys):
        if key is not None:
            outcomes[index] = await _one_of_many(ctx, scope, index, given[index], key)
    rest = [index for index, key in enumerate(keys) if key is None]
    for index, outcome in zip(rest, await _batch(ctx, scope, [given[i] for i in rest]), strict=True):
        outcomes[index] = replace(outcome, index=index)
    return [outcomes[index] for index in range(len(given))]


async def _one_of_many(
    ctx: ServiceContext, scope: Scope, index: int, given: OrderInput, key: str | None = None
) -> ItemOutcome[OrderRow]:
    try:
        return ItemOutcome(index=index, value=await create(ctx, scope, given, key=key))
    except InvoicingError as error:
        return ItemOutcome(index=index, error=error)


async def _batch(ctx: ServiceContext, scope: Scope, given: Sequence[OrderInput]) -> list[ItemOutcome[OrderRow]]:
    """One transaction for all; when the database refuses it, halves, so that one order never keeps others out."""
    if not given:
        return []
    outcomes: list[ItemOutcome[OrderRow]] = []

    async def body(work: Work) -> str:
        outcomes[:] = await create_in(work, given)
        return ""

    try:
        await _again(lambda: once(ctx, scope, "ordersCreate", None, None, body))
    except (AlreadyExists, VersionConflict) as error:
        if len(given) == 1:
            return [ItemOutcome(index=0, error=error) if error.field else await _one_of_many(ctx, scope, 0, given[0])]
        middle = len(given) // 2
        return [*await _batch(ctx, scope, given[:middle]), *await _batch(ctx, scope, given[middle:])]
    return outcomes


async def create_cart(
    ctx: ServiceContext, scope: Scope, given: CartInput, *, key: str | None
) -> list[CartOutcome[OrderRow]]:
    """Splits a basket into one order per seller, each with its own outcome; idempotent by the basket's id."""
    scope.require(Permission.ORDERS_WRITE)
    shares = _shares(given)
    if not 1 <= len(shares) <= MAX_BATCH:
        raise InvalidInput(f"a basket holds lines of 1 to {MAX_BATCH} sellers", field=("lines",))
    results: list[ItemOutcome[OrderRow]] = []

    async def body(work: Work) -> str:
        results[:] = await create_in(work, [order for _, order in shares])
        return given.external_id

    _, repeated = await _again(lambda: once(ctx, scope, "cartCreate", key, given, body))
    if repeated:
        # By the orders' own ids the repetition finds what the first call stored.
        await _again(lambda: once(ctx, scope, "cartCreate", None, given, body))
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
    ctx: ServiceContext, scope: Scope, order_id: str, given: OrderUpdateInput, *, key: str | None
) -> OrderRow:
    """Tells that an order was paid, fulfilled or cancelled; by the seller's setting it is then invoiced.

    A failed order is tried again. Cancelling raises InvalidState once an invoice is finalized: that needs a credit.
    """
    scope.require(Permission.ORDERS_WRITE)

    async def body(work: Work) -> str:
        # Its invoice first: finalizing locks in this order too.
        await INVOICES.list(scope, work.session, Eq("order_id", order_id), order=(("id", False),), limit=1, lock=True)
        order = await ORDERS.get(scope, work.session, order_id, lock=True)
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


async def _invoice_of(work: Work, order: OrderRow) -> InvoiceRow | None:
    found = await INVOICES.list(
        work.scope, work.session, Eq("order_id", order.id), order=(("id", False),), limit=1, lock=True
    )
    return found[0] if found else None


async def _cancel(work: Work, order: OrderRow, given: OrderUpdateInput) -> None:
    require_order(OrderAction.CANCEL, order.status)
    invoice = await _invoice_of(work, order)
    if invoice is not None:
        if invoice.status not in (InvoiceStatus.DRAFT, InvoiceStatus.PENDING):
            raise InvalidState("this order is invoiced; its invoice is corrected by a credit note", field=("id",))
        await drafts.delete_in(work, invoice)
    await _change(work, order, {"status": OrderStatus.CANCELLED, "cancelled_at": given.cancelled_at, "failure": None})


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
    invoice = await _invoice_of(work, order)
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
        draft = draft_of(work, entity, customer, order, lines, actor=work.actor)
    except InvoicingError as error:
        return {"status": OrderStatus.FAILED, "failure": str(error)[:1000]}
    await drafts.store_new(work, draft)
    outcome = (await finalize.finalize_ids(work, [draft.invoice.id]))[0]
    if outcome.error is not None:
        await drafts.delete_in(work, draft.invoice)
        return {"status": OrderStatus.FAILED, "failure": str(outcome.error)[:1000]}
    return {}


async def _change(work: Work, order: OrderRow, news: dict[str, Any]) -> None:
    stored = await ORDERS.get(work.scope, work.session, order.id)
    current = stored or order
    changes = news | {"version": current.version + 1, "updated_at": work.now}
    await ORDERS.change(work.scope, work.session, order.id, changes)
    changed = replace(current, **changes)
    kind = events.OrderFailed if news.get("status") is OrderStatus.FAILED else events.OrderUpdated
    work.emit(order_event(kind, changed), order.entity_id)
