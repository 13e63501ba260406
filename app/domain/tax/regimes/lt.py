"""VAT of Lithuania."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.tax.rates import RatePeriod, Regime

REGIME: Final = Regime(
    country="LT",
    name="Lithuania",
    periods=(
        RatePeriod(
            start=date(2009, 9, 1),
            end=date(2025, 12, 31),
            standard=Decimal("21"),
            reduced=Decimal("9"),
            second_reduced=Decimal("5"),
            sources=(
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
            ),
        ),
        RatePeriod(
            start=date(2026, 1, 1),
            standard=Decimal("21"),
            reduced=Decimal("12"),
            second_reduced=Decimal("5"),
            sources=(
                "European Commission, Taxes in Europe Database (TEDB), September 2026",
                "announcement of the national tax administration",
            ),
        ),
    ),
)
