"""How a document's VAT groups are split by treatment: the parts add up to the groups, whatever the document."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.documents.model import InvoiceType
from app.domain.exchange import plain
from app.domain.tax.model import SupplyKind, SupplyNature, TaxClass
from app.domain.tax_entries import DecidedLine, TaxKey, TaxPart, declared_on, key_of, parts_of
from app.domain.totals import AllowanceInput, LineInput, Totals, compute_totals

RULES = ("eu.goods.domestic", "eu.goods.distance_sale.oss", "eu.digital.oss")


def key(rule: str = RULES[0], percent: str | None = "19", category: str = "S", **changes: Any) -> TaxKey:
    decision = {
        "treatment": "DOMESTIC",
        "category": category,
        "percent": percent,
        "country": "DE",
        "rule": rule,
        "inputs": {"origin": "DE"},
    }
    supply = {"kind": "SERVICES" if "digital" in rule else "GOODS", "nature": "GENERAL"}
    return key_of({**decision, **changes}, supply, TaxClass.STANDARD)


def taxes_of(totals: Totals) -> list[dict[str, Any]]:
    return [
        {
            "category": group.category,
            "percent": None if group.percent is None else str(group.percent),
            "country": group.country,
            "base_minor": group.base_minor,
            "tax_minor": group.tax_minor,
        }
        for group in totals.taxes
    ]


def split(
    entered: list[tuple[str, str, str, bool]], *, off: str = "0", gross: bool = False, national: int | None = None
) -> tuple[Totals, list[TaxPart]]:
    """Lines of (price, rule, percent, deducts) as a document and its parts."""
    keys = [key(rule, percent) for _, rule, percent, _ in entered]
    totals = compute_totals(
        currency="EUR",
        lines=[
            LineInput(
                quantity=Decimal(-1 if deducts else 1),
                unit_price=Decimal(price),
                category="S",
                percent=Decimal(percent),
                country="DE",
                deducts=deducts,
            )
            for price, _, percent, deducts in entered
        ],
        allowances=[AllowanceInput(amount=Decimal(off))],
        prices_include_tax=gross,
    )
    lines = [
        DecidedLine(id=str(n), key=keys[n], net_minor=one.net_minor, tax_minor=one.tax_minor, deducts=entered[n][3])
        for n, one in enumerate(totals.lines)
    ]
    return totals, parts_of(lines, taxes_of(totals), national)


def test_an_allowance_is_spread_over_the_parts_of_a_group() -> None:
    # 30.00 + 10.00 at 19 %, less 1.00 for all: 39.00 net, 7.41 VAT
    totals, parts = split([("30", RULES[0], "19", False), ("10", RULES[1], "19", False)], off="1")

    assert [(group.base_minor, group.tax_minor) for group in totals.taxes] == [(3900, 741)]
    # 1.00 by 30 : 10 is 0.75 and 0.25; the VAT of the lines, 5.70 and 1.90, less 0.14 and 0.05
    assert [(part.key.rule, part.base_minor, part.tax_minor) for part in parts] == [
        (RULES[0], 2925, 556),
        (RULES[1], 975, 185),
    ]


def test_what_deducts_an_advance_has_no_part_in_an_allowance() -> None:
    # 100.00 of goods less 50.00 paid in advance for the digital part, 10.00 off the goods
    totals, parts = split([("100", RULES[0], "19", False), ("50", RULES[2], "19", True)], off="10")

    assert [(part.key.rule, part.base_minor) for part in parts] == [(RULES[0], 9000), (RULES[2], -5000)]
    assert sum(part.tax_minor for part in parts) == totals.tax_minor == 760


def test_the_vat_in_the_national_currency_is_shared_out_whole() -> None:
    _, parts = split([("10", RULES[0], "19", False), ("10", RULES[0], "7", False)], national=1111)

    # 1.90 : 0.70 of 11.11
    assert [part.national_tax_minor for part in parts] == [812, 299]


LINES = st.lists(
    st.tuples(
        st.decimals("0.01", "9999", places=2).map(str),
        st.sampled_from(RULES),
        st.sampled_from(("19", "7", "5.5")),
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
).filter(lambda lines: not lines[0][3])


@given(lines=LINES, off=st.decimals("0", "5", places=2).map(str), gross=st.booleans(), national=st.integers(0, 10**6))
def test_the_parts_add_up_to_the_groups(
    lines: list[tuple[str, str, str, bool]], off: str, gross: bool, national: int
) -> None:
    totals, parts = split(lines, off=off, gross=gross, national=national)

    for group in totals.taxes:
        of_group = [part for part in parts if part.key.percent == plain(group.percent or Decimal(0))]
        assert sum(part.base_minor for part in of_group) == group.base_minor
        assert sum(part.tax_minor for part in of_group) == group.tax_minor
    assert sum(part.national_tax_minor or 0 for part in parts) == national
    assert len({part.key for part in parts}) == len(parts)


def test_the_same_rate_written_otherwise_is_the_same_key() -> None:
    assert key(percent="19.00") == key(percent="19")
    assert key(percent=None, category="O").percent is None


@pytest.mark.parametrize(
    ("rule", "kind", "origin"),
    [("eu.goods.export", SupplyKind.GOODS, "DE"), ("eu.digital.oss", SupplyKind.SERVICES, None)],
)
def test_where_goods_left_from_is_told_of_goods(rule: str, kind: SupplyKind, origin: str | None) -> None:
    found = key(rule)
    assert (found.supply_kind, found.origin) == (kind, origin)


def test_shipping_that_is_decided_as_goods_is_goods() -> None:
    decision = {"treatment": "OSS", "category": "S", "percent": "21", "country": "NL", "rule": RULES[1], "inputs": {}}
    found = key_of(decision, {"kind": "SERVICES", "nature": "SHIPPING"}, TaxClass.STANDARD)
    assert (found.supply_kind, found.nature) == (SupplyKind.GOODS, SupplyNature.GENERAL)


@pytest.mark.parametrize(
    ("type_", "issued", "supplied", "declared"),
    [
        (InvoiceType.STANDARD, date(2026, 4, 2), date(2026, 3, 31), date(2026, 3, 31)),
        (InvoiceType.STANDARD, date(2026, 3, 31), date(2026, 4, 2), date(2026, 4, 2)),
        (InvoiceType.ADVANCE, date(2026, 3, 31), date(2026, 4, 2), date(2026, 3, 31)),
        (InvoiceType.ADVANCE, date(2026, 4, 2), date(2026, 3, 31), date(2026, 3, 31)),
    ],
)
def test_the_day_that_declares_a_document(type_: InvoiceType, issued: date, supplied: date, declared: date) -> None:
    assert declared_on(type_, issued, supplied) == declared
