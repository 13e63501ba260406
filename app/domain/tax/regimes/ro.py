"""VAT of Romania."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.tax.rates import RatePeriod, Regime

REGIME: Final = Regime(
    country="RO",
    name="Romania",
    periods=(
        RatePeriod(
            start=date(2010, 7, 1),
            end=date(2015, 12, 31),
            standard=Decimal("24"),
            reduced=Decimal("9"),
            second_reduced=Decimal("5"),
            sources=("European Commission, VAT Rates Applied in the Member States, situation at 1 July 2011",),
        ),
        RatePeriod(
            start=date(2016, 1, 1),
            end=date(2016, 12, 31),
            standard=Decimal("20"),
            reduced=Decimal("9"),
            second_reduced=Decimal("5"),
            sources=(
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
            ),
        ),
        RatePeriod(
            start=date(2017, 1, 1),
            end=date(2025, 7, 31),
            standard=Decimal("19"),
            reduced=Decimal("9"),
            second_reduced=Decimal("5"),
            sources=(
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
            ),
        ),
        RatePeriod(
            start=date(2025, 8, 1),
            standard=Decimal("21"),
            reduced=Decimal("11"),
            sources=(
                "European Commission, Taxes in Europe Database (TEDB), September 2026",
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
            ),
        ),
    ),
)
