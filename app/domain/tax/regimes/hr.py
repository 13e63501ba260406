"""VAT of Croatia."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.tax.rates import RatePeriod, Regime

REGIME: Final = Regime(
    country="HR",
    name="Croatia",
    periods=(
        RatePeriod(
            start=date(2013, 7, 1),
            end=date(2013, 12, 31),
            standard=Decimal("25"),
            reduced=Decimal("10"),
            second_reduced=Decimal("5"),
            sources=("European Commission, VAT Rates Applied in the Member States, situation at 1 July 2013",),
        ),
        RatePeriod(
            start=date(2014, 1, 1),
            standard=Decimal("25"),
            reduced=Decimal("13"),
            second_reduced=Decimal("5"),
            sources=(
                "European Commission, Taxes in Europe Database (TEDB), September 2026",
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
            ),
        ),
    ),
)
