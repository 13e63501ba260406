"""Refunds of what is not billed yet: the order's lines are reduced, and with them those of its draft.

A line that is taken back whole stays in the order with a quantity of zero, and is not billed any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from app.db import query
from app.db.aggregates import INVOICE_LINES, INVOICES
from app.db.history import lines_state
from app.db.invoice_lines import lines_of
from app.db.records import changed
from app.db.refund_rows import OrderRefundRow
from app.db.rows import InvoiceLineRow, InvoiceRow, OrderLineRow, OrderRow
from app.db.where import Eq
from app.domain import events, numbering
from app.domain.errors import InvalidInput, InvalidState
from app.domain.history import AuditSubject
from app.domain.lifecycle import InvoiceStatus
from app.domain.money import from_minor, round_half_up, to_minor_exact
from app.services import checks, drafts, eu_sales, loading, order_credits, taxation
from app.services.checks import Path
from app.services.inputs import AllowanceInput, LineInput
from app.services.invoice_rows import (
    content_columns,
    content_of,
    invoice_event,
    line_input,
    line_rows,
)
from app.services.lines import MAX_ALLOWANCES
from app.services.once import Work
from app.services.order_credits import OrderCredit

_LINE: Final = ("quantity", "allowances", "charges")


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """What is taken back of a line of an order: so many, or an amount; all of it without either."""

    line: OrderLineRow
    quantity: Decimal | None
    amount: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is taken back of an order: of lines, an amount of the whole, or all of it without either."""

    takes: Sequence[Take] | None
    amount: Decimal | None
    reason: str | None


async def lines_by_order_line(work: Work, invoice: InvoiceRow) -> dict[str, InvoiceLineRow]:
    """An invoice's lines by the order lines that they bill."""
    found = (await lines_of(work.scope, work.session, [(invoice.entity_id, invoice.id)]))[invoice.id]
    return {line.order_line_id: line for line in found if line.order_line_id is not None}


async def take(
    work: Work,
    order: OrderRow,
    lines: Sequence[OrderLineRow],
    unissued: Sequence[InvoiceRow],
    wanted: Wanted,
    told: OrderCredit,
) -> OrderRefundRow:
    """Takes goods or an amount off a locked order that is not invoiced, and off its draft, which is locked too.

    The amount of the refund is what the draft becomes cheaper by, or the order, as entered, when there is none. Raises
    InvalidInput for more than there is, InvalidState for a draft whose lines are not the order's.
    """
    reduced = _reduced(order, lines, wanted)
    before, after = _entered(order, lines), _entered(reduced[0], reduced[1])
    if after < 0:
        raise InvalidInput("more than the order's total", field=("lines" if wanted.takes else "amount",))
    full = not any(line.quantity for line in reduced[1])
    amount = before - after
    for row in unissued:
        if full:
            await drafts.delete_known(work, row)
            amount = row.gross_minor
        else:
            amount = row.gross_minor - (await _reduce_draft(work, row, lines, reduced[1], wanted)).gross_minor
    if amount < 0:
        raise InvalidInput("the order would cost more than before", field=("lines",))
    different = [new for old, new in zip(lines, reduced[1], strict=True) if new is not old]
    for line in different:
        await query.update(
            work.scope, work.session, "order_line", line.id, {name: getattr(line, name) for name in _LINE}
        )
    columns: dict[str, Any] = {"total_minor": after, "allowances": reduced[0].allowances}
    return await order_credits.record(
        work, order, told, amount_minor=amount, full=full, note=None, reason=wanted.reason, **columns
    )


def _reduced(order: OrderRow, lines: Sequence[OrderLineRow], wanted: Wanted) -> tuple[OrderRow, list[OrderLineRow]]:
    """The order and its lines without what is taken back."""
    if wanted.takes is not None:
        taken = {one.line.id: (one, ("lines", i)) for i, one in enumerate(wanted.takes)}
        return order, [
            _less(order, line, *taken[line.id], wanted.reason) if line.id in taken else line for line in lines
        ]
    if wanted.amount is None:
        return order, [_none_of(line) for line in lines]
    amount = _exact(wanted.amount, order, ("amount",))
    total = _entered(order, lines)
    if amount > total:
        left = from_minor(total, order.currency)
        raise InvalidInput(f"{left} {order.currency} is left of the order", field=("amount",))
    if amount == total:
        return order, [_none_of(line) for line in lines]
    return changed(order, allowances=[*order.allowances, _off(amount, order, wanted.reason, ("amount",))]), list(lines)


def _none_of(line: OrderLineRow) -> OrderLineRow:
    return changed(line, quantity=Decimal(0), allowances=[], charges=[]) if line.quantity else line


def _less(order: OrderRow, line: OrderLineRow, take: Take, path: Path, reason: str | None) -> OrderLineRow:
    if not line.quantity:
        raise InvalidInput("nothing is left of this line", field=path)
    if take.quantity is not None and take.amount is not None:
        raise InvalidInput("give quantity or amount, not both", field=(*path, "quantity"))
    if take.amount is not None:
        amount, entered = _exact(take.amount, order, (*path, "amount")), _line_entered(order, line)
        if amount > entered:
            left = from_minor(entered, order.currency)
            raise InvalidInput(f"{left} {order.currency} is left of this line", field=(*path, "amount"))
        if amount == entered:
            return _none_of(line)
        if len(line.allowances) >= MAX_ALLOWANCES:
            raise InvalidInput("this line has too many allowances; give a quantity", field=(*path, "amount"))
        return changed(line, allowances=[*line.allowances, _off(amount, order, reason, (*path, "amount"))])
    if take.quantity is None:
        return _none_of(line)
    quantity = checks.decimal(take.quantity, (*path, "quantity"))
    if quantity * line.quantity <= 0 or abs(quantity) > abs(line.quantity):
        raise InvalidInput(f"{line.quantity.normalize():f} is left of this line", field=(*path, "quantity"))
    left = line.quantity - quantity
    if not left:
        return _none_of(line)
    # A discount of an amount was for all of them.
    share = left / line.quantity
    return changed(
        line,
        quantity=left,
        allowances=[_scaled(item, share, order.currency) for item in line.allowances],
        charges=[_scaled(item, share, order.currency) for item in line.charges],
    )


def _scaled(item: Any, share: Decimal, currency: str) -> Any:
    if item["amount"] is None:
        return item
    digits = -int(from_minor(0, currency).as_tuple().exponent)
    return {**item, "amount": format(round_half_up(Decimal(item["amount"]) * share, digits), "f")}


def _exact(amount: Decimal, order: OrderRow, path: Path) -> int:
    """An amount with tax in minor units. Raises InvalidInput where the order knows no tax yet."""
    if not order.prices_include_tax:
        message = "the order is not invoiced and its prices are without tax: give quantities, or invoice it first"
        raise InvalidInput(message, field=path)
    try:
        minor = to_minor_exact(amount, order.currency)
    except InvalidInput as error:
        raise InvalidInput(error.message, field=path) from None
    if minor <= 0:
        raise InvalidInput("must be more than zero", field=path)
    return minor


def _off(amount: int, order: OrderRow, reason: str | None, path: Path) -> dict[str, Any]:
    if len(order.allowances) >= MAX_ALLOWANCES:
        raise InvalidInput("the order has too many allowances; invoice it first", field=path)
    given = AllowanceInput(amount=from_minor(amount, order.currency), reason=None if reason is None else reason[:200])
    return taxation.allowances_to_json([given])[0]


def _entered(order: OrderRow, lines: Sequence[OrderLineRow]) -> int:
    return taxation.entered_total(
        currency=order.currency,
        lines=[line_input(line) for line in lines if line.quantity],
        allowances=taxation.allowances_from_json(order.allowances) if any(line.quantity for line in lines) else (),
        charges=taxation.allowances_from_json(order.charges) if any(line.quantity for line in lines) else (),
    )


def _line_entered(order: OrderRow, line: OrderLineRow) -> int:
    return taxation.entered_total(currency=order.currency, lines=[line_input(line)], allowances=(), charges=())


async def _reduce_draft(
    work: Work,
    row: InvoiceRow,
    before: Sequence[OrderLineRow],
    after: Sequence[OrderLineRow],
    wanted: Wanted,
) -> InvoiceRow:
    """The draft with the same lines reduced, priced anew and stored."""
    if row.status is not InvoiceStatus.DRAFT:
        raise InvalidState("its invoice waits for a tax answer: refund it in full, or wait until it is finalized")
    parts = (await loading.unpriced(work, [row]))[row.id]
    entity, stored = parts["entity"], parts["lines"]
    different = {new.id: new for old, new in zip(before, after, strict=True) if new is not old}
    found = {line.order_line_id for line in stored}
    if different.keys() - found:
        raise InvalidState("the draft's lines are not the order's any more: change the draft, or delete it")
    content = content_of(row, stored)
    kept: list[tuple[str | None, LineInput]] = []
    for line, given in zip(stored, content.lines, strict=True):
        new = different.get(line.order_line_id or "")
        if new is None:
            kept.append((line.order_line_id, given))
        elif new.quantity:
            allowances = taxation.allowances_from_json(new.allowances)
            charges = taxation.allowances_from_json(new.charges)
            kept.append(
                (line.order_line_id, replace(given, quantity=new.quantity, allowances=allowances, charges=charges))
            )
    content = replace(content, lines=tuple(given for _, given in kept))
    if wanted.takes is None and wanted.amount is not None:
        off = AllowanceInput(amount=wanted.amount, reason=None if wanted.reason is None else wanted.reason[:200])
        content = replace(content, allowances=(*content.allowances, off))
    today = numbering.local_issue_date(work.now, entity.time_zone)
    priced = await eu_sales.price(work, entity, parts["customer"], content, today)
    columns = content_columns(content, priced) | {"version": row.version + 1, "updated_at": work.now}
    reduced = changed(row, **columns)
    await INVOICES.change(work.scope, work.session, row.id, columns, version=row.version)
    await query.delete(work.scope, work.session, "invoice_line", Eq("invoice_id", row.id))
    lines = line_rows(reduced, content, priced, [order_line_id for order_line_id, _ in kept])
    await INVOICE_LINES.insert(work.scope, work.session, lines)
    work.emit(invoice_event(events.InvoiceUpdated, reduced), row.entity_id)
    work.audit(AuditSubject.INVOICE, row, reduced, further=(lines_state(stored), lines_state(lines)))
    return reduced
