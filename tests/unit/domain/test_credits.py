"""What can be credited of a document: to the last minor unit, and never more."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import credits
from app.domain.credits import CreditableLine, Credited, Group, LineCredit
from app.domain.errors import InvalidInput, InvalidState
from app.domain.money import currency_digits
from app.domain.totals import AllowanceInput, LineInput, compute_totals

_RATES: Sequence[tuple[str, Decimal | None, str | None]] = (
    ("S", Decimal(19), "DE"),
    ("S", Decimal(7), "DE"),
    ("S", Decimal("25.5"), "FI"),
    ("AE", Decimal(0), "FR"),
    ("O", None, None),
)


def _line(
    id_: str, net: int, tax: int, quantity: str = "1", price: str = "1", *, rate: int = 0, deducts: bool = False
) -> CreditableLine:
    return CreditableLine(
        id=id_,
        group=_RATES[rate],
        quantity=Decimal(quantity),
        unit_price=Decimal(price),
        net_minor=net,
        tax_minor=tax,
        deducts=deducts,
    )


def _sums(parts: Sequence[Credited] | Sequence[CreditableLine]) -> tuple[int, int, int]:
    return (
        sum(part.net_minor for part in parts),
        sum(part.tax_minor for part in parts),
        sum(part.gross_minor for part in parts),
    )


def test_thirds_of_a_line_add_up_to_it() -> None:
    left = [_line("a", 10_000, 1_900, "3", "33.333333")]
    figures = []
    for _ in range(3):
        parts = credits.credit_lines(
            left, [LineCredit(line_id="a", quantity=Decimal(1))], currency="EUR", prices_include_tax=False
        )
        figures.append(_sums(parts))
        left = credits.left_of(left, parts)
    assert figures == [(3_333, 633, 3_966), (3_334, 634, 3_968), (3_333, 633, 3_966)]
    assert left[0].is_empty


def test_a_discount_of_the_document_is_credited_with_its_goods_and_not_with_a_deduction() -> None:
    """80 and 20, less 10 % of the goods; 30 were deducted."""
    lines = [_line("a", 8_000, 1_520), _line("b", 2_000, 380), _line("c", -3_000, -570, deducts=True)]
    found = credits.creditable(lines, {_RATES[0]: (6_000, 1_140)})
    assert [(line.net_minor, line.tax_minor) for line in found] == [(7_200, 1_368), (1_800, 342), (-3_000, -570)]


def test_a_deduction_is_credited_in_proportion_to_the_goods_of_its_rate() -> None:
    """A final invoice over 100.00 and 50.00 less an advance of 60.00: half of the first credits half the advance."""
    left = [
        _line("a", 10_000, 1_900, "2", "50"),
        _line("b", 5_000, 350, rate=1),
        _line("c", -6_000, -1_140, "-1", "60", deducts=True),
    ]
    half = [LineCredit(line_id="a", quantity=Decimal(1))]
    parts = credits.credit_lines(left, half, currency="EUR", prices_include_tax=False)
    assert [(part.line_id, part.net_minor, part.tax_minor) for part in parts] == [
        ("a", 5_000, 950),
        ("c", -3_000, -570),
    ]
    rest = credits.credit_all(credits.left_of(left, parts))
    assert [(part.line_id, part.net_minor, part.tax_minor) for part in rest] == [
        ("a", 5_000, 950),
        ("b", 5_000, 350),
        ("c", -3_000, -570),
    ]


def test_an_amount_is_spread_over_the_rates_by_what_is_left_of_them() -> None:
    left = [_line("a", 10_000, 1_900), _line("b", 5_000, 350, rate=1), _line("c", 1_000, 0, rate=3)]
    parts = credits.credit_amount(left, 5_000, "EUR")
    # Of 182.50: 119.00, 53.50 and 10.00.
    assert [(part.line_id, part.net_minor, part.tax_minor) for part in parts] == [
        ("a", 2_739, 521),
        ("b", 1_370, 96),
        ("c", 274, 0),
    ]
    assert all(part.quantity == 0 for part in parts)


def test_what_exceeds_a_line_a_rate_or_the_document_is_refused() -> None:
    left = [_line("a", 10_000, 1_900, "2", "50"), _line("b", -3_000, -570, "-1", "30")]
    for asked, path in (
        (LineCredit(line_id="a", quantity=Decimal("2.5")), ("lines", 0, "quantity")),
        (LineCredit(line_id="a", quantity=Decimal(-1)), ("lines", 0, "quantity")),
        (LineCredit(line_id="a", quantity=Decimal(0)), ("lines", 0, "quantity")),
        (LineCredit(line_id="a", amount_minor=11_901), ("lines", 0, "amount")),
        (LineCredit(line_id="a", amount_minor=0), ("lines", 0, "amount")),
        (LineCredit(line_id="a", amount_minor=1, quantity=Decimal(1)), ("lines", 0, "quantity")),
        (LineCredit(line_id="x"), ("lines", 0, "lineId")),
        # 83.30 in all were billed: what was given back is not credited as if it had been.
        (LineCredit(line_id="a"), ("lines",)),
        (LineCredit(line_id="b"), ("lines",)),
    ):
        with pytest.raises(InvalidInput) as caught:
            credits.credit_lines(left, [asked], currency="EUR", prices_include_tax=False)
        assert caught.value.field == tuple(str(part) for part in path)
    both = [LineCredit(line_id="a"), LineCredit(line_id="b")]
    parts = credits.credit_lines(left, both, currency="EUR", prices_include_tax=False)
    assert _sums(parts) == (7_000, 1_330, 8_330)
    for amount in (8_331, 0, -1):
        with pytest.raises(InvalidInput):
            credits.credit_amount(left, amount, "EUR")
    with pytest.raises(InvalidState, match="credited in full"):
        credits.credit_all(credits.left_of(left, parts))


def test_a_part_is_stated_so_that_its_line_adds_up() -> None:
    line = _line("a", 9_000, 1_710, "10", "10.00")
    (part,) = credits.credit_lines(
        [line], [LineCredit(line_id="a", quantity=Decimal(4))], currency="EUR", prices_include_tax=False
    )
    stated = credits.state(part, line, digits=2, prices_include_tax=False)
    assert (stated.quantity, stated.unit_price, stated.off_minor) == (Decimal(4), Decimal("10.00"), 400)
    (part,) = credits.credit_lines(
        [line], [LineCredit(line_id="a", amount_minor=1_190)], currency="EUR", prices_include_tax=False
    )
    stated = credits.state(part, line, digits=2, prices_include_tax=False)
    assert (stated.quantity, stated.unit_price, stated.off_minor) == (Decimal(1), Decimal("10.00"), 0)
    stated = credits.state(part, line, digits=2, prices_include_tax=True)
    assert (stated.quantity, stated.unit_price, stated.off_minor) == (Decimal(1), Decimal("11.90"), 0)


def test_the_vat_in_the_national_currency_adds_up_to_that_of_the_original() -> None:
    """19.00 EUR are 81.23 PLN; credited in three parts of 6.33, 6.33 and 6.34."""
    tax_left, left, found = 1_900, 8_123, []
    for tax in (633, 633, 634):
        found.append(credits.exchanged(tax, tax_left, left))
        tax_left, left = tax_left - tax, left - found[-1]
    assert (found, left) == ([2_706, 2_706, 2_711], 0)


@st.composite
def _documents(draw: st.DrawFn) -> tuple[list[CreditableLine], str, bool]:
    """A document's lines with their shares of its allowances, its currency, and whether its prices are gross."""
    currency = draw(st.sampled_from(["EUR", "JPY", "KWD"]))
    gross = draw(st.booleans())
    step = Decimal(1).scaleb(-currency_digits(currency))
    lines = []
    for _ in range(draw(st.integers(1, 6))):
        category, percent, country = draw(st.sampled_from(_RATES))
        sign = draw(st.sampled_from([1, 1, 1, 1, -1]))
        own = AllowanceInput(percent=Decimal(draw(st.integers(0, 50))))
        lines.append(
            LineInput(
                quantity=draw(st.decimals("0.5", 20, places=1)) * sign,
                unit_price=draw(st.integers(0, 20_000)) * step,
                category=category,
                percent=percent,
                country=country,
                allowances=(own,) if draw(st.booleans()) else (),
            )
        )
    off = [AllowanceInput(percent=Decimal(draw(st.integers(1, 40))))] if draw(st.booleans()) else []
    on = [AllowanceInput(amount=draw(st.integers(1, 500)) * step)] if draw(st.booleans()) else []
    totals = compute_totals(currency=currency, lines=lines, allowances=off, charges=on, prices_include_tax=gross)
    rows = [
        CreditableLine(
            id=f"l{i}",
            group=(line.category, None if line.percent is None else line.percent.normalize(), line.country),
            quantity=line.quantity,
            unit_price=line.unit_price,
            net_minor=amounts.net_minor,
            tax_minor=amounts.tax_minor,
            deducts=line.quantity < 0 and draw(st.booleans()),
        )
        for i, (line, amounts) in enumerate(zip(lines, totals.lines, strict=True))
    ]
    groups: dict[Group, tuple[int, int]] = {
        (tax.category, None if tax.percent is None else tax.percent.normalize(), tax.country): (
            tax.base_minor,
            tax.tax_minor,
        )
        for tax in totals.taxes
    }
    found = credits.creditable(rows, groups)
    assert credits.groups_of((line.group, line.net_minor, line.tax_minor) for line in found) == groups
    return found, currency, gross


def _within(part: int, whole: int) -> bool:
    return min(0, whole) <= part <= max(0, whole)


@settings(max_examples=400, deadline=None)
@given(_documents(), st.data())
def test_credits_never_exceed_the_document_and_the_rest_lands_on_zero(
    document: tuple[list[CreditableLine], str, bool], data: st.DataObject
) -> None:
    original, currency, gross = document
    left, notes = original, list[list[Credited]]()
    for _ in range(data.draw(st.integers(0, 6))):
        try:
            parts = _some_credit(left, currency, gross, data)
        except (InvalidInput, InvalidState):
            continue
        assert parts
        assert sum(part.gross_minor for part in parts) >= 0
        notes.append(parts)
        left = credits.left_of(left, parts)
        _check(original, left)
    if sum(line.gross_minor for line in left) <= 0:
        # What is left is worth nothing, or less.
        with pytest.raises(InvalidState):
            credits.credit_all(left)
        return
    if not all(line.is_empty for line in left):
        notes.append(credits.credit_all(left))
        left = credits.left_of(left, notes[-1])
    assert all(line.is_empty for line in left)
    with pytest.raises(InvalidState):
        credits.credit_all(left)
    assert _sums([part for note in notes for part in note]) == _sums(original)


def _some_credit(left: Sequence[CreditableLine], currency: str, gross: bool, data: st.DataObject) -> list[Credited]:
    whole = sum(line.gross_minor for line in left)
    if data.draw(st.booleans()):
        return credits.credit_amount(left, data.draw(st.integers(1, max(whole, 1))), currency)
    asked = []
    for line in data.draw(st.lists(st.sampled_from(left), min_size=1, max_size=4, unique_by=lambda one: one.id)):
        match data.draw(st.sampled_from(["all", "amount", "quantity"])):
            case "amount":
                low, high = sorted((0, line.gross_minor))
                asked.append(LineCredit(line_id=line.id, amount_minor=data.draw(st.integers(low, high))))
            case "quantity":
                tenths = int(line.quantity * 10)
                low, high = sorted((0, tenths))
                asked.append(LineCredit(line_id=line.id, quantity=Decimal(data.draw(st.integers(low, high))) / 10))
            case _:
                asked.append(LineCredit(line_id=line.id))
    return credits.credit_lines(left, asked, currency=currency, prices_include_tax=gross)


def _check(original: Sequence[CreditableLine], left: Sequence[CreditableLine]) -> None:
    for before, now in zip(original, left, strict=True):
        assert _within(now.net_minor, before.net_minor)
        assert _within(now.tax_minor, before.tax_minor)
        assert (now.quantity == 0) or (0 < now.quantity / before.quantity <= 1)
    before_groups = credits.groups_of((line.group, line.net_minor, line.tax_minor) for line in original)
    groups = credits.groups_of((line.group, line.net_minor, line.tax_minor) for line in left)
    for group, (base, tax) in groups.items():
        assert _within(base, before_groups[group][0])
        assert _within(tax, before_groups[group][1])
