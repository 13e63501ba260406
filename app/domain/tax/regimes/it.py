"""VAT of Italy."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.tax.rates import RatePeriod, Regime

REGIME: Final = Regime(
    country="IT",
    name="Italy",
    periods=(
        RatePeriod(
            start=date(1997, 10, 1),
            end=date(2011, 9, 16),
            standard=Decimal("20"),
            reduced=Decimal("10"),
            super_reduced=Decimal("4"),
            sources=("European Commission, VAT Rates Applied in the Member States, situation at 1 July 2011",),
        ),
        RatePeriod(
            start=date(2011, 9, 17),
            end=date(2013, 9, 30),
            standard=Decimal("21"),
            reduced=Decimal("10"),
            super_reduced=Decimal("4"),
            sources=("European Commission, VAT Rates Applied in the Member States, situation at 1 July 2012",),
        ),
        RatePeriod(
            start=date(2013, 10, 1),
            end=date(2015, 12, 31),
            standard=Decimal("22"),
            reduced=Decimal("10"),
            super_reduced=Decimal("4"),
            sources=(
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
            ),
        ),
        RatePeriod(
            start=date(2016, 1, 1),
            standard=Decimal("22"),
            reduced=Decimal("10"),
            second_reduced=Decimal("5"),
            super_reduced=Decimal("4"),
            sources=(
                "European Commission, Taxes in Europe Database (TEDB), September 2026",
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
                "invopop/gobl 0.502.1, data/regimes",
            ),
        ),
    ),
    small_business_mention="Operazione in franchigia da IVA, art. 1, commi 54-89, L. 190/2014",
)
