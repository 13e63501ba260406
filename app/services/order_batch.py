"""Orders in batches: any number of orders of any sellers of one platform, in one transaction, an outcome each.

A single order is a batch of one. Everything is read first, in a bounded number of statements; every order is checked
and priced in memory, where a bad one falls out alone; then series are locked, numbers given, and all rows inserted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.db.aggregates import CUSTOMERS, INVOICE_LINES, INVOICES, LEDGER, ORDER_LINES, ORDERS, PAYMENTS, VAT_CHECKS
from app.db.rows import CustomerRow, EntityRow, InvoiceRow, OrderLineRow, OrderRow, PaymentRow
from app.domain import events, numbering
from app.domain.errors import AlreadyExists, InvalidInput, InvalidState, InvoicingError, NotFound
from app.domain.history import Acting, AuditSubject
from app.domain.identity import IdPrefix, new_id
from app.domain.lifecycle import InvoiceStatus, OrderStatus
from app.domain.parties import AutoInvoice, EntityStatus
from app.services import checks, customers, eu_sales, ledger, payments, taxation, vat_jobs
from app.services import lines as line_checks
from app.services.drafts import content_of_order
from app.services.eu_sales import Sales
from app.services.inputs import LineInput, OrderInput
from app.services.invoice_rows import Draft, invoice_event, new_draft
from app.services.issuing import Issued, issuable, issue, lock_heads
from app.services.item_lines import Catalogue
from app.services.once import Work, fingerprint_input
from app.services.order_events import order_event
from app.services.order_lookup import Known, Reported, look_up
from app.services.outcomes import ItemOutcome
from app.services.vat_standing import waits


@dataclass(slots=True, kw_only=True)
class _Item:
    """One order of the batch on its way."""

    index: int
    actor: str
    acting: Acting
    entity: EntityRow
    customer: CustomerRow
    customer_is_new: bool
    customer_changes: Mapping[str, Any] | None
    customer_before: CustomerRow | None
    order: OrderRow
    lines: tuple[OrderLineRow, ...]
    draft: Draft | None = None
    issued: Issued | None = None
    invoice: InvoiceRow | None = None
    payment: PaymentRow | None = None


async def create_for(work: Work, reported: Sequence[Reported]) -> list[ItemOutcome[OrderRow]]:
    """Stores orders inside the running transaction and invoices those whose seller wants that at once.

    They may be several callers', each of whom sees and reaches what its own scope allows.

    Its writes are deferred: `work.flush()` or `work.finish()` carries them out. A write may find that another
    transaction has just stored the same order or buyer, or changed it: AlreadyExists or VersionConflict without a
    field; run anew, it is found.
    """
    known = await look_up(work, reported)
    outcomes: dict[int, ItemOutcome[OrderRow]] = {}
    items: list[_Item] = []
    for index, report in enumerate(reported):
        try:
            item = _check(work, index, report, known)
        except InvoicingError as error:
            outcomes[index] = ItemOutcome(index=index, error=error)
            continue
        if isinstance(item, OrderRow):
            outcomes[index] = ItemOutcome(index=index, value=item, repeated=True)
        else:
            items.append(item)
    known_numbers = await _recall(work, items)
    billed = [item for item in items if invoices_now(item.entity, item.order)]
    sales = await eu_sales.lock(
        work, [eu_sales.of_order(item.entity, item.customer, item.order, item.lines, work.now) for item in billed]
    )
    for item in items:
        _draft(work, item, sales)
    await _issue(work, items, sales)
    await vat_jobs.after_orders(work, *_numbers(items))
    for item in items:
        work.actor = item.actor
        _settle(work, item)
        _announce(work, item)
        outcomes[item.index] = ItemOutcome(index=item.index, value=item.order)
    work.actor = work.scope.actor
    sales.announce(work)
    _defer(work, items, known)
    work.defer(VAT_CHECKS.inserting(known_numbers.checks))
    made = {item.order.id: item.order for item in items}
    for index, outcome in outcomes.items():
        # An order that the batch itself names twice is answered as the first one left it.
        if outcome.repeated and outcome.value is not None and outcome.value.id in made:
            outcomes[index] = replace(outcome, value=made[outcome.value.id])
    return [outcomes[index] for index in range(len(reported))]


def _check(work: Work, index: int, report: Reported, known: Known) -> _Item | OrderRow:
    """The order checked and as rows; or the stored one when it was reported before with the same content."""
    given = report.order
    entity = known.entity_of(report)
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
    currency = entity.currency if given.currency is None else checks.currency(given.currency, ("currency",))
    gross = entity.prices_include_tax if given.prices_include_tax is None else given.prices_include_tax
    catalogue = Catalogue(items=known.items, entity_id=entity.id, currency=currency, prices_include_tax=gross)
    order_lines = line_checks.check_lines(given.lines, max_lines=work.ctx.max_lines, catalogue=catalogue)
    customer, before, changes = _customer(work, given, entity, known)
    order = _order_row(work, given, catalogue, customer, external_id, fingerprint, order_lines)
    if order.paid_at is not None and order.payment_reference is not None and invoices_now(entity, order):
        known.take_reference(entity, order.payment_reference)
    # Only now that nothing can keep it out: what follows in the batch finds it.
    known.orders[entity.id, external_id] = order
    if customer.external_id is not None:
        known.customers_by_external_id[entity.id, customer.external_id] = customer
    return _Item(
        index=index,
        actor=report.scope.actor,
        acting=Acting(report.scope.actor, report.scope.entity_id, report.request_id),
        entity=entity,
        customer=customer,
        customer_is_new=before is None,
        customer_changes=changes,
        customer_before=before,
        order=order,
        lines=_line_rows(order, order_lines),
    )


def _customer(
    work: Work, given: OrderInput, entity: EntityRow, known: Known
) -> tuple[CustomerRow, CustomerRow | None, Mapping[str, Any] | None]:
    """The buyer, the one it was before if it is known, and what the order changes of that."""
    if (given.customer_id is None) == (given.customer is None):
        raise InvalidInput("name the buyer by customerId or give it as customer", field=("customer",))
    if given.customer is None:
        row = known.customers.get(given.customer_id or "")
        if row is None or row.entity_id != entity.id:
            raise NotFound("no such customer of this entity", field=("customerId",))
        return row, row, None
    try:
        fresh = customers.new_row(work, entity, given.customer)
        existing = None
        if fresh.external_id is not None:
            existing = known.customers_by_external_id.get((entity.id, fresh.external_id))
        if existing is None:
            return fresh, None, None
        columns = customers.columns_of(given.customer, country=existing.country, mode=work.scope.mode)
        changes = customers.differences(existing, columns)
        return replace(existing, **changes), existing, changes or None
    except InvalidInput as error:
        raise error.under("customer") from None


async def _recall(work: Work, items: Sequence[_Item]) -> vat_jobs.Recalled:
    """Gives the buyers what is known of their numbers; what was recalled."""
    news = [item.customer for item in items if item.customer_is_new or item.customer_changes]
    recalled = await vat_jobs.recall(work, news)
    for item in items if recalled.rows else ():
        item.customer = recalled.of(item.customer)
        if item.customer_changes is not None:
            item.customer_changes = {
                **item.customer_changes,
                **{name: getattr(item.customer, name) for name in vat_jobs.TAX_ID},
            }
    return recalled


def _numbers(items: Sequence[_Item]) -> tuple[list[tuple[CustomerRow | None, CustomerRow]], list[CustomerRow]]:
    """The buyers that orders made or changed, as they were and are; and those whose invoices wait for an answer."""
    changed = [(i.customer_before, i.customer) for i in items if i.customer_is_new or i.customer_changes is not None]
    return changed, [i.customer for i in items if i.invoice is not None and i.invoice.number is None]


def _order_row(
    work: Work,
    given: OrderInput,
    catalogue: Catalogue,
    customer: CustomerRow,
    external_id: str,
    fingerprint: str,
    order_lines: tuple[LineInput, ...],
) -> OrderRow:
    currency = catalogue.currency
    allowances = line_checks.check_allowances(given.allowances, ("allowances",))
    charges = line_checks.check_allowances(given.charges, ("charges",))
    ship_to = line_checks.check_ship_to(given.ship_to)
    return OrderRow(
        platform_id=work.scope.platform_id,
        id=new_id(IdPrefix.ORDER),
        entity_id=catalogue.entity_id,
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
        prices_include_tax=catalogue.prices_include_tax,
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
        refunded_minor=0,
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
            item_id=line.item_id,
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


def _draft(work: Work, item: _Item, sales: Sales) -> None:
    """Prices the order when it is to be invoiced; an order that cannot be is kept as FAILED with the reason."""
    if not invoices_now(item.entity, item.order):
        return
    try:
        draft = draft_of(work, item.entity, item.customer, item.order, item.lines, sales, actor=item.actor)
        item.draft = issuable(draft, numbering.local_issue_date(work.now, item.entity.time_zone))
    except InvoicingError as error:
        item.draft = None
        _fail(item, error)


def draft_of(
    work: Work,
    entity: EntityRow,
    customer: CustomerRow,
    order: OrderRow,
    lines: Sequence[OrderLineRow],
    sales: Sales,
    *,
    actor: str,
) -> Draft:
    """An order's invoice as a priced draft; `sales` are the counts it could be added to. Raises what pricing raises."""
    content = content_of_order(order, lines, entity)
    supply_date = content.supply_date or work.now.date()
    issue_date = numbering.local_issue_date(work.now, entity.time_zone)
    draft = new_draft(
        entity=entity,
        customer=customer,
        content=content,
        priced=eu_sales.priced(sales, entity, customer, content, supply_date, issue_date, work.ctx.registers),
        order_id=order.id,
        order_line_ids=[line.id for line in lines],
        now=work.now,
        actor=actor,
    )
    draft = replace(draft, paid_order=None if order.paid_at is None else order)
    return eu_sales.with_above(sales, draft, content, supply_date, work.ctx.registers)


def _fail(item: _Item, error: InvoicingError) -> None:
    item.order = replace(item.order, status=OrderStatus.FAILED, failure=str(error)[:1000])


async def _issue(work: Work, items: Sequence[_Item], sales: Sales) -> None:
    drafted = [item for item in items if item.draft is not None]
    drafts = [item.draft for item in drafted if item.draft is not None]
    waiting = [draft for draft in drafts if not waits(work, draft)]
    heads = await lock_heads(work, [(draft.entity, draft.invoice) for draft in waiting], sales)
    issued = issue(work, drafts, heads, [item.actor for item in drafted], stored=False)
    for item, result in zip(drafted, issued, strict=True):
        item.issued, item.draft = result, result.draft
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


def _defer(work: Work, items: Sequence[_Item], known: Known) -> None:
    made = {item.customer.id: item.customer for item in items if item.customer_is_new}
    altered: dict[str, CustomerRow] = {}
    columns: set[str] = set()
    for item in items:
        if item.customer_changes is None:
            continue
        # A buyer that several orders of the batch name is stored as the last of them leaves it.
        if item.customer.id in made:
            made[item.customer.id] = item.customer
        else:
            altered[item.customer.id] = item.customer
            columns |= set(item.customer_changes)
    invoiced = [item for item in items if item.invoice is not None]
    finalized = [
        (item.issued.invoice, item.payment, item.actor) for item in invoiced if item.issued and item.issued.invoice
    ]
    versions = [known.customer_versions[row_id] for row_id in altered]
    work.defer(
        CUSTOMERS.changing(sorted(columns), list(altered.values()), versions=versions),
        CUSTOMERS.inserting(list(made.values())),
        ORDERS.inserting([item.order for item in items]),
        ORDER_LINES.inserting([line for item in items for line in item.lines]),
        INVOICES.inserting([item.invoice for item in invoiced if item.invoice is not None]),
        INVOICE_LINES.inserting([line for item in invoiced if item.draft is not None for line in item.draft.lines]),
        PAYMENTS.inserting([item.payment for item in items if item.payment is not None]),
        LEDGER.inserting(ledger.of_finalized(work, finalized)),
    )


def _announce(work: Work, item: _Item) -> None:
    entity_id = item.entity.id
    if item.customer_is_new:
        work.emit(customers.customer_event(events.CustomerCreated, item.customer), entity_id)
        work.audit(AuditSubject.CUSTOMER, None, item.customer, by=item.acting)
    elif item.customer_changes is not None:
        work.emit(customers.customer_event(events.CustomerUpdated, item.customer), entity_id)
        work.audit(AuditSubject.CUSTOMER, item.customer_before, item.customer, by=item.acting)
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
