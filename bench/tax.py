"""Determination: the taxes and totals of a basket of twenty lines, decided anew and decided again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count, cycle

from app.domain.parties import CustomerKind, TaxIdStatus
from app.domain.tax.model import SupplyKind, SupplyNature, TaxBuyer, TaxClass, TaxSeller
from app.services import taxation
from app.services.inputs import LineInput, SupplyInput
from bench.figures import Figure, Measured, of

LINES = 20
# What is to be reached: a millisecond for each line, and well below it.
_GOAL_MS = 1.0
_DAY = date(2026, 6, 30)
_SELLERS = [TaxSeller(country=country, oss=True) for country in ("DE", "FR", "IT", "ES", "NL", "PL", "SE", "IE")]
_BUYERS = [
    *(TaxBuyer(country=country) for country in ("AT", "BE", "CZ", "GR", "HU", "PT", "CH", "US")),
    *(
        TaxBuyer(country=c, kind=CustomerKind.BUSINESS, tax_id_status=TaxIdStatus.VALID, tax_id_country=c)
        for c in ("DK", "FI", "LU", "RO")
    ),
]
# What one basket holds: goods of two rates, what sends them, services and what is delivered over the network.
_KINDS = (
    (SupplyKind.GOODS, SupplyNature.GENERAL, TaxClass.STANDARD),
    (SupplyKind.GOODS, SupplyNature.GENERAL, TaxClass.REDUCED),
    (SupplyKind.SERVICES, SupplyNature.SHIPPING, TaxClass.STANDARD),
    (SupplyKind.SERVICES, SupplyNature.GENERAL, TaxClass.STANDARD),
    (SupplyKind.DIGITAL, SupplyNature.GENERAL, TaxClass.STANDARD),
)


def measure(*, seconds: float, rounds: int) -> list[Figure]:
    """Each line in its own words, so that none is known, and the same baskets again, as a marketplace asks."""
    new, again = [], []
    for turn in range(rounds + 1):
        first, second = _measured(_baskets(), seconds), _measured(cycle(list(_few())), seconds)
        # The first round warms everything up.
        if turn > 0:
            new.append(first)
            again.append(second)
    return [_figure("tax-new", new), _figure("tax-again", again)]


def _figure(name: str, measured: list[Measured]) -> Figure:
    one = of(f"{name}-{LINES}", "1 ms a line", 0.0, measured)
    return replace(one, ratio=_GOAL_MS * LINES / (one.server_cpu_ms or _GOAL_MS * LINES))


_Basket = tuple[TaxSeller, TaxBuyer, list[LineInput]]


def _baskets() -> Iterator[_Basket]:
    numbers = count()
    for n in numbers:
        yield _SELLERS[n % len(_SELLERS)], _BUYERS[n // len(_SELLERS) % len(_BUYERS)], _lines(f"{n}")


def _few() -> Iterator[_Basket]:
    for basket, _ in zip(_baskets(), range(len(_SELLERS) * len(_BUYERS)), strict=False):
        yield basket


def _lines(words: str) -> list[LineInput]:
    return [
        LineInput(
            description=f"Line {i}",
            quantity=Decimal(1 + i % 3),
            unit_price=Decimal("9.99") + i,
            supply=SupplyInput(kind=kind, nature=nature, detail=f"{words} {i}"),
            tax_class=tax_class,
        )
        for i, (kind, nature, tax_class) in enumerate(_KINDS * (LINES // len(_KINDS)))
    ]


def _measured(baskets: Iterator[_Basket], seconds: float) -> Measured:
    times: list[float] = []
    cpu = 0.0
    began = time.perf_counter()
    while (asked := time.perf_counter()) - began < seconds:
        seller, buyer, lines = next(baskets)
        asked, used = time.perf_counter(), time.process_time()
        taxation.price(
            seller=seller,
            buyer=buyer,
            lines=lines,
            allowances=(),
            charges=(),
            ship_to=None,
            currency="EUR",
            prices_include_tax=True,
            tax_point=_DAY,
            threshold_exceeded=True,
        )
        times.append(time.perf_counter() - asked)
        cpu += time.process_time() - used
    times.sort()
    return Measured(
        rate=len(times) / sum(times),
        p50_ms=1000 * times[len(times) // 2],
        p99_ms=1000 * times[int(len(times) * 0.99)],
        server_cpu_ms=1000 * cpu / len(times),
    )
