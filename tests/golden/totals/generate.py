"""Random documents that try what totals can get wrong; `python -m tests.golden.totals.generate` writes the golden ones.

The seed is fixed and the expected values are the reference's, so that running it anew changes nothing.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from tests.golden.totals.reference import DIGITS, expected

FILE = Path(__file__).with_name("generated.json")
COUNT = 320
_SEED = 16931

Json = dict[str, Any]

_RATES = {
    "DE": ["19", "7"],
    "FI": ["25.5", "14", "10"],
    "CZ": ["21", "12"],
    "IE": ["23", "13.5", "9", "4.8"],
    "FR": ["20", "10", "5.5", "2.1"],
    "DK": ["25"],
    "HU": ["27", "18", "5"],
    "ES": ["21", "10", "4"],
    "EE": ["24", "13", "4.9"],
    "LU": ["17", "14", "8", "3"],
}
_UNTAXED = [("Z", "0"), ("E", "0"), ("AE", "0"), ("K", "0"), ("G", "0")]
_CURRENCIES = ["EUR"] * 8 + ["USD", "PLN", "HUF", "SEK", "JPY", "JPY", "KRW", "KWD", "KWD", "TND"]


def documents() -> list[Json]:
    """The documents with what is expected of each."""
    source = random.Random(_SEED)
    made = []
    for number in range(1, COUNT + 1):
        document = {"id": f"g{number:03d}", **random_document(source)}
        made.append(document | {"expected": expected(document)})
    return made


def random_document(source: random.Random) -> Json:
    """A document of any shape."""
    currency = source.choice(_CURRENCIES)
    country = source.choice(list(_RATES))
    count = source.choice([1, 1, 2, 3, 3, 5, 8, 13, 40])
    document: Json = {
        "currency": currency,
        "gross": source.random() < 0.5,
        "lines": [_line(source, currency, country) for _ in range(count)],
    }
    if source.random() < 0.05:
        # Outside the scope of VAT: no rate at all, and nothing else on the document.
        document["lines"] = [line | {"category": "O", "rate": None} for line in document["lines"]]
    for name, chance in (("allowances", 0.45), ("charges", 0.3)):
        if source.random() < chance:
            document[name] = [_stated(source, currency) for _ in range(source.choice([1, 1, 2, 3]))]
    if source.random() < 0.2:
        document["prepaid"] = source.randint(1, 100_000)
    return document


def _line(source: random.Random, currency: str, country: str) -> Json:
    where = source.choice(list(_RATES)) if source.random() < 0.15 else country
    category, rate = "S", source.choice(_RATES[where])
    if source.random() < 0.15:
        category, rate = source.choice(_UNTAXED)
    quantity, price = _factors(source, DIGITS[currency])
    line: Json = {"quantity": quantity, "price": price, "category": category, "rate": rate, "country": where}
    if source.random() < 0.25:
        line["allowances"] = [_stated(source, currency) for _ in range(source.choice([1, 1, 2]))]
    if source.random() < 0.15:
        line["charges"] = [_stated(source, currency)]
    return line


def _factors(source: random.Random, digits: int) -> tuple[str, str]:
    """A quantity and a price: common, tiny, huge, with six decimals, or taken back."""
    match source.choice(["plain"] * 4 + ["six", "tiny", "huge", "half", "back"]):
        case "plain":
            return str(source.randint(1, 20)), _number(source.randint(1, 50_000), digits)
        case "six":
            return _number(source.randint(1, 9_999_999), 3), _number(source.randint(1, 99_999_999), 6)
        case "tiny":
            return _number(source.randint(1, 999), 6), _number(source.randint(1, 999_999), digits)
        case "huge":
            return str(source.randint(10_000, 2_000_000)), _number(source.randint(1, 999_999), digits)
        case "half":
            # A product that lies half-way between two amounts.
            return "0.5", _number(source.randrange(1, 9_999, 2), digits)
        case _:
            return f"-{source.randint(1, 5)}", _number(source.randint(1, 20_000), digits)


def _stated(source: random.Random, currency: str) -> Json:
    if source.random() < 0.5:
        return {"percent": source.choice(["1", "2.5", "3", "7.25", "10", "12.5", "33.333333", "50"])}
    return {"amount": _number(source.randint(1, 2_000), DIGITS[currency])}


def _number(whole: int, places: int) -> str:
    if not places:
        return str(whole)
    left, right = divmod(whole, 10**places)
    return f"{left}.{right:0{places}d}"


def text(made: list[Json]) -> str:
    """One document a line, so that a change shows which."""
    return "[\n" + ",\n".join(json.dumps(one, separators=(",", ":")) for one in made) + "\n]\n"


if __name__ == "__main__":
    FILE.write_text(text(documents()), encoding="utf-8")
