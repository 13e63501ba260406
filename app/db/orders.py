"""The orders that lists can be asked in, by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.db.paging import NEWEST, OLDEST, Order


def _named(*orders: Order) -> Mapping[str, Order]:
    return {order.name: order for order in (NEWEST, OLDEST, *orders)}


def _both(name: str, column: str) -> tuple[Order, Order]:
    columns = (column, "id")
    return Order(f"{name}_ASC", columns), Order(f"{name}_DESC", columns, descending=True)


ENTITY_ORDERS: Final = _named(*_both("NAME", "name"))
ITEM_ORDERS: Final = _named(*_both("NAME", "name"))
ORDER_ORDERS: Final = _named(*_both("PLACED_AT", "placed_at"))
INVOICE_ORDERS: Final = _named(
    *_both("ISSUE_DATE", "issue_date"), *_both("DUE_DATE", "due_date"), *_both("TOTAL", "gross_minor")
)
# The event log's: its cursors are the events' ids, which tell a seller nothing of the log's numbers.
LOG: Final = Order("LOG", ("seq",), cursor="id")
