"""What was reported before an input had a new field is known again."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from app.services.inputs import EnteredLine, LineInput, OrderInput
from app.services.once import fingerprint_input
from tests.factories import Data


def order(line: EnteredLine) -> OrderInput:
    return OrderInput(external_id="x", placed_at=datetime(2026, 1, 1, tzinfo=UTC), lines=[line])


def test_a_line_without_an_item_is_the_line_that_it_was_before_there_were_items() -> None:
    given = {"description": "Tea", "quantity": Decimal(1), "unit_price": Decimal("11.90")}
    entered = fingerprint_input("line", EnteredLine(**given))  # type: ignore[arg-type]  # a table of fields
    whole: Data = {
        "allowances": [],
        "charges": [],
        "description": "Tea",
        "external_id": None,
        "quantity": "1",
        "sku": None,
        "supply": LineInput(description="", quantity=Decimal(1), unit_price=Decimal(1)).supply,
        "tax_class": "STANDARD",
        "unit": None,
        "unit_price": "11.9",
    }
    assert entered == fingerprint_input("line", whole)


def test_an_item_makes_it_another_line() -> None:
    line = EnteredLine(description="Tea", quantity=Decimal(1), unit_price=Decimal("11.90"))
    named = EnteredLine(description="Tea", quantity=Decimal(1), unit_price=Decimal("11.90"), item_id="item_1")
    assert fingerprint_input("order", order(line)) != fingerprint_input("order", order(named))
