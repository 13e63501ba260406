"""VAT of Slovenia."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.tax.rates import RatePeriod, Regime

REGIME: Final = Regime(
    country="SI",
    name="Slovenia",
    periods=(
        RatePeriod(
            start=date(2002, 1, 1),
            end=date(2013, 6, 30),
            standard=Decimal("20"),
            reduced=Decimal("8.5"),
            sources=("European Commission, VAT Rates Applied in the Member States, situation at 1 July 2011",),
        ),
        RatePeriod(
            start=date(2013, 7, 1),
            end=date(2019, 12, 31),
            standard=Decimal("22"),
            reduced=Decimal("9.5"),
            sources=(
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
            ),
        ),
        RatePeriod(
            start=date(2020, 1, 1),
            standard=Decimal("22"),
            reduced=Decimal("9.5"),
            second_reduced=Decimal("5"),
            sources=(
                "European Commission, Taxes in Europe Database (TEDB), September 2026",
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
            ),
        ),
    ),
)
