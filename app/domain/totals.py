"""Document totals by EN 16931 (BR-CO-10 … BR-CO-17), for net and for gross price entry.

Every amount is in integer minor units of the document's currency. Rounding is half-up on absolute values and happens
at three places only: a line's amount, a percentage's amount, and the tax of a VAT group.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Final

from app.domain.errors import InvalidInput
from app.domain.money import MAX_MINOR, currency_digits, round_half_up, to_minor_exact

MAX_LINES: Final = 10_000
MAX_DECIMALS: Final = 6
# A quantity or unit price stays below this, so that their product is exact.
MAX_FACTOR: Final = Decimal(10) ** 12
_HUNDRED: Final = Decimal(100)
_PRECISION: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowanceInput:
    """An allowance or charge as entered: exactly one of `amount` (major units) and `percent` of what it applies to."""

    amount: Decimal | None = None
    percent: Decimal | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineInput:
    """A line as entered, with the VAT category, percentage and country that its decision gave.

    `given_tax` is the line's tax in major units where it is stated, not computed; such lines make groups of their own.
    `deducts` marks what an advance invoice has stated before: the document's allowances and charges are not on it.
    """

    quantity: Decimal
    unit_price: Decimal
    category: str
    percent: Decimal | None
    country: str | None
    exemption_code: str | None = None
    exemption_reason: str | None = None
    allowances: tuple[AllowanceInput, ...] = ()
    charges: tuple[AllowanceInput, ...] = ()
    given_tax: Decimal | None = None
    deducts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowanceTotals:
    """An allowance or charge with its amount, as entered: net, or gross when prices include tax."""

    amount_minor: int
    reason: str | None
    percent: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTotals:
    """A line's amounts after its own allowances and charges, before the document's.

    `tax_minor` is the line's share of its group's tax: the shares of a document without allowances of its own add up
    to the tax total exactly, while the tax itself is computed per group.
    """

    net_minor: int
    tax_minor: int
    gross_minor: int
    allowances: tuple[AllowanceTotals, ...]
    charges: tuple[AllowanceTotals, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxGroup:
    """One VAT group (EN 16931 BG-23): category, percentage and country, with base and tax."""

    category: str
    percent: Decimal | None
    country: str | None
    base_minor: int
    tax_minor: int
    exemption_code: str | None
    exemption_reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """All totals of a document. `net_minor` is BT-109, `tax_minor` BT-110, `gross_minor` BT-112, payable BT-115."""

    lines: tuple[LineTotals, ...]
    allowances: tuple[AllowanceTotals, ...]
    charges: tuple[AllowanceTotals, ...]
    taxes: tuple[TaxGroup, ...]
    line_net_sum_minor: int
    net_minor: int
    tax_minor: int
    gross_minor: int
    prepaid_minor: int
    payable_minor: int


_GroupKey = tuple[str, Decimal | None, str | None, bool]


def compute_totals(
    *,
    currency: str,
    lines: Sequence[LineInput],
    allowances: Sequence[AllowanceInput] = (),
    charges: Sequence[AllowanceInput] = (),
    prices_include_tax: bool,
    prepaid_minor: int = 0,
) -> Totals:
    """The totals of a document. Raises InvalidInput naming the line and field.

    Document allowances and charges without a VAT group of their own are spread over the groups in proportion to the
    lines' amounts, by largest remainder. With prices including tax everything entered is gross and each group is
    solved: tax = round(G·r / (1 + r)), net = G − tax, so that the buyer's price is exact.
    """
    with localcontext() as context:
        context.prec = _PRECISION
        return _compute(currency, lines, allowances, charges, prices_include_tax, prepaid_minor)


def _compute(
    currency: str,
    lines: Sequence[LineInput],
    allowances: Sequence[AllowanceInput],
    charges: Sequence[AllowanceInput],
    prices_include_tax: bool,
    prepaid_minor: int,
) -> Totals:
    if len(lines) > MAX_LINES:
        raise InvalidInput(f"at most {MAX_LINES} lines", field=("lines",))
    digits = currency_digits(currency)
    entered = [_line_entered(line, currency, digits, i) for i, line in enumerate(lines)]
    amounts = [amount for amount, _, _ in entered]
    supplied = [0 if line.deducts else amount for line, amount in zip(lines, amounts, strict=True)]
    line_sum = sum(supplied)
    off = tuple(_stated(a, line_sum, currency, ("allowances", i)) for i, a in enumerate(allowances))
    on = tuple(_stated(c, line_sum, currency, ("charges", i)) for i, c in enumerate(charges))
    given = [_given(line, currency, prices_include_tax, i) for i, line in enumerate(lines)]
    groups = _groups(lines)
    group_sums = [sum(amounts[i] for i in members) for members in groups.values()]
    delta = sum(c.amount_minor for c in on) - sum(a.amount_minor for a in off)
    weights = [sum(supplied[i] for i in members) for members in groups.values()] if delta else group_sums
    group_totals = [a + b for a, b in zip(group_sums, apportion(delta, weights), strict=True)]
    taxes = [
        _group(key, total, lines[members[0]], prices_include_tax, sum(given[i] or 0 for i in members))
        for (key, members), total in zip(groups.items(), group_totals, strict=True)
    ]
    line_totals = _lines(entered, groups, group_sums, taxes, prices_include_tax, given)
    net, tax = sum(group.base_minor for group in taxes), sum(group.tax_minor for group in taxes)
    for minor in (net, tax, net + tax, prepaid_minor):
        if abs(minor) > MAX_MINOR:
            raise InvalidInput(f"a total may not exceed {MAX_MINOR} minor units", field=("lines",))
    return Totals(
        lines=line_totals,
        allowances=off,
        charges=on,
        taxes=tuple(taxes),
        line_net_sum_minor=sum(line.net_minor for line in line_totals),  # BR-CO-10
        net_minor=net,  # BR-CO-13
        tax_minor=tax,  # BR-CO-14: the sum of the *rounded* group amounts
        gross_minor=net + tax,  # BR-CO-15
        prepaid_minor=prepaid_minor,
        payable_minor=net + tax - prepaid_minor,  # BR-CO-16
    )


def _line_entered(
    line: LineInput, currency: str, digits: int, index: int
) -> tuple[int, tuple[AllowanceTotals, ...], tuple[AllowanceTotals, ...]]:
    for name, value in (("quantity", line.quantity), ("unitPrice", line.unit_price)):
        _check_factor(value, ("lines", index, name))
    base = _to_minor(line.quantity * line.unit_price, digits)
    path = ("lines", index)
    off = tuple(_stated(a, base, currency, (*path, "allowances", i)) for i, a in enumerate(line.allowances))
    on = tuple(_stated(c, base, currency, (*path, "charges", i)) for i, c in enumerate(line.charges))
    amount = base - sum(a.amount_minor for a in off) + sum(c.amount_minor for c in on)
    if abs(amount) > MAX_MINOR:
        raise InvalidInput(f"a line may not exceed {MAX_MINOR} minor units", field=path)
    return amount, off, on


def _check_factor(value: Decimal, path: tuple[str | int, ...]) -> None:
    if not value.is_finite():
        raise InvalidInput("must be a finite number", field=path)
    # Most numbers have few decimals as they stand; only then need trailing zeros be looked at.
    if _decimals(value) > MAX_DECIMALS and _decimals(value.normalize()) > MAX_DECIMALS:
        raise InvalidInput(f"may have {MAX_DECIMALS} decimals at most", field=path)
    if abs(value) >= MAX_FACTOR:
        raise InvalidInput("may have 12 digits before the decimal point at most", field=path)


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _stated(value: AllowanceInput, base: int, currency: str, path: tuple[str | int, ...]) -> AllowanceTotals:
    if value.amount is not None and value.percent is None:
        try:
            amount = to_minor_exact(value.amount, currency)
        except InvalidInput as error:
            raise InvalidInput(error.message, field=(*path, "amount")) from None
    elif value.percent is not None and value.amount is None:
        _check_factor(value.percent, (*path, "percent"))
        amount = int(round_half_up(Decimal(base) * value.percent / _HUNDRED, 0))
    else:
        raise InvalidInput("give either amount or percent", field=path)
    return AllowanceTotals(amount_minor=amount, reason=value.reason, percent=value.percent)


def _to_minor(amount: Decimal, digits: int) -> int:
    return int(round_half_up(amount.scaleb(digits), 0))


def _groups(lines: Sequence[LineInput]) -> Mapping[_GroupKey, list[int]]:
    """The lines' indices by VAT group, in an order that does not depend on the lines'."""
    groups: dict[_GroupKey, list[int]] = {}
    for index, line in enumerate(lines):
        percent = None if line.percent is None else line.percent.normalize()
        groups.setdefault((line.category, percent, line.country, line.given_tax is not None), []).append(index)
    ordered = sorted(groups, key=lambda key: (key[0], key[2] or "", Decimal(-1) if key[1] is None else -key[1], key[3]))
    return {key: groups[key] for key in ordered}


def _given(line: LineInput, currency: str, prices_include_tax: bool, index: int) -> int | None:
    """The stated tax of a line in minor units, if it is stated."""
    if line.given_tax is None:
        return None
    path = ("lines", index, "supply", "givenTax", "amount")
    if prices_include_tax:
        raise InvalidInput("a stated amount of tax goes with prices that do not include tax", field=path)
    try:
        return to_minor_exact(line.given_tax, currency)
    except InvalidInput as error:
        raise InvalidInput(error.message, field=path) from None


def _group(key: _GroupKey, total: int, first: LineInput, prices_include_tax: bool, given: int) -> TaxGroup:
    category, percent, country, is_given = key
    rate = Decimal(0) if percent is None else percent / _HUNDRED
    if is_given:
        tax, base = given, total
    elif prices_include_tax:
        tax = int(round_half_up(total * rate / (1 + rate), 0))
        base = total - tax
    else:
        # BR-CO-17: the group's base times its rate, rounded once.
        tax = int(round_half_up(total * rate, 0))
        base = total
    return TaxGroup(
        category=category,
        percent=first.percent,
        country=country,
        base_minor=base,
        tax_minor=tax,
        exemption_code=first.exemption_code,
        exemption_reason=first.exemption_reason,
    )


def _lines(
    entered: Sequence[tuple[int, tuple[AllowanceTotals, ...], tuple[AllowanceTotals, ...]]],
    groups: Mapping[_GroupKey, Sequence[int]],
    group_sums: Sequence[int],
    taxes: Sequence[TaxGroup],
    prices_include_tax: bool,
    given: Sequence[int | None],
) -> tuple[LineTotals, ...]:
    """Each line's net, tax and gross: its group's tax on the lines alone, spread by largest remainder."""
    shares: dict[int, int] = {}
    for (key, members), group_sum, group in zip(groups.items(), group_sums, taxes, strict=True):
        if key[3]:
            shares |= {i: given[i] or 0 for i in members}
            continue
        amounts = [entered[i][0] for i in members]
        undiscounted = group.base_minor + (group.tax_minor if prices_include_tax else 0) == group_sum
        tax = group.tax_minor if undiscounted else _tax_of(key[1], group_sum, prices_include_tax)
        shares |= dict(zip(members, apportion(tax, amounts), strict=True))
    lines = []
    for index, (amount, off, on) in enumerate(entered):
        tax = shares[index]
        net = amount - tax if prices_include_tax else amount
        lines.append(LineTotals(net_minor=net, tax_minor=tax, gross_minor=net + tax, allowances=off, charges=on))
    return tuple(lines)


def _tax_of(percent: Decimal | None, amount: int, prices_include_tax: bool) -> int:
    rate = Decimal(0) if percent is None else percent / _HUNDRED
    exact = amount * rate / (1 + rate) if prices_include_tax else amount * rate
    return int(round_half_up(exact, 0))


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """`total` in integer parts in proportion to `weights`, by largest remainder; the parts add up exactly.

    Ties go to the larger weight, then to the earlier one. Weights that sum to zero (or none) give all to the first
    part of the largest absolute weight.
    """
    if not weights:
        if total:
            raise InvalidInput("an allowance or charge needs at least one line", field=("lines",))
        return []
    whole = sum(weights)
    if whole == 0:
        parts = [0] * len(weights)
        parts[max(range(len(weights)), key=lambda i: (abs(weights[i]), -i))] = total
        return parts
    # In integers: `divmod` floors, and its remainder over the same `whole` is the fraction that was cut off.
    sign = 1 if whole > 0 else -1
    cut = [divmod(sign * total * weight, abs(whole)) for weight in weights]
    parts = [part for part, _ in cut]
    missing = total - sum(parts)
    by_remainder = sorted(range(len(weights)), key=lambda i: (-cut[i][1], -abs(weights[i]), i))
    for i in by_remainder[:missing]:
        parts[i] += 1
    return parts
