"""VAT of Ireland."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.tax.rates import RatePeriod, Regime

REGIME: Final = Regime(
    country="IE",
    name="Ireland",
    periods=(
        RatePeriod(
            start=date(2010, 1, 1),
            end=date(2011, 6, 30),
            standard=Decimal("21"),
            reduced=Decimal("13.5"),
            super_reduced=Decimal("4.8"),
            parking=Decimal("13.5"),
            zero=True,
            sources=("European Commission, VAT Rates Applied in the Member States, situation at 1 July 2010",),
        ),
        RatePeriod(
            start=date(2011, 7, 1),
            end=date(2011, 12, 31),
            standard=Decimal("21"),
            reduced=Decimal("13.5"),
            second_reduced=Decimal("9"),
            super_reduced=Decimal("4.8"),
            parking=Decimal("13.5"),
            zero=True,
            sources=("European Commission, VAT Rates Applied in the Member States, situation at 1 July 2011",),
        ),
        RatePeriod(
            start=date(2012, 1, 1),
            end=date(2020, 8, 31),
            standard=Decimal("23"),
            reduced=Decimal("13.5"),
            second_reduced=Decimal("9"),
            super_reduced=Decimal("4.8"),
            parking=Decimal("13.5"),
            zero=True,
            sources=(
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
            ),
        ),
        RatePeriod(
            start=date(2020, 9, 1),
            end=date(2021, 2, 28),
            standard=Decimal("21"),
            reduced=Decimal("13.5"),
            second_reduced=Decimal("9"),
            super_reduced=Decimal("4.8"),
            parking=Decimal("13.5"),
            zero=True,
            sources=(
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
            ),
        ),
        RatePeriod(
            start=date(2021, 3, 1),
            standard=Decimal("23"),
            reduced=Decimal("13.5"),
            second_reduced=Decimal("9"),
            super_reduced=Decimal("4.8"),
            parking=Decimal("13.5"),
            zero=True,
            sources=(
                "European Commission, Taxes in Europe Database (TEDB), September 2026",
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
                "invopop/gobl 0.502.1, data/regimes",
            ),
        ),
    ),
)
