"""Totals computed a second time, in fractions, from the text of EN 16931-1; nothing of the product's is used.

The rules, by their names there: the amount of a line (BT-131) is quantity times price, less its allowances (BT-136),
plus its charges (BT-141). BR-CO-10: the sum of the lines. BR-CO-13: less the document's allowances, plus its charges,
the total without VAT. BR-CO-17: the VAT of a group is its taxable amount times its rate, rounded. BR-CO-14: the VAT is
the sum of the groups' rounded amounts. BR-CO-15: with VAT. BR-CO-16: less what is paid, payable. BR-DEC-01 … 28: each
such amount has the currency's decimals, so each is rounded where it first stands, and is summed up as rounded.

Two things the standard leaves open, as the product's documentation answers them. What is taken off or put on a
document without naming a VAT group is shared among the groups in proportion to their lines, by largest remainder. With
prices that include VAT the amounts are gross, and a group's VAT is G·r / (1 + r), rounded; its lines share that VAT in
the same way.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import Any, Final

Json = dict[str, Any]

# ISO 4217, of the currencies that the documents are in.
DIGITS: Final = {"EUR": 2, "USD": 2, "PLN": 2, "HUF": 2, "SEK": 2, "JPY": 0, "KRW": 0, "KWD": 3, "TND": 3}


def nearest(value: Fraction) -> int:
    """The nearest whole number; a half goes away from zero."""
    whole = floor(abs(value) + Fraction(1, 2))
    return whole if value >= 0 else -whole


def expected(document: Json) -> Json:
    """All totals of a document, in minor units."""
    unit = 10 ** DIGITS[document["currency"]]
    gross = document["gross"]
    lines = [_line(line, unit) for line in document["lines"]]
    total = sum(lines)
    off = [_stated(item, total, unit) for item in document.get("allowances", [])]
    on = [_stated(item, total, unit) for item in document.get("charges", [])]

    groups = sorted({_group(line) for line in document["lines"]}, key=_place)
    members = [[i for i, line in enumerate(document["lines"]) if _group(line) == group] for group in groups]
    sums = [sum(lines[i] for i in inside) for inside in members]
    amounts = [a + b for a, b in zip(sums, share(sum(on) - sum(off), sums), strict=True)]
    taxes = [_tax(amount, group[1], gross=gross) for amount, group in zip(amounts, groups, strict=True)]
    bases = [amount - tax if gross else amount for amount, tax in zip(amounts, taxes, strict=True)]

    line_taxes: dict[int, int] = {}
    for inside, group, of_lines in zip(members, groups, sums, strict=True):
        tax = _tax(of_lines, group[1], gross=gross)
        line_taxes |= dict(zip(inside, share(tax, [lines[i] for i in inside]), strict=True))
    nets = [amount - line_taxes[i] if gross else amount for i, amount in enumerate(lines)]

    net, tax = sum(bases), sum(taxes)
    return {
        "lines": [[nets[i], line_taxes[i]] for i in range(len(lines))],
        "allowances": off,
        "charges": on,
        "groups": [
            [category, None if rate is None else _text(rate), country, base, tax]
            for (category, rate, country), base, tax in zip(groups, bases, taxes, strict=True)
        ],
        "totals": [sum(nets), net, tax, net + tax, net + tax - document.get("prepaid", 0)],
    }


def share(total: int, weights: list[int]) -> list[int]:
    """A whole number in whole parts: each its quota cut off, and what is left to the largest fractions, one each.

    Equal fractions: the larger weight first, then the earlier one. Where nothing can be proportional, all of it goes to
    the largest weight.
    """
    whole = sum(weights)
    if whole == 0:
        heaviest = max(range(len(weights)), key=lambda i: (abs(weights[i]), -i))
        return [total if i == heaviest else 0 for i in range(len(weights))]
    quotas = [Fraction(total * weight, whole) for weight in weights]
    parts = [floor(quota) for quota in quotas]
    by_fraction = sorted(range(len(weights)), key=lambda i: (parts[i] - quotas[i], -abs(weights[i]), i))
    for i in by_fraction[: total - sum(parts)]:
        parts[i] += 1
    return parts


def _line(line: Json, unit: int) -> int:
    amount = nearest(Fraction(line["quantity"]) * Fraction(line["price"]) * unit)
    off = sum(_stated(item, amount, unit) for item in line.get("allowances", []))
    return amount - off + sum(_stated(item, amount, unit) for item in line.get("charges", []))


def _stated(item: Json, base: int, unit: int) -> int:
    if "amount" in item:
        exact = Fraction(item["amount"]) * unit
        assert exact.denominator == 1, item
        return int(exact)
    return nearest(base * Fraction(item["percent"]) / 100)


def _group(line: Json) -> tuple[str, Fraction | None, str]:
    rate = line["rate"]
    return line["category"], None if rate is None else Fraction(rate), line["country"]


def _place(group: tuple[str, Fraction | None, str]) -> tuple[str, str, Fraction]:
    category, rate, country = group
    return category, country, Fraction(-1) if rate is None else -rate


def _tax(amount: int, rate: Fraction | None, *, gross: bool) -> int:
    part = (rate or Fraction(0)) / 100
    return nearest(amount * part / (1 + part) if gross else amount * part)


def _text(rate: Fraction) -> str:
    """A rate as a decimal without zeros at its end."""
    scaled = rate * 10**6
    assert scaled.denominator == 1, rate
    whole, part = divmod(int(scaled), 10**6)
    return f"{whole}.{part:06d}".rstrip("0").rstrip(".")
