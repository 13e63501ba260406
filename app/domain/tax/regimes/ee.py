"""VAT of Estonia."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.tax.rates import RatePeriod, Regime

REGIME: Final = Regime(
    country="EE",
    name="Estonia",
    periods=(
        RatePeriod(
            start=date(2009, 7, 1),
            end=date(2022, 7, 31),
            standard=Decimal("20"),
            reduced=Decimal("9"),
            sources=(
                "kdeldycke/vat-rates, 2025-09-25",
                "the national VAT act",
            ),
        ),
        RatePeriod(
            start=date(2022, 8, 1),
            end=date(2023, 12, 31),
            standard=Decimal("20"),
            reduced=Decimal("9"),
            second_reduced=Decimal("5"),
            sources=(
                "kdeldycke/vat-rates, 2025-09-25",
                "the national VAT act",
            ),
        ),
        RatePeriod(
            start=date(2024, 1, 1),
            end=date(2024, 12, 31),
            standard=Decimal("22"),
            reduced=Decimal("9"),
            second_reduced=Decimal("5"),
            sources=(
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
            ),
        ),
        RatePeriod(
            start=date(2025, 1, 1),
            end=date(2025, 6, 30),
            standard=Decimal("22"),
            reduced=Decimal("13"),
            second_reduced=Decimal("9"),
            sources=(
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
            ),
        ),
        RatePeriod(
            start=date(2025, 7, 1),
            standard=Decimal("24"),
            reduced=Decimal("13"),
            second_reduced=Decimal("9"),
            sources=(
                "European Commission, Taxes in Europe Database (TEDB), September 2026",
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
            ),
        ),
    ),
)
