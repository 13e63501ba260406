"""EN 16931 totals: decided vectors, then what must hold for any document."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import InvalidInput
from app.domain.money import round_half_up
from app.domain.totals import AllowanceInput, LineInput, Totals, apportion, compute_totals


def line(
    price: str,
    percent: str = "19",
    *,
    quantity: str = "1",
    category: str = "S",
    allowances: tuple[AllowanceInput, ...] = (),
    charges: tuple[AllowanceInput, ...] = (),
) -> LineInput:
    return LineInput(
        quantity=Decimal(quantity),
        unit_price=Decimal(price),
        category=category,
        percent=Decimal(percent),
        country="DE",
        allowances=allowances,
        charges=charges,
    )


def totals(*lines: LineInput, gross: bool = False, currency: str = "EUR", **further: object) -> Totals:
    return compute_totals(currency=currency, lines=lines, prices_include_tax=gross, **further)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("prices", "percent", "net", "tax", "line_nets"),
    [
        (("79.20", "32.95", "44.20"), "19", 13139, 2496, (6656, 2769, 3714)),
        (("16000", "10000"), "7", 2429907, 170093, (1495327, 934580)),
        (("19.95",), "19", 1676, 319, (1676,)),
    ],
)
def test_gross_prices_are_solved_per_group(
    prices: tuple[str, ...], percent: str, net: int, tax: int, line_nets: tuple[int, ...]
) -> None:
    found = totals(*(line(price, percent) for price in prices), gross=True)
    assert (found.net_minor, found.tax_minor) == (net, tax)
    assert tuple(item.net_minor for item in found.lines) == line_nets
    assert found.gross_minor == sum(int(Decimal(price) * 100) for price in prices)


def test_tax_is_computed_per_group_and_not_summed_over_lines() -> None:
    # EN 16931 BR-CO-17: three times 0.33 at 19 % is 0.19 of tax, where each line alone would round to 0.06.
    found = totals(line("0.33"), line("0.33"), line("0.33"))
    assert (found.net_minor, found.tax_minor, found.gross_minor) == (99, 19, 118)


def test_groups_are_by_category_rate_and_country() -> None:
    found = totals(line("10.00"), line("10.00", "7"), line("10.00", "0", category="E"), line("5.00"))
    assert [(tax.category, tax.percent, tax.base_minor, tax.tax_minor) for tax in found.taxes] == [
        ("E", Decimal(0), 1000, 0),
        ("S", Decimal(19), 1500, 285),
        ("S", Decimal(7), 1000, 70),
    ]
    assert found.tax_minor == 355


def test_allowances_and_charges_on_lines_and_on_the_document() -> None:
    found = totals(
        line(
            "100.00",
            allowances=(AllowanceInput(percent=Decimal(10), reason="loyalty"),),
            charges=(AllowanceInput(amount=Decimal("5.00"), reason="wrapping"),),
        ),
        allowances=(AllowanceInput(amount=Decimal("15.00")),),
        charges=(AllowanceInput(percent=Decimal(10)),),
    )
    assert found.lines[0].net_minor == 9500
    assert [item.amount_minor for item in found.lines[0].allowances] == [1000]
    assert found.line_net_sum_minor == 9500
    # 95.00 − 15.00 + 9.50
    assert (found.net_minor, found.tax_minor, found.gross_minor) == (8950, 1701, 10651)


def test_a_documents_allowance_is_spread_over_its_groups() -> None:
    found = totals(line("100.00"), line("50.00", "7"), allowances=(AllowanceInput(amount=Decimal("10.00")),))
    assert [tax.base_minor for tax in found.taxes] == [9333, 4667]
    assert found.net_minor == 14000


def test_currencies_round_to_their_own_digits() -> None:
    assert totals(line("99.5", "10"), currency="JPY").gross_minor == 110
    assert totals(line("1.2345", "5"), currency="KWD").net_minor == 1235


def test_what_was_prepaid_is_taken_off_what_is_payable() -> None:
    found = totals(line("100.00"), prepaid_minor=5000)
    assert (found.gross_minor, found.prepaid_minor, found.payable_minor) == (11900, 5000, 6900)


def test_too_many_decimals_name_the_line_and_field() -> None:
    with pytest.raises(InvalidInput) as raised:
        totals(line("1.00"), line("1.0000001"))
    assert raised.value.field[:2] == ("lines", "1")


prices = st.decimals(min_value="0.01", max_value="99999", places=2)
rates = st.sampled_from(["0", "4.9", "7", "19", "25.5"])
entries = st.lists(st.tuples(prices, rates, st.integers(1, 50)), min_size=1, max_size=12)


@given(entries)
def test_a_gross_buyer_pays_exactly_what_was_entered(items: list[tuple[Decimal, str, int]]) -> None:
    found = totals(*(line(str(price), rate, quantity=str(n)) for price, rate, n in items), gross=True)
    assert found.gross_minor == sum(int(price * 100) * n for price, _, n in items)
    assert sum(item.net_minor for item in found.lines) == found.net_minor
    assert sum(item.tax_minor for item in found.lines) == found.tax_minor


@given(entries)
def test_the_sums_of_en_16931_hold(items: list[tuple[Decimal, str, int]]) -> None:
    found = totals(*(line(str(price), rate, quantity=str(n)) for price, rate, n in items))
    assert found.line_net_sum_minor == sum(item.net_minor for item in found.lines)  # BR-CO-10
    assert found.tax_minor == sum(tax.tax_minor for tax in found.taxes)  # BR-CO-14
    assert found.gross_minor == found.net_minor + found.tax_minor  # BR-CO-15
    for tax in found.taxes:
        exact = Decimal(tax.base_minor) * (tax.percent or 0) / 100
        assert tax.tax_minor == round_half_up(exact, 0)  # BR-CO-17


@given(entries)
def test_the_order_of_lines_does_not_change_the_totals(items: list[tuple[Decimal, str, int]]) -> None:
    lines = [line(str(price), rate, quantity=str(n)) for price, rate, n in items]
    there, back = totals(*lines, gross=True), totals(*reversed(lines), gross=True)
    assert (there.net_minor, there.tax_minor, there.gross_minor) == (back.net_minor, back.tax_minor, back.gross_minor)


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=20))
def test_apportioning_gives_away_exactly_the_total(total: int, weights: list[int]) -> None:
    shares = apportion(total, weights)
    assert sum(shares) == total
    assert len(shares) == len(weights)
