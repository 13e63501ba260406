"""VAT of Bulgaria."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.tax.rates import RatePeriod, Regime

REGIME: Final = Regime(
    country="BG",
    name="Bulgaria",
    periods=(
        RatePeriod(
            start=date(2011, 4, 1),
            standard=Decimal("20"),
            reduced=Decimal("9"),
            sources=(
                "European Commission, Taxes in Europe Database (TEDB), September 2026",
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
            ),
        ),
    ),
)
