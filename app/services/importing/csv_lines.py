"""CSV: one order line per row; rows of the same seller and order that follow one another make one order."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TextIO

from app.domain.errors import InvalidInput
from app.services.importing.model import OrderFormat, Read, ReadOptions, ReadOrder, RejectedRow
from app.services.importing.plain import from_plain
from app.services.inputs import OrderInput

# Column → where its value goes in an order, in the names of the API.
_ORDER: Final[Mapping[str, tuple[str, ...]]] = {
    "seller": ("entityExternalId",),
    "order_id": ("externalId",),
    "cart_id": ("cartId",),
    "placed_at": ("placedAt",),
    "currency": ("currency",),
    "prices_include_tax": ("pricesIncludeTax",),
    "paid_at": ("paidAt",),
    "payment_method": ("paymentMethod",),
    "payment_reference": ("paymentReference",),
    "fulfilled_at": ("fulfilledAt",),
    "customer_id": ("customer", "externalId"),
    "customer_name": ("customer", "name"),
    "customer_kind": ("customer", "kind"),
    "customer_email": ("customer", "email"),
    "customer_locale": ("customer", "locale"),
    "customer_tax_id": ("customer", "taxId", "value"),
    "customer_tax_id_status": ("customer", "taxId", "status"),
    "customer_tax_id_checked_at": ("customer", "taxId", "checkedAt"),
    "customer_line1": ("customer", "address", "line1"),
    "customer_postcode": ("customer", "address", "postcode"),
    "customer_city": ("customer", "address", "city"),
    "customer_region": ("customer", "address", "region"),
    "customer_country": ("customer", "address", "country"),
}
_LINE: Final[Mapping[str, tuple[str, ...]]] = {
    "line_id": ("externalId",),
    "sku": ("sku",),
    "description": ("description",),
    "quantity": ("quantity",),
    "unit": ("unit",),
    "unit_price": ("unitPrice",),
    "tax_class": ("taxClass",),
    "supply_kind": ("supply", "kind"),
    "supply_nature": ("supply", "nature"),
    "dispatch_from": ("supply", "dispatchFrom"),
    "ship_to": ("supply", "shipTo"),
}
COLUMNS: Final = (*_ORDER, *_LINE)
REQUIRED: Final = ("seller", "order_id", "placed_at", "description", "quantity", "unit_price", "customer_country")
_BOOLEANS: Final = {"true": True, "false": False, "1": True, "0": False, "yes": True, "no": False}
_Row = tuple[int, Mapping[str, str]]


def read(file: TextIO, options: ReadOptions) -> Iterator[Read]:
    """Orders from rows under a header. Raises InvalidInput when the header lacks, repeats or invents a column."""
    rows = csv.DictReader(file)
    header = rows.fieldnames or []
    _check_header(header)
    group: list[_Row] = []
    for row in rows:
        number = rows.line_num
        if None in row or None in row.values():
            yield RejectedRow(row=number, reason=f"has not the header's {len(header)} columns")
            continue
        if group and _key(row) != _key(group[0][1]):
            yield from _order(group)
            group = []
        group.append((number, row))
    if group:
        yield from _order(group)


def _check_header(header: Sequence[str]) -> None:
    if unknown := [name for name in header if name not in COLUMNS]:
        raise InvalidInput(f"unknown column {unknown[0]!r}; there are {', '.join(COLUMNS)}")
    if len(set(header)) != len(header):
        raise InvalidInput("the header names a column twice")
    if missing := [name for name in REQUIRED if name not in header]:
        raise InvalidInput(f"the column {missing[0]!r} is missing")


def _key(row: Mapping[str, str]) -> tuple[str, str]:
    return row["seller"].strip(), row["order_id"].strip()


def _order(group: Sequence[_Row]) -> Iterator[Read]:
    numbers = tuple(number for number, _ in group)
    first = group[0][1]
    try:
        for number, row in group[1:]:
            for name in _ORDER:
                if row.get(name, "").strip() != first.get(name, "").strip():
                    raise InvalidInput(f"row {number} tells another {name} than row {numbers[0]}", field=(name,))
        value = _nested(first, _ORDER)
        if "taxId" in value.get("customer", {}) and "value" not in value["customer"]["taxId"]:
            raise InvalidInput("is required with its status", field=("customer_tax_id",))
        value["lines"] = [_nested(row, _LINE) for _, row in group]
        yield ReadOrder(rows=numbers, order=from_plain(OrderInput, value))
    except InvalidInput as error:
        # One bad line spoils its order: half an order is no order.
        for number in numbers:
            yield RejectedRow(row=number, reason=f"order {first['order_id']!r}: {error}")


def _nested(row: Mapping[str, str], columns: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for name, path in columns.items():
        text = row.get(name, "").strip()
        if not text:
            continue
        target = value
        for part in path[:-1]:
            target = target.setdefault(part, {})
        target[path[-1]] = _boolean(text) if name == "prices_include_tax" else text
    return value


def _boolean(text: str) -> bool:
    if text.lower() not in _BOOLEANS:
        raise InvalidInput("must be true or false", field=("prices_include_tax",))
    return _BOOLEANS[text.lower()]


FORMAT: Final = OrderFormat(name="csv", description="one order line per row under a header", read=read)
