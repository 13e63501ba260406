"""VAT of Slovakia."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.tax.rates import RatePeriod, Regime

REGIME: Final = Regime(
    country="SK",
    name="Slovakia",
    periods=(
        RatePeriod(
            start=date(2011, 1, 1),
            end=date(2022, 12, 31),
            standard=Decimal("20"),
            reduced=Decimal("10"),
            sources=(
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
            ),
        ),
        RatePeriod(
            start=date(2023, 1, 1),
            end=date(2024, 12, 31),
            standard=Decimal("20"),
            reduced=Decimal("10"),
            second_reduced=Decimal("5"),
            sources=(
                "kdeldycke/vat-rates, 2025-09-25",
                "the national VAT act",
            ),
        ),
        RatePeriod(
            start=date(2025, 1, 1),
            standard=Decimal("23"),
            reduced=Decimal("19"),
            second_reduced=Decimal("5"),
            sources=(
                "European Commission, Taxes in Europe Database (TEDB), September 2026",
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
            ),
        ),
    ),
)
