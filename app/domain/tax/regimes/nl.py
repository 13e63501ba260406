"""VAT of Netherlands."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.tax.rates import RatePeriod, Regime

REGIME: Final = Regime(
    country="NL",
    name="Netherlands",
    periods=(
        RatePeriod(
            start=date(2001, 1, 1),
            end=date(2012, 9, 30),
            standard=Decimal("19"),
            reduced=Decimal("6"),
            sources=("European Commission, VAT Rates Applied in the Member States, situation at 1 July 2011",),
        ),
        RatePeriod(
            start=date(2012, 10, 1),
            end=date(2018, 12, 31),
            standard=Decimal("21"),
            reduced=Decimal("6"),
            sources=(
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
            ),
        ),
        RatePeriod(
            start=date(2019, 1, 1),
            end=date(2022, 12, 31),
            standard=Decimal("21"),
            reduced=Decimal("9"),
            sources=(
                "European Commission, Taxes in Europe Database (TEDB), September 2026",
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
                "invopop/gobl 0.502.1, data/regimes",
            ),
        ),
        RatePeriod(
            start=date(2023, 1, 1),
            standard=Decimal("21"),
            reduced=Decimal("9"),
            zero=True,
            sources=(
                "European Commission, Taxes in Europe Database (TEDB), September 2026",
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
                "invopop/gobl 0.502.1, data/regimes",
                "Wet OB 1968, solar panels, since 2023-01-01",
            ),
        ),
    ),
    small_business_mention="Vrijgesteld van omzetbelasting, art. 25 Wet OB 1968 (kleineondernemersregeling)",
)
