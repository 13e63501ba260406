"""VAT of Luxembourg."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.tax.rates import RatePeriod, Regime

REGIME: Final = Regime(
    country="LU",
    name="Luxembourg",
    periods=(
        RatePeriod(
            start=date(1992, 1, 1),
            end=date(2014, 12, 31),
            standard=Decimal("15"),
            reduced=Decimal("6"),
            super_reduced=Decimal("3"),
            parking=Decimal("12"),
            sources=("European Commission, VAT Rates Applied in the Member States, situation at 1 July 2011",),
        ),
        RatePeriod(
            start=date(2015, 1, 1),
            end=date(2022, 12, 31),
            standard=Decimal("17"),
            reduced=Decimal("8"),
            super_reduced=Decimal("3"),
            parking=Decimal("14"),
            sources=(
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
            ),
        ),
        RatePeriod(
            start=date(2023, 1, 1),
            end=date(2023, 12, 31),
            standard=Decimal("16"),
            reduced=Decimal("7"),
            super_reduced=Decimal("3"),
            parking=Decimal("13"),
            sources=(
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
            ),
        ),
        RatePeriod(
            start=date(2024, 1, 1),
            standard=Decimal("17"),
            reduced=Decimal("8"),
            super_reduced=Decimal("3"),
            parking=Decimal("14"),
            sources=(
                "European Commission, Taxes in Europe Database (TEDB), September 2026",
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
            ),
        ),
    ),
    small_business_mention="TVA non applicable, art. 57 de la loi TVA (régime de franchise)",
)
