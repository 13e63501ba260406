"""VAT of Finland."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.tax.rates import RatePeriod, Regime

REGIME: Final = Regime(
    country="FI",
    name="Finland",
    periods=(
        RatePeriod(
            start=date(2010, 7, 1),
            end=date(2012, 12, 31),
            standard=Decimal("23"),
            reduced=Decimal("13"),
            second_reduced=Decimal("9"),
            sources=("European Commission, VAT Rates Applied in the Member States, situation at 1 July 2011",),
        ),
        RatePeriod(
            start=date(2013, 1, 1),
            end=date(2024, 8, 31),
            standard=Decimal("24"),
            reduced=Decimal("14"),
            second_reduced=Decimal("10"),
            sources=(
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
                "invopop/gobl 0.502.1, data/regimes",
            ),
        ),
        RatePeriod(
            start=date(2024, 9, 1),
            end=date(2025, 12, 31),
            standard=Decimal("25.5"),
            reduced=Decimal("14"),
            second_reduced=Decimal("10"),
            sources=(
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
                "invopop/gobl 0.502.1, data/regimes",
            ),
        ),
        RatePeriod(
            start=date(2026, 1, 1),
            standard=Decimal("25.5"),
            reduced=Decimal("13.5"),
            second_reduced=Decimal("10"),
            sources=(
                "European Commission, Taxes in Europe Database (TEDB), September 2026",
                "invopop/gobl 0.502.1, data/regimes",
                "announcement of the national tax administration",
            ),
        ),
    ),
)
