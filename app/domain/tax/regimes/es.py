"""VAT of Spain."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.tax.rates import RatePeriod, Regime

REGIME: Final = Regime(
    country="ES",
    name="Spain",
    periods=(
        RatePeriod(
            start=date(2010, 7, 1),
            end=date(2012, 8, 31),
            standard=Decimal("18"),
            reduced=Decimal("8"),
            super_reduced=Decimal("4"),
            sources=("European Commission, VAT Rates Applied in the Member States, situation at 1 July 2011",),
        ),
        RatePeriod(
            start=date(2012, 9, 1),
            standard=Decimal("21"),
            reduced=Decimal("10"),
            super_reduced=Decimal("4"),
            sources=(
                "European Commission, Taxes in Europe Database (TEDB), September 2026",
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
                "invopop/gobl 0.502.1, data/regimes",
            ),
        ),
    ),
)
