"""VAT of Belgium."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.tax.rates import RatePeriod, Regime

REGIME: Final = Regime(
    country="BE",
    name="Belgium",
    periods=(
        RatePeriod(
            start=date(1996, 1, 1),
            standard=Decimal("21"),
            reduced=Decimal("12"),
            second_reduced=Decimal("6"),
            parking=Decimal("12"),
            zero=True,
            sources=(
                "European Commission, Taxes in Europe Database (TEDB), September 2026",
                "ibericode/vat-rates, 2025-08-12",
                "kdeldycke/vat-rates, 2025-09-25",
                "invopop/gobl 0.502.1, data/regimes",
            ),
        ),
    ),
    small_business_mention="Bijzondere vrijstellingsregeling kleine ondernemingen / Régime particulier de franchise",
)
