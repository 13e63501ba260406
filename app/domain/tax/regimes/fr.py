"""VAT of France."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.tax.rates import RatePeriod, Regime

REGIME: Final = Regime(
    country="FR",
    name="France",
    periods=(
        RatePeriod(
            start=date(2000, 4, 1),
            end=date(2011, 12, 31),
            standard=Decimal("19.6"),
            reduced=Decimal("5.5"),
            super_reduced=Decimal("2.1"),
            sources=("European Commission, VAT Rates Applied in the Member States, situation at 1 July 2011",),
        ),
        RatePeriod(
            start=date(2012, 1, 1),
            end=date(2013, 12, 31),
            standard=Decimal("19.6"),
            reduced=Decimal("7"),
            second_reduced=Decimal("5.5"),
            super_reduced=Decimal("2.1"),
            sources=("European Commission, VAT Rates Applied in the Member States, situation at 1 July 2012",),
        ),
        RatePeriod(
            start=date(2014, 1, 1),
            standard=Decimal("20"),
            reduced=Decimal("10"),
            second_reduced=Decimal("5.5"),
            super_reduced=Decimal("2.1"),
            sources=(
                "European Commission, Taxes in Europe Database (TEDB), September 2026",
                "ibericode/vat-rates, 2025-08-12",
                "invopop/gobl 0.502.1, data/regimes",
            ),
        ),
    ),
    small_business_mention="TVA non applicable, art. 293 B du CGI",
    small_business_vatex="VATEX-FR-FRANCHISE",
)
