"""VAT of Cyprus."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.tax.rates import RatePeriod, Regime

REGIME: Final = Regime(
    country="CY",
    name="Cyprus",
    periods=(
        RatePeriod(
            start=date(2008, 1, 1),
            end=date(2012, 2, 29),
            standard=Decimal("15"),
            reduced=Decimal("8"),
            second_reduced=Decimal("5"),
            sources=("European Commission, VAT Rates Applied in the Member States, situation at 1 July 2011",),
        ),
        RatePeriod(
            start=date(2012, 3, 1),
            end=date(2013, 1, 13),
            standard=Decimal("17"),
            reduced=Decimal("8"),
            second_reduced=Decimal("5"),
            sources=("European Commission, VAT Rates Applied in the Member States, situation at 1 July 2012",),
        ),
        RatePeriod(
            start=date(2013, 1, 14),
            end=date(2014, 1, 12),
            standard=Decimal("18"),
            reduced=Decimal("8"),
            second_reduced=Decimal("5"),
            sources=("European Commission, VAT Rates Applied in the Member States, situation at 1 July 2013",),
        ),
        RatePeriod(
            start=date(2014, 1, 13),
            end=date(2023, 7, 20),
            standard=Decimal("19"),
            reduced=Decimal("9"),
            second_reduced=Decimal("5"),
            sources=(
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
            ),
        ),
        RatePeriod(
            start=date(2023, 7, 21),
            standard=Decimal("19"),
            reduced=Decimal("9"),
            second_reduced=Decimal("5"),
            super_reduced=Decimal("3"),
            sources=("European Commission, Taxes in Europe Database (TEDB), September 2026",),
        ),
    ),
)
