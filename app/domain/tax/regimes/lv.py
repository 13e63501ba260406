"""VAT of Latvia."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.tax.rates import RatePeriod, Regime

REGIME: Final = Regime(
    country="LV",
    name="Latvia",
    periods=(
        RatePeriod(
            start=date(2011, 1, 1),
            end=date(2012, 6, 30),
            standard=Decimal("22"),
            reduced=Decimal("12"),
            sources=("European Commission, VAT Rates Applied in the Member States, situation at 1 July 2011",),
        ),
        RatePeriod(
            start=date(2012, 7, 1),
            end=date(2017, 12, 31),
            standard=Decimal("21"),
            reduced=Decimal("12"),
            sources=("kdeldycke/vat-rates, 2025-09-25",),
        ),
        RatePeriod(
            start=date(2018, 1, 1),
            standard=Decimal("21"),
            reduced=Decimal("12"),
            second_reduced=Decimal("5"),
            sources=(
                "European Commission, Taxes in Europe Database (TEDB), September 2026",
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
            ),
        ),
    ),
)
