"""VAT of Malta."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.tax.rates import RatePeriod, Regime

REGIME: Final = Regime(
    country="MT",
    name="Malta",
    periods=(
        RatePeriod(
            start=date(2011, 1, 1),
            end=date(2023, 12, 31),
            standard=Decimal("18"),
            reduced=Decimal("7"),
            second_reduced=Decimal("5"),
            zero=True,
            sources=(
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
            ),
        ),
        RatePeriod(
            start=date(2024, 1, 1),
            standard=Decimal("18"),
            reduced=Decimal("7"),
            second_reduced=Decimal("5"),
            parking=Decimal("12"),
            zero=True,
            sources=("European Commission, Taxes in Europe Database (TEDB), September 2026",),
        ),
    ),
)
