"""Orders in batches: any number of orders of any sellers of one platform, in one transaction, an outcome each.

A single order is a batch of one. Everything is read first, in a bounded number of statements; every order is checked
and priced in memory, where a bad one falls out alone; then series are locked, numbers given, and all rows inserted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from app.db.aggregates import CUSTOMERS, ENTITIES, INVOICE_LINES, INVOICES, ORDER_LINES, ORDERS, PAYMENTS
from app.db.rows import CustomerRow, EntityRow, InvoiceLineRow, InvoiceRow, OrderLineRow, OrderRow, PaymentRow
from app.db.where import All, OneOf
from app.domain import events
from app.domain.errors import AlreadyExists, InvalidInput, InvalidState, InvoicingError, NotFound
from app.domain.identity import IdPrefix, new_id
from app.domain.lifecycle import InvoiceStatus, OrderStatus
from app.domain.parties import AutoInvoice, EntityStatus
from app.services import checks, customers, payments, taxation
from app.services import lines as line_checks
from app.services.drafts import content_of_order
from app.services.inputs import UNSET, LineInput, OrderInput
from app.services.invoice_rows import Draft, invoice_event, new_draft, price_content
from app.services.issuing import Issued, check_issuable, issue
from app.services.once import Work, fingerprint_input
from app.services.order_events import order_event
from app.services.outcomes import ItemOutcome

_LIMIT: Final = 100_000


@dataclass(slots=True, kw_only=True)
class _Item:
    """One order of the batch on its way."""

    index: int
    given: OrderInput
    entity: EntityRow
    fingerprint: str
    customer: CustomerRow
    customer_is_new: bool
    customer_changes: Mapping[str, Any] | None
    order: OrderRow
    lines: tuple[OrderLineRow, ...]
    draft: Draft | None = None
    issued: Issued | None = None
    invoice: InvoiceRow | None = None
    payment: PaymentRow | None = None


@dataclass(slots=True, kw_only=True)
class _Known:
    """What the database already knows of the things the batch names."""

    entities: Mapping[str, EntityRow]
    entities_by_external_id: Mapping[str, EntityRow]
    customers: Mapping[str, CustomerRow]
    # Grows as the batch itself makes customers, so that two orders of one new buyer share it.
    customers_by_external_id: dict[tuple[str, str], CustomerRow]
    orders: dict[tuple[str, str], OrderRow] = field(default_factory=dict)


async def create_in(work: Work, given: Sequence[OrderInput]) -> list[ItemOutcome[OrderRow]]:
    """Stores the orders inside the running transaction and invoices those whose seller wants that at once."""
    known = await _look_up(work, given)
    outcomes: dict[int, ItemOutcome[OrderRow]] = {}
    items: list[_Item] = []
    for index, order in enumerate(given):
        try:
            item = _check(work, index, order, known)
        except InvoicingError as error:
            outcomes[index] = ItemOutcome(index=index, error=error)
            continue
        if isinstance(item, OrderRow):
            outcomes[index] = ItemOutcome(index=index, value=item, repeated=True)
        else:
            items.append(item)
    for item in items:
        _draft(work, item)
    await _issue(work, items)
    for item in items:
        _settle(work, item)
    await _store(work, items)
    for item in items:
        _announce(work, item)
        outcomes[item.index] = ItemOutcome(index=item.index, value=item.order)
    made = {item.order.id: item.order for item in items}
    for index, outcome in outcomes.items():
        # An order that the batch itself names twice is answered as the first one left it.
        if outcome.repeated and outcome.value is not None and outcome.value.id in made:
            outcomes[index] = replace(outcome, value=made[outcome.value.id])
    return [outcomes[index] for index in range(len(given))]


async def _look_up(work: Work, given: Sequence[OrderInput]) -> _Known:
    scope, session = work.scope, work.session
    entity_ids = {order.entity_id for order in given if order.entity_id} | {scope.entity_id}
    external_ids = sorted({order.entity_external_id for order in given if order.entity_external_id})
    entities = await ENTITIES.by_ids(scope, session, sorted(entity_id for entity_id in entity_ids if entity_id))
    by_external_id = {}
    if external_ids:
        found = await ENTITIES.list(scope, session, OneOf("external_id", external_ids), limit=_LIMIT)
        by_external_id = {str(row.external_id): row for row in found}
    customer_ids = sorted({order.customer_id for order in given if order.customer_id})
    buyer_ids = sorted(
        {
            order.customer.external_id
            for order in given
            if order.customer is not None and order.customer.external_id is not UNSET and order.customer.external_id
        }
    )
    buyers = await CUSTOMERS.by_ids(scope, session, customer_ids)
    sellers = sorted({row.id for row in (*entities.values(), *by_external_id.values())})
    named = []
    if buyer_ids and sellers:
        where = All((OneOf("entity_id", sellers), OneOf("external_id", buyer_ids)))
        named = await CUSTOMERS.list(scope, session, where, limit=_LIMIT)
    orders = []
    if sellers:
        order_ids = sorted({order.external_id for order in given})
        where = All((OneOf("entity_id", sellers), OneOf("external_id", order_ids)))
        orders = await ORDERS.list(scope, session, where, limit=_LIMIT)
    return _Known(
        entities=entities,
        entities_by_external_id=by_external_id,
        customers=buyers,
        customers_by_external_id={(row.entity_id, str(row.external_id)): row for row in named},
        orders={(row.entity_id, row.external_id): row for row in orders},
    )


def _check(work: Work, index: int, given: OrderInput, known: _Known) -> _Item | OrderRow:
    """The order checked and as rows; or the stored one when it was reported before with the same content."""
    entity = _entity(work, given, known)
    external_id = checks.text(given.external_id, ("externalId",), 200)
    fingerprint = fingerprint_input("order", given)
    existing = known.orders.get((entity.id, external_id))
    if existing is not None:
        if existing.fingerprint != fingerprint:
            message = f"the order {external_id!r} exists with other content; change it with orderUpdate"
            raise AlreadyExists(message, field=("externalId",))
        return existing
    if entity.status is EntityStatus.ARCHIVED:
        raise InvalidState("this entity is archived; it takes no orders", field=("entityId",))
    order_lines = line_checks.check_lines(given.lines, max_lines=work.ctx.max_lines)
    customer, is_new, changes = _customer(work, given, entity, known)
    order = _order_row(work, given, entity, customer, external_id, fingerprint, order_lines)
    known.orders[entity.id, external_id] = order
    return _Item(
        index=index,
        given=given,
        entity=entity,
        fingerprint=fingerprint,
        customer=customer,
        customer_is_new=is_new,
        customer_changes=changes,
        order=order,
        lines=_line_rows(order, order_lines),
    )


def _entity(work: Work, given: OrderInput, known: _Known) -> EntityRow:
    if given.entity_id is not None:
        row, name = known.entities.get(given.entity_id), "entityId"
    elif given.entity_external_id is not None:
        row, name = known.entities_by_external_id.get(given.entity_external_id), "entityExternalId"
    elif work.scope.entity_id is not None:
        row, name = known.entities.get(work.scope.entity_id), "entityId"
    else:
        raise InvalidInput("name the seller by entityId or entityExternalId", field=("entityId",))
    if row is None:
        raise NotFound("no such entity", field=(name,))
    return row


def _customer(
    work: Work, given: OrderInput, entity: EntityRow, known: _Known
) -> tuple[CustomerRow, bool, Mapping[str, Any] | None]:
    """The buyer, whether it is new, and what the order changes of a known one."""
    if (given.customer_id is None) == (given.customer is None):
        raise InvalidInput("name the buyer by customerId or give it as customer", field=("customer",))
    if given.customer is None:
        row = known.customers.get(given.customer_id or "")
        if row is None or row.entity_id != entity.id:
            raise NotFound("no such customer of this entity", field=("customerId",))
        return row, False, None
    try:
        fresh = customers.new_row(work, entity, given.customer)
        if fresh.external_id is None:
            return fresh, True, None
        key = (entity.id, fresh.external_id)
        existing = known.customers_by_external_id.get(key)
        if existing is None:
            known.customers_by_external_id[key] = fresh
            return fresh, True, None
        columns = customers.columns_of(given.customer, country=existing.country)
        changes = customers.differences(existing, columns)
        changed = replace(existing, **changes)
        known.customers_by_external_id[key] = changed
        return changed, False, changes or None
    except InvalidInput as error:
        raise error.under("customer") from None


def _order_row(
    work: Work,
    given: OrderInput,
    entity: EntityRow,
    customer: CustomerRow,
    external_id: str,
    fingerprint: str,
    order_lines: tuple[LineInput, ...],
) -> OrderRow:
    currency = entity.currency if given.currency is None else checks.currency(given.currency, ("currency",))
    allowances = line_checks.check_allowances(given.allowances, ("allowances",))
    charges = line_checks.check_allowances(given.charges, ("charges",))
    ship_to = line_checks.check_ship_to(given.ship_to)
    return OrderRow(
        platform_id=work.scope.platform_id,
        id=new_id(IdPrefix.ORDER),
        entity_id=entity.id,
        customer_id=customer.id,
        external_id=external_id,
        cart_id=checks.optional_text(given.cart_id, ("cartId",), 200),
        status=OrderStatus.PROCESSING,
        placed_at=given.placed_at,
        paid_at=given.paid_at,
        fulfilled_at=given.fulfilled_at,
        cancelled_at=None,
        payment_method=checks.optional_text(given.payment_method, ("paymentMethod",), 40),
        payment_reference=checks.optional_text(given.payment_reference, ("paymentReference",), 200),
        currency=currency,
        prices_include_tax=entity.prices_include_tax if given.prices_include_tax is None else given.prices_include_tax,
        total_minor=taxation.entered_total(
            currency=currency, lines=order_lines, allowances=allowances, charges=charges
        ),
        allowances=taxation.allowances_to_json(allowances),
        charges=taxation.allowances_to_json(charges),
        ship_to_country=None if ship_to is None else ship_to.country,
        ship_to_region=None if ship_to is None else ship_to.region,
        ship_to_postcode=None if ship_to is None else ship_to.postcode,
        failure=None,
        fingerprint=fingerprint,
        version=1,
        created_at=work.now,
        updated_at=work.now,
    )


def _line_rows(order: OrderRow, order_lines: Sequence[LineInput]) -> tuple[OrderLineRow, ...]:
    return tuple(
        OrderLineRow(
            platform_id=order.platform_id,
            id=new_id(IdPrefix.ORDER_LINE),
            entity_id=order.entity_id,
            order_id=order.id,
            position=position,
            external_id=line.external_id,
            sku=line.sku,
            description=line.description,
            quantity=line.quantity,
            unit=line.unit,
            unit_price=line.unit_price,
            supply=taxation.supply_to_json(line.supply),
            tax_class=line.tax_class,
            allowances=taxation.allowances_to_json(line.allowances),
            charges=taxation.allowances_to_json(line.charges),
        )
        for position, line in enumerate(order_lines, 1)
    )


def invoices_now(entity: EntityRow, order: OrderRow) -> bool:
    """Whether the seller's setting says that this order is to be invoiced by what is known of it."""
    match entity.auto_invoice:
        case AutoInvoice.ON_ORDER:
            return True
        case AutoInvoice.ON_PAYMENT:
            return order.paid_at is not None
        case AutoInvoice.ON_FULFILMENT:
            return order.fulfilled_at is not None
        case AutoInvoice.NEVER:
            return False


def _draft(work: Work, item: _Item) -> None:
    """Prices the order when it is to be invoiced; an order that cannot be is kept as FAILED with the reason."""
    if not invoices_now(item.entity, item.order):
        return
    try:
        item.draft = draft_of(work, item.entity, item.customer, item.order, item.lines)
        check_issuable(item.draft)
    except InvoicingError as error:
        item.draft = None
        _fail(item, error)


def draft_of(
    work: Work, entity: EntityRow, customer: CustomerRow, order: OrderRow, lines: Sequence[OrderLineRow]
) -> Draft:
    """An order's invoice as a priced draft. Raises what pricing raises."""
    content = content_of_order(order, lines, entity)
    supply_date = content.supply_date or work.now.date()
    draft = new_draft(
        entity=entity,
        customer=customer,
        content=content,
        priced=price_content(entity, customer, content, supply_date),
        order_id=order.id,
        order_line_ids=[line.id for line in lines],
        now=work.now,
        actor=work.scope.actor,
    )
    return replace(draft, paid_order=None if order.paid_at is None else order)


def _fail(item: _Item, error: InvoicingError) -> None:
    item.order = replace(item.order, status=OrderStatus.FAILED, failure=str(error)[:1000])


async def _issue(work: Work, items: Sequence[_Item]) -> None:
    drafted = [item for item in items if item.draft is not None]
    issued = await issue(work, [item.draft for item in drafted if item.draft is not None])
    for item, result in zip(drafted, issued, strict=True):
        item.issued = result
        if result.error is not None:
            _fail(item, result.error)
        elif result.invoice is not None:
            item.invoice = result.invoice
            item.order = replace(item.order, status=OrderStatus.INVOICED)
        else:
            item.invoice = pending(result.draft.invoice)


def pending(invoice: InvoiceRow) -> InvoiceRow:
    """A draft that waits for the answer on the buyer's VAT number."""
    return replace(invoice, status=InvoiceStatus.PENDING)


def _settle(work: Work, item: _Item) -> None:
    """Takes what the marketplace says was paid off the new invoice."""
    invoice = item.invoice
    if invoice is None or invoice.number is None or item.order.paid_at is None or invoice.due_minor <= 0:
        return
    item.payment = payments.new_payment(work, invoice, payments.of_order(item.order, invoice.id))
    item.invoice = replace(payments.paid(invoice, item.payment, work.now), version=invoice.version)


async def _store(work: Work, items: Sequence[_Item]) -> None:
    scope, session = work.scope, work.session
    made = {item.customer.id: item.customer for item in items if item.customer_is_new}
    for item in items:
        if item.customer_changes is None:
            continue
        if item.customer.id in made:
            made[item.customer.id] = item.customer
        else:
            await CUSTOMERS.change(scope, session, item.customer.id, item.customer_changes)
    await CUSTOMERS.insert(scope, session, list(made.values()))
    await ORDERS.insert(scope, session, [item.order for item in items])
    await ORDER_LINES.insert(scope, session, [line for item in items for line in item.lines])
    invoices = [item.invoice for item in items if item.invoice is not None]
    await INVOICES.insert(scope, session, invoices)
    invoice_lines: list[InvoiceLineRow] = []
    for item in items:
        if item.invoice is not None and item.draft is not None:
            invoice_lines.extend(item.draft.lines)
    await INVOICE_LINES.insert(scope, session, invoice_lines)
    await PAYMENTS.insert(scope, session, [item.payment for item in items if item.payment is not None])


def _announce(work: Work, item: _Item) -> None:
    entity_id = item.entity.id
    if item.customer_is_new:
        work.emit(customers.customer_event(events.CustomerCreated, item.customer), entity_id)
    elif item.customer_changes is not None:
        work.emit(customers.customer_event(events.CustomerUpdated, item.customer), entity_id)
    placed = replace(item.order, status=OrderStatus.PROCESSING, failure=None)
    work.emit(order_event(events.OrderCreated, placed), entity_id)
    if item.order.status is OrderStatus.FAILED:
        work.emit(order_event(events.OrderFailed, item.order), entity_id)
    if item.invoice is None or item.draft is None:
        return
    work.emit(invoice_event(events.InvoiceCreated, item.draft.invoice), entity_id)
    if item.invoice.number is None:
        work.emit(invoice_event(events.InvoicePending, item.invoice), entity_id)
        return
    finalized = item.issued.invoice if item.issued is not None and item.issued.invoice is not None else item.invoice
    work.emit(invoice_event(events.InvoiceFinalized, finalized), entity_id)
    work.emit(order_event(events.OrderInvoiced, item.order), entity_id)
    if item.payment is not None:
        payments.announce(work, item.invoice, item.payment)
    elif item.invoice.due_minor == 0:
        work.emit(invoice_event(events.InvoicePaid, item.invoice), entity_id)
