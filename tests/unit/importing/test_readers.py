"""Readers lose nothing: every row is part of an order, or rejected with the reason."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from app.domain.errors import InvalidInput
from app.domain.parties import CustomerKind
from app.domain.tax.model import SupplyNature, TaxClass
from app.services.importing import csv_lines, json_lines, online_retail
from app.services.importing.model import OrderFormat, Read, ReadOptions, ReadOrder, RejectedRow

HEADER = "seller,order_id,placed_at,customer_name,customer_country,description,quantity,unit_price,tax_class\n"
RETAIL = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"


def read(chosen: OrderFormat, text: str, sellers: int = 0) -> list[Read]:
    return list(chosen.read(io.StringIO(text), ReadOptions(sellers=sellers)))


def test_rows_of_one_order_make_one_order() -> None:
    text = HEADER + (
        "a,1,2026-03-09T10:00:00Z,Bob,DE,Tea,2,9.99,REDUCED\n"
        "a,1,2026-03-09T10:00:00Z,Bob,DE,Cup,1,5.00,\n"
        "b,1,2026-03-09T10:00:00Z,Bob,DE,Pot,1,30.00,\n"
    )
    first, second = read(csv_lines.FORMAT, text)
    assert isinstance(first, ReadOrder)
    assert isinstance(second, ReadOrder)
    assert (first.rows, second.rows) == ((2, 3), (4,))
    assert first.order.entity_external_id == "a"
    assert first.order.placed_at == datetime(2026, 3, 9, 10, tzinfo=UTC)
    assert [(line.description, line.quantity, line.unit_price, line.tax_class) for line in first.order.lines] == [
        ("Tea", Decimal(2), Decimal("9.99"), TaxClass.REDUCED),
        ("Cup", Decimal(1), Decimal("5.00"), TaxClass.STANDARD),
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("a,1,2026-03-09,Bob,DE,Tea,1,1,", "placedAt: must be an instant with a time zone"),
        ("a,1,2026-03-09T10:00:00Z,Bob,DE,Tea,one,1,", "lines.0.quantity: must be a decimal"),
        ("a,1,2026-03-09T10:00:00Z,Bob,DE,Tea,1,NaN,", "lines.0.unitPrice: must be a decimal"),
        ("a,1,2026-03-09T10:00:00Z,Bob,DE,Tea,1,1,HALF", "lines.0.taxClass: must be one of"),
        ("a,1,2026-03-09T10:00:00Z,Bob,DE,,1,1,", "lines.0.description: is required"),
        ("a,1,2026-03-09T10:00:00Z", "has not the header's 9 columns"),
        ("a,1,2026-03-09T10:00:00Z,Bob,DE,Tea,1,1,,x", "has not the header's 9 columns"),
    ],
)
def test_bad_rows_say_why(row: str, reason: str) -> None:
    (rejected,) = read(csv_lines.FORMAT, HEADER + row + "\n")
    assert isinstance(rejected, RejectedRow)
    assert rejected.row == 2
    assert reason in rejected.reason


def test_a_bad_line_spoils_its_whole_order_and_no_other() -> None:
    text = HEADER + (
        "a,1,2026-03-09T10:00:00Z,Bob,DE,Tea,1,1,\n"
        "a,1,2026-03-09T10:00:00Z,Bob,DE,Cup,x,1,\n"
        "a,2,2026-03-09T10:00:00Z,Bob,DE,Pot,1,1,\n"
    )
    one, two, good = read(csv_lines.FORMAT, text)
    assert (one, two) == (
        RejectedRow(row=2, reason="order '1': lines.1.quantity: must be a decimal such as \"12.50\""),
        RejectedRow(row=3, reason="order '1': lines.1.quantity: must be a decimal such as \"12.50\""),
    )
    assert isinstance(good, ReadOrder)


def test_rows_that_contradict_one_another_are_rejected() -> None:
    text = HEADER + "a,1,2026-03-09T10:00:00Z,Bob,DE,Tea,1,1,\na,1,2026-03-09T10:00:00Z,Eve,DE,Cup,1,1,\n"
    assert {item.reason for item in read(csv_lines.FORMAT, text) if isinstance(item, RejectedRow)} == {
        "order '1': customer_name: row 3 tells another customer_name than row 2"
    }


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("seller,colour\n", "unknown column 'colour'"),
        ("seller,seller\n", "names a column twice"),
        ("seller,order_id\n", "the column 'placed_at' is missing"),
        ("", "the column 'seller' is missing"),
    ],
)
def test_a_wrong_header_refuses_the_file(header: str, reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason):
        read(csv_lines.FORMAT, header)


ORDER = {
    "entityExternalId": "a",
    "externalId": "1",
    "placedAt": "2026-03-09T10:00:00+01:00",
    "customer": {"name": "Bob", "kind": "BUSINESS", "address": {"country": "DE"}},
    "lines": [{"description": "Tea", "quantity": 2, "unitPrice": "9.99"}],
}


def test_json_lines_keep_prices_exact() -> None:
    text = json.dumps(ORDER) + "\n\n" + json.dumps(ORDER).replace('"9.99"', "0.1") + "\n"
    first, second = read(json_lines.FORMAT, text)
    assert isinstance(first, ReadOrder)
    assert isinstance(second, ReadOrder)
    assert first.order.customer is not None
    assert first.order.customer.kind is CustomerKind.BUSINESS
    assert (second.rows, second.order.lines[0].unit_price) == ((3,), Decimal("0.1"))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "is not JSON"),
        ("[]", "must be an object"),
        (json.dumps({**ORDER, "colour": 1}), "colour: is not known"),
        (json.dumps({**ORDER, "lines": {}}), "lines: must be a list"),
        (json.dumps({**ORDER, "customer": {"address": {"country": 1}}}), "customer.address.country: must be text"),
        (json.dumps({**ORDER, "externalId": None}), "externalId: must be"),
        ("[" * 100_000, "RecursionError"),
        ("x" * 1_000_001, "has more than 1000000 characters"),
    ],
)
def test_bad_json_lines_say_why_and_the_next_is_read(line: str, reason: str) -> None:
    rejected, good = read(json_lines.FORMAT, line + "\n" + json.dumps(ORDER) + "\n")
    assert isinstance(rejected, RejectedRow)
    assert isinstance(good, ReadOrder)
    assert reason in rejected.reason or reason == "RecursionError"


def test_a_retail_basket_is_split_over_sellers_by_a_stable_hash() -> None:
    text = RETAIL + (
        "536365,85123A,HEART HOLDER,6,2011-06-01 08:26:00,2.55,17850.0,United Kingdom\n"
        "536365,71053,LANTERN,6,2011-06-01 08:26:00,3.39,17850.0,United Kingdom\n"
        "536365,POST,POSTAGE,1,2011-06-01 08:26:00,18.00,17850.0,United Kingdom\n"
    )
    orders = [item for item in read(online_retail.FORMAT, text, sellers=12) if isinstance(item, ReadOrder)]
    by_seller = {item.order.entity_external_id: [line.sku for line in item.order.lines] for item in orders}
    assert by_seller == {
        f"retail-{online_retail.seller_of('85123A', 12) + 1:02d}": ["85123A", "POST"],
        f"retail-{online_retail.seller_of('71053', 12) + 1:02d}": ["71053"],
    }
    first = orders[0].order
    assert (first.cart_id, first.currency, first.prices_include_tax) == ("536365", "GBP", True)
    assert first.customer is not None
    assert first.customer.external_id == "17850"
    assert first.placed_at.isoformat() == "2011-06-01T08:26:00+01:00"
    shipping = first.lines[1].supply
    assert shipping is not None
    assert shipping.nature is SupplyNature.SHIPPING


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("C1,1,X,-1,2011-06-01 08:26:00,2.55,1.0,France", "a cancellation"),
        ("1,1,X,-5,2011-06-01 08:26:00,2.55,1.0,France", "not positive"),
        ("1,1,X,5,2011-06-01 08:26:00,0.0,1.0,France", "a price of zero"),
        ("1,1,X,5,2011-06-01 08:26:00,-1.0,1.0,France", "a negative price"),
        ("1,M,X,5,2011-06-01 08:26:00,1.0,1.0,France", "a manual entry"),
        ("1,1,X,5,2011-06-01 08:26:00,1.0,1.0,Unspecified", "is no country"),
        ("1,1,X,5,yesterday,1.0,1.0,France", "must be a date and time"),
    ],
)
def test_what_is_no_sale_is_rejected_and_named(row: str, reason: str) -> None:
    (rejected,) = read(online_retail.FORMAT, RETAIL + row + "\n", sellers=2)
    assert isinstance(rejected, RejectedRow)
    assert reason in rejected.reason
