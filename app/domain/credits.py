"""What can still be credited of a document, and how much of each line a credit note takes.

Every credit is a share of what is *left*, so that the last one takes exactly the rest: however a document is credited,
its credit notes add up to it to the last minor unit, net and tax, line by line and VAT group by VAT group. Amounts are
integer minor units; a line that deducts or gives back is negative, and so is what is left and credited of it.

Source: Directive 2006/112/EC, art. 90 and 219; a credit keeps the rates of what it credits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final, TypeAlias

from app.domain.errors import InvalidInput, InvalidState
from app.domain.money import minor_text, round_half_up
from app.domain.totals import apportion

# A VAT group: category, percentage and country.
Group: TypeAlias = tuple[str, Decimal | None, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditableLine:
    """A line of a document, or what is left of it. `deducts` marks one that deducts an advance.

    The amounts hold the line's share of the document's own allowances and charges.
    """

    id: str
    group: Group
    quantity: Decimal
    unit_price: Decimal
    net_minor: int
    tax_minor: int
    deducts: bool = False

    @property
    def gross_minor(self) -> int:
        """Net and tax."""
        return self.net_minor + self.tax_minor

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it is left."""
        return not (self.quantity or self.net_minor or self.tax_minor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credited:
    """What a credit note's line takes of a line. `quantity` is zero where it takes an amount and no goods."""

    line_id: str
    quantity: Decimal
    net_minor: int
    tax_minor: int

    @property
    def gross_minor(self) -> int:
        """Net and tax."""
        return self.net_minor + self.tax_minor


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCredit:
    """What is to be credited of a line: a quantity, or an amount with tax; all that is left without either."""

    line_id: str
    quantity: Decimal | None = None
    amount_minor: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """How a credited part stands on its document: quantity times price, less what is taken off (or put on if below 0).

    Then the line adds up by itself: amount = round(quantity · price) − off (EN 16931 BT-131; Peppol R120).
    """

    quantity: Decimal
    unit_price: Decimal
    off_minor: int


def creditable(lines: Sequence[CreditableLine], groups: Mapping[Group, tuple[int, int]]) -> list[CreditableLine]:
    """The lines with their shares of the document's allowances and charges: they add up to each group's base and tax.

    `groups` are the document's VAT groups as (base, tax). What is taken off or put on the document falls on the goods
    of a group in proportion, by largest remainder, and not on what is deducted.
    """
    found = list(lines)
    for group, (base, tax) in groups.items():
        places = [i for i, line in enumerate(lines) if line.group == group]
        nets = _spread(base, [lines[i].net_minor for i in places])
        taxes = _spread(tax, [lines[i].tax_minor for i in places])
        for i, net_minor, tax_minor in zip(places, nets, taxes, strict=True):
            found[i] = replace(lines[i], net_minor=net_minor, tax_minor=tax_minor)
    return found


def _spread(total: int, parts: Sequence[int]) -> list[int]:
    """The parts, changed so that they add up to the total."""
    change = total - sum(parts)
    if not change:
        return list(parts)
    weights = [max(part, 0) for part in parts]
    if not any(weights):
        weights = [abs(part) for part in parts]
    return [part + more for part, more in zip(parts, apportion(change, weights), strict=True)]


def left_of(lines: Sequence[CreditableLine], credited: Iterable[Credited]) -> list[CreditableLine]:
    """What is left of the lines after what was credited of them."""
    left = {line.id: line for line in lines}
    for part in credited:
        line = left[part.line_id]
        quantity = line.quantity - part.quantity
        left[line.id] = replace(
            line,
            # An amount that is just the price of one counts as one, of which less may be left.
            quantity=quantity if quantity * line.quantity > 0 else Decimal(0),
            net_minor=line.net_minor - part.net_minor,
            tax_minor=line.tax_minor - part.tax_minor,
        )
    return list(left.values())


def groups_of(parts: Iterable[tuple[Group, int, int]]) -> dict[Group, tuple[int, int]]:
    """(base, tax) by VAT group of (group, net, tax) of lines."""
    sums: dict[Group, tuple[int, int]] = {}
    for group, net, tax in parts:
        base, total = sums.get(group, (0, 0))
        sums[group] = (base + net, total + tax)
    return sums


def credit_all(left: Sequence[CreditableLine]) -> list[Credited]:
    """All that is left. Raises InvalidState when nothing is."""
    parts = [_all(line) for line in left if not line.is_empty]
    if not parts:
        raise InvalidState("nothing is left to credit: the document is credited in full")
    gross = sum(part.gross_minor for part in parts)
    if gross <= 0:
        what = "negative" if gross else "worth nothing"
        raise InvalidState(f"what is left of the document is {what}; it cannot be credited")
    return parts


def credit_amount(left: Sequence[CreditableLine], amount_minor: int, currency: str) -> list[Credited]:
    """An amount with tax, taken of all lines in proportion to what is left of them, group by group.

    Raises InvalidInput on `amount` for one that is not positive, or more than is left.
    """
    whole = sum(line.gross_minor for line in left)
    if amount_minor <= 0:
        raise InvalidInput("must be more than zero", field=("amount",))
    if amount_minor > whole:
        raise InvalidInput(_exceeds(amount_minor, whole, currency), field=("amount",))
    if amount_minor == whole:
        return credit_all(left)
    groups = groups_of((line.group, line.net_minor, line.tax_minor) for line in left)
    shares = apportion(amount_minor, [base + tax for base, tax in groups.values()])
    parts: list[Credited] = []
    for (group, (base, tax)), gross in zip(groups.items(), shares, strict=True):
        members = [line for line in left if line.group == group]
        parts += _of_group(members, base, tax, gross)
    order = {line.id: place for place, line in enumerate(left)}
    parts = sorted((part for part in parts if part.net_minor or part.tax_minor), key=lambda part: order[part.line_id])
    _check_caps(left, parts, currency, ("amount",))
    return parts


def _of_group(members: Sequence[CreditableLine], base: int, tax: int, gross: int) -> list[Credited]:
    """An amount with tax of one VAT group, spread over its lines; no line gives more net, or tax, than is left."""
    if base + tax == 0:
        return []
    grosses = apportion(gross, [line.gross_minor for line in members])
    bounds = [_tax_bounds(line.net_minor, line.tax_minor, part) for line, part in zip(members, grosses, strict=True)]
    lowest, highest = _tax_bounds(base, tax, gross)
    wanted = half_up(Fraction(tax * gross, base + tax))
    wanted = min(max(wanted, lowest, sum(low for low, _ in bounds)), highest, sum(high for _, high in bounds))
    taxes = [
        min(max(half_up(_ratio(line.tax_minor * part, line.gross_minor)), low), high)
        for line, part, (low, high) in zip(members, grosses, bounds, strict=True)
    ]
    missing = wanted - sum(taxes)
    for i, (low, high) in enumerate(bounds):
        step = min(max(missing, low - taxes[i]), high - taxes[i])
        taxes[i] += step
        missing -= step
    return [
        _all(line) if part == line.gross_minor else _amount_of(line, part - own, own)
        for line, part, own in zip(members, grosses, taxes, strict=True)
    ]


def _tax_bounds(net: int, tax: int, gross: int) -> tuple[int, int]:
    """The least and the most tax in that part of the gross amount, so that neither net nor tax exceeds what is left."""
    return max(min(0, tax), gross - max(0, net)), min(max(0, tax), gross - min(0, net))


def credit_lines(
    left: Sequence[CreditableLine], asked: Sequence[LineCredit], *, currency: str, prices_include_tax: bool
) -> list[Credited]:
    """Quantities or amounts of lines. Raises InvalidInput naming the line for more than is left of it or its group.

    Lines that deduct advances are credited with the goods, in the same proportion, without being named.
    """
    by_id = {line.id: line for line in left}
    taken: dict[str, Credited] = {}
    for i, credit in enumerate(asked):
        path = ("lines", i)
        line = by_id.get(credit.line_id)
        if line is None:
            raise InvalidInput("no such line of the document", field=(*path, "lineId"))
        if line.id in taken:
            raise InvalidInput("names a line twice", field=(*path, "lineId"))
        if line.is_empty:
            raise InvalidInput("nothing is left to credit of this line", field=(*path, "lineId"))
        taken[line.id] = _of_line(line, credit, currency, path, prices_include_tax=prices_include_tax)
    for part in _deductions(left, taken):
        taken[part.line_id] = part
    parts = [taken[line.id] for line in left if line.id in taken]
    _check_caps(left, parts, currency, ("lines",))
    return parts


def _of_line(
    line: CreditableLine, credit: LineCredit, currency: str, path: tuple[str | int, ...], *, prices_include_tax: bool
) -> Credited:
    if credit.quantity is not None and credit.amount_minor is not None:
        raise InvalidInput("give quantity or amount, not both", field=(*path, "quantity"))
    if credit.amount_minor is not None:
        if not _within(credit.amount_minor, line.gross_minor):
            message = _exceeds(credit.amount_minor, line.gross_minor, currency)
            raise InvalidInput(message, field=(*path, "amount"))
        if credit.amount_minor == line.gross_minor:
            return _all(line)
        low, high = _tax_bounds(line.net_minor, line.tax_minor, credit.amount_minor)
        tax = half_up(Fraction(line.tax_minor * credit.amount_minor, line.gross_minor))
        tax = min(max(tax, low), high)
        return _amount_of(line, credit.amount_minor - tax, tax)
    if credit.quantity is None:
        return _all(line)
    if credit.quantity == 0 or not _within(credit.quantity, line.quantity):
        message = f"{_plain(line.quantity)} is left to credit of this line; {_plain(credit.quantity)} is not within it"
        raise InvalidInput(message, field=(*path, "quantity"))
    if credit.quantity == line.quantity:
        return _all(line)
    share = Fraction(credit.quantity) / Fraction(line.quantity)
    tax = half_up(line.tax_minor * share)
    net = half_up(line.gross_minor * share) - tax if prices_include_tax else half_up(line.net_minor * share)
    return Credited(line_id=line.id, quantity=credit.quantity, net_minor=net, tax_minor=tax)


def _deductions(left: Sequence[CreditableLine], taken: Mapping[str, Credited]) -> list[Credited]:
    """What is credited of lines that deduct advances: the share of the goods that is credited, within the VAT group."""
    parts: list[Credited] = []
    goods = [line for line in left if line.gross_minor > 0]
    for group in dict.fromkeys(line.group for line in left if line.deducts):
        members = [line for line in left if line.group == group]
        deducting = [line for line in members if line.deducts and line.id not in taken]
        share = _share_of([line for line in members if line in goods] or goods, taken)
        nets = _deducted(members, deducting, taken, share, "net_minor")
        taxes = _deducted(members, deducting, taken, share, "tax_minor")
        for line, net, tax in zip(deducting, nets, taxes, strict=True):
            if (net, tax) == (line.net_minor, line.tax_minor):
                parts.append(_all(line))
            elif net or tax:
                parts.append(_amount_of(line, net, tax))
    return [part for part in parts if part.net_minor or part.tax_minor]


def _share_of(goods: Sequence[CreditableLine], taken: Mapping[str, Credited]) -> Fraction:
    whole = sum(line.gross_minor for line in goods)
    credited = sum(taken[line.id].gross_minor for line in goods if line.id in taken)
    return _ratio(credited, whole)


def _deducted(
    members: Sequence[CreditableLine],
    deducting: Sequence[CreditableLine],
    taken: Mapping[str, Credited],
    share: Fraction,
    name: str,
) -> list[int]:
    """Net or tax credited of each deducting line of a group, so that the group stays within what is left of it."""
    amounts: list[int] = [getattr(line, name) for line in deducting]
    left = sum(getattr(line, name) for line in members)
    others = sum(getattr(taken[line.id], name) for line in members if line.id in taken)
    total = half_up(sum(amounts) * share)
    if any(line.id in taken for line in members):
        total = min(max(total, min(0, left) - others), max(0, left) - others)
    total = min(max(total, sum(amounts)), 0)
    return apportion(total, amounts) if sum(amounts) else [0] * len(amounts)


def _check_caps(
    left: Sequence[CreditableLine], parts: Sequence[Credited], currency: str, path: tuple[str | int, ...]
) -> None:
    """Raises InvalidInput when the parts exceed what is left of the document or of one of its VAT groups."""
    gross, whole = sum(part.gross_minor for part in parts), sum(line.gross_minor for line in left)
    if gross < 0:
        raise InvalidInput("the credit note would be negative; name what is credited besides", field=path)
    if gross == 0:
        raise InvalidInput("the credit note would be worth nothing", field=path)
    if gross > whole:
        raise InvalidInput(f"{_exceeds(gross, whole, currency)} {_BESIDES}", field=path)
    named = {line.id: line.group for line in left}
    limits = groups_of((line.group, line.net_minor, line.tax_minor) for line in left)
    sums = groups_of((named[part.line_id], part.net_minor, part.tax_minor) for part in parts)
    for group, (base, tax) in sums.items():
        most_base, most_tax = limits[group]
        if not (_within(base, most_base, zero=True) and _within(tax, most_tax, zero=True)):
            rate = group[0] if group[1] is None else f"{_plain(group[1])} %"
            message = f"of the VAT group {rate}: {_exceeds(base + tax, most_base + most_tax, currency)} {_BESIDES}"
            raise InvalidInput(message, field=path)


_BESIDES: Final = "(lines that give something back reduce it; name them as well)"


def state(part: Credited, line: CreditableLine, *, digits: int, prices_include_tax: bool) -> Stated:
    """How the part stands on the credit note: so many at the line's price, or one at the amount itself."""
    amount = part.gross_minor if prices_include_tax else part.net_minor
    if not part.quantity:
        return Stated(quantity=Decimal(1), unit_price=Decimal(amount).scaleb(-digits), off_minor=0)
    base = int(round_half_up((part.quantity * line.unit_price).scaleb(digits), 0))
    return Stated(quantity=part.quantity, unit_price=line.unit_price, off_minor=base - amount)


def credited_quantity(quantity: Decimal, unit_price: Decimal, original_price: Decimal) -> Decimal:
    """How many of the original's goods a stored credit line takes back: none when its price is another one.

    So an amount that is just the price of one counts as one taken back.
    """
    return quantity if unit_price == original_price else Decimal(0)


def exchanged(tax_minor: int, tax_left_minor: int, exchanged_left_minor: int) -> int:
    """A credit note's VAT in the seller's national currency: its share of what is left of the original's, at its rate.

    Directive 2006/112/EC, art. 230: the rate is the original's; the last credit takes the rest.
    """
    if tax_minor == tax_left_minor:
        return exchanged_left_minor
    return half_up(_ratio(exchanged_left_minor * tax_minor, tax_left_minor))


def half_up(value: Fraction) -> int:
    """The nearest integer, ties away from zero."""
    whole = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return whole if value >= 0 else -whole


def _ratio(part: int, whole: int) -> Fraction:
    return Fraction(part, whole) if whole else Fraction(0)


def _all(line: CreditableLine) -> Credited:
    return Credited(line_id=line.id, quantity=line.quantity, net_minor=line.net_minor, tax_minor=line.tax_minor)


def _amount_of(line: CreditableLine, net: int, tax: int) -> Credited:
    return Credited(line_id=line.id, quantity=Decimal(0), net_minor=net, tax_minor=tax)


def _within(part: Decimal | int, whole: Decimal | int, *, zero: bool = False) -> bool:
    """Whether a part has the sign of the whole and is not beyond it."""
    if not part:
        return zero
    return 0 < part <= whole if part > 0 else whole <= part < 0


def _exceeds(amount: int, most: int, currency: str) -> str:
    left = minor_text(most, currency)
    return f"{left} {currency} is left to credit; {minor_text(amount, currency)} is not within it"


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f") if value else "0"
