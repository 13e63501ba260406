"""Golden totals: documents whose totals were computed by hand or by a second implementation, to the last minor unit."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.totals import AllowanceInput, LineInput, Totals, compute_totals
from tests.golden.totals import generate
from tests.golden.totals.reference import expected

FOLDER = Path(__file__).parent

Json = dict[str, Any]

HAND: list[Json] = json.loads((FOLDER / "by_hand.json").read_text(encoding="utf-8"))
GENERATED: list[Json] = json.loads((FOLDER / "generated.json").read_text(encoding="utf-8"))


def computed(document: Json) -> Json:
    """What the product says of a document, in the golden files' form."""
    totals: Totals = compute_totals(
        currency=document["currency"],
        lines=[
            LineInput(
                quantity=Decimal(line["quantity"]),
                unit_price=Decimal(line["price"]),
                category=line["category"],
                percent=None if line["rate"] is None else Decimal(line["rate"]),
                country=line["country"],
                allowances=_entered(line, "allowances"),
                charges=_entered(line, "charges"),
            )
            for line in document["lines"]
        ],
        allowances=_entered(document, "allowances"),
        charges=_entered(document, "charges"),
        prices_include_tax=document["gross"],
        prepaid_minor=document.get("prepaid", 0),
    )
    for line in totals.lines:
        assert line.gross_minor == line.net_minor + line.tax_minor
    return {
        "lines": [[line.net_minor, line.tax_minor] for line in totals.lines],
        "allowances": [item.amount_minor for item in totals.allowances],
        "charges": [item.amount_minor for item in totals.charges],
        "groups": [
            [
                tax.category,
                None if tax.percent is None else format(tax.percent.normalize(), "f"),
                tax.country,
                tax.base_minor,
                tax.tax_minor,
            ]
            for tax in totals.taxes
        ],
        "totals": [
            totals.line_net_sum_minor,
            totals.net_minor,
            totals.tax_minor,
            totals.gross_minor,
            totals.payable_minor,
        ],
    }


def _entered(owner: Json, name: str) -> tuple[AllowanceInput, ...]:
    return tuple(
        AllowanceInput(percent=Decimal(item["percent"]))
        if "percent" in item
        else AllowanceInput(amount=Decimal(item["amount"]))
        for item in owner.get(name, [])
    )


def test_there_are_enough_of_them() -> None:
    assert len(HAND) >= 40
    assert len(HAND) + len(GENERATED) >= 300
    assert len({document["id"] for document in HAND + GENERATED}) == len(HAND) + len(GENERATED)
    assert all(document["note"] for document in HAND)


@pytest.mark.parametrize("document", HAND, ids=lambda document: document["id"])
def test_totals_are_those_computed_by_hand(document: Json) -> None:
    # What is not written down by hand, such as a line's share of the VAT, is not looked at.
    found = computed(document)
    assert {name: found[name] for name in document["expected"]} == document["expected"], document["note"]


def test_totals_are_those_of_the_reference() -> None:
    for document in GENERATED:
        assert computed(document) == document["expected"], document["id"]


def test_the_reference_agrees_with_what_was_computed_by_hand() -> None:
    for document in HAND:
        found = expected(document)
        assert {name: found[name] for name in document["expected"]} == document["expected"], document["id"]


def test_the_golden_documents_are_what_the_reference_makes_of_their_seed() -> None:
    assert (FOLDER / "generated.json").read_text(encoding="utf-8") == generate.text(generate.documents())


def test_they_try_what_totals_can_get_wrong() -> None:
    lines = [line for document in GENERATED for line in document["lines"]]
    assert {document["currency"] for document in GENERATED} == {*"EUR USD PLN HUF SEK JPY KRW KWD TND".split()}
    assert {document["gross"] for document in GENERATED} == {True, False}
    assert {"25.5", "4.9", "0", None} <= {line["rate"] for line in lines}
    assert {line["category"] for line in lines} == {"S", "Z", "E", "AE", "K", "G", "O"}
    assert any(line["quantity"].startswith("-") for line in lines)
    assert any(len(line["price"].partition(".")[2]) == 6 for line in lines)
    for owners in (GENERATED, lines):
        for name in ("allowances", "charges"):
            kinds = {kind for owner in owners for item in owner.get(name, []) for kind in item}
            assert kinds == {"amount", "percent"}, name


@settings(deadline=None)
@given(st.integers(0, 2**64))
def test_both_agree_on_any_document(seed: int) -> None:
    document = generate.random_document(random.Random(seed))
    assert computed(document) == expected(document)
