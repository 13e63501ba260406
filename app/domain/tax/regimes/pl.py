"""VAT of Poland."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.tax.rates import RatePeriod, Regime

REGIME: Final = Regime(
    country="PL",
    name="Poland",
    periods=(
        RatePeriod(
            start=date(2011, 1, 1),
            standard=Decimal("23"),
            reduced=Decimal("8"),
            second_reduced=Decimal("5"),
            sources=(
                "European Commission, Taxes in Europe Database (TEDB), September 2026",
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
                "invopop/gobl 0.502.1, data/regimes",
            ),
        ),
    ),
    small_business_mention="Zwolnienie z VAT na podstawie art. 113 ust. 1 ustawy o VAT",
)
