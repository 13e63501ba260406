"""VAT of Greece."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.tax.rates import RatePeriod, Regime

REGIME: Final = Regime(
    country="GR",
    name="Greece",
    periods=(
        RatePeriod(
            start=date(2011, 1, 1),
            end=date(2015, 7, 19),
            standard=Decimal("23"),
            reduced=Decimal("13"),
            second_reduced=Decimal("6.5"),
            sources=("European Commission, VAT Rates Applied in the Member States, situation at 1 July 2011",),
        ),
        RatePeriod(
            start=date(2015, 7, 20),
            end=date(2016, 5, 31),
            standard=Decimal("23"),
            reduced=Decimal("13"),
            second_reduced=Decimal("6"),
            sources=("European Commission, VAT Rates Applied in the Member States, situation at 1 July 2015",),
        ),
        RatePeriod(
            start=date(2016, 6, 1),
            standard=Decimal("24"),
            reduced=Decimal("13"),
            second_reduced=Decimal("6"),
            sources=(
                "European Commission, Taxes in Europe Database (TEDB), September 2026",
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
                "invopop/gobl 0.502.1, data/regimes",
            ),
        ),
    ),
)
